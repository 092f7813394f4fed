"""The machine as a picture: the coloured board, the head as a disc, and the rule table."""

from __future__ import annotations

from dataclasses import dataclass, replace
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
    luminance,
    text_width,
)
from gameqa.frames import CAPTION, Frame, frame
from gameqa.games.turing_machine_2d.rules import MOVES, State

_BOARD_SIDE = 380
_LEAST_CELL = 48
_DARK: RGB = (22, 25, 33)
_WHITE: RGB = (252, 252, 252)
# Apart from each other in lightness too, and each with a pattern of its own.
_COLOURS: tuple[RGB, ...] = (
    (248, 226, 120),
    (104, 186, 236),
    (226, 98, 42),
    (20, 122, 104),
    (66, 28, 92),
    (244, 244, 244),
    (150, 150, 154),
    (240, 150, 190),
)
_ARROWS = dict(zip(MOVES, "↑→↓←", strict=True))
_HEADING = "Rule table"
_KEY = (
    "Row: state. Column: symbol read.",
    "Rule: symbol to write, move, next state.",
    "Cells have the colours of their symbols.",
)


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and size alone.

    Attributes:
        palette: the frozen table of colours.
        ground: the picture without cells and rules.
        tiles: cells of every symbol; then cells with the head, by symbol and state.
        swatches: small cells with the symbol's number.
        discs: small discs with the state's number.
        arrows: a tile for each of the four moves.
        frame: where the board lies.
        left, top: the first rule.
        wide, high: distance from one rule to the next.
        side: of swatches, discs and arrows.
        gap: pixels between the three parts of a rule.
    """

    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    swatches: list[npt.NDArray[np.uint8]]
    discs: list[npt.NDArray[np.uint8]]
    arrows: dict[str, npt.NDArray[np.uint8]]
    frame: Frame
    left: int
    top: int
    wide: int
    high: int
    side: int
    gap: int


def draw(state: State, style: Style) -> Picture:
    """Draw a machine with row and column numbers and its rule table."""
    symbols, states = state.n_symbols, state.n_states
    theme = _theme(style, state.rows, state.cols, symbols, states)
    canvas = Canvas.over(theme.ground, theme.palette)
    codes = np.array(state.grid, np.uint8)
    row, col, now = state.head
    codes[row, col] = symbols * (1 + now) + state.grid[row][col]
    canvas.mosaic(theme.tiles, codes, theme.frame.left, theme.frame.top)
    pitch = theme.side + theme.gap
    for number, rule in enumerate(state.rules):
        q, s = divmod(number, symbols)
        x, y = theme.left + s * theme.wide, theme.top + q * theme.high
        canvas.paste(theme.swatches[rule.write], x, y)
        canvas.paste(theme.arrows[rule.move], x + pitch, y)
        canvas.paste(theme.discs[rule.next_state], x + 2 * pitch, y)
    return canvas.picture()


@lru_cache(maxsize=512)
def _theme(style: Style, rows: int, cols: int, symbols: int, states: int) -> _Theme:
    side, gap, text = style.text_px(25), style.px(4), style.text_px(14)
    wide, high = 3 * side + 2 * gap + style.px(20), side + style.px(12)
    first = max(side + style.px(24), text_width("state", text, style.face) + style.px(14))
    table = max(first + symbols * wide, *(text_width(line, text, style.face) for line in _KEY))
    heading = style.px(22) + text + style.px(12)
    below = heading + (states + 1) * high + len(_KEY) * 2 * text
    place = frame(
        rows,
        cols,
        style,
        max(_LEAST_CELL, _BOARD_SIDE / max(rows, cols)),
        above=CAPTION,
        below=below,
    )
    width = max(place.width, table + 2 * style.margin)
    shift = (width - place.width) // 2
    place = replace(
        place, left=place.left + shift, label_x=place.label_x + shift, width=place.width + 2 * shift
    )

    palette = Palette()
    background = palette.index(style.background)
    outside = palette.ramp(style.background, style.muted)
    ink = palette.ramp(style.background, style.ink)
    panel = palette.ramp(style.panel, style.ink)
    dark, line = palette.index(_DARK), palette.index(style.line)
    colours = [style.shade(rgb) for rgb in _COLOURS[:symbols]]
    cells = [_cell(place.cell, symbol, rgb) for symbol, rgb in enumerate(colours)]
    swatches = [_swatch(side, symbol, rgb) for symbol, rgb in enumerate(colours)]
    discs = [_with_disc(Painter(side, side, style.panel), q, 0.46) for q in range(states)]
    heads = [
        _with_disc(_cell(place.cell, symbol, rgb), q, 0.29)
        for q in range(states)
        for symbol, rgb in enumerate(colours)
    ]
    tiles = np.stack([painter.indices(palette) for painter in cells])
    small = [painter.indices(palette) for painter in (*swatches, *discs)]
    # A frugal share each: the first heads must not use up what the last ones need.
    share = (256 - len(palette)) // len(heads)
    tiles = np.concatenate([tiles, [palette.indices(painter.rgb, share) for painter in heads]])
    palette.freeze()

    canvas = Canvas(place.height, place.width, background, palette)
    across, down = place.right - place.left, place.bottom - place.top
    canvas.frame(place.left - 2, place.top - 2, across + 4, down + 4, 2, dark)
    place.number(canvas, outside, style)
    place.caption(canvas, outside, style)
    left = (place.width - table) // 2
    y = place.bottom + style.px(22)
    canvas.label(_HEADING, left, y, text, ink, "topleft", style.face)
    top = place.bottom + heading
    canvas.rect(left, top, first + symbols * wide, (states + 1) * high, int(panel[0]))
    for row in range(states + 2):
        canvas.rect(left, top + row * high, first + symbols * wide + 1, 1, line)
    for x in (left, *(left + first + column * wide for column in range(symbols + 1))):
        canvas.rect(x, top, 1, (states + 1) * high, line)
    inset = (high - side) // 2
    canvas.label("state", left + first / 2, top + high / 2, text, panel, "center", "condensed")
    for symbol in range(symbols):
        x = left + first + symbol * wide + (wide - side) // 2
        canvas.paste(small[symbol], x, top + inset)
    for state in range(states):
        x = left + (first - side) // 2
        canvas.paste(small[symbols + state], x, top + (state + 1) * high + inset)
    for number, words in enumerate(_KEY):
        y = top + (states + 1) * high + text * (2 * number + 1)
        canvas.label(words, left, y, text, ink, "topleft", style.face)
    canvas.array.setflags(write=False)

    arrows = {}
    for move, sign in _ARROWS.items():
        tile = Canvas(side, side, int(panel[0]), palette)
        tile.label(sign, side / 2, side / 2, max(14, round(side * 0.6)), panel, "center", "bold")
        arrows[move] = tile.array
    return _Theme(
        palette.freeze(),
        canvas.array,
        tiles,
        small[:symbols],
        small[symbols:],
        arrows,
        place,
        left + first + (wide - 3 * side - 2 * gap) // 2,
        top + high + inset,
        wide,
        high,
        side,
        gap,
    )


def _cell(side: int, symbol: int, rgb: RGB) -> Painter:
    """Paint a cell with the pattern of its symbol, and a dark line to its neighbours."""
    painter = Painter(side, side, rgb)
    pattern = lighter(rgb, 0.28) if luminance(rgb) < 0.25 else darker(rgb, 0.16)
    pen = max(2.0, side * 0.05)
    quarter = side / 4
    if symbol % 5 == 1:
        for i in (1, 2, 3):
            painter.line([(0, i * quarter), (side, i * quarter)], pen, pattern)
    elif symbol % 5 == 2:
        for i in range(-2, 5):
            painter.line([(i * quarter, side), (i * quarter + side, 0)], pen, pattern)
    elif symbol % 5 == 3:
        for i in range(16):
            x, y = (i % 4 + 0.5) * quarter, (i // 4 + 0.5) * quarter
            painter.circle(x, y, max(1.5, side * 0.055), pattern)
    elif symbol % 5 == 4:
        for i in (1, 2, 3):
            painter.line([(i * quarter, 0), (i * quarter, side)], pen, pattern)
    return painter.rect(0, 0, side, 2, _DARK).rect(0, 0, 2, side, _DARK)


def _swatch(side: int, symbol: int, rgb: RGB) -> Painter:
    """Paint a small cell that carries its symbol's number."""
    painter = _cell(side, symbol, rgb)
    painter.rect(0, side - 2, side, 2, _DARK).rect(side - 2, 0, 2, side, _DARK)
    ink = _WHITE if luminance(rgb) < 0.2 else _DARK
    ground = side * 0.34
    painter.rect(side / 2 - ground, side / 2 - ground, 2 * ground, 2 * ground, rgb)
    return painter.text(str(symbol), side / 2, side / 2, max(14, side // 2), ink, "center", "bold")


def _with_disc(painter: Painter, state: int, radius: float) -> Painter:
    """Paint the head: a disc with the state's number."""
    side = painter.width
    middle = side / 2
    painter.circle(middle, middle, side * radius, _WHITE, _DARK, max(2.0, side * 0.045))
    size = max(14, round(side * radius * 0.95))
    return painter.text(str(state), middle, middle, size, _DARK, "center", "bold")
