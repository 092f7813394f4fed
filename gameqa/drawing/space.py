"""How solids become pixels: cameras, and filled convex polygons with soft dark edges.

No depth buffer: faces are drawn from far to near (``painter_order``), which is right for cubes on
a grid and for other convex solids that do not pass through each other.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from gameqa.drawing.coverage import SHADES, Points, snap
from gameqa.errors import GameQAError

Vector = tuple[float, float, float]
Floats = npt.NDArray[np.float64]


def _unit(v: Vector) -> Vector:
    length = math.sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2])
    if not length:
        raise GameQAError("a camera needs eye, target and up that do not lie on one line")
    return v[0] / length, v[1] / length, v[2] / length


def _cross(a: Vector, b: Vector) -> Vector:
    return a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]


@dataclass(frozen=True)
class Camera:
    """A view of space: from ``eye`` towards ``target``; ``up`` appears upwards.

    ``scale`` is pixels per unit (orthographic) or pixels per unit at distance 1 (perspective);
    the target appears at ``centre``, in pixels (x, y).
    """

    eye: Vector
    target: Vector = (0.0, 0.0, 0.0)
    up: Vector = (0.0, 0.0, 1.0)
    scale: float = 100.0
    centre: tuple[float, float] = (0.0, 0.0)
    perspective: bool = False

    @classmethod
    def orbit(
        cls,
        azimuth: float,
        elevation: float,
        distance: float = 10.0,
        target: Vector = (0.0, 0.0, 0.0),
        perspective: bool = False,
    ) -> Camera:
        """A camera around ``target``, z up; degrees, azimuth counted from +x towards +y."""
        a, e = math.radians(azimuth), math.radians(elevation)
        x, y, z = (
            snap(16 * part) / 16  # so fine that only the last bits of libm are lost
            for part in (
                distance * math.cos(e) * math.cos(a),
                distance * math.cos(e) * math.sin(a),
                distance * math.sin(e),
            )
        )
        eye = (target[0] + x, target[1] + y, target[2] + z)
        return cls(eye, target, perspective=perspective)

    def axes(self) -> tuple[Vector, Vector, Vector]:
        """Unit vectors in space: to the right, down, and away from the eye."""
        away = _unit(
            (
                self.target[0] - self.eye[0],
                self.target[1] - self.eye[1],
                self.target[2] - self.eye[2],
            )
        )
        right = _unit(_cross(away, self.up))
        return right, _cross(away, right), away

    def project(self, points: npt.ArrayLike) -> tuple[Floats, Floats]:
        """Pixels (n, 2) as (x, y), rounded to 1/64, and depths (n,) of points (n, 3).

        Depth grows away from the eye. Raises GameQAError for a point at or behind the eye of a
        perspective camera.
        """
        p = np.asarray(points, dtype=np.float64).reshape(-1, 3)
        rel = p - np.array(self.eye)
        # Written out, because a matrix product's rounding depends on the machine's BLAS.
        x, y, depth = (
            rel[:, 0] * axis[0] + rel[:, 1] * axis[1] + rel[:, 2] * axis[2] for axis in self.axes()
        )
        factor: Floats | float = self.scale
        if self.perspective:
            if len(depth) and float(depth.min()) <= 1e-6:
                raise GameQAError("a point lies behind the camera")
            factor = self.scale / depth
        flat = np.stack([x * factor + self.centre[0], y * factor + self.centre[1]], axis=1)
        return np.floor(flat * 64.0 + 0.5) / 64.0, depth

    def framed(
        self, points: npt.ArrayLike, x: float, y: float, width: float, height: float
    ) -> Camera:
        """The same view, scaled and moved so that ``points`` just fill a box of the picture."""
        flat, _ = replace(self, scale=65536.0, centre=(0.0, 0.0)).project(points)
        low, high = flat.min(axis=0), flat.max(axis=0)
        extent = high - low
        share = min(width / max(extent[0], 1e-9), height / max(extent[1], 1e-9))
        middle = (low + high) / 2 * share
        centre = (snap(x + width / 2 - middle[0]), snap(y + height / 2 - middle[1]))
        return replace(self, scale=65536.0 * float(share), centre=centre)


def facing(points_xy: Points) -> bool:
    """Whether a projected face runs clockwise on the screen (y down)."""
    p = [(float(x), float(y)) for x, y in points_xy]
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in zip(p, p[1:] + p[:1], strict=True)) > 0


def painter_order(depths: Sequence[npt.ArrayLike] | Floats) -> list[int]:
    """The order in which to draw faces, far to near, from the depths of each one's corners.

    Faces are compared by mean depth (to 1/1024); equals keep their order.
    """
    means = []
    for corners in depths:
        values = [float(d) for d in np.asarray(corners).ravel()]
        means.append(math.floor(sum(values) / len(values) * 1024 + 0.5))
    return sorted(range(len(means)), key=lambda i: -means[i])


def fill_convex(array: npt.NDArray[np.integer], points_xy: Points, value: int) -> None:
    """Set every element of a 2-D integer array whose pixel centre lies in a convex polygon.

    ``points_xy`` (n, 2) in pixels, either way round. Works for palette indices and for ids. A
    centre exactly on an edge belongs to the polygon below or right of it, so neighbours that
    share an edge leave no gap and do not overlap.
    """
    p = [(float(x), float(y)) for x, y in points_xy]
    ys = [y for _, y in p]
    xs = [x for x, _ in p]
    top, bottom = max(0, math.ceil(min(ys) - 0.5)), min(len(array), math.ceil(max(ys) - 0.5))
    first, last = max(0, math.ceil(min(xs) - 0.5)), min(array.shape[1], math.ceil(max(xs) - 0.5))
    if top >= bottom or first >= last:
        return
    # Each row of a convex polygon is one run; its ends come from the two edges that cross it.
    left = [math.inf] * (bottom - top)
    right = [-math.inf] * (bottom - top)
    before = p[-1]
    for after in p:
        (x0, y0), (x1, y1) = (before, after) if before[1] < after[1] else (after, before)
        before = after
        start, stop = max(top, math.ceil(y0 - 0.5)), min(bottom, math.ceil(y1 - 0.5))
        if start >= stop:
            continue
        slope = (x1 - x0) / (y1 - y0)
        offset = x0 + (0.5 - y0) * slope
        for row in range(start, stop):
            x = offset + row * slope
            at = row - top
            if x < left[at]:
                left[at] = x
            if x > right[at]:
                right[at] = x
    cols = np.arange(first, last) + 0.5
    run = cols >= np.array(left)[:, None]
    run &= cols < np.array(right)[:, None]
    np.copyto(array[top:bottom, first:last], array.dtype.type(value), where=run)


class Faces:
    """Faces with anti-aliased border lines: what is where, and how much border covers it.

    Each pixel holds the ``ids`` of the face seen there (0: the background) and in ``edge`` how
    much of it is border, 0..SHADES; ``indices`` turns the pair into a palette index. So every
    pixel is a blend of one face's colour and the border's, and the palette stays small.
    """

    def __init__(self, height: int, width: int) -> None:
        self.ids: npt.NDArray[np.uint16] = np.zeros((height, width), np.uint16)
        self.edge: npt.NDArray[np.uint8] = np.zeros((height, width), np.uint8)

    def draw(self, points_xy: Points, face_id: int, border: float = 2.0) -> None:
        """Draw a convex face over what is there; its border line is centred on its edge."""
        p = [(float(x), float(y)) for x, y in points_xy]
        if not facing(p):
            p.reverse()
        reach = border / 2 + 1
        top = max(0, math.floor(min(y for _, y in p) - reach))
        left = max(0, math.floor(min(x for x, _ in p) - reach))
        bottom = min(self.ids.shape[0], math.ceil(max(y for _, y in p) + reach))
        right = min(self.ids.shape[1], math.ceil(max(x for x, _ in p) + reach))
        if top >= bottom or left >= right:
            return
        xs = np.arange(left, right, dtype=np.float32) + np.float32(0.5)
        ys = (np.arange(top, bottom, dtype=np.float32) + np.float32(0.5))[:, None]
        depth: npt.NDArray[np.float32] | None = None
        for (x0, y0), (x1, y1) in zip(p, p[1:] + p[:1], strict=True):
            dx, dy = x1 - x0, y1 - y0
            length = math.sqrt(dx * dx + dy * dy)
            if length < 1e-9:
                continue
            nx, ny = -dy / length, dx / length
            side = xs * np.float32(nx) + (ys * np.float32(ny) - np.float32(x0 * nx + y0 * ny))
            depth = side if depth is None else np.minimum(depth, side, out=depth)
        if depth is None:
            return
        inside = depth >= 0
        np.abs(depth, out=depth)
        np.subtract(np.float32(border / 2 + 0.5), depth, out=depth)
        np.clip(depth, 0, 1, out=depth)
        level = (depth * np.float32(SHADES) + np.float32(0.5)).astype(np.uint8)
        np.copyto(self.ids[top:bottom, left:right], np.uint16(face_id), where=inside)
        edge = self.edge[top:bottom, left:right]
        # Inside, the new face hides the lines behind it; outside, its line joins those there.
        np.maximum(edge, level, out=edge)
        np.copyto(edge, level, where=inside)

    def indices(self, ramps: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
        """Palette indices (H, W) from one ramp an id, (n, SHADES + 1), face colour to border."""
        codes = self.ids * np.uint16(SHADES + 1)
        codes += self.edge
        out: npt.NDArray[np.uint8] = ramps.ravel().take(codes)
        return out
