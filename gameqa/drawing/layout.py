"""Where things go: cell sizes within the picture's bounds, room for labels, anchors of text."""

from __future__ import annotations

import math
from collections.abc import Sequence

from gameqa.drawing.font import MIN_TEXT, text_width
from gameqa.drawing.picture import MAX_SIDE
from gameqa.drawing.styles import Style
from gameqa.errors import GameQAError, unknown

_HELD = {
    "center": (0.5, 0.5),
    "left": (0.0, 0.5),
    "right": (1.0, 0.5),
    "top": (0.5, 0.0),
    "bottom": (0.5, 1.0),
    "topleft": (0.0, 0.0),
    "topright": (1.0, 0.0),
    "bottomleft": (0.0, 1.0),
    "bottomright": (1.0, 1.0),
}
ANCHORS = tuple(_HELD)


def anchored(x: float, y: float, width: int, height: int, anchor: str) -> tuple[int, int]:
    """The top left corner of a box that is held at (x, y) by its ``anchor``.

    "left" means that (x, y) is the middle of the left side, and so on.
    """
    held = _HELD.get(anchor)
    if held is None:
        raise unknown("anchor", anchor, ANCHORS)
    return math.floor(x - held[0] * width + 0.5), math.floor(y - held[1] * height + 0.5)


def fit_cell(
    rows: int,
    cols: int,
    margin_w: int,
    margin_h: int,
    style: Style,
    preferred: float,
    minimum: int = 16,
) -> int:
    """The side of a square cell, in pixels, for a board with margins (both sides together).

    As near as possible to ``preferred * style.scale`` such that the whole picture has at least
    ``style.min_pixels`` pixels and its longest side is at most MAX_SIDE. A board so long that no
    size does both gets the largest that fits: finish such pictures with ``Picture.padded``.
    Raises GameQAError when even ``minimum`` is too large.
    """
    if rows < 1 or cols < 1:
        raise GameQAError(f"a board has at least one row and one column, not {rows} x {cols}")
    largest = min((MAX_SIDE - margin_w) // cols, (MAX_SIDE - margin_h) // rows)
    if largest < minimum:
        raise GameQAError(
            f"{rows} x {cols} cells of at least {minimum} px do not fit into {MAX_SIDE} px"
        )
    cell = max(minimum, min(largest, style.px(preferred)))
    while cell < largest and (
        (cols * cell + margin_w) * (rows * cell + margin_h) < style.min_pixels
    ):
        cell += 1
    return cell


def label_height(cell: int) -> int:
    """The height of index labels that suits a cell size: 14 to 22 px."""
    return max(MIN_TEXT, min(22, math.floor(cell * 0.34 + 0.5)))


def label_room(labels: Sequence[str], height_px: int, face: str = "regular") -> int:
    """Pixels that row labels need left of a board: the widest one and air on both sides."""
    widest = max((text_width(label, height_px, face) for label in labels), default=0)
    return widest + math.ceil(height_px * 0.5)
