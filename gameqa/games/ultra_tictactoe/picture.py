"""The board as a picture: nine grids, each with small position numbers, on bands that name them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    Canvas,
    Painter,
    Palette,
    Picture,
    Style,
    fit_cell,
    mix,
    text_width,
)
from gameqa.games.ultra_tictactoe.rules import State

_CELL = 44
_CODES = {".": 0, "X": 1, "O": 2}
_TINTED = 2  # added to the code of the last move's piece


@dataclass(frozen=True)
class _Theme:
    """The palette, the ground with all numbers, the tiles, and the corners of the nine grids."""

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    corners: tuple[tuple[int, int], ...]


def draw(state: State, style: Style) -> Picture:
    """Draw the nine grids."""
    theme = _theme(style)
    codes = np.array([_CODES[sign] for grid in state.board for sign in grid], np.uint8)
    if state.mark_last:
        codes[state.moves[-1]] += _TINTED
    canvas = Canvas.over(theme.ground, theme.palette)
    for grid, (x, y) in zip(codes.reshape(9, 3, 3), theme.corners, strict=True):
        canvas.mosaic(theme.tiles, grid, x, y)
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style) -> _Theme:
    small, big = style.text_px(14), style.text_px(20)
    names = [f"{axis} = {number}" for axis in "ij" for number in (1, 2, 3)]
    band_w = max(text_width(name, big, "bold") for name in names) + style.px(20)
    band_h = big + style.px(18)
    room = small + style.px(12)  # for the position numbers, left of and above every grid
    gap = style.px(10)
    thick = max(2, style.px(3))
    margin = style.margin
    around = 3 * room + 2 * gap + 2 * thick
    cell = fit_cell(9, 9, 2 * margin + band_w + around, 2 * margin + band_h + around, style, _CELL)
    pitch = 3 * cell + room + gap
    left, top = margin + band_w + room, margin + band_h + room
    width = left + 2 * pitch + 3 * cell + thick + margin
    height = top + 2 * pitch + 3 * cell + thick + margin

    palette = Palette()
    background = palette.index(style.background)
    numbers = palette.ramp(style.background, style.muted)
    banner = style.tone(style.pick((214, 222, 236), (62, 74, 100)))
    titles = palette.ramp(banner, style.ink)
    border = palette.index(style.tone(style.pick((52, 58, 72), (206, 210, 220))))
    tiles = np.stack([_tile(code, cell, style).indices(palette) for code in range(5)])

    canvas = Canvas(height, width, background, palette.freeze())
    fill = int(titles[0])
    for k in range(3):
        start, side = k * pitch, 3 * cell
        canvas.rect(left + start, margin, side, band_h, fill)
        canvas.label(
            names[3 + k],
            left + start + side / 2,
            margin + band_h / 2,
            big,
            titles,
            "center",
            "bold",
        )
        canvas.rect(margin, top + start, band_w, side, fill)
        canvas.label(
            names[k], margin + band_w / 2, top + start + side / 2, big, titles, "center", "bold"
        )
    corners = []
    for grid in range(9):
        x, y = left + grid % 3 * pitch, top + grid // 3 * pitch
        corners.append((x, y))
        side = 3 * cell + 2 * thick
        canvas.frame(x - thick, y - thick, side, side, thick, border)
        labels, face = ["1", "2", "3"], style.face
        canvas.row_labels(labels, x - thick - room / 2, y, cell, numbers, small, face)
        canvas.column_labels(labels, x, y - thick - room / 2, cell, numbers, small, face)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, tiles, tuple(corners))


def _tile(code: int, cell: int, style: Style) -> Painter:
    paper = style.tone(style.pick((255, 253, 248), (46, 53, 68)))
    line = style.tone(style.pick((196, 190, 178), (98, 106, 124)))
    if code > _TINTED:
        paper = mix(paper, style.tone(style.pick((255, 206, 84), (214, 160, 40))), 0.55)
        code -= _TINTED
    painter = Painter(cell, cell, paper)
    # Lines on all four sides, half on either cell; the outer ones vanish beside the border.
    painter.rect(0, 0, cell, cell, None, line, 1)
    stroke = max(4.0, cell * 0.11)
    near, far = cell * 0.175 + stroke / 2, cell * 0.825 - stroke / 2
    if code == _CODES["X"]:
        rgb = style.tone(style.pick((196, 48, 44), (255, 122, 108)))
        painter.line([(near, near), (far, far)], stroke, rgb)
        painter.line([(near, far), (far, near)], stroke, rgb)
    elif code == _CODES["O"]:
        rgb = style.tone(style.pick((28, 92, 178), (120, 184, 255)))
        painter.ring(cell / 2, cell / 2, cell * 0.335, stroke, rgb)
    return painter
