"""The board as a picture: coloured regions, thick borders between them, stars, and a legend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    NAMED,
    Canvas,
    Painter,
    Palette,
    Picture,
    Style,
    darker,
    fit_cell,
    label_height,
    text_width,
)
from gameqa.drawing.coverage import snap
from gameqa.games.star_battle.rules import COLOURS, State

_DARK, _LIGHT = (22, 25, 33), (255, 255, 255)
_DEEP_COLOURS = ("blue", "brown", "red", "purple")  # numbers on them are white
_HEADING = "Regions"


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and board size alone.

    Attributes:
        palette: the frozen table of colours.
        ground: the picture without the board: row and column numbers and the legend.
        tiles: plain cells of every region, then cells with a star.
        numbers: for every region the ramp of its number.
        number_px: height of the numbers.
        left, top, cell, border: where the board lies, and its measures.
        line: index of the borders between regions.
    """

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    numbers: tuple[npt.NDArray[np.uint8], ...]
    number_px: int
    left: int
    top: int
    cell: int
    border: int
    line: int


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers and its legend."""
    size = state.size
    theme = _theme(style, size)
    cell, left, top, border = theme.cell, theme.left, theme.top, theme.border
    codes = np.array(state.regions, np.uint8)
    named = np.unique(codes, return_index=True)[1].tolist()
    upright, level = codes[:, 1:] != codes[:, :-1], codes[1:] != codes[:-1]
    for r, c in state.stars:
        codes[r, c] += size
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, left, top)
    before = border // 2
    for r, c in np.argwhere(upright).tolist():
        x, y = left + (c + 1) * cell - before, top + r * cell - before
        canvas.rect(x, y, border, cell + border, theme.line)
    for r, c in np.argwhere(level).tolist():
        x, y = left + c * cell - before, top + (r + 1) * cell - before
        canvas.rect(x, y, cell + border, border, theme.line)
    side = size * cell + border
    canvas.frame(left - before, top - before, side, side, border, theme.line)
    inset = border - before + max(2, cell // 16)
    for number, place in enumerate(named):
        r, c = divmod(place, size)
        canvas.label(
            str(number),
            left + c * cell + inset,
            top + r * cell + inset,
            theme.number_px,
            theme.numbers[number],
            "topleft",
            "bold",
        )
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, size: int) -> _Theme:
    names = COLOURS[:size]
    margin, room, gap = style.margin, style.text_px(34), style.px(26)
    legend_px = style.text_px(17)
    swatch = legend_px + style.px(13)
    words = max(text_width(text, legend_px, style.face) for text in (*names, _HEADING))
    legend = max(swatch + style.px(10) + words, words)
    across, down = 2 * margin + room + gap + legend, 2 * margin + room
    # Small boards get larger cells: 80, 70 and 58 pixels for 5, 6 and 8 rows.
    cell = fit_cell(size, size, across, down, style, 22 + 290 / size)
    left = top = margin + room
    border = max(4, style.px(5))

    palette = Palette()
    background = palette.index(style.background)
    line = palette.index(_DARK)
    labels = palette.ramp(style.background, style.ink)
    fills = [style.shade(NAMED[name]) for name in names]
    inks = [_LIGHT if name in _DEEP_COLOURS else _DARK for name in names]
    numbers = tuple(palette.ramp(fill, ink) for fill, ink in zip(fills, inks, strict=True))
    plain = [_plain(cell, fill) for fill in fills]
    starred = [_paint_star(_plain(cell, fill)) for fill in fills]
    # A frugal share each: the first stars must not use up what the last ones need.
    left_over = (256 - len(palette)) // size - 2
    tiles = [painter.indices(palette) for painter in plain]
    tiles += [palette.indices(painter.rgb, left_over) for painter in starred]

    height, width = size * cell + down, size * cell + across
    canvas = Canvas(height, width, background, palette.freeze())
    axis = label_height(cell)
    canvas.row_labels(size, left - room / 2, top, cell, labels, axis, style.face)
    canvas.column_labels(size, left, top - room / 2, cell, labels, axis, style.face)
    x, pitch = left + size * cell + gap, min(swatch + style.px(14), cell)
    canvas.label(_HEADING, x, top + legend_px / 2, legend_px, labels, "left", style.face)
    for number, name in enumerate(names):
        y = top + style.px(36) + number * pitch
        middle = y + swatch / 2
        canvas.rect(x, y, swatch, swatch, int(numbers[number][0]))
        canvas.frame(x, y, swatch, swatch, 2, line)
        canvas.label(
            str(number), x + swatch / 2, middle, legend_px, numbers[number], "center", "bold"
        )
        canvas.label(name, x + swatch + style.px(10), middle, legend_px, labels, "left", style.face)
    canvas.array.setflags(write=False)
    number_px = max(14, math.floor(cell * 0.24))
    return _Theme(
        palette.freeze(),
        canvas.array,
        np.stack(tiles),
        numbers,
        number_px,
        left,
        top,
        cell,
        border,
        line,
    )


def _plain(cell: int, fill: tuple[int, int, int]) -> Painter:
    """Paint an empty cell; its thin edge separates it from others of its region."""
    edge = darker(fill, 0.3)
    return Painter(cell, cell, fill).rect(0, 0, cell, 1, edge).rect(0, 0, 1, cell, edge)


def _paint_star(painter: Painter) -> Painter:
    s = painter.width
    points = []
    for i in range(10):
        angle = math.pi * (i / 5 - 0.5)
        reach = s * (0.14 if i % 2 else 0.32)
        points.append(
            (
                s * 0.53 + snap(math.cos(angle)) * reach,
                s * 0.57 + snap(math.sin(angle)) * reach,
            )
        )
    return painter.polygon(points, None, _LIGHT, max(4.0, s * 0.1)).polygon(points, _DARK)
