"""The cube as a picture: the net, two corner views, and a legend of the colours.

Whatever does not depend on the stickers is painted once into the ground; a picture is the ground,
six mosaics of sticker tiles, two views coloured by a look-up, and the faces' letters.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.drawing import (
    NAMED,
    RGB,
    Camera,
    Canvas,
    Faces,
    Painter,
    Palette,
    Picture,
    Style,
    contrast_ratio,
    fit_cell,
)
from gameqa.games.rubiks_cube.rules import COLOURS, FACES, State, centres, places_on

_CELL = 46
_NET = {"U": (0, 1), "L": (1, 0), "F": (1, 1), "R": (1, 2), "B": (1, 3), "D": (2, 1)}
# Red darker and green lighter than elsewhere: without green cones only lightness tells them apart.
_STICKERS: dict[str, RGB] = {**NAMED, "red": (180, 20, 36), "green": (40, 165, 80)}
_INKS: tuple[RGB, RGB] = ((18, 18, 22), (255, 255, 255))
_BODY_ID = 55

Vector = tuple[float, float, float]

# Outward normal, and the directions in which columns and rows are counted, of each face of a cube
# with F to the south (-y), R to the east (+x) and U up (+z).
_FRAMES: dict[str, tuple[Vector, Vector, Vector]] = {
    "U": ((0, 0, 1), (1, 0, 0), (0, -1, 0)),
    "D": ((0, 0, -1), (1, 0, 0), (0, 1, 0)),
    "L": ((-1, 0, 0), (0, -1, 0), (0, 0, -1)),
    "R": ((1, 0, 0), (0, 1, 0), (0, 0, -1)),
    "F": ((0, -1, 0), (1, 0, 0), (0, 0, -1)),
    "B": ((0, 1, 0), (-1, 0, 0), (0, 0, -1)),
}


@dataclass(frozen=True)
class _View:
    x: int
    y: int
    faces: Faces
    letters: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class _Theme:
    palette: npt.NDArray[np.uint8]
    ground: npt.NDArray[np.uint8]
    tiles: npt.NDArray[np.uint8]
    corners: dict[str, tuple[int, int]]
    views: tuple[_View, _View]
    edges: npt.NDArray[np.uint8]
    around: npt.NDArray[np.uint8]
    inks: npt.NDArray[np.uint8]
    letters: dict[str, tuple[float, float]]


@dataclass(frozen=True)
class _Layout:
    """Where things are: a net of faces with a gap for numbers left of and above each."""

    style: Style
    cell: int
    gap: int

    @property
    def pitch(self) -> int:
        return 3 * self.cell + self.gap

    @property
    def width(self) -> int:
        return 2 * self.style.margin + 4 * self.pitch

    @property
    def height(self) -> int:
        return 2 * self.style.margin + 3 * self.pitch

    def corner(self, row: int, column: int) -> tuple[int, int]:
        """Return the top left corner of the stickers of a face of the net."""
        start = self.style.margin + self.gap
        return start + column * self.pitch, start + row * self.pitch


def draw(state: State, style: Style) -> Picture:
    """Draw a cube."""
    gap = style.text_px(16) + style.px(12)
    margins = 2 * style.margin
    cell = fit_cell(9, 12, margins + 4 * gap, margins + 3 * gap, style, _CELL)
    theme = _theme(style, cell, gap)
    canvas = Canvas.over(theme.ground, theme.palette)
    stickers = np.array(state.stickers)
    for face, (x, y) in theme.corners.items():
        canvas.mosaic(theme.tiles, stickers[list(places_on(face))].reshape(3, 3), x, y)
    ramps = np.concatenate([theme.around[:1], theme.edges[stickers], theme.around[1:]])
    for view in theme.views:
        canvas.paste(view.faces.indices(ramps), view.x, view.y)
    in_net, in_view = max(style.text_px(14), round(cell * 0.4)), style.text_px(14)
    for face, colour in zip(FACES, centres(state.stickers), strict=True):
        x, y = theme.corners[face]
        view_x, view_y = theme.letters[face]
        middle, ink = 1.5 * cell, theme.inks[colour]
        canvas.label(face, x + middle, y + middle, in_net, ink, "center", "bold")
        canvas.label(face, view_x, view_y, in_view, ink, "center", "bold")
    return canvas.picture()


@lru_cache(maxsize=256)
def _theme(style: Style, cell: int, gap: int) -> _Theme:
    layout = _Layout(style, cell, gap)
    palette = Palette()
    palette.index(style.background)
    colours = [style.shade(_STICKERS[name]) for name in COLOURS]
    body = style.pick((24, 24, 28), (8, 9, 12))
    edges = np.stack([palette.ramp(colour, body) for colour in colours])
    around = np.stack([palette.ramp(style.background, body), palette.ramp(body, body)])
    inks = np.stack([palette.ramp(colour, _ink(colour)) for colour in colours])
    tiles = np.stack([_tile(cell, colour, body).indices(palette) for colour in colours])
    corners = {face: layout.corner(*at) for face, at in _NET.items()}
    # The views lie right of U and of D, each with its caption on the right.
    x = layout.corner(0, 2)[0]
    side = layout.pitch - gap // 4
    top, bottom = style.margin, layout.height - style.margin - side
    views = (
        _view("UFR", _camera(-45, 40), x, top, side),
        _view("DBL", _camera(135, -40), x, bottom, side),
    )
    captions = (
        (top + side / 2, "front view\nfrom above"),
        (bottom + side / 2, "back view\nfrom below"),
    )
    ground = _ground(layout, palette, colours, body, captions)
    letters = {face: at for view in views for face, at in view.letters.items()}
    return _Theme(palette.freeze(), ground, tiles, corners, views, edges, around, inks, letters)


def _ink(colour: RGB) -> RGB:
    return max(_INKS, key=lambda ink: contrast_ratio(ink, colour))


def _tile(cell: int, colour: RGB, body: RGB) -> Painter:
    line = max(1.0, cell / 30)
    side = cell - 2 * line
    return Painter(cell, cell, body).rounded_rect(line, line, side, side, cell * 0.12, colour)


def _ground(
    layout: _Layout,
    palette: Palette,
    colours: Sequence[RGB],
    body: RGB,
    captions: Sequence[tuple[float, str]],
) -> npt.NDArray[np.uint8]:
    """Everything but stickers: bodies of the net's faces, numbers, captions and legend."""
    style, cell, gap = layout.style, layout.cell, layout.gap
    size, frame = style.text_px(16), max(2, round(cell / 20))
    labels = palette.ramp(style.background, style.ink)
    side = 3 * cell + 2 * frame
    case = Painter(side, side, style.background)
    tile = case.rounded_rect(0, 0, side, side, cell * 0.16, body).indices(palette)
    canvas = Canvas(layout.height, layout.width, labels[0], palette.rgb)
    for at in _NET.values():
        left, top = layout.corner(*at)
        canvas.paste(tile, left - frame, top - frame)
        canvas.row_labels(3, left - 0.42 * gap, top, cell, labels, size, style.face)
        canvas.column_labels(3, left, top - 0.42 * gap, cell, labels, size, style.face)
    x = layout.corner(0, 3)[0]
    for y_middle, caption in captions:
        for i, line in enumerate(caption.splitlines()):
            y = y_middle + (i - 0.5) * 1.6 * size
            canvas.label(line, x, y, size, labels, "left", style.face)
    left, step = style.margin, layout.pitch / len(colours)
    side = round(step * 0.7)
    for i, (name, colour) in enumerate(zip(COLOURS, colours, strict=True)):
        y_middle = style.margin + (i + 0.5) * step
        swatch = Painter(side, side, style.background)
        swatch.rounded_rect(0, 0, side, side, side * 0.2, colour, body, 2.0)
        canvas.paste(swatch.indices(palette), left, round(y_middle - side / 2))
        canvas.label(name, left + 1.5 * side, y_middle, size, labels, "left", style.face)
    return canvas.array


def _camera(azimuth: float, elevation: float) -> Camera:
    # Near enough for a strong perspective: without it the view from below reads as a hollow.
    return Camera.orbit(azimuth, elevation, distance=12.0, perspective=True)


def _point(face: str, column: float, row: float) -> Vector:
    """A point of a face of the cube from -1.5 to 1.5, in cells from the face's top left corner."""
    normal, across, down = _FRAMES[face]
    x, y, z = (
        1.5 * n + (column - 1.5) * a + (row - 1.5) * d
        for n, a, d in zip(normal, across, down, strict=True)
    )
    return x, y, z


def _view(shown: str, camera: Camera, x: int, y: int, side: int) -> _View:
    """Draw three faces of the cube in a square at (x, y); ids are places + 1."""
    faces = Faces(side, side)
    outlines = {
        face: [_point(face, *at) for at in ((0, 0), (3, 0), (3, 3), (0, 3))] for face in shown
    }
    corners = [point for outline in outlines.values() for point in outline]
    camera = camera.framed(corners, 2, 2, side - 4, side - 4)
    letters = {}
    sticker = _sticker()
    for outline in outlines.values():
        faces.draw(camera.project(outline)[0], _BODY_ID, 3.0)
    for face in shown:
        for place in places_on(face):
            row, column = divmod(place % 9, 3)
            outline = [_point(face, column + a, row + b) for a, b in sticker]
            faces.draw(camera.project(outline)[0], place + 1, 1.0)
        middle = camera.project([_point(face, 1.5, 1.5)])[0][0]
        letters[face] = (x + float(middle[0]), y + float(middle[1]))
    return _View(x, y, faces, letters)


def _sticker() -> list[tuple[float, float]]:
    """The outline of a sticker in its cell: a square with corners rounded by three points each."""
    low, near, mid = 0.06, 0.18, 0.095
    corner = [(low, near), (mid, mid), (near, low)]
    outline = []
    for _ in range(4):
        outline += corner
        corner = [(1 - y, x) for x, y in corner]
    return outline
