"""Rules of Langton's ant: the board, one step, and a walk with everything that happens on it.

Cells are ``(row, column)``, 0-based from the top-left corner; the board's edges wrap around.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

Cell = tuple[int, int]

FACINGS = ("up", "right", "down", "left")
"""The directions, clockwise."""

STEPS: dict[str, Cell] = {"up": (-1, 0), "right": (0, 1), "down": (1, 0), "left": (0, -1)}
COLOURS = ("white", "black")


class Pose(NamedTuple):
    """Where the ant is and which way it faces."""

    row: int
    col: int
    facing: str

    @property
    def cell(self) -> Cell:
        """The ant's cell."""
        return self.row, self.col


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        grid: rows of 0 (white) and 1 (black).
        ant: the ant.
    """

    grid: tuple[tuple[int, ...], ...]
    ant: Pose

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.grid)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.grid[0])


class Step(NamedTuple):
    """What one step did.

    Attributes:
        before, after: the ant before and after it.
        colour: the colour read, that of the cell before it changed.
        changed_at: the last earlier step that changed this cell, 0 if the board shows its colour.
        wraps: whether the ant left the board at one side and entered at the other.
    """

    before: Pose
    colour: int
    changed_at: int
    after: Pose
    wraps: bool


def turned(facing: str, quarters: int) -> str:
    """Return a direction turned clockwise by quarters of a full turn."""
    return FACINGS[(FACINGS.index(facing) + quarters) % 4]


def walk(
    state: State,
    count: int,
    *,
    flips: bool = True,
    swapped: bool = False,
    slip: int = 0,
    wraps: bool = True,
) -> list[Step]:
    """Let the ant make ``count`` steps; the options are the mistakes that people make.

    Args:
        state: the start.
        count: number of steps.
        flips: whether cells change colour.
        swapped: whether the two turns are exchanged.
        slip: number of a step that turns the wrong way, 0 for none.
        wraps: whether edges wrap; otherwise an ant that would leave stays where it is.
    """
    rows, cols = state.rows, state.cols
    changes: dict[Cell, tuple[int, int]] = {}
    pose = state.ant
    steps = []
    for number in range(1, count + 1):
        cell = pose.row, pose.col
        colour, changed_at = changes.get(cell) or (state.grid[pose.row][pose.col], 0)
        counter = bool(colour) != (swapped or number == slip)
        facing = turned(pose.facing, -1 if counter else 1)
        if flips:
            changes[cell] = 1 - colour, number
        dr, dc = STEPS[facing]
        row, col = pose.row + dr, pose.col + dc
        outside = not (0 <= row < rows and 0 <= col < cols)
        after = Pose(row % rows, col % cols, facing)
        if outside and not wraps:
            after = Pose(pose.row, pose.col, facing)
        steps.append(Step(pose, colour, changed_at, after, outside))
        pose = after
    return steps


@lru_cache(maxsize=4096)
def _reach(rows: int, cols: int, count: int, facing: str) -> tuple[Pose, ...]:
    poses = {Pose(0, 0, facing)}
    for _ in range(count):
        nexts = set()
        for pose in poses:
            for quarters in (1, -1):
                way = turned(pose.facing, quarters)
                dr, dc = STEPS[way]
                nexts.add(Pose((pose.row + dr) % rows, (pose.col + dc) % cols, way))
        poses = nexts
    return tuple(sorted(poses))


def reachable(state: State, count: int) -> list[Pose]:
    """Return the poses to which some sequence of ``count`` turns leads, colours ignored."""
    rows, cols, ant = state.rows, state.cols, state.ant
    return [
        Pose((pose.row + ant.row) % rows, (pose.col + ant.col) % cols, pose.facing)
        for pose in _reach(rows, cols, count, ant.facing)
    ]


def wrapped_distance(state: State, a: Cell, b: Cell) -> int:
    """Return the Manhattan distance of two cells on the wrapped board."""
    down, across = abs(a[0] - b[0]), abs(a[1] - b[1])
    return min(down, state.rows - down) + min(across, state.cols - across)
