"""How one tile or background is painted: anti-aliased shapes on an RGB ground.

For themes, which paint each tile once; pictures are assembled from the results with ``Canvas``.
Coordinates are float pixels, (x, y) with y down, as in ``coverage``.
"""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from gameqa.drawing import coverage as cov
from gameqa.drawing.colour import RGB, mix
from gameqa.drawing.coverage import SHADES, Distances, Levels, Points
from gameqa.drawing.font import text_mask
from gameqa.drawing.layout import anchored
from gameqa.drawing.palette import Palette

_DistanceAt = Callable[[int, int, float, float], Distances]


class Painter:
    """A tile under construction. Every method returns the painter, so calls can be chained.

    ``fill=None`` leaves a shape's inside alone; an ``outline`` of ``outline_width`` pixels lies
    inside the shape's edge (for polygons: centred on it). ``opacity`` is 0 to 1.
    """

    def __init__(self, height: int, width: int, background_rgb: RGB) -> None:
        self.height = height
        self.width = width
        self.rgb: npt.NDArray[np.uint8] = np.empty((height, width, 3), np.uint8)
        self.rgb[...] = background_rgb
        self.touched: npt.NDArray[np.bool_] = np.zeros((height, width), dtype=bool)
        """Where anything was painted, for ``Canvas.paste_masked``."""

    def blend(
        self, levels: Levels, rgb: RGB, opacity: float = 1.0, x: int = 0, y: int = 0
    ) -> Painter:
        """Lay a colour over the ground through coverage levels, whose corner lies at (x, y)."""
        top, left = max(0, y), max(0, x)
        bottom = min(self.height, y + levels.shape[0])
        right = min(self.width, x + levels.shape[1])
        if top >= bottom or left >= right:
            return self
        part = levels[top - y : bottom - y, left - x : right - x]
        whole = SHADES * 256
        share = part.astype(np.int64)[..., None] * math.floor(opacity * 256 + 0.5)
        ground = self.rgb[top:bottom, left:right].astype(np.int64)
        ink = np.array(rgb, np.int64)
        mixed = (ground * (whole - share) + ink * share + whole // 2) // whole
        self.rgb[top:bottom, left:right] = mixed
        self.touched[top:bottom, left:right] |= part > 0
        return self

    def fill(self, rgb: RGB) -> Painter:
        """Cover everything with one colour."""
        self.rgb[...] = rgb
        self.touched[...] = True
        return self

    def gradient(self, top_rgb: RGB, bottom_rgb: RGB, steps: int = 12) -> Painter:
        """Cover everything with a vertical gradient of ``steps`` flat bands."""
        for row in range(self.height):
            step = row * steps // self.height
            self.rgb[row] = mix(top_rgb, bottom_rgb, step / max(1, steps - 1))
        self.touched[...] = True
        return self

    def rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        fill: RGB | None,
        outline: RGB | None = None,
        outline_width: float = 1.0,
        opacity: float = 1.0,
    ) -> Painter:
        """A rectangle with its corner at (x, y)."""
        outer = cov.rect_coverage(self.height, self.width, x, y, w, h)
        if outline is None:
            return self if fill is None else self.blend(outer, fill, opacity)
        d = outline_width
        inner = cov.rect_coverage(
            self.height, self.width, x + d, y + d, max(0.0, w - 2 * d), max(0.0, h - 2 * d)
        )
        if fill is None:
            return self.blend(outer - np.minimum(inner, outer), outline, opacity)
        return self.blend(outer, outline, opacity).blend(inner, fill, opacity)

    def rounded_rect(
        self,
        x: float,
        y: float,
        w: float,
        h: float,
        radius: float,
        fill: RGB | None,
        outline: RGB | None = None,
        outline_width: float = 1.0,
        opacity: float = 1.0,
    ) -> Painter:
        """A rectangle with round corners of the given radius."""

        def distance(height: int, width: int, dx: float, dy: float) -> Distances:
            return cov.rounded_rect_distance(height, width, x - dx, y - dy, w, h, radius)

        box = (x, y, x + w, y + h)
        return self._paint(distance, box, fill, outline, outline_width, opacity)

    def circle(
        self,
        cx: float,
        cy: float,
        radius: float,
        fill: RGB | None,
        outline: RGB | None = None,
        outline_width: float = 1.0,
        opacity: float = 1.0,
    ) -> Painter:
        """A disc around (cx, cy)."""

        def distance(height: int, width: int, dx: float, dy: float) -> Distances:
            return cov.circle_distance(height, width, cx - dx, cy - dy, radius)

        box = (cx - radius, cy - radius, cx + radius, cy + radius)
        return self._paint(distance, box, fill, outline, outline_width, opacity)

    def ring(
        self, cx: float, cy: float, radius: float, width: float, rgb: RGB, opacity: float = 1.0
    ) -> Painter:
        """A circle's line, ``width`` pixels wide, whose outer edge has the given radius."""
        return self.circle(cx, cy, radius, None, rgb, width, opacity)

    def ellipse(
        self,
        cx: float,
        cy: float,
        rx: float,
        ry: float,
        fill: RGB | None,
        outline: RGB | None = None,
        outline_width: float = 1.0,
        opacity: float = 1.0,
    ) -> Painter:
        """An axis-parallel ellipse around (cx, cy)."""

        def distance(height: int, width: int, dx: float, dy: float) -> Distances:
            return cov.ellipse_distance(height, width, cx - dx, cy - dy, rx, ry)

        box = (cx - rx, cy - ry, cx + rx, cy + ry)
        return self._paint(distance, box, fill, outline, outline_width, opacity)

    def polygon(
        self,
        points: Points,
        fill: RGB | None,
        outline: RGB | None = None,
        outline_width: float = 1.0,
        opacity: float = 1.0,
    ) -> Painter:
        """A filled polygon (even-odd); the outline is centred on its edge, with round corners."""
        p = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        if fill is not None:
            left, top, width, height = self._window(*p.min(axis=0), *p.max(axis=0))
            self.blend(
                cov.polygon_coverage(height, width, p - (left, top)), fill, opacity, left, top
            )
        if outline is not None:
            self.line(np.concatenate([p, p[:1]]), outline_width, outline, opacity)
        return self

    def line(self, points: Points, width: float, rgb: RGB, opacity: float = 1.0) -> Painter:
        """A line through ``points``, ``width`` pixels wide, with round ends and joints."""
        p = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        reach = width / 2
        left, top, w, h = self._window(*(p.min(axis=0) - reach), *(p.max(axis=0) + reach))
        return self.blend(cov.line_coverage(h, w, p - (left, top), width), rgb, opacity, left, top)

    def arc(
        self,
        cx: float,
        cy: float,
        radius: float,
        start: float,
        stop: float,
        width: float,
        rgb: RGB,
        opacity: float = 1.0,
    ) -> Painter:
        """Part of a circle's line, from ``start`` to ``stop`` degrees clockwise from 3 o'clock."""
        return self.line(cov.circle_points(cx, cy, radius, start, stop), width, rgb, opacity)

    def text(
        self,
        text: str,
        x: float,
        y: float,
        height_px: int,
        rgb: RGB,
        anchor: str = "center",
        face: str = "regular",
        opacity: float = 1.0,
    ) -> Painter:
        """One line of text; see ``Canvas.label`` for anchors and ``text_mask`` for faces."""
        mask = text_mask(text, height_px, face)
        left, top = anchored(x, y, mask.shape[1], height_px, anchor)
        return self.blend(mask, rgb, opacity, left, top)

    def indices(self, palette: Palette) -> npt.NDArray[np.uint8]:
        """The tile as (H, W) uint8 indices; its colours are added to the palette."""
        return palette.indices(self.rgb)

    def _window(self, x0: float, y0: float, x1: float, y1: float) -> tuple[int, int, int, int]:
        """The painter's pixels near a box: left, top, width, height (both at least 0)."""
        left, top = max(0, math.floor(x0) - 1), max(0, math.floor(y0) - 1)
        right, bottom = min(self.width, math.ceil(x1) + 1), min(self.height, math.ceil(y1) + 1)
        return left, top, max(0, right - left), max(0, bottom - top)

    def _paint(
        self,
        distance_at: _DistanceAt,
        box: tuple[float, float, float, float],
        fill: RGB | None,
        outline: RGB | None,
        outline_width: float,
        opacity: float,
    ) -> Painter:
        left, top, width, height = self._window(*box)
        distance = distance_at(height, width, left, top)
        if outline is None:
            if fill is not None:
                self.blend(cov.levels(distance), fill, opacity, left, top)
        elif fill is None:
            band = np.maximum(distance, -(distance + outline_width))
            self.blend(cov.levels(band), outline, opacity, left, top)
        else:
            self.blend(cov.levels(distance), outline, opacity, left, top)
            self.blend(cov.levels(distance + outline_width), fill, opacity, left, top)
        return self
