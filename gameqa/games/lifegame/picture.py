"""The board as a picture: living and dead cells, a legend, and a frame around the region."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import RGB, Canvas, Painter, Palette, Picture, Style
from gameqa.frames import CAPTION, Frame, frame
from gameqa.games.lifegame.rules import State

_BOARD_SIDE = 470
_LEAST_CELL = 30


@dataclass(frozen=True)
class _Theme:
    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    frame: Frame
    mark: int
    halo: int


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers and its legend."""
    theme = _theme(style, state.rows, state.cols)
    place = theme.frame
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, np.array(state.grid, np.uint8), place.left, place.top)
    if state.region is not None:
        row, col, size = state.region
        thick = max(6, place.cell // 10)
        x, y = place.left + col * place.cell, place.top + row * place.cell
        side = size * place.cell
        # On the cells' borders; a thin second line sets it off from dark and light cells alike.
        for width, index in ((thick + 4, theme.halo), (thick, theme.mark)):
            half = width // 2
            canvas.frame(x - half, y - half, side + 2 * half + 1, side + 2 * half + 1, width, index)
    return canvas.picture()


@lru_cache(maxsize=512)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    swatch = style.text_px(26)
    below = swatch + style.px(26)
    preferred = max(_LEAST_CELL, _BOARD_SIDE / max(rows, cols))
    place = frame(rows, cols, style, preferred, above=CAPTION, below=below)
    palette = Palette()
    background = palette.index(style.background)
    outside = palette.ramp(style.background, style.muted)
    ink = palette.ramp(style.background, style.ink)
    edge = palette.index(style.line)
    mark = palette.index(style.shade(style.pick((222, 66, 34), (255, 150, 60))))
    halo = palette.index(style.pick((255, 255, 255), (16, 18, 24)))
    tiles = np.stack([_tile(place.cell, alive, style).indices(palette) for alive in (False, True)])
    small = [_tile(swatch, alive, style).indices(palette) for alive in (True, False)]
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    across, down = place.right - place.left, place.bottom - place.top
    canvas.frame(place.left - 2, place.top - 2, across + 4, down + 4, 2, edge)
    place.number(canvas, outside, style)
    place.caption(canvas, outside, style)
    text = style.text_px(16)
    y = place.bottom + below - swatch
    for i, (tile, name) in enumerate(zip(small, ("alive", "dead"), strict=True)):
        x = place.left + i * across // 2
        canvas.paste(tile, x, y)
        canvas.frame(x, y, swatch, swatch, 1, edge)
        canvas.label(name, x + swatch + style.px(10), y + swatch / 2, text, ink, "left", style.face)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, tiles, place, mark, halo)


def _tile(side: int, alive: bool, style: Style) -> Painter:
    ground: RGB = style.tone(style.pick((246, 243, 235), (46, 52, 66)))
    painter = Painter(side, side, ground)
    painter.rect(0, 0, side, 1, style.line).rect(0, 0, 1, side, style.line)
    if alive:
        body = style.tone(style.pick((30, 66, 92), (140, 224, 190)))
        if style.variant % 3 == 1:
            painter.circle(side * 0.51, side * 0.51, side * 0.38, body)
        else:
            inset = max(2.0, side * 0.08)
            painter.rounded_rect(
                inset + 1, inset + 1, side - 2 * inset - 1, side - 2 * inset - 1, side * 0.12, body
            )
    return painter
