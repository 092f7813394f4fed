"""Rules of the 3-D maze: cubes, ladders, directions, and the tree of ways that they form.

A cell is ``(l, r, h)``: l grows to left-forward and r to right-forward, both away from the viewer,
and h upwards. Nodes have even l and r, and h a multiple of the ladders' rise; a walk from node to
node has one cube between them, a ladder has none.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gameqa.errors import GameQAError

Cell = tuple[int, int, int]

LEFT_FORWARD, RIGHT_FORWARD, UP = "left-forward", "right-forward", "up"
STEPS: dict[str, Cell] = {
    LEFT_FORWARD: (1, 0, 0),
    RIGHT_FORWARD: (0, 1, 0),
    UP: (0, 0, 1),
    "right-back": (-1, 0, 0),
    "left-back": (0, -1, 0),
    "down": (0, 0, -1),
}
"""The directions; routes of ours only use the first three."""

FORWARD = (LEFT_FORWARD, RIGHT_FORWARD, UP)
BACK = dict(zip((*FORWARD, *tuple(STEPS)[3:]), (*tuple(STEPS)[3:], *FORWARD), strict=True))
"""The opposite of each direction."""

RISE = 3
START: Cell = (0, 0, 0)


class Ladder(NamedTuple):
    """A ladder from the top of its base cube to the top of the cube ``rise`` above."""

    base: Cell
    rise: int

    @property
    def top(self) -> Cell:
        """The upper cube."""
        return self.base[0], self.base[1], self.base[2] + self.rise


class Marker(NamedTuple):
    """A numbered cube; its role is bookkeeping and not shown."""

    label: int
    pos: Cell
    role: str


class Grid(NamedTuple):
    """How many cells wide the ground is both ways, how many storeys there are, and their rise."""

    l: int  # noqa: E741 - the axes' names
    r: int
    levels: int
    rise: int

    @property
    def height(self) -> int:
        """Cells from the ground to the top of the highest storey."""
        return (self.levels - 1) * self.rise + 1


@dataclass(frozen=True)
class State:
    """A maze with its numbered cubes.

    Attributes:
        cubes: all cells, sorted.
        ladders: sorted by their base.
        start, goal: two of the cubes.
        markers: the numbered cubes in the order of their labels.
        route: the cubes from start to goal, one after the other.
        grid: the room that the maze lies in.
    """

    cubes: tuple[Cell, ...]
    ladders: tuple[Ladder, ...]
    start: Cell
    goal: Cell
    markers: tuple[Marker, ...]
    route: tuple[Cell, ...]
    grid: Grid


class Run(NamedTuple):
    """Steps in one direction: the cubes that they lead to, one for each walked cube or ladder."""

    direction: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Tree:
    """The ways of a maze, seen from its start.

    Attributes:
        ways: for each cube the directions that lead on from it, and where to.
        before: for each cube but the start the one before it and the direction from there.
    """

    ways: Mapping[Cell, Mapping[str, Cell]]
    before: Mapping[Cell, tuple[Cell, str]]

    def path(self, cell: Cell) -> tuple[Cell, ...]:
        """Return the cubes from the start to one, both included."""
        cells = [cell]
        while cells[-1] in self.before:
            cells.append(self.before[cells[-1]][0])
        return tuple(reversed(cells))

    def runs(self, path: Sequence[Cell]) -> list[Run]:
        """Return a path that leads away from the start as runs; each ladder is one of its own."""
        runs: list[Run] = []
        for cell in path[1:]:
            direction = self.before[cell][1]
            if runs and runs[-1].direction == direction and direction not in (UP, BACK[UP]):
                runs[-1] = Run(direction, (*runs[-1].cells, cell))
            else:
                runs.append(Run(direction, (cell,)))
        return runs

    def onward(self, cell: Cell) -> dict[str, Cell]:
        """Return the ways from a cube that do not lead back towards the start."""
        back = self.before.get(cell, (None, ""))[0]
        return {name: to for name, to in self.ways[cell].items() if to != back}

    def beyond(self, cell: Cell) -> list[Cell]:
        """Return a cube and all that are reached through it, in the order of the walk."""
        cells = [cell]
        for found in cells:
            cells += self.onward(found).values()
        return cells


@lru_cache(maxsize=16)
def tree_of(cubes: tuple[Cell, ...], ladders: tuple[Ladder, ...], start: Cell) -> Tree:
    """Return the ways of a maze.

    Raises:
        GameQAError: the cubes do not form a tree.
    """
    ways: dict[Cell, dict[str, Cell]] = {cube: {} for cube in cubes}
    for cube in cubes:
        for direction in (LEFT_FORWARD, RIGHT_FORWARD):
            ahead = moved(cube, direction)
            if ahead in ways:
                ways[cube][direction] = ahead
                ways[ahead][BACK[direction]] = cube
    for ladder in ladders:
        ways[ladder.base][UP] = ladder.top
        ways[ladder.top][BACK[UP]] = ladder.base
    before: dict[Cell, tuple[Cell, str]] = {}
    reached = [start]
    for cell in reached:
        for direction, ahead in ways[cell].items():
            if ahead != start and ahead not in before:
                before[ahead] = cell, direction
                reached.append(ahead)
    edges = sum(map(len, ways.values())) // 2
    if len(reached) != len(cubes) or edges != len(cubes) - 1:
        raise GameQAError(f"{len(cubes)} cubes, {edges} ways and {len(reached)} in reach: no tree")
    return Tree(ways, before)


def ways_of(state: State) -> Tree:
    """Return the ways of a state's maze."""
    return tree_of(state.cubes, state.ladders, state.start)


def moved(cell: Cell, direction: str, count: int = 1) -> Cell:
    """Return the cell ``count`` steps away."""
    a, b, c = STEPS[direction]
    return cell[0] + count * a, cell[1] + count * b, cell[2] + count * c


def apart(a: Cell, b: Cell) -> bool:
    """Whether two cells do not touch, not even at a corner."""
    return max(abs(a[0] - b[0]), abs(a[1] - b[1]), abs(a[2] - b[2])) >= 2
