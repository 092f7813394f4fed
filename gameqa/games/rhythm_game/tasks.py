"""The questions about a chart: reading it, letting it fall, and scoring columns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Decimal, Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.rhythm_game import generation
from gameqa.games.rhythm_game.generation import Knobs
from gameqa.games.rhythm_game.rules import PARTS, Block, State
from gameqa.games.rhythm_game.tasks_scores import (
    BestColumn,
    BestColumnWithDelay,
    ColumnScore,
    ColumnScoreWithDelay,
)
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_COORDINATES = (
    "Cells are written (row, column), both counted from 1: row 1 is the bottom row, column 1 the "
    "leftmost column."
)
_CHARTS = 10
"""Charts tried on one substream."""


class BlockAtCell(Task[State, Knobs]):
    """Which kind of block covers a cell."""

    slug = "block_at_cell"
    question_id = 1
    description = "Which kind of block covers a cell"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word(PARTS, {"none": "empty"})

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"part": rng.choice(PARTS), "share": generation.draw_share(knobs.fill, rng)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(_CHARTS):
            yield generation.chart(plan.knobs, plan["share"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        cells = [
            (row, col)
            for row in range(1, state.rows + 1)
            for col in range(1, state.cols + 1)
            if state.part((row, col)) == plan["part"]
        ]
        return {"cell": list(rng.choice(cells))} if cells else None

    def ask(self, state: State, query: Query) -> str:
        row, col = query["cell"]
        return (
            "The legend of the chart shown names its blocks; a snake has a head, a tail and, if it "
            f"is longer than two cells, body cells in between. {_COORDINATES}\n"
            f"What is in cell ({row}, {col})?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        row, col = query["cell"]
        return Solution(state.part((row, col)))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = query["cell"]
        lines = [
            f"Row {row} is number {row} from the bottom, column {col} number {col} from the left."
        ]
        block = state.block_at.get((row, col))
        if block is not None and block.kind == "snake":
            lines.append(
                f"The cell belongs to a snake in column {col} with its head in row {block.row} and "
                f"its tail in row {block.top}."
            )
        if block is None:
            lines.append("No block covers the cell: it is empty.")
        else:
            lines.append(f"By the legend, the cell shows a {solution.value}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(PARTS, solution.value)


class OccupiedFraction(Task[State, Knobs]):
    """The share of cells that are covered."""

    slug = "occupied_fraction"
    question_id = 2
    description = "Share of the cells that are covered by blocks"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Decimal(3)
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"share": generation.draw_share(knobs.counted_fill, rng)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(_CHARTS):
            yield generation.chart(plan.knobs, plan["share"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "On the chart shown, every cell of the grid is empty or covered by a click, a reverse "
            "block or a part of a snake.\nWhat share of all cells of the grid is covered, legend "
            "not counted? Give a decimal number rounded to three places."
        )

    def solve(self, state: State, query: Query) -> Solution:
        covered, cells = len(state.block_at), state.rows * state.cols
        # In whole numbers, so that halves go up whatever a float makes of them.
        return Solution((2000 * covered + cells) // (2 * cells) / 1000)

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        share = len(state.block_at) / (state.rows * state.cols)
        return bool(abs(value - share) <= 0.0005 + 1e-9)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines, counts = ["Covered cells row by row, from row 1 at the bottom:"], []
        for row in range(1, state.rows + 1):
            here = [col for col in range(1, state.cols + 1) if (row, col) in state.block_at]
            counts.append(len(here))
            where = f" (column{'s' if len(here) > 1 else ''} {listing(here)})" if here else ""
            lines.append(f"- Row {row}: {len(here)}{where}.")
        covered, cells = sum(counts), state.rows * state.cols
        lines.append(f"{' + '.join(map(str, counts))} = {plural(covered, 'covered cell')}.")
        lines.append(
            f"The grid has {state.rows} x {state.cols} = {cells} cells: {covered} / {cells} = "
            f"{self.kind.text(solution.value)}, rounded to three places."
        )
        return "\n".join(lines)


class SnakeLengthAfterFall(Task[State, Knobs]):
    """The length of the snake whose head is at a cell after some seconds."""

    slug = "snake_length_after_fall"
    question_id = 3
    description = "Length of the snake whose head is at a cell after some seconds"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # Every length has the same heads: the cell asked about tells nothing of the length.
        head = rng.integers(2, knobs.rows - knobs.longest + 2)
        length = rng.integers(2, knobs.longest + 1)
        return {
            "snake": Block("snake", head, rng.integers(1, knobs.cols + 1), length),
            "seconds": rng.integers(1, head),
            "share": generation.draw_share(knobs.fill, rng),
            # The two snakes must be told apart.
            "touched": rng.chance(0.5),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(_CHARTS):
            yield generation.chart_with_snake(
                plan.knobs, plan["share"], plan["snake"], plan["touched"], rng
            )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        if sum(block.kind == "snake" for block in state.blocks) < 3:
            return None
        snake, seconds = plan["snake"], plan["seconds"]
        return {"cell": [snake.row - seconds, snake.col], "seconds": seconds}

    def ask(self, state: State, query: Query) -> str:
        row, col = query["cell"]
        return (
            "The chart shown falls one row per second, and nobody presses anything. "
            f"{_COORDINATES} The length of a snake is the number of its cells, from head (the "
            "lowest) to tail (the highest).\n"
            f"After {plural(query['seconds'], 'second')} the head of a snake is in cell "
            f"({row}, {col}). How long is this snake?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        row, col = query["cell"]
        snake = state.block_at[row + query["seconds"], col]
        return Solution(snake.length, snake)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = query["cell"]
        snake = solution.facts
        cells = [f"{state.part((r, col))} in row {r}" for r in range(snake.row, snake.top + 1)]
        return (
            f"Everything falls {plural(query['seconds'], 'row')}, so what will be in row {row} is "
            f"now in row {row} + {query['seconds']} = {snake.row} of column {col}.\n"
            f"Upwards from there, column {col} shows: {', '.join(cells)}.\n"
            f"The tail ends the snake, so its length is {snake.length}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(range(2, plan.knobs.longest + 1), solution.value)


TASKS: tuple[Task[State, Knobs], ...] = (
    BlockAtCell(),
    OccupiedFraction(),
    SnakeLengthAfterFall(),
    ColumnScore(),
    ColumnScoreWithDelay(),
    BestColumn(),
    BestColumnWithDelay(),
)
