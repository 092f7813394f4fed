"""The scene from a corner of its ground, each block a cached sprite; and what of it can be seen."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import MAX_SIDE, Picture, Style, fill_convex
from gameqa.drawing.blocks import (
    TOP,
    IdBuffer,
    Pixel,
    Scene,
    Skin,
    Sprite,
    View,
    box,
    halo_text,
    line,
    panel,
)
from gameqa.games.minecraft.rules import Cell, Ground, State, turn
from gameqa.games.minecraft.skins import axis_ramp, colours, ground_texture, inks, plain_skin, skin

_WIDTH, _HEIGHT = 740, 560  # at scale 1
_SMALL = 240, 182  # of the ids that a generator looks at
_DEPTH = 0.45  # of the ground slab
_TILE, _FIGURE = 1, 2
_FIGURE_PARTS = (
    # name, size, and where it stands in its cell, height included
    ("trousers", (0.4, 0.4, 0.8), (0.3, 0.3, 0.0)),
    ("shirt", (0.5, 0.5, 0.65), (0.25, 0.25, 0.8)),
    ("skin", (0.4, 0.4, 0.35), (0.3, 0.3, 1.45)),
    ("hair", (0.42, 0.42, 0.2), (0.29, 0.29, 1.8)),
)
Spot = tuple[int, int, int]
"""A cell as the picture has it: turned so that the viewer stands at large x and y, z up."""


@dataclass(frozen=True)
class _Thing:
    """Something on the ground: what sprite it is, where, and who owns its pixels."""

    spot: Spot
    sprite: str
    owner: int


def tile_owner() -> int:
    """The number that owns the pixels of the player's red cell."""
    return _TILE


def figure_owner() -> int:
    """The number that owns the pixels of the player's figure."""
    return _FIGURE


def ground_owner(state: State, cell: Ground) -> int:
    """The number that owns the pixels of a ground cell."""
    x, y = turned(state, cell)
    return _owner(_size(state), x, y, -1)


def block_owner(state: State, cell: Cell) -> int:
    """The number that owns the pixels of a block."""
    x, y = turned(state, (cell[0], cell[2]))
    return _owner(_size(state), x, y, cell[1])


def _owner(size: int, x: int, y: int, z: int) -> int:
    return 16 + (z + 1) * size * size + x * size + y


def draw(state: State, style: Style) -> Picture:
    """Draw a scene."""
    return Picture(scene_of(state, style).array, _palette(style, state.look))


def scene_of(state: State, style: Style, ids: bool = False) -> Scene:
    """Draw a scene; with ``ids``, things own their pixels by the numbers of this module."""
    scale = _scale_of(style)
    stage = _stage_of(state, scale)
    height, width = stage.ground.shape
    scene = Scene(inks()[0], stage.ground, IdBuffer(height, width) if ids else None)
    view, origin = stage.view, stage.origin
    _number_axes(scene.array, state, stage, scale, style.face)
    for thing in _floor(state):
        scene.paste(_sprite(view, thing.sprite), view.at(thing.spot, origin), thing.owner)
    for start, end in _shores(state):
        first, last = view.at(start, origin), view.at(end, origin)
        _shore(scene.array, first, last)
    for spot in _feet(state):
        shadow = _sprite(view, "shadow")
        scene.shade(shadow, view.at((spot[0] - 0.16, spot[1] - 0.16, 0), origin), 2)
    for thing in sorted(_things(state), key=lambda thing: view.nearness(thing.spot)):
        if thing.sprite == "figure":
            for name, _, offset in _FIGURE_PARTS:
                place = [a + b for a, b in zip(thing.spot, offset, strict=True)]
                scene.paste(_sprite(view, name), view.at(place, origin), thing.owner)
        else:
            scene.paste(_sprite(view, thing.sprite), view.at(thing.spot, origin), thing.owner)
    return scene


def glimpse(state: State) -> IdBuffer:
    """Return who owns which pixels of a small picture of a scenery."""
    azimuth, elevation = state.camera
    view, origin, floor = _small_floor(azimuth % 90, elevation, _size(state), _tall(state))
    ids = IdBuffer(0, 0, floor)
    for thing in sorted(_things(state), key=lambda thing: view.nearness(thing.spot)):
        ids.paste(_shape(view, "block"), view.at(thing.spot, origin), thing.owner)
    return ids


def toward_viewer(state: State) -> tuple[float, float, float]:
    """The direction towards the viewer on the turned ground, z up; all parts are positive."""
    azimuth, elevation = state.camera
    view, _ = _turned_view(azimuth % 90, elevation, _size(state), _tall(state), _WIDTH, _HEIGHT)
    x, y, z = view.toward
    return float(x), float(y), float(z)


@lru_cache(maxsize=128)
def _small_floor(
    azimuth: int, elevation: int, size: int, tall: int
) -> tuple[View, Pixel, IdBuffer]:
    """The ids of the bare ground."""
    width, height = _SMALL
    view, origin = _turned_view(azimuth, elevation, size, tall, width, height)
    ids = IdBuffer(height, width)
    for x in range(size):
        for y in range(size):
            ids.paste(_shape(view, "tile"), view.at((x, y, 0), origin), _owner(size, x, y, -1))
    return view, origin, ids


def turned(state: State, cell: Ground) -> tuple[int, int]:
    """Turn a ground cell so that the viewer stands where both numbers are largest."""
    left, _, back, _ = state.extent
    return turn(cell[0] - left, cell[1] - back, _size(state), state.camera[0] // 90)


def _spot(state: State, cell: Cell) -> Spot:
    x, y = turned(state, (cell[0], cell[2]))
    return x, y, cell[1]


def _floor(state: State) -> Iterator[_Thing]:
    """Yield what lies in the ground."""
    for kind, cells in (("water", state.water), ("lava", state.lava)):
        for cell in cells:
            x, y = turned(state, cell)
            yield _Thing((x, y, 0), kind, ground_owner(state, cell))
    if state.player is not None:
        x, y = turned(state, state.player)
        yield _Thing((x, y, 0), "red", _TILE)


def _things(state: State) -> Iterator[_Thing]:
    """Yield what stands on the ground."""
    ladders = set(state.ladders)
    spots = {_spot(state, cell) for cell, _ in state.blocks}
    for cell, kind in state.blocks:
        x, y, z = _spot(state, cell)
        if {(x + 1, y, z), (x, y + 1, z), (x, y, z + 1)} <= spots:
            continue  # nothing of it can be seen
        name = f"{kind}+ladder" if cell in ladders else kind
        yield _Thing(_spot(state, cell), name, block_owner(state, cell))
    if state.target is not None:
        cell, kind = state.target
        yield _Thing(_spot(state, cell), kind, block_owner(state, cell))
    if state.player is not None:
        x, y = turned(state, state.player)
        yield _Thing((x, y, 0), "figure", _FIGURE)


def _feet(state: State) -> list[tuple[int, int]]:
    cells = [cell for cell, _ in state.blocks]
    if state.target is not None:
        cells.append(state.target[0])
    feet = {turned(state, (x, z)) for x, y, z in cells if y == 0}
    # No shadow in the air beside the ground.
    return sorted(spot for spot in feet if min(spot) > 0 and max(spot) < _size(state) - 1)


def _shores(state: State) -> Iterator[tuple[Spot, Spot]]:
    """Yield the lines between water and land."""
    water = {turned(state, cell) for cell in state.water}
    size = _size(state)
    for x, y in sorted(water):
        for dx, dy, start, end in (
            (-1, 0, (x, y, 0), (x, y + 1, 0)),
            (1, 0, (x + 1, y, 0), (x + 1, y + 1, 0)),
            (0, -1, (x, y, 0), (x + 1, y, 0)),
            (0, 1, (x, y + 1, 0), (x + 1, y + 1, 0)),
        ):
            beside = x + dx, y + dy
            if beside not in water and 0 <= beside[0] < size and 0 <= beside[1] < size:
                yield start, end


def _shore(array: npt.NDArray[np.uint8], first: Pixel, last: Pixel) -> None:
    """A line three pixels thick, cheap because it follows whole pixels."""
    steps = max(abs(last[0] - first[0]), abs(last[1] - first[1]), 1)
    along = np.arange(steps + 1)
    xs = first[0] + (along * (last[0] - first[0]) + steps // 2) // steps
    ys = first[1] + (along * (last[1] - first[1]) + steps // 2) // steps
    code = inks()[1]["shore"]
    for dy in (-1, 0, 1):
        array[ys + dy, xs] = code


def _size(state: State) -> int:
    left, right, _, _ = state.extent
    return right - left + 1


def _tall(state: State) -> int:
    """For how many layers there is room, in few steps so that scenes share their views."""
    layers = [cell[1] + 1 for cell, _ in state.blocks] + [2]
    if state.target is not None:
        layers.append(state.target[0][1] + 1)
    return next(height for height in (3, 5, 7, 9) if height >= max(layers))


def _scale_of(style: Style) -> float:
    """The scale of a style's pictures, in steps of 1/10, so that many styles share sprites."""
    wanted = max(style.scale, math.sqrt(style.min_pixels / (_WIDTH * _HEIGHT)), 0.9)
    return min(math.ceil(wanted * 10 - 1e-9), math.floor(MAX_SIDE / _WIDTH * 10)) / 10


@lru_cache(maxsize=256)
def _palette(style: Style, look: tuple[int, int]) -> npt.NDArray[np.uint8]:
    table = inks()[0].table(colours(style, look))
    table.setflags(write=False)
    return table


@lru_cache(maxsize=128)
def _turned_view(
    azimuth: int, elevation: int, size: int, tall: int, width: int, height: int
) -> tuple[View, Pixel]:
    air = 0.9 if width > _SMALL[0] else 0.0  # room for the numbers along the near edges
    far = size + air
    points = [
        *((x, y, -_DEPTH) for x in (0.0, far) for y in (0.0, far)),
        # Towers stand at least one cell from the edges.
        *((x, y, float(tall)) for x in (1.0, size - 1.0) for y in (1.0, size - 1.0)),
    ]
    view = View.fitted(azimuth, elevation, points, width * 0.96, height * 0.96)
    return view, view.origin(points, (0, 0, width, height))


@dataclass(frozen=True, eq=False)
class _Stage:
    ground: npt.NDArray[np.uint8]
    view: View
    origin: Pixel


def _stage_of(state: State, scale: float) -> _Stage:
    azimuth, elevation = state.camera
    return _stage(azimuth % 90, elevation, _size(state), _tall(state), scale)


@lru_cache(maxsize=160)
def _stage(azimuth: int, elevation: int, size: int, tall: int, scale: float) -> _Stage:
    """Sky, and ground with its grid."""
    ink, code = inks()
    width, height = math.floor(_WIDTH * scale + 0.5), math.floor(_HEIGHT * scale + 0.5)
    view, origin = _turned_view(azimuth, elevation, size, tall, width, height)
    array = np.full((height, width), code["sky"], np.uint8)

    def at(x: float, y: float, z: float = 0.0) -> Pixel:
        return view.at((x, y, z), origin)

    top = [at(0, 0), at(size, 0), at(size, size), at(0, size)]
    low = [at(size, 0, -_DEPTH), at(size, size, -_DEPTH), at(0, size, -_DEPTH)]
    fill_convex(array, top, code["grass"])
    fill_convex(array, [top[1], top[2], low[1], low[0]], code["dirt.right"])
    fill_convex(array, [top[2], top[3], low[2], low[1]], code["dirt.left"])
    for i in range(1, size):
        line(array, ink, [at(i, 0), at(i, size)], 1.3, code["grid"])
        line(array, ink, [at(0, i), at(size, i)], 1.3, code["grid"])
    for edge in ([*top, top[0]], [top[1], *low, top[3]], [top[2], low[1]]):
        line(array, ink, edge, 1.8, code["edge"])
    array.setflags(write=False)
    return _Stage(array, view, origin)


def _number_axes(
    array: npt.NDArray[np.uint8], state: State, stage: _Stage, scale: float, face: str
) -> None:
    """Write the numbers of x and z along the near edges of the ground."""
    left, _, back, _ = state.extent
    size, view, origin = _size(state), stage.view, stage.origin
    text = max(14, math.floor(15 * scale + 0.5))
    ramp = axis_ramp()
    out, near = size + 1.4, size + 0.5
    for axis, start, step in (("x", left, (1, 0)), ("z", back, (0, 1))):
        cells = [turned(state, (left + i * step[0], back + i * step[1])) for i in range(size)]
        # Which of the two near edges the axis runs along depends on the quarter turns.
        runs_first = cells[0][0] != cells[-1][0]
        for i, (u, v) in enumerate(cells):
            place = (u + 0.5, near, -_DEPTH) if runs_first else (near, v + 0.5, -_DEPTH)
            x, y = view.at(place, origin)
            halo_text(array, str(start + i), x, y, text, ramp, face=face)
        place = (size / 2, out, -_DEPTH) if runs_first else (out, size / 2, -_DEPTH)
        x, y = view.at(place, origin)
        halo_text(array, axis, x, y, text + 3, ramp, face=face)


@lru_cache(maxsize=2048)
def _sprite(view: View, name: str) -> Sprite:
    ink, code = inks()
    if name in ("water", "lava"):
        return panel(view, ink, TOP, ground_texture(name), border=1.2)
    if name == "red":
        return panel(view, ink, TOP, code["red"], border=1.6)
    if name == "shadow":
        return panel(view, ink, TOP, code["grass"], (1.32, 1.32), border=0)
    for part, size, _ in _FIGURE_PARTS:
        if name == part:
            return box(view, ink, plain_skin(name), size, border=1.2)
    return box(view, ink, skin(name))


@lru_cache(maxsize=512)
def _shape(view: View, name: str) -> Sprite:
    """The mere outline of a thing."""
    ink, code = inks()
    grey = code["grass"]
    if name == "tile":
        return panel(view, ink, TOP, grey, border=0)
    return box(view, ink, Skin(grey, grey, grey), border=0)
