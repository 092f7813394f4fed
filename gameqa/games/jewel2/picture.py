"""The board as a picture: faceted diamonds, ringed round gems, ball, bar, and a legend."""

from __future__ import annotations

from collections.abc import Callable
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
from gameqa.games.jewel2.rules import BASIC, SPECIAL, State

_BOARD_SIDE = 420
_KINDS = BASIC + SPECIAL
_CODES = {symbol: code for code, symbol in enumerate(_KINDS)}
_LEGEND = ("ABCDE+", "abcde|")
_COLOURS: dict[str, RGB] = {
    "A": (214, 44, 44),
    "B": (30, 138, 66),
    "C": (36, 88, 214),
    "D": (246, 204, 32),
    "E": (138, 52, 178),
    "+": (28, 28, 34),
    "|": (40, 190, 214),
}


@dataclass(frozen=True)
class _Theme:
    palette: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    text: npt.NDArray[np.uint8]
    left: int
    top: int
    counter: tuple[float, float]
    counter_height: int


def draw(state: State, style: Style) -> Picture:
    """Draw a board with row and column numbers, the counter and the legend."""
    theme = _theme(style, state.size)
    canvas = Canvas.over(theme.ground, theme.palette)
    codes = np.array([_CODES[symbol] for symbol in state.cells], np.uint8)
    shape = state.size, state.size
    canvas.mosaic(theme.tiles, codes.reshape(shape), theme.left, theme.top, gap=1)
    x, y = theme.counter
    canvas.label(
        f"Total Cleared: {state.total}", x, y, theme.counter_height, theme.text, face=style.face
    )
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, n: int) -> _Theme:
    margin, room = style.margin, style.text_px(30)
    title, sample = style.text_px(20), style.px(33)
    legend_row = sample + style.px(8)
    below = 2 * title + len(_LEGEND) * legend_row + style.px(16)
    pitch = fit_cell(
        n, n, 2 * margin + room, 2 * margin + room + below, style, _BOARD_SIDE / n, minimum=40
    )
    side = n * pitch
    left = top = margin + room
    height, width = top + side + below + margin, left + side + margin

    palette = Palette()
    background = palette.index(style.background)
    text = palette.ramp(style.background, style.ink)
    numbers = palette.ramp(style.background, style.muted)
    line = palette.index(style.line)
    tile = style.tone(style.pick((246, 242, 232), (58, 65, 82)))
    tiles = np.stack(
        [_gem(symbol, pitch - 1, tile, style, lettered=True).indices(palette) for symbol in _KINDS]
    )

    canvas = Canvas(height, width, background, palette.rgb)
    canvas.rect(left - 1, top - 1, side + 1, side + 1, line)
    canvas.frame(left - 2, top - 2, side + 3, side + 3, 2, line)
    size = min(label_height(pitch), room - 11)
    canvas.row_labels(n, left - room / 2, top, pitch, numbers, size, style.face)
    canvas.column_labels(n, left, top - room / 2, pitch, numbers, size, style.face)
    first = top + side + 2 * title + style.px(12)
    # Beside its gem a symbol needs about as much room again, so the legend is wider than the board.
    step = (width - 2 * margin) / len(_LEGEND[0])
    letter = style.text_px(14)
    for row, symbols in enumerate(_LEGEND):
        y = first + row * legend_row
        for col, symbol in enumerate(symbols):
            x = margin + round(col * step)
            gem = _gem(symbol, sample, style.background, style, lettered=False)
            canvas.paste(gem.indices(palette), x, y)
            canvas.label(
                f"= {symbol}", x + sample + 3, y + sample / 2, letter, text, "left", style.face
            )
    return _Theme(
        palette.freeze(),
        tiles,
        canvas.array,
        text,
        left,
        top,
        (left + side / 2, top + side + 1.1 * title),
        title,
    )


def _gem(symbol: str, size: int, ground: RGB, style: Style, lettered: bool) -> Painter:
    painter = Painter(size, size, ground)
    colour = style.shade(_COLOURS[symbol.upper()])
    # With a letter in the lower right corner the gem moves a little towards the other one.
    centre = size * (0.46 if lettered else 0.5)
    radius = size * (0.39 if lettered else 0.46)
    if symbol in BASIC:
        _diamond(painter, symbol, centre, radius, colour, style)
    elif symbol == "+":
        _ball(painter, centre, radius, colour, style)
    elif symbol == "|":
        _bar(painter, centre, radius, colour, style)
    else:
        _round(painter, symbol.upper(), centre, radius, colour, style)
    if lettered:
        height = max(14, round(size * 0.2))
        pad = max(3, size // 20)
        painter.text(symbol, size - pad, size - pad, height, style.ink, "bottomright", "bold")
    return painter


def _edge(colour: RGB, style: Style) -> RGB:
    return style.pick(darker(colour, 0.5), lighter(colour, 0.55))


def _diamond(painter: Painter, kind: str, c: float, r: float, colour: RGB, style: Style) -> None:
    points = [(c, c - r), (c + r, c), (c, c + r), (c - r, c)]
    painter.polygon(points, colour)
    _facets(painter, kind, c, r * 0.62, colour)
    painter.polygon(points, None, _edge(colour, style), max(1.5, r * 0.07))


def _round(painter: Painter, kind: str, c: float, r: float, colour: RGB, style: Style) -> None:
    r *= 0.92
    painter.circle(c, c, r, colour, _edge(colour, style), max(1.5, r * 0.07))
    painter.ring(c, c, r * 0.84, max(2.0, r * 0.13), (250, 250, 250))
    _facets(painter, kind, c, r * 0.52, colour)


def _ball(painter: Painter, c: float, r: float, colour: RGB, style: Style) -> None:
    r *= 0.92
    painter.circle(c, c, r, colour, style.pick((0, 0, 0), (214, 218, 226)), max(1.5, r * 0.09))
    for points in ([(c - r / 2, c), (c + r / 2, c)], [(c, c - r / 2), (c, c + r / 2)]):
        painter.line(points, max(2.0, r * 0.2), (250, 250, 250))


def _bar(painter: Painter, c: float, r: float, colour: RGB, style: Style) -> None:
    wide = r * 0.66
    painter.rounded_rect(
        c - wide / 2, c - r, wide, 2 * r, wide * 0.4, colour, _edge(colour, style),
        max(1.5, r * 0.07),
    )  # fmt: skip
    painter.line([(c, c - r * 0.66), (c, c + r * 0.66)], max(2.0, r * 0.16), (250, 250, 250))


def _facets(painter: Painter, kind: str, c: float, r: float, colour: RGB) -> None:
    """Paint the pattern of a kind within ``r`` of the centre; its special gem has the same."""
    light, dark = lighter(colour, 0.62), darker(colour, 0.45)
    thin = max(1.5, r * 0.2)
    patterns: dict[str, Callable[[], object]] = {
        # Crossed lines, a small diamond, two level lines, two upright lines, a triangle.
        "A": lambda: (
            painter.line([(c - 0.6 * r, c - 0.6 * r), (c + 0.6 * r, c + 0.6 * r)], thin, light),
            painter.line([(c - 0.6 * r, c + 0.6 * r), (c + 0.6 * r, c - 0.6 * r)], thin, light),
        ),
        "B": lambda: painter.polygon([(c, c - r), (c + r, c), (c, c + r), (c - r, c)], light),
        "C": lambda: [
            painter.line([(c - 0.8 * r, c + s * r), (c + 0.8 * r, c + s * r)], thin, light)
            for s in (-0.36, 0.36)
        ],
        "D": lambda: [
            painter.line([(c + s * r, c - 0.8 * r), (c + s * r, c + 0.8 * r)], thin, dark)
            for s in (-0.36, 0.36)
        ],
        "E": lambda: painter.polygon(
            [(c, c - 0.85 * r), (c + 0.8 * r, c + 0.55 * r), (c - 0.8 * r, c + 0.55 * r)], light
        ),
    }
    patterns[kind]()
