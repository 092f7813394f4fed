"""The board as a picture: pixel figures on a night sky with a grid, the ship in a row below."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    MAX_SIDE,
    NAMED,
    RGB,
    Canvas,
    Palette,
    Picture,
    Style,
    darker,
    lighter,
)
from gameqa.errors import GameQAError
from gameqa.games.space_invaders.rules import EMPTY, POINTS, State

Indices = npt.NDArray[np.uint8]

_CELL = 80
_LEAST_CELL = 36
_SHIP, _HANGAR = "^", "_"
_CODES = {name: code for code, name in enumerate([EMPTY, *POINTS, _HANGAR, _SHIP])}

# Left halves of figures of 12 by 8 pixels; the right halves mirror them. Each colour has its own
# shape, in two drawings that styles choose from.
_FIGURES: dict[str, tuple[str, str]] = {
    "P": (
        "...### .##### ###### ##..## ##..## ###### .#.#.# #.#.#.",
        "...### .##### ###### ##..## ##..## ###### #.#.#. .#.#.#",
    ),
    "B": (
        "##.... #..##. #.#### ####.# .##### ..#### ...#.. ..##..",
        "...... ...##. ..#### .###.# ###### #.#### #..#.. ##.##.",
    ),
    "G": (
        ".....# ....## ...### ..##.# ..#### ....## ...#.. ..#...",
        ".....# ....## ...### ..##.# ..#### ....## ...#.# ....#.",
    ),
    _SHIP: (
        ".....# .....# ....## .##### ###### ###### ###### ######",
        ".....# .....# ....## ..#### .##### ###### ###### ##..##",
    ),
}


@dataclass(frozen=True)
class _Theme:
    """The palette, the ground with the numbers, the tiles, and the board's corner."""

    palette: Indices
    ground: Indices
    tiles: Indices
    left: int
    top: int


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers."""
    theme = _theme(style, state.rows, state.cols)
    codes = np.array(
        [[_CODES[letter] for letter in row] for row in (*state.grid, _HANGAR * state.cols)]
    )
    codes[-1, state.ship - 1] = _CODES[_SHIP]
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, theme.left, theme.top)
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    # In every style these leave 36 px to each of 23 columns.
    before = style.text_px(34) + style.px(7 * style.margin_factor)
    after = style.px(10 * style.margin_factor)
    wide, high = _cell(style, rows + 1, cols, before + after)
    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    edge = palette.index(_line(style))
    tiles = [_tile(name, wide, high, style, palette) for name in _CODES]
    width, height = cols * wide, (rows + 1) * high
    canvas = Canvas(before + height + after, before + width + after, background, palette.freeze())
    canvas.rect(before - 2, before - 2, width + 4, height + 4, edge)
    size = min(24, max(16, wide * 2 // 5))
    middle = before / 2
    numbers = [str(i + 1) for i in range(max(rows + 1, cols))]
    canvas.row_labels(numbers[: rows + 1], middle, before, high, labels, size, style.face)
    canvas.column_labels(numbers[:cols], before, middle, wide, labels, size, style.face)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, np.stack(tiles), before, before)


def _cell(style: Style, rows: int, cols: int, margins: int) -> tuple[int, int]:
    """Return width and height of a cell, 7 to 6, as near to the wanted size as bounds allow."""
    room = MAX_SIDE - margins
    largest = min(room // cols, room // rows * 7 // 6)
    if largest < _LEAST_CELL:
        raise GameQAError(
            f"a Space Invaders board of {rows} x {cols} cells has columns under {_LEAST_CELL} px"
        )
    wide = min(largest, style.px(_CELL))
    while wide < largest and (
        (cols * wide + margins) * (rows * (wide * 6 // 7) + margins) < style.min_pixels
    ):
        wide += 1
    return wide, wide * 6 // 7


def _line(style: Style) -> RGB:
    return style.tone(style.pick((104, 114, 158), (96, 106, 134)))


def _tile(name: str, wide: int, high: int, style: Style, palette: Palette) -> Indices:
    """Make a cell's tile; all is whole pixels of few colours, so it needs no `Painter`."""
    sky = style.tone(style.pick((22, 25, 48), (12, 14, 22)))
    if name in (_HANGAR, _SHIP):
        sky = style.tone(style.pick((48, 54, 84), (36, 41, 56)))
    tile = np.full((high, wide), palette.index(sky), np.uint8)
    tile[0] = tile[:, 0] = palette.index(_line(style))
    if name in _FIGURES:
        _paint_figure(tile, name, style, palette)
    return tile


def _paint_figure(tile: Indices, name: str, style: Style, palette: Palette) -> None:
    halves = _FIGURES[name][max(0, style.variant) // 3 % 2].split()
    marks = np.array([[mark == "#" for mark in half + half[::-1]] for half in halves])
    colour = _colour(name, style)
    # A little light from above, so that the figures do not look cut out.
    shades = [lighter(colour, 0.22)] * 2 + [colour] * 4 + [darker(colour, 0.14)] * 2
    inks = np.array([palette.index(shade) for shade in shades], np.uint8)
    high, wide = tile.shape
    size = min((wide - 8) // marks.shape[1], (high - 8) // marks.shape[0])
    top = (high + 1 - size * marks.shape[0]) // 2
    left = (wide + 1 - size * marks.shape[1]) // 2
    place = tile[top : top + size * marks.shape[0], left : left + size * marks.shape[1]]
    figure = np.where(marks, inks[:, None], tile[1, 1])
    place[...] = figure.repeat(size, axis=0).repeat(size, axis=1)


def _colour(name: str, style: Style) -> RGB:
    """Return a figure's colour: enemies in those that questions name, light enough for the sky."""
    if name == "P":
        return style.shade((200, 104, 248))
    if name == "B":
        return style.shade((50, 118, 250))
    if name == "G":
        return style.shade((84, 214, 92))
    return style.shade(NAMED["orange"])
