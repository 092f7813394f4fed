"""The board as a picture: white and black cells, and the ant as an arrow on its cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import RGB, Canvas, Painter, Palette, Picture, Style
from gameqa.frames import CAPTION, Frame, frame
from gameqa.games.langtons_ant.rules import FACINGS, State

_BOARD_SIDE = 520
_LEAST_CELL = 36
_EDGE: RGB = (146, 150, 156)
_RED: RGB = (214, 40, 46)
_ANTS = 2  # the first code of cells with the ant: four facings on white, then four on black


@dataclass(frozen=True)
class _Theme:
    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    frame: Frame


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers."""
    theme = _theme(style, state.rows, state.cols)
    codes = np.array(state.grid, np.uint8)
    row, col, facing = state.ant
    codes[row, col] = _ANTS + 4 * state.grid[row][col] + FACINGS.index(facing)
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, theme.frame.left, theme.frame.top)
    return canvas.picture()


@lru_cache(maxsize=512)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    preferred = max(_LEAST_CELL, _BOARD_SIDE / max(rows, cols))
    place = frame(rows, cols, style, preferred, above=CAPTION)
    palette = Palette()
    background = palette.index(style.background)
    outside = palette.ramp(style.background, style.muted)
    edge = palette.index(_EDGE)
    # The names white and black hold in every style: cells are never tinted much.
    white = style.pick((252, 252, 250), (232, 234, 238))
    black = style.pick((32, 34, 40), (10, 12, 16))
    tiles = [_tile(place.cell, ground, None) for ground in (white, black)]
    tiles += [_tile(place.cell, ground, facing) for ground in (white, black) for facing in FACINGS]
    indices = np.stack([tile.indices(palette) for tile in tiles])
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    across, down = place.right - place.left, place.bottom - place.top
    canvas.frame(place.left - 2, place.top - 2, across + 4, down + 4, 2, edge)
    place.number(canvas, outside, style)
    place.caption(canvas, outside, style)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, indices, place)


def _tile(side: int, ground: RGB, facing: str | None) -> Painter:
    painter = Painter(side, side, ground)
    painter.rect(0, 0, side, 1, _EDGE).rect(0, 0, 1, side, _EDGE)
    if facing is not None:
        _paint_ant(painter, facing)
    return painter


def _paint_ant(painter: Painter, facing: str) -> None:
    """Paint an arrow with shaft and head; its outline sets it off from black cells."""
    s = painter.width
    up = [(0, -0.38), (0.29, -0.02), (0.12, -0.02), (0.12, 0.35)]
    outline = [*up, *((-x, y) for x, y in reversed(up[1:]))]
    for _ in range(FACINGS.index(facing)):
        outline = [(-y, x) for x, y in outline]
    points = [(s * (0.51 + x), s * (0.51 + y)) for x, y in outline]
    painter.polygon(points, None, (255, 255, 255), max(3.0, s * 0.1)).polygon(points, _RED)
