"""How text becomes pixels: our own proportional stroke font, rasterised and fitted to the grid.

Sizes are the height of capitals and digits in pixels. A mask is that high plus room for tails
below (``descent``): row 0 is the top of the capitals, row ``height_px`` the first below the
baseline. Level stems are moved to whole pixels before drawing ("hinting"), so small text is crisp.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from gameqa.drawing.coverage import Levels, levels, polygon_coverage, segments_distance, snap
from gameqa.drawing.glyphs import DIGITS, GLYPHS
from gameqa.errors import GameQAError, unknown

FACES = ("regular", "bold", "condensed", "slanted")
MIN_TEXT = 14
"""The least height in pixels of text that a question needs."""

_ROUND = 0.58  # how full a quarter curve is: 0.5523 is an ellipse, more is squarer and roomier
_STEPS = 10  # straight pieces a curve is made of

Point = tuple[float, float]


@dataclass(frozen=True)
class _Face:
    weight: float  # pen width as a share of the height
    stretch: float = 1.0  # of widths
    slant: float = 0.0  # sideways per pixel up
    space: float = 0.15  # between two glyphs, as a share of the height


_FACES = {
    "regular": _Face(0.135),
    "bold": _Face(0.18, 1.02),
    "condensed": _Face(0.13, 0.78, space=0.14),
    "slanted": _Face(0.135, 0.97, 0.2),
}


@dataclass(frozen=True)
class _Glyph:
    mask: Levels  # (height + descent, advance + 2 * overhang)
    advance: int


@dataclass
class _Outline:
    """A glyph's curves: each a list of Bezier pieces (start, control, control, end)."""

    strokes: list[list[tuple[Point, Point, Point, Point]]]
    dots: list[Point]
    filled: bool


@cache
def _parse(char: str) -> _Outline:
    out = _Outline([], [], False)
    words = GLYPHS[char][1].split()
    at = (0.0, 0.0)
    i = 0
    command = ""
    while i < len(words):
        if words[i].isalpha():
            command = words[i]
            i += 1
            if command == "F":
                out.filled = True
                continue
        count = 6 if command == "C" else 2
        n = [float(word) for word in words[i : i + count]]
        i += count
        end = (n[-2], n[-1])
        if command == "M":
            out.strokes.append([])
        elif command == "D":
            out.dots.append(end)
        else:
            out.strokes[-1].append((at, *_controls(command, at, end, n), end))
        at = end
    return out


def _controls(command: str, at: Point, end: Point, n: list[float]) -> tuple[Point, Point]:
    dx, dy = end[0] - at[0], end[1] - at[1]
    if command == "H":
        return (at[0] + dx * _ROUND, at[1]), (end[0], end[1] - dy * _ROUND)
    if command == "V":
        return (at[0], at[1] + dy * _ROUND), (end[0] - dx * _ROUND, end[1])
    if command == "C":
        return (n[0], n[1]), (n[2], n[3])
    return (at[0] + dx / 3, at[1] + dy / 3), (end[0] - dx / 3, end[1] - dy / 3)


def _stem_positions(outline: _Outline, axis: int) -> list[float]:
    """Where a glyph has level (axis 1) or upright (axis 0) stems: straight ones and extrema."""
    found = set()
    for stroke in outline.strokes:
        for start, c1, c2, end in stroke:
            for point, control in ((start, c1), (end, c2)):
                level = point[axis] == control[axis] and point != control
                # Whatever ends on the base or cap line stays there, even with nothing level.
                if level or (axis == 1 and point[1] in (0, 100)):
                    found.add(point[axis])
    return sorted(found)


def _fit(keys: list[float], scale: float, pen: float, level: bool) -> dict[float, float]:
    """Stem centres in pixels (from the pen's inner edge), moved to whole pixels in order."""
    fitted: dict[float, float] = {}
    last = None
    for key in keys:
        # The cap line's upper edge is whole already; rounding could push it out of the mask.
        place = key * scale if level and key == 100 else float(math.floor(key * scale + 0.5))
        # Two stems that do not touch in the design stay apart by a pen and one light pixel.
        if last is not None and (key - last[0]) * scale > pen:
            place = max(place, float(math.ceil(last[1] + pen + 0.25)))
        fitted[key] = place
        last = (key, place)
    return fitted


def _mapped(value: float, fitted: dict[float, float], scale: float) -> float:
    """A coordinate moved along with the stems around it (linear between them)."""
    below = [key for key in fitted if key <= value]
    above = [key for key in fitted if key >= value]
    if below and above:
        low, high = below[-1], above[0]
        if low == high:
            return fitted[low]
        share = (value - low) / (high - low)
        return fitted[low] + (fitted[high] - fitted[low]) * share
    if below:
        return fitted[below[-1]] + (value - below[-1]) * scale
    if above:
        return fitted[above[0]] + (value - above[0]) * scale
    return value * scale


def _flatten(piece: tuple[Point, Point, Point, Point]) -> list[Point]:
    (x0, y0), (x1, y1), (x2, y2), (x3, y3) = piece
    steps = _STEPS
    if (
        abs((x1 - x0) * (y3 - y0) - (y1 - y0) * (x3 - x0)) < 1e-6
        and abs((x2 - x0) * (y3 - y0) - (y2 - y0) * (x3 - x0)) < 1e-6
    ):
        steps = 1
    points = []
    for i in range(steps + 1):
        t = i / steps
        s = 1 - t
        a, b, c, d = s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t
        points.append((a * x0 + b * x1 + c * x2 + d * x3, a * y0 + b * y1 + c * y2 + d * y3))
    return points


def descent(height_px: int) -> int:
    """Rows below the baseline in every mask of that height."""
    return math.ceil(height_px * 0.28)


def _overhang(height_px: int, face: str) -> int:
    return math.ceil(_FACES[face].slant * height_px * 0.6)


def _pen(height_px: int, face: str) -> float:
    return max(1.0, math.floor(_FACES[face].weight * height_px * 2 + 0.5) / 2)


@lru_cache(maxsize=4096)
def _glyph(char: str, height_px: int, face: str) -> _Glyph:
    if char not in GLYPHS:
        raise GameQAError(f"the font has no glyph for {char!r} (U+{ord(char):04X})")
    shape = _FACES[face]
    outline = _parse(char)
    width = GLYPHS[char][0]
    pen = 0.0 if outline.filled else _pen(height_px, face)
    space = max(2, math.floor(shape.space * height_px + 0.5))
    side = space // 2
    over = _overhang(height_px, face)
    scale_y = (height_px - pen) / 100
    stretch = 1.0 if outline.filled else shape.stretch
    scale_x = (height_px if outline.filled else height_px - _pen(height_px, "regular")) / 100
    scale_x *= stretch
    fit_x = _fit(sorted({0.0, width, *_stem_positions(outline, 0)}), scale_x, pen, False)
    fit_y = _fit(_stem_positions(outline, 1), scale_y, pen, True)
    if char in DIGITS:  # tabular: every digit as wide as the widest
        width = max(w for w, _ in DIGITS.values())
        right = math.ceil(width * scale_x)
    else:
        right = math.ceil(_mapped(width, fit_x, scale_x) - 0.01)
    advance = space + right + math.ceil(pen)
    rows, cols = height_px + descent(height_px), advance + 2 * over

    def place(point: Point) -> Point:
        up = pen / 2 + _mapped(point[1], fit_y, scale_y)
        x = over + side + pen / 2 + _mapped(point[0], fit_x, scale_x)
        lean = 0.0 if outline.filled else shape.slant * (up - height_px / 2)
        return snap(x + lean), snap(height_px - up)

    mask: Levels = np.zeros((rows, cols), np.uint8)
    segments: list[tuple[float, float, float, float]] = []
    for stroke in outline.strokes:
        line: list[Point] = []
        for piece in stroke:
            p0, p1, p2, p3 = (place(point) for point in piece)
            line.extend(_flatten((p0, p1, p2, p3)))
        if outline.filled:
            mask = np.maximum(mask, polygon_coverage(rows, cols, line))
        else:
            segments += [(*a, *b) for a, b in pairwise(line) if a != b]
    if segments:
        mask = levels(segments_distance(rows, cols, np.array(segments)) - pen / 2)
    for x, y in (place(dot) for dot in outline.dots):
        spot = segments_distance(rows, cols, np.array([(x, y, x, y)]))
        mask = np.maximum(mask, levels(spot - pen * 0.62))
    mask.setflags(write=False)
    return _Glyph(mask, advance)


def check_face(face: str) -> str:
    """``face`` itself, or GameQAError naming the faces there are."""
    if face not in _FACES:
        raise unknown("face", face, FACES)
    return face


@lru_cache(maxsize=8192)
def text_mask(text: str, height_px: int, face: str = "regular") -> npt.NDArray[np.uint8]:
    """Coverage levels 0..SHADES of one line of text, read-only, (height_px + descent, width).

    ``height_px`` is the height of capitals and digits (at least 6; use MIN_TEXT or more for what a
    question needs). Raises GameQAError for a character the font lacks or an unknown face.
    """
    check_face(face)
    if height_px < 6:
        raise GameQAError(f"text is at least 6 px tall, not {height_px}")
    glyphs = [_glyph(char, height_px, face) for char in text]
    over = _overhang(height_px, face)
    width = sum(glyph.advance for glyph in glyphs) + 2 * over
    mask = np.zeros((height_px + descent(height_px), max(1, width)), np.uint8)
    pen_x = 0
    for glyph in glyphs:
        place = mask[:, pen_x : pen_x + glyph.mask.shape[1]]
        np.maximum(place, glyph.mask, out=place)
        pen_x += glyph.advance
    mask.setflags(write=False)
    return mask


def text_width(text: str, height_px: int, face: str = "regular") -> int:
    """Width in pixels of ``text_mask(text, height_px, face)``, side bearings included."""
    return int(text_mask(text, height_px, face).shape[1])
