"""The grid as a picture: coloured cells with marks, thick borders of boxes, and the legend."""

from __future__ import annotations

import math
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
    luminance,
    text_width,
)
from gameqa.drawing.coverage import snap
from gameqa.frames import Frame, frame
from gameqa.games.sudoku.rules import COLOURS, State

_WHITE: RGB = (255, 255, 255)
_BORDER: RGB = (24, 26, 32)
_BOARD_SIDE = 512
_PER_LINE = 5  # colours in a line of the legend
_CODE = {name: code for code, name in enumerate(COLOURS, 1)}


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and size alone.

    Attributes:
        palette: the frozen table of colours.
        ground: the picture without cells and legend.
        tiles: the empty cell, then a cell of each colour.
        swatches: the same for the legend.
        labels: the ramp of texts on the ground.
        frame: where the board lies.
        line: height of a line of the legend.
        text: height of its texts.
        thick: width of the lines between boxes.
        border, edge: colours of the lines between boxes, and round swatches.
    """

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    swatches: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.uint8]
    frame: Frame
    line: int
    text: int
    thick: int
    border: int
    edge: int


def draw(state: State, style: Style) -> Picture:
    """Draw a grid with its row and column numbers and its legend."""
    size = state.size
    theme = _theme(style, size)
    place = theme.frame
    canvas = Canvas.over(theme.ground, theme.palette)
    codes = np.array([0, *map(_CODE.__getitem__, state.colors)], np.uint8)
    canvas.mosaic(theme.tiles, codes[np.array(state.grid)], place.left, place.top)
    high, wide = state.box
    cell, before = place.cell, theme.thick // 2
    for i in range(0, size + 1, high):
        y = place.top + i * cell - before
        canvas.rect(place.left - before, y, size * cell + theme.thick, theme.thick, theme.border)
    for i in range(0, size + 1, wide):
        x = place.left + i * cell - before
        canvas.rect(x, place.top - before, theme.thick, size * cell + theme.thick, theme.border)
    _draw_legend(canvas, theme, state.colors, style)
    return canvas.picture()


def _draw_legend(canvas: Canvas, theme: _Theme, names: tuple[str, ...], style: Style) -> None:
    place = theme.frame
    side = theme.swatches.shape[1]
    gap = theme.text // 2
    # As many columns as a full line has, spread over the board's width.
    columns = min(_PER_LINE, len(names))
    pitch = (place.right - place.left) / columns
    top = place.bottom + theme.line // 2
    for i, name in enumerate(names):
        row, column = divmod(i, columns)
        x, y = place.left + math.floor(column * pitch), top + row * theme.line
        canvas.paste(theme.swatches[_CODE[name]], x, y)
        canvas.frame(x, y, side, side, 1, theme.edge)
        canvas.label(
            name, x + side + gap, y + side / 2, theme.text, theme.labels, "left", style.face
        )


@lru_cache(maxsize=256)
def _theme(style: Style, size: int) -> _Theme:
    text = style.text_px(16)
    swatch = text + style.px(12)
    line = swatch + style.px(10)
    lines = -(-size // _PER_LINE)
    widest = swatch + text // 2 + max(text_width(name, text, style.face) for name in COLOURS)
    # A line of the legend has to fit under the board.
    preferred = max(_BOARD_SIDE / size, (widest + text) * min(size, _PER_LINE) / size / style.scale)
    place = frame(size, size, style, preferred, below=line * lines + style.px(4))

    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    border, edge = palette.index(_BORDER), palette.index(darker(_WHITE, 0.55))
    tiles, swatches = (
        np.stack([_tile(side, name, style).indices(palette) for name in ("", *COLOURS)])
        for side in (place.cell, swatch)
    )
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    place.number(canvas, labels, style, first=1)
    canvas.array.setflags(write=False)
    return _Theme(
        palette.freeze(),
        canvas.array,
        tiles,
        swatches,
        labels,
        place,
        line,
        text,
        max(4, style.px(5)),
        border,
        edge,
    )


def _tile(side: int, name: str, style: Style) -> Painter:
    """Paint a cell; the lines between cells are its own edges."""
    fill = style.shade(COLOURS[name]) if name else _WHITE
    painter = Painter(side, side, fill)
    if name:
        light = luminance(fill) < 0.25
        _mark(painter, name, lighter(fill, 0.62) if light else darker(fill, 0.5))
    edge = darker(_WHITE, 0.55)
    return painter.rect(0, 0, side, 1, edge).rect(0, 0, 1, side, edge)


def _mark(painter: Painter, name: str, ink: RGB) -> None:
    """Paint a colour's own small mark, so that nothing hangs on colour vision alone."""
    s = painter.width
    half, pen = s * 0.17, max(1.5, s * 0.055)
    mid = (s + 1) / 2

    def line(*points: tuple[float, float]) -> None:
        painter.line([(mid + x * half, mid + y * half) for x, y in points], pen, ink)

    if name == "red":
        line((-1, 0), (1, 0))
    elif name == "green":
        painter.ring(mid, mid, half + pen / 2, pen, ink)
    elif name == "blue":
        line((-0.8, -0.8), (0.8, 0.8))
        line((-0.8, 0.8), (0.8, -0.8))
    elif name == "yellow":
        line((0, -0.9), (1, 0.8), (-1, 0.8), (0, -0.9))
    elif name == "orange":
        line((-0.8, -0.8), (0.8, -0.8), (0.8, 0.8), (-0.8, 0.8), (-0.8, -0.8))
    elif name == "aqua":
        line((0, -1.1), (1.1, 0), (0, 1.1), (-1.1, 0), (0, -1.1))
    elif name == "purple":
        line((0, -1), (0, 1))
        line((-1, 0), (1, 0))
    elif name == "pink":
        line((-0.5, -1), (-0.5, 1))
        line((0.5, -1), (0.5, 1))
    else:
        points = []
        for i in range(10):
            angle = math.pi * (i / 5 - 0.5)
            reach = half * (0.55 if i % 2 else 1.3)
            x, y = snap(math.cos(angle)), snap(math.sin(angle))
            points.append((mid + x * reach, mid + y * reach))
        painter.polygon(points, ink)
