"""Worlds of blocks: what is in front, what the ids say, and that styles share the sprites."""

from __future__ import annotations

import numpy as np
import pytest

from gameqa.drawing.blocks import (
    LEFT,
    RIGHT,
    SHADING,
    TOP,
    IdBuffer,
    Inks,
    Scene,
    Skin,
    View,
    box,
    panel,
)
from gameqa.errors import GameQAError


def make_inks():
    inks = Inks({"stone": (150, 170, 150), "edge": (20, 20, 26), "sky": (250, 250, 250)})
    skin = Skin(*(inks.ink("stone", shade) for shade in SHADING))
    sky, edge = inks.ink("sky"), inks.ink("edge")
    return inks.freeze(edge), skin, sky


@pytest.mark.parametrize("azimuth", [20, 70, 130, 200, 250, 340])
def test_nearness_is_what_a_depth_buffer_finds(azimuth):
    """Blocks drawn in the wrong order, from any side: the nearest of each pixel must win."""
    inks, skin, _ = make_inks()
    view = View.orbit(azimuth, 33, 30)
    cube = box(view, inks, skin)
    cells = [(x, y, z) for x in range(3) for y in range(3) for z in range(3) if (x + 2 * y + z) % 3]
    ids = IdBuffer(300, 300)
    for cell in sorted(cells, key=view.nearness):
        ids.paste(cube, view.at(cell, (150, 150)), 1 + cells.index(cell))
    away = np.array(view.toward, float)
    flat = np.array([view.x, view.y, view.z], float).T  # pixels from space
    for row, col in np.argwhere(ids.array > 0)[::799]:
        # Walk along the ray through this pixel, from the viewer's side, to the first block.
        start = np.linalg.lstsq(flat, np.array([col, row]) + 0.5 - 150.0, rcond=None)[0]
        for t in np.linspace(8, -8, 4001):
            spot = start + away / np.linalg.norm(away) * t
            cell = tuple(int(part) for part in np.floor(spot))
            if cell in cells:
                margin = np.sort(np.minimum(spot - cell, np.array(cell) + 1 - spot))
                if margin[1] > 0.06:  # not beside an edge, where rounding decides
                    assert ids.array[row, col] // 4 == 1 + cells.index(cell)
                break


def test_shares():
    """Shares of what is visible that do not fall to what a block in front leaves."""
    inks, skin, sky = make_inks()
    view = View.orbit(45, 35, 40, even=True)
    cube = box(view, inks, skin)
    scene = Scene(inks, np.full((300, 300), sky, np.uint8), IdBuffer(300, 300))
    scene.paste(cube, view.at((0, 0, 0), (150, 150)), 1)
    assert scene.ids.share(1) == scene.ids.share(1, TOP) == 1.0
    scene.paste(cube, view.at((0, 0, 1), (150, 150)), 2)
    assert scene.ids.share(2) == 1.0
    assert scene.ids.share(1, TOP) < 0.05
    assert scene.ids.share(1, LEFT) > 0.9 and scene.ids.share(1, RIGHT) > 0.9
    assert list(scene.ids.shares([1, 2])) == [scene.ids.share(1), scene.ids.share(2)]
    assert scene.ids.share(3) == 0.0


def test_holes_show_what_is_behind():
    """A hole of a texture that owns pixels."""
    inks, skin, _ = make_inks()
    texture = np.full((20, 20), skin.top, np.uint8)
    texture[:, 10:] = skin.left
    view = View.orbit(50, 30, 40)
    whole = panel(view, inks, LEFT, texture, border=0)
    half = panel(view, inks, LEFT, texture, border=0, holes=int(skin.left))
    assert 0.4 < half.counts[0] / whole.counts[0] < 0.6


def test_styles_share_codes():
    """A table of other colours that changes what a code means."""
    inks, skin, sky = make_inks()
    table = inks.table({"sky": (1, 2, 3)})
    assert tuple(table[sky]) == (1, 2, 3)
    assert tuple(table[skin.top]) == (150, 170, 150)
    with pytest.raises(GameQAError, match="no colour is called"):
        inks.ink("moon")
