"""Where the player is, and how far the box is from the target."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gameqa.answers import Integer
from gameqa.game import Plan, Query, Solution
from gameqa.games.sokoban import generation
from gameqa.games.sokoban.generation import Knobs
from gameqa.games.sokoban.rules import Cell, State, distance
from gameqa.games.sokoban.tasks_shared import CELLS, COORDINATES, OneBox, SomeBoxes
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_OPTIONS = 8


class PlayerPosition(SomeBoxes):
    """Where the player is now."""

    slug = "player_position"
    question_id = 4
    description = "Where the player is now"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = CELLS

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state in super().states(plan, rng):
            if len(generation.reach(state)) >= _OPTIONS:
                group = rng.choice(_groups(generation.reach(state)))
                yield replace(state, player=rng.choice(group))

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"This is a Sokoban board. {COORDINATES}\nIn which cell does the player stand?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.player)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = solution.value
        return (
            f"Counting rows from the top, starting at 0, the player stands in row {row}.\n"
            f"Counting columns from the left, starting at 0, the player stands in column {col}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        group = rng.choice([g for g in _groups(generation.reach(state)) if state.player in g])
        return others(group, state.player)


def _groups(cells: Sequence[Cell]) -> list[list[Cell]]:
    """Return for each cell the eight nearest to it, itself included.

    The player's cell is drawn from a group that was drawn before, and the options are such a
    group: neither its middle nor its rim is likelier than another of its cells.
    """
    places = np.array(cells)
    apart = np.abs(places[:, None] - places[None]).sum(axis=2)
    nearest = np.argsort(apart, axis=1, kind="stable")[:, :_OPTIONS]
    return [[cells[i] for i in row] for row in nearest.tolist()]


class BoxTargetDistance(OneBox):
    """The Manhattan distance between box and target."""

    slug = "box_target_distance"
    question_id = 5
    description = "Manhattan distance between box and target"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        lowest, highest, count = knobs.distances
        shown = window(count, lowest, highest, rng)
        return {
            **super().plan(knobs, form, rng),
            "window": shown,
            "distance": rng.choice(shown),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.one_box_states(
            plan.knobs, rng, box_distance=plan["distance"], allow_straight=plan["straight"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "This is a Sokoban board.\nWhat is the Manhattan distance between the box and the "
            "marked target, that is, the number of rows between them plus the number of columns "
            "between them (the difference of their row numbers plus the difference of their column "
            "numbers)? Walls do not matter."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(
            min(distance(box, target) for box in state.boxes for target in state.targets)
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        (br, bc), (tr, tc) = state.boxes[0], state.targets[0]
        return (
            f"The box is at row {br}, column {bc}; the target is at row {tr}, column {tc}.\n"
            f"Rows: |{br} - {tr}| = {abs(br - tr)}. Columns: |{bc} - {tc}| = {abs(bc - tc)}.\n"
            f"{abs(br - tr)} + {abs(bc - tc)} = {solution.value}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)
