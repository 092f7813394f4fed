"""Are the labels drawn that a question's coordinates need? Found by their exact shapes.

Every text in a picture is set in the project's own font, so a label can be looked for without
guessing: all pixels that its glyphs cover fully have one colour, and none of those that they leave
free inside the label has it. The sizes and faces that pictures use are tried one after another.
For boards with rows and columns the numbers must also stand in line: one coordinate's below each
other, the other's beside each other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing.coverage import SHADES
from gameqa.drawing.font import FACES, text_mask

Codes = npt.NDArray[np.int32]
Point = tuple[int, int]

_SIZES = (*range(14, 27), 13, 12, 28, 30, 32)
_INK = 0.12  # share of the picture that a label's colour covers at the most
_IN_LINE = 4  # pixels by which labels of one row or column may be out of line

_PAIR = re.compile(r"[(\[](\d+), (\d+)[)\]]")
_TUPLE = re.compile(r"\((\d+(?:, \d+){2,})\)")
_SQUARE = re.compile(r"\b([a-h])([1-8])\b")
_NAMED = re.compile(
    r"\b(?:[Rr]ow|[Cc]olumn|[Pp]ile|[Cc]ascade|[Ff]ree cell|[Rr]egion|[Pp]iece|Level|Tab)s? ?"
    r"(\d+)\b"
)


@dataclass(frozen=True)
class Wanted:
    """The labels that a row's words use.

    Attributes:
        down, across: labels of two coordinates, which must stand in two lines at right angles.
        anywhere: labels that must be somewhere.
        upright: whether ``down`` is known to be the upright line, as of rows.
    """

    down: tuple[str, ...] = ()
    across: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    upright: bool = True

    @property
    def all(self) -> tuple[str, ...]:
        """Every label once."""
        return tuple(dict.fromkeys([*self.down, *self.across, *self.anywhere]))


def wanted(question: str, options: Iterable[str], answer: str) -> Wanted:
    """Return the labels that the words of a row use: coordinates, and numbered things."""
    # An example of how to write an answer ("e.g. (2, 3)") asks for nothing.
    asked = re.sub(r"e\.g\. [^\n]*", "", question)
    text = "\n".join([asked, *options, answer])
    pairs = _PAIR.findall(text)
    squares = _SQUARE.findall(text)
    loose = [number for found in _TUPLE.findall(text) for number in found.split(", ")]
    loose += _NAMED.findall(text)
    return Wanted(
        down=_sorted({a for a, _ in pairs} | {b for _, b in squares}),
        across=_sorted({b for _, b in pairs} | {a for a, _ in squares}),
        anywhere=_sorted(set(loose)),
        upright=bool(squares) or not pairs or "row" in question.lower(),
    )


def _sorted(labels: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(labels, key=lambda label: (len(label), label)))


def missing(codes: Codes, needed: Wanted, first_face: str = "regular") -> tuple[str, ...]:
    """Return the needed labels that a picture lacks, or that stand out of line.

    Args:
        codes: (H, W), equal where pixels have equal colours.
        needed: what to look for.
        first_face: the face of the font to try first.
    """
    if not needed.all:
        return ()
    inked = _inked(codes)
    faces = [first_face, *(face for face in FACES if face != first_face)]
    found: dict[str, list[Point]] = {label: [] for label in needed.all}
    samples = [group[0] for group in (needed.down, needed.across, needed.anywhere) if group]
    for face in faces:
        for size in _SIZES:
            # A few labels tell whether this face and size occur at all.
            if not any(_places(codes, inked, label, size, face) for label in samples):
                continue
            for label in needed.all:
                found[label] += _places(codes, inked, label, size, face)
            if all(found.values()) and _lined(needed, found):
                return ()
    absent = tuple(label for label in needed.all if not found[label])
    return absent or tuple(f"{label} out of line" for label in (*needed.down, *needed.across))


def _lined(needed: Wanted, found: dict[str, list[Point]]) -> bool:
    if not needed.down:
        return True
    return any(
        _in_line([found[label] for label in needed.down], axis)
        and _in_line([found[label] for label in needed.across], 1 - axis)
        for axis in ((1,) if needed.upright else (1, 0))
    )


def _in_line(places: Sequence[Sequence[Point]], axis: int) -> bool:
    """Return whether each label has a place on one common line along an axis, in order."""
    for start in places[0]:
        at = start
        for options in places[1:]:
            following = [
                point
                for point in options
                if abs(point[1 - axis] - start[1 - axis]) <= _IN_LINE and point[axis] != at[axis]
            ]
            if not following:
                break
            at = following[0]
        else:
            return True
    return False


def _inked(codes: Codes) -> npt.NDArray[np.int64]:
    """Return where a label's ink may be, as flat positions: pixels of colours that are rare."""
    counts = np.bincount(codes.ravel())
    return np.flatnonzero((counts < _INK * codes.size)[codes.ravel()])


def _places(
    codes: Codes, inked: npt.NDArray[np.int64], label: str, size: int, face: str
) -> list[Point]:
    """Return the middles (x, y) of a label set in a size and face."""
    full, free, high, wide = _shape(label, size, face)
    height, width = codes.shape
    if high > height or wide > width or not len(full):
        return []
    flat = codes.ravel()
    anchor = full[len(full) // 2]
    tops, lefts = np.divmod(inked, width)
    tops, lefts = tops - anchor[0], lefts - anchor[1]
    inside = (tops >= 0) & (lefts >= 0) & (tops <= height - high) & (lefts <= width - wide)
    starts, ink = (tops * width + lefts)[inside], flat[inked[inside]]
    # Free pixels next to ink first: they rule out all flat ground at once.
    for points, same in ((free[:3], False), (full, True), (free[3:], False)):
        for y, x in points:
            hit = flat[starts + (y * width + x)] == ink
            keep = hit if same else ~hit
            starts, ink = starts[keep], ink[keep]
            if not len(starts):
                return []
    return [(int(at % width) + wide // 2, int(at // width) + high // 2) for at in starts]


@lru_cache(maxsize=4096)
def _shape(
    label: str, size: int, face: str
) -> tuple[list[tuple[int, int]], list[tuple[int, int]], int, int]:
    """Return a label's fully covered points, its free ones (nearest to ink first), and its size."""
    mask = text_mask(label, size, face)
    rows, cols = np.nonzero(mask)
    mask = mask[rows.min() : rows.max() + 1, cols.min() : cols.max() + 1]
    full = np.argwhere(mask == SHADES)
    free = np.argwhere(mask == 0)
    if len(full) and len(free):
        free = free[np.argsort(np.abs(free - full[len(full) // 2]).sum(axis=1), kind="stable")]
    return (
        [(int(y), int(x)) for y, x in full],
        [(int(y), int(x)) for y, x in free],
        mask.shape[0],
        mask.shape[1],
    )
