"""The fewest voxels that complete a structure, and all sets of voxels that fill its silhouettes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import reduce
from itertools import combinations
from operator import or_

from gameqa.games.reconstruction_3d.rules import (
    HEIGHTS,
    allowed,
    frontier,
    is_connected,
    silhouette,
    singles,
)

Targets = Mapping[str, int]
"""The target silhouettes that count, by view."""


def missing(mask: int, targets: Targets) -> dict[str, int]:
    """Return the target cells that a structure leaves empty, for each view."""
    return {view: target & ~silhouette(mask, view) for view, target in targets.items()}


def meets(mask: int, targets: Targets) -> bool:
    """Whether every silhouette that counts equals its target."""
    return all(silhouette(mask, view) == target for view, target in targets.items())


def bound(mask: int, targets: Targets) -> int:
    """Return a number of voxels that certainly are needed, connected or not.

    A voxel fills one cell of each view, both at its own height.
    """
    gaps = [target & ~silhouette(mask, view) for view, target in targets.items()]
    first, last = gaps[0], gaps[-1]
    return sum(max((first & h).bit_count(), (last & h).bit_count()) for h in HEIGHTS)


def fewest(mask: int, targets: Targets, most: int = 27) -> int | None:
    """Return a smallest set of voxels whose adding meets the targets, as a mask.

    Args:
        mask: the structure, connected.
        targets: the silhouettes that count.
        most: the largest size looked for.

    Returns:
        The set, or None where none of at most that size exists.
    """
    free = allowed(mask, dict(targets))
    if any(silhouette(mask, view) & ~target for view, target in targets.items()):
        return None  # nothing can be removed
    for size in range(bound(mask, targets), min(most, free.bit_count()) + 1):
        found = _extend(mask, targets, free, size, set())
        if found is not None:
            return found & ~mask
    return None


def _extend(mask: int, targets: Targets, free: int, left: int, seen: set[int]) -> int | None:
    if meets(mask, targets):
        return mask
    if bound(mask, targets) > left:
        return None
    for bit in singles(frontier(mask) & free):
        grown = mask | bit
        if grown not in seen:
            seen.add(grown)
            found = _extend(grown, targets, free, left - 1, seen)
            if found is not None:
                return found
    return None


def filling_sets(mask: int, targets: Targets, size: int) -> Iterator[int]:
    """Yield all sets of that size whose adding meets the targets, connected or not."""
    gaps = missing(mask, targets)
    options = []
    for bit in singles(allowed(mask, dict(targets))):
        fills = 0
        for i, (view, gap) in enumerate(gaps.items()):
            fills |= (silhouette(bit, view) & gap) << 9 * i
        options.append((bit, fills))
    wanted = sum(gap << 9 * i for i, gap in enumerate(gaps.values()))
    for chosen in combinations(options, size):
        if reduce(or_, (fills for _, fills in chosen), 0) == wanted:
            yield sum(bit for bit, _ in chosen)


def is_feasible(mask: int, added: int, targets: Targets, budget: int) -> bool:
    """Whether adding these voxels is allowed and meets the targets within the budget."""
    return (
        not mask & added
        and added.bit_count() <= budget
        and meets(mask | added, targets)
        and is_connected(mask | added)
    )
