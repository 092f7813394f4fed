"""How mazes are made: a word of directions for the route, then side paths, then numbers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gameqa.games.maze_3d.rules import (
    FORWARD,
    RISE,
    START,
    UP,
    Cell,
    Grid,
    Ladder,
    Marker,
    State,
    apart,
    moved,
)
from gameqa.rng import Rng

Lattice = tuple[int, int, int]
"""Nodes along l, along r, and storeys."""

Fork = tuple[str, str]
"""The right and the wrong way at a junction."""

_STEPS_TO_NODE = {direction: RISE if direction == UP else 2 for direction in FORWARD}
_WORDS = 24
_PLACEMENTS = 12


@dataclass(frozen=True)
class Knobs:
    """What makes a maze easy or hard.

    Attributes:
        segments: least and greatest number of walks and ladders of the route.
        sides: least and greatest number of side paths in `path_finding` and `main_path`.
        lattices: the room of nodes for each number of side paths, from the least on.
        side_length: least and greatest number of walks and ladders of a side path; one that
            has no room left ends earlier.
        sequence_sides: number of side paths in `sequence_finding`.
        height_sides: number of side paths in `height_comparison`.
        markers: number of numbered cubes in `sequence_finding` and `main_path`.
        turns: least number of changes of direction of the route.
        longer: how much likelier a route has one walk or ladder more: there are that many more.
        spare: the most cells by which the ground is wider than the room, either way.
    """

    segments: tuple[int, int]
    sides: tuple[int, int]
    lattices: tuple[Lattice, ...]
    side_length: tuple[int, int]
    sequence_sides: tuple[int, int]
    height_sides: tuple[int, int]
    markers: tuple[int, int]
    turns: int = 2
    longer: float = 1.0
    spare: int = 0

    def draw_segments(self, rng: Rng, least: int = 0) -> int:
        """Draw how many walks and ladders a route has, ``least`` where the level allows it."""
        low, high = self.segments
        counts = range(min(high, max(low, least)), high + 1)
        return rng.weighted(counts, [self.longer**count for count in counts])

    def limits(self, lattice: Lattice) -> dict[str, int]:
        """Return how often a route can go in each direction."""
        return dict(zip(FORWARD, (count - 1 for count in lattice), strict=True))


@dataclass(frozen=True)
class Maze:
    """A maze without numbers.

    Attributes:
        cubes, ladders: sorted.
        route: its cubes from the start to the goal.
        junctions: the cubes of the route where side paths leave, in the order of the route.
        lattice: its room.
        ground: how many cells wide the ground is both ways.
    """

    cubes: tuple[Cell, ...]
    ladders: tuple[Ladder, ...]
    route: tuple[Cell, ...]
    junctions: tuple[Cell, ...]
    lattice: Lattice
    ground: tuple[int, int]

    def state(self, markers: Sequence[Marker]) -> State:
        """Return the maze with these numbered cubes."""
        return State(
            self.cubes,
            self.ladders,
            START,
            self.route[-1],
            tuple(sorted(markers)),
            self.route,
            Grid(*self.ground, self.lattice[2], RISE),
        )


def draw_from(span: tuple[int, int], rng: Rng) -> int:
    """Draw an integer from least to greatest."""
    return rng.integers(span[0], span[1] + 1)


def draw_maze(
    knobs: Knobs, lattice: Lattice, segments: int, sides: int, rng: Rng, least_ladders: int = 1
) -> Maze | None:
    """Draw a maze with so many side paths, which leave the route in any other direction."""
    for _ in range(_WORDS):
        word = _draw_word(knobs, lattice, segments, rng)
        if word is None or word.count(UP) < least_ladders:
            continue
        places = sorted(rng.sample(range(segments - 1), sides))
        branches: dict[int, str] = {}
        for at in places:
            # Neither the route after a junction nor the next side path may come next to this one.
            barred = (*word[at : at + 2], branches.get(at - 1))
            choices = [way for way in FORWARD if way not in barred]
            if not choices:
                break
            branches[at] = rng.choice(choices)
        if len(branches) < sides:
            continue
        maze = _build(knobs, lattice, word, branches, rng)
        if maze is not None:
            return maze
    return None


def draw_forked_maze(
    knobs: Knobs,
    lattice: Lattice,
    segments: int,
    forks: Sequence[Fork],
    rng: Rng,
) -> Maze | None:
    """Draw a maze with given forks, in any order."""
    for _ in range(_WORDS):
        places = sorted(rng.sample(range(segments - 1), len(forks)))
        met = _draw_order(places, forks, rng)
        if met is None:
            continue
        right = {at: fork[0] for at, fork in zip(places, met, strict=True)}
        astray = {at: fork[1] for at, fork in zip(places, met, strict=True)}
        word = _draw_word(knobs, lattice, segments, rng, right, astray)
        if word is None:
            continue
        maze = _build(knobs, lattice, word, astray, rng)
        if maze is not None:
            return maze
    return None


def _draw_order(places: Sequence[int], forks: Sequence[Fork], rng: Rng) -> list[Fork] | None:
    """Draw which fork is at which place of the route, or return None where they get stuck."""
    left = rng.shuffled(forks)
    met: list[Fork] = []
    for number, place in enumerate(places):
        # Of neighbours, the second one must not lead next to the first one's side path.
        barred = met[-1][1] if number and place == places[number - 1] + 1 else ""
        fork = next((fork for fork in left if barred not in fork), None)
        if fork is None:
            return None
        left.remove(fork)
        met.append(fork)
    return met


def _draw_word(
    knobs: Knobs,
    lattice: Lattice,
    length: int,
    rng: Rng,
    fixed: Mapping[int, str] = {},
    branches: Mapping[int, str] = {},
) -> list[str] | None:
    """Draw the route's directions, some of them given, so that it keeps away from branches."""
    left = knobs.limits(lattice)
    for direction in fixed.values():
        left[direction] -= 1
    word = []
    for at in range(length):
        if at in fixed:
            word.append(fixed[at])
            continue
        # One that turned into a side path's direction just after it would come too close to it.
        barred = branches.get(at - 1)
        choices = [way for way in FORWARD if left[way] > 0 and way != barred]
        if not choices:
            return None
        word.append(rng.choice(choices))
        left[word[-1]] -= 1
    turns = sum(a != b for a, b in pairwise(word))
    return word if UP in word and turns >= knobs.turns else None


def _build(
    knobs: Knobs,
    lattice: Lattice,
    word: Sequence[str],
    branches: Mapping[int, str],
    rng: Rng,
) -> Maze | None:
    """Lay a route and its side paths out, or return None where they come too close."""
    cubes, ladders = [START], []
    nodes = [START]

    def go(node: Cell, direction: str) -> Cell:
        ahead = moved(node, direction, _STEPS_TO_NODE[direction])
        if direction == UP:
            ladders.append(Ladder(node, RISE))
        else:
            cubes.append(moved(node, direction))
        cubes.append(ahead)
        return ahead

    for direction in word:
        nodes.append(go(nodes[-1], direction))
    route = tuple(cubes)
    taken = set(nodes)
    for at, first in sorted(branches.items()):
        node, direction = nodes[at], first
        for step in range(draw_from(knobs.side_length, rng)):
            choices = [direction] if step == 0 else rng.shuffled(FORWARD)
            for direction in choices:
                ahead = moved(node, direction, _STEPS_TO_NODE[direction])
                if _is_free(ahead, node, taken, lattice):
                    break
            else:
                if step == 0:
                    return None
                break
            node = go(node, direction)
            taken.add(node)
    return Maze(
        tuple(sorted(cubes)),
        tuple(sorted(ladders)),
        route,
        tuple(nodes[at] for at in sorted(branches)),
        lattice,
        (_ground(lattice[0], knobs.spare, rng), _ground(lattice[1], knobs.spare, rng)),
    )


def _ground(nodes: int, spare: int, rng: Rng) -> int:
    """Draw how many cells wide the ground of a room is one way."""
    return 2 * nodes - 1 + rng.below(spare + 1)


def _is_free(node: Cell, origin: Cell, taken: set[Cell], lattice: Lattice) -> bool:
    """Whether a node lies in the room, and next to no node of the maze but ``origin``."""
    l, r, h = node  # noqa: E741 - the axes' names
    along_l, along_r, storeys = lattice
    if node in taken or l >= 2 * along_l or r >= 2 * along_r or h >= RISE * storeys:
        return False
    around = (
        (l - 2, r, h),
        (l + 2, r, h),
        (l, r - 2, h),
        (l, r + 2, h),
        (l, r, h - RISE),
        (l, r, h + RISE),
    )
    return all(other == origin or other not in taken for other in around)


def pick_apart(groups: Sequence[tuple[Sequence[Cell], int]], rng: Rng) -> list[Cell] | None:
    """Draw cells, so many of each group in turn, of which no two touch; None where it fails."""
    for _ in range(_PLACEMENTS):
        chosen: list[Cell] = []
        for cells, count in groups:
            for cell in rng.shuffled(cells):
                if count and all(apart(cell, other) for other in chosen):
                    chosen.append(cell)
                    count -= 1
            if count:
                break
        else:
            return chosen
    return None


def relabelled(cells: Sequence[Cell], role: str, count: int, rng: Rng) -> Iterator[list[Marker]]:
    """Yield ``count`` random numberings of cells."""
    for _ in range(count):
        labels = rng.permutation(len(cells))
        yield [Marker(1 + label, cell, role) for label, cell in zip(labels, cells, strict=True)]
