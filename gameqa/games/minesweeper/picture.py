"""The board as a picture: raised covered cells, flags, coloured numbers, and the mines in all."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import RGB, Canvas, Painter, Palette, Picture, Style, darker, lighter
from gameqa.frames import Frame, frame
from gameqa.games.minesweeper.rules import State

_BOARD_SIDE = 432
_LEAST_CELL = 44
_FLAG, _COVERED = 9, 10  # tiles 0 to 8 are revealed cells with that number

_NUMBERS: tuple[tuple[RGB, RGB], ...] = (
    ((25, 60, 200), (130, 170, 255)),
    ((20, 120, 40), (120, 215, 130)),
    ((205, 30, 35), (255, 125, 120)),
    ((110, 30, 150), (210, 150, 250)),
    ((128, 30, 20), (240, 165, 120)),
    ((0, 120, 125), (100, 220, 220)),
    ((20, 20, 24), (245, 245, 245)),
    ((95, 98, 104), (170, 175, 185)),
)
"""The colours of 1 to 8, on a light and on a dark ground."""


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and size alone.

    Attributes:
        palette: the frozen table of colours.
        ground: the picture without cells and counter.
        tiles: revealed cells blank and with 1 to 8, a flagged cell, a hidden cell.
        labels: the ramp of texts on the ground.
        frame: where the board lies.
        above, text: height of the counter's line, and of its text.
    """

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.uint8]
    frame: Frame
    above: int
    text: int


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers and the number of mines."""
    theme = _theme(style, state.rows, state.cols)
    place = theme.frame
    codes = np.array(state.revealed)
    codes[codes < 0] = _COVERED
    for r, c in state.flags:
        codes[r, c] = _FLAG
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, place.left, place.top)
    y = place.label_y - theme.above + theme.text / 4
    canvas.label(f"Mines: {state.mines}", place.left, y, theme.text, theme.labels, "left", "bold")
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    above = style.text_px(40)
    preferred = max(_LEAST_CELL, _BOARD_SIDE / max(rows, cols))
    place = frame(rows, cols, style, preferred, above=above)
    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    edge = palette.index(style.ink)
    side = place.cell
    tiles = np.stack([_tile(side, code, style).indices(palette) for code in range(_COVERED + 1)])
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    across, down = place.right - place.left, place.bottom - place.top
    canvas.frame(place.left - 2, place.top - 2, across + 4, down + 4, 2, edge)
    place.number(canvas, labels, style)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, tiles, labels, place, above, style.text_px(20))


def _tile(side: int, code: int, style: Style) -> Painter:
    if code >= _FLAG:
        return _covered(side, style, flag=code == _FLAG)
    ground = style.tone(style.pick((252, 252, 250), (30, 34, 44)))
    painter = Painter(side, side, ground)
    edge = style.pick(darker(ground, 0.28), lighter(ground, 0.24))
    painter.rect(0, 0, side, 1, edge).rect(0, 0, 1, side, edge)
    if code:
        size = max(18, math.floor(side * 0.46))
        ink = style.shade(style.pick(*_NUMBERS[code - 1]))
        painter.text(str(code), (side + 1) / 2, (side + 1) / 2, size, ink, "center", "bold")
    return painter


def _covered(side: int, style: Style, flag: bool) -> Painter:
    """Paint a raised cell, lit from the top left."""
    s = side
    face = style.tone(style.pick((184, 190, 200), (98, 108, 128)))
    painter = Painter(s, s, face)
    bevel = max(3.0, s * 0.07)
    light, shadow = lighter(face, 0.3 if style.dark else 0.7), darker(face, 0.35)
    painter.polygon(
        [(0, 0), (s, 0), (s - bevel, bevel), (bevel, bevel), (bevel, s - bevel), (0, s)], light
    )
    painter.polygon(
        [(s, s), (0, s), (bevel, s - bevel), (s - bevel, s - bevel), (s - bevel, bevel), (s, 0)],
        shadow,
    )
    edge = darker(face, 0.5)
    painter.rect(0, 0, s, 1, edge).rect(0, 0, 1, s, edge)
    if flag:
        cloth, pole = style.shade((214, 40, 40)), (24, 26, 32)
        pen = max(2.0, s * 0.05)
        painter.line([(s * 0.4, s * 0.22), (s * 0.4, s * 0.78)], pen, pole)
        painter.line([(s * 0.27, s * 0.78), (s * 0.6, s * 0.78)], pen, pole)
        painter.polygon(
            [(s * 0.4, s * 0.2), (s * 0.76, s * 0.35), (s * 0.4, s * 0.5)],
            cloth,
            lighter(cloth, 0.85),
            max(1.5, s * 0.025),
        )
    return painter
