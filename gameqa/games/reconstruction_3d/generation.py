"""How structures are made: grown voxel by voxel so that all of them can be seen."""

from __future__ import annotations

from dataclasses import dataclass

from gameqa.games.reconstruction_3d.rules import (
    CELLS,
    State,
    bit_of,
    cells_of,
    frontier,
    is_connected,
    matrix_of,
    silhouette,
    singles,
)
from gameqa.games.reconstruction_3d.sight import all_seen
from gameqa.rng import Rng

LEAST_SEEN = 0.12
"""The share of its visible sides that every voxel shows; a little more than the 10 % promised,
because pictures are drawn in whole pixels."""

_FLOOR = [bit_of((x, y, 1)) for x in (1, 2, 3) for y in (1, 2, 3)]
_FILLS = {bit: (silhouette(bit, "front"), silhouette(bit, "side")) for bit in map(bit_of, CELLS)}
_MOVES = 24
_MOVES_A_VOXEL = 6
_LARGE = 9
_ON_FLOOR = 0.5  # share of structures that start there; others may hang in the air


@dataclass(frozen=True)
class Knobs:
    """What makes a structure easy or hard.

    Attributes:
        target: least and greatest number of voxels of the target structure.
        missing: least and greatest number of them that the structure shown lacks.
        shown: least and greatest number of voxels shown by task 0.
        shown_position: the same by task 1, where five listed cells are empty and seen to be.
        minimum: least and greatest answer of task 5.
        set_sizes: least and greatest size of the addition sets of task 4.
        least_gaps: silhouette cells that are still missing in tasks 4 and 5, at least.
        bridge: share of task 5 in which filling the silhouettes alone would take fewer voxels.
        least_seen: share of its visible sides that every voxel shows.
        larger: whether large targets are likelier: of small ones there are few.
    """

    target: tuple[int, int]
    missing: tuple[int, int]
    shown: tuple[int, int]
    shown_position: tuple[int, int]
    minimum: tuple[int, int]
    set_sizes: tuple[int, int]
    least_gaps: int
    bridge: float
    least_seen: float = LEAST_SEEN
    larger: bool = False

    def draw_target(self, least: int, rng: Rng) -> int:
        """Draw how many voxels a target has, ``least`` at least."""
        low, high = max(self.target[0], least), self.target[1] + 1
        size = rng.integers(low, high)
        return max(size, rng.integers(low, high)) if self.larger else size


def grow(
    size: int, least_seen: float, rng: Rng, start: int | None = None, banned: int = 0
) -> int | None:
    """Grow a connected structure of that size, all of it to be seen.

    Args:
        size: how many voxels.
        least_seen: share of its visible sides that every voxel shows.
        rng: the source of randomness.
        start: the mask of the first voxel; drawn unless given.
        banned: cells that stay empty.
    """
    if start is None:
        start = rng.choice(_FLOOR) if rng.chance(_ON_FLOOR) else 1 << rng.below(27)
    mask = start
    refused = banned
    while mask.bit_count() < size:
        around = list(singles(frontier(mask) & ~refused))
        if not around:
            return None
        bit = rng.choice(around)
        if all_seen(mask | bit, least_seen):
            mask |= bit
        else:
            # More voxels hide no less: what is refused once stays refused.
            refused |= bit
    return mask


def grow_evenly(size: int, least_seen: float, rng: Rng, moves: int = _MOVES) -> int | None:
    """Grow a structure, then move voxels about until all structures are about equally likely.

    There are few: of 4 voxels 532, of 10 51,611, of 16 1,959. Growth alone finds the same ones
    again and again. A move takes one voxel away and adds one to the rest; the way back is as
    likely, so that moves favour no structure.

    Args:
        size: how many voxels.
        least_seen: share of its visible sides that every voxel shows.
        rng: the source of randomness.
        moves: how many moves are tried; the larger structures are, the fewer succeed.
    """
    mask = grow(size, least_seen, rng)
    if mask is None:
        return None
    for _ in range(moves):
        rest = mask & ~rng.choice(list(singles(mask)))
        moved = rest | rng.choice(list(singles(frontier(rest))))
        if moved != mask and is_connected(moved) and all_seen(moved, least_seen):
            mask = moved
    return mask


def extend(mask: int, count: int, rng: Rng, fresh: float = 0.0) -> int:
    """Return a structure with ``count`` more voxels, each next to one that is there.

    Args:
        mask: the structure.
        count: how many voxels to add.
        rng: the source of randomness.
        fresh: share of voxels that go, where one can, to a place that fills silhouettes further;
            if negative, to one that fills them the least.
    """
    front, side = silhouette(mask, "front"), silhouette(mask, "side")
    for _ in range(count):
        around = list(singles(frontier(mask)))
        if fresh and rng.chance(abs(fresh)):
            gain = [bool(_FILLS[bit][0] & ~front) + bool(_FILLS[bit][1] & ~side) for bit in around]
            wanted = max(gain) if fresh > 0 else min(gain)
            around = [bit for bit, new in zip(around, gain, strict=True) if new == wanted]
        if around:
            bit = rng.choice(around)
            mask |= bit
            front |= _FILLS[bit][0]
            side |= _FILLS[bit][1]
    return mask


def change(mask: int, steps: int, rng: Rng) -> int | None:
    """Add or remove ``steps`` voxels, or return None where the structure falls apart."""
    for _ in range(steps):
        if rng.chance(0.5) and mask.bit_count() > 2:
            mask &= ~rng.choice(list(singles(mask)))
        else:
            mask |= rng.choice(list(singles(frontier(mask))))
    return mask if is_connected(mask) else None


def make_state(mask: int, target: int, remaining: int | None = None) -> State:
    """Return the state that shows a structure and the silhouettes of a target."""
    return State(
        cells_of(mask),
        matrix_of(silhouette(target, "front")),
        matrix_of(silhouette(target, "side")),
        remaining,
        cells_of(target),
    )


def partial_state(knobs: Knobs, count: int, rng: Rng) -> State | None:
    """Make a state that shows ``count`` voxels, all of them in the target."""
    mask = grow_evenly(count, knobs.least_seen, rng, _MOVES_A_VOXEL * count)
    if mask is None:
        return None
    low, high = knobs.missing[0], knobs.missing[1] + 1
    missing = max(rng.integers(low, high), rng.integers(low, high))
    # Silhouettes of large targets are full if nothing is done about it, those of small ones alike.
    fresh = rng.choice((0.0, 0.8) if count < _LARGE else (-1.0, -0.5, 0.0))
    return make_state(mask, extend(mask, missing, rng, fresh))


def draw_sizes(knobs: Knobs, least_missing: int, rng: Rng) -> tuple[int, int]:
    """Draw how many voxels a structure shows, at least two, and how many its target has more."""
    low = max(knobs.missing[0], least_missing)
    missing = rng.integers(low, max(low, knobs.missing[1]) + 1)
    target = knobs.draw_target(missing + 2, rng)
    return target - missing, missing
