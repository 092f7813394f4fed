"""How boards are made: mines, a first click, some more safe cells revealed, then flags."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gameqa.games.minesweeper.rules import COVERED, LARGEST, State, View, counts, reveal, zones
from gameqa.games.minesweeper.solver import Solver
from gameqa.grids import bits, neighbour_masks
from gameqa.rng import Rng

VARIANTS = 6
"""Boards made from one placing of the mines."""

MOST_FLAGS = 6
_LEAST_REVEALED = 4
_LEAST_COVERED = 3
_LEAST_MORE = 3


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        rows, cols: the board's size.
        mines: least and greatest number of mines.
        pairs: the pairs of numbers offered when the outcome of a reveal is asked for.
        weights: how often each pair is offered.
        more: the most cells revealed after the first click.
        mine_draws: of how many draws of the number of mines the greatest counts, in tasks that
            count something: few mines can lie in few ways.
    """

    rows: int
    cols: int
    mines: tuple[int, int]
    pairs: tuple[tuple[int, int], ...]
    weights: tuple[float, ...]
    more: int = 4
    mine_draws: int = 1


@dataclass(frozen=True)
class Field:
    """Where the mines are: a mask, and for every cell how many are around it."""

    rows: int
    cols: int
    mines: int
    numbers: list[int]

    @property
    def near(self) -> tuple[int, ...]:
        """For every cell the mask of its neighbours."""
        return neighbour_masks(self.rows, self.cols)

    @property
    def everything(self) -> int:
        """The mask of all cells."""
        return (1 << self.rows * self.cols) - 1

    def state(self, revealed: int, flags: int) -> State:
        """Return the board with these cells revealed and these flagged."""
        shown = [
            number if revealed >> cell & 1 else COVERED for cell, number in enumerate(self.numbers)
        ]
        cols = self.cols
        return State(
            rows=self.rows,
            cols=cols,
            mines=self.mines.bit_count(),
            revealed=tuple(tuple(shown[i : i + cols]) for i in range(0, len(shown), cols)),
            flags=tuple(divmod(cell, cols) for cell in bits(flags)),
            mine_cells=tuple(divmod(cell, cols) for cell in bits(self.mines)),
        )

    def is_fit(self, revealed: int, flags: int) -> bool:
        """Whether a board is neither won nor nearly untouched nor fully flagged."""
        covered = self.everything & ~revealed
        return (
            covered != self.mines
            and revealed.bit_count() >= _LEAST_REVEALED
            and covered.bit_count() >= _LEAST_COVERED
            and covered != flags
        )


def clicked(knobs: Knobs, mines: int, rng: Rng) -> tuple[Field, int]:
    """Draw mines after a first click; returns the field and the cells revealed by the click."""
    size = knobs.rows * knobs.cols
    near = neighbour_masks(knobs.rows, knobs.cols)
    first = rng.below(size)
    free = [cell for cell in range(size) if cell != first and not near[first] >> cell & 1]
    mask = sum(1 << cell for cell in rng.sample(free, mines))
    field = Field(knobs.rows, knobs.cols, mask, counts(mask, near))
    return field, reveal(first, 0, field.numbers, near)


def draw_zone(knobs: Knobs, mines: int, rng: Rng, number: int = 0) -> int:
    """Draw which of `rules.zones` the cell asked about lies in, given the number of mines.

    Corners, edges and inner cells are mines, numbers and so on with different frequency; drawn
    beforehand the zone says nothing about the answer. Few corners suit, so they are asked less.

    Args:
        knobs: the level.
        mines: number of mines.
        rng: draws the zone.
        number: the largest that the cell may have.
    """
    weights = [float(mask.bit_count()) for mask in zones(knobs.rows, knobs.cols)]
    weights[-1] /= 2
    for zone, largest in enumerate(LARGEST):
        # Two mines hardly ever leave an inner cell open.
        if number > largest or (zone < 2 and mines <= 2):
            weights[zone] = 0.0
    return rng.weighted(range(len(weights)), weights)


def around_target(
    knobs: Knobs, mines: int, number: int, zone: int, rng: Rng
) -> tuple[Field, int, int] | None:
    """Draw mines such that a cell has a number and the first click leaves it covered.

    Returns:
        The field, the cells revealed by the click, and the cell; None where nothing comes of it.
    """
    size = knobs.rows * knobs.cols
    near = neighbour_masks(knobs.rows, knobs.cols)
    target = rng.choice(bits(zones(knobs.rows, knobs.cols)[zone]))
    close = bits(near[target])
    far = [cell for cell in range(size) if cell != target and cell not in close]
    if number > min(len(close), mines):
        return None
    cells = rng.sample(close, number) + rng.sample(far, mines - number)
    mask = sum(1 << cell for cell in cells)
    field = Field(knobs.rows, knobs.cols, mask, counts(mask, near))
    for first in rng.shuffled([cell for cell in far if not field.numbers[cell]]):
        if not mask >> first & 1:
            revealed = reveal(first, 0, field.numbers, near)
            if not revealed >> target & 1:
                return field, revealed, target
    return None


def more_revealed(field: Field, revealed: int, count: int, rng: Rng, closed: int = 0) -> int:
    """Reveal some more safe cells, those of ``closed`` (a mask) excepted."""
    for _ in range(count):
        safe = bits(field.everything & ~(revealed | field.mines | closed))
        if not safe:
            break
        after = reveal(rng.choice(safe), revealed, field.numbers, field.near)
        if after & closed:
            continue
        revealed = after
    return revealed


def flagged(field: Field, revealed: int, count: int, rng: Rng) -> int:
    """Choose mines to flag: any in half of the boards, else first those that are plain to see."""
    mines = rng.shuffled(bits(field.mines))
    if count < len(mines) and rng.chance(0.5):
        found = Solver(View(field.state(revealed, 0))).propagate(0, 0)
        plain = found[0] if found else 0
        mines.sort(key=lambda cell: not plain >> cell & 1)
    return sum(1 << cell for cell in mines[:count])


def states(
    knobs: Knobs, rng: Rng, mines: int, flags: int | None = None, least_flags: int = 0
) -> Iterator[State]:
    """Yield boards after a first click and some more.

    Args:
        knobs: the level.
        rng: the substream.
        mines: number of mines.
        flags: number of flags; drawn for each board when None.
        least_flags: the fewest flags drawn.
    """
    field, start = clicked(knobs, mines, rng)
    for _ in range(VARIANTS):
        # Often many: of boards with few cells revealed there are few, and each would come often.
        more = max(rng.below(knobs.more + 1), rng.below(knobs.more + 1))
        revealed = more_revealed(field, start, more, rng)
        count = flags
        if count is None:
            count = rng.integers(least_flags, min(mines, MOST_FLAGS) + 1)
        marked = flagged(field, revealed, count, rng)
        if field.is_fit(revealed, marked):
            yield field.state(revealed, marked)


def sized_states(
    knobs: Knobs, rng: Rng, mines: int, wanted: int, flags: int | None = None
) -> Iterator[State]:
    """Yield boards with an exact number of revealed cells, and of flags unless it is None."""
    field, start = clicked(knobs, mines, rng)
    # What one click reveals are few shapes; some cells more and there are many.
    if start.bit_count() > max(wanted - _LEAST_MORE, _LEAST_REVEALED):
        return
    for _ in range(VARIANTS):
        revealed = start
        while revealed.bit_count() < wanted:
            after = more_revealed(field, revealed, 1, rng)
            if after == revealed:
                break
            revealed = after
        if revealed.bit_count() == wanted:
            count = rng.below(min(mines, MOST_FLAGS) + 1) if flags is None else flags
            marked = flagged(field, revealed, count, rng)
            if field.is_fit(revealed, marked):
                yield field.state(revealed, marked)


def target_states(knobs: Knobs, rng: Rng, mines: int, number: int, zone: int) -> Iterator[State]:
    """Yield boards on which a covered cell with that number may be surely safe."""
    found = around_target(knobs, mines, number, zone, rng)
    if found is None:
        return
    field, start, target = found
    closed = 1 << target
    for _ in range(VARIANTS):
        # The more is known the likelier the cell is decided.
        revealed = more_revealed(field, start, rng.below(2 * knobs.more + 1), rng, closed)
        marked = flagged(field, revealed, rng.below(min(mines, MOST_FLAGS) + 1), rng)
        if field.is_fit(revealed, marked):
            yield field.state(revealed, marked)
