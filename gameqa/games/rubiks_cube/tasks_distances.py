"""The two questions about distances: how few turns solve a face, and how few the cube."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gameqa.answers import Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.rubiks_cube import generation, solver
from gameqa.games.rubiks_cube.generation import Knobs
from gameqa.games.rubiks_cube.rules import (
    COLOURS,
    CORNERS,
    FACES,
    State,
    Stickers,
    cell_of,
    centres,
    place_of,
    places_on,
    turned,
    wrong_places,
)
from gameqa.games.rubiks_cube.words import NET, TURNING, in_one_line, numbered_rows
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType


def _turns(count: int) -> str:
    return f"{count} quarter turn{'' if count == 1 else 's'}"


class _DistanceTask(Task[State, Knobs]):
    """A task that asks for a least number of turns; the options are the level's range."""

    kind = Integer()

    def distances(self, knobs: Knobs) -> range:
        """Return the distances that a level asks for."""
        raise NotImplementedError

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"distance": rng.choice(self.distances(knobs))}

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any]:
        return others(self.distances(plan.knobs), solution.value)


class SingleFaceSolve(_DistanceTask):
    """The least number of turns that make one face uniform."""

    slug = "single_face_solve"
    question_id = 3
    description = "Least number of quarter turns to give one face a single colour"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD

    def distances(self, knobs: Knobs) -> range:
        low, high = knobs.face_distances
        return range(low, high + 1)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {**super().plan(knobs, form, rng), "face": rng.choice(FACES)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterable[State]:
        return generation.at_face_distance(plan["face"], plan["distance"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"face": plan["face"]}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{NET}\n{TURNING}\n"
            "What is the least number of quarter turns after which all nine stickers of face "
            f"{query['face']} have the same colour? Any faces may be turned, a half turn counts "
            "as two, and the other faces need not be solved."
        )

    def solve(self, state: State, query: Query) -> Solution:
        way = _solution(state, query["face"])
        return Solution(len(way), way)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        face, way = query["face"], solution.facts
        stickers = state.stickers
        own = COLOURS[stickers[place_of(face, 1, 1)]]
        lines = [f"Face {face} in the net:", numbered_rows(stickers, face)]
        if not way:
            return "\n".join([*lines, f"All nine stickers are {own} already: no turn is needed."])
        centre = place_of(face, 1, 1)
        wrong = [place for place in places_on(face) if stickers[place] != stickers[centre]]
        bound = -(-len(wrong) // 3)
        cells = ", ".join(str(cell_of(place)) for place in wrong)
        lines.append(
            f"Its centre never moves, so all nine have to become {own}. {len(wrong)} of them "
            f"{'is' if len(wrong) == 1 else 'are'} not: {cells}. One turn brings at most three "
            f"new stickers onto a face, so at least {_turns(bound)} "
            f"{'is' if bound == 1 else 'are'} needed."
        )
        if bound < len(way):
            lines.append(_no_fewer_for_face(stickers, face, len(way) - 1))
        lines.append(f"{_turns(len(way))} can do it: {', '.join(way)}. Face {face} turn by turn:")
        for turn in way:
            stickers = turned(stickers, [turn])
            lines.append(f"- {turn}: {in_one_line(stickers, face)}")
        return "\n".join(lines)


class FullSolve(_DistanceTask):
    """The least number of turns that solve the cube."""

    slug = "full_solve"
    question_id = 4
    description = "Least number of quarter turns to solve the whole cube"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD

    def distances(self, knobs: Knobs) -> range:
        low, high = knobs.cube_distances
        return range(low, high + 1)

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterable[State]:
        return generation.at_cube_distance(plan["distance"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{NET}\n{TURNING}\n"
            "What is the least number of quarter turns that solves the cube shown, that is, "
            "gives each of its six faces a single colour? A half turn counts as two."
        )

    def solve(self, state: State, query: Query) -> Solution:
        way = _solution(state, None)
        return Solution(len(way), way)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        way = solution.facts
        stickers = state.stickers
        wrong = wrong_places(stickers)
        bound = -(-wrong // 12)
        lines = [
            f"{wrong} stickers differ from the centre of their face. A turn changes the face of "
            f"only twelve stickers, so at least {_turns(bound)} {'is' if bound == 1 else 'are'} "
            "needed."
        ]
        swaps, tour = _corner_swaps(stickers)
        parity = "odd" if swaps % 2 else "even"
        raised = bound + (bound - swaps) % 2
        together = f", at least {raised}" if raised > bound else ""
        lines.append(
            f"Each corner piece belongs where the centres have its three colours. {tour} Putting "
            f"them right takes {swaps} swap{'' if swaps == 1 else 's'} of two corners. A quarter "
            "turn moves four corners in a ring, which is three swaps, so it changes this number "
            f"from odd to even or back; it is {parity}, so the number of turns is {parity}"
            f"{together}."
        )
        if raised < len(way):
            # A way that is one turn shorter has the wrong parity.
            lines.append(_no_fewer_for_cube(stickers, len(way) - 2))
        lines.append(
            f"{_turns(len(way))} can do it: {', '.join(way)}. Stickers that differ from their "
            "centre, turn by turn:"
        )
        for turn in way:
            stickers = turned(stickers, [turn])
            lines.append(f"- {turn}: {wrong_places(stickers)}")
        return "\n".join(lines)


def _solution(state: State, face: str | None) -> solver.Turns:
    way = solver.solution(state.stickers, face)
    if way is None:
        raise ValueError(f"more than {solver.LIMIT} turns from solved: {state}")
    return way


def _no_fewer_for_face(stickers: Stickers, face: str, turns: int) -> str:
    near = min(turns, solver.REACH)
    if turns > near:
        return _no_meeting(turns, near, f"face {face} uniform")
    most = solver.most_right(stickers, face, near)
    tried = "each of the 12 first turns" if near == 1 else f"all sequences of up to {near} turns"
    return (
        f"Trying {tried} shows that {_turns(near)} cannot do it: at best {most} of the nine "
        "stickers are right."
    )


def _no_fewer_for_cube(stickers: Stickers, turns: int) -> str:
    near = min(turns, solver.REACH)
    if turns > near:
        return _no_meeting(turns, near, "the cube solved")
    least = solver.fewest_wrong(stickers, near)
    tried = "each of the 12 first turns" if near == 1 else f"all sequences of up to {near} turns"
    return (
        f"Trying {tried} shows that {_turns(near)} cannot do it: at least {least} stickers still "
        "differ from their centre."
    )


def _no_meeting(turns: int, near: int, goal: str) -> str:
    rest = turns - near
    return (
        f"{_turns(turns)} cannot do it: sequences of up to {near} turns lead to "
        f"{solver.positions(near)} positions, and none of these is at most {_turns(rest)} away "
        f"from having {goal}."
    )


def _corner_swaps(stickers: Stickers) -> tuple[int, str]:
    """Return how many swaps put the corner pieces in place, and a sentence on where they go."""
    own = centres(stickers)
    home = {frozenset(own[FACES.index(face)] for face in corner): corner for corner in CORNERS}
    goes = {
        corner: home[frozenset(stickers[place] for place in places)]
        for corner, places in CORNERS.items()
    }
    rings, left = [], set(CORNERS)
    for corner in CORNERS:
        ring = []
        while corner in left:
            left.remove(corner)
            ring.append(corner)
            corner = goes[corner]
        if len(ring) > 1:
            rings.append(ring)
    if not rings:
        return 0, "All of them are in their places, twisted at most."
    told = "; ".join(" -> ".join([*ring, ring[0]]) for ring in rings)
    tour = f"The pieces out of place have to go {told}."
    return sum(len(ring) - 1 for ring in rings), tour
