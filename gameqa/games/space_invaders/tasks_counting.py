"""Counting enemies: in a column, in a row, in all, of one colour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gameqa.game import Plan, Query, Solution
from gameqa.games.space_invaders.generation import MIN_ENEMIES, Fleet, Knobs, Size, draw_height
from gameqa.games.space_invaders.planned import RUN, Planned
from gameqa.games.space_invaders.rules import COLOURS, State
from gameqa.games.space_invaders.words import INTRO, sum_line
from gameqa.options import Option, window
from gameqa.rng import Rng
from gameqa.sample import Level, QAType
from gameqa.text import listing, plural

_MOST_OF_A_COLOUR = 14


class CountColumn(Planned):
    """How many enemies a column holds."""

    slug = "count_column"
    question_id = 1
    description = "Number of enemies in a column"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    wants_mixed_bottoms = True

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        shown = range(size.height + 1)
        column = rng.integers(1, size.cols + 1)
        return {"query": {"column": column}, "shown": shown, "truth": rng.choice(shown)}

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        size, column, truth = plan["size"], plan["query"]["column"], plan["truth"]
        lefts = size.lefts_over(column) if truth else ()
        fleet = Fleet(plan.knobs, size, rng, lefts=lefts)
        i = fleet.index(column)
        if i is not None:
            fleet.heights[i] = truth
        fleet.place_ship(rng)
        return fleet

    def ask(self, state: State, query: Query) -> str:
        return f"{INTRO}\nHow many enemies are in column {query['column']}?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(len(state.in_column(query["column"])))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        column = query["column"]
        rows = sorted(row for row, _ in state.in_column(column))
        if not rows:
            return f"Going down column {column}, every cell above the ship's row is empty."
        return (
            f"Going down column {column}, there {_is(len(rows))} in "
            f"{'row' if len(rows) == 1 else 'rows'} {listing(rows)}.\n"
            f"That is {plural(len(rows), 'enemy', 'enemies')}."
        )


class CountRow(Planned):
    """How many enemies a row holds."""

    slug = "count_row"
    question_id = 2
    description = "Number of enemies in a row"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    wants_mixed_bottoms = True

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        shown = window(min(RUN, size.width + 1), 0, max(0, size.width - RUN + 1), rng)
        # A lone enemy in row 1, always the formation's first, would be the only occupied column.
        row = rng.integers(2 if 1 in shown else 1, size.rows + 1)
        return {
            "query": {"row": row},
            "shown": shown,
            "truth": rng.choice(shown),
            "outside": rng.chance(0.5),
        }

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        size, row, truth = plan["size"], plan["query"]["row"], plan["truth"]
        inside = [top for top in size.tops if top <= row < top + size.height]
        outside = [top for top in size.tops if top not in inside]
        if truth < 3:
            # So few enemies in the formation's first row would be too few altogether.
            inside = [top for top in inside if top < row] or inside
        if truth == 0 and outside and plan["outside"]:
            fleet = Fleet(plan.knobs, size, rng, tops=outside)
        else:
            fleet = Fleet(plan.knobs, size, rng, tops=inside)
            reach = row - fleet.top + 1
            long = set(rng.sample(range(size.width), truth))
            fleet.heights = [
                draw_height(plan.knobs, rng, reach)
                if i in long
                else draw_height(plan.knobs, rng, 0, reach - 1)
                for i in range(size.width)
            ]
        fleet.place_ship(rng)
        return fleet

    def ask(self, state: State, query: Query) -> str:
        return f"{INTRO}\nHow many enemies are in row {query['row']}?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(len(state.in_row(query["row"])))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row = query["row"]
        columns = state.in_row(row)
        if not columns:
            return f"Going along row {row}, every cell is empty."
        return (
            f"Going along row {row}, there {_is(len(columns))} in "
            f"{'column' if len(columns) == 1 else 'columns'} {listing(columns)}.\n"
            f"That is {plural(len(columns), 'enemy', 'enemies')}."
        )


class CountAll(Planned):
    """How many enemies there are."""

    slug = "count_all"
    question_id = 3
    description = "Number of enemies in total"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    wants_mixed_bottoms = True

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        most = size.height * size.width
        shown = window(RUN, max(MIN_ENEMIES, most // 4), most - RUN + 1, rng)
        return {"query": {}, "shown": shown, "truth": rng.choice(shown)}

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        fleet = Fleet(plan.knobs, plan["size"], rng)
        fleet.fit_total(plan["truth"], rng)
        fleet.place_ship(rng)
        return fleet

    def ask(self, state: State, query: Query) -> str:
        return f"{INTRO}\nHow many enemies are there in total?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(sum(len(state.in_row(row)) for row in range(1, state.rows + 1)))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        counts = [(row, len(state.in_row(row))) for row in range(1, state.rows + 1)]
        return _row_sum("Enemies row by row", counts, solution.value)


class CountColor(Planned):
    """How many enemies have one colour."""

    slug = "count_color"
    question_id = 4
    description = "Number of enemies of one colour"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM

    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        total = 0
        while total < MIN_ENEMIES:
            total = sum(draw_height(knobs, rng) for _ in range(size.width))
        most = min(total, _MOST_OF_A_COLOUR)
        shown = window(RUN, 0, most - RUN + 1, rng) if most >= RUN else range(most + 1)
        return {
            "query": {"color": rng.choice(list(COLOURS.values()))},
            "shown": shown,
            "truth": rng.choice(shown),
            "total": total,
        }

    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        fleet = Fleet(plan.knobs, plan["size"], rng)
        fleet.fit_total(plan["total"], rng)
        fleet.fit_colour(_letter(plan["query"]["color"]), plan["truth"], rng)
        fleet.place_ship(rng)
        return fleet

    def ask(self, state: State, query: Query) -> str:
        return f"{INTRO}\nHow many {query['color']} enemies are there?"

    def solve(self, state: State, query: Query) -> Solution:
        letter = _letter(query["color"])
        counts = [(row, cells.count(letter)) for row, cells in enumerate(state.grid, 1)]
        return Solution(sum(count for _, count in counts), counts)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        head = f"{query['color'].capitalize()} enemies row by row"
        return _row_sum(head, solution.facts, solution.value)


def _letter(colour: str) -> str:
    return next(letter for letter, name in COLOURS.items() if name == colour)


def _is(count: int) -> str:
    return "is an enemy" if count == 1 else "are enemies"


def _row_sum(head: str, counts: Sequence[tuple[int, int]], total: int) -> str:
    """Tell counts row by row and their sum, rows without any left out."""
    some = [(row, count) for row, count in counts if count]
    if not some:
        return f"{head}: there is none in any row."
    told = ", ".join(f"row {row}: {count}" for row, count in some)
    if len(some) == 1:
        return f"{head}: {told}, and none in the other rows."
    return f"{head}: {told}.\n{sum_line((count for _, count in some), total)}"
