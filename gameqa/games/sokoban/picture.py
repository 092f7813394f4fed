"""The board as a picture: brick walls, floor, ringed targets, wooden boxes, the player."""

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
    fit_cell,
    label_height,
    lighter,
)
from gameqa.games.sokoban.rules import State

_BOARD_SIDE = 600
_LEAST_CELL = 40
_FLOOR, _WALL, _TARGET, _BOX, _BOX_ON_TARGET, _PLAYER, _PLAYER_ON_TARGET = range(7)


@dataclass(frozen=True)
class _Theme:
    palette: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    background: int
    labels: npt.NDArray[np.uint8]


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers."""
    rows, cols = state.rows, state.cols
    margin, room = style.margin, style.text_px(36)
    cell = fit_cell(
        rows,
        cols,
        2 * margin + room,
        2 * margin + room,
        style,
        max(_LEAST_CELL, _BOARD_SIDE / max(rows, cols)),
    )
    theme = _theme(style, cell)
    codes = np.array(state.walls, np.uint8)
    for r, c in state.targets:
        codes[r, c] = _TARGET
    for r, c in state.boxes:
        codes[r, c] = _BOX_ON_TARGET if codes[r, c] == _TARGET else _BOX
    r, c = state.player
    codes[r, c] = _PLAYER_ON_TARGET if codes[r, c] == _TARGET else _PLAYER
    left = top = margin + room
    canvas = Canvas(
        top + rows * cell + margin, left + cols * cell + margin, theme.background, theme.palette
    )
    canvas.mosaic(theme.tiles, codes, left, top)
    size = label_height(cell)
    canvas.row_labels(rows, left - room / 2, top, cell, theme.labels, size, style.face)
    canvas.column_labels(cols, left, top - room / 2, cell, theme.labels, size, style.face)
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, cell: int) -> _Theme:
    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    floor = style.tone(style.pick((233, 222, 200), (58, 64, 78)))
    painters = [Painter(cell, cell, floor) for _ in range(7)]
    for code, painter in enumerate(painters):
        if code != _WALL:
            _paint_floor(painter, floor, style)
        if code in (_TARGET, _BOX_ON_TARGET, _PLAYER_ON_TARGET):
            _paint_target(painter, style)
    _paint_wall(painters[_WALL], style)
    _paint_box(painters[_BOX], style, 0.40)
    # A smaller box leaves the target's ring in sight all round it.
    _paint_box(painters[_BOX_ON_TARGET], style, 0.29)
    for code in (_PLAYER, _PLAYER_ON_TARGET):
        _paint_player(painters[code], style)
    tiles = np.stack([painter.indices(palette) for painter in painters])
    return _Theme(palette.freeze(), tiles, background, labels)


def _paint_floor(painter: Painter, floor: RGB, style: Style) -> None:
    edge = style.pick(darker(floor, 0.2), lighter(floor, 0.16))
    painter.rect(0, 0, painter.width, 1, edge).rect(0, 0, 1, painter.height, edge)


def _paint_wall(painter: Painter, style: Style) -> None:
    s = painter.width
    mortar = style.tone(style.pick((112, 84, 76), (22, 24, 30)))
    brick = style.tone(style.pick((166, 92, 72), (112, 74, 66)))
    painter.fill(mortar)
    joint = max(1.0, s / 24)
    high = s / 3
    for course in range(3):
        y = course * high
        offset = 0.0 if course % 2 else -s / 4
        for i in range(3):
            shade = (0.0, 0.10, 0.05)[(course + i) % 3]
            x = offset + i * s / 2
            painter.rect(
                x + joint / 2, y + joint / 2, s / 2 - joint, high - joint, lighter(brick, shade)
            )
    # Cells of a wall have to be told apart for counting.
    painter.rect(0, 0, s, 1, mortar).rect(0, 0, 1, s, mortar)


def _paint_target(painter: Painter, style: Style) -> None:
    s = painter.width
    green = style.tone(style.pick((20, 130, 90), (70, 205, 150)))
    painter.ring(s / 2, s / 2, s * 0.44, max(2.0, s * 0.07), green)
    painter.circle(s / 2, s / 2, s * 0.13, green)


def _paint_box(painter: Painter, style: Style, half: float) -> None:
    s = painter.width
    wood = style.tone(style.pick((214, 158, 84), (206, 152, 84)))
    dark = darker(wood, 0.45)
    x, side = s * (0.5 - half), 2 * half * s
    painter.rounded_rect(x, x, side, side, s * 0.05, wood, dark, max(1.5, s * 0.045))
    # Upright planks between two rails: nothing of the cross of other crates or targets.
    rail = side * 0.2
    for i in (1, 2, 3):
        at = x + side * i / 4
        painter.line([(at, x + rail), (at, x + side - rail)], max(1.0, s * 0.02), dark)
    for y in (x + rail, x + side - rail):
        painter.line([(x, y), (x + side, y)], max(1.0, s * 0.035), dark)


def _paint_player(painter: Painter, style: Style) -> None:
    s = painter.width
    shirt = style.tone(style.pick((44, 96, 190), (96, 156, 255)))
    skin, hair = (240, 200, 164), (72, 48, 36)
    edge = style.pick((24, 30, 44), (10, 12, 18))
    line = max(1.0, s * 0.03)
    shoulders = [(0.22, 0.86), (0.25, 0.66), (0.38, 0.56), (0.62, 0.56), (0.75, 0.66), (0.78, 0.86)]
    painter.polygon([(x * s, y * s) for x, y in shoulders], shirt, edge, line)
    painter.circle(s * 0.5, s * 0.36, s * 0.2, skin, edge, line)
    fringe = [(0.3, 0.34), (0.34, 0.2), (0.5, 0.13), (0.66, 0.2), (0.7, 0.34)]
    painter.polygon([(x * s, y * s) for x, y in fringe], hair)
    for x in (0.43, 0.57):
        painter.circle(s * x, s * 0.41, max(1.0, s * 0.025), edge)
