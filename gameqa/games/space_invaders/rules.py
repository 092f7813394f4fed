"""Rules of Space Invaders: who stands where, what a shot hits, and where enemies have moved.

Rows and columns are counted from 1, rows from the top; the ship stands in row ``rows + 1``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

POINTS = {"P": 30, "B": 20, "G": 10}
"""Enemies by the letter of their colour, and the points for hitting one."""

LETTERS = {points: letter for letter, points in POINTS.items()}
"""Enemies by their points."""

COLOURS = {"P": "purple", "B": "blue", "G": "green"}

EMPTY = "."

STEPS = {"left": -1, "right": 1}
"""The directions in which enemies move, as steps in columns."""


@dataclass(frozen=True)
class Formation:
    """The rectangle that the enemies filled before any was shot: bookkeeping, seen by nobody."""

    top: int
    left: int
    height: int
    width: int


@dataclass(frozen=True)
class State:
    """A board at the start of interval t.

    Attributes:
        grid: rows of letters of `POINTS` and `EMPTY`, without the ship's row.
        ship: the ship's column.
        formation: where the enemies come from.
    """

    grid: tuple[str, ...]
    ship: int
    formation: Formation

    @property
    def rows(self) -> int:
        """Number of rows for enemies."""
        return len(self.grid)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.grid[0])

    @property
    def columns(self) -> range:
        """The columns' numbers."""
        return range(1, self.cols + 1)

    def in_column(self, column: int) -> list[tuple[int, str]]:
        """Return row and letter of a column's enemies, the lowest first; none off the grid."""
        if column not in self.columns:
            return []
        return [
            (row, self.grid[row - 1][column - 1])
            for row in range(self.rows, 0, -1)
            if self.grid[row - 1][column - 1] != EMPTY
        ]

    def in_row(self, row: int) -> list[int]:
        """Return the columns of a row's enemies."""
        return [column for column in self.columns if self.grid[row - 1][column - 1] != EMPTY]

    def scores(self, column: int) -> list[int]:
        """Return the points of a column's enemies in the order in which shots hit them."""
        return [POINTS[letter] for _, letter in self.in_column(column)]

    def shot(self, column: int) -> int:
        """Return the points of one shot from a column."""
        return next(iter(self.scores(column)), 0)


def met_columns(ship: int, direction: str, shots: int) -> list[int]:
    """Return which columns of the board shown a ship that stays meets, shot by shot.

    Enemies that have moved i columns to the right stood i columns further left.
    """
    return [ship - STEPS[direction] * i for i in range(shots)]


def best_in_one_column(columns: Sequence[Sequence[int]]) -> int:
    """Return the most points of two shots into one column; 0 if none holds two enemies.

    Args:
        columns: for every column its points, the lowest enemy first.
    """
    return max((list(accumulate(scores))[1] for scores in columns if len(scores) > 1), default=0)


def best_in_two_columns(columns: Sequence[Sequence[int]]) -> int:
    """Return the most points of one shot into each of two columns; a lone column counts once."""
    return sum(sorted((scores[0] for scores in columns if scores), reverse=True)[:2])
