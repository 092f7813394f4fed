"""Where a board of square cells lies in its picture, with row and column numbers at its edges."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gameqa.drawing import MIN_TEXT, Canvas, Style, fit_cell, label_height

CAPTION = MIN_TEXT + 8
"""Free pixels over the column numbers that `Frame.caption` needs."""


@dataclass(frozen=True)
class Frame:
    """The measures of a picture with one board, in pixels.

    Attributes:
        rows, cols: the board's cells.
        cell: side of a cell.
        left, top: the board's corner.
        width, height: the whole picture's.
        label_px: height of the row and column numbers.
        label_x, label_y: where row numbers are centred across, and column numbers down.
        far_x, far_y: the same for numbers at the right and at the bottom, if there are any.
    """

    rows: int
    cols: int
    cell: int
    left: int
    top: int
    width: int
    height: int
    label_px: int
    label_x: float
    label_y: float
    far_x: float | None = None
    far_y: float | None = None

    @property
    def right(self) -> int:
        """The first column of pixels right of the board."""
        return self.left + self.cols * self.cell

    @property
    def bottom(self) -> int:
        """The first row of pixels below the board."""
        return self.top + self.rows * self.cell

    def number(
        self, canvas: Canvas, ramp: npt.NDArray[np.uint8], style: Style, first: int = 0
    ) -> None:
        """Write row and column numbers, counted from ``first``, at the left and on top.

        Boards framed with ``all_sides`` have them at the right and at the bottom too.
        """
        rows = [str(first + i) for i in range(self.rows)]
        cols = [str(first + i) for i in range(self.cols)]
        size, face = self.label_px, style.face
        for x in (self.label_x, self.far_x):
            if x is not None:
                canvas.row_labels(rows, x, self.top, self.cell, ramp, size, face)
        for y in (self.label_y, self.far_y):
            if y is not None:
                canvas.column_labels(cols, self.left, y, self.cell, ramp, size, face)

    def caption(self, canvas: Canvas, ramp: npt.NDArray[np.uint8], style: Style) -> None:
        """Write "column" over the column numbers and "row" over the row numbers.

        Only for boards framed with ``above=CAPTION`` or more.
        """
        y = self.label_y - self.label_px / 2 - 7
        canvas.label("row", self.label_x, self.label_y, MIN_TEXT, ramp, "center", "condensed")
        middle = (self.left + self.right) / 2
        canvas.label("column", middle, y, MIN_TEXT, ramp, "bottom", style.face)


def frame(
    rows: int,
    cols: int,
    style: Style,
    preferred: float,
    *,
    band: int = 0,
    above: int = 0,
    below: int = 0,
    all_sides: bool = False,
) -> Frame:
    """Lay out a board with its numbers, as near as possible to a preferred size of cells.

    Args:
        rows, cols: the board's cells.
        style: decides scale, margin and least size of the picture.
        preferred: wanted side of a cell.
        band: free pixels between the board and its numbers, at the left and on top.
        above, below: free pixels over the column numbers, and under the board (and under the
            numbers there).
        all_sides: whether there are numbers at the right and at the bottom as well.
    """
    margin, room = style.margin, style.text_px(36)
    before = margin + room + band
    after = before if all_sides else margin
    cell = fit_cell(rows, cols, before + after, before + after + above + below, style, preferred)
    return Frame(
        rows=rows,
        cols=cols,
        cell=cell,
        left=before,
        top=before + above,
        width=before + cols * cell + after,
        height=before + above + rows * cell + below + after,
        label_px=label_height(cell),
        label_x=margin + room / 2,
        label_y=margin + above + room / 2,
        far_x=before + cols * cell + band + room / 2 if all_sides else None,
        far_y=before + above + rows * cell + band + room / 2 if all_sides else None,
    )
