"""Wall cells of a maze as tiles: massive where walls meet, with an edge towards every open cell.

codes = wall_codes(walls)                     # which of the 16 tiles each wall cell takes
tiles = [paint_wall(Painter(cell, cell, fill), code, edge, seam) for code in range(16)]
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from gameqa.drawing.colour import RGB
from gameqa.drawing.shapes import Painter

WALL_CODES = 16
"""How many kinds of wall cells there are: each of four sides is open or not."""


def wall_codes(walls: npt.ArrayLike) -> npt.NDArray[np.uint8]:
    """Return for every cell which of its sides are open: 1 above, 2 right, 4 below, 8 left.

    Args:
        walls: rows of 0 (open) and 1 (wall); what lies outside counts as wall. The codes of open
            cells mean nothing.
    """
    ringed = np.pad(np.asarray(walls, np.uint8), 1, constant_values=1) == 0
    codes = np.zeros((ringed.shape[0] - 2, ringed.shape[1] - 2), np.uint8)
    codes |= ringed[:-2, 1:-1] * np.uint8(1)
    codes |= ringed[1:-1, 2:] * np.uint8(2)
    codes |= ringed[2:, 1:-1] * np.uint8(4)
    codes |= ringed[1:-1, :-2] * np.uint8(8)
    return codes


def paint_wall(painter: Painter, code: int, edge: RGB, seam: RGB, width: float = 2.0) -> Painter:
    """Paint a wall cell onto its own colour.

    Args:
        painter: a square of the wall's colour.
        code: which sides are open, as `wall_codes` numbers them.
        edge: colour of the lines along open sides.
        seam: colour of the thin lines by which the cells of a wall can be counted.
        width: of the lines along open sides, in pixels.
    """
    s = painter.width
    painter.rect(0, 0, s, 1, seam).rect(0, 0, 1, s, seam)
    if code & 1:
        painter.rect(0, 0, s, width, edge)
    if code & 2:
        painter.rect(s - width, 0, width, s, edge)
    if code & 4:
        painter.rect(0, s - width, s, width, edge)
    if code & 8:
        painter.rect(0, 0, width, s, edge)
    return painter
