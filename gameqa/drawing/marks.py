"""Crosses and noughts, for every game that is played with them."""

from __future__ import annotations

from gameqa.drawing.colour import RGB
from gameqa.drawing.shapes import Painter


def paint_cross(painter: Painter, rgb: RGB, share: float = 0.62, stroke: float = 0.13) -> Painter:
    """Paint an X in the middle of a square tile.

    Args:
        painter: the tile.
        rgb: the strokes' colour.
        share: of the tile's side that the mark takes up, strokes included.
        stroke: width of the strokes as a share of the side.
    """
    s = painter.width
    width = max(2.0, s * stroke)
    near = s * (1 - share) / 2 + width / 2
    far = s - near
    painter.line([(near, near), (far, far)], width, rgb)
    return painter.line([(near, far), (far, near)], width, rgb)


def paint_nought(painter: Painter, rgb: RGB, share: float = 0.66, stroke: float = 0.13) -> Painter:
    """Paint an O in the middle of a square tile; arguments as for `paint_cross`."""
    s = painter.width
    return painter.ring(s / 2, s / 2, s * share / 2, max(2.0, s * stroke), rgb)
