"""Grids of cells: who is next to whom, as tables made once for every size.

Cells are numbered in reading order: cell ``r * cols + c`` lies in row r and column c.
"""

from __future__ import annotations

from functools import lru_cache

Table = tuple[tuple[int, ...], ...]
"""For every cell the numbers of its neighbours, ascending."""


def _table(rows: int, cols: int, diagonals: bool) -> Table:
    def near(r: int, c: int) -> tuple[int, ...]:
        return tuple(
            y * cols + x
            for y in range(max(0, r - 1), min(rows, r + 2))
            for x in range(max(0, c - 1), min(cols, c + 2))
            if (y, x) != (r, c) and (diagonals or y == r or x == c)
        )

    return tuple(near(r, c) for r in range(rows) for c in range(cols))


@lru_cache(maxsize=256)
def side_neighbours(rows: int, cols: int) -> Table:
    """Return the up to four cells above, left, right and below of every cell."""
    return _table(rows, cols, diagonals=False)


@lru_cache(maxsize=256)
def all_neighbours(rows: int, cols: int) -> Table:
    """Return the up to eight cells around every cell, diagonal ones included."""
    return _table(rows, cols, diagonals=True)


@lru_cache(maxsize=256)
def neighbour_masks(rows: int, cols: int) -> tuple[int, ...]:
    """Return `all_neighbours` as bit masks: bit i stands for cell i."""
    return tuple(sum(1 << other for other in near) for near in all_neighbours(rows, cols))


def bits(mask: int) -> list[int]:
    """Return the numbers of the bits that are set in a mask, ascending."""
    found = []
    while mask:
        low = mask & -mask
        found.append(low.bit_length() - 1)
        mask ^= low
    return found
