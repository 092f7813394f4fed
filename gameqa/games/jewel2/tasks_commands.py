"""The questions about commands: what one does, what two do, and which is best."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa import answers
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.jewel2 import generation
from gameqa.games.jewel2.generation import Knobs
from gameqa.games.jewel2.rules import (
    BASIC,
    SPECIAL,
    Command,
    Effect,
    Reason,
    State,
    Way,
    after,
    effect,
    effects,
    twin,
)
from gameqa.games.jewel2.words import (
    CELLS,
    CLEAR,
    COUNTER,
    KINDS,
    SWAP,
    board,
    cell_list,
    gems,
    tell,
)
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_INTRO = f"This is a Jewel2 board of gems; the legend names each kind by a symbol. {CELLS} {KINDS}"
_FALL = (
    "After an elimination the gems above fall straight down within their columns, and new gems "
    "fill the empty cells at the top. Nothing else is eliminated by itself. The new gems are "
    "random, and which they are is unknown."
)
_BEST_SORTS = {"swap": 0.5, "basic": 0.2, "special": 0.3}
_SPECIALS = {"swap": (0, 3), "basic": (0, 2), "special": (1, 4)}
"""Bounds of the number of special gems where a command of that sort is to be the best."""


def _becomes(state: State, count: int) -> str:
    return f"{count} gems are eliminated, Total Cleared becomes {state.total + count}"


def _new_total(state: State, count: int) -> str:
    if count == 0:
        return f"Total Cleared stays {state.total}."
    return f"Total Cleared becomes {state.total} + {count} = {state.total + count}."


class ClearOutcome(Task[State, Knobs]):
    """What one clear command does."""

    slug = "clear_outcome"
    question_id = 3
    description = "Result of one clear command"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = answers.Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        shown = [0, *window(7, 2, 3, rng)]
        count = rng.choice(shown)
        basic, special = generation.ways_to_clear(count, knobs.size)
        if count == 0:
            way = Reason.NO_LINE
        elif basic and count <= 7 and rng.chance(2 / 3):
            way = rng.choice(basic)
        else:
            way = rng.choice(special)
        return {"window": shown, "count": count, "way": way}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        cells = generation.fill(plan.knobs, rng)
        if plan["count"]:
            generation.plant_way(cells, plan.knobs.size, plan["way"], plan["count"], rng)
        return generation.states(cells, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        found = [
            command
            for command, done in effects(state.cells, state.size).items()
            if not command.side and (done.way, done.count) == (plan["way"], plan["count"])
        ]
        return {"command": str(rng.choice(found))} if found else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_INTRO}\n{CLEAR}\n{COUNTER}\n"
            f'How many gems does the command "{query["command"]}" eliminate on the board shown '
            "(0 if it is rejected)?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(effect(state.cells, state.size, Command.read(query["command"])).count)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = tell(state.cells, state.size, Command.read(query["command"]))
        return "\n".join([*lines, _new_total(state, solution.value)])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)

    def option_text(self, state: State, query: Query, value: Any) -> str:
        if value == 0:
            return f"nothing happens, Total Cleared stays {state.total}"
        return _becomes(state, value)


class SwapOutcome(Task[State, Knobs]):
    """What one swap command does."""

    slug = "swap_outcome"
    question_id = 4
    description = "Result of one swap command"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = answers.Integer()

    _NO_LINE = 0
    _SPECIAL = -1
    """What stands for the two rejections where the options tell them apart."""

    # Flatter than a natural mix: the most frequent option must not be a good guess.
    _SHARES = {_SPECIAL: 13, _NO_LINE: 14, 3: 14, 4: 14, 5: 13, 6: 12, 7: 10, 8: 10}

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"outcome": rng.weighted(list(self._SHARES), list(self._SHARES.values()))}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        cells = generation.fill(plan.knobs, rng)
        if plan["outcome"] == self._SPECIAL:
            generation.plant_special(cells, rng.choice(SPECIAL), rng)
        elif plan["outcome"] >= 3:
            generation.plant_swap(cells, plan.knobs.size, plan["outcome"], rng)
        return generation.states(cells, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        found = [
            command
            for command, done in effects(state.cells, state.size).items()
            if command.side and self._outcome(done) == plan["outcome"]
        ]
        if not found:
            return None
        return {"command": str(rng.choice(found)), "tells_reason": plan.is_choice}

    def _outcome(self, done: Effect) -> int:
        return self._SPECIAL if done.way == Reason.SPECIAL else done.count

    def ask(self, state: State, query: Query) -> str:
        what = "What does" if query["tells_reason"] else "How many gems does"
        do = "do on the board shown?" if query["tells_reason"] else (
            "eliminate on the board shown (0 if it is rejected)?"
        )  # fmt: skip
        return f'{_INTRO}\n{SWAP}\n{COUNTER}\n{what} the command "{query["command"]}" {do}'

    def solve(self, state: State, query: Query) -> Solution:
        done = effect(state.cells, state.size, Command.read(query["command"]))
        return Solution(self._outcome(done) if query["tells_reason"] else done.count)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = tell(state.cells, state.size, Command.read(query["command"]))
        return "\n".join([*lines, _new_total(state, max(0, solution.value))])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(list(self._SHARES), solution.value)

    def option_text(self, state: State, query: Query, value: Any) -> str:
        if value == self._SPECIAL:
            return "rejected, a special gem is involved"
        if value == self._NO_LINE:
            # Both gems are basic: with a special gem no line arises either.
            return "rejected, both gems are basic but no line of three arises"
        return _becomes(state, value)


class SequenceCleared(Task[State, Knobs]):
    """How many gems two commands in a row eliminate for certain."""

    slug = "sequence_cleared"
    question_id = 5
    description = "Gems surely eliminated by two commands in a row"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = answers.Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        first, second = rng.weighted(
            [(True, True), (True, False), (False, True), (False, False)], [61, 15, 20, 4]
        )
        return {
            "first": first,
            "second": second,
            # The second command does something else on the board that the first one left.
            "falls": first and rng.chance(0.65),
            "plants": rng.below(3),
            "special": rng.chance(0.6),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        n = plan.knobs.size
        cells = generation.fill(plan.knobs, rng)
        for _ in range(plan["plants"]):
            count = rng.integers(3, 8)
            if rng.chance(0.5):
                generation.plant_swap(cells, n, count, rng)
            else:
                basic, _ = generation.ways_to_clear(count, n)
                generation.plant_way(cells, n, rng.choice(basic), count, rng)
        if plan["special"]:
            generation.plant_special(cells, rng.choice(SPECIAL), rng)
        return generation.states(cells, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        before = effects(state.cells, state.size)
        one = _pick({c: e for c, e in before.items() if bool(e.gone) == plan["first"]}, rng)
        if one is None:
            return None
        left = effects(after(state.cells, state.size, one), state.size)
        fitting = {
            c: e
            for c, e in left.items()
            if bool(e.gone) == plan["second"] and (e.gone or c not in (one, twin(one)))
        }
        if plan["falls"]:
            # What is missing before is a swap of equal gems, which does nothing.
            fitting = {
                c: e
                for c, e in fitting.items()
                if e.count != (before[c].count if c in before else 0)
            }
        elif not plan["second"]:
            fitting = {c: e for c, e in fitting.items() if e.way != Reason.UNKNOWN} or fitting
        two = _pick(fitting, rng)
        return None if two is None else {"commands": [str(one), str(two)]}

    def ask(self, state: State, query: Query) -> str:
        one, two = query["commands"]
        return (
            f"{_INTRO}\n{CLEAR}\n{SWAP}\n{_FALL}\n"
            f'The command "{one}" is given on the board shown, then, when all gems have fallen, '
            f'the command "{two}". A rejected command eliminates 0 gems. How many gems do the two '
            "commands eliminate together at the least, whatever the new gems are?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        one, two = map(Command.read, query["commands"])
        left = after(state.cells, state.size, one)
        counts = (
            effect(state.cells, state.size, one).count,
            effect(left, state.size, two).count,
        )
        return Solution(sum(counts), (left, *counts))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        one, two = map(Command.read, query["commands"])
        left, first, second = solution.facts
        fallen = (
            "The board after the gems have fallen; ? is a new gem, which may be of any kind and so "
            "belongs to no line for certain:"
        )
        return "\n".join(
            [
                f'First command, "{one}":',
                *tell(state.cells, state.size, one),
                fallen if first else "The board stays as it is:",
                board(left, state.size),
                f'Second command, "{two}":',
                *tell(left, state.size, two),
                f"{first} + {second} = {solution.value}.",
            ]
        )


def _pick(found: Mapping[Command, Effect], rng: Rng) -> Command | None:
    """Draw a number of gems that some commands eliminate, then one of those commands."""
    if not found:
        return None
    count = rng.choice(sorted({done.count for done in found.values()}))
    return rng.choice([command for command, done in found.items() if done.count == count])


class BestCommand(Task[State, Knobs]):
    """A command that eliminates the most gems."""

    slug = "best_command"
    question_id = 6
    description = "A command that eliminates the most gems"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = answers.Command("clear <x> <y>", "swap <x> <y> up|down|left|right")
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        sort = rng.weighted(list(_BEST_SORTS), list(_BEST_SORTS.values()))
        return {
            "sort": sort,
            # Less than about a board's side is seldom the most.
            "count": rng.integers(knobs.size, max(knobs.size, min(8, 2 * knobs.size - 1)) + 1),
            "specials": rng.integers(*_SPECIALS[sort]),
            "clear_winner": rng.chance(knobs.clear_winner),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        n = plan.knobs.size
        cells = generation.fill(plan.knobs, rng)
        kinds = rng.sample(SPECIAL, plan["specials"])
        generation.set_specials(cells, kinds, rng)
        if plan["sort"] != "special":
            for kind in kinds:
                # Where a special gem is not to be the best, there are few gems of its colour.
                if kind.isalpha():
                    keep = [at for at, symbol in enumerate(cells) if symbol in SPECIAL]
                    generation.set_count(cells, kind.upper(), rng.integers(1, 4), rng, keep)
            if plan["sort"] == "swap":
                generation.plant_swap(cells, n, plan["count"], rng)
            else:
                basic, _ = generation.ways_to_clear(plan["count"], n)
                generation.plant_way(cells, n, rng.choice(basic), plan["count"], rng)
        return generation.states(cells, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        most, winners = _best(state)
        if most == 0 or any(_sort(state, command) != plan["sort"] for command in winners):
            return None
        if any(state.cells.count(kind) > 1 for kind in SPECIAL):
            return None
        known = effects(state.cells, state.size)
        if plan["clear_winner"] and len({known[command].gone for command in winners}) > 1:
            return None
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_INTRO}\n{CLEAR}\n{SWAP}\n"
            "Which single command eliminates the most gems on the board shown? Gems that would "
            "fall or come in afterwards do not matter. If several commands eliminate equally many, "
            "each of them is right."
        )

    def solve(self, state: State, query: Query) -> Solution:
        most, winners = _best(state)
        return Solution(str(winners[0]), (most, winners))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        command = Command.read(value)
        if not (command.x < state.size and command.y < state.size):
            return False
        most = max(done.count for done in effects(state.cells, state.size).values())
        return effect(state.cells, state.size, command).count == most > 0

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        most, winners = solution.facts
        known = effects(state.cells, state.size)
        lines = [
            "Try all commands, grouped by the gems that they eliminate.",
            *self._group(state, "Clearing a basic gem that lies in a line", Way.LINE, Way.CROSS),
            *self._group(state, "Special gems", Way.COLOUR, Way.COLUMN, Way.AREA),
            *self._group(state, "Swaps that make a line", Way.SWAP),
            "Every other command is rejected.",
            f"The most is {gems(most)}, by {', '.join(map(str, winners))}.",
        ]
        if len(winners) > 1:
            same = len({known[command].gone for command in winners}) == 1
            why = "These all eliminate the same gems" if same else "These are equally good"
            lines.append(f"{why}; the first one is named.")
        return "\n".join(lines)

    @staticmethod
    def _group(state: State, title: str, *ways: str) -> list[str]:
        grouped: dict[frozenset[int], list[Command]] = {}
        for command, done in effects(state.cells, state.size).items():
            if done.gone and done.way in ways:
                grouped.setdefault(done.gone, []).append(command)
        if not grouped:
            return [f"{title}: none."]
        order = sorted(grouped.items(), key=lambda item: -len(item[0]))
        return [f"{title}:"] + [
            f"- {gems(len(gone))} by {', '.join(map(str, commands))}: "
            f"{cell_list(gone, state.size)}."
            for gone, commands in order
        ]


def _best(state: State) -> tuple[int, list[Command]]:
    """Return the most gems that a command eliminates, and all commands that do it, in order."""
    known = effects(state.cells, state.size)
    most = max(done.count for done in known.values())
    return most, [command for command, done in known.items() if done.count == most]


def _sort(state: State, command: Command) -> str:
    if command.side:
        return "swap"
    return "basic" if state.cells[command.x * state.size + command.y] in BASIC else "special"
