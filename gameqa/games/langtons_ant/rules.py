"""Rules of Langton's ant: the board, one step, and a walk with everything that happens on it.

Cells are ``(row, column)``, 0-based from the top-left corner; the board's edges wrap around.
"""

from __future__ import annotations

from dataclasses import dataclass
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


def walk(state: State, count: int) -> list[Step]:
    """Let the ant make ``count`` steps."""
    rows, cols = state.rows, state.cols
    changes: dict[Cell, tuple[int, int]] = {}
    pose = state.ant
    steps = []
    for number in range(1, count + 1):
        cell = pose.row, pose.col
        colour, changed_at = changes.get(cell) or (state.grid[pose.row][pose.col], 0)
        facing = turned(pose.facing, -1 if colour else 1)
        changes[cell] = 1 - colour, number
        dr, dc = STEPS[facing]
        row, col = pose.row + dr, pose.col + dc
        after = Pose(row % rows, col % cols, facing)
        steps.append(Step(pose, colour, changed_at, after, (row, col) != after.cell))
        pose = after
    return steps
