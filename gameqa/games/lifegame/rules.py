"""Rules of Life: the board, one update, and how a pattern settles.

Cells are ``(row, column)``, 0-based from the top-left corner; the board's edges wrap around. Whole
boards are also handled as bit masks: bit ``row * cols + column`` is set where a cell is alive.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

Cell = tuple[int, int]


class Region(NamedTuple):
    """A square part of a board.

    Attributes:
        row, col: its top-left cell.
        size: its rows and columns.
    """

    row: int
    col: int
    size: int


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        grid: rows of 0 (dead) and 1 (alive).
        region: a marked part of it, if any.
    """

    grid: tuple[tuple[int, ...], ...]
    region: Region | None = None

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.grid)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.grid[0])


class Board(NamedTuple):
    """A pattern as a bit mask, with its size.

    Attributes:
        alive: the living cells.
        rows, cols: the size.
    """

    alive: int
    rows: int
    cols: int

    @property
    def living(self) -> int:
        """Number of living cells."""
        return self.alive.bit_count()

    def is_alive(self, row: int, col: int) -> bool:
        """Whether a cell is alive; row and column may lie beyond an edge."""
        return bool(self.alive >> (row % self.rows * self.cols + col % self.cols) & 1)

    def after(self, updates: int = 1) -> Board:
        """Return the board after some updates."""
        alive = self.alive
        for _ in range(updates):
            alive = successor(alive, self.rows, self.cols)
        return self._replace(alive=alive)

    def cells(self) -> list[Cell]:
        """Return the living cells in reading order."""
        alive = self.alive
        return [divmod(bit, self.cols) for bit in range(self.rows * self.cols) if alive >> bit & 1]

    def grid(self) -> tuple[tuple[int, ...], ...]:
        """Return rows of 0 and 1."""
        alive, cols = self.alive, self.cols
        return tuple(
            tuple(alive >> (r * cols + c) & 1 for c in range(cols)) for r in range(self.rows)
        )

    def neighbours(self) -> list[list[int]]:
        """Return for every cell how many of its eight neighbours are alive."""
        return [
            [sum(self.is_alive(r + dr, c + dc) for dr, dc in AROUND) for c in range(self.cols)]
            for r in range(self.rows)
        ]


AROUND = tuple((dr, dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1) if (dr, dc) != (0, 0))
"""Steps to the eight neighbours, in reading order."""


def board_of(grid: Sequence[Sequence[int]]) -> Board:
    """Return a grid of 0 and 1 as a board."""
    cols = len(grid[0])
    alive = sum(1 << (r * cols + c) for r, row in enumerate(grid) for c, v in enumerate(row) if v)
    return Board(alive, len(grid), cols)


def cut_out(state: State) -> Board:
    """Return the marked region as a board of its own."""
    region = state.region
    if region is None:
        raise ValueError("the board has no region")
    rows = state.grid[region.row : region.row + region.size]
    return board_of([row[region.col : region.col + region.size] for row in rows])


@lru_cache(maxsize=64)
def _masks(rows: int, cols: int) -> tuple[int, int]:
    """Return the cells of the whole board and of its last column."""
    last = sum(1 << (r * cols + cols - 1) for r in range(rows))
    return (1 << rows * cols) - 1, last


def successor(alive: Any, rows: int, cols: int) -> Any:
    """Return the mask after one update; arrays of masks (of wide enough integers) go as well."""
    full, last = _masks(rows, cols)
    turn, lift = cols - 1, (rows - 1) * cols
    # Adders over all cells at once: a cell and its two neighbours in the row as a number of two
    # bits, then three such numbers one above the other; 3 and 4 of nine are what matters.
    west = (alive & ~last) << 1 | (alive & last) >> turn
    east = (alive << turn) & last | (alive >> 1) & ~last
    low, high = alive ^ west ^ east, alive & west | (alive | west) & east
    low_up, low_down = low >> cols | (low << lift) & full, (low << cols) & full | low >> lift
    high_up, high_down = high >> cols | (high << lift) & full, (high << cols) & full | high >> lift
    odd = low ^ low_up ^ low_down
    carry = low & low_up | (low | low_up) & low_down
    one, both = high ^ high_up, high & high_up
    other, others = high_down ^ carry, high_down & carry
    pairs_1 = (one ^ other) & ~(both | others)
    pairs_2 = one & other | both & ~(other | others) | others & ~(one | both)
    return (odd & pairs_1 | alive & ~odd & pairs_2) & full


class Course(NamedTuple):
    """How a pattern settles.

    Attributes:
        generations: the boards from generation 0 to the first that equals an earlier one.
        first: number of that earlier one, the first that occurs again.
    """

    generations: list[Board]
    first: int

    @property
    def period(self) -> int:
        """Number of updates after which patterns repeat."""
        return len(self.generations) - 1 - self.first


def course(board: Board, limit: int | None = None) -> Course | None:
    """Follow a pattern until one occurs for the second time.

    Args:
        board: generation 0.
        limit: number of updates after which to give up and return None.
    """
    seen = {board.alive: 0}
    generations = [board]
    while limit is None or len(generations) <= limit:
        board = board.after()
        generations.append(board)
        if board.alive in seen:
            return Course(generations, seen[board.alive])
        seen[board.alive] = len(generations) - 1
    return None
