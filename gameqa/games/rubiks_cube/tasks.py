"""The questions about single stickers and their colours, and the list of all five."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any

from gameqa.answers import Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.rubiks_cube import generation
from gameqa.games.rubiks_cube.generation import Knobs
from gameqa.games.rubiks_cube.rules import (
    COLOURS,
    FACES,
    HOLDS,
    State,
    Stickers,
    cell_of,
    face_of,
    place_of,
    places_on,
    trace_back,
    turned,
)
from gameqa.games.rubiks_cube.tasks_distances import FullSolve, SingleFaceSolve
from gameqa.games.rubiks_cube.words import (
    CELLS,
    NET,
    TURNING,
    name,
    numbered_rows,
    step_back,
)
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_COLOUR = Word(COLOURS)

_TURN_LISTS_A_STATE = 12


def _at(query: Query) -> int:
    row, column = query["cell"]
    return place_of(query["face"], row, column)


class _ColourTask(Task[State, Knobs]):
    """A task whose answer is the colour of a sticker of a face.

    Face, colour and hold are settled before the scramble: so the answer is the colour of the
    face's own centre no more often than any other, however few turns the scramble has.
    """

    kind = _COLOUR

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "face": rng.choice(FACES),
            "colour": rng.below(len(COLOURS)),
            "hold": rng.choice(HOLDS),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterable[State]:
        return (generation.held(generation.draw_scramble(plan.knobs, rng), plan["hold"]),)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any]:
        return others(COLOURS, solution.value)


class FaceRecognition(_ColourTask):
    """The colour of one sticker."""

    slug = "face_recognition"
    question_id = 1
    description = "Colour of a sticker at a position of a face"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        face = plan["face"]
        centre = place_of(face, 1, 1)
        places = [
            place
            for place in places_on(face)
            if state.stickers[place] == plan["colour"] and place != centre
        ]
        if not places:
            return None
        return {"face": face, "cell": list(cell_of(rng.choice(places)))}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{NET} {CELLS}\n"
            f"What colour is the sticker at {tuple(query['cell'])} of face {query['face']}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(COLOURS[state.stickers[_at(query)]])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, column = query["cell"]
        return (
            f"Face {query['face']} in the net, its rows read from left to right:\n"
            f"{numbered_rows(state.stickers, query['face'])}\n"
            f"In row {row}, the sticker in column {column} is {solution.value}."
        )


class MovePrediction(_ColourTask):
    """The colour at a place after a list of turns."""

    slug = "move_prediction"
    question_id = 2
    description = "Colour of a sticker at a position after a list of turns"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.asked
        return {
            **super().plan(knobs, form, rng),
            "count": rng.integers(low, high + 1),
            # One in six, so that naming the present colour is right as often as by chance.
            "same": rng.chance(1 / len(COLOURS)),
        }

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        stickers, face, colour = state.stickers, plan["face"], plan["colour"]
        for _ in range(_TURN_LISTS_A_STATE):
            turns = generation.draw_turns(plan["count"], rng)
            after = turned(stickers, turns)
            fitting = [
                place
                for place in places_on(face)
                if after[place] == colour
                and (stickers[place] == colour) == plan["same"]
                and _times_moved(trace_back(place, turns)) >= min(len(turns), 2)
            ]
            if fitting:
                cell = cell_of(rng.choice(fitting))
                return {"face": face, "cell": list(cell), "turns": list(turns)}
        return None

    def ask(self, state: State, query: Query) -> str:
        turns = query["turns"]
        made = f"These {len(turns)} turns are" if len(turns) > 1 else "This turn is"
        order = ", one after the other" if len(turns) > 1 else ""
        return (
            f"{NET} {CELLS}\n{TURNING}\n"
            f"{made} made on the cube shown{order}: {', '.join(turns)}.\n"
            f"What colour is the sticker at {tuple(query['cell'])} of face {query['face']} "
            "afterwards?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        path = trace_back(_at(query), query["turns"])
        return Solution(COLOURS[state.stickers[path[-1]]], path)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        path = solution.facts
        lines = [f"Trace the sticker back from {name(path[0])}, from the last turn to the first."]
        steps = zip(reversed(query["turns"]), pairwise(path), strict=True)
        lines += [f"- {step_back(turn, *step)}." for turn, step in steps]
        lines.append(
            f"So it is the sticker now at {name(path[-1])}. Face {face_of(path[-1])} in the net:"
        )
        lines.append(numbered_rows(state.stickers, face_of(path[-1])))
        lines.append(f"The sticker at {name(path[-1])} is {solution.value}.")
        return "\n".join(lines)


def _times_moved(path: Sequence[int]) -> int:
    return sum(before != after for before, after in pairwise(path))


class ColorCount(Task[State, Knobs]):
    """How many stickers of a face have a colour."""

    slug = "color_count"
    question_id = 5
    description = "Number of stickers of one colour on a face"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        own = rng.chance(0.5)
        counts = window(4, 1, 3, rng) if own else window(4, 0, 1, rng)
        return {"own": own, "window": list(counts), "count": rng.choice(counts)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterable[State]:
        turns = generation.draw_scramble(plan.knobs, rng)
        # How many stickers of which faces are where does not depend on the hold.
        if not self._fitting(generation.held(turns, HOLDS[0]).stickers, plan):
            return ()
        return generation.in_all_holds(turns, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        fitting = self._fitting(state.stickers, plan)
        if not fitting:
            return None
        face, colour = rng.choice(fitting)
        return {"face": face, "colour": COLOURS[colour]}

    @staticmethod
    def _fitting(stickers: Stickers, plan: Plan[Knobs]) -> list[tuple[str, int]]:
        """Return the faces and colours of the wanted kind and count."""
        fitting = []
        for index, face in enumerate(FACES):
            on_face = stickers[9 * index : 9 * index + 9]
            colours = {on_face[4]} if plan["own"] else set(range(len(COLOURS))) - {on_face[4]}
            fitting += [(face, c) for c in sorted(colours) if on_face.count(c) == plan["count"]]
        return fitting

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{NET}\n"
            f"How many of the nine stickers of face {query['face']} are {query['colour']}? The "
            "centre counts as well."
        )

    def solve(self, state: State, query: Query) -> Solution:
        colour = COLOURS.index(query["colour"])
        places = [p for p in places_on(query["face"]) if state.stickers[p] == colour]
        return Solution(len(places), places)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        found = [str(cell_of(place)) for place in solution.facts]
        which = f"at {', '.join(found)}" if found else "nowhere"
        return (
            f"Face {query['face']} in the net:\n"
            f"{numbered_rows(state.stickers, query['face'])}\n"
            f"As (row, column), {query['colour']} is found {which}: {len(found)} in all."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any]:
        return others(plan["window"], solution.value)


TASKS: tuple[Task[State, Knobs], ...] = (
    FaceRecognition(),
    MovePrediction(),
    SingleFaceSolve(),
    FullSolve(),
    ColorCount(),
)
