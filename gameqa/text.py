"""Boards as text: grids with row and column numbers, for the text view and for analyses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def grid(
    cells: Sequence[Sequence[str]],
    *,
    numbered: bool = True,
    first: int = 0,
    blocks: tuple[int, int] | None = None,
) -> str:
    """Write rows of symbols, one blank between them, padded to one width a column.

    Args:
        cells: rows of equally many symbols.
        numbered: whether row and column numbers stand at the left and on top.
        first: the number of the first row and column.
        blocks: rows and columns of a block; blank lines and columns set the blocks apart.
    """
    rows = [list(row) for row in cells]
    if numbered:
        head = [str(first + i) for i in range(len(rows[0]))]
        rows = [["", *head], *([str(first + i), *row] for i, row in enumerate(rows))]
    if blocks is not None:
        rows = _apart(rows, blocks, int(numbered))
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return "\n".join(
        " ".join(cell.rjust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in rows
    )


def _apart(rows: list[list[str]], blocks: tuple[int, int], head: int) -> list[list[str]]:
    """Put empty rows and columns between blocks; ``head`` rows and columns are numbers."""
    high, wide = blocks
    out: list[list[str]] = []
    for r, row in enumerate(rows):
        spread: list[str] = []
        for c, cell in enumerate(row):
            spread += ["", cell] if c > head and (c - head) % wide == 0 else [cell]
        if r > head and (r - head) % high == 0:
            out.append([""] * len(spread))
        out.append(spread)
    return out


def listing(items: Iterable[object], nothing: str = "none", link: str = "and") -> str:
    """Write items as a list in a sentence, e.g. ``red, green and blue``."""
    words = [str(item) for item in items]
    if not words:
        return nothing
    return f" {link} ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def plural(count: int, noun: str, many: str | None = None) -> str:
    """Write a count with its noun, e.g. ``1 cell`` or ``3 cells``."""
    return f"{count} {noun if count == 1 else many or noun + 's'}"


def numbered(lines: Iterable[str]) -> str:
    """Write lines numbered from 1, e.g. the steps of a derivation."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
