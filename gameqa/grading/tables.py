"""How rectangles and tables of cells are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gameqa.answers import Box, Matrix
from gameqa.grading.cells import CLOSE, OPEN, PLACES, Cell, axis_of, cell_at, closing, signed
from gameqa.grading.reading import reads, unreadable
from gameqa.grading.statements import tokens


@reads(Box, cells=True)
def read_box(kind: Box, core: str) -> tuple[int, int, int, int]:
    """Read two corners, or the ranges of rows and columns."""
    words = tokens(core)
    value = _ranges(words) or _corners(words)
    if value is None or min(value) < 0:
        raise unreadable(core, kind.name)
    return value


_CORNER_WORDS = PLACES | frozenset(
    "from corner : , ; = - and top left bottom right upper lower".split()
)


def _corners(words: Sequence[str]) -> tuple[int, int, int, int] | None:
    found: list[tuple[str, Cell]] = []
    before: list[str] = []
    at = 0
    if len(words) > 3 and words[0] in OPEN and words[1] in OPEN and words[-1] == closing(words[0]):
        words = words[1:-1]
    while at < len(words):
        read = cell_at(words, at, ("row", "column"))
        if read is not None:
            found.append((" ".join(w for w in before if w in _SIDES), read[0]))
            before, at = [], read[1]
            continue
        if words[at] not in _CORNER_WORDS and words[at] not in ("to", "->", "through", "until"):
            return None
        before.append(words[at])
        at += 1
    names = [_SIDE_NAMES.get(name, name) for name, _ in found]
    if before or len(found) != 2 or names not in (["", ""], ["first", "last"], ["last", "first"]):
        return None
    first, last = (cell for _, cell in (reversed(found) if names[0] == "last" else found))
    return first[0], first[1], last[0], last[1]


_SIDES = frozenset("top left bottom right upper lower".split())
_SIDE_NAMES = {
    "top left": "first",
    "upper left": "first",
    "bottom right": "last",
    "lower right": "last",
}


def _ranges(words: Sequence[str]) -> tuple[int, int, int, int] | None:
    """Read ``rows 0 to 2, columns 1-3``, either first."""
    words = [word for word in words if word not in ("the", "and", ",", ";", "from", ":", "=")]
    if len(words) != 8:
        return None
    ranges: dict[int, tuple[int, int]] = {}
    for at in (0, 4):
        name, first, joint, last = words[at : at + 4]
        axis = axis_of(name, ("row", "column"))
        ends = signed([first], 0), signed([last], 0)
        if axis is None or axis in ranges or joint not in ("to", "-", "through"):
            return None
        if ends[0] is None or ends[1] is None:
            return None
        ranges[axis] = ends[0][0], ends[1][0]
    (top, bottom), (left, right) = ranges[0], ranges[1]
    return top, left, bottom, right


@reads(Matrix, cells=True)
def read_matrix(kind: Matrix, core: str) -> tuple[tuple[int, ...], ...]:
    """Read rows of numbers, in brackets or on lines of their own."""
    rows = _rows(core)
    if rows is None:
        raise unreadable(core, kind.name)
    numbers = [number for row in rows for number in row]
    is_flat = len(rows) == 1
    shaped = [len(row) for row in rows] == [kind.cols] * kind.rows
    if len(numbers) != kind.rows * kind.cols or not (is_flat or shaped):
        raise unreadable(core, kind.name)
    if any(number not in kind.symbols for number in numbers):
        raise unreadable(core, kind.name)
    return tuple(tuple(numbers[r * kind.cols : (r + 1) * kind.cols]) for r in range(kind.rows))


def _rows(core: str) -> list[list[int]] | None:
    """Return the rows of a table: ended by an inner bracket, a semicolon or a line break."""
    rows: list[list[int]] = [[]]
    depth = 0
    for line in core.split("\n"):
        for word in tokens(line):
            found: Any = signed([word], 0)
            if found is not None:
                rows[-1].append(found[0])
            elif word in OPEN:
                depth += 1
                rows.append([])
            elif word in CLOSE:
                depth -= 1
                rows.append([])
            elif word in (";", "|"):
                rows.append([])
            elif word not in (",", "matrix"):
                return None
            if depth < 0 or depth > 2:
                return None
        rows.append([])
    return None if depth else [row for row in rows if row]
