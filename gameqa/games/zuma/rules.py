"""Rules of Zuma: the chain of marbles, its groups, and what a shot hits, joins and removes.

World coordinates have x to the right and y up; angles are degrees counterclockwise from the x
axis, seen from the frog, in (-180, 180]. Marbles are numbered from the outer end of the track
towards the hole.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

Point = tuple[float, float]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]

COLOURS = ("red", "yellow", "blue", "green")
RADIUS = 0.3
DIAMETER = 2 * RADIUS
SECTORS = ("right", "up-right", "up", "up-left", "left", "down-left", "down", "down-right")
"""The eight directions counterclockwise; each is 45 degrees wide, the first centred on 0."""


class Track(NamedTuple):
    """A spiral about the origin, from the hole outwards."""

    r0: float
    theta0_deg: float
    pitch: float
    turns: float


@dataclass(frozen=True)
class State:
    """A track with marbles, and the frog.

    Attributes:
        track: the spiral.
        hole: its inner end.
        frog: the frog's centre.
        aim: where it aims, in degrees.
        loaded: the colour of the marble it will shoot.
        next: the colour after that, not shown.
        colours, centres: of the marbles.
    """

    track: Track
    hole: Point
    frog: Point
    aim: int
    loaded: str
    next: str
    colours: tuple[str, ...]
    centres: tuple[Point, ...]

    @cached_property
    def scene(self) -> Scene:
        """Frog and marbles without colours."""
        return _scene(self.frog, self.centres)

    @property
    def view(self) -> View:
        """The marbles as seen from the frog."""
        return self.scene.view


class View(NamedTuple):
    """Marbles as seen from the frog.

    Attributes:
        offsets: their centres, (n, 2).
        distances, bearings: the same as lengths and angles.
        along: the chain's direction at every marble, towards the hole, (n, 2).
    """

    offsets: Floats
    distances: Floats
    bearings: Floats
    along: Floats


class Scene:
    """A frog and the places of marbles, with what follows from them whatever the colours."""

    def __init__(self, frog: Point, centres: Sequence[Point]) -> None:
        """Take the frog's place and the marbles'."""
        self.frog, self.centres = frog, centres
        self._sweeps: dict[int, Sweep] = {}

    @cached_property
    def view(self) -> View:
        """The marbles as seen from the frog."""
        offsets = np.array(self.centres) - np.array(self.frog)
        x, y = offsets.T
        padded = np.concatenate([offsets[:1], offsets, offsets[-1:]])
        return View(
            offsets, np.sqrt(x * x + y * y), np.degrees(np.arctan2(y, x)), padded[2:] - padded[:-2]
        )

    @cached_property
    def key(self) -> bytes:
        """The places of the marbles, to tell scenes apart."""
        return np.array(self.centres, "<f8").tobytes()

    @cached_property
    def off_centre(self) -> Floats:
        """How many degrees the marbles lie beside the middle of each of `SECTORS`, (8, n)."""
        middles = 45.0 * np.arange(len(SECTORS))[:, None]
        off: Floats = (self.view.bearings - middles + 180) % 360 - 180
        return off

    def sweep(self, per_degree: int) -> Sweep:
        """Shoot in all directions, so many a degree, from -180 (excluded) to 180."""
        found = self._sweeps.get(per_degree)
        if found is None:
            found = self._sweeps[per_degree] = _sweep(self.view, per_degree)
        return found

    def entries(self, step: int) -> list[int]:
        """Return how many shots enter at each gap, every ``step``-th of the fine sweep."""
        gaps = self.sweep(_FINE).gaps[step - 1 :: step]
        counts: list[int] = np.bincount(gaps[gaps >= 0], minlength=len(self.centres) + 1).tolist()
        return counts

    @cached_property
    def fine_entries(self) -> list[int]:
        """How many shots of the fine sweep enter at each gap."""
        return self.entries(1)

    @cached_property
    def whole_entries(self) -> list[int]:
        """How many shots of whole degrees enter at each gap."""
        return self.entries(_FINE)

    @cached_property
    def aims(self) -> list[list[int]]:
        """The whole degrees from which shots enter at each gap, ascending from -179."""
        found: list[list[int]] = [[] for _ in range(len(self.centres) + 1)]
        for aim, gap in enumerate(self.sweep(_FINE).gaps[_FINE - 1 :: _FINE].tolist(), -179):
            if gap >= 0:
                found[gap].append(aim)
        return found


@lru_cache(maxsize=8)
def _scene(frog: Point, centres: tuple[Point, ...]) -> Scene:
    """Return the scene that states share which differ in colours or aim."""
    return Scene(frog, centres)


class Run(NamedTuple):
    """Neighbouring marbles of one colour, as many as there are: the first and the last."""

    first: int
    last: int
    colour: str

    @property
    def size(self) -> int:
        """Number of marbles."""
        return self.last - self.first + 1


def runs(colours: Sequence[str]) -> list[Run]:
    """Return all runs from the outer end to the hole."""
    found: list[Run] = []
    first = 0
    for index in range(1, len(colours) + 1):
        if index == len(colours) or colours[index] != colours[first]:
            found.append(Run(first, index - 1, colours[first]))
            first = index
    return found


def normal(degrees: float) -> float:
    """Return an angle in (-180, 180]."""
    return 180 - (180 - degrees) % 360


def sector_of(bearing: float) -> str:
    """Return the direction of a bearing."""
    return SECTORS[math.floor((bearing + 22.5) / 45) % 8]


class Contact(NamedTuple):
    """A marble that a shot would touch.

    Attributes:
        marble: the marble's number.
        distance: how far the shot has flown then.
        offset: how far the marble's centre lies from the shot's line.
    """

    marble: int
    distance: float
    offset: float


def contacts(state: State, aim: float) -> list[Contact]:
    """Return the marbles in the way of a shot, the first to be touched first."""
    ux, uy = math.cos(math.radians(aim)), math.sin(math.radians(aim))
    x, y = state.view.offsets.T
    ahead, aside = x * ux + y * uy, np.abs(x * uy - y * ux)
    touched = np.flatnonzero((ahead > 0) & (aside < DIAMETER))
    found = [
        Contact(int(i), float(ahead[i] - math.sqrt(DIAMETER**2 - aside[i] ** 2)), float(aside[i]))
        for i in touched
    ]
    return sorted(found, key=lambda contact: contact.distance)


def gap_of(state: State, aim: float, contact: Contact) -> int:
    """Return the place at which a shot enters: the number of marbles before it in the chain."""
    ux, uy = math.cos(math.radians(aim)), math.sin(math.radians(aim))
    (x, y), (vx, vy) = state.view.offsets[contact.marble], state.view.along[contact.marble]
    reach = contact.distance
    ahead = (reach * ux - x) * vx + (reach * uy - y) * vy
    return contact.marble + 1 if ahead > 0 else contact.marble


def joined(colours: Sequence[str], gap: int, colour: str) -> tuple[int, int]:
    """Return how many marbles of a colour lie right before a gap, and right after it."""
    before = after = 0
    while gap - before > 0 and colours[gap - before - 1] == colour:
        before += 1
    while gap + after < len(colours) and colours[gap + after] == colour:
        after += 1
    return before, after


def outcome(state: State, gap: int | None) -> str:
    """Return what a shot that enters at a gap causes; None is a shot that hits nothing."""
    if gap is None:
        return "misses"
    count = sum(joined(state.colours, gap, state.loaded))
    return f"removes {count}" if count >= 2 else "stays"


class Sweep(NamedTuple):
    """Shots in many directions.

    Attributes:
        aims: the directions.
        hits: the marble that each touches first, -1 where there is none.
        gaps: the gap at which each enters, -1 where it hits nothing.
    """

    aims: Floats
    hits: Ints
    gaps: Ints


def sweep(state: State, per_degree: int) -> Sweep:
    """Shoot in all directions, so many a degree, from -180 (excluded) to 180."""
    return state.scene.sweep(per_degree)


@cache
def _rays(per_degree: int) -> Floats:
    """Return the directions of a sweep, their cosines and their sines."""
    count = 360 * per_degree
    aims = np.arange(1 - count // 2, count // 2 + 1) / per_degree
    return np.stack([aims, np.cos(np.radians(aims)), np.sin(np.radians(aims))])


def _sweep(seen: View, per_degree: int) -> Sweep:
    aims, ux, uy = _rays(per_degree)
    count = len(aims)
    # A marble can only be hit from directions near its bearing.
    widest = np.degrees(np.arcsin(np.minimum(1.0, DIAMETER / seen.distances)))
    spans = np.ceil(widest * per_degree).astype(np.int64) + 1
    sizes = 2 * spans + 1
    first = np.rint(seen.bearings * per_degree).astype(np.int64) - spans + count // 2 - 1
    index = np.repeat(first - np.cumsum(sizes) + sizes, sizes)
    index += np.arange(len(index))
    index %= count
    x, y = np.repeat(seen.offsets.T, sizes, axis=1)
    dx, dy = ux[index], uy[index]
    aside = x * dy - y * dx
    ahead = x * dx + y * dy
    room = DIAMETER**2 - aside * aside
    # What is not touched is touched at the end of the world.
    reach = np.where((room > 0) & (ahead > 0), ahead - np.sqrt(np.maximum(room, 0.0)), np.inf)
    where = np.full(count, np.inf)
    np.minimum.at(where, index, reach)
    nearest = np.flatnonzero((reach == where[index]) & (reach < np.inf))
    hits = np.full(count, -1)
    hits[index[nearest]] = np.repeat(np.arange(len(sizes)), sizes)[nearest]
    where[hits < 0] = 0.0
    return Sweep(aims, hits, _gaps(seen, ux, uy, hits, where))


def _gaps(seen: View, ux: Floats, uy: Floats, hits: Ints, flown: Floats) -> Ints:
    """Return the gaps at which shots enter that touch those marbles after flying so far."""
    dx = flown * ux - seen.offsets[hits, 0]
    dy = flown * uy - seen.offsets[hits, 1]
    vx, vy = seen.along[hits].T
    return np.where(hits < 0, -1, hits + (dx * vx + dy * vy > 0))


_OFF = np.arange(-10, 11) / 5
"""Degrees beside an aim that must not matter."""


def results_near(state: State) -> set[tuple[str, str]]:
    """Return colours hit and outcomes for aims up to two degrees beside the frog's."""
    seen = state.view
    angles = np.radians(state.aim + _OFF)
    ux, uy = np.cos(angles), np.sin(angles)
    x, y = seen.offsets.T
    ahead, aside = np.outer(ux, x) + np.outer(uy, y), np.outer(uy, x) - np.outer(ux, y)
    room = DIAMETER**2 - aside * aside
    flown = np.where((room > 0) & (ahead > 0), ahead - np.sqrt(np.maximum(room, 0)), np.inf)
    nearest = flown.min(axis=1)
    missed = np.isinf(nearest)
    hits = np.where(missed, -1, flown.argmin(axis=1))
    gaps = _gaps(seen, ux, uy, hits, np.where(missed, 0.0, nearest))
    pairs = set(zip(hits.tolist(), gaps.tolist(), strict=True))
    return {
        ("none", "misses") if hit < 0 else (state.colours[hit], outcome(state, gap))
        for hit, gap in pairs
    }


def hit_colour(state: State, aim: float) -> str:
    """Return the colour of the marble that a shot touches first, or ``none``."""
    touched = contacts(state, aim)
    return state.colours[touched[0].marble] if touched else "none"


def shot_outcome(state: State, aim: float) -> str:
    """Return what a shot causes."""
    touched = contacts(state, aim)
    return outcome(state, gap_of(state, aim, touched[0]) if touched else None)


CLEAR = 4
"""Whole degrees in a row from which a clear group is reached."""


_FINE = 4  # shots a degree in the sweep that tells whether a run is shut


def is_shut(state: State, run: Run) -> bool:
    """Whether no shot of a sweep in quarters of a degree reaches a run."""
    return not any(state.scene.fine_entries[run.first : run.last + 2])


def may_be_clear(state: State, run: Run) -> bool:
    """Whether enough whole degrees reach a run; `reach` tells whether they are in a row."""
    return sum(state.scene.whole_entries[run.first : run.last + 2]) >= CLEAR


class Reach(NamedTuple):
    """From where a group is reached.

    Attributes:
        run: the group.
        aims: the longest row of neighbouring whole degrees that reach it.
    """

    run: Run
    aims: tuple[int, ...]

    @property
    def is_clear(self) -> bool:
        """Whether it can be reached without aiming finely."""
        return len(self.aims) >= CLEAR


def reach(state: State, run: Run) -> Reach:
    """Return from where shots enter next to the marbles of a run, or among them."""
    rows: list[list[int]] = []
    for aim in sorted(chain.from_iterable(state.scene.aims[run.first : run.last + 2])):
        if rows and rows[-1][-1] == aim - 1:
            rows[-1].append(aim)
        else:
            rows.append([aim])
    # 180 and -179 are neighbours.
    if len(rows) > 1 and rows[0][0] == -179 and rows[-1][-1] == 180:
        rows[0] = rows.pop() + rows[0]
    longest: list[int] = max(rows, key=len) if rows else []
    return Reach(run, tuple(longest))


def targets(state: State) -> list[Reach]:
    """Return the groups of the loaded colour, the largest first."""
    groups = [r for r in runs(state.colours) if r.colour == state.loaded and r.size >= 2]
    return [reach(state, run) for run in sorted(groups, key=lambda run: -run.size)]
