"""How puzzles are made: tents first, each with a tree of its own, then some tents taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from gameqa.games.tents.rules import Cell, State
from gameqa.grids import all_neighbours, side_neighbours
from gameqa.rng import Rng

VARIANTS = 8
"""Choices of missing tents that are tried on one layout."""

_RESTARTS = 20
_LEAST_TENTS = 3


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        sides: least and greatest number of rows and of columns (each drawn).
        in_row: how often 0, 1, 2 ... tents are wanted in the row asked about.
        in_column: how often 0, 1, 2 ... tents are wanted missing in the column asked about.
        legal: least and greatest number of cells that can take a tent, where they are counted.
        trees: least and greatest share of cells that hold a tree.
        missing: least and greatest share of the tents that are not shown.
        flat: whether all tent numbers may be 0 or 1.
    """

    sides: tuple[int, int]
    in_row: tuple[float, ...]
    in_column: tuple[float, ...]
    legal: tuple[int, int]
    trees: tuple[float, float] = (0.10, 0.20)
    missing: tuple[float, float] = (0.2, 1.0)
    flat: bool = False


@dataclass(frozen=True)
class Layout:
    """A solved board: cells as (row, column), sorted."""

    rows: int
    cols: int
    trees: tuple[Cell, ...]
    tents: tuple[Cell, ...]
    row_counts: tuple[int, ...]
    col_counts: tuple[int, ...]

    def without(self, missing: Collection[Cell]) -> State:
        """Return the state in which these tents are not shown."""
        placed = tuple(tent for tent in self.tents if tent not in missing)
        return State(
            self.rows,
            self.cols,
            self.trees,
            self.tents,
            placed,
            self.row_counts,
            self.col_counts,
        )


def draw_layout(knobs: Knobs, rng: Rng) -> Layout:
    """Draw a solved board whose tents and trees can be paired."""
    while True:  # nearly every board of that size has a line of two tents or more
        rows, cols = (rng.integers(knobs.sides[0], knobs.sides[1] + 1) for _ in range(2))
        low, high = knobs.trees
        share = low + (high - low) * rng.random()
        wanted = max(_LEAST_TENTS, int(share * rows * cols + 0.5))
        found = None
        while found is None:
            attempts = (_place(rows, cols, wanted, rng) for _ in range(_RESTARTS))
            found = next((pairs for pairs in attempts if pairs is not None), None)
            wanted -= 1
        trees, tents = found
        row_counts = tuple(sum(r == row for r, _ in tents) for row in range(rows))
        col_counts = tuple(sum(c == col for _, c in tents) for col in range(cols))
        if knobs.flat or max(*row_counts, *col_counts) > 1:
            return Layout(rows, cols, trees, tents, row_counts, col_counts)


def _place(
    rows: int, cols: int, wanted: int, rng: Rng
) -> tuple[tuple[Cell, ...], tuple[Cell, ...]] | None:
    """Walk over the cells at random and put tents, each with a tree; None when it ends early."""
    beside, around = side_neighbours(rows, cols), all_neighbours(rows, cols)
    trees: set[int] = set()
    tents: set[int] = set()
    blocked: set[int] = set()  # next to a tent, or taken
    for cell in rng.permutation(rows * cols):
        if cell in blocked:
            continue
        free = [other for other in beside[cell] if other not in trees and other not in tents]
        if not free:
            continue
        tree = rng.choice(free)
        tents.add(cell)
        trees.add(tree)
        blocked.add(cell)
        blocked.add(tree)
        blocked.update(around[cell])
        if len(tents) == wanted:
            return _cells(trees, cols), _cells(tents, cols)
    return None


def _cells(numbers: set[int], cols: int) -> tuple[Cell, ...]:
    return tuple(divmod(number, cols) for number in sorted(numbers))


def _how_many(count: int, missing: tuple[float, float], rng: Rng) -> int:
    low, high = missing
    return max(1, int((low + (high - low) * rng.random()) * count + 0.5))


def states(knobs: Knobs, rng: Rng, *, finished: bool = False) -> Iterator[State]:
    """Yield boards of one layout with random tents missing, or with none when ``finished``."""
    layout = draw_layout(knobs, rng)
    if finished:
        yield layout.without(())
        return
    for _ in range(VARIANTS):
        count = _how_many(len(layout.tents), knobs.missing, rng)
        yield layout.without(rng.sample(layout.tents, count))


def line_states(
    knobs: Knobs,
    rng: Rng,
    *,
    axis: int,
    missing: tuple[float, float],
    shown: int | None = None,
    hidden: int | None = None,
) -> Iterator[State]:
    """Yield boards on which some line has a wanted number of tents shown, or of tents missing.

    Args:
        knobs: the level.
        rng: the substream.
        axis: 0 for a row, 1 for a column.
        missing: least and greatest share of the tents that are not shown.
        shown: the wanted number of tents shown in the line, or
        hidden: the wanted number of tents missing in it.
    """
    layout = draw_layout(knobs, rng)
    counts: Sequence[int] = (layout.row_counts, layout.col_counts)[axis]
    least = (shown or 0) + (hidden or 0)
    lines = [line for line, count in enumerate(counts) if count >= least]
    for _ in range(VARIANTS if lines else 0):
        line = rng.choice(lines)
        own = [tent for tent in layout.tents if tent[axis] == line]
        other = [tent for tent in layout.tents if tent[axis] != line]
        away = len(own) - shown if shown is not None else hidden or 0
        rest = _how_many(len(layout.tents), missing, rng) - away
        gone = rng.sample(own, away) + rng.sample(other, max(0, min(len(other), rest)))
        if gone:
            yield layout.without(gone)
