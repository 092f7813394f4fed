"""Rules of Color Hue: lines of evenly changing colours, and what a blank cell has to be.

Cells are ``(row, column)``, 1-based from the top-left corner.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from gameqa.drawing import RGB

Cell = tuple[int, int]

ROW, COLUMN = "row", "column"


@dataclass(frozen=True)
class Line:
    """A gradient along consecutive cells of a row or a column.

    Attributes:
        orientation: `ROW` or `COLUMN`.
        index: which row or column.
        start, end: its first and last column or row.
        start_color, end_color: the colours there.
    """

    orientation: str
    index: int
    start: int
    end: int
    start_color: RGB
    end_color: RGB

    @property
    def cells(self) -> list[Cell]:
        """Its cells in reading direction."""
        return cells_along(self.orientation, self.index, self.start, self.end)

    def color(self, position: int) -> RGB:
        """Return the colour at a position counted from 0 at the start."""
        return blend(self.start_color, self.end_color, position, self.end - self.start)


@dataclass(frozen=True)
class Blank:
    """A cell whose colour was taken away.

    Attributes:
        label: the letter in it.
        row, col: the cell.
        rgb: the colour that belongs there.
    """

    label: str
    row: int
    col: int
    rgb: RGB

    @property
    def cell(self) -> Cell:
        """Row and column."""
        return self.row, self.col


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        size: rows and columns.
        lines: the gradients.
        cells: all coloured cells with their true colours, blank ones included, in reading order.
        blanks: the blank cells in reading order.
        palette: the swatches in the order shown.
    """

    size: int
    lines: tuple[Line, ...]
    cells: tuple[tuple[int, int, RGB], ...]
    blanks: tuple[Blank, ...] = ()
    palette: tuple[RGB, ...] = ()

    @cached_property
    def visible(self) -> dict[Cell, RGB]:
        """The coloured cells that are not blank."""
        gone = {blank.cell for blank in self.blanks}
        return {(r, c): rgb for r, c, rgb in self.cells if (r, c) not in gone}

    @cached_property
    def used(self) -> frozenset[Cell]:
        """All cells that are coloured or blank."""
        return frozenset((r, c) for r, c, _ in self.cells)

    def blank(self, label: str) -> Blank:
        """Return the blank cell of that letter."""
        return next(blank for blank in self.blanks if blank.label == label)


@dataclass(frozen=True)
class Sight:
    """What a line shows about one of its cells.

    Attributes:
        orientation, index: the line.
        one, other: the two visible cells and their colours from which the cell's follows: the
            nearest one on either side, or at an end of the line the two nearest ones.
        between: whether the cell lies between them.
        expected: the colour that follows.
    """

    orientation: str
    index: int
    one: tuple[Cell, RGB]
    other: tuple[Cell, RGB]
    between: bool
    expected: RGB


def blend(start: RGB, end: RGB, position: int, length: int) -> RGB:
    """Return the colour ``position / length`` of the way between two, halves rounded up."""
    # Written out: boards are made by tens of thousands of these.
    rest, whole = length - position, 2 * length
    return (
        (2 * (start[0] * rest + end[0] * position) + length) // whole,
        (2 * (start[1] * rest + end[1] * position) + length) // whole,
        (2 * (start[2] * rest + end[2] * position) + length) // whole,
    )


def cells_along(orientation: str, index: int, start: int, end: int) -> list[Cell]:
    """Return cells of a row or column."""
    places = range(start, end + 1)
    return [(index, p) for p in places] if orientation == ROW else [(p, index) for p in places]


def run_through(used: Collection[Cell], cell: Cell, orientation: str) -> list[Cell]:
    """Return the unbroken run of used cells through a cell, along its row or column."""
    index, place = cell if orientation == ROW else (cell[1], cell[0])

    def is_used(at: int) -> bool:
        return ((index, at) if orientation == ROW else (at, index)) in used

    start = end = place
    while is_used(start - 1):
        start -= 1
    while is_used(end + 1):
        end += 1
    return cells_along(orientation, index, start, end)


def sights(used: Collection[Cell], visible: Mapping[Cell, RGB], cell: Cell) -> Iterator[Sight]:
    """Yield what the lines through a blank cell show about it.

    Lines never run side by side, so that a run of two cells or more is always one line.
    """
    for orientation in (ROW, COLUMN):
        run = run_through(used, cell, orientation)
        axis = 1 if orientation == ROW else 0
        at = cell[axis]
        shown = sorted((c for c in run if c in visible), key=lambda c: abs(c[axis] - at))
        before = [c for c in shown if c[axis] < at]
        after = [c for c in shown if c[axis] > at]
        between = bool(before and after)
        pair = (before[0], after[0]) if between else tuple(shown[:2])
        if len(pair) < 2:
            continue
        one, other = pair
        expected = _continued(visible[one], visible[other], at - one[axis], other[axis] - one[axis])
        yield Sight(
            orientation,
            cell[1 - axis],
            (one, visible[one]),
            (other, visible[other]),
            between,
            expected,
        )


def _continued(one: RGB, other: RGB, position: int, length: int) -> RGB:
    if length < 0:
        position, length = -position, -length
    red, green, blue = (
        max(0, min(255, channel)) for channel in blend(one, other, position, length)
    )
    return red, green, blue
