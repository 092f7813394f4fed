"""The grid as a picture: one letter a cell, row and column numbers outside a thick frame."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import Canvas, Painter, Palette, Picture, Style, darker, lighter
from gameqa.frames import CAPTION, Frame, frame
from gameqa.games.word_search.rules import ALPHABET, State

_BOARD_SIDE = 500
_LEAST_CELL = 40


@dataclass(frozen=True)
class _Theme:
    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    shades: npt.NDArray[np.uint8]
    frame: Frame


def draw(state: State, style: Style) -> Picture:
    """Draw a grid with its row and column numbers."""
    theme = _theme(style, state.rows, state.cols)
    codes = np.frombuffer("".join(state.grid).encode(), np.uint8) - ord("A")
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(
        theme.tiles,
        codes.reshape(state.rows, state.cols) + theme.shades,
        theme.frame.left,
        theme.frame.top,
    )
    return canvas.picture()


@lru_cache(maxsize=512)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    preferred = max(_LEAST_CELL, _BOARD_SIDE / max(rows, cols))
    place = frame(rows, cols, style, preferred, above=CAPTION)
    palette = Palette()
    background = palette.index(style.background)
    outside = palette.ramp(style.background, style.muted)
    edge = palette.index(style.ink)
    paper = style.tone(style.pick((255, 254, 250), (40, 46, 60)))
    # Some of the varied looks have a plain ground, all others a chequered one.
    other = style.pick(darker(paper, 0.06), lighter(paper, 0.08))
    grounds = (paper, other if style.variant % 2 == 1 else paper)
    face = "regular" if style.face == "condensed" else style.face
    tiles = []
    for ground in grounds:
        for letter in ALPHABET:
            painter = Painter(place.cell, place.cell, ground)
            painter.rect(0, 0, place.cell, 1, style.line).rect(0, 0, 1, place.cell, style.line)
            middle = (place.cell + 1) / 2
            size = max(14, round(place.cell * 0.52))
            painter.text(letter, middle, middle, size, style.ink, "center", face)
            tiles.append(painter.indices(palette))
    canvas = Canvas(place.height, place.width, background, palette.freeze())
    across, down = place.right - place.left, place.bottom - place.top
    canvas.frame(place.left - 3, place.top - 3, across + 6, down + 6, 3, edge)
    place.number(canvas, outside, style, first=1)
    place.caption(canvas, outside, style)
    canvas.array.setflags(write=False)
    shades = np.add.outer(np.arange(rows), np.arange(cols)) % 2 * len(ALPHABET)
    return _Theme(palette.freeze(), canvas.array, np.stack(tiles), shades.astype(np.uint8), place)
