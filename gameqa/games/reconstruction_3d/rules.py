"""Voxels in a 3 x 3 x 3 grid: neighbours, silhouettes, connectedness.

A cell is ``(x, y, z)``, each 1 to 3, z up. A structure is a mask of 27 bits. A silhouette is nine
bits, ``3 * column + height`` with column and height from 0: the front view's columns are y, the
side view's are x.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SIDE = 3
Cell = tuple[int, int, int]
Matrix = tuple[tuple[int, ...], ...]

CELLS: tuple[Cell, ...] = tuple(
    (x, y, z) for x in range(1, 4) for y in range(1, 4) for z in range(1, 4)
)
"""All cells; the place of one is its bit."""

VIEWS = ("front", "side")
"""The two views: along x, with columns y, and along y, with columns x."""

VIEW_NAMES = {"front": "Y-Z", "side": "X-Z"}

HEIGHTS = tuple(0b001001001 << z for z in range(SIDE))
"""The bits of a silhouette that lie at one height, z = 1 to 3."""


@dataclass(frozen=True)
class State:
    """A structure and the silhouettes to reach.

    Attributes:
        voxels: the cells of the structure shown, sorted.
        target_front, target_side: target silhouettes as drawn, rows z = 3, 2, 1.
        remaining: how many voxels may be added; None where no budget is shown.
        hidden_target: some structure that has the target silhouettes, sorted.
    """

    voxels: tuple[Cell, ...]
    target_front: Matrix
    target_side: Matrix
    remaining: int | None
    hidden_target: tuple[Cell, ...]

    @property
    def mask(self) -> int:
        """The structure as a mask."""
        return mask_of(self.voxels)

    def target(self, view: str) -> int:
        """The target silhouette of a view, as bits."""
        return bits_of(self.target_front if view == "front" else self.target_side)


def bit_of(cell: Cell) -> int:
    """Return the mask of one cell."""
    return 1 << (cell[0] * 9 + cell[1] * 3 + cell[2] - 13)


def mask_of(cells: Iterable[Cell]) -> int:
    """Return the mask of some cells."""
    return sum(map(bit_of, cells))


def singles(mask: int) -> Iterator[int]:
    """Yield the masks of a mask's cells, in the order of `CELLS`."""
    while mask:
        low = mask & -mask
        yield low
        mask ^= low


def cells_of(mask: int) -> tuple[Cell, ...]:
    """Return the cells of a mask, sorted."""
    return tuple(CELLS[bit.bit_length() - 1] for bit in singles(mask))


def is_adjacent(a: Cell, b: Cell) -> bool:
    """Whether two cells share a face."""
    return sum(abs(i - j) for i, j in zip(a, b, strict=True)) == 1


# Cells that have a neighbour above, below, and so on: one step along y is 3 bits, along x 9.
_NOT_TOP = sum(1 << i for i in range(27) if i % 3 < 2)
_NOT_LAST_Y = sum(1 << i for i in range(27) if i // 3 % 3 < 2)
_NOT_BOTTOM = _NOT_TOP << 1
_NOT_FIRST_Y = _NOT_LAST_Y << 3
_ALL = (1 << 27) - 1


def _around(mask: int) -> int:
    """Return all cells that share a face with some cell of a mask."""
    return (
        (mask & _NOT_TOP) << 1
        | (mask & _NOT_BOTTOM) >> 1
        | (mask & _NOT_LAST_Y) << 3
        | (mask & _NOT_FIRST_Y) >> 3
        | mask << 9 & _ALL
        | mask >> 9
    )


def frontier(mask: int) -> int:
    """Return the empty cells that share a face with a structure."""
    return _around(mask) & ~mask


def component(mask: int, start: int) -> int:
    """Return the part of a structure that is connected with ``start``, a part of it."""
    found, before = start, 0
    while found != before:
        before = found
        found |= _around(found) & mask
    return found


def is_connected(mask: int) -> bool:
    """Whether every voxel can be reached from every other through shared faces."""
    return component(mask, mask & -mask) == mask


def silhouette(mask: int, view: str) -> int:
    """Return the silhouette of a structure in a view."""
    if view == "front":
        return (mask | mask >> 9 | mask >> 18) & 0o777
    slabs = mask | mask >> 3 | mask >> 6
    return slabs & 0o7 | slabs >> 6 & 0o70 | slabs >> 12 & 0o700


def line_of(cell: Cell, view: str) -> tuple[int, int]:
    """Return column and z of the silhouette's cell that a voxel fills."""
    return (cell[1] if view == "front" else cell[0]), cell[2]


def matrix_of(bits: int) -> Matrix:
    """Return a silhouette as drawn: rows z = 3, 2, 1."""
    return tuple(tuple(bits >> (3 * column + z) & 1 for column in range(SIDE)) for z in (2, 1, 0))


def bits_of(matrix: Matrix) -> int:
    """Return the silhouette that `matrix_of` wrote."""
    return sum(
        value << (3 * column + SIDE - 1 - row)
        for row, values in enumerate(matrix)
        for column, value in enumerate(values)
    )


def places(bits: int) -> list[tuple[int, int]]:
    """Return column and z, both from 1, of a silhouette's filled cells."""
    return [(1 + i // 3, 1 + i % 3) for i in range(9) if bits >> i & 1]


def allowed(mask: int, targets: dict[str, int]) -> int:
    """Return the empty cells where a voxel fills no silhouette cell that must stay empty."""
    found = 0
    for cell in CELLS:
        bit = bit_of(cell)
        if not mask & bit and all(
            targets[view] >> (3 * line_of(cell, view)[0] + cell[2] - 4) & 1 for view in targets
        ):
            found |= bit
    return found
