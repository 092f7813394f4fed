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
    gaps = [target & ~silhouette(mask, view) for view, target in targets.items()]
    if any(silhouette(mask, view) & ~target for view, target in targets.items()):
        return None  # nothing can be removed
    free = allowed(mask, dict(targets))
    search = _Search(free, tuple(targets))
    for size in range(bound(mask, targets), min(most, free.bit_count()) + 1):
        found = search.extend(mask, gaps[0], gaps[-1], size, set())
        if found is not None:
            return found & ~mask
    return None


_COUNTS = [tuple((gap & h).bit_count() for h in HEIGHTS) for gap in range(0o1000)]
"""For every silhouette how many of its cells lie at each height."""


class _Search:
    """The search for a set of one size, depth first.

    Attributes:
        free: cells that may be filled.
        fills: for each of them what it fills in the first and the last view.
    """

    def __init__(self, free: int, views: tuple[str, ...]) -> None:
        self.free = free
        self.fills = {
            bit: (silhouette(bit, views[0]), silhouette(bit, views[-1])) for bit in singles(free)
        }

    def extend(self, mask: int, first: int, last: int, left: int, seen: set[int]) -> int | None:
        """Return a structure with at most ``left`` voxels more that fills both gaps, or None."""
        if not first | last:
            return mask
        around = frontier(mask) & self.free
        while around:
            bit = around & -around
            around ^= bit
            grown = mask | bit
            if grown in seen:
                continue
            seen.add(grown)
            one, other = self.fills[bit]
            gap, rest = first & ~one, last & ~other
            # At each height a voxel fills one cell of each view.
            (a, b, c), (d, e, f) = _COUNTS[gap], _COUNTS[rest]
            needed = (a if a > d else d) + (b if b > e else e) + (c if c > f else f)
            if needed < left:
                found = self.extend(grown, gap, rest, left - 1, seen)
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
