"""The board as a picture: red noughts and blue crosses on a framed board."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import NAMED, RGB, Canvas, Painter, Palette, Picture, Style, lighter
from gameqa.drawing.marks import paint_cross, paint_nought
from gameqa.frames import Frame, frame
from gameqa.games.tictactoe.rules import State

_CELL = 128
_SIGNS = ".OX"
_LINE: RGB = (34, 38, 48)
_WHITE: RGB = (255, 255, 255)


@dataclass(frozen=True)
class _Theme:
    """The palette, the ground with the numbers, the tiles, the lines, where the board lies."""

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    line: int
    thick: int
    frame: Frame


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers."""
    theme = _theme(style)
    place, thick = theme.frame, theme.thick
    codes = np.array([_SIGNS.index(sign) for sign in state.board], np.uint8).reshape(3, 3)
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, place.left, place.top)
    canvas.grid_lines(place.left, place.top, place.cell, place.cell, 3, 3, thick, theme.line)
    side = 3 * place.cell + 2 * thick
    canvas.frame(place.left - thick, place.top - thick, side, side, 2 * thick, theme.line)
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style) -> _Theme:
    place = frame(3, 3, style, _CELL)
    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    line = palette.index(_LINE)
    cell = place.cell
    empty = Painter(cell, cell, style.shade(_WHITE))
    nought, cross = (_tinted(cell, style.shade(NAMED[name])) for name in ("red", "blue"))
    paint_nought(nought, style.shade(NAMED["red"]))
    paint_cross(cross, style.shade(NAMED["blue"]))
    tiles = np.stack([painter.indices(palette) for painter in (empty, nought, cross)])
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    place.number(canvas, labels, style)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, tiles, line, max(2, style.px(3)), place)


def _tinted(cell: int, rgb: RGB) -> Painter:
    """Paint a cell that is of its mark's colour, but lighter."""
    return Painter(cell, cell, lighter(rgb, 0.72))
