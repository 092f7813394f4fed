"""The board as a picture: bevelled locked cells, an outlined falling piece, a legend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    MIN_TEXT,
    RGB,
    Canvas,
    Painter,
    Palette,
    Picture,
    Style,
    darker,
    lighter,
    text_width,
)
from gameqa.frames import Frame, frame
from gameqa.games.tetris.rules import State

_BOARD_SIDE = 420
_CELLS = (30, 52)
_MANY = 16
"""Rows or columns from which numbers stand on all four sides."""

_SWATCH = 26
_EMPTY, _LOCKED, _FALLING = range(3)
_LEGEND = ("empty", "locked", "falling")


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and size alone.

    Attributes:
        palette: the frozen table of colours.
        ground: the picture of an empty board.
        tiles: a cell of each kind.
        edge: index of the falling piece's outline.
        pen: its width.
        frame: where the board lies.
    """

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    edge: int
    pen: int
    frame: Frame


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers and a legend."""
    theme = _theme(style, state.rows, state.cols)
    place, pen = theme.frame, theme.pen
    codes = np.array(state.locked, np.uint8)
    falling = state.active.cells if state.active else ()
    for r, c in falling:
        codes[r, c] = _FALLING
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, place.left, place.top)
    cell, before = place.cell, pen // 2
    for r, c in falling:
        x, y = place.left + c * cell - before, place.top + r * cell - before
        for other, left, top, wide, high in (
            ((r - 1, c), x, y, cell + pen, pen),
            ((r + 1, c), x, y + cell, cell + pen, pen),
            ((r, c - 1), x, y, pen, cell + pen),
            ((r, c + 1), x + cell, y, pen, cell + pen),
        ):
            if other not in falling:
                canvas.rect(left, top, wide, high, theme.edge)
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    low, high = _CELLS
    preferred = max(low, min(high, _BOARD_SIDE / cols))
    below = style.text_px(40)
    place = frame(rows, cols, style, preferred, below=below, all_sides=max(rows, cols) >= _MANY)
    palette = Palette()
    background = palette.index(style.background)
    outside = palette.ramp(style.background, style.muted)
    ink = palette.ramp(style.background, style.ink)
    border = palette.index(style.pick((60, 64, 76), (150, 156, 170)))
    edge = palette.index(style.pick((60, 12, 16), (255, 236, 220)))
    tiles = np.stack([_tile(place.cell, kind, style).indices(palette) for kind in range(3)])
    side = min(place.cell, _SWATCH)
    swatches = np.stack([_tile(side, kind, style).indices(palette) for kind in range(3)])
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    across, down = cols * place.cell, rows * place.cell
    canvas.frame(place.left - 2, place.top - 2, across + 4, down + 4, 2, border)
    place.number(canvas, outside, style)
    _legend(canvas, swatches, place, ink, edge, style)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, tiles, edge, max(3, place.cell // 11), place)


def _legend(
    canvas: Canvas,
    tiles: npt.NDArray[np.uint8],
    place: Frame,
    ink: npt.NDArray[np.uint8],
    edge: int,
    style: Style,
) -> None:
    size = style.text_px(15)
    swatch, air = tiles.shape[1], 8
    widths = [swatch + air + text_width(word, size, style.face) for word in _LEGEND]
    between = 2 * air
    if sum(widths) + 2 * between > place.width - 16:
        size, between = MIN_TEXT, air
        widths = [swatch + air + text_width(word, size, "condensed") for word in _LEGEND]
    face = style.face if size > MIN_TEXT else "condensed"
    x = (place.width - sum(widths) - 2 * between) // 2
    y = canvas.height - style.margin // 2 - swatch - 4
    for kind, (word, wide) in enumerate(zip(_LEGEND, widths, strict=True)):
        canvas.paste(tiles[kind], x, y)
        line = edge if kind == _FALLING else int(ink[-1])
        canvas.frame(x - 1, y - 1, swatch + 2, swatch + 2, 3 if kind == _FALLING else 1, line)
        canvas.label(word, x + swatch + air, y + swatch / 2, size, ink, "left", face)
        x += wide + between


def _tile(side: int, kind: int, style: Style) -> Painter:
    empty = style.tone(style.pick((252, 252, 250), (36, 41, 54)))
    fills: tuple[RGB, ...] = (
        empty,
        style.tone(style.pick((142, 148, 158), (112, 120, 136))),
        style.shade((226, 58, 52)),
    )
    fill = fills[kind]
    painter = Painter(side, side, fill)
    if kind == _LOCKED:
        bevel = max(2.0, side * 0.09)
        light, dark = lighter(fill, 0.35), darker(fill, 0.3)
        painter.rect(0, 0, side, bevel, light).rect(0, 0, bevel, side, light)
        painter.rect(bevel, side - bevel, side - bevel, bevel, dark)
        painter.rect(side - bevel, bevel, bevel, side - bevel, dark)
    elif kind == _FALLING:
        painter.circle(side / 2, side / 2, side * 0.17, lighter(fill, 0.6))
    line = style.pick(darker(empty, 0.2), lighter(empty, 0.18))
    edge = darker(fill, 0.4) if kind else line
    return painter.rect(0, 0, side, 1, edge).rect(0, 0, 1, side, edge)
