"""Are neighbouring areas told apart, by people with normal and with red-green blind eyes?

Differences are CIEDE2000 (CIE 142-2001) of sRGB colours; deuteranopia is simulated after
G. M. Machado, M. M. Oliveira and L. A. F. Fernandes, IEEE TVCG 15 (2009), at full severity.
Shading makes many neighbouring colours that mean the same, and these are close for everyone. What
matters is a pair that is plainly different for most people and hardly so without green cones: a
question may rest on it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from gameqa.drawing.colour import RGB, cielab_distance, simulate_deuteranopia

PLAIN = 12.0
"""CIEDE2000 from which a difference is plain to a normal eye."""

HARDLY = 6.0
"""CIEDE2000 below which areas are hardly told apart."""

_AREA = 0.003  # share of the picture from which a colour is an area and no edge
_APART = 4  # pixels between two points on either side of an edge, its shades left out
_BORDER = 24  # such points from which two areas are neighbours


@dataclass(frozen=True)
class Contrast:
    """Neighbouring areas of a picture.

    Attributes:
        normal: the least difference of two neighbouring areas; None with fewer than two areas.
        deuteranopia: the same without green cones.
        lost: pairs that are plain to most and hardly told apart without green cones, as
            (colour, colour, difference, difference without green cones).
    """

    normal: float | None
    deuteranopia: float | None
    lost: tuple[tuple[str, str, float, float], ...]


def contrast(indices: npt.NDArray[Any], palette: npt.NDArray[np.uint8]) -> Contrast:
    """Compare the neighbouring areas of a picture of palette indices."""
    unique, back = np.unique(palette, axis=0, return_inverse=True)
    codes = back.reshape(-1)[indices].astype(np.int64)
    counts = np.bincount(codes.ravel(), minlength=len(unique))
    is_area = counts >= _AREA * codes.size
    borders = np.zeros(len(unique) ** 2, np.int64)
    for one, other in (
        (codes[:, :-_APART], codes[:, _APART:]),
        (codes[:-_APART], codes[_APART:]),
    ):
        differ = (one != other) & is_area[one] & is_area[other]
        low, high = np.minimum(one, other)[differ], np.maximum(one, other)[differ]
        borders += np.bincount(low * len(unique) + high, minlength=len(borders))
    normal, blind, lost = [], [], []
    for pair in np.flatnonzero(borders >= _BORDER):
        a, b = (_rgb(unique[int(k)]) for k in divmod(int(pair), len(unique)))
        seen, left = differences(a, b)
        normal.append(seen)
        blind.append(left)
        if seen >= PLAIN and left < HARDLY:
            lost.append((_hex(a), _hex(b), round(seen, 1), round(left, 1)))
    return Contrast(
        normal=round(min(normal), 1) if normal else None,
        deuteranopia=round(min(blind), 1) if blind else None,
        lost=tuple(sorted(lost)),
    )


@lru_cache(maxsize=65536)
def differences(a: RGB, b: RGB) -> tuple[float, float]:
    """Return how different two colours are with and without green cones (CIEDE2000)."""
    return (
        cielab_distance(a, b),
        cielab_distance(simulate_deuteranopia(a), simulate_deuteranopia(b)),
    )


def _rgb(colour: npt.NDArray[np.uint8]) -> RGB:
    red, green, blue = (int(channel) for channel in colour)
    return red, green, blue


def _hex(colour: RGB) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
