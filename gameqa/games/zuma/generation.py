"""How tracks are made and marbles are laid on them, and colours changed to suit a question."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gameqa.games.zuma.rules import (
    COLOURS,
    DIAMETER,
    Run,
    State,
    Track,
)
from gameqa.rng import Rng

PITCH = 1.257
_FROG = 0.8  # how far from the origin it may be
_CLEAR = 2.4  # least distance from frog to track: the dial and its labels fit in between


@dataclass(frozen=True)
class Knobs:
    """What makes a track easy or hard.

    Attributes:
        marbles: least and greatest number.
        groups: how often a direction has 0, 1, 2 ... groups, where they are counted.
        misses: share of shots that hit nothing; long chains close all directions.
        repeat: least and greatest probability that a marble has the colour of the one before.
        counts: range of the number of marbles of a colour, where it is drawn first.
    """

    marbles: tuple[int, int]
    groups: tuple[float, ...]
    misses: float
    repeat: tuple[float, float] = (0.25, 0.45)
    counts: tuple[int, int] | None = None


def draw_size(knobs: Knobs, rng: Rng) -> int:
    """Draw a number of marbles."""
    return rng.integers(knobs.marbles[0], knobs.marbles[1] + 1)


def other_colour(colours: Sequence[str], rng: Rng) -> str:
    """Draw a colour that is not one of these."""
    return rng.choice([colour for colour in COLOURS if colour not in colours])


def draw_colours(count: int, repeat: tuple[float, float], rng: Rng) -> list[str]:
    """Draw the colours of a chain; how often one repeats the one before is drawn from a range."""
    draw, kinds = rng.random, len(COLOURS)
    share = repeat[0] + (repeat[1] - repeat[0]) * draw()
    code = rng.below(kinds)
    colours = [COLOURS[code]]
    for _ in range(count - 1):
        if draw() >= share:
            code = (code + 1 + int(draw() * (kinds - 1))) % kinds
        colours.append(COLOURS[code])
    return colours


def track(count: int, repeat: tuple[float, float], rng: Rng, loaded: str | None = None) -> State:
    """Make a track with so many marbles, packed from its outer end inwards.

    Args:
        count: number of marbles.
        repeat: as for `draw_colours`.
        rng: the substream.
        loaded: the colour of the frog's marble, drawn if not given.
    """
    away, bearing = _FROG * math.sqrt(rng.random()), 2 * math.pi * rng.random()
    frog = _rounded(away * math.cos(bearing), away * math.sin(bearing))
    least = _CLEAR + away
    r0 = round(least + (3.4 - least) * rng.random(), 3)
    theta0 = float(rng.integers(-179, 181))
    # A little of the track stays empty between the last marble and the hole.
    length = DIAMETER * (count + 1 + rng.random() * (1 + count / 8))
    turns = round(_turns(r0, length), 2)
    shape = Track(r0, theta0, PITCH, turns)
    return State(
        track=shape,
        hole=_rounded(*_place(shape, 0.0)),
        frog=frog,
        aim=rng.integers(-179, 181),
        loaded=loaded or rng.choice(COLOURS),
        next=rng.choice(COLOURS),
        colours=tuple(draw_colours(count, repeat, rng)),
        centres=tuple(_laid(shape, count)),
    )


def _rounded(x: float, y: float) -> tuple[float, float]:
    return round(x, 4), round(y, 4)


def _place(shape: Track, turn: float) -> tuple[float, float]:
    radius = shape.r0 + shape.pitch * turn
    angle = math.radians(shape.theta0_deg + 360 * turn)
    return radius * math.cos(angle), radius * math.sin(angle)


def _turns(r0: float, length: float) -> float:
    """Return after how many turns a spiral has that length (its growth's share is negligible)."""
    # length = 2 pi (r0 k + pitch k^2 / 2)
    return (math.sqrt(r0 * r0 + PITCH * length / math.pi) - r0) / PITCH


def _laid(shape: Track, count: int) -> list[tuple[float, float]]:
    """Return places on the spiral a diameter apart in a straight line, from its outer end."""
    growth = shape.pitch / (2 * math.pi)
    radius = shape.r0 + shape.pitch * shape.turns
    angle = math.radians(shape.theta0_deg) + 2 * math.pi * shape.turns
    places = []
    turned = DIAMETER / radius
    square = DIAMETER**2 / 4
    for _ in range(count):
        places.append(_rounded(radius * math.cos(angle), radius * math.sin(angle)))
        # Chord^2 = 4 r r' sin^2(angle / 2) + (r - r')^2, solved for the angle by one step of
        # iteration from the angle before, which is almost the same.
        fall = growth * turned
        half = (square - fall * fall / 4) / (radius * (radius - fall))
        turned = 2 * math.asin(math.sqrt(half))
        radius -= growth * turned
        angle -= turned
    return places


def tracks(
    count: int,
    repeat: tuple[float, float],
    rng: Rng,
    variants: int,
    loaded: str | None = None,
) -> Iterator[State]:
    """Yield a track with marbles of several colourings; laying marbles costs more than colours.

    Args:
        count: number of marbles.
        repeat: as for `draw_colours`.
        rng: the substream.
        variants: number of colourings.
        loaded: the colour of the frog's marble, drawn if not given.
    """
    state = track(count, repeat, rng, loaded)
    yield state
    for _ in range(variants - 1):
        yield with_colours(state, draw_colours(count, repeat, rng))


def with_colours(state: State, colours: Sequence[str]) -> State:
    """Return the state with marbles of these colours."""
    return replace(state, colours=tuple(colours))


def with_count(state: State, colour: str, count: int, rng: Rng) -> State:
    """Recolour random marbles until exactly so many have a colour."""
    colours = list(state.colours)
    own = [index for index, one in enumerate(colours) if one == colour]
    rest = [index for index, one in enumerate(colours) if one != colour]
    for index in rng.sample(own, max(0, len(own) - count)):
        colours[index] = other_colour([colour], rng)
    for index in rng.sample(rest, max(0, count - len(own))):
        colours[index] = colour
    return with_colours(state, colours)


def with_run(
    colours: Sequence[str], first: int, size: int, colour: str, rng: Rng
) -> list[str] | None:
    """Recolour marbles so that a run of exactly that size begins at ``first``; None: no room."""
    if first < 0 or first + size > len(colours):
        return None
    out = list(colours)
    out[first : first + size] = [colour] * size
    for beside in (first - 1, first + size):
        if 0 <= beside < len(out) and out[beside] == colour:
            out[beside] = other_colour([colour], rng)
    return out


def without_runs(colours: Sequence[str], broken: Sequence[Run], size: int, rng: Rng) -> list[str]:
    """Break runs: what is left of each is shorter than ``size``."""
    out = list(colours)
    for run in broken:
        for index in range(run.first + size - 1, run.last + 1, size):
            out[index] = other_colour([run.colour], rng)
    return out
