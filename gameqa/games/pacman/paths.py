"""Shortest paths on a board whose cells are bits: how far a target is, and the first step to it.

Cell ``row * n + col`` of a board of n x n cells is that bit of a mask. The outermost ring is never
free, so that no shift leads from one row into the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

DIRECTIONS = ("UP", "DOWN", "LEFT", "RIGHT")
"""The directions in the order in which a ghost prefers them."""


@lru_cache(maxsize=64)
def deltas(n: int) -> dict[str, int]:
    """Return by how much each direction changes a cell's number."""
    return {"UP": -n, "DOWN": n, "LEFT": -1, "RIGHT": 1}


def shifted(mask: int, by: int) -> int:
    """Return a mask whose bit i is bit i + ``by`` of the given one."""
    return mask >> by if by >= 0 else mask << -by


def _rings(free: int, n: int, target: int) -> Iterator[int]:
    """Yield the free cells at distance 0, 1, 2 ... from a target."""
    ring = 1 << target
    rest = free & ~ring
    while ring:
        yield ring
        ring = (ring << n | ring >> n | ring << 1 | ring >> 1) & rest
        rest &= ~ring


def next_step(free: int, n: int, at: int, target: int) -> str | None:
    """Return a ghost's step towards its target; None where it is there already."""
    here, ring = 1 << at, 1 << target
    rest = free & ~ring
    while ring and ring != here:  # as `_rings`, spelled out: most of the time is spent here
        grown = (ring << n | ring >> n | ring << 1 | ring >> 1) & rest
        if grown & here:
            for direction, delta in deltas(n).items():
                if ring >> at + delta & 1:
                    return direction
        rest ^= grown
        ring = grown
    return None


def step_fields(free: int, n: int, target: int) -> tuple[dict[str, int], int]:
    """Return from where on a board which step leads to a target.

    Returns:
        For every direction the cells from which it is a ghost's step, and the cells from which
        more than one step lies on a shortest path.
    """
    fields = dict.fromkeys(DIRECTIONS, 0)
    ties = before = 0
    for ring in _rings(free, n, target):
        rest = ring
        for direction, delta in deltas(n).items():
            found = ring & shifted(before, delta)
            fields[direction] |= found & rest
            ties |= found & ~rest
            rest &= ~found
        before = ring
    return fields, ties


def distances(free: int, n: int, target: int, cells: Iterable[int]) -> dict[int, int]:
    """Return the number of steps from each of some free cells to a target."""
    wanted: set[int] = set(cells)
    found: dict[int, int] = {}
    for distance, ring in enumerate(_rings(free, n, target)):
        found.update((cell, distance) for cell in wanted if ring >> cell & 1)
        if len(found) == len(wanted):
            break
    return found


def straight_runs(free: int, n: int, at: int, target: int) -> list[tuple[str, int, int]]:
    """Return a shortest path with few turns, as direction, steps and last cell of each run.

    The first step is the one that a ghost takes; nothing where the target cannot be reached.
    """
    rings = []
    for ring in _rings(free, n, target):
        rings.append(ring)
        if ring >> at & 1:
            break
    else:
        return []
    runs: list[tuple[str, int, int]] = []
    for ring in reversed(rings[:-1]):
        nearer = [way for way, delta in deltas(n).items() if ring >> at + delta & 1]
        last, steps, _ = runs.pop() if runs and runs[-1][0] in nearer else (nearer[0], 0, at)
        at += deltas(n)[last]
        runs.append((last, steps + 1, at))
    return runs
