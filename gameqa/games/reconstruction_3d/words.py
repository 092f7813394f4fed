"""What the picture shows, as text, and the words that questions and analyses share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gameqa.games.reconstruction_3d.rules import Cell, Matrix, State
from gameqa.text import grid

COLUMNS = {"front": "y", "side": "x"}
"""The axis along which a view's columns run."""

COORDINATES = (
    "The structure shown is built of voxels (unit cubes) in a 3 x 3 x 3 grid. Cells are written "
    "(x, y, z), each from 1 to 3; z points up."
)
SEEN = "Every voxel of it can be seen at least in part; none is hidden completely."
VIEW_RULES = (
    "The Y-Z projection (front view, along the x axis) has columns y = 1, 2, 3 from left to right "
    "and rows z = 3, 2, 1 from top to bottom; the X-Z projection (side view, along the y axis) has "
    "columns x = 1, 2, 3 and the same rows. A cell of a projection is filled when at least one "
    "voxel lies on its line of sight, otherwise empty."
)


def describe(state: State) -> str:
    """Write the structure layer by layer, then the targets, then the budget if there is one."""
    filled = set(state.voxels)
    parts = ["The structure, one table a layer (# voxel, . empty):"]
    for z in (3, 2, 1):
        rows = [["x\\y", "1", "2", "3"]]
        for x in (1, 2, 3):
            rows.append([str(x), *("#" if (x, y, z) in filled else "." for y in (1, 2, 3))])
        parts.append(f"Layer z = {z}, rows x, columns y:\n{grid(rows, numbered=False)}")
    for view, matrix in (("front", state.target_front), ("side", state.target_side)):
        axis = COLUMNS[view]
        name = "front view (Y-Z)" if view == "front" else "side view (X-Z)"
        table = [
            [f"z\\{axis}", "1", "2", "3"],
            *([str(3 - r), *map(str, row)] for r, row in enumerate(matrix)),
        ]
        parts.append(
            f"Target {name}, rows z, columns {axis} (1 filled, 0 empty):\n"
            f"{grid(table, numbered=False)}"
        )
    if state.remaining is not None:
        parts.append(f"Voxels that may be added: {state.remaining}")
    return "\n\n".join(parts)


def cell_text(cell: Sequence[int]) -> str:
    """Write a cell, e.g. ``(1, 2, 3)``."""
    return f"({', '.join(map(str, cell))})"


def cells_text(cells: Iterable[Cell], nothing: str = "none") -> str:
    """Write cells in a row."""
    return ", ".join(map(cell_text, cells)) or nothing


def rows_text(matrix: Matrix) -> str:
    """Write a silhouette's rows from the top, e.g. ``z=3: 0 1 0; z=2: ...``."""
    return "; ".join(f"z={3 - r}: {' '.join(map(str, row))}" for r, row in enumerate(matrix))


def places_text(places: Iterable[tuple[int, int]], view: str) -> str:
    """Write cells of a silhouette, e.g. ``(y=1, z=2)``."""
    axis = COLUMNS[view]
    return ", ".join(f"({axis}={column}, z={z})" for column, z in places) or "none"
