"""The questions about shots: what one hits, what it causes, and what the best one removes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from gameqa.answers import Phrase, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.zuma import generation
from gameqa.games.zuma.generation import Knobs
from gameqa.games.zuma.rules import (
    COLOURS,
    DIAMETER,
    Contact,
    Reach,
    Run,
    State,
    contacts,
    gap_of,
    hit_colour,
    is_shut,
    joined,
    may_be_clear,
    outcome,
    reach,
    results_near,
    runs,
    shot_outcome,
    sweep,
    targets,
)
from gameqa.games.zuma.words import FRAME, marble
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_SHOT = (
    "In this Zuma game a chain of marbles of equal size lies on a spiral track around a frog. The "
    "frog shoots its loaded marble, of the same size, from its centre in a straight line. The shot "
    "stops at the first marble that it touches; track, hole and frog do not stop it."
)
_ENTERS = (
    "It enters the chain next to the touched marble, on the side (towards the hole or towards the "
    "outer end) on which its centre lies as seen along the chain. If it is then part of a run of "
    "three or more neighbouring marbles of its colour, itself included, the whole run disappears; "
    "the gap stays open and nothing further happens. Marbles on different turns of the track are "
    "not neighbours."
)
_AIMS = 8
"""Aims tried on one track."""
_NEAR_MISS = ("single", "away", None, None)


def _in_the_way(state: State, touched: Sequence[Contact]) -> list[str]:
    """Tell which marbles lie in the way of a shot, the first to be touched first."""
    lines = [
        f"The frog aims at {state.aim} degrees. A marble is in the way if its centre lies less "
        f"than one diameter ({DIAMETER:g}) beside the line of the shot. {FRAME}"
    ]
    if not touched:
        lines.append("No marble is in the way, so the shot leaves the field.")
        return lines
    lines.append("In the way, in the order of contact:")
    for contact in touched[:3]:
        lines.append(
            f"- {marble(state, contact.marble)}: {contact.offset:.3f} beside the line, touched "
            f"after {contact.distance:.3f}."
        )
    if len(touched) > 3:
        lines.append(f"- {plural(len(touched) - 3, 'marble')} more, touched later.")
    lines.append(f"The shot stops at the first of these, the {marble(state, touched[0].marble)}.")
    return lines


class ShotHitColor(Task[State, Knobs]):
    """The colour of the marble that a shot hits."""

    slug = "shot_hit_color"
    question_id = 4
    description = "Colour of the marble that the shot hits first"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Word((*COLOURS, "none"))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "hit": "none" if rng.chance(knobs.misses) else rng.choice(COLOURS),
            "loaded": rng.choice(COLOURS),
            "size": generation.draw_size(knobs, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.track(plan["size"], plan.knobs.repeat, rng, plan["loaded"])
        shots = sweep(state, 2)
        colours = np.array([*map(COLOURS.index, state.colours), len(COLOURS)])[shots.hits]
        wanted = (*COLOURS, "none").index(plan["hit"])
        steady = colours == wanted
        for step in range(1, 5):
            steady &= (np.roll(colours, step) == wanted) & (np.roll(colours, -step) == wanted)
        aims = [int(aim) for aim in shots.aims[steady].tolist() if aim == int(aim)]
        chosen = rng.sample(aims, min(_AIMS, len(aims)))
        # Rather such aims where the next marble in the way would be another answer.
        for aim in sorted(chosen, key=lambda aim: self._is_plain(state, aim)):
            yield replace(state, aim=aim)

    @staticmethod
    def _is_plain(state: State, aim: int) -> bool:
        first, *more = [state.colours[c.marble] for c in contacts(state, aim)] or ["none"]
        return all(colour == first for colour in more)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {} if len({colour for colour, _ in results_near(state)}) == 1 else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_SHOT} The arrow and the dial show where the frog aims: {state.aim} degrees (0 is "
            "right, 90 up, 180 left, -90 down).\nWhich colour has the marble that the shot touches "
            "first? If it touches no marble, the answer is none."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(hit_colour(state, state.aim))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        touched = contacts(state, state.aim)
        lines = _in_the_way(state, touched)
        if touched:
            lines.append(f"Its colour is {solution.value}; those behind it are shielded.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        # Where the chain closes all directions, "none" could be ruled out without looking.
        values = (*COLOURS, "none") if plan.knobs.misses else COLOURS
        return others(values, solution.value)


_IT = "(?:(?:it|the (?:shot|marble|ball)) )?"
_MARBLES = "(?: marbles?| balls?)?"


class ShotOutcome(Task[State, Knobs]):
    """What a shot causes."""

    slug = "shot_outcome"
    question_id = 5
    description = "What the shot causes"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Phrase(
        "misses|stays|removes ([2-9]|[1-9][0-9]+)",
        'Answer with "misses", "stays" or "removes N", a number for N.',
        {
            rf"{_IT}(misses|stays)": r"\1",
            rf"{_IT}removes? (\d+){_MARBLES}": r"removes \1",
            rf"(\d+){_MARBLES} (?:are )?removed": r"removes \1",
        },
    )
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        if rng.chance(knobs.misses):
            result = "misses"
        elif rng.chance(0.59 if knobs.misses else 0.62):
            result = f"removes {rng.integers(2, 6)}"
        else:
            result = "stays"
        return {
            "result": result,
            "size": generation.draw_size(knobs, rng),
            "beside": rng.chance(0.4),
            "near_miss": rng.choice(_NEAR_MISS),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.track(plan["size"], plan.knobs.repeat, rng)
        shots = sweep(state, 1)
        is_miss = plan["result"] == "misses"
        places = np.flatnonzero((shots.hits < 0) == is_miss).tolist()
        for at in rng.sample(places, min(_AIMS, len(places))):
            hit, gap = int(shots.hits[at]), int(shots.gaps[at])
            colours: list[str] | None = list(state.colours)
            if not is_miss:
                colours = self._coloured(state, hit, gap, plan, rng)
            if colours is not None:
                made = generation.with_colours(state, colours)
                yield replace(made, aim=int(shots.aims[at]))

    @staticmethod
    def _coloured(
        state: State, hit: int, gap: int, plan: Plan[Knobs], rng: Rng
    ) -> list[str] | None:
        """Recolour the chain around a gap so that the planned result follows."""
        result, loaded = plan["result"], state.loaded
        colours = list(state.colours)
        beyond = gap > hit  # whether the shot enters towards the hole
        if result != "stays":
            size = int(result.split()[1])
            if plan["beside"]:
                first = gap if beyond else gap - size
            else:
                first = hit - rng.below(size)
            return generation.with_run(colours, first, size, loaded, rng)
        for index in (gap - 1, gap):
            if 0 <= index < len(colours) and colours[index] == loaded:
                colours[index] = generation.other_colour([loaded], rng)
        if plan["near_miss"] == "single":
            first = gap - rng.below(2)
            return generation.with_run(colours, first, 1, loaded, rng)
        if plan["near_miss"] == "away":
            size = rng.integers(2, 5)
            first = gap + 1 if beyond else gap - 1 - size
            return generation.with_run(colours, first, size, loaded, rng)
        return colours

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        results = {result for _, result in results_near(state)}
        return {} if results == {plan["result"]} else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_SHOT} {_ENTERS}\nThe arrow and the dial show where the frog aims: {state.aim} "
            "degrees (0 is right, 90 up, 180 left, -90 down). What does the shot cause? It "
            '"misses" if it touches no marble, it "stays" if it enters the chain and nothing '
            'disappears, and it "removes N" if N marbles that were on the track before disappear '
            "(the shot itself is not counted)."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(shot_outcome(state, state.aim))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        touched = contacts(state, state.aim)
        lines = _in_the_way(state, touched)
        if not touched:
            return "\n".join([*lines, "Result: misses."])
        gap = gap_of(state, state.aim, touched[0])
        side = "towards the hole" if gap > touched[0].marble else "towards the outer end"
        if 0 < gap < len(state.colours):
            where = f"between the {marble(state, gap - 1)} and the {marble(state, gap)}"
        elif gap == 0:
            where = f"before the {marble(state, 0)}, the first of the chain"
        else:
            where = f"behind the {marble(state, gap - 1)}, the last of the chain"
        before, after = joined(state.colours, gap, state.loaded)
        count = before + after
        lines += [
            f"On contact the shot's centre lies on the side {side}, so it enters {where}.",
            f"The shot is {state.loaded}. Neighbouring {state.loaded} marbles: {before} on the "
            f"side of the outer end, {after} on the side of the hole; with the shot {before} + "
            f"{after} + 1 = {count + 1}.",
            f"That is {'at least' if count >= 2 else 'fewer than'} three. Result: "
            f"{outcome(state, gap)}.",
        ]
        return "\n".join(lines)


class BestRemoval(Task[State, Knobs]):
    """The most marbles that one shot can remove, and in how many groups."""

    slug = "best_removal"
    question_id = 6
    description = "Most marbles that one shot can remove, and number of such groups"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Phrase(
        "Yes, ([2-9]|[1-9][0-9]+), [1-9][0-9]*|No, 0, 0",
        'Answer with three parts, e.g. "Yes, 3, 2" or "No, 0, 0".',
        {
            rf"\(?(yes|no)[,;: ] ?(\d+){_MARBLES}[,; ] ?(?:and |in )?(\d+)(?: groups?)?\)?": (
                r"\1, \2, \3"
            ),
        },
    )
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        size = generation.draw_size(knobs, rng)
        if rng.chance(0.15):
            return {"marbles": size, "size": 0, "groups": 0}
        most = rng.weighted(range(2, 7), (0.28, 0.25, 0.2, 0.15, 0.12))
        groups = rng.weighted(range(1, 5), (0.4, 0.3, 0.2, 0.1))
        # So many groups need room on the inner turn.
        groups = min(groups, max(1, 2 * min(size, 36) // (3 * most + 3)))
        return {"marbles": size, "size": most, "groups": groups}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.track(plan["marbles"], plan.knobs.repeat, rng)
        for _ in range(4):
            least = plan["size"] or 2
            broken = [
                run
                for run in runs(state.colours)
                if run.colour == state.loaded and run.size >= least and not is_shut(state, run)
            ]
            colours = generation.without_runs(state.colours, broken, least, rng)
            planted = self._planted(state, colours, plan["size"], plan["groups"], rng)
            if planted is not None:
                yield generation.with_colours(state, planted)

    @staticmethod
    def _planted(
        state: State, colours: list[str], size: int, groups: int, rng: Rng
    ) -> list[str] | None:
        """Recolour marbles so that there are so many clear groups of that size."""
        taken: set[int] = set()
        left = groups
        for first in rng.permutation(len(colours)) if groups else ():
            place = set(range(first - 1, first + size + 1))
            if first + size > len(colours) or place & taken:
                continue
            run = Run(first, first + size - 1, state.loaded)
            if not may_be_clear(state, run) or not reach(state, run).is_clear:
                continue
            planted = generation.with_run(colours, first, size, state.loaded, rng)
            if planted is not None:
                colours, taken, left = planted, taken | place, left - 1
            if not left:
                break
        return None if left else colours

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        found = targets(state)
        most = plan["size"]
        # A group that would matter is either reached with ease or not at all.
        best = [one for one in found if one.run.size >= (most or 2) and not is_shut(state, one.run)]
        if not all(one.is_clear and one.run.size == most for one in best):
            return None
        return {} if len(best) == plan["groups"] else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_SHOT} {_ENTERS}\nThe frog may aim in any direction of whole degrees (360 aims; the "
            "aim shown does not matter) and shoots once. Can it remove marbles? What is the "
            "largest number of marbles on the track that one shot can remove (the shot itself is "
            "not counted)? How many different groups of marbles could be removed by a shot that "
            "removes that number? Give Yes or No and the two numbers; if nothing can be removed, "
            "both are 0."
        )

    def solve(self, state: State, query: Query) -> Solution:
        found = targets(state)
        sizes = [one.run.size for one in found if one.aims]
        if not sizes:
            return Solution("No, 0, 0", (0, found))
        most = max(sizes)
        return Solution(f"Yes, {most}, {sizes.count(most)}", (most, found))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        most, found = solution.facts
        lines = [
            f"The loaded marble is {state.loaded}, so only runs of two or more {state.loaded} "
            f"marbles can be removed. {FRAME}"
        ]
        told = [one for one in found if one.run.size >= most]
        if not found:
            lines.append("There is no such run.")
        for one in told:
            lines.append(f"- {self._told(state, one)}")
        if len(told) < len(found):
            lines.append(f"All other {state.loaded} runs are shorter.")
        if most:
            best = sum(1 for one in told if one.aims and one.run.size == most)
            lines.append(
                f"The most that one shot removes is {plural(most, 'marble')}; "
                f"{plural(best, 'group')} of that size can be reached."
            )
        else:
            lines.append("So no shot removes anything.")
        return "\n".join(lines)

    @staticmethod
    def _told(state: State, one: Reach) -> str:
        run = one.run
        ends = f"{state.view.bearings[run.first]:.0f} to {state.view.bearings[run.last]:.0f}"
        low, high = (
            part(state.view.distances[run.first : run.last + 1]) for part in (np.min, np.max)
        )
        head = (
            f"A run of {run.size} at bearings {ends} (its outer end first), distance {low:.2f} to "
            f"{high:.2f}"
        )
        if one.aims:
            aim = one.aims[len(one.aims) // 2]
            first = contacts(state, aim)[0]
            return (
                f"{head}: reached, e.g. by aiming at {aim} degrees, where the first touched is the "
                f"{marble(state, first.marble)}."
            )
        hits = sweep(state, 1).hits
        towards = sorted({round(float(b)) for b in state.view.bearings[run.first : run.last + 1]})
        stopping = [int(hits[(aim + 179) % 360]) for aim in towards]
        inner = sorted({f"{state.view.distances[index]:.2f}" for index in stopping})
        return (
            f"{head}: shielded; aims of {listing(towards)} degrees, towards its marbles, are "
            f"stopped at distance {listing(inner)}, and no other aim enters next to it."
        )
