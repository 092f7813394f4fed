"""How worlds of blocks become pixels fast, and how much of each thing can be seen.

A parallel view whose axes are *whole pixels* a unit: then equal blocks are equal pixels at shifted
places, so every kind of block is drawn once (a `Sprite`) and copied wherever it stands, about
10 microseconds a block. Coordinates are (x, y, z) with z up; a block at cell (x, y, z) fills
x..x+1, y..y+1, z..z+1.

    inks = Inks({"stone": (150, 150, 150), "edge": (30, 30, 36), "sky": (250, 250, 250)})
    skin = Skin(*(inks.ink("stone", shade) for shade in SHADING))
    sky, edge = inks.ink("sky"), inks.ink("edge")
    inks.freeze(edge)
    view = View.fitted(50, 30, corners, width, height)     # degrees; or View.orbit(50, 30, unit=48)
    cube = box(view, inks, skin)                            # cache it: lru_cache on (view, kind)
    scene = Scene(inks, np.full((height, width), sky, np.uint8), ids=IdBuffer(height, width))
    for number, cell in enumerate(sorted(cells, key=view.nearness), 1):   # far to near
        scene.paste(cube, view.at(cell, origin), owner=number)
    picture = Picture(scene.array, inks.table(colours_of_the_style))
    scene.ids.share(1), scene.ids.share(1, TOP)             # what can be seen of object 1, 0 to 1

What a pixel shows is stored beside it: the ids. A generator that only wants to know what is
visible pastes the same sprites into an `IdBuffer` alone, at a smaller unit, which is faster still.

`Inks` are recipes over named colours, so that all styles share one set of sprites: a style is
another table of colours for the same codes. Sprites: `box` (blocks and slabs, plain or with
textures), `panel` (one face: ground, water, ladders with holes, shadows), `ball`, `badge` (text
on a plate that faces the viewer), `stamp` (anything). `halo_text` and `line` write and draw over
anything.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from gameqa.drawing.colour import RGB, darker, lighter, mix
from gameqa.drawing.coverage import SHADES, Points, circle_distance
from gameqa.drawing.font import text_mask
from gameqa.drawing.layout import anchored
from gameqa.drawing.palette import MAX_COLOURS
from gameqa.drawing.space import Camera, Floats, Vector
from gameqa.errors import GameQAError

Codes = npt.NDArray[np.uint8]
Mask = npt.NDArray[np.bool_]
Pixel = tuple[int, int]

TOP, LEFT, RIGHT = 1, 2, 3
"""The faces of a block that can be seen, as the screen has them (0: things without faces)."""

SHADING = (0.0, 0.16, 0.34)
"""How much darker than its colour a block's top, left and right face are."""

_SUB = 3  # samples a side and pixel of a texture


# ------------------------------------------------------------------------------------------ inks


class Inks:
    """Codes 0-255 and what colour each is: recipes over named colours, in a fixed order.

    The colours given at first are the reference: textures are matched and edges blended with
    them. ``table`` makes a style's palette of the same recipes over other colours.
    """

    def __init__(self, colours: Mapping[str, RGB], *looks: Mapping[str, RGB]) -> None:
        """Name the reference colours.

        Args:
            colours: the reference colours.
            *looks: the same names in other styles, such as a dark one: an ink that stands in for
                a missing blend is then near it in all of them.
        """
        self._colours = dict(colours)
        self._looks = looks
        self._recipes: list[tuple[str, float] | tuple[int, int, float]] = []
        self._codes: dict[object, int] = {}
        self._covers: dict[int, Codes] = {}
        self.rgb: Codes = np.zeros((0, 3), np.uint8)
        """The reference colours of all codes, (n, 3)."""
        self.tables: tuple[Codes, ...] = ()
        """The same for each look, the reference first (once frozen)."""
        self.edges: Codes = np.zeros((0, SHADES + 1), np.uint8)
        """The code of each code's colour under 0..SHADES of edge ink (once frozen)."""

    def __len__(self) -> int:
        return len(self._recipes)

    def ink(self, name: str, shade: float = 0.0) -> int:
        """The code of a colour, darker by ``shade`` (0-1), or lighter where that is negative."""
        if name not in self._colours:
            raise GameQAError(f"no colour is called {name!r}: {sorted(self._colours)}")
        return self._code((name, shade))

    def blend(self, first: int, last: int, t: float) -> int:
        """The code of a mixture of two inks."""
        if t <= 0 or first == last:
            return first
        return last if t >= 1 else self._code((first, last, t))

    def ramp(self, first: int, last: int) -> Codes:
        """SHADES + 1 codes from one ink to another, for text (``Canvas.label``) and lines."""
        return np.array([self.blend(first, last, i / SHADES) for i in range(SHADES + 1)], np.uint8)

    def freeze(self, edge: int) -> Inks:
        """End adding; ``edge`` is the ink of all blocks' edges. Returns itself.

        The inks' blends with the edge are added as far as there is room, coarse steps first;
        where there is none, the nearest ink stands in.
        """
        count = len(self)
        for level in sorted(range(1, SHADES), key=lambda i: (abs(i - SHADES // 2), i)):
            for code in range(count):
                if len(self) < MAX_COLOURS:
                    self.blend(code, edge, level / SHADES)
        self.tables = tuple(map(self.table, (self._colours, *self._looks)))
        for table in self.tables:
            table.setflags(write=False)
        self.rgb = self.tables[0]
        self.edges = self.cover(edge)
        return self

    def cover(self, ink: int) -> Codes:
        """The code of each code's colour under 0..SHADES of another ink, (n, SHADES + 1)."""
        if ink in self._covers:
            return self._covers[ink]
        inks = np.concatenate(self.tables, axis=1).astype(np.float64)
        shares = np.arange(SHADES + 1.0)[None, :, None]
        mixed = inks[:, None, :] * (SHADES - shares) + inks[ink] * shares
        blends = np.floor((mixed + SHADES // 2) / SHADES).reshape(-1, inks.shape[1])
        # Whole numbers throughout, so that the sums are exact on every machine.
        weighted = inks * np.tile([3.0, 6.0, 2.0], len(self.tables))
        gaps = (weighted * inks).sum(axis=1) - 2 * (blends @ weighted.T)
        found: Codes = gaps.argmin(axis=1).astype(np.uint8).reshape(-1, SHADES + 1)
        found[:, 0] = np.arange(len(self))
        found.setflags(write=False)
        self._covers[ink] = found
        return found

    def nearest(self, looks: Sequence[npt.NDArray[np.integer]]) -> Codes:
        """The codes of the inks closest to colours (weighted squared RGB).

        Args:
            looks: the same pixels (..., 3) in each look, in the order of ``tables``.
        """
        pixels = np.concatenate(looks, axis=-1).astype(np.int64)
        wanted, inverse = _different(pixels.reshape(-1, pixels.shape[-1]))
        table = np.concatenate(self.tables, axis=1).astype(np.int64)
        weights = np.tile(np.array([3, 6, 2], np.int64), len(self.tables))
        found = np.empty(len(wanted), np.uint8)
        for first in range(0, len(wanted), 512):
            gaps = wanted[first : first + 512, None, :] - table[None]
            found[first : first + 512] = (gaps * gaps * weights).sum(axis=2).argmin(axis=1)
        out: Codes = found[inverse].reshape(pixels.shape[:-1])
        return out

    def table(self, colours: Mapping[str, RGB]) -> Codes:
        """A palette (n, 3) uint8 for these codes; names that ``colours`` lacks keep theirs."""
        known = {**self._colours, **colours}
        made: list[RGB] = []
        for recipe in self._recipes:
            if isinstance(recipe[0], str):
                name, shade = recipe[0], recipe[1]
                rgb = known[name]
                made.append(darker(rgb, shade) if shade >= 0 else lighter(rgb, -shade))
            else:
                made.append(mix(made[recipe[0]], made[int(recipe[1])], recipe[-1]))
        return np.array(made, np.uint8).reshape(-1, 3)

    def _code(self, recipe: tuple[str, float] | tuple[int, int, float]) -> int:
        if recipe not in self._codes:
            if len(self.rgb) or len(self) >= MAX_COLOURS:
                raise GameQAError(f"no room for {recipe}: {len(self)} inks, frozen or full")
            self._codes[recipe] = len(self._recipes)
            self._recipes.append(recipe)
        return self._codes[recipe]


def _different(
    rows: npt.NDArray[np.int64],
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
    """The different rows of channels 0-255, and which of them each row is."""
    keys = np.zeros(len(rows), np.int64)
    for channel in rows.T:
        if keys.max(initial=0) >> 48:  # no room for another channel: number them anew
            keys = np.unique(keys, return_inverse=True)[1].ravel()
        keys = keys << 8 | channel
    _, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    return rows[first], inverse.ravel()


# ------------------------------------------------------------------------------------------ view


@dataclass(frozen=True)
class View:
    """A parallel view from above: pixels (right, down) that a unit step along each axis makes.

    Attributes:
        x, y, z: whole pixels a unit; z points straight up.
    """

    x: Pixel
    y: Pixel
    z: Pixel

    @classmethod
    def orbit(cls, azimuth: float, elevation: float, unit: float, even: bool = False) -> View:
        """The view from a direction, in degrees; azimuth counts from +x towards +y.

        Args:
            azimuth: where the viewer stands; not a multiple of 90.
            elevation: how high, above 0 and below 90.
            unit: pixels of a unit length seen square on.
            even: round to even pixels, so that halves of units are whole pixels as well.
        """
        camera = Camera.orbit(azimuth, elevation)
        right, down, _ = camera.axes()
        grid = 2 if even else 1
        step = [(_nearest(right[i] * unit, grid), _nearest(down[i] * unit, grid)) for i in range(3)]
        return cls(step[0], step[1], (0, step[2][1]))

    @classmethod
    def fitted(
        cls,
        azimuth: float,
        elevation: float,
        points: Sequence[Vector],
        width: float,
        height: float,
        even: bool = False,
    ) -> View:
        """The largest such view in which all points fit into a box of pixels."""
        unit = 512.0
        view = cls.orbit(azimuth, elevation, unit)
        left, top, right, bottom = view.bounds(points)
        unit *= min(width / max(1, right - left), height / max(1, bottom - top))
        for _ in range(64):
            view = cls.orbit(azimuth, elevation, unit, even)
            left, top, right, bottom = view.bounds(points)
            if right - left <= width and bottom - top <= height:
                break
            unit *= 0.99
        return view

    def at(self, point: Sequence[float], origin: Pixel = (0, 0)) -> Pixel:
        """Where a point appears when (0, 0, 0) does at ``origin``."""
        a, b, c = point
        return (
            origin[0] + math.floor(a * self.x[0] + b * self.y[0] + c * self.z[0] + 0.5),
            origin[1] + math.floor(a * self.x[1] + b * self.y[1] + c * self.z[1] + 0.5),
        )

    def bounds(self, points: Iterable[Sequence[float]]) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the points' places, for an origin at (0, 0)."""
        places = [self.at(point) for point in points]
        xs, ys = [x for x, _ in places], [y for _, y in places]
        return min(xs), min(ys), max(xs), max(ys)

    def origin(self, points: Iterable[Sequence[float]], box: tuple[int, int, int, int]) -> Pixel:
        """The origin that centres the points in a box (left, top, width, height)."""
        left, top, right, bottom = self.bounds(points)
        return (
            box[0] + (box[2] - left - right) // 2,
            box[1] + (box[3] - top - bottom) // 2,
        )

    @property
    def toward(self) -> tuple[int, int, int]:
        """A direction towards the viewer: whatever lies along it falls on one pixel."""
        (a, d), (b, e), (c, f) = self.x, self.y, self.z
        cross = b * f - c * e, c * d - a * f, a * e - b * d
        sign = 1 if cross[2] > 0 else -1
        return sign * cross[0], sign * cross[1], sign * cross[2]

    def nearness(self, point: Sequence[float]) -> float:
        """How near a point is to the viewer: the key for drawing far to near.

        Right for blocks on a grid (by their cells), for balls, and for things that stay inside
        one cell; give things on a block's face half a unit more than the block.
        """
        t = self.toward
        return point[0] * t[0] + point[1] * t[1] + point[2] * t[2]

    def side(self, face: int) -> tuple[int, int]:
        """Axis (0, 1, 2) and sign (+1, -1) of the outward normal of TOP, LEFT or RIGHT."""
        t = self.toward
        if face == TOP:
            return 2, 1
        signs = [1 if t[0] > 0 else -1, 1 if t[1] > 0 else -1]
        x_is_left = self.x[0] * signs[0] < self.y[0] * signs[1]
        axis = 0 if x_is_left == (face == LEFT) else 1
        return axis, signs[axis]


def _nearest(value: float, grid: int) -> int:
    # To 1/64 first, which hides how a machine's libm rounds.
    snapped = math.floor(value * 64 + 0.5) / 64
    return grid * math.floor(snapped / grid + 0.5)


# --------------------------------------------------------------------------------------- sprites


class Skin(NamedTuple):
    """What the faces of a block look like: each a code, or a texture of codes (h, w).

    A texture's rows run down and its columns to the right on the screen; on the top face columns
    run along the axis that is the wider on the screen.
    """

    top: int | Codes
    left: int | Codes
    right: int | Codes


@dataclass(frozen=True, eq=False)
class Sprite:
    """Something drawn once.

    Attributes:
        left, top: of its pixels, as seen from its anchor (a block's corner of least x, y, z).
        codes: its pixels (h, w).
        inside: which of them are its own; all others are left alone, but for soft edges.
        faces: the face each pixel belongs to, 0 where ``inside`` is false or nothing has faces.
        counts: how many pixels each face has (entry 0: all of them).
        rim: pixels outside, as rows, columns and how much edge covers each, 1..SHADES.
    """

    left: int
    top: int
    codes: Codes
    inside: Mask
    faces: Codes
    counts: tuple[int, int, int, int]
    rim: tuple[npt.NDArray[np.intp], npt.NDArray[np.intp], Codes]


def box(
    view: View,
    inks: Inks,
    skin: Skin,
    size: Vector = (1.0, 1.0, 1.0),
    border: float = 1.6,
) -> Sprite:
    """A block or slab of that size, its edges ``border`` pixels wide (0: none)."""
    return _drawn(
        inks,
        [
            (face, _face_frame(view, face, size), part)
            for face, part in ((LEFT, skin.left), (RIGHT, skin.right), (TOP, skin.top))
        ],
        border,
    )


def panel(
    view: View,
    inks: Inks,
    face: int,
    skin: int | Codes,
    size: tuple[float, float] = (1.0, 1.0),
    border: float = 1.6,
    holes: int | None = None,
) -> Sprite:
    """One rectangle that lies as the TOP, LEFT or RIGHT face of a block does.

    Its anchor is the corner of least coordinates; a top panel is (along x, along y) in size, a
    side panel (along its horizontal axis, along z). Texture pixels of the code ``holes`` are
    left out.
    """
    axis, _ = view.side(face)
    a, b = size
    spans: Vector = (a, b, 0.0) if axis == 2 else (0.0, a, b) if axis == 0 else (a, 0.0, b)
    return _drawn(inks, [(face, _face_frame(view, face, spans), skin)], border, holes)


def ball(inks: Inks, radius: float, shades: Codes, border: float = 1.6) -> Sprite:
    """A shaded ball around its anchor; ``shades`` are codes from its darkest to its lightest."""
    reach = math.ceil(radius + border)
    side = 2 * reach
    depth = -circle_distance(side, side, reach, reach, radius)
    # Light falls from the upper left; the brightest spot lies a third of the way out.
    spot = circle_distance(side, side, reach - 0.36 * radius, reach - 0.4 * radius, 0.0)
    step = np.floor((1.0 - spot / (1.62 * radius)) * len(shades)).astype(np.int64)
    codes = shades[np.clip(step, 0, len(shades) - 1)]
    inside = depth >= 0
    level = _edge_levels(depth, border)
    faces = np.zeros((side, side), np.uint8)
    return _sprite(inks, -reach, -reach, codes, inside, faces, level)


def badge(
    inks: Inks, text: str, height_px: int, plate: int, ramp: Codes, face: str = "bold"
) -> Sprite:
    """Text on a round-ended plate that faces the viewer, centred on its anchor.

    ``ramp`` leads from the plate's ink to the text's (``inks.ramp``).
    """
    mask = text_mask(text, height_px, face)[:height_px]
    air = math.ceil(height_px * 0.32)
    high = height_px + 2 * air
    wide = max(high, mask.shape[1] + 2 * air)
    pad = 2
    h, w = high + 2 * pad, wide + 2 * pad
    radius = high / 2
    xs = np.arange(w) + 0.5 - w / 2
    ys = (np.arange(h) + 0.5 - h / 2)[:, None]
    over = np.maximum(np.abs(xs) - (wide / 2 - radius), 0.0)
    depth = radius - np.sqrt(over * over + ys * ys)
    codes = np.full((h, w), plate, np.uint8)
    x, y = (w - mask.shape[1]) // 2, pad + air
    codes[y : y + height_px, x : x + mask.shape[1]] = ramp[mask]
    faces = np.zeros((h, w), np.uint8)
    level = _edge_levels(depth, 1.6)
    return _sprite(inks, -(w // 2), -(h // 2), codes, depth >= 0, faces, level)


def stamp(inks: Inks, codes: Codes, inside: Mask, at: Pixel = (0, 0)) -> Sprite:
    """Any pixels as a sprite: those where ``inside`` is true, their corner ``at`` the anchor."""
    blank = np.zeros(codes.shape, np.uint8)
    return _sprite(inks, at[0], at[1], codes, inside, blank, blank)


class _Frame(NamedTuple):
    """A face on the screen: a corner and the two sides that leave it, right and down."""

    corner: tuple[float, float]
    across: tuple[float, float]
    down: tuple[float, float]


def _face_frame(view: View, face: int, size: Vector) -> _Frame:
    steps = [
        (size[i] * step[0], size[i] * step[1]) for i, step in enumerate((view.x, view.y, view.z))
    ]
    axis, sign = view.side(face)
    corner = steps[axis] if sign > 0 else (0.0, 0.0)
    first, second = (steps[i] for i in range(3) if i != axis)
    if axis == 2 and abs(view.x[0]) < abs(view.y[0]):
        first, second = second, first
    if first[0] < 0:
        corner, first = (corner[0] + first[0], corner[1] + first[1]), (-first[0], -first[1])
    if second[1] < 0:
        corner = corner[0] + second[0], corner[1] + second[1]
        second = -second[0], -second[1]
    return _Frame(corner, first, second)


def _drawn(
    inks: Inks,
    parts: Sequence[tuple[int, _Frame, int | Codes]],
    border: float,
    holes: int | None = None,
) -> Sprite:
    corners = [
        tuple(f.corner[k] + i * f.across[k] + j * f.down[k] for k in (0, 1))
        for _, f, _ in parts
        for i in (0, 1)
        for j in (0, 1)
    ]
    pad = math.ceil(border / 2 + 1)
    left = math.floor(min(x for x, _ in corners)) - pad
    top = math.floor(min(y for _, y in corners)) - pad
    w = math.ceil(max(x for x, _ in corners)) + pad - left
    h = math.ceil(max(y for _, y in corners)) + pad - top
    codes = np.zeros((h, w), np.uint8)
    faces = np.zeros((h, w), np.uint8)
    inside = np.zeros((h, w), np.bool_)
    level = np.zeros((h, w), np.uint8)
    rows: Floats = (np.arange(h, dtype=np.float64) + (top + 0.5))[:, None]
    cols: Floats = (np.arange(w, dtype=np.float64) + (left + 0.5))[None, :]
    for face, frame, skin in parts:
        depth = _depth(frame, *_texture_place(frame, cols, rows))
        own = depth >= 0
        if isinstance(skin, (int, np.integer)):
            codes[own] = skin
        else:
            ys, xs = np.nonzero(own)
            colours, solid = _warped(inks, frame, skin, cols[0, xs] - 0.5, rows[ys, 0] - 0.5, holes)
            if holes is not None:
                own[ys, xs] = solid
            codes[ys[solid], xs[solid]] = colours[solid]
        faces[own] = face
        inside |= own
        if border > 0:
            new = _edge_levels(depth, border)
            np.maximum(level, new, out=level)
            np.copyto(level, new, where=own)
    return _sprite(inks, left, top, codes, inside, faces, level)


def _texture_place(frame: _Frame, x: Floats, y: Floats) -> tuple[Floats, Floats]:
    """Where points of the screen lie on a face: 0..1 across and 0..1 down."""
    (cx, cy), (ax, ay), (bx, by) = frame
    area = ax * by - ay * bx
    xs, ys = x - cx, y - cy
    return (xs * by - ys * bx) / area, (ys * ax - xs * ay) / area


def _depth(frame: _Frame, u: Floats, v: Floats) -> Floats:
    """How many pixels inside the face's edges (negative outside)."""
    (ax, ay), (bx, by) = frame.across, frame.down
    area = abs(ax * by - ay * bx)
    broad, tall = area / math.sqrt(bx * bx + by * by), area / math.sqrt(ax * ax + ay * ay)
    out: Floats = np.minimum(np.minimum(u, 1 - u) * broad, np.minimum(v, 1 - v) * tall)
    return out


def _warped(
    inks: Inks,
    frame: _Frame,
    texture: Codes,
    xs: Floats,
    ys: Floats,
    holes: int | None,
) -> tuple[Codes, Mask]:
    """A texture laid onto a face, smooth, at some pixels (n,), and where it is no hole."""
    rows, cols = texture.shape
    steps = (np.arange(_SUB) + 0.5) / _SUB
    u, v = _texture_place(
        frame, xs[:, None] + np.tile(steps, _SUB), ys[:, None] + np.repeat(steps, _SUB)
    )
    seen = texture[
        np.clip(v * rows, 0, rows - 1).astype(np.intp),
        np.clip(u * cols, 0, cols - 1).astype(np.intp),
    ]
    filled = None if holes is None else seen != holes
    count = np.full(len(seen), _SUB * _SUB) if filled is None else filled.sum(axis=1)
    some = np.maximum(count, 1)
    looks = []
    for table in inks.tables:
        # The three channels of a colour travel in one integer: one sum instead of three.
        r, g, b = table.astype(np.int64).T
        packed = (r << 40 | g << 20 | b)[seen]
        total = (packed if filled is None else packed * filled).sum(axis=1)
        mean = [(total >> shift & 0xFFFFF) + some // 2 for shift in (40, 20, 0)]
        looks.append(np.stack(mean, 1) // some[:, None])
    return inks.nearest(looks), count * 2 > _SUB * _SUB


def _edge_levels(depth: Floats, border: float) -> Codes:
    soft = np.clip(border / 2 + 0.5 - np.abs(depth), 0.0, 1.0)
    return np.floor(soft * SHADES + 0.5).astype(np.uint8)


def _sprite(
    inks: Inks, left: int, top: int, codes: Codes, inside: Mask, faces: Codes, level: Codes
) -> Sprite:
    codes = np.where(inside, inks.edges[codes, level], codes).astype(np.uint8)
    rows, cols = np.nonzero((level > 0) & ~inside)
    counts = tuple(int((faces[inside] == face).sum()) for face in (TOP, LEFT, RIGHT))
    for array in (codes, inside, faces):
        array.setflags(write=False)
    return Sprite(
        left,
        top,
        codes,
        inside,
        faces,
        (int(inside.sum()), *counts),  # type: ignore[arg-type]
        (rows, cols, level[rows, cols]),
    )


# ---------------------------------------------------------------------------------------- scenes


class IdBuffer:
    """Which object, and which of its faces, owns each pixel.

    Paste far to near, as into a scene. Owners are numbers from 1 to 16383; an object may be made
    of several sprites.
    """

    def __init__(self, height: int, width: int, over: IdBuffer | None = None) -> None:
        """An empty buffer, or one that starts as a copy; owner 0 is what nothing was pasted on."""
        self.array: npt.NDArray[np.uint16] = np.zeros((height, width), np.uint16)
        """Four times the owner plus the face (0, TOP, LEFT, RIGHT) at each pixel."""
        self._nominal: dict[int, list[int]] = {}
        self._counts: npt.NDArray[np.int64] | None = None
        if over is not None:
            self.array = over.array.copy()
            self._nominal = {owner: [*counts] for owner, counts in over._nominal.items()}

    def paste(self, sprite: Sprite, at: Pixel, owner: int) -> None:
        """Let ``owner`` have the sprite's pixels."""
        nominal = self._nominal.setdefault(owner, [0, 0, 0, 0])
        for i, count in enumerate(sprite.counts):
            nominal[i] += count
        self._counts = None
        found = _clipped(sprite, at, self.array.shape)
        if found is not None:
            place, part = found
            ids = sprite.faces[part] + np.uint16(4 * owner)
            np.copyto(self.array[place], ids, where=sprite.inside[part])

    def pixels(self, owner: int, face: int = 0) -> int:
        """How many pixels of an object, or of one kind of its faces, are visible."""
        if self._counts is None:
            self._counts = np.bincount(self.array.ravel())
        first = 4 * owner + face
        return int(self._counts[first : first + (1 if face else 4)].sum())

    def nominal(self, owner: int, face: int = 0) -> int:
        """How many pixels that would be with nothing in front and nothing cut off."""
        return self._nominal.get(owner, [0, 0, 0, 0])[face]

    def shares(self, owners: Sequence[int]) -> Floats:
        """What part of each of some objects is visible, all at once."""
        self.pixels(0)
        counts = self._counts
        assert counts is not None
        whole = np.zeros(4 * (max(owners, default=0) + 1), np.int64)
        some = min(len(whole), len(counts))
        whole[:some] = counts[:some]
        seen = whole.reshape(-1, 4).sum(axis=1)[list(owners)]
        out: Floats = seen / np.maximum([self.nominal(owner) for owner in owners], 1)
        return out

    def share(self, owner: int, face: int = 0) -> float:
        """What part of an object, or of one kind of its faces, is visible: 0 to 1."""
        return self.pixels(owner, face) / max(1, self.nominal(owner, face))


class Scene:
    """A picture under construction: a ground on which sprites are pasted from far to near."""

    def __init__(self, inks: Inks, ground: Codes, ids: IdBuffer | None = None) -> None:
        """Start from a copy of a ground (H, W) of codes; ``ids`` is filled along when given."""
        self.array: Codes = ground.copy()
        self.ids = ids
        self._flat = self.array.reshape(-1)
        self._edges = inks.edges.ravel()

    def paste(self, sprite: Sprite, at: Pixel, owner: int = 0) -> None:
        """Draw a sprite with its anchor at a pixel; ``owner`` > 0 is noted in the ids."""
        height, width = self.array.shape
        x, y = at[0] + sprite.left, at[1] + sprite.top
        h, w = sprite.codes.shape
        level = sprite.rim[2]
        if x >= 0 and y >= 0 and x + w <= width and y + h <= height:
            np.copyto(self.array[y : y + h, x : x + w], sprite.codes, where=sprite.inside)
            if len(level):
                where = _rim_places(sprite, width) + (y * width + x)
                under = self._flat[where].astype(np.intp)
                self._flat[where] = self._edges[under * (SHADES + 1) + level]
        else:
            found = _clipped(sprite, at, self.array.shape)
            if found is not None:
                place, part = found
                np.copyto(self.array[place], sprite.codes[part], where=sprite.inside[part])
        if owner and self.ids is not None:
            self.ids.paste(sprite, at, owner)

    def shade(self, sprite: Sprite, at: Pixel, level: int = 2) -> None:
        """Darken what lies under a sprite's pixels: shadows (``level`` 1 to SHADES)."""
        found = _clipped(sprite, at, self.array.shape)
        if found is not None:
            place, part = found
            under = self.array[place]
            dark = self._edges[under.astype(np.intp) * (SHADES + 1) + level]
            np.copyto(under, dark, where=sprite.inside[part])


def _clipped(
    sprite: Sprite, at: Pixel, shape: tuple[int, ...]
) -> tuple[tuple[slice, slice], tuple[slice, slice]] | None:
    """The part of an array that a sprite falls on, and the part of the sprite that does."""
    x, y = at[0] + sprite.left, at[1] + sprite.top
    h, w = sprite.codes.shape
    top, left = max(0, y), max(0, x)
    bottom, right = min(shape[0], y + h), min(shape[1], x + w)
    if top >= bottom or left >= right:
        return None
    return (
        (slice(top, bottom), slice(left, right)),
        (slice(top - y, bottom - y), slice(left - x, right - x)),
    )


@lru_cache(maxsize=4096)
def _rim_places(sprite: Sprite, width: int) -> npt.NDArray[np.intp]:
    return sprite.rim[0] * width + sprite.rim[1]


@lru_cache(maxsize=2048)
def _haloed(text: str, height_px: int, face: str, ramp: bytes, halo: int) -> tuple[Codes, Mask]:
    mask = text_mask(text, height_px, face)
    padded = np.pad(mask, halo)
    near = padded > 1
    grown = near.copy()
    for dy in range(-halo, halo + 1):
        for dx in range(-halo, halo + 1):
            if dx * dx + dy * dy <= halo * halo + 1:
                grown |= np.roll(near, (dy, dx), (0, 1))
    return np.frombuffer(ramp, np.uint8)[padded], grown


def line(array: Codes, inks: Inks, points: Points, width: float, ink: int) -> None:
    """Draw a soft line over whatever is there; it ends square, on whole rows or columns."""
    cover = inks.cover(ink)
    height, wide = array.shape
    places = [(float(x), float(y)) for x, y in points]
    for (x0, y0), (x1, y1) in pairwise(places):
        dx, dy = x1 - x0, y1 - y0
        is_flat = abs(dx) >= abs(dy)
        # Along the longer way one step a pixel, across it the few pixels that the line may touch.
        start, end, first, slope = (x0, x1, y0, dy) if is_flat else (y0, y1, x0, dx)
        length = math.sqrt(dx * dx + dy * dy)
        if not length:
            continue
        low, high = min(start, end), max(start, end)
        along = np.arange(math.floor(low), math.ceil(high))
        middle = first + (along + 0.5 - start) * (slope / (end - start))
        reach = math.ceil((width / 2 + 1) * 1.5)
        across = np.floor(middle).astype(np.intp)[:, None] + np.arange(-reach, reach + 1)
        gap = np.abs(across + 0.5 - middle[:, None]) * (abs(end - start) / length)
        level = np.floor(np.clip(width / 2 + 0.5 - gap, 0.0, 1.0) * SHADES + 0.5).astype(np.intp)
        xs, ys = (along[:, None] + 0 * across, across) if is_flat else (across, along[:, None])
        xs, ys = np.broadcast_arrays(xs, ys)
        keep = (level > 0) & (xs >= 0) & (ys >= 0) & (xs < wide) & (ys < height)
        xs, ys = xs[keep], ys[keep]
        array[ys, xs] = cover[array[ys, xs], level[keep]]


def halo_text(
    array: Codes,
    text: str,
    x: float,
    y: float,
    height_px: int,
    ramp: Codes,
    anchor: str = "center",
    face: str = "regular",
    halo: int = 2,
) -> None:
    """Write one line of text over whatever is there, on a halo of ``ramp``'s first ink.

    ``ramp`` leads from the halo's ink to the text's; anchors are those of ``Canvas.label``.
    """
    tile, mask = _haloed(text, height_px, face, ramp.tobytes(), halo)
    left, top = anchored(x, y, tile.shape[1] - 2 * halo, height_px, anchor)
    left, top = left - halo, top - halo
    h, w = tile.shape
    y0, x0 = max(0, top), max(0, left)
    y1, x1 = min(array.shape[0], top + h), min(array.shape[1], left + w)
    if y0 < y1 and x0 < x1:
        part = slice(y0 - top, y1 - top), slice(x0 - left, x1 - left)
        np.copyto(array[y0:y1, x0:x1], tile[part], where=mask[part])
