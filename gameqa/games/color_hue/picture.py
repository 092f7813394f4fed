"""The board as a picture: flat coloured cells on neutral grey, swatches below if there are any."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import Canvas, Painter, Palette, Picture, Style, label_height
from gameqa.frames import Frame, frame
from gameqa.games.color_hue.rules import State

Indices = npt.NDArray[np.uint8]

_BOARD_SIDE = 500
_CELLS = (56, 84)
_SWATCH = 58
_GAP = 12
_UNUSED, _BLANK = 0, 1


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and size alone.

    Attributes:
        palette: the first colours of every picture's table; the board's own follow.
        ground: the picture of an empty board.
        tiles: an unused and a blank cell.
        letters: the ramp of letters in blank cells.
        numbers: the ramp of numbers on the ground.
        border: index of the frames of cells.
        frame: where the board lies.
    """

    palette: Indices
    ground: Indices
    tiles: Indices
    letters: Indices
    numbers: Indices
    border: int
    frame: Frame


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers; every colour is the state's own."""
    theme = _theme(style, state.size, bool(state.palette))
    place, cell = theme.frame, theme.frame.cell
    colors = list(dict.fromkeys([*state.visible.values(), *state.palette]))
    table = np.concatenate([theme.palette, np.array(colors, np.uint8).reshape(-1, 3)])
    table.setflags(write=False)
    index = {rgb: len(theme.palette) + i for i, rgb in enumerate(colors)}
    canvas = Canvas.over(theme.ground, table)
    # The gap between cells keeps neighbouring colours from running into each other.
    for (r, c), rgb in state.visible.items():
        x, y = place.left + (c - 1) * cell, place.top + (r - 1) * cell
        canvas.rect(x, y, cell, cell, theme.border)
        canvas.rect(x + 1, y + 1, cell - 2, cell - 2, index[rgb])
    for blank in state.blanks:
        x, y = place.left + (blank.col - 1) * cell, place.top + (blank.row - 1) * cell
        canvas.paste(theme.tiles[_BLANK], x, y)
        size = max(20, cell * 2 // 5)
        canvas.label(blank.label, x + cell / 2, y + cell / 2, size, theme.letters, face="bold")
    if state.palette:
        _swatches(canvas, state, theme, index, style)
    return canvas.picture()


def _swatches(
    canvas: Canvas,
    state: State,
    theme: _Theme,
    index: dict[tuple[int, int, int], int],
    style: Style,
) -> None:
    place, count = theme.frame, len(state.palette)
    side = max(56, min(style.px(_SWATCH), place.cell))
    wide = count * side + (count - 1) * _GAP
    left = min(max(8, (place.left + place.right - wide) // 2), max(8, canvas.width - wide - 8))
    size = label_height(side)
    top = canvas.height - style.margin - side
    for i, rgb in enumerate(state.palette):
        x = left + i * (side + _GAP)
        canvas.label(str(i + 1), x + side / 2, top - size, size, theme.numbers, face=style.face)
        canvas.rect(x, top, side, side, theme.border)
        canvas.rect(x + 1, top + 1, side - 2, side - 2, index[rgb])


@lru_cache(maxsize=256)
def _theme(style: Style, size: int, has_palette: bool) -> _Theme:
    low, high = _CELLS
    preferred = max(low, min(high, _BOARD_SIDE / size))
    below = max(56, style.px(_SWATCH)) + 60 if has_palette else 0
    place = frame(size, size, style, preferred, below=below)
    palette = Palette()
    # Neutral greys in every style: a tinted ground would change how the colours look.
    ground = style.pick((235, 235, 235), (44, 44, 44))
    unused = style.pick((226, 226, 226), (58, 58, 58))
    dot = style.pick((196, 196, 196), (92, 92, 92))
    background = palette.index(ground)
    numbers = palette.ramp(ground, style.pick((52, 52, 52), (214, 214, 214)))
    border = palette.index(style.pick((40, 40, 40), (205, 205, 205)))
    paper, ink = (255, 255, 255), (20, 20, 20)
    letters = palette.ramp(paper, ink)
    tiles = []
    for kind in (_UNUSED, _BLANK):
        cell = place.cell
        painter = Painter(cell, cell, paper if kind == _BLANK else unused)
        if kind == _BLANK:
            pen, dash = 3, max(5, cell // 9)
            for start in range(0, cell, 2 * dash):
                painter.rect(start, 0, dash, pen, ink).rect(start, cell - pen, dash, pen, ink)
                painter.rect(0, start, pen, dash, ink).rect(cell - pen, start, pen, dash, ink)
        else:
            painter.rect(0, 0, cell, 1, ground).rect(0, 0, 1, cell, ground)
            painter.circle(cell / 2, cell / 2, max(2.0, cell / 22), dot)
        tiles.append(painter.indices(palette))
    stack = np.stack(tiles)
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    canvas.mosaic(stack, np.full((size, size), _UNUSED, np.uint8), place.left, place.top)
    place.number(canvas, numbers, style, first=1)
    canvas.array.setflags(write=False)
    return _Theme(palette.freeze(), canvas.array, stack, letters, numbers, border, place)
