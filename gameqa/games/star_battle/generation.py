"""How boards are made: a solution first, then regions grown from its stars, then stars hidden."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, permutations

from gameqa.games.star_battle.rules import Cell, State, attacks, distance, side_neighbours
from gameqa.rng import Rng

Listed = tuple[Cell, Sequence[Cell]]

# How many solutions, and choices of their stars, are tried for one list of cells at once, and how
# many of these cells may be left to the regions.
_SOLUTIONS = 6
_HIDINGS = 4
_MOST_LOOSE = 3


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        size: number of rows, columns and regions, from 5 to 10.
        hidden: number of stars not shown in `last_star`.
        shown: least and greatest number of stars shown when a region is looked for.
        shown_legal: the same for `legal_star_cell`.
        single_causes: least number of wrong options of `legal_star_cell` with one cause only.
        least_region: least number of cells of a region.
        spread: how much faster than others a region may grow; 1 makes sizes the most alike.
        raggedness: share of a region's growth that goes on from its newest cells; with little of
            it stars lie in the middle of their regions, with much at an end.
    """

    size: int
    hidden: int
    shown: tuple[int, int]
    shown_legal: tuple[int, int]
    single_causes: int = 3
    least_region: int = 2
    spread: int = 4
    raggedness: float = 0.7


def draw_solution(size: int, rng: Rng, through: Cell | None = None) -> list[Cell]:
    """Draw a finished board's stars, every solution (through a cell) being equally likely."""
    while True:  # about one permutation in seven will do, whatever the size
        if through is None:
            columns = rng.permutation(size)
        else:
            row, col = through
            columns = rng.shuffled([c for c in range(size) if c != col])
            columns.insert(row, col)
        if all(abs(a - b) > 1 for a, b in pairwise(columns)):
            return list(enumerate(columns))


@cache
def _neighbours(size: int) -> tuple[tuple[int, ...], ...]:
    """Return the side neighbours of every cell, cells numbered in reading order."""
    return tuple(
        tuple(r * size + c for r, c in side_neighbours(divmod(cell, size), size))
        for cell in range(size * size)
    )


def _apart(listed: Listed | None, size: int) -> tuple[frozenset[int], frozenset[int]]:
    """Return the numbers of the listed cell and of the cells to be kept apart from it."""
    if listed is None:
        return frozenset(), frozenset()
    right = frozenset([listed[0][0] * size + listed[0][1]])
    return right, frozenset(r * size + c for r, c in listed[1]) - right


def draw_regions(
    solution: Sequence[Cell],
    knobs: Knobs,
    rng: Rng,
    listed: Listed | None = None,
    closed: Collection[Cell] = (),
    open_to: Collection[Cell] = (),
) -> tuple[tuple[int, ...], ...] | None:
    """Grow one region from every star, or return None where they get into each other's way.

    Args:
        solution: the stars.
        knobs: the level.
        rng: the substream.
        listed: a cell, and cells that are to lie in other regions than that one.
        closed: cells that may only lie in regions of the stars ``open_to``.
        open_to: these stars.
    """
    size = knobs.size
    right, wrong = _apart(listed, size)
    neighbours = _neighbours(size)
    # Ids in the order of the stars would tell where region 0 lies.
    ids = rng.permutation(size)
    owner = [-1] * (size * size)
    sizes = [0] * size
    fringes: list[list[int]] = [[] for _ in range(size)]
    barred: list[frozenset[int]] = [frozenset()] * size
    shut = frozenset(r * size + c for r, c in closed)

    def take(cell: int, number: int) -> None:
        owner[cell] = number
        sizes[number] += 1
        if cell in right:
            barred[number] = wrong
        elif cell in wrong:
            barred[number] = right
        fringes[number] += [other for other in neighbours[cell] if owner[other] < 0]

    def grow(number: int) -> bool:
        fringe = fringes[number]
        while fringe:
            count = len(fringe)
            if count > 3 and rng.chance(knobs.raggedness):
                at = count - 1 - rng.below(3)
            else:
                at = rng.below(count)
            cell = fringe[at]
            fringe[at] = fringe[-1]
            fringe.pop()
            if owner[cell] < 0 and cell not in barred[number]:
                take(cell, number)
                return True
        return False

    for (r, c), number in zip(solution, ids, strict=True):
        if (r, c) not in open_to:
            barred[number] = shut
        take(r * size + c, number)
    for number in rng.permutation(size):
        grow(number)
    turns = [number for number in range(size) for _ in range(1 + rng.below(knobs.spread))]
    while turns:
        number = rng.choice(turns)
        if not grow(number):
            turns = [other for other in turns if other != number]
    if min(sizes) < knobs.least_region or -1 in owner:
        return None
    return tuple(tuple(owner[row : row + size]) for row in range(0, size * size, size))


def draw_board(
    knobs: Knobs, rng: Rng, through: Cell | None = None, listed: Listed | None = None
) -> State | None:
    """Make a board with no star shown.

    Args:
        knobs: the level.
        rng: the substream.
        through: a cell in which the solution has a star.
        listed: a cell, and cells that are to lie in other regions than that one.
    """
    solution = draw_solution(knobs.size, rng, through)
    regions = draw_regions(solution, knobs, rng, listed)
    return None if regions is None else State(regions, (), tuple(solution))


def shown(board: State, stars: Iterable[Cell]) -> State:
    """Return the board with just these stars of its solution shown."""
    return State(board.regions, tuple(sorted(stars)), board.solution)


@cache
def _solutions(size: int) -> tuple[frozenset[Cell], ...]:
    return tuple(
        frozenset(enumerate(columns))
        for columns in permutations(range(size))
        if all(abs(a - b) > 1 for a, b in pairwise(columns))
    )


def cells_met(size: int, cells: Sequence[Cell], alone: bool) -> list[Cell]:
    """Return those cells that some solution goes through, meeting none or some of the others."""
    if size > 6:
        return list(cells)  # on larger boards lists of a few cells never get in their own way
    listed = frozenset(cells)
    met = (solution & listed for solution in _solutions(size))
    fitting = (found for found in met if (len(found) == 1 if alone else len(found) > 1))
    return sorted(frozenset().union(*fitting))


def boards_with_two_stars(
    knobs: Knobs, right: Cell, wrong: Sequence[Cell], is_shown: bool, count: int, rng: Rng
) -> Iterator[State]:
    """Yield boards with a star in the right cell, shown or not, and one shown in a wrong cell.

    Some other wrong cell lies in the region of the right one.
    """
    for _ in range(_SOLUTIONS):
        solution = draw_solution(knobs.size, rng, right)
        met = [star for star in solution if star in wrong]
        regions = draw_regions(solution, knobs, rng) if met else None
        if regions is None:
            continue
        number = regions[right[0]][right[1]]
        if any(regions[r][c] == number for r, c in wrong):
            stars = [rng.choice(met), right] if is_shown else [rng.choice(met)]
            rest = [star for star in solution if star != right and star not in stars]
            stars += rng.sample(rest, count - len(stars))
            yield shown(State(regions, (), tuple(solution)), stars)


def boards_with_one_legal(
    knobs: Knobs, right: Cell, wrong: Sequence[Cell], rng: Rng
) -> Iterator[State]:
    """Yield boards on which some stars forbid all the wrong cells, but not the right one.

    The right cell has a star in the solution. Wrong cells that the stars shown do not reach along
    rows, columns and diagonals are left to the regions of these stars.
    """
    low, high = knobs.shown_legal
    for _ in range(_SOLUTIONS):
        solution = draw_solution(knobs.size, rng, right)
        if any(cell in wrong for cell in solution):
            continue
        others = [star for star in solution if star != right]
        for _ in range(_HIDINGS):
            stars = rng.sample(others, rng.integers(low, high + 1))
            loose = [cell for cell in wrong if not any(attacks(star, cell) for star in stars)]
            # Farther away than this, regions hardly ever get.
            if len(loose) <= _MOST_LOOSE and all(
                any(distance(star, cell) <= 5 for star in stars) for cell in loose
            ):
                regions = draw_regions(solution, knobs, rng, closed=loose, open_to=stars)
                if regions is not None:
                    yield shown(State(regions, (), tuple(solution)), stars)
