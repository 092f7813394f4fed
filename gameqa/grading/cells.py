"""How cells are read: in any brackets, with or without the names of their axes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gameqa.answers import CellAndWord, CellSet, Coordinate
from gameqa.grading.digits import whole, with_digits
from gameqa.grading.reading import reads, unreadable
from gameqa.grading.statements import is_number, tokens
from gameqa.grading.words import word_of

Cell = tuple[int, ...]

OPEN, CLOSE = "([", ")]"
_SAME = ({"row", "r", "rows"}, {"column", "col", "c", "columns", "cols"}, {"level", "k", "layer"})
PLACES = frozenset(
    "a an the cell cells position positions coordinate coordinates square squares point points "
    "tile tiles slot location locations block voxel voxels at in on it is located grid and "
    "of".split()
)
_GLUED = re.compile(r"[0-9][A-Za-z]")
_POSES = PLACES | frozenset(
    "facing faces face heading headed direction pointing points looking oriented orientation "
    "towards toward to with moving going running , : ; = - ( ) [ ] .".split()
)


def whole_cell(words: Sequence[str], axes: Sequence[str]) -> Cell | None:
    """Return the one cell that all the tokens together are; None where they are none."""
    words = _trimmed(words)
    if not words:
        return None
    found = cell_at(words, 0, axes, bare=True)
    if found is None:
        return None
    cell, end = found
    return cell if all(word in PLACES for word in words[end:]) else None


def cell_at(
    words: Sequence[str], at: int, axes: Sequence[str], bare: bool = False
) -> tuple[Cell, int] | None:
    """Return the cell that starts at a token, and where it ends.

    Args:
        words: tokens.
        at: where the cell may start.
        axes: the names of its numbers, in the order in which they are written.
        bare: whether numbers may stand without brackets and names, as ``3, 4``.
    """
    named = _names_then_cell(words, at, axes)
    if named is not None:
        return named
    wrapped = at < len(words) and words[at] in OPEN
    start = at + wrapped
    for read in (_named, _numbers):
        if read is _numbers and not (wrapped or bare):
            continue
        found = read(words, start, axes)
        if found is None:
            continue
        cell, end = found
        if not wrapped:
            return cell, end
        if end < len(words) and words[end] == closing(words[at]):
            return cell, end + 1
    return None


def axis_of(word: str, axes: Sequence[str]) -> int | None:
    """Return the index of the axis that a word names; None where it names none."""
    for index, axis in enumerate(axes):
        name = axis.lower()
        if word == name or any(word in same and name in same for same in _SAME):
            return index
    return None


def closing(opening: str) -> str:
    """Return the bracket that closes one of `OPEN`."""
    return CLOSE[OPEN.index(opening)]


def _numbers(words: Sequence[str], at: int, axes: Sequence[str]) -> tuple[Cell, int] | None:
    """Read as many numbers as there are axes, commas or semicolons between them."""
    values: list[int] = []
    while True:
        found = signed(words, at)
        if found is None:
            return None
        values.append(found[0])
        at = found[1]
        if len(values) == len(axes):
            return tuple(values), at
        if at < len(words) and words[at] in (",", ";"):
            at += 1
        elif at >= len(words) or not is_number(words[at]):
            return None


def signed(words: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the whole number, perhaps with a sign, at a token, and where it ends."""
    negative = at < len(words) and words[at] in ("-", "minus")
    at += negative
    if at >= len(words):
        return None
    value = whole(words[at])
    return None if value is None else (-value if negative else value, at + 1)


def _named(words: Sequence[str], at: int, axes: Sequence[str]) -> tuple[Cell, int] | None:
    """Read a number for every axis after its name, in any order."""
    values: dict[int, int] = {}
    while True:
        while at < len(words) and words[at] in ("the", "and", "in", "at", "on", "of"):
            at += 1
        axis = axis_of(words[at], axes) if at < len(words) else None
        if axis is None or axis in values:
            return None
        at += 1
        while at < len(words) and words[at] in (
            "=",
            ":",
            "is",
            "index",
            "number",
            "coordinate",
            "no",
            "#",
        ):
            at += 1
        found = signed(words, at)
        if found is None:
            return None
        values[axis], at = found
        if len(values) == len(axes):
            return tuple(values[index] for index in range(len(axes))), at
        if at < len(words) and words[at] in (",", ";"):
            at += 1


def _names_then_cell(words: Sequence[str], at: int, axes: Sequence[str]) -> tuple[Cell, int] | None:
    """Read ``(column, row) = (4, 3)``: the names of the axes, then the numbers in their order."""
    if at >= len(words) or words[at] not in OPEN or len(words) < at + 2 * len(axes) + 2:
        return None
    order = [axis_of(word, axes) for word in words[at + 1 : at + 2 * len(axes) : 2]]
    end = at + 2 * len(axes)
    if None in order or len({*order}) != len(axes) or words[end] != closing(words[at]):
        return None
    if any(word != "," for word in words[at + 2 : end : 2]):
        return None
    at = end + 1
    while at < len(words) and words[at] in ("=", ":", "is"):
        at += 1
    found = cell_at(words, at, axes)
    if found is None or words[at] not in OPEN or any(w.isalpha() for w in words[at : found[1]]):
        return None
    cell, end = found
    return tuple(cell[order.index(index)] for index in range(len(axes))), end


def _trimmed(words: Sequence[str]) -> Sequence[str]:
    at = 0
    while at < len(words) and words[at] in PLACES:
        at += 1
    return words[at:]


@reads(Coordinate, cells=True)
def read_coordinate(kind: Coordinate, core: str) -> Cell:
    """Read one cell: ``(3, 4)``, ``3,4``, ``row 3, column 4``, ``column 4, row 3`` ..."""
    cell = whole_cell(with_digits(tokens(core)), kind.axes)
    if cell is None:
        raise unreadable(core, kind.name)
    return cell


@reads(CellAndWord, cells=True)
def read_cell_and_word(kind: CellAndWord, core: str) -> tuple[int, int, str]:
    """Read a cell and a word, in any order and brackets: ``(4, 1), facing right``."""
    words = [] if _GLUED.search(core) else tokens(core)
    for at in range(min(len(words), 24)):
        if not all(word.isalpha() or word in "([,:;=-" for word in words[:at]):
            break
        found = cell_at(words, at, ("row", "column"), bare=True)
        if found is None:
            continue
        cell, end = found
        rest = [*words[:at], ",", *words[end:]]
        if any(is_number(word) for word in rest):
            break
        while rest and rest[0] in _POSES:
            rest.pop(0)
        while rest and rest[-1] in _POSES:
            rest.pop()
        value = word_of(rest, kind.vocabulary, kind.aliases)
        if value is None or min(cell) < 0:
            break
        return cell[0], cell[1], value
    raise unreadable(core, kind.name)


@reads(CellSet, cells=True)
def read_cell_set(kind: CellSet, core: str) -> tuple[Cell, ...]:
    """Read cells in any order, none of them twice."""
    words = list(_trimmed(tokens(core)))
    if len(words) > 3 and words[0] in OPEN and words[1] in OPEN:
        if words[-1] != closing(words[0]):
            raise unreadable(core, kind.name)
        words = words[1:-1]
    found: list[Cell] = []
    at = 0
    while at < len(words):
        read = cell_at(words, at, kind.axes, bare=not found)
        if read is None:
            raise unreadable(core, kind.name)
        found.append(read[0])
        at = read[1]
        while at < len(words) and words[at] in (",", ";", "and", "&", "cell", "voxel", "-", "."):
            at += 1
    if not found or len(set(found)) != len(found):
        raise unreadable(core, kind.name)
    return tuple(sorted(found))
