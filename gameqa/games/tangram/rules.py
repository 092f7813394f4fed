"""Rules of Tangram: a board cut into pieces, some of them lifted out, and how a shape is turned.

Cells are ``(row, column)``, 0-based from the top-left corner.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from gameqa.grids import side_neighbours

Cell = tuple[int, int]
Mask = tuple[tuple[int, ...], ...]
"""A shape as rows of 0 and 1 without empty rows or columns at its edges."""

Box = tuple[int, int, int, int]
"""Top row, left column, bottom row and right column, all inclusive."""

ANGLES = (0, 90, 180, 270)
"""Degrees by which a shape may be turned clockwise."""


@dataclass(frozen=True)
class Piece:
    """A piece in its home position.

    Attributes:
        label: the number printed on it.
        color: the name of its fill.
        cells: its cells, sorted.
    """

    label: int
    color: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class TrayPiece:
    """A removed piece as it is drawn.

    Attributes:
        label: the number printed on it.
        mask: its shape as drawn.
        rotation_cw: degrees by which it was turned, after it was flipped if it was.
        mirrored: whether it was flipped left to right.
    """

    label: int
    mask: Mask
    rotation_cw: int = 0
    mirrored: bool = False


@dataclass(frozen=True)
class State:
    """A board and its tray.

    Attributes:
        size: rows and columns of the board.
        pieces: all pieces, removed ones included, by label; together they tile the board.
        removed: labels of the removed pieces in tray order.
        tray: the removed pieces as drawn, in the same order.
    """

    size: int
    pieces: tuple[Piece, ...]
    removed: tuple[int, ...]
    tray: tuple[TrayPiece, ...]

    @cached_property
    def board(self) -> tuple[tuple[int, ...], ...]:
        """Rows of labels, 0 where a piece was lifted out."""
        rows = [[0] * self.size for _ in range(self.size)]
        for piece in self.standing:
            for r, c in piece.cells:
                rows[r][c] = piece.label
        return tuple(map(tuple, rows))

    @property
    def standing(self) -> list[Piece]:
        """The pieces that are on the board."""
        return [piece for piece in self.pieces if piece.label not in self.removed]

    @property
    def hole(self) -> list[Cell]:
        """The empty cells, in reading order."""
        return [
            (r, c) for r, row in enumerate(self.board) for c, label in enumerate(row) if not label
        ]

    def piece(self, label: int) -> Piece:
        """Return the piece of that label."""
        return next(piece for piece in self.pieces if piece.label == label)

    def shown(self, label: int) -> TrayPiece:
        """Return the removed piece of that label as it is drawn."""
        return next(piece for piece in self.tray if piece.label == label)

    def contacts(self, label: int) -> dict[int, tuple[Cell, Cell]]:
        """Return the pieces on the board that share a side with a piece, in reading order.

        The value is one pair of cells that touch: the piece's own, then the neighbour's.
        """
        found: dict[int, tuple[Cell, Cell]] = {}
        near = side_neighbours(self.size, self.size)
        for r, c in self.piece(label).cells:
            for number in near[r * self.size + c]:
                row, col = divmod(number, self.size)
                other = self.board[row][col]
                if other and other != label:
                    found.setdefault(other, ((r, c), (row, col)))
        return found

    @cached_property
    def beside(self) -> dict[int, set[int]]:
        """For every piece on the board those that share a side with it."""
        found: dict[int, set[int]] = {piece.label: set() for piece in self.standing}
        lines = [*self.board, *zip(*self.board, strict=True)]
        pairs: set[tuple[int, int]] = {pair for line in lines for pair in pairwise(line)}
        for one, other in pairs:
            if one and other and one != other:
                found[one].add(other)
                found[other].add(one)
        return found

    def corner_contacts(self, label: int) -> dict[int, tuple[Cell, Cell]]:
        """Return the pieces on the board that touch a piece at corners only, as `contacts`."""
        beside = self.contacts(label)
        found: dict[int, tuple[Cell, Cell]] = {}
        for r, c in self.piece(label).cells:
            for row, col in ((r - 1, c - 1), (r - 1, c + 1), (r + 1, c - 1), (r + 1, c + 1)):
                if 0 <= row < self.size and 0 <= col < self.size:
                    other = self.board[row][col]
                    if other and other != label and other not in beside:
                        found.setdefault(other, ((r, c), (row, col)))
        return found


def box_of(cells: Iterable[Cell]) -> Box:
    """Return the bounding box of cells."""
    rows, cols = zip(*cells, strict=True)
    return min(rows), min(cols), max(rows), max(cols)


def mask_of(cells: Iterable[Cell]) -> Mask:
    """Return the shape of cells, wherever they lie."""
    taken = set(cells)
    top, left, bottom, right = box_of(taken)
    return tuple(
        tuple(int((r, c) in taken) for c in range(left, right + 1)) for r in range(top, bottom + 1)
    )


def cells_of(mask: Mask, top: int = 0, left: int = 0) -> list[Cell]:
    """Return the cells of a shape whose box has its corner at (top, left)."""
    return [
        (top + r, left + c) for r, row in enumerate(mask) for c, filled in enumerate(row) if filled
    ]


def turned(mask: Mask, angle: int) -> Mask:
    """Return a shape turned clockwise by one of `ANGLES`."""
    for _ in range(angle // 90):
        mask = tuple(tuple(column) for column in zip(*reversed(mask), strict=True))
    return mask


def flipped(mask: Mask) -> Mask:
    """Return a shape mirrored left to right."""
    return tuple(tuple(reversed(row)) for row in mask)


def fitting_angles(mask: Mask, hole: Mask) -> tuple[int, ...]:
    """Return the clockwise turns that make a shape equal to another one."""
    return tuple(angle for angle in ANGLES if turned(mask, angle) == hole)
