"""The structure in its grid with numbered axes, and the two target silhouettes beside it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import MAX_SIDE, RGB, Canvas, Picture, Style, resolve, text_width
from gameqa.drawing.blocks import (
    LEFT,
    RIGHT,
    SHADING,
    TOP,
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
from gameqa.games.reconstruction_3d.rules import SIDE, Cell, Matrix, State
from gameqa.games.reconstruction_3d.sight import AZIMUTH, ELEVATION

_WIDTH, _HEIGHT = 660, 520  # at scale 1
_CORNERS = tuple((float(x), float(y), float(z)) for x in (0, 3) for y in (0, 3) for z in (0, 3))
_FRINGE = ((4.0, 0.0, 0.0), (4.0, 3.0, 0.0), (0.0, 4.0, 0.0), (3.0, 4.0, 0.0))
"""Where the labels of x and y end."""
_AXIS_INKS = ("axis_x", "axis_y", "axis_z")


def _colours(style: Style) -> dict[str, RGB]:
    page = style.background
    return {
        "page": page,
        "floor": style.tone(style.pick((226, 228, 226), (52, 58, 70))),
        "wall": style.tone(style.pick((238, 240, 241), (40, 46, 57))),
        "grid": style.tone(style.pick((176, 182, 186), (86, 95, 112))),
        "voxel": style.tone(style.pick((92, 186, 178), (76, 176, 168))),
        "edge": style.pick((20, 34, 38), (8, 12, 16)),
        "filled": style.tone(style.pick((36, 62, 122), (104, 158, 250))),
        "empty": style.tone(style.pick((250, 250, 248), (34, 39, 50))),
        "post": style.tone(style.pick((92, 108, 112), (150, 166, 176))),
        "frame": style.pick((70, 78, 92), (150, 158, 172)),
        "ink": style.ink,
        "axis_x": style.pick((178, 30, 30), (255, 138, 128)),
        "axis_y": style.pick((18, 112, 44), (118, 214, 132)),
        "axis_z": style.pick((32, 70, 184), (142, 178, 255)),
    }


@lru_cache(maxsize=1)
def _inks() -> tuple[Inks, dict[str, int], dict[str, npt.NDArray[np.uint8]]]:
    """The inks of every picture: their codes by name, and ramps from the page to text inks."""
    inks = Inks(_colours(Style()), _colours(resolve("dark")))
    code = {name: inks.ink(name) for name in _colours(Style())}
    for face, shade in zip(("top", "left", "right"), SHADING, strict=True):
        code[face] = inks.ink("voxel", shade)
    ramps = {name: inks.ramp(code["page"], code[name]) for name in ("ink", *_AXIS_INKS)}
    for ground in ("floor", "wall"):
        inks.ramp(code[ground], code["grid"])
    inks.freeze(code["edge"])
    return inks, code, ramps


@dataclass(frozen=True, eq=False)
class _Stage:
    """What all pictures of one size share."""

    ground: npt.NDArray[np.uint8]
    view: View
    origin: Pixel
    cube: Sprite
    floor_tile: Sprite
    posts: Sprite
    cell: int
    panel_left: int
    panel_tops: tuple[int, int]
    budget: Pixel
    text: int


def draw(state: State, style: Style) -> Picture:
    """Draw a state."""
    return Picture(scene_of(state, style).array, _palette(style))


def scene_of(state: State, style: Style, ids: bool = False) -> Scene:
    """Draw a state; with ``ids``, voxel i (from 0) of the state owns its pixels as i + 1."""
    inks, code, ramps = _inks()
    stage = _stage(_scale_of(style), style.face)
    height, width = stage.ground.shape
    scene = Scene(inks, stage.ground, IdBuffer(height, width) if ids else None)
    _draw_structure(scene, stage, state.voxels)
    array = scene.array
    for matrix, top in zip((state.target_front, state.target_side), stage.panel_tops, strict=True):
        _draw_matrix(array, matrix, stage, top, code)
    if state.remaining is not None:
        text = f"Voxels that may be added: {state.remaining}"
        x, y = stage.budget
        halo_text(array, text, x, y, stage.text, ramps["ink"], "left", style.face)
    return scene


def _draw_structure(scene: Scene, stage: _Stage, voxels: tuple[Cell, ...]) -> None:
    view, origin = stage.view, stage.origin
    numbers = {voxel: i for i, voxel in enumerate(voxels, 1)}
    hanging: set[Cell] = set()
    for x, y, z in voxels:
        below = z - 1
        while below and (x, y, below) not in numbers:
            hanging.add((x, y, below))
            below -= 1
    for x, y, z in hanging:
        if z == 1:
            scene.shade(stage.floor_tile, view.at((x - 1, y - 1, 0), origin), 2)
    for cell in sorted(numbers.keys() | hanging, key=view.nearness):
        place = view.at((cell[0] - 1, cell[1] - 1, cell[2] - 1), origin)
        if cell in numbers:
            scene.paste(stage.cube, place, numbers[cell])
        else:
            scene.paste(stage.posts, place)


def _draw_matrix(
    array: npt.NDArray[np.uint8], matrix: Matrix, stage: _Stage, top: int, code: dict[str, int]
) -> None:
    cell = stage.cell
    for r, row in enumerate(matrix):
        for c, value in enumerate(row):
            if value:
                y, x = top + r * cell, stage.panel_left + c * cell
                array[y + 3 : y + cell - 2, x + 3 : x + cell - 2] = code["filled"]


def _scale_of(style: Style) -> float:
    """The scale of a style's pictures, in steps of 1/50, so that many styles share a stage."""
    least = math.sqrt(style.min_pixels / (_WIDTH * _HEIGHT))
    wanted = max(style.scale, least, 0.9)
    return min(math.ceil(wanted * 50), math.floor(MAX_SIDE / _WIDTH * 50)) / 50


@lru_cache(maxsize=64)
def _palette(style: Style) -> npt.NDArray[np.uint8]:
    table = _inks()[0].table(_colours(style))
    table.setflags(write=False)
    return table


@lru_cache(maxsize=64)
def _stage(scale: float, face: str) -> _Stage:
    inks, code, ramps = _inks()

    def px(length: float) -> int:
        return math.floor(length * scale + 0.5)

    width, height = px(_WIDTH), px(_HEIGHT)
    text = max(14, px(16))
    canvas = Canvas(height, width, code["page"], inks.rgb)
    # The structure: what is left of the panels, with room for a title above and a line below.
    area = (px(20), px(52), px(390), px(410))
    points = (*_CORNERS, *_FRINGE)
    view = View.fitted(AZIMUTH, ELEVATION, points, area[2], area[3])
    origin = view.origin(points, area)
    scene = Scene(inks, canvas.array)
    for side, name in ((TOP, "floor"), (LEFT, "wall"), (RIGHT, "wall")):
        scene.paste(panel(view, inks, side, code[name], (3, 3), 0), origin)
    array = scene.array
    for start, end in _grid_lines():
        line(array, inks, [view.at(start, origin), view.at(end, origin)], 1.4, code["grid"])
    for axis, name in enumerate(_AXIS_INKS):
        _label_axis(array, view, origin, axis, ramps[name], text, face)
    halo_text(array, "Structure", px(20), px(28), px(20), ramps["ink"], "left", face)
    cell = px(46)
    left = px(478)
    tops = (px(78), px(310))
    for (title, axis), top in zip(
        (("Target Y-Z (front)", 1), ("Target X-Z (side)", 0)), tops, strict=True
    ):
        halo_text(
            array, title, left + 1.5 * cell - px(8), top - px(24), text, ramps["ink"], face=face
        )
        array[top : top + 3 * cell + 1, left : left + 3 * cell + 1] = code["empty"]
        for i in range(4):
            y, x = top + i * cell, left + i * cell
            array[y - 1 : y + 1, left - 1 : left + 3 * cell + 1] = code["frame"]
            array[top - 1 : top + 3 * cell + 1, x - 1 : x + 1] = code["frame"]
        for i in range(SIDE):
            middle = (i + 0.5) * cell
            across, up = ramps[_AXIS_INKS[axis]], ramps["axis_z"]
            below = top + 3 * cell + px(16)
            halo_text(array, str(i + 1), left + middle, below, text, across, face=face)
            halo_text(array, str(3 - i), left - px(16), top + middle, text, up, face=face)
        halo_text(array, "xy"[axis], left + 3 * cell + px(18), below, text, across, face=face)
        halo_text(array, "z", left - px(36), top + 1.5 * cell, text, up, face=face)
    y, side = height - px(24), px(16)
    wide, last = (text_width(name, text, face) for name in ("filled", "empty"))
    # In a wide face the two entries keep apart, and off the edge.
    step = max(px(84), side + px(7) + wide + px(12))
    first = min(left + px(6), width - px(10) - last - px(7) - side - step)
    for i, name in enumerate(("filled", "empty")):
        x = first + i * step
        array[y - side // 2 - 1 : y + side // 2 + 1, x - 1 : x + side + 1] = code["frame"]
        array[y - side // 2 : y + side // 2, x : x + side] = code[name]
        halo_text(array, name, x + side + px(7), y, text, ramps["ink"], "left", face)
    array.setflags(write=False)
    return _Stage(
        ground=array,
        view=view,
        origin=origin,
        cube=box(view, inks, Skin(code["top"], code["left"], code["right"]), border=2 * scale),
        floor_tile=panel(view, inks, TOP, code["floor"], border=0),
        posts=_posts(view, inks, code["post"], px(2)),
        cell=cell,
        panel_left=left,
        panel_tops=tops,
        budget=(px(20), height - px(24)),
        text=text,
    )


def _grid_lines() -> list[tuple[tuple[int, int, int], tuple[int, int, int]]]:
    """The lines of the floor and of the two walls behind, as pairs of points."""
    lines = []
    for i in range(SIDE + 1):
        lines += [
            ((i, 0, 0), (i, 3, 0)),
            ((0, i, 0), (3, i, 0)),
            ((0, i, 0), (0, i, 3)),
            ((0, 0, i), (0, 3, i)),
            ((i, 0, 0), (i, 0, 3)),
            ((0, 0, i), (3, 0, i)),
        ]
    return lines


def _posts(view: View, inks: Inks, ink: int, width: int) -> Sprite:
    """Dotted uprights at three corners of an empty cell, below voxels that hang in the air."""
    feet = [view.at(corner) for corner in ((1, 1, 0), (1, 0, 0), (0, 1, 0))]
    left, right = min(x for x, _ in feet), max(x for x, _ in feet) + width
    rise = -view.z[1]
    top, bottom = min(y for _, y in feet) - rise, max(y for _, y in feet)
    inside = np.zeros((bottom - top, right - left), np.bool_)
    dash = max(2, rise // 9)
    for x, y in feet:
        for start in range(0, rise, 2 * dash):
            first = y - top - rise + start
            inside[first : first + dash, x - left : x - left + width] = True
    return stamp(inks, np.full(inside.shape, ink, np.uint8), inside, (left, top))


def _label_axis(
    array: npt.NDArray[np.uint8],
    view: View,
    origin: Pixel,
    axis: int,
    ramp: npt.NDArray[np.uint8],
    text: int,
    face: str,
) -> None:
    """Number one axis outside the grid, with an arrow and the axis's name beyond the numbers."""

    def place(along: float, out: float) -> Pixel:
        if axis == 2:
            x, y = view.at((0, 3, along), origin)
            return x + math.floor(out * 0.9 * view.y[0] + 0.5), y
        return view.at((along, 3 + out, 0) if axis == 0 else (3 + out, along, 0), origin)

    for i in range(SIDE):
        x, y = place(i + 0.5, 0.3)
        halo_text(array, str(i + 1), x, y, text, ramp, face=face)
    start, end = place(0.35, 0.8), place(1.7, 0.8)
    ink = int(ramp[-1])
    inks = _inks()[0]
    line(array, inks, [start, end], 2.4, ink)
    dx, dy = end[0] - start[0], end[1] - start[1]
    length = math.sqrt(dx * dx + dy * dy)
    ux, uy = dx / length * text * 0.6, dy / length * text * 0.6
    for turn in (0.5, -0.5):
        barb = end[0] - ux + turn * uy, end[1] - uy - turn * ux
        line(array, inks, [barb, end], 2.4, ink)
    x, y = place(2.05, 0.8)
    halo_text(array, "xyz"[axis], x, y, text + 3, ramp, face=face)
