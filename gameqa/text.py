"""Boards as text: grids with row and column numbers, for the text view and for analyses."""

from __future__ import annotations

from collections.abc import Sequence


def grid(cells: Sequence[Sequence[str]], *, numbered: bool = True, first: int = 0) -> str:
    """Write rows of symbols, one blank between them, padded to one width a column.

    Args:
        cells: rows of equally many symbols.
        numbered: whether row and column numbers stand at the left and on top.
        first: the number of the first row and column.
    """
    rows = [list(row) for row in cells]
    if numbered:
        head = [str(first + i) for i in range(len(rows[0]))]
        rows = [["", *head], *([str(first + i), *row] for i, row in enumerate(rows))]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        " ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )
