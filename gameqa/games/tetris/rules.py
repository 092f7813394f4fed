"""Rules of Tetris: the seven pieces, the board, falling straight down, and full rows.

Cells are ``(row, column)``, 0-based from the top-left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

Cell = tuple[int, int]

_DRAWN = {
    "I": "####",
    "O": "##/##",
    "T": ".#./###",
    "L": "#./#./##",
    "J": ".#/.#/##",
    "S": ".##/##.",
    "Z": "##./.##",
}


@dataclass(frozen=True)
class Turn:
    """A piece in one orientation, its box at the top-left corner.

    Attributes:
        shape: the piece's letter.
        quarters: clockwise quarter turns from the reference drawing.
        cells: its cells, sorted.
    """

    shape: str
    quarters: int
    cells: tuple[Cell, ...]

    @cached_property
    def height(self) -> int:
        """Rows of its box."""
        return 1 + max(r for r, _ in self.cells)

    @cached_property
    def width(self) -> int:
        """Columns of its box."""
        return 1 + max(c for _, c in self.cells)

    @cached_property
    def masks(self) -> tuple[int, ...]:
        """Its rows as bits: bit i stands for column i."""
        return tuple(sum(1 << c for row, c in self.cells if row == r) for r in range(self.height))

    @cached_property
    def under(self) -> tuple[int, ...]:
        """The lowest of its rows in every column."""
        return tuple(max(r for r, c in self.cells if c == col) for col in range(self.width))

    @cached_property
    def drawing(self) -> str:
        """Its rows from the top, # for a cell."""
        return "/".join(
            "".join("#" if mask >> c & 1 else "." for c in range(self.width)) for mask in self.masks
        )

    def at(self, top: int, left: int) -> tuple[Cell, ...]:
        """Return its cells with the corner of its box at (top, left)."""
        return tuple((top + r, left + c) for r, c in self.cells)


def _turns(shape: str, drawn: str) -> tuple[Turn, ...]:
    rows = drawn.split("/")
    found: dict[tuple[Cell, ...], Turn] = {}
    for quarters in range(4):
        cells = tuple(
            (r, c) for r, row in enumerate(rows) for c, sign in enumerate(row) if sign == "#"
        )
        found.setdefault(cells, Turn(shape, quarters, cells))
        rows = ["".join(column) for column in zip(*reversed(rows), strict=True)]
    return tuple(found.values())


TURNS: dict[str, tuple[Turn, ...]] = {s: _turns(s, drawn) for s, drawn in _DRAWN.items()}
"""The distinct orientations of every piece, the reference drawing first."""

SHAPES = tuple(TURNS)


@dataclass(frozen=True)
class Active:
    """The falling piece.

    Attributes:
        shape: its letter.
        orientation: clockwise quarter turns from the reference drawing, as few as give its cells.
        cells: its cells, sorted.
    """

    shape: str
    orientation: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        locked: rows of 0 and 1.
        active: the falling piece, None without one.
    """

    locked: tuple[tuple[int, ...], ...]
    active: Active | None

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.locked)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.locked[0])

    def is_blocked(self, cell: Cell) -> bool:
        """Whether a cell is locked or outside the board at the left, right or bottom."""
        r, c = cell
        return r >= self.rows or not 0 <= c < self.cols or self.locked[r][c] == 1


def place(turn: Turn, top: int, left: int) -> Active:
    """Return the falling piece of an orientation with the corner of its box at (top, left)."""
    return Active(turn.shape, turn.quarters, turn.at(top, left))


def turn_of(cells: Iterable[Cell]) -> Turn:
    """Recognise a piece by its cells, up to turning and never up to mirroring."""
    listed = list(cells)
    top, left = min(r for r, _ in listed), min(c for _, c in listed)
    moved = tuple(sorted((r - top, c - left) for r, c in listed))
    return next(turn for turns in TURNS.values() for turn in turns if turn.cells == moved)


@dataclass(frozen=True)
class Gap:
    """The way down for one column of a piece.

    Attributes:
        cell: the piece's lowest cell in that column.
        stop: the first locked cell below it, or the cell below the last row.
    """

    cell: Cell
    stop: Cell

    @property
    def rows(self) -> int:
        """Empty cells between both."""
        return self.stop[0] - self.cell[0] - 1


def gaps(state: State, cells: Sequence[Cell]) -> list[Gap]:
    """Return the way down for every column of a piece; it falls as far as the least of them."""
    found = []
    for col in sorted({c for _, c in cells}):
        low = max(r for r, c in cells if c == col)
        stop = low + 1
        while not state.is_blocked((stop, col)):
            stop += 1
        found.append(Gap((low, col), (stop, col)))
    return found


def shifted(cells: Sequence[Cell], step: int) -> tuple[Cell, ...]:
    """Return cells moved sideways."""
    return tuple((r, c + step) for r, c in cells)
