"""What a colour is called: the nearest of 24 named colours, if none other is nearly as near."""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import lru_cache

from gameqa.drawing import RGB
from gameqa.drawing.colour import cielab
from gameqa.text import listing

ANCHORS: dict[str, RGB] = {
    "red": (214, 39, 40),
    "dark red": (120, 20, 28),
    "orange": (255, 140, 26),
    "brown": (133, 84, 46),
    "yellow": (250, 222, 60),
    "olive": (122, 122, 34),
    "lime green": (160, 222, 60),
    "green": (44, 150, 60),
    "dark green": (22, 78, 40),
    "teal": (20, 128, 128),
    "cyan": (70, 214, 226),
    "light blue": (150, 196, 240),
    "blue": (46, 100, 220),
    "navy": (20, 30, 100),
    "purple": (128, 58, 180),
    "lavender": (190, 160, 230),
    "magenta": (220, 50, 190),
    "pink": (250, 160, 190),
    "beige": (228, 206, 166),
    "black": (20, 20, 22),
    "dark gray": (82, 82, 86),
    "gray": (140, 140, 144),
    "light gray": (198, 198, 202),
    "white": (248, 248, 248),
}
"""The named colours; more of them than `gameqa.drawing.NAMED` has, for shades are asked about."""

PALE = ("light gray", "white")
"""Names that no gradient starts or ends with: they resemble paper."""

ENDS = tuple(name for name in ANCHORS if name not in PALE)
"""Names that a gradient may start or end with."""

# Darker colours are nearer to gray than to light gray, whatever their hue.
_PALE_FROM = 60.0
_NEAR = 25.0
_MARGIN = 6.0


@lru_cache(maxsize=1 << 14)
def lab(rgb: RGB) -> tuple[float, float, float]:
    """Return the CIELAB coordinates of a colour."""
    return cielab(rgb)


def difference(one: RGB, other: RGB) -> float:
    """Return how different two colours look: their distance in CIELAB."""
    return math.dist(lab(one), lab(other))


def nearest(rgb: RGB, names: Iterable[str] = ANCHORS) -> list[str]:
    """Return names by the distance of their colours from a colour, the nearest first."""
    place = lab(rgb)
    return sorted(names, key=lambda name: math.dist(place, lab(ANCHORS[name])))


def is_pale(rgb: RGB) -> bool:
    """Whether the nearest name of a colour is one of `PALE`."""
    place = lab(rgb)
    if place[0] <= _PALE_FROM:
        return False
    away = min(math.dist(place, lab(ANCHORS[name])) for name in PALE)
    return all(math.dist(place, lab(ANCHORS[name])) > away for name in ENDS)


def name_of(rgb: RGB) -> str | None:
    """Return the name of a colour, or None where two names would do or none does."""
    first, second = nearest(rgb)[:2]
    away = difference(rgb, ANCHORS[first])
    if away > _NEAR or difference(rgb, ANCHORS[second]) < away + _MARGIN:
        return None
    return first


def comparison(rgb: RGB, other: RGB) -> str:
    """Tell in a few words how a colour looks beside another one."""
    l1, a1, b1 = lab(rgb)
    l2, a2, b2 = lab(other)
    strongest = max(abs(l1 - l2), abs(a1 - a2), abs(b1 - b2))
    words = []
    if abs(l1 - l2) >= 0.5 * strongest:
        words.append("lighter" if l1 > l2 else "darker")
    for one, two, (more, less), (opposite, less_opposite) in (
        (a1, a2, ("redder", "less red"), ("greener", "less green")),
        (b1, b2, ("yellower", "less yellow"), ("bluer", "less blue")),
    ):
        if abs(one - two) >= 0.5 * strongest:
            # Between two greens, the one with less green in it does not look redder.
            if one + two > 0:
                words.append(more if one > two else less)
            else:
                words.append(less_opposite if one > two else opposite)
    return listing(words)
