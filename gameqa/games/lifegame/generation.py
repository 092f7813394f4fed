"""How boards are made: random ones, and ones around a region that settles when it is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from gameqa.games.lifegame.rules import Board, Region, State, course, successor
from gameqa.rng import Rng

LEAST_ALIVE = 3
LONGEST_PERIOD = 4
_BOARDS = 60  # tried on one substream
_PLACES = 8  # boards made round one region


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        size: number of rows and of columns.
        counts: least and greatest number of living cells to be counted.
        next_counts: the same after an update.
        updates: number of updates over which a cell is followed.
        region: side of the region, at least 4.
        settling: least and greatest number of updates until a region is stable.
        density: least and greatest share of living cells.
    """

    size: int
    counts: tuple[int, int]
    next_counts: tuple[int, int]
    updates: int
    region: int
    settling: tuple[int, int]
    density: tuple[float, float] = (0.2, 0.5)


def soup(size: int, density: float, rng: Rng) -> Board:
    """Draw a square board on which each cell is alive with a given probability."""
    draw = rng.random
    alive = sum(1 << bit for bit in range(size * size) if draw() < density)
    return Board(alive, size, size)


def soups(knobs: Knobs, rng: Rng, density: tuple[float, float] | None = None) -> Iterator[Board]:
    """Yield boards of random density which are not empty and do not stand still at once."""
    low, high = density or knobs.density
    for _ in range(_BOARDS):
        board = soup(knobs.size, low + (high - low) * rng.random(), rng)
        if board.living >= LEAST_ALIVE:
            yield board


def counted(knobs: Knobs, count: int, rng: Rng) -> State:
    """Put a number of living cells on random cells."""
    cells = knobs.size * knobs.size
    alive = sum(1 << bit for bit in rng.sample(range(cells), count))
    return State(Board(alive, knobs.size, knobs.size).grid())


def with_region(knobs: Knobs, settling: int, rng: Rng) -> Iterator[State]:
    """Yield boards with one region that is stable after a given number of updates."""
    pattern = _pattern(knobs, settling, rng)
    if pattern is None:
        return
    k = knobs.region
    density = pattern.living / (k * k)
    inner = pattern.grid()
    for _ in range(_PLACES):
        row, col = rng.below(knobs.size - k + 1), rng.below(knobs.size - k + 1)
        outer = [list(line) for line in soup(knobs.size, density, rng).grid()]
        for r in range(k):
            outer[row + r][col : col + k] = inner[r]
        yield State(tuple(map(tuple, outer)), Region(row, col, k))


def _pattern(knobs: Knobs, settling: int, rng: Rng) -> Board | None:
    if knobs.region == 4:
        return Board(rng.choice(_table()[settling]), 4, 4)
    for _ in range(_BOARDS):
        density = knobs.density[0] + (knobs.density[1] - knobs.density[0]) * rng.random()
        board = soup(knobs.region, density, rng)
        if board.living >= LEAST_ALIVE:
            found = course(board, settling + LONGEST_PERIOD)
            if found is not None and found.first == settling:
                return board
    return None


@lru_cache(maxsize=1)
def _table() -> list[list[int]]:
    """Return the 4 x 4 patterns by the number of updates after which they are stable.

    Patterns that end in a long cycle are left out: on 4 x 4 cells eight updates are common.
    """
    every = np.arange(1 << 16, dtype=np.int64)
    after = successor(every, 4, 4)
    # A pattern occurs again if something leads to it however often the board is updated; each
    # squaring doubles the updates, and 64 are far more than any pattern needs.
    later = after
    for _ in range(6):
        later = later[later]
    again = np.zeros(len(every), dtype=bool)
    again[later] = True
    short = np.zeros(len(every), dtype=bool)
    at = later
    for _ in range(LONGEST_PERIOD):
        at = after[at]
        short |= at == later
    settling = np.full(len(every), -1)
    at, updates = every, 0
    while (settling < 0).any():
        settling[(settling < 0) & again[at]] = updates
        at, updates = after[at], updates + 1
    alive = np.unpackbits(every.astype("<u2").view(np.uint8)).reshape(-1, 16).sum(axis=1)
    fit = short & (alive >= LEAST_ALIVE)
    return [np.flatnonzero(fit & (settling == wanted)).tolist() for wanted in range(updates)]
