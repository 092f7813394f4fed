"""The board as a picture: the snake a tube that pales from head to tail, the food an apple."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations, pairwise

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
    mix,
)
from gameqa.frames import Frame, frame
from gameqa.games.snake.rules import State
from gameqa.moves import STEPS, direction

_BOARD_SIDE = 520
_SHADES = 4
_TUBE = 0.66  # width of the snake in cells; what is left keeps parallel strands apart
_SIDES = tuple(STEPS)
_BENDS = tuple(combinations(_SIDES, 2))


@dataclass(frozen=True)
class _Theme:
    """The palette, the ground with the numbers, the tiles by name, and where the board lies."""

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    codes: dict[tuple[str, ...], int]
    frame: Frame


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers."""
    theme = _theme(style, state.n)
    codes = np.zeros((state.n, state.n), np.uint8)
    codes[state.food] = theme.codes["food",]
    body = state.body
    towards = [direction(tail, head) for head, tail in pairwise(body)]
    back = [direction(head, tail) for head, tail in pairwise(body)]
    codes[body[0]] = theme.codes["head", back[0]]
    for i in range(1, len(body) - 1):
        shade = str(i * _SHADES // len(body))
        first, second = sorted((towards[i - 1], back[i]), key=_SIDES.index)
        codes[body[i]] = theme.codes[shade, first, second]
    codes[body[-1]] = theme.codes["tail", towards[-1]]
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, theme.frame.left, theme.frame.top)
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, n: int) -> _Theme:
    place = frame(n, n, style, _BOARD_SIDE // n)
    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    line = palette.index(style.line)
    names = list(_names())
    tiles = [_tile(name, place.cell, style).indices(palette) for name in names]
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    side = n * place.cell
    canvas.rect(place.left - 2, place.top - 2, side + 4, side + 4, line)
    place.number(canvas, labels, style)
    canvas.array.setflags(write=False)
    codes = {name: code for code, name in enumerate(names)}
    return _Theme(palette.freeze(), canvas.array, np.stack(tiles), codes, place)


def _names() -> Iterator[tuple[str, ...]]:
    """Yield what tiles there are: ground, food, heads, tails, and bends of each shade."""
    yield ("ground",)
    yield ("food",)
    for kind in ("head", "tail"):
        for side in _SIDES:
            yield kind, side
    for shade in range(_SHADES):
        for first, second in _BENDS:
            yield str(shade), first, second


def _tile(name: tuple[str, ...], cell: int, style: Style) -> Painter:
    ground = style.tone(style.pick((246, 243, 232), (46, 53, 68)))
    seam = style.tone(style.pick((216, 210, 192), (66, 75, 94)))
    painter = Painter(cell, cell, ground).rect(0, 0, cell, 1, seam).rect(0, 0, 1, cell, seam)
    kind = name[0]
    if kind == "food":
        _paint_apple(painter)
    elif kind == "head":
        _paint_head(painter, name[1], style)
    elif kind == "tail":
        _paint_tail(painter, name[1], style)
    elif kind != "ground":
        _paint_tube(painter, name[1:], _skin(style, int(kind)), _outline(style))
    return painter


def _skin(style: Style, shade: int) -> RGB:
    strong = style.tone(style.pick((26, 104, 170), (52, 132, 214)))
    pale = style.tone(style.pick((150, 204, 232), (186, 222, 246)))
    return mix(strong, pale, shade / (_SHADES - 1))


def _outline(style: Style) -> RGB:
    return style.tone(style.pick((14, 46, 84), (8, 18, 34)))


def _edge(cell: int, side: str, reach: float = 1.0) -> tuple[float, float]:
    """Return a point from the middle of a tile towards a side, beyond it for ``reach`` > 0.5."""
    dr, dc = STEPS[side]
    return cell * (0.5 + dc * reach), cell * (0.5 + dr * reach)


def _paint_tube(painter: Painter, sides: tuple[str, ...], skin: RGB, outline: RGB) -> None:
    s = painter.width
    ends = [_edge(s, side) for side in sides]
    points = [ends[0], (s / 2, s / 2), *ends[1:]]
    rim = max(1.0, s * 0.04)
    painter.line(points, s * _TUBE, outline)
    painter.line(points, s * _TUBE - 2 * rim, skin)
    # A seam across the snake at every cell's edge, so that its cells can be counted.
    half = s * _TUBE / 2 - 2 * rim
    for side in sides:
        dr, dc = STEPS[side]
        x, y = _edge(s, side, 0.5)
        seam = [(x - dr * half, y - dc * half), (x + dr * half, y + dc * half)]
        painter.line(seam, max(1.0, s * 0.03), darker(skin, 0.3))


def _paint_head(painter: Painter, neck: str, style: Style) -> None:
    s = painter.width
    skin, outline = style.tone(style.pick((240, 176, 40), (246, 196, 70))), _outline(style)
    _paint_tube(painter, (neck,), _skin(style, 0), outline)
    painter.circle(s / 2, s / 2, s * 0.44, skin, outline, max(1.0, s * 0.045))
    dr, dc = STEPS[neck]
    for side in (-1, 1):
        x = s * (0.5 - dc * 0.16 + dr * side * 0.18)
        y = s * (0.5 - dr * 0.16 + dc * side * 0.18)
        painter.circle(x, y, s * 0.11, (255, 255, 255), outline, max(1.0, s * 0.02))
        painter.circle(x - dc * s * 0.03, y - dr * s * 0.03, s * 0.055, (16, 16, 20))


def _paint_tail(painter: Painter, towards: str, style: Style) -> None:
    s = painter.width
    skin, outline = _skin(style, _SHADES - 1), _outline(style)
    dr, dc = STEPS[towards]
    rim = max(1.0, s * 0.04)

    def taper(half: float, tip: float) -> list[tuple[float, float]]:
        x, y = _edge(s, towards, 0.6)
        end_x, end_y = _edge(s, towards, tip)
        return [(x + dr * half, y + dc * half), (x - dr * half, y - dc * half), (end_x, end_y)]

    painter.polygon(taper(s * _TUBE / 2, -0.36), outline)
    painter.polygon(taper(s * _TUBE / 2 - rim, -0.36 + 3 * rim / s), skin)


def _paint_apple(painter: Painter) -> None:
    s = painter.width
    red = (214, 40, 44)
    middle = (s + 1) / 2
    painter.circle(middle, s * 0.56, s * 0.33, red, darker(red, 0.45), max(1.0, s * 0.045))
    painter.circle(s * 0.41, s * 0.46, s * 0.075, lighter(red, 0.55))
    painter.line([(middle, s * 0.3), (s * 0.56, s * 0.12)], max(1.5, s * 0.06), (92, 60, 36))
    painter.ellipse(s * 0.69, s * 0.2, s * 0.13, s * 0.07, (60, 160, 70), (28, 96, 44), 1.0)
