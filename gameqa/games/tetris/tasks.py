"""The four questions about a Tetris board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from gameqa.answers import Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.tetris import generation
from gameqa.games.tetris.generation import FREE_ROWS, Knobs
from gameqa.games.tetris.rules import (
    SHAPES,
    TURNS,
    Cell,
    State,
    Turn,
    gaps,
    shifted,
    turn_of,
)
from gameqa.games.tetris.solver import Drop, bit_rows, drops
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_BOARD = (
    "This is a Tetris board with empty cells, locked cells and at most one falling piece. Rows are "
    "counted from 0 at the top, columns from 0 at the left."
)
_NONE = "none"
_STEPS = {"left": -1, "right": 1}
_MOST_GROUPS = 4


def _cells(cells: Sequence[Cell]) -> str:
    return ", ".join(map(str, cells))


class EmptyCellsInRow(Task[State, Knobs]):
    """How many cells of a row are empty."""

    slug = "empty_cells_in_row"
    question_id = 0
    description = "Number of empty cells in a row"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "size": generation.draw_size(knobs, rng),
            "shape": None if rng.chance(0.03) else rng.choice(SHAPES),
            "mixed": rng.chance(0.9),
            "crossing": rng.chance(0.2),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        turns = TURNS[plan["shape"]] if plan["shape"] else ()
        return generation.posed_states(plan.knobs, plan["size"], turns, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        crossed = {r for r, _ in state.active.cells} if state.active else set()
        wanted = plan["crossing"] and state.active is not None
        by_count: dict[int, list[int]] = {}
        for row in range(state.rows):
            count = self._empty(state, row)
            if (row in crossed) == wanted and not (plan["mixed"] and count == state.cols):
                by_count.setdefault(count, []).append(row)
        if not by_count:
            return None
        return {"row": rng.choice(by_count[rng.choice(sorted(by_count))])}

    @staticmethod
    def _empty(state: State, row: int) -> int:
        falling = sum(r == row for r, _ in state.active.cells) if state.active else 0
        return state.cols - sum(state.locked[row]) - falling

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_BOARD}\nHow many cells of row {query['row']} are empty? Locked cells and cells of "
            "the falling piece are not empty."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(self._empty(state, query["row"]))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row = query["row"]
        locked = [c for c, cell in enumerate(state.locked[row]) if cell]
        falling = [c for r, c in state.active.cells if r == row] if state.active else []
        empty = [c for c in range(state.cols) if c not in locked and c not in falling]
        taken = len(locked) + len(falling)
        return (
            f"Row {row} has {state.cols} cells, columns 0 to {state.cols - 1}.\n"
            f"Locked: {_columns(locked)}. Falling piece: {_columns(falling)}.\n"
            f"Empty: {_columns(empty)}, which makes {plural(len(empty), 'cell')}.\n"
            f"Check: {state.cols} - {taken} = {state.cols - taken}."
        )


def _columns(columns: Sequence[int]) -> str:
    if not columns:
        return "no column"
    return f"column{'s' if len(columns) > 1 else ''} {listing(columns)}"


class ActiveShape(Task[State, Knobs]):
    """Which shape the falling piece has."""

    slug = "active_shape"
    question_id = 1
    description = "Shape of the falling piece"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word((*SHAPES, _NONE))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        shape = rng.choice((*SHAPES, None))
        return {
            "size": generation.draw_size(knobs, rng),
            "turns": (rng.choice(TURNS[shape]),) if shape else (),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.posed_states(plan.knobs, plan["size"], plan["turns"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_BOARD}\n"
            "Which shape does the falling piece have? It may be turned, never mirrored.\n"
            "I: four cells in a line.\n"
            "O: a square of two by two cells.\n"
            "T: three cells in a line, the fourth beside the middle one.\n"
            "L: three cells in a line, the fourth beside an end; with the line upright and the "
            "fourth cell at its foot, that cell is on the right.\n"
            "J: L mirrored; there the cell at the foot is on the left.\n"
            "S: two pairs of cells in neighbouring lines, one cell apart; with both pairs lying, "
            "the upper one is further right.\n"
            "Z: S mirrored; there the upper pair is further left.\n"
            f"{_NONE}: there is no falling piece."
        )

    def solve(self, state: State, query: Query) -> Solution:
        if state.active is None:
            return Solution(_NONE)
        turn = turn_of(state.active.cells)
        return Solution(turn.shape, turn)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        if state.active is None:
            return "Every cell of the board is empty or locked: there is no falling piece."
        turn: Turn = solution.facts
        lines = [
            f"The falling piece covers {_cells(state.active.cells)}:",
            turn.drawing.replace("/", "\n"),
        ]
        if turn.quarters == 0:
            lines.append(f"That is {_article(turn.shape)}, not turned.")
        else:
            lines += [
                f"That is {_article(turn.shape)} turned clockwise by {90 * turn.quarters} degrees; "
                "not turned it is:",
                TURNS[turn.shape][0].drawing.replace("/", "\n"),
            ]
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others((*SHAPES, _NONE), solution.value)


class TimestepsUntilCollision(Task[State, Knobs]):
    """How far the piece falls after a shift by one column."""

    slug = "timesteps_until_collision"
    question_id = 2
    description = "Rows that the piece falls after a shift by one column"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        rows, cols = generation.draw_size(knobs, rng)
        fall = rng.below(min(knobs.longest, rows - FREE_ROWS) + 1)
        return {
            "size": (rows, cols),
            "side": rng.choice(tuple(_STEPS)),
            "empty": rng.chance(0.04),
            "fall": fall,
            "matters": rng.chance(0.55),
            # A piece that rests soon, and not on its lowest row, is too rare to wait for.
            "edge": fall > 1 and rng.chance(0.52),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        if plan["empty"]:
            return generation.posed_states(plan.knobs, plan["size"], (), rng)
        return generation.falling_states(
            plan.knobs,
            plan["size"],
            _STEPS[plan["side"]],
            plan["fall"],
            rng,
            matters=plan["matters"],
            edge=plan["edge"],
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"side": plan["side"]}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_BOARD}\nAt time 0 the falling piece is shifted one column to the {query['side']}; "
            "from then on it falls one row per time step. It comes to rest as soon as one of its "
            "cells is in the last row or has a locked cell directly below it; touching a wall or a "
            "locked cell sideways does not stop it.\n"
            "After how many time steps does it come to rest? The answer is 0 if it rests right "
            "after the shift, and -1 if there is no falling piece."
        )

    def solve(self, state: State, query: Query) -> Solution:
        if state.active is None:
            return Solution(-1)
        ways = gaps(state, shifted(state.active.cells, _STEPS[query["side"]]))
        return Solution(min(way.rows for way in ways), ways)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        if state.active is None:
            return "Every cell of the board is empty or locked: there is no falling piece."
        cells = state.active.cells
        lines = [
            f"The falling piece covers {_cells(cells)}.",
            f"One column to the {query['side']} it covers "
            f"{_cells(shifted(cells, _STEPS[query['side']]))}.",
        ]
        for way in solution.facts:
            floor = way.stop[0] == state.rows
            below = f"the floor below row {state.rows - 1}" if floor else f"locked cell {way.stop}"
            lines.append(
                f"Column {way.cell[1]}: lowest cell {way.cell}, first below it is {below}; "
                f"{way.stop[0]} - {way.cell[0]} - 1 = {plural(way.rows, 'empty row')}."
            )
        stops = [way for way in solution.facts if way.rows == solution.value]
        lines.append(
            f"The least of these is {solution.value}: {_columns([w.cell[1] for w in stops])} "
            f"{'stop' if len(stops) > 1 else 'stops'} the piece."
        )
        return "\n".join(lines)


class MaxRowsCleared(Task[State, Knobs]):
    """How many rows one drop of the piece can clear."""

    slug = "max_rows_cleared"
    question_id = 3
    description = "Most rows that one straight drop of the piece clears"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        cleared = rng.weighted(range(5), (0.2, 0.3, 0.25, 0.15, 0.1))
        empty = cleared == 0 and rng.chance(0.12)
        return {
            "size": generation.draw_size(knobs, rng),
            "cleared": cleared,
            "shape": None if empty else generation.draw_clearing(cleared, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.clearing_states(
            plan.knobs, plan["size"], plan["shape"], plan["cleared"], rng
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_BOARD}\nAbove the board the falling piece may be turned (never mirrored) and moved "
            "to any columns inside the board. Then it drops straight down until it rests, without "
            "any further move, and locks; all its cells must be inside the board then. Every row "
            "whose cells are all locked is cleared.\n"
            "What is the largest number of rows that this one drop can clear? The answer is 0 if "
            "no row can be cleared or if there is no falling piece."
        )

    def solve(self, state: State, query: Query) -> Solution:
        if state.active is None:
            return Solution(0)
        shape = turn_of(state.active.cells).shape
        found = list(drops(bit_rows(state), state.cols, shape))
        best = max(found, key=lambda drop: len(drop.cleared), default=None)
        return Solution(len(best.cleared) if best else 0, best)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        if state.active is None:
            return "There is no falling piece, so nothing can be dropped: 0 rows."
        shape = turn_of(state.active.cells).shape
        turns = " or ".join(turn.drawing for turn in TURNS[shape])
        lines = [f"The falling piece is {_article(shape)}; its orientations are {turns}."]
        empty = _empty_columns(state)
        near = [(r, columns) for r, columns in enumerate(empty) if len(columns) <= 4]
        lines.append("Only a row with at most four empty cells can be completed:")
        lines += [f"Row {r}: empty in {_columns(columns)}." for r, columns in near]
        if solution.value:
            best: Drop = solution.facts
            cells = best.turn.at(best.top, best.left)
            lines.append(
                f"Dropped as {best.turn.drawing} with its left edge in column {best.left} it "
                f"comes to rest on {_cells(cells)} and completes "
                f"row{'s' if solution.value > 1 else ''} {listing(best.cleared)}."
            )
        lines += _why_no_more(state, shape, solution.value, empty)
        return "\n".join(lines)


def _article(shape: str) -> str:
    return f"{'an' if shape in 'ILOS' else 'a'} {shape}"


def _empty_columns(state: State) -> list[list[int]]:
    return [[c for c, cell in enumerate(row) if not cell] for row in state.locked]


def _why_no_more(state: State, shape: str, value: int, empty: Sequence[Sequence[int]]) -> list[str]:
    """Tell for every group of rows that could make it one more why no drop completes it."""
    more = value + 1
    tall = max(turn.height for turn in TURNS[shape])
    if more > tall:
        return [f"The piece is at most {tall} rows high, so more rows are impossible."]
    near = [r for r, columns in enumerate(empty) if len(columns) <= 4]
    groups = [
        [(r, c) for r in group for c in empty[r]]
        for group in combinations(near, more)
        if group[-1] - group[0] < 4 and sum(len(empty[r]) for r in group) <= 4
    ]
    rows = plural(more, "row")
    if not groups:
        return [
            f"No {rows} so close together have at most four empty cells in all, so {rows} at once "
            "are impossible."
        ]
    # Groups that fit the piece are the ones worth a word.
    told = [(cells, _obstacle(state, shape, cells)) for cells in groups]
    told.sort(key=lambda pair: pair[1] is None)
    lines = [f"For {rows} it would have to fill one of these groups of cells:"]
    for cells, obstacle in told[:_MOST_GROUPS]:
        lines.append(f"- {_cells(cells)}: {obstacle or 'no orientation covers them all.'}")
    if len(told) > _MOST_GROUPS:
        rest = told[_MOST_GROUPS:]
        lines.append(
            f"- {plural(len(rest), 'other group')}: "
            + (
                "no orientation covers all cells of one."
                if all(obstacle is None for _, obstacle in rest)
                else "the piece does not fit or cannot rest there either."
            )
        )
    return lines


def _obstacle(state: State, shape: str, cells: Sequence[Cell]) -> str | None:
    """Return why a piece that has the form to cover some cells cannot, None if it has not."""
    wanted = set(cells)
    top, left = min(r for r, _ in cells), min(c for _, c in cells)
    reasons = []
    for turn in TURNS[shape]:
        for r in range(top - turn.height + 1, top + 1):
            for c in range(left - turn.width + 1, left + 1):
                placed = turn.at(r, c)
                if not wanted <= set(placed):
                    continue
                bad = [cell for cell in placed if cell[0] < 0 or state.is_blocked(cell)]
                if not bad:
                    reasons.append(f"as {turn.drawing} it would not rest there but fall on.")
                elif _is_locked(state, bad[0]):
                    reasons.insert(0, f"as {turn.drawing} it would need {bad[0]}, too: locked.")
                else:
                    reasons.append(f"as {turn.drawing} it would stick out of the board.")
    if not reasons:
        return None
    return reasons[0] if len(reasons) == 1 else f"e.g. {reasons[0]}"


def _is_locked(state: State, cell: Cell) -> bool:
    """Whether a cell is inside the board and locked."""
    r, c = cell
    return 0 <= r < state.rows and 0 <= c < state.cols and state.locked[r][c] == 1


TASKS: tuple[Task[State, Knobs], ...] = (
    EmptyCellsInRow(),
    ActiveShape(),
    TimestepsUntilCollision(),
    MaxRowsCleared(),
)
