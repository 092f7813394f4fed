"""The maze as a picture: massive walls, a player with a face, a goal flag, and a legend."""

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
    text_width,
)
from gameqa.drawing.walls import WALL_CODES, paint_wall, wall_codes
from gameqa.frames import Frame, frame
from gameqa.games.maze.rules import State

_BOARD_SIDE = 624
_LARGEST_CELL = 48
_OPEN, _PLAYER, _GOAL = WALL_CODES, WALL_CODES + 1, WALL_CODES + 2


@dataclass(frozen=True)
class _Theme:
    """The palette, the ground with numbers and legend, the tiles, and where the board lies."""

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    frame: Frame


def draw(state: State, style: Style) -> Picture:
    """Draw a maze with numbers on all four sides."""
    theme = _theme(style, state.rows, state.cols)
    walls = np.array(state.walls, np.uint8)
    codes = np.where(walls, wall_codes(walls), np.uint8(_OPEN))
    codes[state.player] = _PLAYER
    codes[state.goal] = _GOAL
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, theme.frame.left, theme.frame.top)
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    text = style.text_px(17)
    swatch = text + style.px(13)
    preferred = min(_LARGEST_CELL, _BOARD_SIDE / max(rows, cols))
    place = frame(rows, cols, style, preferred, below=swatch, all_sides=True)

    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    floor = style.tone(style.pick((246, 240, 226), (206, 212, 224)))
    wall = style.tone(style.pick((78, 98, 130), (52, 66, 96)))
    cell = place.cell
    edge, seam = style.tone(style.pick((40, 52, 76), (24, 30, 46))), lighter(wall, 0.14)
    painters = [
        paint_wall(Painter(cell, cell, wall), code, edge, seam, max(2.0, cell / 18))
        for code in range(WALL_CODES)
    ]
    painters += [_floor(cell, floor) for _ in range(3)]
    _paint_player(painters[_PLAYER], style)
    _paint_goal(painters[_GOAL], style)
    tiles = np.stack([painter.indices(palette) for painter in painters])

    legend = []
    for name, paint in (("player", _paint_player), ("goal", _paint_goal)):
        sample = Painter(swatch, swatch, floor)
        paint(sample, style)
        legend.append((name, sample.indices(palette)))
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    place.number(canvas, labels, style)
    gap, face = text // 2, style.face
    wide = [swatch + gap + text_width(name, text, face) for name, _ in legend]
    x = (place.left + place.right - sum(wide) - 3 * gap) // 2
    y = place.height - style.margin - swatch
    for (name, sample_), width in zip(legend, wide, strict=True):
        canvas.paste(sample_, x, y)
        canvas.label(name, x + swatch + gap, y + swatch / 2, text, labels, "left", face)
        x += width + 3 * gap
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, tiles, place)


def _floor(cell: int, rgb: RGB) -> Painter:
    """Paint an open cell; faint lines let cells be counted along a corridor."""
    line = darker(rgb, 0.12)
    return Painter(cell, cell, rgb).rect(0, 0, cell, 1, line).rect(0, 0, 1, cell, line)


def _paint_player(painter: Painter, style: Style) -> None:
    s = painter.width
    coat, ink = style.tone((214, 60, 52)), (30, 22, 26)
    middle, line = (s + 1) / 2, max(1.0, s * 0.045)
    painter.circle(middle, middle, s * 0.36, coat, darker(coat, 0.5), max(1.5, s * 0.05))
    for side in (-1, 1):
        painter.circle(middle + side * s * 0.13, middle - s * 0.08, s * 0.055, ink)
    painter.arc(middle, middle + s * 0.02, s * 0.17, 25, 155, line, ink)


def _paint_goal(painter: Painter, style: Style) -> None:
    s = painter.width
    cloth, pole = style.tone((22, 134, 74)), (36, 34, 40)
    line = max(1.5, s * 0.065)
    painter.line([(s * 0.34, s * 0.16), (s * 0.34, s * 0.86)], line, pole)
    painter.line([(s * 0.22, s * 0.86), (s * 0.5, s * 0.86)], line, pole)
    flag = [(0.36, 0.17), (0.82, 0.34), (0.36, 0.53)]
    painter.polygon([(x * s, y * s) for x, y in flag], cloth, darker(cloth, 0.45), max(1.0, s / 36))
