"""Exact search for finished grids, and emptying cells such that only one is left."""

from __future__ import annotations

from collections.abc import Sequence

from gameqa.games.sudoku.rules import Layout
from gameqa.rng import Rng


class Board:
    """A grid under construction with the colours used in every row, column and box."""

    def __init__(self, layout: Layout, values: Sequence[int]) -> None:
        """Start from a grid in reading order, 0 for empty cells."""
        self.layout = layout
        self.values = list(values)
        self.rows = [0] * layout.size
        self.columns = [0] * layout.size
        self.boxes = [0] * layout.size
        for cell, value in enumerate(self.values):
            if value:
                self.put(cell, value)

    def put(self, cell: int, value: int) -> None:
        """Fill an empty cell."""
        row, column, box = self.layout.places[cell]
        self.values[cell] = value
        self.rows[row] |= 1 << value
        self.columns[column] |= 1 << value
        self.boxes[box] |= 1 << value

    def take(self, cell: int) -> int:
        """Empty a filled cell and return what it held."""
        row, column, box = self.layout.places[cell]
        value = self.values[cell]
        self.values[cell] = 0
        self.rows[row] ^= 1 << value
        self.columns[column] ^= 1 << value
        self.boxes[box] ^= 1 << value
        return value

    def candidates(self, cell: int) -> int:
        """Return the set of colours that the cell's row, column and box lack."""
        row, column, box = self.layout.places[cell]
        return self.layout.everything & ~(self.rows[row] | self.columns[column] | self.boxes[box])

    def dig(self, cell: int) -> bool:
        """Empty a cell of a grid with one solution, unless that would make it two."""
        if not self.values[cell]:
            return False
        value = self.take(cell)
        # Any other solution has another colour in this cell.
        rivals = self.candidates(cell) & ~(1 << value)
        while rivals:
            rival = (rivals & -rivals).bit_length() - 1
            rivals &= rivals - 1
            self.put(cell, rival)
            found = self.complete()
            self.take(cell)
            if found is not None:
                self.put(cell, value)
                return False
        return True

    def complete(self, rng: Rng | None = None) -> list[int] | None:
        """Return a finished grid, or None where there is none.

        Args:
            rng: decides which colour is tried first; the lowest without it.
        """
        return self._search([cell for cell, v in enumerate(self.values) if not v], rng)

    def _search(self, empty: list[int], rng: Rng | None) -> list[int] | None:
        if not empty:
            return list(self.values)
        rows, columns, boxes = self.rows, self.columns, self.boxes
        places, everything = self.layout.places, self.layout.everything
        fewest, best, choices = 99, 0, 0
        for at, cell in enumerate(empty):
            row, column, box = places[cell]
            free = everything & ~(rows[row] | columns[column] | boxes[box])
            count = free.bit_count()
            if count < fewest:
                fewest, best, choices = count, at, free
                if count < 2:
                    break
        if not choices:
            return None
        cell = empty[best]
        rest = empty[:best] + empty[best + 1 :]
        values = [v for v in range(1, self.layout.size + 1) if choices >> v & 1]
        for value in values if rng is None else rng.shuffled(values):
            self.put(cell, value)
            found = self._search(rest, rng)
            self.take(cell)
            if found is not None:
                return found
        return None
