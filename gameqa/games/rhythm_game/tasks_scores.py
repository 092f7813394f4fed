"""The questions that press columns: a column's score, and the column of the highest score."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from gameqa.answers import Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.rhythm_game import generation
from gameqa.games.rhythm_game.generation import Knobs
from gameqa.games.rhythm_game.rules import State, best_column, play, total, totals
from gameqa.games.rhythm_game.words import told
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_OPTIONS = 8
_CHARTS = 10
"""Charts tried on one substream."""


def _rules(state: State, delay: int) -> str:
    pause = (
        " After each reverse nothing can be pressed for one second while the chart falls on, so "
        "that one row goes by unpressed."
        if delay
        else ""
    )
    return (
        "The chart shown falls one row per second; row 1 is the bottom row, and nothing new enters "
        "at the top. A finger stays on one column of the screen. At second 0 it presses what is in "
        "row 1 there, at second 1 what has come down from row 2, and so on to the last row; it "
        "cannot skip a block. A click scores 10 and a reverse 15. Pressing a reverse also mirrors "
        "the rest of the chart left to right from the next second on: what was in column c is then "
        f"in column {state.cols + 1} - c.{pause} A snake of length L scores L x (2L + 7) if it is "
        "pressed from its head, its lowest cell; a snake that the finger first meets above the "
        "head scores 0."
    )


class ColumnScore(Task[State, Knobs]):
    """The score of a finger on a column."""

    slug = "column_score"
    question_id = 4
    description = "Score of pressing one column"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Integer()
    delay: ClassVar[int] = 0

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # All options are scores of blocks that fit on the finger's way, and the chart is made
        # after the true one is drawn among them: nothing about them tells which it is.
        mirrored, delayed = rng.chance(0.85), rng.chance(0.8)
        share = generation.draw_share(knobs.fill, rng)
        loads = generation.draw_loads(knobs, _OPTIONS, self.delay, share, mirrored, rng)
        return {
            "loads": loads,
            "load": rng.choice(loads),
            "share": share,
            "column": rng.integers(1, knobs.cols + 1),
            "delayed": mirrored and delayed and self.delay > 0,
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(_CHARTS):
            yield generation.loaded_chart(
                plan.knobs, plan["load"], plan["column"], self.delay, plan["share"], rng
            )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        column = plan["column"]
        if plan["delayed"] and total(state, column, 0) == total(state, column, self.delay):
            return None
        return {"column": column, "delay": self.delay}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_rules(state, query['delay'])}\nWhat is the total score of a finger on column "
            f"{query['column']} (column 1 is the leftmost)?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        presses = list(play(state, query["column"], query["delay"]))
        return Solution(sum(press.points for press in presses), presses)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [
            "All cells are (row, column) of the chart as shown. After a reverse in column c the "
            f"finger meets what is shown in column {state.cols + 1} - c. Rows that are not named "
            "are empty where the finger reads.",
            f"The finger reads column {query['column']} from row 1 upwards.",
        ]
        score = 0
        for number, press in enumerate(solution.facts, 1):
            score += press.points
            line = f"{number}. {told(press)}; total {score}."
            if press.block.kind == "reverse":
                line += self._turned(state, press.row, press.col, query["delay"])
            lines.append(line)
        points = " + ".join(str(press.points) for press in solution.facts)
        lines.append(f"The total is {points}{f' = {score}' if '+' in points else ''}.")
        return "\n".join(lines)

    @staticmethod
    def _turned(state: State, row: int, col: int, delay: int) -> str:
        """Tell where the finger reads after a reverse."""
        told = ""
        if delay and row < state.rows:
            told += f" Row {row + 1} goes by unpressed."
        if row + delay < state.rows:
            told += f" From row {row + 1 + delay} on column {state.cols + 1 - col} is read."
        return told

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([load.points for load in plan["loads"]], solution.value)


class ColumnScoreWithDelay(ColumnScore):
    """The score of a finger on a column when every mirroring costs a second."""

    slug = "column_score_with_delay"
    question_id = 5
    description = "Score of pressing one column when a reverse costs a second"
    delay = 1


class BestColumn(Task[State, Knobs]):
    """The column of the highest score."""

    slug = "best_column"
    question_id = 6
    description = "Column of the highest score"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Integer()
    delay: ClassVar[int] = 0

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # With a delay, half of the charts have another best column than without one.
        return {
            "share": generation.draw_share(knobs.fill, rng),
            "other": rng.chance(0.5) if self.delay else False,
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(_CHARTS):
            yield generation.chart(plan.knobs, plan["share"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        best = best_column(state, self.delay)
        if best is None:
            return None
        if self.delay:
            if totals(state, 0) == totals(state, self.delay):
                return None
            if (best_column(state, 0) != best) != plan["other"]:
                return None
        return {"delay": self.delay}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_rules(state, query['delay'])}\nOn which column must the finger be for the highest "
            "total score? Columns are counted from 1 at the left."
        )

    def solve(self, state: State, query: Query) -> Solution:
        scores = totals(state, query["delay"])
        return Solution(scores.index(max(scores)) + 1, scores)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        pause = ", and the row after a reverse is not read" if query["delay"] else ""
        lines = [
            "For every column the blocks that the finger meets, as (row, column) of the chart as "
            f"shown; after a reverse the mirrored column is read{pause}."
        ]
        for column, score in enumerate(solution.facts, 1):
            met = []
            for press in play(state, column, query["delay"]):
                block = press.block
                name = f"snake of {block.length}" if block.kind == "snake" else block.kind
                missed = " without its head" if press.row > block.row else ""
                met.append(f"{name}{missed} ({press.row}, {press.col}) {press.points}")
            lines.append(f"- Column {column}: {', '.join(met) or 'nothing'}. Total {score}.")
        best = solution.value
        lines.append(f"The highest total is {solution.facts[best - 1]}, of column {best}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(range(1, state.cols + 1), solution.value)


class BestColumnWithDelay(BestColumn):
    """The column of the highest score when every mirroring costs a second."""

    slug = "best_column_with_delay"
    question_id = 7
    description = "Column of the highest score when a reverse costs a second"
    delay = 1
