"""How boards are made: random gems, and outcomes planted into them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from gameqa.games.jewel2.rules import BASIC, SIDES, SPECIAL, State, Way, neighbour
from gameqa.rng import Rng

TOTALS_A_BOARD = 6
"""One board is tried with several counters: each is a new chance to lie in the wanted split."""


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        size: number of rows and columns, 4 to 9.
        special_density: least and greatest share of special gems (drawn per board).
        highest_total: the greatest value of the counter.
        clear_winner: share of best-command boards on which one effect beats all others.
    """

    size: int
    special_density: tuple[float, float] = (0.02, 0.12)
    highest_total: int = 100
    clear_winner: float = 0.8


def fill(knobs: Knobs, rng: Rng) -> list[str]:
    """Fill a board at random."""
    low, high = knobs.special_density
    density = low + (high - low) * rng.random()
    return [
        rng.choice(SPECIAL) if rng.chance(density) else rng.choice(BASIC)
        for _ in range(knobs.size**2)
    ]


def states(cells: list[str], knobs: Knobs, rng: Rng) -> Iterator[State]:
    """Yield one board with several counters."""
    board = "".join(cells)
    totals = range(knobs.highest_total + 1)
    for _ in range(TOTALS_A_BOARD):
        yield State(knobs.size, board, rng.choice(totals))


def other_basic(avoid: Collection[str], rng: Rng) -> str:
    """Draw a basic kind that is none of ``avoid``."""
    return rng.choice([kind for kind in BASIC if kind not in avoid])


def set_count(
    cells: list[str], kind: str, count: int, rng: Rng, keep: Collection[int] = ()
) -> None:
    """Change gems until exactly ``count`` are of a kind, leaving the cells of ``keep`` alone."""
    free = [at for at in range(len(cells)) if at not in keep]
    for at in free:
        if cells[at] == kind:
            cells[at] = other_basic((kind,), rng)
    for at in rng.sample(free, count):
        cells[at] = kind


def set_specials(cells: list[str], kinds: Sequence[str], rng: Rng) -> None:
    """Change gems until the special ones are exactly those of ``kinds``, at random cells."""
    for at, symbol in enumerate(cells):
        if symbol in SPECIAL:
            cells[at] = rng.choice(BASIC)
    for at, kind in zip(rng.sample(range(len(cells)), len(kinds)), kinds, strict=True):
        cells[at] = kind


def plant_special(cells: list[str], symbol: str, rng: Rng) -> int:
    """Put a special gem at a random cell and return the cell."""
    at = rng.below(len(cells))
    cells[at] = symbol
    return at


def plant_way(cells: list[str], n: int, way: str, count: int, rng: Rng) -> None:
    """Plant a gem whose clearing eliminates ``count`` gems in the given way, if all goes well."""
    if way == Way.LINE:
        _plant_arms(cells, n, [(1, count) if rng.chance(0.5) else (count, 1)], rng)
    elif way == Way.CROSS:
        across = rng.integers(max(3, count + 1 - n), min(n, count - 2) + 1)
        _plant_arms(cells, n, [(across, count + 1 - across)], rng)
    elif way == Way.COLOUR:
        colour = rng.choice(BASIC)
        at = plant_special(cells, colour.lower(), rng)
        set_count(cells, colour, count - 1, rng, keep=(at,))
    elif way == Way.COLUMN:
        plant_special(cells, "|", rng)
    else:
        wide = {4: (2, 2), 6: (2, 3), 9: (3, 3)}[count]
        places = [x * n + y for x in range(n) for y in range(n) if _reach(x, y, n) == wide]
        cells[rng.choice(places)] = "+"


def ways_to_clear(count: int, n: int) -> tuple[list[str], list[str]]:
    """Return by what a basic and by what a special gem can eliminate ``count`` gems."""
    basic = [Way.LINE] * (3 <= count <= n) + [Way.CROSS] * (5 <= count <= 2 * n - 1)
    # Its colour twice: the place of a + says how much it eliminates, and the question names it.
    special = [Way.COLOUR] * 2 + [Way.COLUMN] * (count == n) + [Way.AREA] * (count in (4, 6, 9))
    return basic, special


def plant_swap(cells: list[str], n: int, count: int, rng: Rng) -> None:
    """Plant a pair of cells whose exchange eliminates ``count`` gems, if all goes well."""
    one, two = rng.choice(_swap_arms(n, count))
    _plant_arms(cells, n, [one, two], rng)


Arms = tuple[int, int]
"""Lengths of a gem's runs in its row and in its column: each is 1 or at least 3."""


@cache
def _swap_arms(n: int, count: int) -> tuple[tuple[Arms, Arms], ...]:
    """Return the pairs of arms of two neighbours in a row that together hold ``count`` gems."""
    lengths = [1, *range(3, n + 1)]
    arms = [(across, down) for across in lengths for down in lengths]
    return tuple(
        (one, two)
        for one in arms
        for two in arms
        if one[0] + two[0] <= n and _held(one) + _held(two) == count
    )


def _held(arms: Arms) -> int:
    across, down = (length if length >= 3 else 0 for length in arms)
    return across + down - (1 if across and down else 0)


def _plant_arms(cells: list[str], n: int, arms: list[Arms], rng: Rng) -> None:
    """Plant one cross of equal gems, or two side by side whose centres are then exchanged."""
    x = rng.below(n)
    kinds = rng.sample(BASIC, len(arms))
    if len(arms) == 1:
        y = rng.below(n)
        shapes = [{(x, j) for j in _run_through(y, arms[0][0], n, rng)}]
        centres = [(x, y)]
    else:
        # The runs in the common row lead away from each other: the gems differ.
        left, right = arms[0][0], arms[1][0]
        y = rng.integers(left - 1, n - right)
        shapes = [{(x, y - j) for j in range(left)}, {(x, y + 1 + j) for j in range(right)}]
        centres = [(x, y), (x, y + 1)]
    for shape, (_, down), centre in zip(shapes, arms, centres, strict=True):
        shape |= {(i, centre[1]) for i in _run_through(x, down, n, rng)}
    turned = rng.chance(0.5)
    # Sorted: the order of a set is no part of Python's promises, and random draws follow it.
    flat = [sorted(j * n + i if turned else i * n + j for i, j in shape) for shape in shapes]
    taken = {at for places in flat for at in places}
    for places, kind in zip(flat, kinds, strict=True):
        for at in places:
            cells[at] = kind
            # Equal gems next to the planted ones would lengthen runs or add to them.
            for side in SIDES:
                beside = neighbour(at, n, side)
                if beside is not None and beside not in taken and cells[beside] == kind:
                    cells[beside] = other_basic(kinds, rng)
    if len(arms) == 2:
        one, two = (j * n + i if turned else i * n + j for i, j in centres)
        cells[one], cells[two] = cells[two], cells[one]


def _run_through(at: int, length: int, n: int, rng: Rng) -> range:
    """Draw a run of a length within a line of ``n`` cells through a given one."""
    start = rng.integers(max(0, at - length + 1), min(at, n - length) + 1)
    return range(start, start + length)


def _reach(x: int, y: int, n: int) -> tuple[int, int]:
    """Return how many rows and columns around a cell lie on the board, the smaller first."""
    rows, cols = (3 - (at == 0) - (at == n - 1) for at in (x, y))
    return min(rows, cols), max(rows, cols)
