"""The chart as a picture: labelled blocks, connected snakes, the hit line and a legend."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    MIN_TEXT,
    NAMED,
    RGB,
    Canvas,
    Painter,
    Palette,
    Picture,
    Style,
    darker,
    fit_cell,
    label_height,
    mix,
    text_width,
)
from gameqa.games.rhythm_game.rules import PARTS, State

_ROW = 29
_WIDE = 2  # a cell is so many times as wide as high
_EVERY = 5  # a stronger line between so many rows
_INK: RGB = (24, 26, 32)
_COLOURS: dict[str, RGB] = {
    "click": NAMED["yellow"],
    "reverse": (64, 176, 84),
    "snake head": NAMED["pink"],
    "snake body": (72, 124, 232),
    "snake tail": (158, 162, 168),
}
_LEGEND = (
    ("click", "click: 10"),
    ("reverse", "reverse: 15,"),
    (None, "mirrors the chart"),
    ("snake tail", "snake tail"),
    ("snake body", "snake body"),
    ("snake head", "snake head"),
    (None, "snake of length L:"),
    (None, "L \N{MULTIPLICATION SIGN} (2L + 7)"),
)
_VARIANTS = 4  # even and odd rows, each with and without the stronger line below


@dataclass(frozen=True)
class _Theme:
    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    variants: npt.NDArray[np.intp]
    left: int
    top: int


def draw(state: State, style: Style) -> Picture:
    """Draw a chart with row and column numbers and the legend."""
    theme = _theme(style, state.rows, state.cols)
    codes = np.zeros((state.rows, state.cols), np.intp)
    for row, col in state.block_at:
        codes[state.rows - row, col - 1] = PARTS.index(state.part((row, col)))
    codes *= _VARIANTS
    codes += theme.variants
    canvas = Canvas.over(theme.ground, theme.palette)
    canvas.mosaic(theme.tiles, codes, theme.left, theme.top)
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, rows: int, cols: int) -> _Theme:
    margin, room, text = style.margin, style.text_px(30), style.text_px(15)
    face = style.face
    gap = style.px(14)
    widest = max(text_width(words, text, face) for _, words in _LEGEND)
    swatch = _WIDE * (text + 12)
    legend = swatch + style.px(8) + widest
    across = 2 * margin + 2 * room + gap + legend
    down = 2 * margin + 2 * room
    side = fit_cell(rows, _WIDE * cols, across, down, style, _ROW)
    wide = _WIDE * side
    left, top = margin + room, margin + room
    right, bottom = left + cols * wide, top + rows * side

    palette = Palette()
    background = palette.index(style.background)
    ink = palette.ramp(style.background, style.ink)
    muted = palette.ramp(style.background, style.muted)
    accent = palette.ramp(style.background, style.accent)
    tiles = np.stack(
        [
            _tile(side, wide, part, variant, style).indices(palette)
            for part in PARTS
            for variant in range(_VARIANTS)
        ]
    )
    swatches = {
        part: _tile(swatch // _WIDE, swatch, part, None, style).indices(palette)
        for part in PARTS[1:]
    }
    canvas = Canvas(
        bottom + room + margin, right + room + gap + legend + margin, background, palette.freeze()
    )
    numbers = [str(rows - i) for i in range(rows)]
    size = min(label_height(side), MIN_TEXT + 2)
    for x in (left - room / 2, right + room / 2):
        canvas.row_labels(numbers, x, top, side, muted, size, face)
    columns = [str(1 + i) for i in range(cols)]
    canvas.column_labels(columns, left, bottom + room / 2 + 4, wide, ink, label_height(wide), face)
    canvas.frame(left - 2, top - 2, right - left + 4, bottom - top + 4, 2, int(muted[-1]))
    # The hit line lies under row 1, where blocks are pressed.
    canvas.rect(left - 6, bottom, right - left + 12, 5, int(accent[-1]))
    canvas.label(
        "falls \N{DOWNWARDS ARROW}",
        (left + right) / 2,
        top - room / 2,
        text,
        accent,
        "center",
        face,
    )
    x, y = right + room + gap, top
    pitch = swatch // _WIDE
    for part, words in _LEGEND:
        if part is not None:
            # The parts of a snake touch in the legend as they do in the chart.
            y += 0 if part in ("snake body", "snake head") else 10
            canvas.paste(swatches[part], x, y)
        canvas.label(words, x + swatch + style.px(8), y + pitch / 2, text, ink, "left", face)
        y += pitch
    y = bottom - side // 2
    canvas.label("\N{LEFTWARDS ARROW} pressed first", x, y, text, accent, "left", face)
    canvas.array.setflags(write=False)
    shown = np.arange(rows, 0, -1)
    variants = shown % 2 + 2 * (shown % _EVERY == 1)
    return _Theme(palette.freeze(), canvas.array, tiles, variants[:, None], left, top)


def _tile(high: int, wide: int, part: str, variant: int | None, style: Style) -> Painter:
    """Paint a cell of the chart, or one of the legend, on the page, where there is no variant."""
    if variant is None:
        return _painted(Painter(high, wide, style.background), part, style)
    even = style.tone(style.pick((252, 250, 246), (38, 43, 54)))
    odd = style.tone(style.pick((236, 231, 221), (52, 58, 71)))
    ground = odd if variant % 2 else even
    painter = Painter(high, wide, ground)
    line = mix(ground, style.ink, 0.18)
    painter.rect(0, 0, 1, high, line)
    if variant >= 2:
        painter.rect(0, high - 2, wide, 2, mix(ground, style.ink, 0.5))
    return painter if part == "empty" else _painted(painter, part, style)


def _painted(painter: Painter, part: str, style: Style) -> Painter:
    high, wide = painter.height, painter.width
    colour = style.shade(_COLOURS[part])
    edge = darker(colour, 0.45)
    pen = max(1.5, high * 0.06)
    if part.startswith("snake"):
        _paint_snake(painter, part, colour, pen)
        return painter
    pad = high * 0.11
    painter.rounded_rect(
        1 + wide * 0.1, pad, wide * 0.8 - 1, high - 2 * pad, high * 0.22, colour, edge, pen
    )
    x, y = (wide + 1) / 2, high / 2
    if part == "click":
        painter.circle(x, y, high * 0.15, _INK)
        return painter
    reach, barb = wide * 0.26, high * 0.19
    painter.line([(x - reach, y), (x + reach, y)], max(2.0, high * 0.08), _INK)
    for way in (-1, 1):
        tip = x + way * reach
        painter.line(
            [(tip - way * barb, y - barb), (tip, y), (tip - way * barb, y + barb)],
            max(2.0, high * 0.08),
            _INK,
        )
    return painter


def _paint_snake(painter: Painter, part: str, colour: RGB, pen: float) -> None:
    """Paint a piece of a bar: open above the head, below the tail, and both ways in between."""
    high, wide = painter.height, painter.width
    pad = high * 0.1
    top = pad if part == "snake tail" else -high
    bottom = high - pad if part == "snake head" else 2.0 * high
    x, width = 1 + wide * 0.16, wide * 0.68 - 1
    painter.rounded_rect(x, top, width, bottom - top, high * 0.4, colour, _INK, pen)
    if part != "snake tail":
        painter.rect(x + pen, 0, width - 2 * pen, pen, darker(colour, 0.4))
    middle = (wide + 1) / 2
    if part == "snake body":
        painter.line(
            [(middle, -pen), (middle, high + pen)], max(2.0, high * 0.1), darker(colour, 0.4)
        )
        return
    letter = "H" if part == "snake head" else "T"
    size = max(MIN_TEXT, round(high * 0.5))
    painter.text(letter, middle, high / 2, size, _INK, "center", "bold")
