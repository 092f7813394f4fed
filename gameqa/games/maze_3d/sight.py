"""How much of the cubes and ladders of a maze can be seen, without drawing it.

In a parallel view what one cube hides of another depends on nothing but where the one is as seen
from the other. So it is found out once, as a mask of hidden pixels, and looking at a maze is a
few hundred look-ups.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

import numpy as np

from gameqa.drawing.blocks import (
    LEFT,
    RIGHT,
    TOP,
    Inks,
    Mask,
    Pixel,
    Skin,
    Sprite,
    View,
    box,
    panel,
)
from gameqa.games.maze_3d.rules import Cell, Ladder

AZIMUTH, ELEVATION = 33.0, 30.0
"""The viewer stands at the corner of least l and r; azimuth 0 would face along l."""

# Shares that must be visible; a little more than the 15 %, 35 % and 50 % promised, because
# pictures are drawn at other sizes.
LEAST_CUBE = 0.20
LEAST_TOP = 0.10
LEAST_NAMED_TOP = 0.45
LEAST_LADDER = 0.60
LEAST_FOOT = 0.40
MOST_CROSSED = 0.12
"""Of a ladder, behind others: two that run into each other look like one."""
LADDER_SPAN = {LEFT: (0.04, 0.50), RIGHT: (0.14, 0.92)}
"""From where to where across its face a ladder reaches, beside the number of the cube below."""

_UNIT = 32
_CONTACT = 3.2 / 44
"""How near two edges may come on the screen, in units: 3 pixels."""

_BIAS = (16 * 32 + 16) * 32 + 16


class Piece(NamedTuple):
    """One unit of a ladder: the cell that it stands in, and the face that it lies on."""

    cell: Cell
    face: int


@cache
def view_of(unit: float) -> View:
    """Return the view with so many pixels a unit; its x is r and its y is l."""
    return View.orbit(180 + AZIMUTH, ELEVATION, unit)


def point(cell: Sequence[float]) -> tuple[float, float, float]:
    """Return a cell in the order of the view's axes."""
    return cell[1], cell[0], cell[2]


def ladder_pieces(ladder: Ladder, face: int) -> list[Piece]:
    """Return a ladder's pieces from the lowest to the highest."""
    (l, r, h), rise = ladder  # noqa: E741 - the axes' names
    return [Piece((l, r, h + j), face) for j in range(1, rise + 1)]


def ladder_faces(cubes: Sequence[Cell], ladders: Sequence[Ladder]) -> list[int]:
    """Return the face on which each ladder is drawn, LEFT (towards -r) or RIGHT (towards -l).

    A ladder stands where no cube touches its own two. Of ladders on top of each other, every
    other one is on the other face, so that they do not look like one.
    """
    there = set(cubes)
    faces: dict[Cell, int] = {}
    for ladder in sorted(ladders, key=lambda ladder: ladder.base[2]):
        free = [
            face
            for face, dl, dr in ((RIGHT, -1, 0), (LEFT, 0, -1))
            if all((c[0] + dl, c[1] + dr, c[2]) not in there for c in (ladder.base, ladder.top))
        ]
        below = faces.get(ladder.base)
        faces[ladder.top] = next((face for face in free if face != below), (free or [RIGHT])[0])
    return [faces[ladder.top] for ladder in ladders]


class _Hidden(dict[int, int]):
    """Which pixels of one kind of thing another one hides, by their places' difference."""

    def __init__(self, target: Sprite, blocker: Sprite, in_front: bool) -> None:
        super().__init__()
        self._target, self._blocker = target, blocker
        self._in_front = in_front

    def __missing__(self, gap: int) -> int:
        rest, h = divmod(gap + _BIAS, 32)
        l, r = divmod(rest, 32)  # noqa: E741 - the axes' names
        offset = point((l - 16, r - 16, h - 16))
        view = view_of(_UNIT)
        nearness = view.nearness(offset)
        self[gap] = 0
        if nearness > 0 or (nearness == 0 and self._in_front):
            self[gap] = _number(_overlap(self._target, self._blocker, view.at(offset)))
        return self[gap]


def _overlap(target: Sprite, blocker: Sprite, at: Pixel) -> Mask:
    """Return which pixels of a sprite lie under another one that is moved."""
    h, w = target.inside.shape
    padded = np.zeros((3 * h, 3 * w), np.bool_)
    x, y = at[0] + blocker.left - target.left + w, at[1] + blocker.top - target.top + h
    bh, bw = blocker.inside.shape
    y0, x0, y1, x1 = max(0, y), max(0, x), min(3 * h, y + bh), min(3 * w, x + bw)
    if y0 < y1 and x0 < x1:
        padded[y0:y1, x0:x1] = blocker.inside[y0 - y : y1 - y, x0 - x : x1 - x]
    return target.inside & padded[h : 2 * h, w : 2 * w]


def _number(mask: Mask) -> int:
    return int.from_bytes(np.packbits(mask.ravel()).tobytes(), "big")


@dataclass(frozen=True)
class _Tables:
    cube: int
    top: int
    label: int
    ladder: Mapping[int, int]
    hidden: Mapping[tuple[int, int], _Hidden]
    contacts: frozenset[int]


@cache
def _tables() -> _Tables:
    """Return the masks of all that can be seen of a thing, and what hides what.

    Things are cubes (0) and pieces of ladders on the LEFT and RIGHT face.
    """
    view = view_of(_UNIT)
    inks = Inks({"any": (0, 0, 0), "hole": (255, 255, 255)})
    code, hole = inks.ink("any"), inks.ink("hole")
    inks.freeze(code)
    things = {0: box(view, inks, Skin(code, code, code), border=0)}
    for face, (first, last) in LADDER_SPAN.items():
        solid = np.full((1, 100), hole, np.uint8)
        solid[:, round(100 * first) : round(100 * last)] = code
        things[face] = panel(view, inks, face, solid, border=0, holes=hole)
    cube = things[0]
    label = np.zeros(cube.inside.shape, np.bool_)
    x, y = view.at((0.5, 0.5, 1))
    across, down = round(0.16 * _UNIT), round(0.24 * _UNIT)
    label[
        y - cube.top - down : y - cube.top + down, x - cube.left - across : x - cube.left + across
    ] = True
    return _Tables(
        cube=_number(cube.inside),
        top=_number(cube.faces == TOP),
        label=_number(label),
        ladder={face: _number(things[face].inside) for face in (LEFT, RIGHT)},
        hidden={
            (a, b): _Hidden(things[a], things[b], a == 0 and b > 0) for a in things for b in things
        },
        contacts=_contacts(),
    )


def _contacts() -> frozenset[int]:
    """Return the places' differences at which two top faces at different heights seem to join."""
    view = view_of(1024)
    joined = [view.at(point(step)) for step in ((1, 0, 0), (0, 1, 0), (-1, 0, 0), (0, -1, 0))]
    found = set()
    for l in range(-9, 10):  # noqa: E741 - the axes' names
        for r in range(-9, 10):
            for h in range(-10, 11):
                x, y = view.at(point((l, r, h)))
                if h and any(max(abs(x - a), abs(y - b)) <= _CONTACT * 1024 for a, b in joined):
                    found.add(_code((l, r, h)))
    return frozenset(found)


def _code(cell: Cell) -> int:
    return (cell[0] * 32 + cell[1]) * 32 + cell[2]


def legible(cubes: Sequence[Cell], ladders: Sequence[Ladder]) -> frozenset[Cell] | None:
    """Return the cubes whose top shows a number, or None where something is hidden too much."""
    tables = _tables()
    codes = [_code(cube) for cube in cubes]
    pieces = [
        [(_code(piece.cell), piece.face) for piece in ladder_pieces(ladder, face)]
        for ladder, face in zip(ladders, ladder_faces(cubes, ladders), strict=True)
    ]
    flat = [piece for ladder in pieces for piece in ladder]
    by_cube, by_left, by_right = (tables.hidden[0, kind] for kind in (0, LEFT, RIGHT))
    least_cube = LEAST_CUBE * tables.cube.bit_count()
    least_top = LEAST_TOP * tables.top.bit_count()
    least_named = LEAST_NAMED_TOP * tables.top.bit_count()
    contacts = tables.contacts
    found = []
    for cube, code in zip(cubes, codes, strict=True):
        hidden = 0
        for other in codes:
            gap = other - code
            hidden |= by_cube[gap]
            if gap in contacts:
                return None
        seen = tables.cube & ~hidden
        if seen.bit_count() < least_cube or (seen & tables.top).bit_count() < least_top:
            return None
        nameable = (seen & tables.top).bit_count() >= least_named and not hidden & tables.label
        if nameable or seen.bit_count() < 3 * least_cube:
            crossed = 0
            for other, face in flat:
                crossed |= (by_left if face == LEFT else by_right)[other - code]
            if (seen & ~crossed).bit_count() < least_cube:
                return None
            if nameable and not crossed & tables.label:
                found.append(cube)
    for ladder in pieces:
        others = [piece for piece in flat if piece not in ladder]
        total = crossed_total = 0.0
        for number, (code, face) in enumerate(ladder):
            table, whole = tables.hidden[face, 0], tables.ladder[face]
            hidden = crossed = 0
            for other in codes:
                hidden |= table[other - code]
            for other, other_face in others:
                crossed |= tables.hidden[face, other_face][other - code]
            share = (whole & ~hidden & ~crossed).bit_count() / whole.bit_count()
            if number == 0 and share < LEAST_FOOT:
                return None
            total += share
            crossed_total += crossed.bit_count() / whole.bit_count()
        if total < LEAST_LADDER * len(ladder) or crossed_total > MOST_CROSSED * len(ladder):
            return None
    return frozenset(found)
