"""How cubes are made: held in one of 24 ways and scrambled, to a wanted distance where asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gameqa.games.rubiks_cube import solver
from gameqa.games.rubiks_cube.rules import (
    HOLDS,
    TURNS,
    State,
    inverse,
    solved,
    turned,
    wrong_places,
)
from gameqa.rng import Rng

_OPPOSITE = {"U": "D", "D": "U", "L": "R", "R": "L", "F": "B", "B": "F"}
_FACE_SCRAMBLE = (5, 7)


@dataclass(frozen=True)
class Knobs:
    """What makes a cube and its questions easy or hard.

    Attributes:
        scramble: least and greatest number of scrambling turns.
        asked: least and greatest number of turns in `move_prediction`.
        face_distances: least and greatest distance of a face; its window of options, at most 6.
        cube_distances: the same for the whole cube, from at least 1.
    """

    scramble: tuple[int, int]
    asked: tuple[int, int]
    face_distances: tuple[int, int]
    cube_distances: tuple[int, int]


def draw_turns(count: int, rng: Rng) -> tuple[str, ...]:
    """Draw turns of which none cancel: no turn and its inverse, no three of a kind."""
    turns: list[str] = []
    while len(turns) < count:
        turn = rng.choice(TURNS)
        if not _cancels(turn, turns):
            turns.append(turn)
    return tuple(turns)


def _cancels(turn: str, turns: Sequence[str]) -> bool:
    # Turns of opposite faces commute: all before it up to another axis count as neighbours.
    same = 0
    for before in reversed(turns):
        if before == inverse(turn):
            return True
        if before[0] not in (turn[0], _OPPOSITE[turn[0]]):
            return False
        same += before == turn
        if same == 2:
            return True
    return False


def draw_scramble(knobs: Knobs, rng: Rng) -> tuple[str, ...]:
    """Draw a level's scramble."""
    return draw_turns(rng.integers(knobs.scramble[0], knobs.scramble[1] + 1), rng)


def held(turns: Sequence[str], hold: Sequence[int]) -> State:
    """Return the cube held in one way after turns."""
    return State(turned(solved(hold), turns), tuple(turns))


def in_all_holds(turns: Sequence[str], rng: Rng) -> Iterator[State]:
    """Yield the cube after turns in all holds: other pictures, all distances the same."""
    for hold in rng.shuffled(HOLDS):
        yield held(turns, hold)


def at_cube_distance(distance: int, rng: Rng) -> Iterator[State]:
    """Yield cubes that take ``distance`` turns to solve, none where the scramble is shorter."""
    turns = draw_turns(distance, rng)
    way = solver.solution(held(turns, HOLDS[0]).stickers)
    if way is not None and len(way) == distance:
        yield from in_all_holds(turns, rng)


def at_face_distance(face: str, distance: int, rng: Rng) -> Iterator[State]:
    """Yield mixed cubes with a face that takes ``distance`` turns.

    A longer scramble first, then the beginning of a shortest way to solve the face: so the rest
    of the cube is as mixed at a small distance as at a great one.
    """
    turns = draw_turns(rng.integers(_FACE_SCRAMBLE[0], _FACE_SCRAMBLE[1] + 1), rng)
    way = solver.any_solution(held(turns, HOLDS[0]).stickers, face, rng)
    if way is None or len(way) < distance:
        return
    turns += way[: len(way) - distance]
    if wrong_places(held(turns, HOLDS[0]).stickers):
        yield from in_all_holds(turns, rng)
