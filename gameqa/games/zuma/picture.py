"""The track as a picture: rails, marbles with marks, the frog with its aim and a dial."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    MAX_SIDE,
    MIN_TEXT,
    NAMED,
    RGB,
    SHADES,
    Canvas,
    Painter,
    Palette,
    Picture,
    Style,
    darker,
    mix,
    text_width,
)
from gameqa.drawing.coverage import levels, snap
from gameqa.games.zuma.rules import COLOURS, RADIUS, SECTORS, State, Track

_UNIT = 44  # preferred pixels of a unit of length
_LEAST_UNIT = 44  # a marble's radius is at least 13 pixels
_SIDE, _EDGE, _STRIP = 56, 28, 42  # room for names at the sides, above and below; for the legend
# Radius of the dial, length of its ticks, radius of its labels: the ticks end before "180" begins.
_DIAL, _TICK, _LABEL = 0.92, 0.08, 1.38
_TIP = 0.88
_RAYS = 1.25  # from where the bounds of the directions are drawn: outside the dial
_BOUNDS = np.array(
    [(math.cos(angle), math.sin(angle)) for angle in map(math.radians, np.arange(22.5, 360, 45))]
)
_INK: RGB = (26, 28, 34)
_CODE = {colour: code for code, colour in enumerate(COLOURS)}


@dataclass(frozen=True)
class _Chain:
    """The pixels of a marble, for stamping many at once.

    Attributes:
        side: of the square that a marble lies in.
        down, across: the places of its pixels in the square.
        inks: their palette indices, a row for each of `COLOURS`.
    """

    side: int
    down: npt.NDArray[np.intp]
    across: npt.NDArray[np.intp]
    inks: npt.NDArray[np.uint8]


@dataclass(frozen=True)
class _Theme:
    """Everything that depends on style and size alone."""

    palette: npt.NDArray[np.uint8]
    background: int
    band: int
    rail: int
    rays: npt.NDArray[np.uint8]
    labels: npt.NDArray[np.uint8]
    marbles: dict[str, tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]]
    chain: _Chain
    hole: tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]
    dial: tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]
    arrow: npt.NDArray[np.uint8]


def draw(state: State, style: Style) -> Picture:
    """Draw a track with its marbles, the frog, the directions and the legend."""
    track = state.track
    reach = track.r0 + track.pitch * track.turns + RADIUS + 0.1
    unit = _unit(style, reach)
    theme = _theme(style, unit)
    half = math.ceil(reach * unit)
    canvas = Canvas(
        2 * (half + _EDGE) + _STRIP, 2 * (half + _SIDE), theme.background, theme.palette
    )
    middle = half + _SIDE, half + _EDGE

    def pixel(x: float, y: float) -> tuple[float, float]:
        return snap(middle[0] + x * unit), snap(middle[1] - y * unit)

    _draw_rails(canvas, theme, track, unit, middle)
    frog = pixel(*state.frog)
    _draw_directions(canvas, theme, frog, unit, style)
    _stamp(canvas, theme.hole, pixel(*state.hole))
    _draw_marbles(canvas, theme, state, unit, middle)
    _stamp(canvas, theme.dial, frog)
    ink, mask = _arrow(unit, state.aim)
    _stamp(canvas, (theme.arrow[ink], mask), frog)
    _stamp(canvas, theme.marbles[state.loaded], frog)
    _draw_legend(canvas, theme, unit, style)
    return Picture(canvas.array, canvas.palette, is_upright=False)


def _unit(style: Style, reach: float) -> int:
    """Return how many pixels a unit of length is: as wished, within the picture's bounds."""
    largest = math.floor(
        min((MAX_SIDE / 2 - _SIDE) / reach, ((MAX_SIDE - _STRIP) / 2 - _EDGE) / reach) - 0.1
    )
    unit = min(largest, max(_LEAST_UNIT, style.px(_UNIT)))
    while unit < largest and (
        (2 * (reach * unit + _SIDE)) * (2 * (reach * unit + _EDGE) + _STRIP) < style.min_pixels
    ):
        unit += 1
    return unit


def _stamp(
    canvas: Canvas,
    sprite: tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]],
    centre: tuple[float, float],
) -> None:
    tile, mask = sprite
    side = tile.shape[0]
    left, top = (math.floor(part - side / 2 + 0.5) for part in centre)
    canvas.paste_masked(tile, mask, left, top)


def _draw_marbles(
    canvas: Canvas, theme: _Theme, state: State, unit: int, middle: tuple[int, int]
) -> None:
    """Stamp all marbles at once: one copy for the whole chain."""
    chain = theme.chain
    centres = np.array(state.centres) * (unit, -unit) + middle
    corners = np.floor(np.rint(centres * 64) / 64 - chain.side / 2 + 0.5).astype(np.intp)
    first = corners[:, 1] * canvas.width + corners[:, 0]
    pixels = first[:, None] + (chain.down * canvas.width + chain.across)
    codes = [_CODE[colour] for colour in state.colours]
    canvas.array.reshape(-1)[pixels] = chain.inks[codes]


def _draw_rails(
    canvas: Canvas, theme: _Theme, track: Track, unit: int, middle: tuple[int, int]
) -> None:
    """Draw the band of the track: its fill in dots of three by three pixels, then its edges."""
    half = RADIUS * unit + 2
    flat, width = canvas.array.reshape(-1), canvas.width
    line = _line(track, unit)
    fill = np.linspace(3.4 - half, half - 3.4, math.ceil(2 * half / 2.6))
    places = _beside(line[:, ::2], middle, width, fill)
    for row in (-width, 0, width):
        for dot in (-1, 0, 1):
            flat[places + (row + dot)] = theme.band
    # The edges are lines of dots of two by two.
    places = _beside(line, middle, width, np.array([1.5 - half, half - 1.5]))
    for row in (-width, 0):
        for dot in (-1, 0):
            flat[places + (row + dot)] = theme.rail


_ROW = 64


def _line(track: Track, unit: int) -> npt.NDArray[np.float32]:
    """Return radius, cosine and sine (3, n) of points along the spiral, 1.3 pixels apart."""
    length = 2 * math.pi * (track.r0 * track.turns + track.pitch * track.turns**2 / 2) * unit
    rows = math.ceil(length / 1.3 / _ROW)
    turns = np.linspace(0.0, track.turns, rows * _ROW)
    # Points are evenly spaced in angle: each is a row's first one turned by a column's angle.
    step = 2 * math.pi * track.turns / (rows * _ROW - 1)
    first = math.radians(track.theta0_deg) + step * _ROW * np.arange(rows)[:, None]
    cos, sin = np.cos(first), np.sin(first)
    across, down = np.cos(step * np.arange(_ROW)), np.sin(step * np.arange(_ROW))
    line = np.empty((3, rows * _ROW), np.float32)
    line[0] = (track.r0 + track.pitch * turns) * unit
    line[1] = (cos * across - sin * down).reshape(-1)
    line[2] = (sin * across + cos * down).reshape(-1)
    return line


def _beside(
    line: npt.NDArray[np.float32],
    middle: tuple[int, int],
    width: int,
    across: npt.NDArray[np.float64],
) -> npt.NDArray[np.intp]:
    """Return the pixels of lines that run beside the spiral, at those distances from it."""
    radius, ux, uy = line[:, :, None]
    out = radius + across.astype(np.float32)
    # 32-bit integers until the last step: they convert four times as fast.
    y = (np.float32(middle[1]) - out * uy).astype(np.int32)
    y *= width
    y += (out * ux + np.float32(middle[0])).astype(np.int32)
    places: npt.NDArray[np.intp] = y.astype(np.intp)
    return places


def _draw_directions(
    canvas: Canvas, theme: _Theme, frog: tuple[float, float], unit: int, style: Style
) -> None:
    """Draw the dashed bounds of the directions, and their names at the rim."""
    wide, high = canvas.width, canvas.height - _STRIP
    steps = np.arange(0.0, math.hypot(wide, high), 0.8)
    steps = steps[steps % 16 < 8] + _RAYS * unit
    across = (frog[0] + _BOUNDS[:, :1] * steps).astype(np.intp)
    down = (frog[1] - _BOUNDS[:, 1:] * steps).astype(np.intp)
    seen = (across >= 1) & (down >= 1) & (across < wide - 1) & (down < high - 1)
    places = down * wide + across
    flat = canvas.array.reshape(-1)
    flat[places[seen]] = theme.rays[-1]
    # A second pixel beside it makes the line as heavy as the rails.
    is_flat = np.abs(_BOUNDS[:, :1]) > np.abs(_BOUNDS[:, 1:])
    flat[(places + np.where(is_flat, wide, 1))[seen]] = theme.rays[-1]
    size = style.text_px(15)
    for number, name in enumerate(SECTORS):
        angle = math.radians(45 * number)
        ux, uy = math.cos(angle), -math.sin(angle)
        room_x, room_y = text_width(name, size, style.face) / 2 + 4, size / 2 + 8
        ways = []
        if abs(ux) > 0.1:
            ways.append(((wide - room_x if ux > 0 else room_x) - frog[0]) / ux)
        if abs(uy) > 0.1:
            ways.append(((high - room_y if uy > 0 else room_y) - frog[1]) / uy)
        way = min(ways)
        x, y = frog[0] + way * ux, frog[1] + way * uy
        canvas.label(name, x, y, size, theme.labels, "center", style.face)


def _draw_legend(canvas: Canvas, theme: _Theme, unit: int, style: Style) -> None:
    size = style.text_px(15)
    y = canvas.height - _STRIP / 2
    widths = [text_width(colour, size, style.face) for colour in COLOURS]
    disc = round(2 * RADIUS * unit)
    x = (canvas.width - sum(widths) - 4 * (disc + 8) - 3 * 18) / 2
    for colour, width in zip(COLOURS, widths, strict=True):
        _stamp(canvas, theme.marbles[colour], (x + disc / 2, y))
        canvas.label(colour, x + disc + 8, y, size, theme.labels, "left", style.face)
        x += disc + 8 + width + 18


@lru_cache(maxsize=256)
def _theme(style: Style, unit: int) -> _Theme:
    palette = Palette()
    background = palette.index(style.background)
    labels = palette.ramp(style.background, style.ink)
    rays = palette.ramp(style.background, mix(style.background, style.ink, 0.45))
    band = style.tone(style.pick((226, 219, 205), (52, 59, 74)))
    ground = palette.index(band)
    rail = palette.index(style.tone(style.pick((120, 112, 98), (112, 122, 142))))
    arrow = palette.ramp((250, 250, 250), (196, 30, 56))
    marbles = {colour: _sprite(_marble(unit, colour, style), palette) for colour in COLOURS}
    mask = marbles[COLOURS[0]][1]
    inks = np.stack([marbles[colour][0][mask] for colour in COLOURS])
    down, across = np.nonzero(mask)
    chain = _Chain(mask.shape[0], down, across, inks)
    hole, dial = _sprite(_hole(unit, band), palette), _sprite(_dial(unit, style), palette)
    return _Theme(
        palette.freeze(),
        background,
        ground,
        rail,
        rays,
        labels,
        marbles,
        chain,
        hole,
        dial,
        arrow,
    )


def _sprite(
    painter: Painter, palette: Palette
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    return painter.indices(palette), painter.touched


def _marble(unit: int, colour: str, style: Style) -> Painter:
    """Paint a marble with the mark of its colour; its soft rim is laid over the track."""
    radius = RADIUS * unit
    side = math.ceil(2 * radius) + 1
    fill = style.shade(NAMED[colour])
    painter = Painter(side, side, _INK)
    middle = side / 2
    painter.circle(middle, middle, radius, _INK)
    painter.touched = painter.touched & (_disc(side, radius) > SHADES // 2)
    painter.circle(middle, middle, radius - max(1.3, unit * 0.03), fill)
    mark = (250, 250, 250) if colour in ("blue", "green", "red") else _INK
    pen, arm = max(2.2, unit * 0.055), radius * 0.42
    if colour == "red":
        painter.circle(middle, middle, radius * 0.3, mark)
    elif colour == "yellow":
        painter.line([(middle - arm, middle), (middle + arm, middle)], pen, mark)
    elif colour == "blue":
        painter.ring(middle, middle, radius * 0.5, pen, mark)
    else:
        painter.line([(middle - arm, middle), (middle + arm, middle)], pen, mark)
        painter.line([(middle, middle - arm), (middle, middle + arm)], pen, mark)
    return painter


def _disc(side: int, radius: float) -> npt.NDArray[np.uint8]:
    return levels(_from_middle(side) - radius)


def _from_middle(side: int) -> npt.NDArray[np.float64]:
    at = np.arange(side) + 0.5 - side / 2
    out: npt.NDArray[np.float64] = np.sqrt(at[None, :] ** 2 + at[:, None] ** 2)
    return out


def _hole(unit: int, band: RGB) -> Painter:
    radius = 2 * RADIUS * unit
    side = math.ceil(2 * radius) + 2
    painter = Painter(side, side, band)
    painter.circle(side / 2, side / 2, radius, _INK, (150, 140, 120), max(2.0, unit * 0.05))
    painter.touched = _disc(side, radius) > SHADES // 2
    return painter


def _dial(unit: int, style: Style) -> Painter:
    """Paint the frog, and ticks every 15 degrees round it with angles every 45."""
    side = math.ceil(2 * unit * (_LABEL + 0.45))
    painter = Painter(side, side, style.background)
    middle = side / 2
    ring = mix(style.background, style.ink, 0.65)
    painter.ring(middle, middle, _DIAL * unit, 1.6, ring)
    for degrees in range(0, 360, 15):
        angle = math.radians(degrees)
        ux, uy = snap(math.cos(angle) * 64) / 64, -snap(math.sin(angle) * 64) / 64
        major = degrees % 45 == 0
        long = _DIAL + _TICK * (1.2 if major else 0.75)
        painter.line(
            [
                (middle + ux * _DIAL * unit, middle + uy * _DIAL * unit),
                (middle + ux * long * unit, middle + uy * long * unit),
            ],
            2.2 if major else 1.4,
            ring,
        )
        if major:
            text = str(degrees if degrees <= 180 else degrees - 360)
            x, y = middle + ux * _LABEL * unit, middle + uy * _LABEL * unit
            painter.text(text, x, y, MIN_TEXT, style.ink, "center", "condensed")
    skin = style.tone((104, 168, 76))
    radius = 0.52 * unit
    for x, y in ((-0.34, -0.4), (0.34, -0.4)):
        painter.circle(
            middle + x * unit, middle + y * unit, 0.17 * unit, skin, darker(skin, 0.5), 1.6
        )
        painter.circle(middle + x * unit, middle + y * unit, 0.07 * unit, _INK)
    painter.circle(middle, middle, radius, skin, darker(skin, 0.5), 2.0)
    # Only what was painted covers the picture.
    painter.touched = (painter.rgb != np.array(style.background)).any(axis=2)
    return painter


@lru_cache(maxsize=1024)
def _arrow(unit: int, aim: int) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.bool_]]:
    """Return ink and mask of the arrow from the frog's rim to the dial."""
    side = math.ceil(2 * unit * _DIAL) + 4
    at = np.arange(side) + 0.5 - side / 2
    ux, uy = (
        snap(math.cos(math.radians(aim)) * 64) / 64,
        -snap(math.sin(math.radians(aim)) * 64) / 64,
    )
    along = at[None, :] * ux + at[:, None] * uy
    aside = np.abs(at[:, None] * ux - at[None, :] * uy)
    tip, neck = _TIP * unit, (_TIP - 0.26) * unit
    shaft = np.maximum(aside - 0.05 * unit, np.maximum(0.3 * unit - along, along - neck))
    slope = (2 * aside + along - tip) / math.sqrt(5)
    outside = np.minimum(shaft, np.maximum(slope, neck - along))
    return levels(outside), outside < 1.8
