"""The questions that are answered by counting: cells, pieces, points."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Integer
from gameqa.game import Plan, Query, Solution
from gameqa.games.ultra_tictactoe import generation
from gameqa.games.ultra_tictactoe.generation import Knobs
from gameqa.games.ultra_tictactoe.rules import (
    FREE,
    LINES,
    MARKS,
    MIDDLE,
    PLAYERS,
    POINTS,
    Position,
    State,
    grid_of,
    names_of,
    pair_name,
)
from gameqa.games.ultra_tictactoe.tasks_shared import RULES, UltraTask, last_move_of, told
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_OPTIONS = 8


def _owned(player: int | None) -> str:
    return "empty" if player is None else MARKS[player]


class _Count(UltraTask):
    """A number out of a list drawn beforehand."""

    kind = Integer()

    def band(self, knobs: Knobs) -> range:
        """Return the numbers of which one is the answer."""
        raise NotImplementedError

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        band = list(self.band(knobs))
        return {"band": band, "value": rng.choice(band)}

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["band"], solution.value) if solution.value in plan["band"] else None


class CountLegalMoves(_Count):
    """How many cells the next move may go to."""

    slug = "count_legal_moves"
    question_id = 2
    description = "How many cells the next player may choose from after the last move"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    marks_last = True

    def band(self, knobs: Knobs) -> range:
        return knobs.legal_moves

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # The middle grid holds one piece more than others, and a grid that a move was made in
        # holds one at least: settled beforehand, so that the told move says nothing.
        drawn = super().plan(knobs, form, rng)
        inside = drawn["value"] < 9 and rng.chance(1 / 9)
        return {**drawn, "middle": rng.chance(1 / 9), "inside": inside}

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        forced = position.forced
        return bool(
            (forced == MIDDLE) == plan["middle"]
            and (position.last // 9 == forced) == plan["inside"]
            and len(position.free()) == plan["value"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return last_move_of(state)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES}{told(query)}\nHow many cells may {query['mover']} choose from in this move?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        grid = grid_of(query["last_move"][2:])
        return Solution(len(FREE[state.position.taken(grid)]), grid)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        grid = solution.facts
        marks = [masks[grid] for masks in state.position.marks]
        free = [pair_name(at) for at in FREE[marks[0] | marks[1]]]
        held = "\n".join(
            f"{mark} at (row, col): {listing(names_of(mask))}."
            for mark, mask in zip(MARKS, marks, strict=True)
        )
        return (
            f"The last move was at row {query['last_move'][2]}, column {query['last_move'][3]} of "
            f"its grid, so the next one goes to grid {pair_name(grid)}.\nIn that grid:\n{held}\n"
            f"Empty: {listing(free)}.\nThat makes {plural(len(free), 'empty cell')}."
        )


class CountMiddleCells(_Count):
    """How many of the nine middle cells are filled."""

    slug = "count_middle_cells"
    question_id = 3
    description = "How many of the nine middle cells are filled"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def band(self, knobs: Knobs) -> range:
        return knobs.middles

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        both = zip(*position.marks, strict=True)
        return bool(sum((x | o) >> MIDDLE & 1 for x, o in both) == plan["value"])

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES}The middle cell of a grid is the one at row 2, column 2 of it. In how many "
            "of the nine grids is the middle cell filled, with X or O?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        owners = state.position.middles()
        return Solution(9 - owners.count(None), owners)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [f"{pair_name(g)}: {_owned(owner)}." for g, owner in enumerate(solution.facts)]
        return "\n".join(
            [
                "The middle cell of each grid:",
                *lines,
                f"Filled: {solution.value} of 9.",
            ]
        )


class CountPieces(_Count):
    """How many pieces are on the board."""

    slug = "count_pieces"
    question_id = 4
    description = "How many pieces are on the whole board"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.pieces
        if form is Form.OPEN:
            return {"value": rng.integers(low, high + 1)}
        # All numbers shown lie in the level's range: none can be ruled out without counting.
        band = list(window(_OPTIONS, low, max(low, high - _OPTIONS + 1), rng))
        return {"band": band, "value": min(rng.choice(band), high)}

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        return bool(position.count == plan["value"])

    def ask(self, state: State, query: Query) -> str:
        return f"{RULES}How many pieces, X and O together, are on the whole board shown?"

    def solve(self, state: State, query: Query) -> Solution:
        counts = [
            (x.bit_count(), o.bit_count()) for x, o in zip(*state.position.marks, strict=True)
        ]
        return Solution(sum(map(sum, counts)), counts)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [
            f"{pair_name(g)}: {x} X + {o} O = {x + o}." for g, (x, o) in enumerate(solution.facts)
        ]
        total = " + ".join(str(x + o) for x, o in solution.facts)
        xs, os = (sum(column) for column in zip(*solution.facts, strict=True))
        relation = "as many X as O" if xs == os else "one X more than O"
        return "\n".join(
            [
                "Grid by grid:",
                *lines,
                f"{total} = {solution.value}.",
                f"Check: {xs} X and {os} O, {relation}, as it must be.",
            ]
        )


class GridPoints(_Count):
    """How many points a player has in one grid."""

    slug = "grid_points"
    question_id = 5
    description = "How many points a player has in one grid"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM

    def band(self, knobs: Knobs) -> range:
        return range(knobs.points + 1)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # The game begins in the centre, where the first player so has most points.
        return {**super().plan(knobs, form, rng), "in_centre": rng.chance(1 / 9)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(
            plan.knobs,
            rng,
            lambda position: self.fits(position, plan),
            least_greedy=0.5 if plan["value"] == plan.knobs.points else 0.0,
        )

    @staticmethod
    def _suits(mask: int, value: int) -> bool:
        """Whether own marks are worth so much; for no points, two must stand in a line."""
        return (
            POINTS[mask] == value
            and mask.bit_count() >= 3
            and (value > 0 or any((mask & line).bit_count() == 2 for line in LINES.values()))
        )

    def _found(self, position: Position, plan: Plan[Knobs]) -> list[tuple[int, int]]:
        """Return the players and grids that suit."""
        return [
            (player, grid)
            for player, masks in enumerate(position.marks)
            for grid, mask in enumerate(masks)
            if (grid == MIDDLE) == plan["in_centre"] and self._suits(mask, plan["value"])
        ]

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        return bool(self._found(position, plan))

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        found = self._found(state.position, plan)
        if not found:
            return None
        player, grid = rng.choice(found)
        return {"player": PLAYERS[player], "grid": list(pair_name(grid))}

    def ask(self, state: State, query: Query) -> str:
        player = query["player"]
        return (
            f"{RULES}How many points does the {player} ({MARKS[PLAYERS.index(player)]}) have "
            f"inside grid {tuple(query['grid'])}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        mask = state.position.marks[PLAYERS.index(query["player"])][grid_of(query["grid"])]
        return Solution(POINTS[mask], mask)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        mask = solution.facts
        mark = MARKS[PLAYERS.index(query["player"])]
        lines = [
            f"In grid {tuple(query['grid'])}, {mark} is at (row, col): {listing(names_of(mask))}."
        ]
        for name, line in LINES.items():
            missing = names_of(line & ~mask)
            full = f"not complete, no {mark} at {listing(missing)}" if missing else "complete"
            lines.append(f"{name}: {full}.")
        complete, points = plural(solution.value, "complete line"), plural(solution.value, "point")
        return "\n".join([*lines, f"{complete} at one point each: {points}."])
