"""How boards are made: a coloured formation, partly shot away, that a task can bend to its plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gameqa.games.space_invaders.rules import COLOURS, EMPTY, POINTS, Formation, State
from gameqa.rng import Rng

MIN_ENEMIES = 3
MIN_COLUMNS = 2


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        width: least and greatest number of columns of the formation.
        pad: least and greatest number of empty columns added on each side, before the formation
            is moved sideways at random.
        heights: how often a column of the formation keeps 0, 1, 2 ... enemies; the formation has
            as many rows as the longest.
        spare_rows: least and greatest number of rows beyond the formation's.
        intervals: least and greatest k of shots in the intervals t to t + k; at most ``2 * pad``.
        mixed_bottoms: whether boards whose lowest enemies all have one colour are drawn anew.
        classic: how often the rows have the arcade's order of colours, purple on top.
        mixed: how often on other boards not only whole rows, but single enemies differ. Small
            boards need much of this: there are few of them with whole rows.
        color_mix: how often on such boards a single enemy's colour is drawn anew.
        ship_below_enemies: how often the ship stands below an enemy, where a task leaves it open.
    """

    width: tuple[int, int]
    pad: tuple[int, int]
    heights: tuple[float, ...]
    intervals: tuple[int, int]
    spare_rows: tuple[int, int] = (2, 3)
    mixed_bottoms: bool = True
    classic: float = 0.35
    mixed: float = 0.5
    color_mix: float = 0.3
    ship_below_enemies: float = 0.8


@dataclass(frozen=True)
class Size:
    """The measures of a board and its formation, and where the formation can be."""

    rows: int
    pad: int
    height: int
    width: int

    @property
    def cols(self) -> int:
        """Number of the board's columns."""
        return self.width + 2 * self.pad

    @property
    def tops(self) -> range:
        """Where the formation's first row can be."""
        return range(1, self.rows - self.height + 2)

    @property
    def lefts(self) -> range:
        """Where the formation's first column can be."""
        return range(1, 2 * self.pad + 2)

    def lefts_with_room(self, direction: str, columns: int) -> range:
        """Return the lefts that leave the formation so many free columns in a direction."""
        if direction == "right":
            return self.lefts[: len(self.lefts) - columns]
        return self.lefts[columns:]

    def lefts_over(self, column: int) -> list[int]:
        """Return the lefts for which a column is one of the formation's."""
        return [left for left in self.lefts if left <= column < left + self.width]


def draw_size(knobs: Knobs, rng: Rng) -> Size:
    """Draw a board's measures."""
    height = len(knobs.heights) - 1
    return Size(
        rows=height + _between(knobs.spare_rows, rng),
        pad=_between(knobs.pad, rng),
        height=height,
        width=_between(knobs.width, rng),
    )


def _between(bounds: tuple[int, int], rng: Rng) -> int:
    return rng.integers(bounds[0], bounds[1] + 1)


def draw_height(knobs: Knobs, rng: Rng, least: int = 0, most: int | None = None) -> int:
    """Draw how many enemies a column keeps, within bounds."""
    heights = range(len(knobs.heights))[least : None if most is None else most + 1]
    return rng.weighted(heights, [knobs.heights[height] for height in heights])


class Fleet:
    """A board under construction: all changes that tasks need, then `state`.

    Columns are counted from 0 within the formation, except where the board's are named.

    Attributes:
        heights: how many enemies each column keeps.
        colours: the formation's rows of letters, as if no enemy were shot.
        ship: the ship's column on the board.
    """

    def __init__(
        self,
        knobs: Knobs,
        size: Size,
        rng: Rng,
        tops: Sequence[int] = (),
        lefts: Sequence[int] = (),
    ) -> None:
        """Draw place, colours and heights; ``tops`` and ``lefts`` restrict the place."""
        self.knobs, self.size = knobs, size
        self.top = rng.choice(tops or size.tops)
        self.left = rng.choice(lefts or size.lefts)
        self.heights = [draw_height(knobs, rng) for _ in range(size.width)]
        self.colours = _colours(knobs, size, rng)
        self.ship = 0

    def index(self, column: int) -> int | None:
        """Return the formation's column that lies in a column of the board, if any."""
        i = column - self.left
        return i if 0 <= i < self.size.width else None

    @property
    def occupied(self) -> list[int]:
        """The columns that hold an enemy."""
        return [i for i, height in enumerate(self.heights) if height]

    def bottom(self, i: int) -> str:
        """Return the letter of an occupied column's lowest enemy."""
        return self.colours[self.heights[i] - 1][i]

    def paint(self, i: int, letter: str, above: int = 0) -> None:
        """Give a column's lowest enemy, or the one so many above it, a colour."""
        self.colours[self.heights[i] - 1 - above][i] = letter

    def expose(self, i: int, letter: str, rng: Rng) -> None:
        """Make a column's lowest enemy one of that colour, as far as can be by shooting."""
        depths = [m for m in range(1, self.size.height + 1) if self.colours[m - 1][i] == letter]
        if depths and rng.chance(0.75):
            self.heights[i] = rng.choice(depths)
        else:
            self.heights[i] = self.heights[i] or draw_height(self.knobs, rng, 1)
            self.paint(i, letter)

    def fit_total(self, total: int, rng: Rng) -> None:
        """Lengthen or shorten columns by one at a time until there are so many enemies."""
        while (missing := total - sum(self.heights)) != 0:
            step, end = (1, self.size.height) if missing > 0 else (-1, 0)
            i = rng.choice([i for i, height in enumerate(self.heights) if height != end])
            self.heights[i] += step

    def fit_colour(self, letter: str, count: int, rng: Rng) -> None:
        """Recolour enemies at random until so many have that colour."""
        cells = [(m, i) for i, height in enumerate(self.heights) for m in range(height)]
        have = [(m, i) for m, i in cells if self.colours[m][i] == letter]
        rest = [(m, i) for m, i in cells if self.colours[m][i] != letter]
        for m, i in rng.sample(rest, max(0, count - len(have))):
            self.colours[m][i] = letter
        for m, i in rng.sample(have, max(0, len(have) - count)):
            self.colours[m][i] = rng.choice([other for other in COLOURS if other != letter])

    def place_ship(self, rng: Rng, avoid: int | None = None) -> None:
        """Put the ship below an enemy or, less often, below none, but not into one column."""
        below = {self.left + i for i in self.occupied}
        wanted = rng.chance(self.knobs.ship_below_enemies)
        columns = [c for c in range(1, self.size.cols + 1) if c != avoid]
        self.ship = rng.choice([c for c in columns if (c in below) == wanted] or columns)

    def is_fair(self, mixed_bottoms: bool) -> bool:
        """Whether the board is worth a question: enough enemies, columns and perhaps colours."""
        occupied = self.occupied
        return (
            sum(self.heights) >= MIN_ENEMIES
            and len(occupied) >= MIN_COLUMNS
            and not (mixed_bottoms and len({self.bottom(i) for i in occupied}) == 1)
        )

    def state(self) -> State:
        """Return the finished board."""
        size = self.size
        grid = [[EMPTY] * size.cols for _ in range(size.rows)]
        for i, height in enumerate(self.heights):
            for m in range(height):
                grid[self.top - 1 + m][self.left - 1 + i] = self.colours[m][i]
        formation = Formation(self.top, self.left, size.height, size.width)
        return State(tuple(map("".join, grid)), self.ship, formation)


def _colours(knobs: Knobs, size: Size, rng: Rng) -> list[list[str]]:
    blue = (size.height - 1) // 2
    rows = ["P"] + ["B"] * blue + ["G"] * (size.height - 1 - blue)
    mixed = False
    if not rng.chance(knobs.classic):
        rows = rng.shuffled(rows)
        mixed = rng.chance(knobs.mixed)
    colours = [[letter] * size.width for letter in rows]
    if mixed:
        letters = list(POINTS)
        for row in colours:
            for i in range(size.width):
                if rng.chance(knobs.color_mix):
                    row[i] = rng.choice(letters)
    return colours


def plain_state(knobs: Knobs, rng: Rng) -> State | None:
    """Make a board with no question in mind, or None where it is not worth one."""
    fleet = Fleet(knobs, draw_size(knobs, rng), rng)
    fleet.place_ship(rng)
    return fleet.state() if fleet.is_fair(knobs.mixed_bottoms) else None


def split_points(total: int, places: int, least: int, rng: Rng) -> list[int]:
    """Split points at random into values of 0 to 30, as few as ``least`` of them above 0.

    Args:
        total: a multiple of 10, at most ``30 * places``.
        places: how many values.
        least: how many values are above 0 at least, where the total allows.
        rng: the substream.
    """
    units = total // 10
    shares = [0] * places
    for i in rng.sample(range(places), min(units, places, least)):
        shares[i] = 1
    for _ in range(units - sum(shares)):
        shares[rng.choice([i for i, share in enumerate(shares) if share < 3])] += 1
    return [10 * share for share in shares]
