"""How much of a voxel can be seen past the others.

The viewer stands far away at azimuth 50 and elevation 30 degrees, where x, y and z are largest.
Each of a voxel's three faces on that side is sampled by 36 points; the cells that a ray from such
a point to the viewer passes through decide whether it is seen.
"""

from __future__ import annotations

import math
from collections import Counter
from functools import cache

from gameqa.games.reconstruction_3d.rules import CELLS, Cell, bit_of, singles

AZIMUTH, ELEVATION = 50.0, 30.0
_SAMPLES = 6


@cache
def _rays() -> dict[int, list[tuple[int, int]]]:
    """For each cell's mask: masks that hide a part of it, and its size in millionths."""
    a, e = math.radians(AZIMUTH), math.radians(ELEVATION)
    toward = (math.cos(a) * math.cos(e), math.sin(a) * math.cos(e), math.sin(e))
    whole = _SAMPLES * _SAMPLES * sum(toward)
    rays = {}
    for cell in CELLS:
        parts: Counter[int] = Counter()
        for axis in range(3):
            # Whole millionths, so that sums do not depend on their order.
            weight = round(1e6 * toward[axis] / whole)
            for i in range(_SAMPLES):
                for j in range(_SAMPLES):
                    point = [float(part) for part in cell]
                    point[axis] += 1
                    point[axis - 2] += (i + 0.5) / _SAMPLES
                    point[axis - 1] += (j + 0.5) / _SAMPLES
                    parts[_passed(point, toward)] += weight
        rays[bit_of(cell)] = sorted(parts.items(), key=lambda part: (-part[1], part[0]))
    return rays


def _passed(point: list[float], toward: tuple[float, float, float]) -> int:
    """Return the cells that a ray passes through on its way out of the grid."""
    crossings = sorted(
        (edge - point[k]) / toward[k] for k in range(3) for edge in range(1, 6) if edge > point[k]
    )
    passed = 0
    before = 0.0
    for t in [*crossings, crossings[-1] + 1]:
        middle = (before + t) / 2
        before = t
        cell: Cell = (
            math.floor(point[0] + middle * toward[0]),
            math.floor(point[1] + middle * toward[1]),
            math.floor(point[2] + middle * toward[2]),
        )
        if max(cell) <= 3:
            passed |= bit_of(cell)
    return passed


def exposure(bit: int, mask: int) -> float:
    """Return what share of a voxel's visible sides is seen past a structure, 0 to 1."""
    return sum(weight for blockers, weight in _rays()[bit] if not blockers & mask) / 1e6


def is_seen(bit: int, mask: int, least: float) -> bool:
    """Whether at least that share of a voxel is seen."""
    seen, wanted = 0, least * 1e6
    for blockers, weight in _rays()[bit]:
        if not blockers & mask:
            seen += weight
            if seen >= wanted:
                return True
    return False


def all_seen(mask: int, least: float) -> bool:
    """Whether at least that share of every voxel of a structure is seen."""
    return all(is_seen(bit, mask, least) for bit in singles(mask))
