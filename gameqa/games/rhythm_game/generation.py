"""How charts are made: random ones, and charts on which one column scores a given total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gameqa.games.rhythm_game.rules import (
    CLICK_POINTS,
    REVERSE_POINTS,
    Block,
    State,
    snake_points,
)
from gameqa.rng import Rng

LEAST_TOTAL = 40
_CELLS_A_BLOCK = 1.54
_WEIGHTS = {"click": 7, "reverse": 4, "snake": 3}


@dataclass(frozen=True)
class Knobs:
    """What makes a chart easy or hard.

    Attributes:
        rows, cols: its size.
        fill: least and greatest share of covered cells.
        counted_fill: the same where covered cells are counted.
        longest: greatest length of a snake.
    """

    rows: int
    cols: int
    fill: tuple[float, float] = (0.4, 0.85)
    counted_fill: tuple[float, float] = (0.3, 0.9)
    longest: int = 5


class Load(NamedTuple):
    """What a finger presses for points, in any order.

    Attributes:
        clicks, reverses: how many.
        snakes: the lengths, ascending.
    """

    clicks: int
    reverses: int
    snakes: tuple[int, ...]

    @property
    def points(self) -> int:
        """The score."""
        snakes = sum(map(snake_points, self.snakes))
        return CLICK_POINTS * self.clicks + REVERSE_POINTS * self.reverses + snakes

    def rows(self, delay: int) -> int:
        """Return how many rows go by while it is pressed."""
        return self.clicks + (1 + delay) * self.reverses + sum(self.snakes)


class _Chart:
    """A chart under construction; bit ``row - 1`` of ``free[col]`` is set for free cells."""

    def __init__(self, knobs: Knobs) -> None:
        self.knobs = knobs
        self.free = dict.fromkeys(range(1, knobs.cols + 1), (1 << knobs.rows) - 1)
        self.blocks: list[Block] = []

    def put(self, kind: str, row: int, col: int, length: int = 1) -> None:
        """Add a block."""
        self.blocks.append(Block(kind, row, col, length))
        self.free[col] &= ~(((1 << length) - 1) << row - 1)

    def fits(self, row: int, col: int, length: int) -> bool:
        """Whether a block's cells are all on the chart and free."""
        if row < 1:
            return False
        wanted = ((1 << length) - 1) << row - 1
        return self.free[col] & wanted == wanted

    def put_snake(self, length: int, rng: Rng) -> None:
        """Add a snake anywhere, a shorter one where there is no room."""
        for size in range(length, 1, -1):
            places = []
            for col, free in self.free.items():
                starts = free
                for shift in range(1, size):
                    starts &= free >> shift
                places += [(row, col) for row in _rows(starts)]
            if places:
                self.put("snake", *rng.choice(places), size)
                return

    def fill(self, share: float, rng: Rng) -> None:
        """Add blocks until about that share of the chart is covered."""
        rows, cols = self.knobs.rows, self.knobs.cols
        wanted = share * rows * cols - sum(block.length for block in self.blocks)
        count = max(3, round(wanted / _CELLS_A_BLOCK))
        clicks, reverses = max(1, count // 2), max(1, 2 * count // 7)
        for _ in range(max(1, count - clicks - reverses)):
            self.put_snake(rng.integers(2, self.knobs.longest + 1), rng)
        cells = [(row, col) for col, free in self.free.items() for row in _rows(free)]
        kinds = ["click"] * clicks + ["reverse"] * reverses
        chosen = rng.sample(cells, min(len(cells), len(kinds)))
        for kind, (row, col) in zip(rng.shuffled(kinds), chosen, strict=False):
            self.put(kind, row, col)

    def state(self) -> State:
        """Return the chart."""
        blocks = sorted(self.blocks, key=lambda block: (block.col, block.row))
        return State(self.knobs.rows, self.knobs.cols, tuple(blocks))


def _rows(mask: int) -> list[int]:
    """Return the rows of a mask's bits."""
    rows = []
    while mask:
        low = mask & -mask
        rows.append(low.bit_length())
        mask ^= low
    return rows


def draw_share(bounds: tuple[float, float], rng: Rng) -> float:
    """Draw a share of covered cells."""
    return bounds[0] + (bounds[1] - bounds[0]) * rng.random()


def chart(knobs: Knobs, share: float, rng: Rng) -> State:
    """Draw a chart of which about that share of the cells is covered."""
    made = _Chart(knobs)
    made.fill(share, rng)
    return made.state()


def chart_with_snake(knobs: Knobs, share: float, snake: Block, touched: bool, rng: Rng) -> State:
    """Draw a chart with a given snake on it.

    Args:
        knobs: the level.
        share: of covered cells, roughly.
        snake: the snake.
        touched: whether another snake ends right below it or begins right above it.
        rng: the substream.
    """
    made = _Chart(knobs)
    made.put(*snake)
    if touched:
        lengths = range(2, knobs.longest + 1)
        near = [(snake.top + 1, length) for length in lengths]
        near += [(snake.row - length, length) for length in lengths]
        row, length = rng.choice(
            [place for place in near if made.fits(place[0], snake.col, place[1])]
        )
        made.put("snake", row, snake.col, length)
    made.fill(share, rng)
    return made.state()


def draw_loads(
    knobs: Knobs, count: int, delay: int, share: float, mirrored: bool, rng: Rng
) -> list[Load]:
    """Draw loads of different points that differ by a few blocks from one another.

    Args:
        knobs: the level.
        count: how many.
        delay: rows that go by unpressed after a reverse.
        share: of covered cells on the way of the finger, roughly.
        mirrored: whether each has to have a reverse.
        rng: the substream.
    """
    least = int(mirrored)
    first = _draw_load(knobs, delay, share, least, rng)
    loads = {first.points: first}
    while len(loads) < count:
        load = rng.choice(list(loads.values()))
        for _ in range(rng.integers(1, 4)):
            load = _edited(load, knobs, delay, least, rng)
        loads.setdefault(load.points, load)
    return list(loads.values())


def _draw_load(knobs: Knobs, delay: int, share: float, least: int, rng: Rng) -> Load:
    load = Load(0, least, ())
    while load.points < LEAST_TOTAL or load.rows(delay) < share * knobs.rows:
        kind = rng.weighted(list(_WEIGHTS), list(_WEIGHTS.values()))
        more = _with(load, kind, rng.integers(2, knobs.longest + 1))
        if more.rows(delay) > knobs.rows:
            break
        load = more
    return load


def _with(load: Load, kind: str, length: int) -> Load:
    if kind == "click":
        return load._replace(clicks=load.clicks + 1)
    if kind == "reverse":
        return load._replace(reverses=load.reverses + 1)
    return load._replace(snakes=tuple(sorted((*load.snakes, length))))


def _edited(load: Load, knobs: Knobs, delay: int, least: int, rng: Rng) -> Load:
    """Return a load with one block more, less or of another length, itself if that cannot be."""
    kind = rng.choice(("click", "reverse", "snake", "length"))
    up = rng.chance(0.5)
    other = load
    if kind == "length" and load.snakes:
        at = rng.below(len(load.snakes))
        length = load.snakes[at] + (1 if up else -1)
        if 2 <= length <= knobs.longest:
            other = _with(_without(load, at), "snake", length)
    elif kind == "snake" and load.snakes and not up:
        other = _without(load, rng.below(len(load.snakes)))
    elif kind in _WEIGHTS and up:
        other = _with(load, kind, rng.integers(2, knobs.longest + 1))
    elif kind == "click" and load.clicks:
        other = load._replace(clicks=load.clicks - 1)
    elif kind == "reverse" and load.reverses > least:
        other = load._replace(reverses=load.reverses - 1)
    suits = other.points >= LEAST_TOTAL and other.rows(delay) <= knobs.rows
    return other if suits else load


def _without(load: Load, at: int) -> Load:
    return load._replace(snakes=load.snakes[:at] + load.snakes[at + 1 :])


def loaded_chart(
    knobs: Knobs, load: Load, column: int, delay: int, share: float, rng: Rng
) -> State:
    """Draw a chart on which a finger on a column presses exactly a load for points.

    Blocks and gaps are laid in random order along the finger's way, which every reverse block
    turns to the mirrored column; what the finger never reads is filled at random.
    """
    made = _Chart(knobs)
    gaps = knobs.rows - load.rows(delay)
    items: Sequence[tuple[str, int]] = rng.shuffled(
        [("click", 1)] * load.clicks
        + [("reverse", 1)] * load.reverses
        + [("snake", length) for length in load.snakes]
        + [("gap", 1)] * gaps
    )
    row, col = 1, column
    entries, read_gaps = [], set()
    for kind, length in items:
        if kind == "gap":
            made.free[col] &= ~(1 << row - 1)
            read_gaps.add((row, col))
        else:
            made.put(kind, row, col, length)
        row += length
        if kind == "reverse":
            col = knobs.cols + 1 - col
            row += delay
            entries.append((row, col))
    for row, col in entries:
        _plant_headless(made, row, col, read_gaps, rng)
    made.fill(share, rng)
    return made.state()


def _plant_headless(made: _Chart, row: int, col: int, gaps: set[tuple[int, int]], rng: Rng) -> None:
    """Lay a snake over the gaps in which the finger enters a column, its head out of reach."""
    above = 0
    while (row + above, col) in gaps:
        above += 1
    longest = made.knobs.longest
    choices = [
        (below, reach)
        for reach in range(1, min(above, longest - 1) + 1)
        for below in range(1, longest - reach + 1)
        if made.fits(row - below, col, below)
    ]
    if choices and rng.chance(0.4):
        below, reach = rng.choice(choices)
        made.put("snake", row - below, col, below + reach)
