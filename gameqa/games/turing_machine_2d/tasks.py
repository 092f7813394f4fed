"""The four questions about a two-dimensional Turing machine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from gameqa.answers import Coordinate, Integer, NamedNumbers
from gameqa.errors import GenerationError
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.turing_machine_2d import generation
from gameqa.games.turing_machine_2d.generation import Knobs
from gameqa.games.turing_machine_2d.rules import (
    Cell,
    State,
    Step,
    distance,
    run,
    symbol_after,
)
from gameqa.games.turing_machine_2d.tasks_history import SymbolHistoryAtCell
from gameqa.games.turing_machine_2d.telling import RULES, start, told
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

_FEWEST = 4
"""Cells, at least, in which a head may be that is asked for."""

_STARTS = 200
"""Cells tried to start in; on the levels' boards most of them will do."""


class _AfterSteps(Task[State, Knobs]):
    """A task about the machine after some steps."""

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.steps
        return {"board": rng.choice(knobs.boards), "steps": rng.integers(low, high + 1)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state in self.machines(plan, rng):
            steps = run(state, plan["steps"])
            if generation.is_lively(state, steps) and self.suits(state, steps, plan):
                yield state

    def machines(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        """Yield machines to choose from."""
        return generation.machines(plan.knobs, plan["board"], rng)

    def suits(self, state: State, steps: Sequence[Step], plan: Plan[Knobs]) -> bool:
        """Whether a run is what the plan asks for."""
        return True

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"steps": plan["steps"]}


class HeadPositionAfterSteps(_AfterSteps):
    """Where the head is after some steps."""

    slug = "head_position_after_steps"
    question_id = 0
    description = "Cell of the head after some steps"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Coordinate()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        plan = super().plan(knobs, form, rng)
        rows, cols = plan["board"]
        for _ in range(_STARTS):
            start = rng.below(rows), rng.below(cols)
            ends = _ends(plan["board"], start, plan["steps"])
            if len(ends) >= _FEWEST:
                # Runs crowd in some cells: the end is drawn before the machine that leads there.
                return {**plan, "start": start, "end": rng.choice(ends)}
        raise GenerationError(
            f"After {plan['steps']} steps on {rows} x {cols} cells a head is in fewer than "
            f"{_FEWEST} of them wherever it starts."
        )

    def machines(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        way = generation.Way(plan["start"], plan["end"], plan["steps"])
        return generation.machines(plan.knobs, plan["board"], rng, way=way)

    def ask(self, state: State, query: Query) -> str:
        return f"{RULES}\nIn which cell is the head after {query['steps']} steps?"

    def solve(self, state: State, query: Query) -> Solution:
        steps = run(state, query["steps"])
        return Solution(steps[-1].after.cell, steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [start(state), *told(solution.facts)]
        lines.append(f"After {query['steps']} steps the head is in cell {solution.value}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        board = state.rows, state.cols
        cells = _ends(board, state.head.cell, query["steps"])
        # Mistaken runs end near the truth, and would tell where it is: any cell is as good.
        return rng.sample(others(cells, solution.value), min(7, len(cells) - 1))


def _ends(board: tuple[int, int], start: Cell, steps: int) -> list[Cell]:
    """Return the cells where a head can be after so many steps, whatever the rules.

    Every step changes the parity of row + column, and a run that meets a symbol that it has
    written makes a detour of two steps at least.
    """
    farthest = steps - 2 if generation.must_reread(steps) else steps
    return [
        (r, c)
        for r in range(board[0])
        for c in range(board[1])
        if distance(start, (r, c)) <= farthest and (distance(start, (r, c)) - steps) % 2 == 0
    ]


class HeadStateAndSymbolAfterSteps(_AfterSteps):
    """The head's state and the symbol under it after some steps."""

    slug = "head_state_and_symbol_after_steps"
    question_id = 1
    description = "State of the head and symbol under it after some steps"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = NamedNumbers(("state", "symbol"))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            **super().plan(knobs, form, rng),
            "visited": rng.chance(0.5),
            "many_states": rng.chance(0.5),
        }

    def suits(self, state: State, steps: Sequence[Step], plan: Plan[Knobs]) -> bool:
        end = steps[-1].after.cell
        return not plan["visited"] or any(step.before.cell == end for step in steps)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES}\nAfter {query['steps']} steps, in which state is the head, and which symbol "
            "does the cell under it hold at that moment (before any further step)?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = run(state, query["steps"])
        end = steps[-1].after
        symbol, _ = symbol_after(state, steps, end.cell)
        return Solution((end.state, symbol), steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        steps: list[Step] = solution.facts
        end = steps[-1].after
        symbol, written_at = symbol_after(state, steps, end.cell)
        origin = f"was last written in step {written_at}" if written_at else "is still as shown"
        return "\n".join(
            [
                start(state),
                *told(steps),
                f"After {query['steps']} steps the head is in cell {end.cell} in state "
                f"{end.state}. The symbol of that cell {origin}: {symbol}.",
            ]
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        now, symbol = solution.value
        steps = run(state, query["steps"] + 1)
        end = steps[-2].after
        if state.n_states * state.n_symbols <= 8:
            size = state.n_states, state.n_symbols
        elif state.n_states >= 4 and plan["many_states"]:
            size = 4, 2
        else:
            size = 2, 4
        likely_states = [steps[-3].after.state, steps[-1].after.state]
        likely_symbols = [state.grid[end.row][end.col], steps[-2].rule.write]
        states = _first(size[0], [now, *likely_states, *rng.permutation(state.n_states)])
        symbols = _first(size[1], [symbol, *likely_symbols, *rng.permutation(state.n_symbols)])
        return others(list(product(states, symbols)), solution.value)


def _first(count: int, values: Sequence[int]) -> list[int]:
    """Return the first different values."""
    return list(dict.fromkeys(values))[:count]


class FirstStepEnteringState(Task[State, Knobs]):
    """After how many steps the head is in a state for the first time."""

    slug = "first_step_entering_state"
    question_id = 3
    description = "Number of steps until the head first is in a state"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high, size = knobs.entry
        shown = window(size, low, high, rng)
        return {"board": rng.choice(knobs.boards), "window": shown, "entry": rng.choice(shown)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state in generation.machines(plan.knobs, plan["board"], rng, entry=plan["entry"]):
            if generation.is_lively(state, run(state, state.horizon)):
                yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"state": run(state, plan["entry"])[-1].after.state}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES}\nAfter how many steps is the head in state {query['state']} for the first "
            "time? The first step counts as 1."
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = run(state, state.horizon)
        number = next(
            number for number, step in enumerate(steps, 1) if step.after.state == query["state"]
        )
        return Solution(number, steps[:number])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        return "\n".join(
            [
                f"{start(state)} Looking for state {query['state']}:",
                *told(solution.facts),
                f"So state {query['state']} is first taken after {plural(solution.value, 'step')}.",
            ]
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)


TASKS: tuple[Task[State, Knobs], ...] = (
    HeadPositionAfterSteps(),
    HeadStateAndSymbolAfterSteps(),
    SymbolHistoryAtCell(),
    FirstStepEnteringState(),
)
