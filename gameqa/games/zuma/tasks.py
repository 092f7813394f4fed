"""The questions about the marbles as they lie: colours, counts and groups."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import numpy as np

from gameqa.answers import Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.zuma import generation
from gameqa.games.zuma.generation import Knobs
from gameqa.games.zuma.rules import COLOURS, SECTORS, Run, State, runs
from gameqa.games.zuma.tasks_shots import BestRemoval, ShotHitColor, ShotOutcome
from gameqa.games.zuma.words import BOUNDS, FRAME
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_GAME = (
    "In this Zuma game a chain of marbles lies on a spiral track around a frog; the legend shows "
    "their four colours."
)
_COLOURINGS = 6
"""Colourings of one track that are tried."""


class LoadedColor(Task[State, Knobs]):
    """The colour that the frog will shoot."""

    slug = "loaded_color"
    question_id = 1
    description = "Colour of the marble that the frog will shoot"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word(COLOURS)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"loaded": rng.choice(COLOURS)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        size = generation.draw_size(plan.knobs, rng)
        return generation.tracks(size, plan.knobs.repeat, rng, _COLOURINGS, plan["loaded"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"{_GAME}\nWhich colour has the marble that the frog is about to shoot?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.loaded)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        return (
            "The frog sits inside the spiral, and the marble it will shoot lies at its centre; "
            f"the marbles on the track do not matter.\nThat marble is {solution.value}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(COLOURS, solution.value)


class ColorCount(Task[State, Knobs]):
    """The number of marbles of a colour."""

    slug = "color_count"
    question_id = 2
    description = "Number of marbles of a colour on the track"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        plan: dict[str, Any] = {
            "colour": rng.choice(COLOURS),
            "size": generation.draw_size(knobs, rng),
        }
        if knobs.counts is not None:
            low, high = knobs.counts
            plan["count"] = 0 if rng.chance(0.03) else rng.integers(low, high + 1)
            # No more than two thirds of the marbles are of one colour.
            plan["size"] = max(plan["size"], plan["count"] * 3 // 2)
        return plan

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state in generation.tracks(plan["size"], plan.knobs.repeat, rng, _COLOURINGS):
            if plan.knobs.counts is not None:
                yield generation.with_count(state, plan["colour"], plan["count"], rng)
            else:
                yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"colour": plan["colour"]}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_GAME}\nHow many {query['colour']} marbles are on the track? The frog's loaded "
            "marble and the legend do not count."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.colours.count(query["colour"]))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        colour, total = query["colour"], 0
        turned = np.unwrap(np.radians(state.view.bearings))
        turns = (np.abs(turned - turned[0]) // (2 * np.pi)).astype(int).tolist()
        lines = [f"Runs of {colour} along the chain from its outer end, turn by turn:"]
        marbles = list(zip(turns, state.colours, strict=True))
        for turn, part in groupby(marbles, key=lambda marble: marble[0]):
            sizes = [run.size for run in runs([c for _, c in part]) if run.colour == colour]
            total += sum(sizes)
            told = f"{' + '.join(map(str, sizes))} = {sum(sizes)}" if len(sizes) > 1 else sizes
            shown = told if isinstance(told, str) else str(sum(sizes))
            lines.append(f"- Turn {turn + 1}: {shown}; total {total}.")
        lines.append(f"The track holds {plural(total, f'{colour} marble')}.")
        return "\n".join(lines)


class GroupsInDirection(Task[State, Knobs]):
    """The number of groups in a direction."""

    slug = "groups_in_direction"
    question_id = 3
    description = "Number of groups of marbles in a direction"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"count": rng.weighted(range(len(knobs.groups)), knobs.groups)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        # Colours that repeat seldom make few groups, and such that do half of the time most.
        repeat = ((0.0, 0.15), (0.15, 0.35), (0.25, 0.45), (0.4, 0.55))[min(plan["count"], 3)]
        size = generation.draw_size(plan.knobs, rng)
        return generation.tracks(size, repeat, rng, 2 * _COLOURINGS)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        found = runs(state.colours)
        is_group = np.array([run.size >= 2 for run in found])
        off = np.abs(state.scene.off_centre)
        # A group with a marble within two degrees of a bound counts only if it does anyway.
        firsts = [run.first for run in found]
        inside, near = (
            np.logical_or.reduceat(off < 22.5 + margin, firsts, axis=1) & is_group
            for margin in (-2, 2)
        )
        fit = (inside == near).all(axis=1) & (inside.sum(axis=1) == plan["count"])
        sectors = np.flatnonzero(fit).tolist()
        return {"sector": SECTORS[rng.choice(sectors)]} if sectors else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_GAME} The dashed lines from the frog divide the plane into eight directions of 45 "
            "degrees, whose names are at the rim. A group is a run of two or more neighbouring "
            "marbles of one colour along the chain, as long as it goes on; marbles on different "
            "turns of the track are not neighbours.\n"
            f"How many groups have at least one marble whose centre lies in the direction "
            f'"{query["sector"]}"? A group that reaches into it from elsewhere counts.'
        )

    def solve(self, state: State, query: Query) -> Solution:
        off = state.scene.off_centre[SECTORS.index(query["sector"])]
        inside = (off >= -22.5) & (off < 22.5)
        groups = [run for run in runs(state.colours) if run.size >= 2]
        found = [run for run in groups if inside[run.first : run.last + 1].any()]
        return Solution(len(found), (inside, found))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        inside, groups = solution.facts
        sector = query["sector"]
        lines = [f"{FRAME} The bounds: {BOUNDS}."]
        stretches = [run for run in runs(inside.tolist()) if run.colour]
        if not stretches:
            lines.append(f"No marble lies in the direction {sector}, so there are 0 groups.")
            return "\n".join(lines)
        lines.append(
            f"Stretches of the chain in the direction {sector}, from the outer end, in brackets "
            "the marbles next to them:"
        )
        for stretch in stretches:
            before = state.colours[max(0, stretch.first - 1) : stretch.first]
            after = state.colours[stretch.last + 1 : stretch.last + 2]
            shown = [
                *(f"({colour})" for colour in before),
                *state.colours[stretch.first : stretch.last + 1],
                *(f"({colour})" for colour in after),
            ]
            here = [g for g in groups if g.first <= stretch.last and g.last >= stretch.first]
            lines.append(f"- {' '.join(shown)}: {listing(map(_told, here), 'no group')}.")
        return "\n".join([*lines, f"Different groups in all: {solution.value}."])


def _told(group: Run) -> str:
    return f"a {group.colour} group of {group.size}"


TASKS: tuple[Task[State, Knobs], ...] = (
    LoadedColor(),
    ColorCount(),
    GroupsInDirection(),
    ShotHitColor(),
    ShotOutcome(),
    BestRemoval(),
)
