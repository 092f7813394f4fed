"""The board as a picture: walls, beans, Pac-Man with his mouth, and ghosts with their initials."""

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
from gameqa.drawing.walls import WALL_CODES, paint_wall, wall_codes
from gameqa.frames import Frame, frame
from gameqa.games.pacman.paths import DIRECTIONS
from gameqa.games.pacman.rules import GHOSTS, State
from gameqa.moves import STEPS

_BOARD_SIDE = 640
_FLOOR, _BEAN = WALL_CODES, WALL_CODES + 1
_PACMAN = {direction: WALL_CODES + 2 + i for i, direction in enumerate(DIRECTIONS)}
_GHOST = {name: WALL_CODES + 6 + i for i, name in enumerate(GHOSTS)}


@dataclass(frozen=True)
class _Theme:
    """What depends on style and size alone.

    Attributes:
        palette: the frozen table of colours.
        ground: the picture without board and score.
        tiles: the kinds of cells.
        labels: the ramp of texts on the ground.
        frame: where the board lies.
        text: height of the score and the legend.
        line: where their middle is.
    """

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.uint8]
    frame: Frame
    text: int
    line: float


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its score."""
    theme = _theme(style, state.n)
    walls = _table(state.walls, state.n)
    codes = np.where(walls, wall_codes(walls), _FLOOR + _table(state.beans, state.n))
    codes[state.cell(state.pacman)] = _PACMAN[state.facing]
    for name, code in _GHOST.items():
        codes[state.cell(state.ghost(name))] = code
    canvas = Canvas.over(theme.ground, theme.palette)
    place = theme.frame
    canvas.mosaic(theme.tiles, codes, place.left, place.top)
    score = f"SCORE {state.score}"
    canvas.label(score, place.left, theme.line, theme.text, theme.labels, "left", "bold")
    return canvas.picture()


def _table(mask: int, n: int) -> npt.NDArray[np.uint8]:
    """Return a mask as an n x n array of 0 and 1."""
    data = np.frombuffer(mask.to_bytes(-(-n * n // 8), "little"), np.uint8)
    return np.unpackbits(data, count=n * n, bitorder="little").reshape(n, n)


@lru_cache(maxsize=256)
def _theme(style: Style, n: int) -> _Theme:
    text = style.text_px(18)
    swatch = text + style.px(14)
    place = frame(n, n, style, _BOARD_SIDE / n, above=swatch, all_sides=True)
    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    tiles = np.stack([painter.indices(palette) for painter in _tiles(place.cell, style)])
    legend = [(name, _ghost(swatch, name, style).indices(palette)) for name in GHOSTS]

    canvas = Canvas(place.height, place.width, background, palette.freeze())
    place.number(canvas, labels, style)
    line = style.margin + swatch / 2
    x, gap = place.right, text // 2
    for name, tile in reversed(legend):
        x -= text_width(name, text, style.face)
        canvas.label(name, x, line, text, labels, "left", style.face)
        x -= gap + swatch
        canvas.paste(tile, x, style.margin)
        x -= 3 * gap
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, tiles, labels, place, text, line)


def _floor_colour(style: Style) -> RGB:
    return style.tone((16, 18, 34))


def _tiles(cell: int, style: Style) -> list[Painter]:
    wall = style.tone((44, 74, 190))
    edge, seam = lighter(wall, 0.45), darker(wall, 0.25)
    painters = [
        paint_wall(Painter(cell, cell, wall), code, edge, seam, max(2.0, cell / 16))
        for code in range(WALL_CODES)
    ]
    bean = style.tone((255, 224, 160))
    painters += [_floor(cell, style), _floor(cell, style)]
    painters[_BEAN].circle((cell + 1) / 2, (cell + 1) / 2, cell * 0.15, bean)
    painters += [_pacman(cell, direction, style) for direction in DIRECTIONS]
    painters += [_ghost(cell, name, style) for name in GHOSTS]
    return painters


def _floor(cell: int, style: Style) -> Painter:
    """Paint a free cell; faint lines let cells be counted."""
    floor = _floor_colour(style)
    line = lighter(floor, 0.16)
    return Painter(cell, cell, floor).rect(0, 0, cell, 1, line).rect(0, 0, 1, cell, line)


def _pacman(cell: int, direction: str, style: Style) -> Painter:
    painter = _floor(cell, style)
    floor, body = _floor_colour(style), (255, 214, 10)
    middle, radius = (cell + 1) / 2, cell * 0.42
    painter.circle(middle, middle, radius, body, darker(body, 0.35), max(1.0, cell * 0.04))
    dy, dx = STEPS[direction.lower()]
    # The mouth opens 76 degrees; its corner lies a little behind the middle.
    far, half = cell * 0.5, cell * 0.39
    corner = (middle - dx * cell * 0.07, middle - dy * cell * 0.07)
    lips = [
        (middle + dx * far - dy * side * half, middle + dy * far + dx * side * half)
        for side in (-1, 1)
    ]
    painter.polygon([corner, *lips], floor)
    x, y = (0.02, -0.2) if dx else (-0.2, 0.02)
    painter.circle(middle + x * cell, middle + y * cell, max(1.5, cell * 0.06), (20, 18, 24))
    return painter


def _ghost(cell: int, name: str, style: Style) -> Painter:
    painter = _floor(cell, style)
    body, ink = {
        "Pinky": ((255, 166, 206), (70, 10, 44)),
        "Blinky": ((214, 30, 36), (255, 255, 255)),
    }[name]
    left, right, top, bottom = cell * 0.1, cell * 0.92, cell * 0.08, cell * 0.93
    width = right - left
    painter.circle(left + width / 2, top + width / 2, width / 2, body)
    painter.rect(left, top + width / 2, width, bottom - top - width / 2, body)
    for k in range(3):  # the notches of the skirt
        x = left + width * (2 * k + 1) / 6
        reach = width / 12
        notch = [(x - reach, bottom + 1), (x + reach, bottom + 1), (x, bottom - cell * 0.12)]
        painter.polygon(notch, _floor_colour(style))
    size = max(MIN_TEXT, round(cell * 0.44))
    painter.text(name[0], (left + right) / 2, cell * 0.48, size, ink, "center", "bold")
    return painter
