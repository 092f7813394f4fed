"""The board as a picture: trees and tents on grass, tent numbers in a band, indices outside."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    RGB,
    Canvas,
    Painter,
    Palette,
    Picture,
    Style,
    darker,
    lighter,
    mix,
)
from gameqa.frames import Frame, frame
from gameqa.games.tents.rules import State

_BOARD_SIDE = 540
_LEAST_CELL = 42
_TREE, _TENT = 1, 2


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and size alone.

    Attributes:
        palette: the frozen table of colours.
        ground: the picture without cells and tent numbers.
        tiles: empty, tree, tent; then the same on the other shade of the chequered ground.
        checker: which of the two shades every cell has, 0 or 3.
        numbers: the ramp of the tent numbers on the band.
        number_px: their height.
        frame: where the board lies.
        band: width of the band.
    """

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    checker: npt.NDArray[np.uint8]
    numbers: npt.NDArray[np.uint8]
    number_px: int
    frame: Frame
    band: int


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its tent numbers and its row and column numbers."""
    theme = _theme(style, state.rows, state.cols)
    place = theme.frame
    codes = theme.checker.copy()
    for r, c in state.trees:
        codes[r, c] += _TREE
    for r, c in state.placed:
        codes[r, c] += _TENT
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, place.left, place.top)
    size, middle = theme.number_px, theme.band / 2
    rows, cols = list(map(str, state.row_counts)), list(map(str, state.col_counts))
    canvas.row_labels(rows, place.left - middle, place.top, place.cell, theme.numbers, size, "bold")
    canvas.column_labels(
        cols, place.left, place.top - middle, place.cell, theme.numbers, size, "bold"
    )
    return canvas.picture()


@lru_cache(maxsize=512)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    band = style.text_px(44)
    preferred = max(_LEAST_CELL, _BOARD_SIDE / max(rows, cols))
    place = frame(rows, cols, style, preferred, band=band)
    palette = Palette()
    background = palette.index(style.background)
    outside = palette.ramp(style.background, style.muted)
    tint = style.tone(style.pick((206, 221, 244), (52, 66, 100)))
    ink = style.tone(style.pick((22, 58, 128), (214, 228, 255)))
    inside = palette.ramp(tint, ink)
    edge = palette.index(style.ink)
    grass = style.tone(style.pick((233, 240, 214), (58, 70, 62)))
    other = style.pick(darker(grass, 0.05), lighter(grass, 0.06))
    tiles = np.stack(
        [
            _tile(place.cell, ground, thing, style).indices(palette)
            for ground in (grass, other)
            for thing in (0, _TREE, _TENT)
        ]
    )
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    across, down = place.right - place.left, place.bottom - place.top
    canvas.rect(place.left - band, place.top - band, band + across, band, int(inside[0]))
    canvas.rect(place.left - band, place.top, band, down, int(inside[0]))
    canvas.frame(place.left - 2, place.top - 2, across + 4, down + 4, 2, edge)
    place.number(canvas, outside, style)
    # Which numbers are which: captions in the corners, in line with what they name.
    x, y = place.left - band / 2, place.top - band / 2
    canvas.label("tents", x, y, 14, inside, "center", "condensed")
    canvas.label("row", place.label_x, y, 14, outside, "center", "condensed")
    canvas.label("col", x, place.label_y, 14, outside, "center", "condensed")
    canvas.array.setflags(write=False)
    checker = 3 * (np.add.outer(np.arange(rows), np.arange(cols)) % 2)
    return _Theme(
        palette.freeze(),
        canvas.array,
        tiles,
        checker.astype(np.uint8),
        inside,
        max(place.label_px, style.text_px(20)),
        place,
        band,
    )


def _tile(side: int, ground: RGB, thing: int, style: Style) -> Painter:
    painter = Painter(side, side, ground)
    edge = style.pick(darker(ground, 0.22), lighter(ground, 0.2))
    painter.rect(0, 0, side, 1, edge).rect(0, 0, 1, side, edge)
    if thing == _TREE:
        _paint_tree(painter, style)
    elif thing == _TENT:
        _paint_tent(painter, style)
    return painter


def _paint_tree(painter: Painter, style: Style) -> None:
    s = painter.width
    crown = style.shade(style.pick((44, 122, 62), (60, 158, 86)))
    trunk = style.shade((120, 82, 50))
    painter.rect(s * 0.45, s * 0.6, s * 0.12, s * 0.3, trunk)
    outline = darker(crown, 0.35)
    blobs = ((0.33, 0.5, 0.19), (0.69, 0.5, 0.19), (0.51, 0.33, 0.23))
    for x, y, radius in blobs:
        painter.circle(s * x, s * y, s * radius, crown, outline, max(1.0, s * 0.03))
    for x, y, radius in (*blobs, (0.51, 0.5, 0.18)):
        painter.circle(s * x, s * y, s * (radius - 0.03), crown)
    painter.circle(s * 0.45, s * 0.28, s * 0.07, lighter(crown, 0.25))


def _paint_tent(painter: Painter, style: Style) -> None:
    s = painter.width
    cloth = style.shade((247, 176, 74))
    dark = mix(cloth, (30, 20, 20), 0.72)
    pen = max(1.5, s * 0.045)
    painter.polygon(
        [(s * 0.51, s * 0.18), (s * 0.9, s * 0.84), (s * 0.12, s * 0.84)], cloth, dark, pen
    )
    painter.polygon([(s * 0.51, s * 0.4), (s * 0.66, s * 0.84), (s * 0.36, s * 0.84)], dark)
    # The poles cross at the top.
    painter.line([(s * 0.51, s * 0.18), (s * 0.46, s * 0.1)], pen, dark)
    painter.line([(s * 0.51, s * 0.18), (s * 0.56, s * 0.1)], pen, dark)
