"""How mazes are carved, and where player and goal are put in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from gameqa.errors import GameQAError
from gameqa.games.maze.rules import State
from gameqa.moves import STEPS, Cell
from gameqa.rng import Rng

PAIRS_A_MAZE = 10
"""How often the player is placed in one maze."""

GOALS_A_PLAYER = 3
"""How many goals are tried for one place of the player, where the route is asked for."""


class Window(NamedTuple):
    """A square of cells from which the options of a question about a cell are taken.

    Attributes:
        top, left: its first cell.
        side: how many rows and columns it has.
    """

    top: int
    left: int
    side: int


_SIDES = range(7, 32, 2)


@dataclass(frozen=True)
class Knobs:
    """What makes a maze easy or hard.

    Attributes:
        rows, cols: size with the border, both odd and 7 to 31.
        route: range of the least number of moves that a list may have where the route is asked
            for; the longest may have 40 % more.
        turns: least and greatest number of turns in the task that counts them; the route has at
            least ``route[0]`` moves there too.
        steps: least and greatest number of moves in a list that is to be carried out.
        counted: whether options write runs of moves with their lengths.
        deep: share of mazes carved depth-first (long corridors), where the task leaves it open;
            the others have many short dead ends.
    """

    rows: int
    cols: int
    route: tuple[int, int]
    turns: tuple[int, int]
    steps: tuple[int, int]
    counted: bool = True
    deep: float = 0.5

    def __post_init__(self) -> None:
        for side in (self.rows, self.cols):
            if side not in _SIDES:
                raise GameQAError(f"a maze has 7, 9, 11 ... or 31 rows and columns, not {side}")


class Layout:
    """A carved maze: its walls as a flat array, and its open cells."""

    def __init__(self, knobs: Knobs, deep: bool, rng: Rng) -> None:
        """Carve a maze from a random room.

        Args:
            knobs: the level.
            deep: depth-first; otherwise at the edge of what is open already, anywhere.
            rng: the substream.
        """
        self.rows, self.cols = knobs.rows, knobs.cols
        self.walls = bytearray([1]) * (self.rows * self.cols)
        self.steps = tuple(dr * self.cols + dc for dr, dc in STEPS.values())
        start = (1 + 2 * rng.below(self.rows // 2)) * self.cols + 1 + 2 * rng.below(self.cols // 2)
        (self._carve_deep if deep else self._carve_wide)(start, rng)
        self.open = [cell for cell, wall in enumerate(self.walls) if not wall]

    def _hops(self, room: int) -> list[int]:
        """Return the steps towards neighbouring rooms that lie in the maze and are uncarved."""
        row, col = divmod(room, self.cols)
        up, down, left, right = self.steps
        walls = self.walls
        hops = []
        if row > 2 and walls[room + 2 * up]:
            hops.append(up)
        if row < self.rows - 3 and walls[room + 2 * down]:
            hops.append(down)
        if col > 2 and walls[room + 2 * left]:
            hops.append(left)
        if col < self.cols - 3 and walls[room + 2 * right]:
            hops.append(right)
        return hops

    def _carve_deep(self, start: int, rng: Rng) -> None:
        self.walls[start] = 0
        trail = [start]
        while trail:
            hops = self._hops(trail[-1])
            if not hops:
                trail.pop()
                continue
            step = rng.choice(hops)
            room = trail[-1] + 2 * step
            self.walls[room - step] = self.walls[room] = 0
            trail.append(room)

    def _carve_wide(self, start: int, rng: Rng) -> None:
        self.walls[start] = 0
        frontier = [(start, step) for step in self._hops(start)]
        while frontier:
            at = rng.below(len(frontier))
            frontier[at], frontier[-1] = frontier[-1], frontier[at]
            room, step = frontier.pop()
            if self.walls[room + 2 * step]:
                room += 2 * step
                self.walls[room - step] = self.walls[room] = 0
                frontier += [(room, onward) for onward in self._hops(room)]

    def exits(self, cell: int) -> tuple[str, ...]:
        """Return the directions in which an open cell has open neighbours."""
        return tuple(
            move
            for move, step in zip(STEPS, self.steps, strict=True)
            if not self.walls[cell + step]
        )

    def state(self, player: int, goal: int) -> State:
        """Return the maze with player and goal."""
        cols = self.cols
        return State(
            tuple(tuple(self.walls[at : at + cols]) for at in range(0, len(self.walls), cols)),
            divmod(player, cols),
            divmod(goal, cols),
        )


class Survey:
    """Every way from one cell: how far each other cell is, and how winding the way there."""

    def __init__(self, layout: Layout, start: int) -> None:
        """Spread out from a cell.

        Attributes:
            layers: the cells at each distance from the start.
            turns: for every cell the number of turns on the way to it.
            branched: for every cell whether the way to it passes a side branch.
        """
        walls, steps = layout.walls, layout.steps
        self.layers: list[list[int]] = [[start]]
        self.turns = {start: 0}
        self.branched = {start: False}
        came = {start: 0}
        while self.layers[-1]:
            layer = []
            for cell in self.layers[-1]:
                back = came[cell]
                onward = [step for step in steps if step != -back and not walls[cell + step]]
                branched = self.branched[cell] or len(onward) > 1
                for step in onward:
                    ahead = cell + step
                    came[ahead] = step
                    self.turns[ahead] = self.turns[cell] + (back != 0 and step != back)
                    self.branched[ahead] = branched
                    layer.append(ahead)
            self.layers.append(layer)
        self.layers.pop()


def draw_window(knobs: Knobs, rng: Rng, side: int = 5) -> Window:
    """Draw where a square lies that holds an answer: at most two rows or columns are border.

    Drawn before the maze, so that every open cell in it is the answer equally often.
    """
    top, left = (rng.integers(-1, cells - side + 2) for cells in (knobs.rows, knobs.cols))
    return Window(top, left, side)


def any_states(
    knobs: Knobs,
    rng: Rng,
    *,
    exits: tuple[str, ...] | None = None,
    window: Window | None = None,
    of_goal: bool = False,
) -> Iterator[State]:
    """Yield states of one maze whose player and goal are not neighbours.

    Args:
        knobs: the level.
        rng: the substream.
        exits: the directions in which the player can step; any if None.
        window: where the player is; anywhere if None.
        of_goal: whether it is the goal that lies in the window.
    """
    # Rooms with four exits hardly occur in mazes carved depth-first.
    layout = Layout(knobs, rng.chance(knobs.deep) and (exits is None or len(exits) < 4), rng)
    places = layout.open
    if exits is not None:
        places = [cell for cell in places if layout.exits(cell) == exits]
    if window is not None:
        places = [cell for cell in places if is_within(divmod(cell, knobs.cols), window)]
    for _ in range(PAIRS_A_MAZE if places else 0):
        here = rng.choice(places)
        layers = Survey(layout, here).layers
        there = rng.choice(layers[rng.integers(2, len(layers))])
        yield layout.state(there, here) if of_goal else layout.state(here, there)


def is_within(cell: Cell, window: Window) -> bool:
    """Whether a cell lies in a window."""
    return all(0 <= at - first < window.side for at, first in zip(cell, window[:2], strict=True))


def route_states(
    knobs: Knobs, rng: Rng, *, lengths: range | None = None, turns: int | None = None
) -> Iterator[State]:
    """Yield states of one maze whose route has a side branch and the wanted length or turns.

    Args:
        knobs: the level.
        rng: the substream.
        lengths: the wanted numbers of moves; all from the level's least one on if None.
        turns: the wanted number of turns; any if None.
    """
    # Only mazes carved depth-first have routes of many turns.
    layout = Layout(knobs, turns is not None or rng.chance(knobs.deep), rng)
    for _ in range(PAIRS_A_MAZE):
        player = rng.choice(layout.open)
        survey = Survey(layout, player)
        wanted = lengths or range(knobs.route[0], len(survey.layers))
        goals = [cell for layer in survey.layers[wanted.start : wanted.stop] for cell in layer]
        goals = [
            cell
            for cell in goals
            if survey.branched[cell] and (turns is None or survey.turns[cell] == turns)
        ]
        for goal in rng.sample(goals, min(len(goals), GOALS_A_PLAYER)):
            yield layout.state(player, goal)
