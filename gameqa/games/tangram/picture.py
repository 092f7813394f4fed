"""The board as a picture: numbered pieces with bold outlines, hatched holes, the tray below."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    MAX_SIDE,
    NAMED,
    RGB,
    Canvas,
    Painter,
    Palette,
    Picture,
    Style,
    contrast_ratio,
    darker,
    label_height,
    lighter,
)
from gameqa.games.tangram.generation import COLORS
from gameqa.games.tangram.rules import Mask, State

Indices = npt.NDArray[np.uint8]

_BOARD_SIDE = 400
_CELLS = (36, 60)
_GAP = 1
"""Cells between pieces in the tray."""


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and cell size alone.

    Attributes:
        palette: the frozen table of colours.
        background, edge, frame: indices of the ground, of outlines and of the board's border.
        outside: the ramp of texts on the ground.
        hole: the tile of an empty cell.
        fills: the tile of a piece's cell, by colour.
        inks: the ramp of the number on it, by colour.
    """

    palette: Indices
    background: int
    edge: int
    frame: int
    outside: Indices
    hole: Indices
    fills: dict[str, Indices]
    inks: dict[str, Indices]


@dataclass(frozen=True)
class _Layout:
    """Where things lie: pixels for the board, cells for the pieces below the caption."""

    cell: int
    left: int
    top: int
    tray_left: int
    tray_top: int
    width: int
    height: int
    places: tuple[tuple[int, int], ...]


def draw(state: State, style: Style) -> Picture:
    """Draw a board with its row and column numbers, and the removed pieces in a tray."""
    layout = _layout(style, state.size, tuple((len(p.mask), len(p.mask[0])) for p in state.tray))
    theme = _theme(style, layout.cell)
    cell, size = layout.cell, state.size
    canvas = Canvas(layout.height, layout.width, theme.background, theme.palette)
    tiles = [theme.hole]
    numbers = {0: 0}
    for piece in state.pieces:
        numbers[piece.label] = len(tiles)
        tiles.append(_tile(style, cell, piece.color, piece.label))
    stack = np.stack(tiles)
    codes = np.array([[numbers[label] for label in row] for row in state.board], np.uint8)
    canvas.mosaic(stack, codes, layout.left, layout.top)
    pen = max(3, cell // 12)
    canvas.frame(layout.left - 2, layout.top - 2, size * cell + 4, size * cell + 4, 2, theme.frame)
    _outline(canvas, codes, layout.left, layout.top, cell, pen, theme.edge)
    label_px = label_height(cell)
    room = style.text_px(34)
    canvas.row_labels(
        size, layout.left - room / 2, layout.top, cell, theme.outside, label_px, style.face
    )
    canvas.column_labels(
        size, layout.left, layout.top - room / 2, cell, theme.outside, label_px, style.face
    )
    caption = layout.tray_top - style.text_px(16)
    canvas.label(
        "Removed", layout.tray_left, caption, style.text_px(17), theme.outside, "left", "bold"
    )
    for lifted, (row, col) in zip(state.tray, layout.places, strict=True):
        x, y = layout.tray_left + col * cell, layout.tray_top + row * cell
        _tray_piece(canvas, stack[numbers[lifted.label]], lifted.mask, x, y, cell, pen, theme.edge)
    return canvas.picture()


def _tray_piece(
    canvas: Canvas, tile: Indices, mask: Mask, x: int, y: int, cell: int, pen: int, edge: int
) -> None:
    for r, row in enumerate(mask):
        for c, filled in enumerate(row):
            if filled:
                canvas.paste(tile, x + c * cell, y + r * cell)
    _outline(canvas, np.array(mask, np.uint8), x, y, cell, pen, edge)


def _outline(
    canvas: Canvas, codes: Indices, x: int, y: int, cell: int, pen: int, edge: int
) -> None:
    """Draw lines between cells of different codes; outside the array the code is 0."""
    rows, cols = codes.shape
    ringed = np.zeros((rows + 2, cols + 2), np.uint8)
    ringed[1:-1, 1:-1] = codes
    left, top = x - pen // 2, y - pen // 2
    for r, start, stop in _stretches(ringed[1:, 1:-1] != ringed[:-1, 1:-1]):
        canvas.rect(left + start * cell, top + r * cell, (stop - start) * cell + pen, pen, edge)
    for c, start, stop in _stretches((ringed[1:-1, 1:] != ringed[1:-1, :-1]).T):
        canvas.rect(left + c * cell, top + start * cell, pen, (stop - start) * cell + pen, edge)


def _stretches(lines: npt.NDArray[np.bool_]) -> Iterator[tuple[int, int, int]]:
    """Yield the stretches of true values in each row of an array: row, start and stop."""
    rows, cols = lines.shape
    closed = np.zeros((rows, cols + 2), np.int8)
    closed[:, 1:-1] = lines
    # Starts and stops take turns within a row.
    row, at = np.nonzero(closed[:, 1:] != closed[:, :-1])
    ends = iter(zip(row.tolist(), at.tolist(), strict=True))
    for (line, start), (_, stop) in zip(ends, ends, strict=True):
        yield line, start, stop


@lru_cache(maxsize=4096)
def _layout(style: Style, size: int, shapes: tuple[tuple[int, int], ...]) -> _Layout:
    """Put the tray below the board, as many pieces in a row as makes the cells largest."""
    margin, room = style.margin, style.text_px(34)
    caption = style.text_px(44)
    best: tuple[int, int, int, tuple[tuple[int, int], ...], int] | None = None
    for broad in range(max(size, max(w for _, w in shapes)), 3 * size):
        places, tall, used = _flow(shapes, broad)
        wide = max(size, used)
        cell = min(
            (MAX_SIDE - 2 * margin - room) // wide,
            (MAX_SIDE - 2 * margin - room - caption) // (size + tall),
        )
        if best is None or cell > best[0]:
            best = cell, wide, size + tall, places, used
    assert best is not None
    largest, wide, high, places, used = best
    low, most = _CELLS
    cell = min(largest, style.px(max(low, min(most, _BOARD_SIDE / size))))
    while cell < largest and (
        (2 * margin + room + wide * cell) * (2 * margin + room + caption + high * cell)
        < style.min_pixels
    ):
        cell += 1
    left, top = margin + room, margin + room
    return _Layout(
        cell,
        left + (wide - size) * cell // 2,
        top,
        left + (wide - used) * cell // 2,
        top + size * cell + caption,
        2 * margin + room + wide * cell,
        top + size * cell + caption + (high - size) * cell + margin,
        places,
    )


def _flow(
    shapes: Sequence[tuple[int, int]], broad: int
) -> tuple[tuple[tuple[int, int], ...], int, int]:
    """Set shapes in rows of at most ``broad`` cells; return corners, height and width used."""
    places = []
    row = col = tall = used = 0
    for high, wide in shapes:
        if col and col + wide > broad:
            row, col, tall = row + tall + _GAP, 0, 0
        places.append((row, col))
        used = max(used, col + wide)
        col += wide + _GAP
        tall = max(tall, high)
    return tuple(places), row + tall, used


@lru_cache(maxsize=256)
def _theme(style: Style, cell: int) -> _Theme:
    palette = Palette()
    background = palette.index(style.background)
    outside = palette.ramp(style.background, style.ink)
    edge = palette.index(style.pick((24, 26, 34), (6, 8, 12)))
    frame = palette.index(style.pick((24, 26, 34), style.muted))
    ground = style.tone(style.pick((244, 243, 240), (52, 58, 72)))
    hatch = style.pick(darker(ground, 0.2), lighter(ground, 0.2))
    line = style.pick(darker(ground, 0.24), lighter(ground, 0.3))
    hole = Painter(cell, cell, ground)
    step = cell / 3
    for i in range(1, 6):
        hole.line([(i * step - cell, cell), (i * step, 0)], 1.2, hatch)
    hole.rect(0, 0, cell, 1, line).rect(0, 0, 1, cell, line)
    fills, inks = {}, {}
    for name in COLORS:
        rgb = style.shade(NAMED[name])
        painter = Painter(cell, cell, rgb)
        thin = darker(rgb, 0.22)
        painter.rect(0, 0, cell, 1, thin).rect(0, 0, 1, cell, thin)
        fills[name] = painter.indices(palette)
        inks[name] = palette.ramp(rgb, _ink(rgb))
    hole_tile = hole.indices(palette)
    return _Theme(palette.freeze(), background, edge, frame, outside, hole_tile, fills, inks)


def _ink(rgb: RGB) -> RGB:
    """Black or white, whichever reads better on a fill."""
    black, white = (16, 16, 20), (255, 255, 255)
    return black if contrast_ratio(rgb, black) >= contrast_ratio(rgb, white) else white


@lru_cache(maxsize=8192)
def _tile(style: Style, cell: int, color: str, label: int) -> Indices:
    theme = _theme(style, cell)
    canvas = Canvas.over(theme.fills[color], theme.palette)
    px = label_height(cell)
    canvas.label(str(label), cell / 2, cell / 2, px, theme.inks[color], "center", style.face)
    canvas.array.setflags(write=False)
    return canvas.array
