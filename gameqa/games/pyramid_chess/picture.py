"""The levels side by side as seen from above, and the whole pile in space below them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import MAX_SIDE, RGB, Canvas, Picture, Style, circle_coverage, resolve
from gameqa.drawing.blocks import (
    TOP,
    Codes,
    Inks,
    Pixel,
    Scene,
    Sprite,
    View,
    ball,
    halo_text,
    line,
    panel,
    stamp,
)
from gameqa.drawing.coverage import SHADES, circle_points
from gameqa.drawing.font import text_mask, text_width
from gameqa.games.pyramid_chess.rules import COLOURS, EMPTY, PLAYERS, State, shape_of
from gameqa.games.pyramid_chess.words import status_lines

_CELL = {3: 44, 4: 38, 5: 31, 6: 27}
_WIDTH, _PILE = 600, 320  # at scale 1
_GAP = 36  # of panels, with the row numbers in it
_MARGIN = 20
_HEAD = 116  # from the margin to the first row of slots
_AZIMUTH, _ELEVATION = -72.0, 32.0
_RISE = math.sqrt(0.5)
_LETTERS = "BR"


def _colours(style: Style) -> dict[str, RGB]:
    return {
        "page": style.background,
        "panel": style.tone(style.pick((234, 229, 217), (44, 50, 64))),
        "board": style.tone(style.pick((205, 186, 152), (92, 84, 74))),
        "mark": style.tone(style.pick((168, 146, 108), (126, 116, 102))),
        "ring": style.pick((120, 118, 112), (142, 146, 156)),
        "blue": style.shade((28, 74, 178)),
        "blue light": style.shade((128, 170, 255)),
        "red": style.shade((226, 82, 62)),
        "red light": style.shade((255, 214, 196)),
        "edge": (12, 14, 20),
        "white": (255, 255, 255),
        "ink": style.ink,
    }


@lru_cache(maxsize=1)
def _inks() -> tuple[Inks, dict[str, int], dict[str, Codes]]:
    """The inks of every picture: their codes by name, and ramps."""
    inks = Inks(_colours(Style()), _colours(resolve("dark")))
    code = {name: inks.ink(name) for name in _colours(Style())}
    ramps = {"page": inks.ramp(code["page"], code["ink"])}
    ramps["B"] = inks.ramp(code["blue"], code["white"])
    ramps["R"] = inks.ramp(code["red"], code["edge"])
    ramps["hole"] = inks.ramp(code["panel"], code["ring"])
    for name in ("blue", "red"):
        dark = inks.ink(name, 0.42)
        shades = [inks.blend(dark, code[name], i / 4) for i in range(4)]
        shades += [inks.blend(code[name], code[f"{name} light"], i / 5) for i in range(5)]
        ramps[f"{name} ball"] = np.array(shades, np.uint8)
        ramps[f"{name} disc"] = inks.ramp(code["panel"], code[name])
    inks.ramp(code["board"], code["mark"])
    # What lies under soft edges comes first.
    for under in (*ramps["blue ball"], *ramps["red ball"], code["page"], code["board"]):
        inks.ramp(int(under), code["edge"])
    inks.freeze(code["edge"])
    return inks, code, ramps


@dataclass(frozen=True, eq=False)
class _Stage:
    """What all pictures of one size share; places of slots are centres."""

    ground: Codes
    view: View
    discs: tuple[Sprite, Sprite]
    balls: tuple[Sprite, Sprite]
    in_strip: tuple[Pixel, ...]
    in_pile: tuple[Pixel, ...]
    order: tuple[int, ...]
    text: int
    status: tuple[Pixel, Pixel]


def draw(state: State, style: Style, reserves: bool) -> Picture:
    """Draw a position; without reserves where they would tell the number of balls."""
    inks, _, ramps = _inks()
    stage = _stage(_scale_of(style, state.n), style.face, state.n)
    scene = Scene(inks, stage.ground)
    for i in stage.order:
        content = state.cells[i]
        if content != EMPTY:
            scene.paste(stage.discs[content], stage.in_strip[i])
            scene.paste(stage.balls[content], stage.in_pile[i])
    for text, (x, y) in zip(status_lines(state, reserves), stage.status, strict=False):
        halo_text(scene.array, text, x, y, stage.text, ramps["page"], "left", style.face)
    return Picture(scene.array, _palette(style))


def strip_places(state: State, style: Style) -> tuple[Pixel, ...]:
    """Return where the centre of each slot is in the levels as seen from above."""
    return _stage(_scale_of(style, state.n), style.face, state.n).in_strip


def _design_size(n: int) -> tuple[int, int]:
    strip = sum((n - k) * _CELL[n] + _GAP for k in range(n))
    height = 2 * _MARGIN + _HEAD + n * _CELL[n] + 70 + _PILE
    return max(_WIDTH, strip + 2 * _MARGIN), height


def _scale_of(style: Style, n: int) -> float:
    """Return the scale of a picture, in fiftieths so that pictures share their stages."""
    width, height = _design_size(n)
    wanted = max(style.scale, math.sqrt(style.min_pixels / (width * height)), 0.96)
    return min(math.ceil(wanted * 50), math.floor(MAX_SIDE / max(width, height) * 50)) / 50


@lru_cache(maxsize=64)
def _palette(style: Style) -> npt.NDArray[np.uint8]:
    table = _inks()[0].table(_colours(style))
    table.setflags(write=False)
    return table


@lru_cache(maxsize=128)
def _stage(scale: float, face: str, n: int) -> _Stage:
    inks, code, ramps = _inks()

    def px(length: float) -> int:
        return math.floor(length * scale + 0.5)

    width, height = (px(side) for side in _design_size(n))
    text, margin, cell = max(14, px(15)), px(_MARGIN), px(_CELL[n])
    canvas = Canvas(height, width, code["page"], inks.rgb)
    array = canvas.array
    lines = [margin + px(8) + round(row * 1.75 * text) for row in range(3)]
    discs = (_disc(inks, ramps, cell, 0), _disc(inks, ramps, cell, 1))
    scene = Scene(inks, array)
    x = margin + px(12)
    for player, name in enumerate(PLAYERS):
        scene.paste(_disc(inks, ramps, px(24), player), (x, lines[0]))
        words = f"{name} ({COLOURS[player]})"
        halo_text(scene.array, words, x + px(20), lines[0], text, ramps["page"], "left", face)
        x += px(20) + text_width(words, text, face) + px(36)
    array = scene.array

    shape = shape_of(n)
    strip = sum((n - k) * cell + px(_GAP) for k in range(n))
    corners = []
    x = (width - strip) // 2
    bottom = margin + px(_HEAD) + n * cell
    hole = _hole(inks, ramps, cell)
    for k in range(n):
        side = n - k
        x += px(_GAP) if k else px(_GAP) * 3 // 4
        corners.append((x, bottom))
        top = bottom - side * cell
        array[top:bottom, x : x + side * cell] = code["panel"]
        middle = x + side * cell / 2
        halo_text(array, f"Level {k}", middle, top - px(16), text, ramps["page"], face=face)
        for i in range(side):
            middle = (i + 0.5) * cell
            halo_text(array, str(i), x + middle, bottom + px(14), text, ramps["page"], face=face)
            halo_text(array, str(i), x - px(12), bottom - middle, text, ramps["page"], face=face)
        x += side * cell
    in_strip = []
    for slot in shape.slots:
        left, low = corners[slot.k]
        in_strip.append((left + slot.x * cell + cell // 2, low - slot.y * cell - cell + cell // 2))
    scene = Scene(inks, array)
    for place in in_strip:
        scene.paste(hole, place)

    area = (margin, bottom + px(40), width - 2 * margin, height - bottom - px(40) - margin)
    points = [
        *((a, b, 0.0) for a in (-1.2, n + 0.2) for b in (-0.9, n + 0.4)),
        (n / 2, n / 2, (n - 1) * _RISE + 1.0),
    ]
    view = View.fitted(_AZIMUTH, _ELEVATION, points, area[2], area[3], even=True)
    origin = view.origin(points, area)
    _draw_base(scene, view, origin, n, text, face)
    ground = scene.array
    ground.setflags(write=False)
    centres = [(s.x + 0.5 + s.k / 2, s.y + 0.5 + s.k / 2, 0.5 + s.k * _RISE) for s in shape.slots]
    radius = 0.5 * math.sqrt(view.x[0] ** 2 + view.y[0] ** 2)
    return _Stage(
        ground=ground,
        view=view,
        discs=discs,
        balls=(
            ball(inks, radius, ramps["blue ball"]),
            ball(inks, radius, ramps["red ball"]),
        ),
        in_strip=tuple(in_strip),
        in_pile=tuple(view.at(centre, origin) for centre in centres),
        order=tuple(sorted(range(len(centres)), key=lambda i: view.nearness(centres[i]))),
        text=text,
        status=((margin, lines[1]), (margin, lines[2])),
    )


def _disc(inks: Inks, ramps: dict[str, Codes], cell: int, player: int) -> Sprite:
    """A ball seen from above, with its colour's letter."""
    name = ("blue", "red")[player]
    levels = circle_coverage(cell, cell, cell / 2, cell / 2, cell * 0.44)
    codes = ramps[f"{name} disc"][levels]
    letter = _LETTERS[player]
    size = max(14, round(cell * 0.42))
    mask = text_mask(letter, size, "bold")[:size]
    y, x = (cell - size) // 2, (cell - mask.shape[1]) // 2
    part = codes[y : y + size, x : x + mask.shape[1]]
    np.copyto(part, ramps[letter][mask], where=mask > 0)
    return stamp(inks, codes, levels > 0, (-(cell // 2), -(cell // 2)))


def _hole(inks: Inks, ramps: dict[str, Codes], cell: int) -> Sprite:
    """An empty slot: a ring."""
    width = max(1.5, cell * 0.05)
    outer = circle_coverage(cell, cell, cell / 2, cell / 2, cell * 0.36 + width)
    inner = circle_coverage(cell, cell, cell / 2, cell / 2, cell * 0.36)
    levels = np.clip(outer.astype(np.int64) - inner, 0, SHADES)
    return stamp(inks, ramps["hole"][levels], levels > 0, (-(cell // 2), -(cell // 2)))


def _draw_base(scene: Scene, view: View, origin: Pixel, n: int, text: int, face: str) -> None:
    """Draw the board that the pile stands on, a ring for each slot, and its numbers."""
    inks, code, ramps = _inks()
    scene.paste(panel(view, inks, TOP, code["board"], (n, n)), origin)
    array = scene.array
    for x in range(n):
        for y in range(n):
            left, top = view.at((x + 0.5, y + 0.5, 0), origin)
            ring = [
                (left + a * view.x[0] + b * view.y[0], top + a * view.x[1] + b * view.y[1])
                for a, b in circle_points(0.0, 0.0, 0.3)
            ]
            line(array, inks, ring, 1.6, code["mark"])
    for i in range(n):
        for name, at in ((f"{i}", (i + 0.5, -0.4, 0)), (f"{i}", (-0.8, i + 0.5, 0))):
            x, y = view.at(at, origin)
            halo_text(array, name, x, y, text, ramps["page"], face=face)
    for name, at in (("x", (n + 0.1, -0.4, 0)), ("y", (-0.8, n + 0.2, 0))):
        x, y = view.at(at, origin)
        halo_text(array, name, x, y, text, ramps["page"], face="bold")
