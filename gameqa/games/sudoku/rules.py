"""Rules of Colour Sudoku: the grid, its rows, columns and boxes, and candidates of a cell.

Cells are numbered in reading order inside the code; people read ``(row, column)``, both counted
from 1. Sets of colours are bit masks: bit v stands for the v-th colour of a state, from 1.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

COLOURS: dict[str, tuple[int, int, int]] = {
    "red": (230, 25, 75),
    "green": (60, 180, 75),
    "blue": (67, 99, 216),
    "yellow": (255, 225, 25),
    "orange": (245, 130, 49),
    "aqua": (66, 212, 244),
    "purple": (145, 30, 180),
    "pink": (250, 190, 212),
    "gray": (128, 128, 128),
}
"""Names and colours; a grid of N colours uses the first N."""

KINDS = ("row", "column", "box")


@dataclass(frozen=True)
class State:
    """A partly filled grid.

    Attributes:
        box: rows and columns of a box.
        colors: the colours' names in the order of the legend.
        grid: rows of numbers, 0 for an empty cell, else the place of its colour in ``colors``,
            from 1.
        solution: the only finished grid, written likewise; not shown.
    """

    box: tuple[int, int]
    colors: tuple[str, ...]
    grid: tuple[tuple[int, ...], ...]
    solution: tuple[tuple[int, ...], ...]

    @property
    def size(self) -> int:
        """Number of rows, of columns, of boxes and of colours."""
        return len(self.grid)

    @property
    def layout(self) -> Layout:
        """The rows, columns and boxes of the grid."""
        return layout(self.box)

    @property
    def flat(self) -> list[int]:
        """The grid's numbers in reading order."""
        return [value for row in self.grid for value in row]

    def color(self, value: int) -> str:
        """Return the name of a colour that is written as a number."""
        return self.colors[value - 1]

    def names(self, mask: int) -> list[str]:
        """Return the names of a set of colours in the order of the legend."""
        return [name for v, name in enumerate(self.colors, 1) if mask >> v & 1]


@dataclass(frozen=True)
class Layout:
    """Which cells belong together.

    Attributes:
        size: number of rows, columns, boxes and colours.
        everything: the set of all colours.
        units: for rows, columns and boxes in turn the cells of each.
        places: for every cell the number of its row, column and box.
        peers: for every cell the other cells of its row, column and box, ascending.
    """

    size: int
    everything: int
    units: tuple[tuple[tuple[int, ...], ...], ...]
    places: tuple[tuple[int, int, int], ...]
    peers: tuple[tuple[int, ...], ...]


@lru_cache(maxsize=16)
def layout(box: tuple[int, int]) -> Layout:
    """Return the layout of the grid with boxes of that many rows and columns."""
    high, wide = box
    size = high * wide
    cells = range(size * size)
    places = tuple((r, c, r // high * high + c // wide) for r in range(size) for c in range(size))
    units = tuple(
        tuple(tuple(cell for cell in cells if places[cell][kind] == i) for i in range(size))
        for kind in range(3)
    )
    peers = tuple(
        tuple(o for o in cells if o != cell and any(map(int.__eq__, places[cell], places[o])))
        for cell in cells
    )
    return Layout(size, (2 << size) - 2, units, places, peers)


def seen(state: State, values: list[int], cell: int) -> tuple[int, int, int]:
    """Return the sets of colours in a cell's row, column and box."""
    shape = state.layout
    masks = []
    for kind, place in enumerate(shape.places[cell]):
        mask = 0
        for other in shape.units[kind][place]:
            mask |= 1 << values[other]
        masks.append(mask & shape.everything)
    return masks[0], masks[1], masks[2]


def candidates(state: State, values: list[int], cell: int) -> int:
    """Return the set of colours that a cell's row, column and box lack."""
    row, column, box = seen(state, values, cell)
    return state.layout.everything & ~(row | column | box)


def number(state: State, cell: tuple[int, int] | list[int]) -> int:
    """Return the number of a cell given as row and column, from 1."""
    row, col = cell
    return (row - 1) * state.size + col - 1


def position(size: int, cell: int) -> tuple[int, int]:
    """Return a cell's row and column, from 1."""
    row, col = divmod(cell, size)
    return row + 1, col + 1
