"""How boards are made: crossing gradients, then blanks with swatches to choose from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gameqa.drawing import RGB
from gameqa.games.color_hue.names import ANCHORS, ENDS, PALE, difference, is_pale, nearest
from gameqa.games.color_hue.rules import (
    COLUMN,
    ROW,
    Blank,
    Cell,
    Line,
    State,
    blend,
    run_through,
    sights,
)
from gameqa.rng import Rng

LETTERS = "PQRST"
"""Letters of blanks; A to F are left to the options."""

SWATCHES = 6

STEEP = 30.0
"""The least difference of a line's end colours."""

FREE_STEEP = 40.0
"""The same where both are free to choose."""

CLEAR = 3.0
"""How far a blank's colour may be from the one that follows from its line."""

_JITTER = 14
_COLOR_TRIES = 30
_LINE_TRIES = 40
_CROSSING_TRIES = 8
_BOARD_TRIES = 30
_PLANT_TRIES = 10
_PALETTE_TRIES = 40
_VARIANTS = 4


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        size: least and greatest number of rows and columns.
        lines: least and greatest number of gradients.
        blanks: least and greatest number of blank cells.
        apart: least difference of two swatches.
        names_apart: least difference of two colours offered by name.
        beyond: share of blanks at the end of a line, whose colour has to be continued.
    """

    size: tuple[int, int]
    lines: tuple[int, int]
    blanks: tuple[int, int]
    apart: float
    names_apart: float
    beyond: float = 0.27


def within(bounds: tuple[int, int], rng: Rng) -> int:
    """Draw an integer of a range, both ends included."""
    return rng.integers(bounds[0], bounds[1] + 1)


def jittered(rgb: RGB, amount: int, rng: Rng) -> RGB:
    """Change each channel by at most an amount."""
    wide, draw = 2 * amount + 1, rng.random
    red = rgb[0] - amount + int(draw() * wide)
    green = rgb[1] - amount + int(draw() * wide)
    blue = rgb[2] - amount + int(draw() * wide)
    return max(0, min(255, red)), max(0, min(255, green)), max(0, min(255, blue))


class Canvas:
    """A board under construction."""

    def __init__(self, size: int) -> None:
        """Start without lines."""
        self.size = size
        self.lines: list[Line] = []
        self.colors: dict[Cell, RGB] = {}

    def crossings(
        self, orientation: str, index: int, start: int, end: int
    ) -> list[tuple[int, RGB]] | None:
        """Return where a new line would meet others, as positions in it and colours there.

        Returns:
            None where it may not be: beside a parallel line, or where cells of one line would
            prolong the other.
        """
        found = []
        for line in self.lines:
            if line.orientation == orientation:
                if abs(line.index - index) <= 1:
                    return None
                continue
            met = start <= line.index <= end
            if met != (line.start <= index <= line.end):
                return None
            if met:
                cell = (index, line.index) if orientation == ROW else (line.index, index)
                found.append((line.index - start, self.colors[cell]))
        return sorted(found)

    def add(self, line: Line) -> None:
        """Put a line on the board; where it meets another one, that one's colour stays."""
        self.lines.append(line)
        for position, cell in enumerate(line.cells):
            self.colors.setdefault(cell, line.color(position))

    def state(self, blanks: Sequence[Blank] = (), palette: Sequence[RGB] = ()) -> State:
        """Return the finished board."""
        cells = tuple((r, c, rgb) for (r, c), rgb in sorted(self.colors.items()))
        return State(self.size, tuple(self.lines), cells, tuple(blanks), tuple(palette))


def place(size: int, rng: Rng) -> tuple[str, int, int, int]:
    """Draw orientation, index, start and end of a line."""
    draw = rng.random
    start, end = 1 + int(draw() * 2), size - 1 + int(draw() * 2)
    orientation = (ROW, COLUMN)[int(draw() * 2)]
    return orientation, 1 + int(draw() * size), start, end


def _end_color(names: Sequence[str], rng: Rng) -> RGB:
    return jittered(ANCHORS[rng.choice(names)], _JITTER, rng)


def ends_through(
    length: int, crossings: Sequence[tuple[int, RGB]], names: Sequence[str], rng: Rng
) -> tuple[RGB, RGB] | None:
    """Draw end colours of a line that has given colours at some positions.

    Args:
        length: position of the last cell.
        crossings: positions and colours, ascending.
        names: what free end colours are drawn from.
        rng: the substream.
    """
    least = STEEP if crossings else FREE_STEEP
    propose = _proposer(length, crossings, names, rng)
    for _ in range(_COLOR_TRIES if len(crossings) < 2 else 1):
        ends = propose()
        if ends is None:
            return None
        start, end = ends
        if difference(start, end) < least or is_pale(start) or is_pale(end):
            continue
        if all(_agrees(blend(start, end, at, length), color) for at, color in crossings):
            return ends
    return None


def _proposer(
    length: int, crossings: Sequence[tuple[int, RGB]], names: Sequence[str], rng: Rng
) -> Callable[[], tuple[RGB, RGB] | None]:
    """Return what proposes end colours, None where no channels between 0 and 255 will do."""
    if not crossings:
        return lambda: (_end_color(names, rng), _end_color(names, rng))
    (first, one), (last, other) = crossings[0], crossings[-1]
    if len(crossings) > 1:
        begun = _prolonged(other, one, last - first, last)
        ended = _prolonged(one, other, last - first, length - first)
        return lambda: None if begun is None or ended is None else (begun, ended)
    if first == 0:
        return lambda: (one, _end_color(names, rng))
    if first == length:
        return lambda: (_end_color(names, rng), one)
    # Only a start in these bounds has an end with channels from 0 to 255.
    rest = length - first
    lows = [-((255 * first - c * length) // rest) - _JITTER for c in one]
    highs = [c * length // rest + _JITTER for c in one]
    fit = []
    for name in names:
        r, g, b = ANCHORS[name]
        if lows[0] <= r <= highs[0] and lows[1] <= g <= highs[1] and lows[2] <= b <= highs[2]:
            fit.append(name)

    def solved() -> tuple[RGB, RGB] | None:
        red, green, blue = (
            max(low + _JITTER, min(high - _JITTER, channel))
            for channel, low, high in zip(_end_color(fit, rng), lows, highs, strict=True)
        )
        end = _prolonged((red, green, blue), one, first, length)
        return None if end is None else ((red, green, blue), end)

    return solved if fit else lambda: None


def _prolonged(start: RGB, color: RGB, position: int, length: int) -> RGB | None:
    """Return the colour at ``length`` of a line with given colours at 0 and at ``position``."""
    back, whole = position - length, 2 * position
    red = (2 * (start[0] * back + color[0] * length) + position) // whole
    green = (2 * (start[1] * back + color[1] * length) + position) // whole
    blue = (2 * (start[2] * back + color[2] * length) + position) // whole
    if min(red, green, blue) < 0 or max(red, green, blue) > 255:
        return None
    return red, green, blue


def _agrees(one: RGB, other: RGB) -> bool:
    return (
        abs(one[0] - other[0]) <= 1 and abs(one[1] - other[1]) <= 1 and abs(one[2] - other[2]) <= 1
    )


def complete(canvas: Canvas, count: int, names: Sequence[str], rng: Rng) -> bool:
    """Add lines until there are ``count``; return whether that worked.

    The second one crosses the first if that can be had.
    """
    for attempt in range(_LINE_TRIES):
        if len(canvas.lines) == count:
            return True
        orientation, index, start, end = place(canvas.size, rng)
        if len(canvas.lines) == 1 and attempt < _CROSSING_TRIES:
            orientation = COLUMN if canvas.lines[0].orientation == ROW else ROW
        crossings = canvas.crossings(orientation, index, start, end)
        if crossings is None:
            continue
        ends = ends_through(end - start, crossings, names, rng)
        if ends is not None:
            canvas.add(Line(orientation, index, start, end, *ends))
    return len(canvas.lines) == count


def boards(knobs: Knobs, rng: Rng) -> Iterator[Canvas]:
    """Yield boards of free lines."""
    for _ in range(_BOARD_TRIES):
        canvas = Canvas(within(knobs.size, rng))
        if complete(canvas, within(knobs.lines, rng), ENDS, rng):
            yield canvas


# ------------------------------------------------------------------------------- named colours


@lru_cache(maxsize=64)
def _relatives(apart: float) -> dict[str, frozenset[str]]:
    """For every name those that may not be offered beside it."""
    return {
        name: frozenset(
            other for other, rgb in ANCHORS.items() if difference(rgb, ANCHORS[name]) < apart
        )
        for name in ANCHORS
    }


def draw_names(names: Sequence[str], count: int, apart: float, rng: Rng) -> list[str]:
    """Draw names whose colours are pairwise at least so far apart, in random order."""
    relatives = _relatives(apart)
    while True:
        chosen: list[str] = []
        for name in rng.shuffled(names):
            if relatives[name].isdisjoint(chosen):
                chosen.append(name)
                if len(chosen) == count:
                    return rng.shuffled(chosen)


def named_color(name: str, distant: Sequence[tuple[str, float]], rng: Rng) -> RGB:
    """Draw a colour of that name that is far from other names' colours.

    Args:
        name: the name.
        distant: other names and the least difference from their colours.
        rng: the substream.
    """
    for attempt in range(_JITTER + 1):
        rgb = jittered(ANCHORS[name], _JITTER - attempt, rng)
        if nearest(rgb)[0] == name and all(
            difference(rgb, ANCHORS[other]) >= least for other, least in distant
        ):
            return rgb
    return ANCHORS[name]


def described_states(plan: Mapping[str, Any], knobs: Knobs, rng: Rng) -> Iterator[State]:
    """Yield a state whose first line has a cell of the planned name.

    It lies inside the line if that is planned and possible.
    """
    distant = [(name, knobs.names_apart) for name in plan["names"] if name != plan["name"]]
    for _ in range(_BOARD_TRIES):
        canvas = Canvas(within(knobs.size, rng))
        color = named_color(plan["name"], distant, rng)
        orientation, index, start, end = place(canvas.size, rng)
        length = end - start
        ends = None
        if plan["inside"] or plan["name"] in PALE:
            ends = ends_through(length, [(rng.integers(1, length), color)], ENDS, rng)
        if ends is None:
            if plan["name"] in PALE:
                continue
            ends = ends_through(length, [(rng.choice((0, length)), color)], ENDS, rng)
        if ends is None:
            continue
        canvas.add(Line(orientation, index, start, end, *ends))
        if complete(canvas, within(knobs.lines, rng), ENDS, rng):
            yield canvas.state()
            return


def gradient_states(plan: Mapping[str, Any], knobs: Knobs, rng: Rng) -> Iterator[State]:
    """Yield a state whose first line leads from the first to the second planned name.

    Other lines take their colours from the names that are offered as well, where they can.
    """
    first, last, other_first, other_last = plan["names"]
    for _ in range(_BOARD_TRIES):
        canvas = Canvas(within(knobs.size, rng))
        orientation, index, start, end = place(canvas.size, rng)
        one = named_color(first, [(other_first, STEEP), (last, STEEP)], rng)
        other = named_color(last, [(other_last, STEEP), (first, STEEP)], rng)
        if difference(one, other) < FREE_STEEP:
            continue
        canvas.add(Line(orientation, index, start, end, one, other))
        names = (other_first, other_last) if rng.chance(0.5) else ENDS
        if complete(canvas, within(knobs.lines, rng), names, rng):
            yield canvas.state()
            return


# ------------------------------------------------------------------------------- swatches


def draw_palette(apart: float, rng: Rng) -> list[RGB]:
    """Draw swatches around one gradient: blends along it, blends off it, and other lightnesses.

    None of them stands out as the right one, for that is chosen later, and each is a blend that
    can lie inside a line.
    """
    while True:
        one, other, third = (jittered(ANCHORS[n], _JITTER, rng) for n in rng.sample(ENDS, 3))
        found: list[RGB] = []
        for attempt in range(_PALETTE_TRIES):
            share = rng.integers(15, 86)
            kind = rng.below(4) if attempt > 2 else 0
            if kind == 0 or not found:
                color = blend(one, other, share, 100)
            elif kind == 1:
                color = blend(rng.choice((one, other)), third, share, 100)
            else:
                shade = (255, 255, 255) if kind == 2 else (0, 0, 0)
                color = blend(rng.choice(found), shade, rng.integers(20, 46), 100)
            # A unit a channel is lost to rounding when the colour is fitted into a line.
            if all(difference(color, swatch) >= apart + 2 for swatch in found) and (
                not is_pale(color) and ends_through(4, [(2, color)], ENDS, rng)
            ):
                found.append(color)
                if len(found) == SWATCHES:
                    return rng.shuffled(found)


def matching_states(plan: Mapping[str, Any], knobs: Knobs, rng: Rng) -> Iterator[State]:
    """Yield states of one board with the planned swatches, of which some fit into its blanks.

    The cell that the planned one fits has its colour exactly. States differ in the order of the
    other swatches.
    """
    for _ in range(_PLANT_TRIES):
        canvas = Canvas(within(knobs.size, rng))
        planted = _plant(canvas, plan, within(knobs.lines, rng), rng)
        if planted is None:
            continue
        target = planted[plan["swatch"]]
        rest = [cell for cell in planted.values() if cell != target]
        blanks = sorted([target, *rng.sample(rest, plan["blanks"] - 1)])
        visible = {cell: rgb for cell, rgb in canvas.colors.items() if cell not in blanks}
        if any(sum(cell in visible for cell in line.cells) < 2 for line in canvas.lines):
            continue
        if not follows(canvas.colors, visible, target, plan["beyond"]):
            continue
        lettered = [
            Blank(letter, *cell, canvas.colors[cell])
            for letter, cell in zip(LETTERS, blanks, strict=False)
        ]
        colors = dict(enumerate(plan["palette"]))
        colors.update((swatch, canvas.colors[cell]) for swatch, cell in planted.items())
        truth = colors.pop(plan["swatch"])
        if any(difference(truth, color) < knobs.apart for color in colors.values()):
            continue
        for _ in range(_VARIANTS):
            palette = rng.shuffled(list(colors.values()))
            palette.insert(plan["swatch"], truth)
            yield canvas.state(lettered, palette)
        return


def _plant(canvas: Canvas, plan: Mapping[str, Any], count: int, rng: Rng) -> dict[int, Cell] | None:
    """Add lines through cells of the planned colours; return the cell of each swatch planted.

    The first line has the right one's cell, at its end if it is to be continued (``beyond``), and
    often one of another swatch, which then is the colour of a cell further along.
    """
    planted: dict[int, Cell] = {}
    waiting = rng.shuffled([i for i in range(SWATCHES) if i != plan["swatch"]])
    for _ in range(_LINE_TRIES):
        orientation, index, start, end = place(canvas.size, rng)
        if len(canvas.lines) == 1 and rng.chance(0.95):
            orientation = COLUMN if canvas.lines[0].orientation == ROW else ROW
        crossings = canvas.crossings(orientation, index, start, end)
        if crossings is None:
            continue
        length, few = end - start, len(planted) < plan["blanks"]
        if not canvas.lines:
            places = (0, length) if plan["beyond"] else range(1, length)
            own = rng.choice(places)
            fixed = [(own, plan["swatch"])]
            if rng.chance(0.6):
                at = rng.choice([at for at in range(length + 1) if at != own])
                fixed.append((at, waiting[0]))
        elif len(crossings) < 2 and waiting and (few or rng.chance(0.3)):
            free = [at for at in range(length + 1) if at not in dict(crossings)]
            fixed = [(rng.choice(free), waiting[0])]
        else:
            fixed = []
        colors = [(at, plan["palette"][swatch]) for at, swatch in fixed]
        ends = ends_through(length, sorted([*crossings, *colors]), ENDS, rng)
        if ends is None:
            continue
        line = Line(orientation, index, start, end, *ends)
        canvas.add(line)
        planted.update((swatch, line.cells[at]) for at, swatch in fixed)
        waiting = [swatch for swatch in waiting if swatch not in planted]
        if len(canvas.lines) == count:
            return planted if len(planted) >= plan["blanks"] else None
    return None


def follows(
    colors: Mapping[Cell, RGB], visible: Mapping[Cell, RGB], cell: Cell, beyond: bool
) -> bool:
    """Whether a blank cell's colour follows from visible cells in the wanted way.

    Either it lies between two visible cells of a line, or (``beyond``) at the end of its lines
    with the nearest visible cell beside it.
    """
    found = list(sights(colors.keys(), visible, cell))
    if not found or any(difference(s.expected, colors[cell]) > CLEAR for s in found):
        return False
    if any(sight.between for sight in found):
        return not beyond
    (r, c), _ = found[0].one
    run = run_through(colors.keys(), cell, found[0].orientation)
    beside = abs(r - cell[0]) + abs(c - cell[1]) == 1
    return beyond and len(found) == 1 and beside and cell in (run[0], run[-1])
