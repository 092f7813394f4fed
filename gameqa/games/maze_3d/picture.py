"""The maze above its ground: cubes and ladders from far to near, numbers, compass and legend."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import MAX_SIDE, RGB, Canvas, Picture, Style, resolve
from gameqa.drawing.blocks import (
    LEFT,
    RIGHT,
    SHADING,
    TOP,
    Codes,
    IdBuffer,
    Inks,
    Pixel,
    Scene,
    Skin,
    Sprite,
    View,
    box,
    halo_text,
    line,
    panel,
    stamp,
)
from gameqa.drawing.font import text_mask, text_width
from gameqa.games.maze_3d.rules import LEFT_FORWARD, RIGHT_FORWARD, STEPS, UP, Cell, Grid, State
from gameqa.games.maze_3d.sight import LADDER_SPAN, ladder_faces, ladder_pieces, point, view_of

LABEL_OWNER = 1000
"""In the ids, number n owns its digit as this plus n; the goal's letter is number 0."""

_UNIT = 44
_DIGIT = 20
_KINDS = ("plain", "start", "goal", "numbered")


def _colours(style: Style) -> dict[str, RGB]:
    return {
        "page": style.background,
        "ground": style.tone(style.pick((235, 232, 224), (46, 52, 65))),
        "grid": style.tone(style.pick((214, 209, 198), (66, 74, 90))),
        "plain": style.pick((208, 210, 214), (176, 181, 190)),
        "start": style.shade((112, 170, 255)),
        "goal": style.shade((255, 122, 108)),
        "numbered": style.shade((118, 214, 122)),
        "edge": style.pick((34, 38, 46), (10, 12, 16)),
        "wood": style.pick((132, 74, 24), (255, 190, 92)),
        "rim": style.pick((66, 34, 8), (84, 46, 8)),
        "digit": (16, 18, 22),
        "ink": style.ink,
    }


@lru_cache(maxsize=1)
def _inks() -> tuple[Inks, dict[str, int], dict[str, Codes]]:
    """The inks of every picture: their codes by name, and ramps to text from what is below it."""
    inks = Inks(_colours(Style()), _colours(resolve("dark")))
    code = {name: inks.ink(name) for name in _colours(Style())}
    shaded = {f"{kind} {shade}": inks.ink(kind, shade) for kind in _KINDS for shade in SHADING}
    code |= shaded
    ramps = {kind: inks.ramp(code[kind], code["digit"]) for kind in _KINDS[1:]}
    ramps["start side"] = inks.ramp(code[f"start {SHADING[1]}"], code["digit"])
    ramps["page"] = inks.ramp(code["page"], code["ink"])
    inks.ramp(code["ground"], code["grid"])
    # What lies under soft edges comes first.
    for name in ("page", "ground", "grid", "wood", "rim", *shaded):
        inks.ramp(code[name], code["edge"])
    inks.freeze(code["edge"])
    return inks, code, ramps


@dataclass(frozen=True, eq=False)
class _Sprites:
    """What all pictures of one scale share."""

    view: View
    cubes: dict[str, Sprite]
    pieces: dict[int, Sprite]
    shadow: Sprite
    names: dict[str, Sprite]
    side_letter: Sprite


@dataclass(frozen=True, eq=False)
class _Stage:
    """The ground of a picture, with all that does not depend on the maze."""

    ground: Codes
    origin: Pixel


def draw(state: State, style: Style) -> Picture:
    """Draw a maze."""
    return Picture(scene_of(state, style).array, _palette(style))


def scene_of(state: State, style: Style, ids: bool = False) -> Scene:
    """Draw a maze; with ``ids``, cubes, then ladders own their pixels by their place from 1 on."""
    unit = _unit_of(style, state.grid)
    sprites = _sprites(unit)
    stage = _stage(unit, style.margin, style.face, state.grid)
    view, origin = sprites.view, stage.origin
    height, width = stage.ground.shape
    scene = Scene(_inks()[0], stage.ground, IdBuffer(height, width) if ids else None)
    for l, r in sorted({(l, r) for l, r, h in state.cubes if h}):  # noqa: E741 - the axes' names
        scene.shade(sprites.shadow, view.at(point((l, r, 0)), origin), 2)

    kinds = {marker.pos: "numbered" for marker in state.markers}
    kinds |= {state.start: "start", state.goal: "goal"}
    names = {marker.pos: marker.label for marker in state.markers} | {state.goal: 0}
    things: list[tuple[float, int, Cell, int, int]] = []
    for owner, cube in enumerate(state.cubes, 1):
        things.append((view.nearness(point(cube)), 0, cube, owner, 0))
    faces = ladder_faces(state.cubes, state.ladders)
    for owner, (ladder, face) in enumerate(zip(state.ladders, faces, strict=True), 1):
        for piece in ladder_pieces(ladder, face):
            nearness = view.nearness(point(piece.cell))
            things.append((nearness, 1, piece.cell, len(state.cubes) + owner, face))
    for _, _, cell, owner, face in sorted(things):
        place = view.at(point(cell), origin)
        if face:
            scene.paste(sprites.pieces[face], place, owner)
            continue
        kind = kinds.get(cell, "plain")
        scene.paste(sprites.cubes[kind], place, owner)
        if kind == "start":
            scene.paste(sprites.side_letter, place, owner)
        if cell in names:
            name = sprites.names[f"{kind} {names[cell]}"]
            scene.paste(name, place, LABEL_OWNER + names[cell])
    return scene


def _unit_of(style: Style, grid: Grid) -> int:
    """Return the pixels a unit: digits need 44; more where a larger picture is asked for."""
    unit = max(_UNIT, style.px(_UNIT))
    while math.prod(_size(unit, style.margin, grid)) < style.min_pixels:
        if max(_size(unit + 1, style.margin, grid)) > MAX_SIDE:
            break  # `Picture.padded` adds what is missing
        unit += 1
    return unit


@lru_cache(maxsize=512)
def _size(unit: int, margin: int, grid: Grid) -> tuple[int, int]:
    left, top, right, bottom = view_of(unit).bounds(_corners(grid))
    least = 2 * _compass_width(unit) + _text(unit) * 9
    return 2 * margin + max(right - left, least), 2 * margin + bottom - top + _header(unit)


def _header(unit: int) -> int:
    return round(1.1 * unit)


def _text(unit: int) -> int:
    return max(14, round(unit * 0.34))


def _compass_width(unit: int) -> int:
    return text_width(RIGHT_FORWARD, _text(unit), "bold") + unit


def _corners(grid: Grid) -> list[tuple[float, float, float]]:
    return [
        point((l, r, h))
        for l in (0, grid.l)  # noqa: E741 - the axes' names
        for r in (0, grid.r)
        for h in (0, grid.height)
    ]


@lru_cache(maxsize=64)
def _palette(style: Style) -> npt.NDArray[np.uint8]:
    table = _inks()[0].table(_colours(style))
    table.setflags(write=False)
    return table


@lru_cache(maxsize=16)
def _sprites(unit: int) -> _Sprites:
    inks, code, ramps = _inks()
    view = view_of(unit)
    cubes = {
        kind: box(view, inks, Skin(*(code[f"{kind} {shade}"] for shade in SHADING)), border=1.8)
        for kind in _KINDS
    }
    digit = max(_DIGIT, math.floor(0.43 * unit))
    top, side = view.at((0.5, 0.5, 1.0)), view.at((0.0, 0.5, 0.5))
    texts = {f"numbered {label}": str(label) for label in range(1, 10)}
    texts |= {f"start {label}": str(label) for label in range(1, 10)} | {"goal 0": "G"}
    return _Sprites(
        view=view,
        cubes=cubes,
        pieces={
            face: panel(view, inks, face, _rungs(code, face), border=0, holes=0)
            for face in (LEFT, RIGHT)
        },
        shadow=panel(view, inks, TOP, code["ground"], border=0),
        names={
            name: _name(inks, text, digit, ramps[name.split()[0]], top)
            for name, text in texts.items()
        },
        side_letter=_name(inks, "S", digit, ramps["start side"], side),
    )


def _name(inks: Inks, text: str, height: int, ramp: Codes, at: Pixel) -> Sprite:
    """A digit or letter as a sprite, centred on a place as seen from its cube's anchor."""
    mask = text_mask(text, height, "bold")[:height]
    left, top = at[0] - mask.shape[1] // 2, at[1] - height // 2
    return stamp(inks, ramp[mask], mask > 0, (left, top))


def _rungs(code: dict[str, int], face: int) -> Codes:
    """One unit of a ladder as a texture; code 0 is what one sees through."""
    size = 96
    texture = np.zeros((size, size), np.uint8)
    first, last = (round(size * share) for share in LADDER_SPAN[face])
    # Seen from farther aside, the RIGHT face is narrower on the screen.
    rail, rim = (10, 3) if face == LEFT else (15, 5)
    for grow, name in ((3, "rim"), (0, "wood")):
        for y in (16, 48, 80):
            texture[y - 5 - grow : y + 5 + grow, first:last] = code[name]
        inset = 0 if grow else rim
        for x in (first, last - rail):
            texture[:, x + inset : x + rail - inset] = code[name]
    return texture


@lru_cache(maxsize=160)
def _stage(unit: int, margin: int, face: str, grid: Grid) -> _Stage:
    inks, code, _ = _inks()
    view = view_of(unit)
    width, height = _size(unit, margin, grid)
    canvas = Canvas(height, width, code["page"], inks.rgb)
    header = _header(unit)
    area = (margin, margin + header, width - 2 * margin, height - 2 * margin - header)
    origin = view.origin(_corners(grid), area)
    scene = Scene(inks, canvas.array)
    scene.paste(panel(view, inks, TOP, code["ground"], (grid.r, grid.l), 0), origin)
    array = scene.array
    for l in range(grid.l + 1):  # noqa: E741 - the axes' names
        _draw_line(array, view, origin, (l, 0, 0), (l, grid.r, 0), code["grid"])
    for r in range(grid.r + 1):
        _draw_line(array, view, origin, (0, r, 0), (grid.l, r, 0), code["grid"])
    _draw_compass(array, view, unit, margin, face)
    _draw_legend(scene, unit, margin, face)
    array.setflags(write=False)
    return _Stage(array, origin)


def _draw_line(array: Codes, view: View, origin: Pixel, start: Cell, end: Cell, ink: int) -> None:
    line(array, _inks()[0], [view.at(point(p), origin) for p in (start, end)], 1.4, ink)


def _draw_compass(array: Codes, view: View, unit: int, margin: int, face: str) -> None:
    """Draw the three directions as arrows from one point, at the upper left."""
    inks, code, ramps = _inks()
    text = _text(unit)
    reach = round(1.1 * -view.y[0]) + text // 2
    centre = margin + text_width(LEFT_FORWARD, text, face) + reach, margin + round(1.5 * unit)
    for name, anchor in ((LEFT_FORWARD, "right"), (RIGHT_FORWARD, "left"), (UP, "bottom")):
        end = view.at(point(tuple(1.1 * part for part in STEPS[name])), centre)
        line(array, inks, [centre, end], 2.6, code["ink"])
        across, down = end[0] - centre[0], end[1] - centre[1]
        size = 0.6 * text / math.sqrt(across * across + down * down)
        dx, dy = across * size, down * size
        for turn in (0.5, -0.5):
            barb = end[0] - dx + turn * dy, end[1] - dy - turn * dx
            line(array, inks, [barb, end], 2.6, code["ink"])
        air = text // 2
        x = end[0] + {"left": air, "right": -air, "bottom": 0}[anchor]
        y = end[1] - (air if anchor == "bottom" else 0)
        halo_text(array, name, x, y, text, ramps["page"], anchor, face)


def _draw_legend(scene: Scene, unit: int, margin: int, face: str) -> None:
    """Explain the coloured cubes, at the upper right."""
    inks, code, ramps = _inks()
    text = _text(unit)
    small = view_of(unit * 0.32)
    words = ("S: start", "G: goal", "numbered")
    x = scene.array.shape[1] - margin - max(text_width(word, text, face) for word in words)
    for row, (kind, word) in enumerate(zip(_KINDS[1:], words, strict=True)):
        y = margin + round((0.5 + row * 1.7) * text)
        skin = Skin(*(code[f"{kind} {shade}"] for shade in SHADING))
        at = small.at((0.5, 0.5, 0.5), (-x + round(1.1 * text), -y))
        scene.paste(box(small, inks, skin), (-at[0], -at[1]))
        halo_text(scene.array, word, x, y, text, ramps["page"], "left", face)
