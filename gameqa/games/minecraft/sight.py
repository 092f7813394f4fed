"""Whether all that matters of a scene can be seen from where the viewer stands.

Sceneries are drawn small, and the ids of the pixels counted. Where only a tower and the player's
figure can hide anything, rays from points of the ground and of the blocks towards the viewer tell
the same faster, and without the rounding of a small picture.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import numpy.typing as npt

from gameqa.games.minecraft.picture import (
    block_owner,
    glimpse,
    ground_owner,
    toward_viewer,
    turned,
)
from gameqa.games.minecraft.rules import State

Points = npt.NDArray[np.float64]
Column = tuple[float, float, float, float, float]
"""An upright thing: least and greatest x, least and greatest y, height."""

_LEAST_KIND = 0.48  # shares that must show; a little more than the pictures are held to
_LEAST_WATER = 0.5
_LEAST_BLOCK = 0.5
_FIGURE = 0.25, 0.75, 2.0  # from where to where across its cell, and how high


def is_clear(state: State) -> bool:
    """Whether all that matters of a scene can be seen."""
    if state.scene == "scenery":
        return _kinds_show(state)
    return state.player is None or _way_shows(state)


def _kinds_show(state: State) -> bool:
    """Whether enough of each kind of thing shows."""
    ids = glimpse(state)
    groups: dict[str, list[int]] = {}
    for cell, kind in state.blocks:
        groups.setdefault(kind, []).append(block_owner(state, cell))
    for kind, cells in (("water", state.water), ("lava", state.lava)):
        if cells:
            groups[kind] = [ground_owner(state, cell) for cell in cells]
    return all(
        sum(map(ids.pixels, owners)) >= _LEAST_KIND * sum(map(ids.nominal, owners))
        for owners in groups.values()
    )


def _way_shows(state: State) -> bool:
    """Whether water, player and tower show."""
    assert state.player is not None
    toward = toward_viewer(state)
    px, py = turned(state, state.player)
    low, high, tall = _FIGURE
    figure = px + low, px + high, py + low, py + high, tall
    columns = [figure]
    if state.target is not None:
        (x, height, z), _ = state.target
        cx, cy = turned(state, (x, z))
        tower = float(cx), cx + 1.0, float(cy), cy + 1.0, height + 1.0
        columns.append(tower)
        # Neither may the tower hide the player or the red cell, nor the player the tower.
        player = np.array([(px + 0.5, py + 0.5, h) for h in (0.3, 1.0, 1.9)])
        cell = np.add(_tile(), (px, py, 0.0))
        if _hidden(np.concatenate([player, cell]), [tower], toward).any():
            return False
        shown = ~_hidden(np.add(_faces(height + 1), (cx, cy, 0.0)), [figure], toward)
        if float(shown.reshape(height + 1, -1).mean(axis=1).min()) < _LEAST_BLOCK:
            return False
    if not state.water:
        return True
    corners = np.array([(*turned(state, cell), 0) for cell in state.water], np.float64)
    points = (corners[:, None, :] + _tile()).reshape(-1, 3)
    shown = ~_hidden(points, columns, toward)
    return float(shown.reshape(len(corners), -1).mean(axis=1).min()) >= _LEAST_WATER


@lru_cache(maxsize=1)
def _tile() -> Points:
    """Points of a ground cell."""
    steps = (np.arange(4) + 0.5) / 4
    x, y = np.meshgrid(steps, steps)
    return np.stack([x.ravel(), y.ravel(), np.zeros(16)], axis=1)


@lru_cache(maxsize=16)
def _faces(blocks: int) -> Points:
    """Points of the two near sides of a stack of blocks, block by block."""
    steps = (np.arange(3) + 0.5) / 3
    points = []
    for z in range(blocks):
        points += [(1.0, u, z + v) for u in steps for v in steps]
        points += [(u, 1.0, z + v) for u in steps for v in steps]
    return np.array(points)


def _hidden(
    points: Points, columns: list[Column], toward: tuple[float, float, float]
) -> npt.NDArray[np.bool_]:
    """Whether rays from points towards the viewer run into a column."""
    hidden = np.zeros(len(points), np.bool_)
    px, py, pz = points.T
    dx, dy, dz = toward
    for x0, x1, y0, y1, tall in columns:
        enter = np.maximum(np.maximum((x0 - px) / dx, (y0 - py) / dy), 0.0)
        leave = np.minimum(np.minimum((x1 - px) / dx, (y1 - py) / dy), (tall - pz) / dz)
        hidden |= enter + 1e-6 < leave
    return hidden
