"""The board as a picture: a chessboard with six silhouettes, and numbered arrows for captures."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    MIN_TEXT,
    RGB,
    SHADES,
    Canvas,
    Painter,
    Palette,
    Picture,
    Style,
    circle_coverage,
    fit_cell,
    label_height,
    mix,
)
from gameqa.drawing.coverage import levels
from gameqa.games.chess_ranger.rules import KINDS, State, kind_of, square_number, square_of

_CELL = 70
_INK: RGB = (28, 30, 38)
_PAPER: RGB = (252, 250, 244)
_ARROW: RGB = (198, 32, 52)
_EMPTY = len(KINDS)
_NOTE = "Pawns capture diagonally upwards \N{UPWARDS ARROW}"
_START, _TIP, _HEAD, _ASIDE = 0.18, 0.24, 0.22, 0.22
# An arrow starts and ends so far from the squares' centres, has a head of that length, and lies so
# far to the right of their line: pieces stay in sight, and there may be an arrow back.
_PARITY = np.add.outer(np.arange(8), np.arange(8)) % 2

_SHARES, _ROOM = (0.45, 0.65, 0.3, 0.15, 0, 0.8), 2.0
# An arrow's number is put on its shaft at the first of these places that has so much room.

_Point = tuple[float, float]
_Points = Sequence[_Point]
_Disc = tuple[float, float, float]
_Levels = npt.NDArray[np.uint8]
_Mask = npt.NDArray[np.bool_]
_Part = tuple[_Levels, _Mask, tuple[int, int]]
"""Ink, inked or halo, and how far the corner lies from that of an arrow's first square."""

_BASE: _Points = (
    (0.22, 0.88),
    (0.22, 0.80),
    (0.30, 0.74),
    (0.70, 0.74),
    (0.78, 0.80),
    (0.78, 0.88),
)


def _mirrored(left: _Points) -> _Points:
    """Close a half outline, given from top to bottom, by its mirror image."""
    return [*left, *((1 - x, y) for x, y in reversed(left))]


# Of each kind: filled outlines, filled discs, and lines inside, in shares of the cell.
_SHAPES: dict[str, tuple[Sequence[_Points], Sequence[_Disc], Sequence[_Points]]] = {
    "pawn": (
        [
            _BASE,
            _mirrored([(0.44, 0.5), (0.42, 0.62), (0.33, 0.76)]),
            _mirrored([(0.34, 0.57), (0.34, 0.62)]),
        ],
        [(0.5, 0.40, 0.165)],
        [[(0.33, 0.75), (0.67, 0.75)]],
    ),
    "rook": (
        [
            _BASE,
            _mirrored([(0.36, 0.38), (0.34, 0.76)]),
            _mirrored(
                [
                    (0.44, 0.23),
                    (0.44, 0.14),
                    (0.44, 0.23),
                    (0.36, 0.23),
                    (0.36, 0.14),
                    (0.25, 0.14),
                    (0.25, 0.34),
                    (0.34, 0.41),
                ]
            ),
            [(0.44, 0.14), (0.56, 0.14), (0.56, 0.3), (0.44, 0.3)],
        ],
        [],
        [[(0.36, 0.40), (0.64, 0.40)], [(0.33, 0.75), (0.67, 0.75)]],
    ),
    "knight": (
        [
            [(0.24, 0.88), (0.24, 0.80), (0.78, 0.80), (0.78, 0.88)],
            [
                (0.31, 0.80),
                (0.34, 0.68),
                (0.46, 0.55),
                (0.47, 0.49),
                (0.38, 0.50),
                (0.29, 0.57),
                (0.22, 0.57),
                (0.18, 0.50),
                (0.20, 0.43),
                (0.30, 0.30),
                (0.35, 0.20),
                (0.36, 0.09),
                (0.45, 0.16),
                (0.58, 0.19),
                (0.69, 0.30),
                (0.75, 0.46),
                (0.75, 0.64),
                (0.73, 0.80),
            ],
        ],
        [],
        [
            [(0.32, 0.80), (0.73, 0.80)],
            [(0.55, 0.27), (0.63, 0.40), (0.65, 0.55)],
            [(0.37, 0.32), (0.38, 0.32)],
        ],
    ),
    "bishop": (
        [
            _BASE,
            _mirrored([(0.40, 0.60), (0.34, 0.76)]),
            _mirrored([(0.50, 0.16), (0.38, 0.26), (0.30, 0.40), (0.32, 0.52), (0.40, 0.60)]),
        ],
        [(0.5, 0.14, 0.055)],
        [[(0.57, 0.26), (0.49, 0.41)], [(0.37, 0.61), (0.63, 0.61)], [(0.33, 0.75), (0.67, 0.75)]],
    ),
    "queen": (
        [
            [
                (0.14, 0.26),
                (0.29, 0.48),
                (0.31, 0.19),
                (0.43, 0.45),
                (0.50, 0.15),
                (0.57, 0.45),
                (0.69, 0.19),
                (0.71, 0.48),
                (0.86, 0.26),
                (0.75, 0.72),
                (0.25, 0.72),
            ],
            [(0.22, 0.88), (0.22, 0.80), (0.27, 0.70), (0.73, 0.70), (0.78, 0.80), (0.78, 0.88)],
        ],
        [
            (0.14, 0.25, 0.05),
            (0.31, 0.17, 0.05),
            (0.50, 0.13, 0.05),
            (0.69, 0.17, 0.05),
            (0.86, 0.25, 0.05),
        ],
        [[(0.28, 0.70), (0.72, 0.70)], [(0.26, 0.79), (0.74, 0.79)]],
    ),
    "king": (
        [
            [(0.46, 0.07), (0.54, 0.07), (0.54, 0.36), (0.46, 0.36)],
            [(0.38, 0.14), (0.62, 0.14), (0.62, 0.22), (0.38, 0.22)],
            _mirrored(
                [
                    (0.50, 0.44),
                    (0.44, 0.36),
                    (0.33, 0.33),
                    (0.22, 0.38),
                    (0.19, 0.48),
                    (0.24, 0.60),
                    (0.30, 0.72),
                ]
            ),
            _mirrored([(0.50, 0.30), (0.43, 0.38), (0.46, 0.50)]),
            [(0.22, 0.88), (0.22, 0.80), (0.27, 0.70), (0.73, 0.70), (0.78, 0.80), (0.78, 0.88)],
        ],
        [],
        [[(0.28, 0.70), (0.72, 0.70)], [(0.26, 0.79), (0.74, 0.79)], [(0.5, 0.46), (0.5, 0.64)]],
    ),
}


@dataclass(frozen=True)
class _Theme:
    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    arrows: npt.NDArray[np.uint8]
    digits: npt.NDArray[np.uint8]
    cell: int
    left: int
    top: int


def draw(state: State, captures: Sequence[tuple[str, str]], style: Style) -> Picture:
    """Draw a board with ranks and files, and an arrow for each of the captures."""
    theme = _theme(style)
    codes = _EMPTY + (_EMPTY + 1) * _PARITY
    for piece in state.position:
        row, col = divmod(square_of(piece), 8)
        codes[row, col] += kind_of(piece) - _EMPTY
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, theme.left, theme.top)
    _draw_arrows(canvas, theme, captures)
    return canvas.picture()


def _draw_arrows(canvas: Canvas, theme: _Theme, captures: Sequence[tuple[str, str]]) -> None:
    heads, lines = [], []
    for start, end in captures:
        (row, col), (to_row, to_col) = (divmod(square_number(name), 8) for name in (start, end))
        arrow, head = _arrow(theme.cell, to_row - row, to_col - col)
        x, y = theme.left + col * theme.cell, theme.top + row * theme.cell
        _paste(canvas, theme, arrow, x, y)
        heads.append((head, x, y))
        lines.append(_line(theme.cell, x, y, to_row - row, to_col - col))
    # No shaft may hide another arrow's head.
    for head, x, y in heads:
        _paste(canvas, theme, head, x, y)
    disc, around = _badge()
    half = disc.shape[0] // 2
    for number, spot in enumerate(_spots(lines, half), 1):
        left, top = (math.floor(part + 0.5) - half for part in spot)
        canvas.paste_masked(theme.arrows[disc], around, left, top)
        middle = left + half + 0.5
        canvas.label(str(number), middle, top + half, MIN_TEXT, theme.digits, "center", "bold")


def _paste(canvas: Canvas, theme: _Theme, part: _Part, x: int, y: int) -> None:
    ink, inked, (across, down) = part
    canvas.paste_masked(theme.arrows[ink], inked, x + across, y + down)


def _line(cell: int, x: int, y: int, down: int, across: int) -> list[_Point]:
    """Return points of an arrow from the square at (x, y): tail, neck, amid the head, and tip."""
    length = math.sqrt(down * down + across * across)
    ux, uy = across / length, down / length
    neck = length - _TIP - _HEAD
    return [
        (x + cell * (0.5 + ux * along - uy * _ASIDE), y + cell * (0.5 + uy * along + ux * _ASIDE))
        for along in (_START, neck, neck + 0.3 * _HEAD, length - _TIP)
    ]


def _spots(lines: Sequence[Sequence[_Point]], radius: int) -> list[_Point]:
    """Place the numbers on their shafts, off all heads, other shafts and each other."""
    spots: dict[int, _Point] = {}
    # Short arrows leave little choice: theirs first.
    for index in sorted(range(len(lines)), key=lambda i: _apart(*lines[i][:2])):
        (x, y), (neck_x, neck_y), *_ = lines[index]
        bars = [(head, tip, radius + 3) for _, _, head, tip in lines]
        bars += [(tail, neck, radius + 2) for tail, neck, *_ in lines if tail != (x, y)]
        bars += [(spot, spot, 2 * radius) for spot in spots.values()]
        best = -math.inf
        for share in _SHARES:
            spot = x + share * (neck_x - x), y + share * (neck_y - y)
            room = min(_gap(spot, start, end) - least for start, end, least in bars)
            if room > best:
                best, spots[index] = room, spot
            if room >= _ROOM:
                break
    return [spots[index] for index in range(len(lines))]


def _gap(spot: _Point, start: _Point, end: _Point) -> float:
    """Return the distance of a point from a line between two others."""
    (x, y), (dx, dy) = start, (end[0] - start[0], end[1] - start[1])
    share = ((spot[0] - x) * dx + (spot[1] - y) * dy) / (dx * dx + dy * dy or 1)
    share = min(1.0, max(0.0, share))
    return _apart(spot, (x + share * dx, y + share * dy))


def _apart(one: _Point, other: _Point) -> float:
    # Rounded alike everywhere, which `math.dist` is not.
    across, down = one[0] - other[0], one[1] - other[1]
    return math.sqrt(across * across + down * down)


@lru_cache(maxsize=256)
def _arrow(cell: int, down: int, across: int) -> tuple[_Part, _Part]:
    """Return the arrow to a square that far away, and its head."""
    length = math.sqrt(down * down + across * across)
    ux, uy = np.float32(across / length), np.float32(down / length)
    x0, y0 = cell * max(0, -across), cell * max(0, -down)
    x = (np.arange(cell * (1 + abs(across)), dtype=np.float32) - (x0 + cell / 2 - 0.5))[None, :]
    y = (np.arange(cell * (1 + abs(down)), dtype=np.float32) - (y0 + cell / 2 - 0.5))[:, None]
    along = x * ux + y * uy
    aside = np.abs(y * ux - x * uy - _ASIDE * cell)
    tip = (length - _TIP) * cell
    neck = tip - _HEAD * cell
    shaft = np.maximum(aside - 0.03 * cell, np.maximum(_START * cell - along, along - neck))
    # The head's sides fall by half of its length: a slope of 1 : 2, whose normal is (1, 2).
    slope = (2 * aside + along - tip) / math.sqrt(5)
    head = np.maximum(slope, neck - along)
    outside, halo = np.minimum(shaft, head), max(2.0, 0.03 * cell)
    ink, tipped = levels(outside), head < halo
    rows, cols = (np.flatnonzero(tipped.any(axis)) for axis in (1, 0))
    part = np.s_[rows[0] : rows[-1] + 1, cols[0] : cols[-1] + 1]
    corner = int(cols[0]) - x0, int(rows[0]) - y0
    return (ink, outside < halo, (-x0, -y0)), (ink[part], tipped[part], corner)


@lru_cache(maxsize=1)
def _badge() -> tuple[_Levels, _Mask]:
    side = MIN_TEXT + 10
    disc = circle_coverage(side, side, side / 2, side / 2, side / 2 - 2)
    return disc, circle_coverage(side, side, side / 2, side / 2, side / 2) > SHADES // 2


@lru_cache(maxsize=128)
def _theme(style: Style) -> _Theme:
    margin, room = style.margin, style.text_px(32)
    cell = fit_cell(8, 8, 2 * margin + room, 2 * margin + 2 * room, style, _CELL)
    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    arrows = palette.ramp(_PAPER, _ARROW)
    digits = palette.ramp(_ARROW, _PAPER)
    edge = palette.index(style.ink)
    squares = (
        style.tone(style.pick((240, 226, 196), (158, 166, 178))),
        style.tone(style.pick((160, 182, 140), (98, 108, 126))),
    )
    # Dark pieces with a light rim or light pieces with a dark one: both stand out on all squares.
    light = style.dark if style.variant < 0 else style.variant // 2 % 2 == 0
    fill, rim = (_PAPER, _INK) if light else (_INK, _PAPER)
    tiles = np.stack(
        [
            _tile(cell, ground, kind, fill, rim).indices(palette)
            for ground in squares
            for kind in (*KINDS, None)
        ]
    )
    left, top = margin + room, margin + room
    side = 8 * cell
    canvas = Canvas(top + side + room + margin, left + side + margin, background, palette.freeze())
    canvas.frame(left - 2, top - 2, side + 4, side + 4, 2, edge)
    size = label_height(cell)
    ranks = [str(8 - row) for row in range(8)]
    canvas.row_labels(ranks, left - room / 2, top, cell, labels, size, style.face)
    canvas.column_labels(
        list("abcdefgh"), left, top + side + room / 2, cell, labels, size, style.face
    )
    canvas.label(_NOTE, left + side / 2, top - room / 2, MIN_TEXT, labels, "center", style.face)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, tiles, arrows, digits, cell, left, top)


def _tile(side: int, ground: RGB, kind: str | None, fill: RGB, rim: RGB) -> Painter:
    painter = Painter(side, side, ground)
    if kind is None:
        return painter
    outlines, discs, lines = _SHAPES[kind]
    scaled = [[(x * side, y * side) for x, y in points] for points in outlines]
    width = max(1.5, side * 0.035)
    seam = mix(fill, rim, 0.75)
    for points in scaled:
        painter.polygon(points, rim, rim, 2 * width)
    for x, y, radius in discs:
        painter.circle(x * side, y * side, radius * side + width, rim)
    for points in scaled:
        painter.polygon(points, fill)
    for x, y, radius in discs:
        painter.circle(x * side, y * side, radius * side, fill)
    for line in lines:
        painter.line([(x * side, y * side) for x, y in line], max(1.5, side * 0.035), seam)
    return painter
