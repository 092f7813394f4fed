"""Rules of Star Battle: the board, where a star may go, and what forbids one.

Cells are ``(row, column)``, 0-based from the top-left corner. Every row, column and region of a
finished board holds one star, and no two stars touch, not even diagonally.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

Cell = tuple[int, int]

COLOURS = (
    "yellow",
    "blue",
    "pink",
    "cyan",
    "brown",
    "green",
    "orange",
    "grey",
    "red",
    "purple",
)
"""The colour of each region id, in every style; the first ones are the farthest apart."""

CAUSES = ("row", "column", "region", "touch")
"""What can forbid a star, in the order in which it is checked."""


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        regions: rows of region ids; a board of N rows has N columns and the ids 0 to N - 1.
        stars: the cells of the stars shown, sorted.
        solution: the cells of one finished board that has all the stars shown, sorted.
    """

    regions: tuple[tuple[int, ...], ...]
    stars: tuple[Cell, ...]
    solution: tuple[Cell, ...]

    @property
    def size(self) -> int:
        """Number of rows, of columns, and of regions."""
        return len(self.regions)

    def region_at(self, cell: Cell) -> int:
        """Return the id of a cell's region."""
        return self.regions[cell[0]][cell[1]]

    def cells(self) -> Iterator[Cell]:
        """Yield all cells in reading order."""
        return product(range(self.size), range(self.size))

    def region(self, number: int) -> list[Cell]:
        """Return the cells of a region in reading order."""
        return [
            (r, c)
            for r, row in enumerate(self.regions)
            for c, found in enumerate(row)
            if found == number
        ]

    def star_of(self, number: int) -> Cell | None:
        """Return the star shown in a region, if there is one."""
        return next((star for star in self.stars if self.region_at(star) == number), None)

    def open_regions(self) -> list[int]:
        """Return the ids of the regions in which no star is shown."""
        taken = {self.region_at(star) for star in self.stars}
        return [number for number in range(self.size) if number not in taken]


def touch(a: Cell, b: Cell) -> bool:
    """Whether two different cells share a side or a corner."""
    return a != b and abs(a[0] - b[0]) <= 1 and abs(a[1] - b[1]) <= 1


def attacks(star: Cell, cell: Cell) -> bool:
    """Whether a star forbids another one in a cell, wherever the regions lie."""
    return star[0] == cell[0] or star[1] == cell[1] or touch(star, cell)


def distance(a: Cell, b: Cell) -> int:
    """Return the number of rows plus the number of columns between two cells."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def side_neighbours(cell: Cell, size: int) -> list[Cell]:
    """Return the cells that share a side with a cell."""
    r, c = cell
    around = ((r - 1, c), (r, c + 1), (r + 1, c), (r, c - 1))
    return [(row, col) for row, col in around if 0 <= row < size and 0 <= col < size]


def conflicts(state: State, cell: Cell) -> dict[str, Cell]:
    """Return what forbids a star in an empty cell now: each of `CAUSES` that does, with its star.

    Nothing forbids it where the result is empty; that does not mean that the board can still be
    finished with a star there.
    """
    region = state.region_at(cell)
    found: dict[str, Cell] = {}
    for star in state.stars:
        if star[0] == cell[0]:
            found["row"] = star
        if star[1] == cell[1]:
            found["column"] = star
        if state.regions[star[0]][star[1]] == region:
            found["region"] = star
        if touch(star, cell):
            found.setdefault("touch", star)
    return found


def legal_cells(state: State) -> list[Cell]:
    """Return the empty cells in which nothing forbids a star now, in reading order."""
    return [c for c in state.cells() if c not in state.stars and not conflicts(state, c)]
