"""What the best shots score: one shot, and two shots while the enemies move."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gameqa.game import Plan, Query, Solution
from gameqa.games.space_invaders.generation import Fleet, Knobs, Size
from gameqa.games.space_invaders.planned import Planned
from gameqa.games.space_invaders.rules import (
    COLOURS,
    LETTERS,
    POINTS,
    STEPS,
    State,
    best_in_one_column,
    best_in_two_columns,
)
from gameqa.games.space_invaders.words import INTRO, SHOT, hit, moving
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Level, QAType
from gameqa.text import listing


class BestOneShot(Planned):
    """The most that one shot can score."""

    slug = "best_one_shot"
    question_id = 8
    description = "Most points of one shot from any column"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.MEDIUM

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        shown = sorted(LETTERS)
        return {"query": {}, "shown": shown, "truth": rng.choice(shown)}

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        fleet = Fleet(plan.knobs, plan["size"], rng)
        occupied = fleet.occupied
        if not occupied:
            return None
        for i in occupied:
            _cap(fleet, i, 0, plan["truth"], rng)
        if all(POINTS[fleet.bottom(i)] < plan["truth"] for i in occupied):
            fleet.paint(rng.choice(occupied), LETTERS[plan["truth"]])
        fleet.place_ship(rng)
        return fleet

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{INTRO}\n{SHOT}\n"
            "While the enemies stand still, the ship may go to any column and then fires once. "
            "What is the greatest number of points that it can score?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(max(map(state.shot, state.columns)))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        columns = [c for c in state.columns if state.in_column(c)]
        lines = ["Only the lowest enemy of a column can be hit. From left to right:"]
        lines += [f"- {hit(state, column)}" for column in columns]
        best = [column for column in columns if state.shot(column) == solution.value]
        where = f"{'column' if len(best) == 1 else 'columns'} {listing(best)}"
        return "\n".join([*lines, f"The greatest value is {solution.value}, in {where}."])


class BestTwoShots(Planned):
    """The most that two shots can score while the enemies move."""

    slug = "best_two_shots"
    question_id = 9
    description = "Most points of two shots while the enemies move"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        shown = range(20, 61, 10)
        truth = rng.choice(shown)
        # With 20 the two lowest enemies of every column are green, so both ways attain it.
        ways = ["one", "two", "both"] if truth > 20 else ["both"]
        return {
            "query": {"direction": rng.choice(list(STEPS))},
            "shown": shown,
            "truth": truth,
            "way": rng.choice(ways),
        }

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        size, truth, way = plan["size"], plan["truth"], plan["way"]
        lefts = size.lefts_with_room(plan["query"]["direction"], 1)
        fleet = Fleet(plan.knobs, size, rng, lefts=lefts)
        if len(fleet.occupied) < 2:
            return None
        # The best and the second best lowest enemy, and the lower of the best two in one column.
        best, second, lower = rng.choice(_OUTLINES[way, truth])
        columns = rng.shuffled(fleet.occupied)
        bottoms = {columns[0]: best, columns[1]: second}
        hero = None
        if lower:
            hero = next((i for i in columns if bottoms.get(i, lower) == lower), None)
            if hero is None:
                return None
            bottoms[hero] = lower
            fleet.heights[hero] = max(2, fleet.heights[hero])
        for i in columns:
            if i in bottoms:
                fleet.paint(i, LETTERS[bottoms[i]])
            else:
                _cap(fleet, i, 0, second, rng)
        for i in columns:
            bottom = fleet.bottom(i)
            left = truth - POINTS[bottom]
            if i == hero:
                fleet.paint(i, LETTERS[left], above=1)
                continue
            left -= 10 * (way == "two")
            if left < 10:
                fleet.heights[i] = 1
                fleet.paint(i, bottom)
            elif fleet.heights[i] > 1:
                _cap(fleet, i, 1, left, rng)
        fleet.place_ship(rng)
        return fleet

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{INTRO}\n{SHOT}\n{moving(query['direction'])} No enemy leaves the board before the "
            "second shot.\n"
            "In each interval the ship may first go to any column, however far, and then fire at "
            "most once. What is the greatest total of points that it can have right after its shot "
            "in interval t+1, that is, with one shot in interval t and one in interval t+1?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        columns = [state.scores(column) for column in state.columns]
        one, two = best_in_one_column(columns), best_in_two_columns(columns)
        return Solution(max(one, two), (one, two))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        one, two = solution.facts
        lines = [
            "The ship can go to any column in each interval, so it can follow whatever enemy it "
            f"wants: the move to the {query['direction']} between the shots changes nothing.",
            "Up to two lowest enemies of each column of the board shown, the lowest first:",
        ]
        pairs, bottoms = [], []
        for column in state.columns:
            enemies = state.in_column(column)[:2]
            points = [POINTS[letter] for _, letter in enemies]
            if enemies:
                told = " then ".join(f"{COLOURS[letter]} {POINTS[letter]}" for _, letter in enemies)
                lines.append(f"- column {column}: {told}")
                bottoms.append((points[0], column))
            if len(enemies) == 2:
                pairs.append((sum(points), column))
        if pairs:
            column = next(column for points, column in pairs if points == one)
            a, b = state.scores(column)[:2]
            lines.append(
                f"Both shots into one column: at best {a} + {b} = {one} (column {column})."
            )
        else:
            lines.append("Both shots into one column: no column has two enemies.")
        bottoms.sort(key=lambda pair: -pair[0])
        if len(bottoms) > 1:
            (a, first), (b, other) = bottoms[:2]
            lines.append(
                f"The shots into two columns: at best {a} + {b} = {two} "
                f"(columns {listing(sorted((first, other)))})."
            )
        else:
            lines.append(f"The shots into two columns: only one column has enemies, so {two}.")
        return "\n".join([*lines, f"The greatest total is {solution.value}."])


def _outlines() -> dict[tuple[str, int], list[tuple[int, int, int]]]:
    """List the boards' outlines for `BestTwoShots` by way and total.

    An outline: the best and the second best lowest enemy, and the lowest enemy of the column whose
    two enemies attain the total (0 where no column does).
    """
    found: dict[tuple[str, int], list[tuple[int, int, int]]] = {}
    for total in range(20, 61, 10):
        for best in POINTS.values():
            for second in (points for points in POINTS.values() if points <= best):
                if best + second == total:
                    found.setdefault(("two", total), []).append((best, second, 0))
                for lower in (points for points in POINTS.values() if total - points in LETTERS):
                    if lower == best or lower <= second:
                        way = "both" if best + second == total else "one"
                        if best + second <= total:
                            found.setdefault((way, total), []).append((best, second, lower))
    return found


_OUTLINES = _outlines()


def _cap(fleet: Fleet, i: int, above: int, most: int, rng: Rng) -> None:
    """Recolour a column's lowest enemy, or one above it, if it has more points than that."""
    if POINTS[fleet.colours[fleet.heights[i] - 1 - above][i]] > most:
        letters = [letter for letter, points in POINTS.items() if points <= most]
        fleet.paint(i, rng.choice(letters), above)
