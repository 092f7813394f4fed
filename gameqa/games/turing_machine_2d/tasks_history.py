"""The question about the symbols that a cell holds in turn."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any, NamedTuple

from gameqa.answers import History
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.turing_machine_2d import generation
from gameqa.games.turing_machine_2d.generation import Knobs
from gameqa.games.turing_machine_2d.rules import Cell, State, Step, distance, run
from gameqa.games.turing_machine_2d.telling import RULES, start, told
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

Writes = tuple[tuple[int, int], ...]
"""Step and symbol of every write, in order."""


class SymbolHistoryAtCell(Task[State, Knobs]):
    """The symbols that a cell holds during some steps."""

    slug = "symbol_history_at_cell"
    question_id = 2
    description = "Symbols that a cell holds during some steps"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = History()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.steps
        steps = rng.integers(max(4, low), high + 1)
        # Options with and without a second write are 6 to 2 in short runs and 4 to 4 in long ones
        # (see `_options`); three writes to one cell take at least five steps.
        weights = {4: (0.25, 0.75, 0.0), 5: (0.2, 0.6, 0.2)}.get(steps, (0.4, 0.4, 0.2))
        return {
            "board": rng.choice(knobs.boards),
            "steps": steps,
            "writes": rng.weighted((1, 2, 3), weights),
            # On which side of the changed things the truth is: symbols that are the same as
            # before, where that can be read and where it is asked too, and writes that are the
            # earlier of two.
            "same": [rng.chance(0.5) for _ in range(3)],
            "again": [rng.random() for _ in range(3)],
            "early": [rng.chance(0.5) for _ in range(2)],
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state in generation.machines(plan.knobs, plan["board"], rng):
            steps = run(state, plan["steps"])
            if self._targets(state, steps, plan) and generation.is_lively(state, steps):
                yield state

    @staticmethod
    def _targets(state: State, steps: Sequence[Step], plan: Plan[Knobs]) -> list[Cell]:
        """Return the cells with as many writes as planned, and changes to make options of."""
        writes: dict[Cell, list[_Write]] = {}
        for number, step in enumerate(steps, 1):
            write = _Write(number, step.rule.write, step.symbol)
            writes.setdefault(step.before.cell, []).append(write)
        return [
            cell
            for cell, there in writes.items()
            if min(3, len(there)) == plan["writes"]
            and _layouts(there, _legal(state, cell, len(steps)), state.n_symbols, plan)
        ]

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        targets = self._targets(state, run(state, plan["steps"]), plan)
        return {"steps": plan["steps"], "target": list(rng.choice(targets))} if targets else None

    def ask(self, state: State, query: Query) -> str:
        row, col = query["target"]
        return (
            f"{RULES}\nWhich symbols does the cell ({row}, {col}) hold, in order, during the first "
            f"{query['steps']} steps? Start with its symbol on the board shown, and then give "
            "every symbol that is written into it with the number of the step, also where the "
            "symbol written is the one it held already. The first step has the number 1; a step "
            "writes into the cell in which the head is before it moves."
        )

    def solve(self, state: State, query: Query) -> Solution:
        row, col = query["target"]
        steps = run(state, query["steps"])
        writes = tuple(
            (number, step.rule.write)
            for number, step in enumerate(steps, 1)
            if step.before.cell == (row, col)
        )
        return Solution((state.grid[row][col], writes), steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = query["target"]
        initial, writes = solution.value
        lines = [start(state), f"The cell ({row}, {col}) holds symbol {initial} as shown."]
        for line, step in zip(told(solution.facts), solution.facts, strict=True):
            here = step.before.cell == (row, col)
            lines.append(f"{line} ({row}, {col}) gets {step.rule.write}." if here else line)
        times = ", ".join(f"step {number} (symbol {symbol})" for number, symbol in writes)
        lines.append(f"({row}, {col}) is written {plural(len(writes), 'time')}: {times}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        row, col = query["target"]
        writes = [
            _Write(number, step.rule.write, step.symbol)
            for number, step in enumerate(solution.facts, 1)
            if step.before.cell == (row, col)
        ]
        legal = _legal(state, (row, col), query["steps"])
        layouts = _layouts(writes, legal, state.n_symbols, plan)
        options = _options(writes, rng.choice(layouts), state.n_symbols, rng)
        return others([(state.grid[row][col], each) for each in options], solution.value)


def _legal(state: State, cell: Cell, steps: int) -> list[int]:
    """Return the steps at which a cell can be written, whatever the rules are."""
    return list(range(1 + distance(state.head.cell, cell), steps + 1, 2))


class _Write(NamedTuple):
    """A write into the target: when, which symbol, and which symbol was there before."""

    step: int
    symbol: int
    held: int


class _Change(NamedTuple):
    """One thing in which options differ.

    Attributes:
        kind: "symbol" (another one is written), "step" (at another time), "second" (there is a
            second write, or not) or "symbols" (the same with three symbols to choose from).
        step: number of the step whose write it is about.
        to: for "step" the other time.
    """

    kind: str
    step: int
    to: int = 0


def _layouts(
    writes: Sequence[_Write], legal: Sequence[int], symbols: int, plan: Plan[Knobs]
) -> list[list[_Change]]:
    """Return the possible choices of changes whose combinations become the options.

    One or two writes: another symbol or another time of one, and a second write or none. In short
    runs there are just two steps for them: then the second write has three symbols instead.
    Three writes or more: any three changes of symbols and times.
    """
    known = {write.step for write in writes}
    # A write in step 1 is certain for the cell in which the head starts, and for no other.
    free = [step for step in legal if step not in known]
    same, early = plan["same"], plan["early"]
    if len(writes) < 3:
        if legal[0] == 1 or (len(legal) != 2 and plan["steps"] <= 5):
            return []
        pairs = [
            (one, second)
            for one in writes
            for second in (free if len(writes) == 1 else sorted(known - {one.step}))
            if (one.step < second) == early[1] and _is_even(writes, one, second, symbols, plan)
        ]
        if len(legal) == 2 and plan["steps"] <= 5:
            return [
                [_Change("symbol", one.step), _Change("symbols", second)] for one, second in pairs
            ]
        shift = 2 if early[0] else -2
        return [
            [
                _Change("symbol", one.step),
                _Change("step", one.step, one.step + shift),
                _Change("second", second),
            ]
            for one, second in pairs
            if one.step + shift in free and one.step + shift != second
        ]
    told = [_Change("symbol", write.step) for write in writes[:3]]
    times = [
        _Change("step", write.step, to)
        for number, write in enumerate(writes)
        for to in (write.step + (2 if early[number % 2] else -2),)
        if to in free and write.step > 1
    ]
    return [
        list(triple)
        for triple in combinations(told + times, 3)
        if triple[0].kind == "symbol"
        and all(
            (write.symbol == write.held)
            == (plan["again"][k] < 1 / symbols if _is_open(writes, triple, write) else same[k])
            for k, write in enumerate(writes[:3])
            if told[k] in triple
        )
        and len({change.to for change in triple if change.to})
        == sum(change.kind == "step" for change in triple)
    ]


def _is_even(
    writes: Sequence[_Write], one: _Write, second: int, symbols: int, plan: Plan[Knobs]
) -> bool:
    """Return whether two writes, or one, relate to each other as planned.

    Machines like to repeat themselves: what one write is would tell what the other may be.
    """
    other = next((write for write in writes if write.step == second), None)
    if other is None:
        return one.step > second or (one.symbol == one.held) == plan["same"][0]
    first, last = sorted((one, other))
    again = (last.symbol == last.held) == (plan["again"][0] < 1 / symbols)
    if first is other:
        return bool(again and (first.symbol == first.held) == (plan["again"][1] < 1 / symbols))
    back = first.symbol == first.held or last.symbol == last.held or symbols != 3
    return bool(
        again
        and (first.symbol == first.held) == plan["same"][0]
        and (back or (last.symbol == first.held) == plan["same"][1])
    )


def _is_open(writes: Sequence[_Write], changes: Sequence[_Change], write: _Write) -> bool:
    """Return whether the symbol that a cell held before a write is itself asked about.

    Then it cannot be offered instead of the one written: it would be the other one's answer.
    """
    asked = {change.step for change in changes if change.kind != "step"}
    before = [step for step in (*(w.step for w in writes), *sorted(asked)) if step < write.step]
    return bool(before) and max(before) in asked


def _options(
    writes: Sequence[_Write], changes: Sequence[_Change], symbols: int, rng: Rng
) -> list[Writes]:
    """Return all combinations of the changes, the truth among them."""
    truth: dict[int, int | None] = {write.step: write.symbol for write in writes}
    choices: list[list[tuple[_Change, int | None]]] = []
    for change in changes:
        before = truth.get(change.step)
        if change.kind == "symbol":
            write = next(write for write in writes if write.step == change.step)
            # A symbol that changes nothing against one that does.
            other = write.held
            if other == write.symbol or _is_open(writes, changes, write):
                other = rng.choice(others(range(symbols), write.symbol))
            values: list[int | None] = [write.symbol, other]
        elif change.kind == "step":
            values = [change.step, change.to]
        else:
            # The symbol of a write that does not take place is as random as those that do.
            first = rng.below(symbols) if before is None else before
            rest = rng.shuffled(others(range(symbols), first))
            values = [None, first, *(rest[:2] if change.kind == "symbols" else [])]
        choices.append([(change, value) for value in values])
    options = []
    for chosen in product(*choices):
        option, moved = dict(truth), {}
        for change, value in chosen:
            if change.kind != "step":
                option[change.step] = value
            elif value is not None:
                moved[change.step] = value
        made = {
            moved.get(step, step): symbol for step, symbol in option.items() if symbol is not None
        }
        options.append(tuple(sorted(made.items())))
    return options
