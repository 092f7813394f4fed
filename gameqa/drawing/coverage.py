"""How much of each pixel a shape covers: levels from 0 (nothing) to SHADES (all of it).

The mask-level half of drawing, shared by shapes and glyphs. Coordinates are float pixels, (x, y)
with y down; pixel (row i, column j) is the square from (j, i) to (j + 1, i + 1). Levels decide
pixels, so only ``+ - * /`` and square roots are used, element by element (no BLAS, no sums of
floats), which are exact to the bit on every machine; sines and cosines are rounded to 1/64 pixel.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

SHADES = 6
"""Anti-aliasing steps: an edge pixel is one of SHADES - 1 blends. Few, so that palettes last."""

Levels = npt.NDArray[np.uint8]
Distances = npt.NDArray[np.float64]
Points = Sequence[tuple[float, float]] | npt.NDArray[np.float64]

_SUB = 4  # sub-pixels a side for polygons
_GRID = 64.0


def snap(value: float) -> float:
    """``value`` rounded to 1/64 pixel, which hides how a machine's libm rounds."""
    return math.floor(value * _GRID + 0.5) / _GRID


def circle_points(
    cx: float,
    cy: float,
    radius: float,
    start: float = 0.0,
    stop: float = 360.0,
    radius_y: float = 0.0,
) -> list[tuple[float, float]]:
    """Points along an arc, in degrees clockwise from 3 o'clock, each rounded to 1/64 pixel.

    ``radius_y`` (default: ``radius``) makes it elliptic. About one point every 3 pixels.
    """
    ry = radius_y or radius
    span = abs(stop - start)
    steps = max(4, math.ceil(span / 360.0 * 2.1 * max(radius, ry)), math.ceil(span / 15.0))
    angles = (math.radians(start + (stop - start) * i / steps) for i in range(steps + 1))
    return [(snap(cx + radius * math.cos(a)), snap(cy + ry * math.sin(a))) for a in angles]


def levels(distance: Distances) -> Levels:
    """Coverage levels from a signed distance in pixels (negative inside), one pixel soft."""
    soft = np.clip(0.5 - distance, 0.0, 1.0)
    return np.floor(soft * SHADES + 0.5).astype(np.uint8)


def _axes(height: int, width: int) -> tuple[Distances, Distances]:
    x = (np.arange(width, dtype=np.float64) + 0.5)[None, :]
    y = (np.arange(height, dtype=np.float64) + 0.5)[:, None]
    return x, y


def circle_distance(height: int, width: int, cx: float, cy: float, radius: float) -> Distances:
    """Signed distance (H, W) to a circle's rim."""
    x, y = _axes(height, width)
    out: Distances = np.sqrt((x - cx) * (x - cx) + (y - cy) * (y - cy)) - radius
    return out


def ellipse_distance(
    height: int, width: int, cx: float, cy: float, rx: float, ry: float
) -> Distances:
    """Signed distance (H, W) to an ellipse's rim, exact to first order near the rim."""
    x, y = _axes(height, width)
    px, py = (x - cx) / rx, (y - cy) / ry
    k = np.sqrt(px * px + py * py)
    slope = np.sqrt(px * px / (rx * rx) + py * py / (ry * ry))
    out: Distances = np.where(slope > 1e-9, k * (k - 1.0) / np.maximum(slope, 1e-9), -min(rx, ry))
    return out


def rounded_rect_distance(
    height: int, width: int, x: float, y: float, w: float, h: float, radius: float
) -> Distances:
    """Signed distance (H, W) to a rectangle at (x, y) of size (w, h) with round corners."""
    radius = max(0.0, min(radius, w / 2, h / 2))
    ax, ay = _axes(height, width)
    qx = np.abs(ax - (x + w / 2)) - (w / 2 - radius)
    qy = np.abs(ay - (y + h / 2)) - (h / 2 - radius)
    ox, oy = np.maximum(qx, 0.0), np.maximum(qy, 0.0)
    out: Distances = np.sqrt(ox * ox + oy * oy) + np.minimum(np.maximum(qx, qy), 0.0) - radius
    return out


def polyline_distance(height: int, width: int, points: Points) -> Distances:
    """Unsigned distance (H, W) to an open line through ``points`` (one point is a dot)."""
    p = np.asarray(points, dtype=np.float64).reshape(-1, 2)
    if len(p) == 1:
        p = np.concatenate([p, p])
    return segments_distance(height, width, np.concatenate([p[:-1], p[1:]], axis=1))


def segments_distance(height: int, width: int, segments: npt.NDArray[np.float64]) -> Distances:
    """Unsigned distance (H, W) to the nearest of the segments (n, 4) as x0, y0, x1, y1."""
    x, y = _axes(height, width)
    nearest = np.full((height, width), np.inf)
    step = max(1, 60_000 // max(1, height * width))  # what fits into the cache at once
    for first in range(0, len(segments), step):
        x0, y0, x1, y1 = segments[first : first + step].T[:, :, None, None]
        dx, dy = x1 - x0, y1 - y0
        length = dx * dx + dy * dy
        length = np.where(length > 0.0, length, 1.0)
        rx, ry = x[None] - x0, y[None] - y0
        along = np.clip(rx * (dx / length) + ry * (dy / length), 0.0, 1.0)
        ex, ey = rx - along * dx, ry - along * dy
        np.minimum(nearest, (ex * ex + ey * ey).min(axis=0), out=nearest)
    out: Distances = np.sqrt(nearest)
    return out


def rect_coverage(height: int, width: int, x: float, y: float, w: float, h: float) -> Levels:
    """Levels (H, W) of an axis-parallel rectangle, by exact area."""
    cols = np.arange(width, dtype=np.float64)
    rows = np.arange(height, dtype=np.float64)
    across = np.clip(np.minimum(cols + 1, x + w) - np.maximum(cols, x), 0.0, 1.0)
    down = np.clip(np.minimum(rows + 1, y + h) - np.maximum(rows, y), 0.0, 1.0)
    out: Levels = np.floor(down[:, None] * across[None, :] * SHADES + 0.5).astype(np.uint8)
    return out


def circle_coverage(height: int, width: int, cx: float, cy: float, radius: float) -> Levels:
    """Levels (H, W) of a disc."""
    return levels(circle_distance(height, width, cx, cy, radius))


def line_coverage(height: int, width: int, points: Points, line_width: float) -> Levels:
    """Levels (H, W) of a line through ``points`` with round ends and joints."""
    return levels(polyline_distance(height, width, points) - line_width / 2)


def polygon_coverage(height: int, width: int, points: Points) -> Levels:
    """Levels (H, W) of a filled polygon (even-odd), from 4 x 4 samples a pixel."""
    p = np.asarray(points, dtype=np.float64).reshape(-1, 2) * _SUB
    q = np.roll(p, -1, axis=0)
    is_down = (p[:, 1] <= q[:, 1])[:, None]
    x0, y0 = np.where(is_down, p, q).T
    x1, y1 = np.where(is_down, q, p).T
    high, wide = height * _SUB, width * _SUB
    # Sample rows i + 0.5 in [y0, y1): half open, so a shared corner is crossed once.
    rows = np.arange(high, dtype=np.float64) + 0.5
    row, edge = np.nonzero((rows[:, None] >= y0) & (rows[:, None] < y1))
    x, y = x0[edge], y0[edge]
    crossing = x + (rows[row] - y) * ((x1[edge] - x) / (y1[edge] - y))
    # Every crossing turns all samples right of it inside out.
    first = np.clip(np.ceil(crossing - 0.5), 0, wide).astype(np.int64)
    turns = np.bincount(row * (wide + 1) + first, minlength=high * (wide + 1))
    inside = np.cumsum(turns.reshape(high, wide + 1)[:, :wide], axis=1) & 1
    counts = inside.reshape(height, _SUB, width, _SUB).sum(axis=(1, 3), dtype=np.int64)
    out: Levels = ((counts * SHADES + _SUB * _SUB // 2) // (_SUB * _SUB)).astype(np.uint8)
    return out
