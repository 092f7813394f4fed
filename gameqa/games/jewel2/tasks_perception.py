"""The questions that are answered by reading the board: counting and finding gems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Coordinate, Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.jewel2 import generation
from gameqa.games.jewel2.generation import Knobs
from gameqa.games.jewel2.rules import BASIC, SPECIAL, State
from gameqa.games.jewel2.words import CELLS, cell, cell_list, gems, name
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_LARGEST_SHARE = 0.4
"""No basic kind covers more of a board on which gems are counted or found."""


def _twin(kind: str) -> str:
    """Return the kind of the same colour and the other shape; + and | have none."""
    return kind.swapcase() if kind.isalpha() else ""


def _is_mixed(state: State) -> bool:
    counts = [state.cells.count(kind) for kind in BASIC]
    return min(counts) > 0 and max(counts) <= _LARGEST_SHARE * state.size**2


def _where(state: State, kinds: str) -> list[int]:
    return [at for at, symbol in enumerate(state.cells) if symbol in kinds]


class CountGem(Task[State, Knobs]):
    """How many gems of one kind there are."""

    slug = "count_gem"
    question_id = 0
    description = "Number of gems of one kind"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        if rng.chance(0.15):
            return {"kind": rng.choice(SPECIAL), "count": rng.below(4), "twin": False}
        most = min(9, int(_LARGEST_SHARE * knobs.size**2))
        return {
            "kind": rng.choice(BASIC),
            "count": rng.integers(1, most + 1),
            # A round gem of the same colour must not be counted with the diamonds.
            "twin": rng.chance(0.7),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        cells = generation.fill(plan.knobs, rng)
        twin = generation.plant_special(cells, _twin(plan["kind"]), rng) if plan["twin"] else -1
        generation.set_count(cells, plan["kind"], plan["count"], rng, keep=(twin,))
        return generation.states(cells, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"kind": plan["kind"]} if _is_mixed(state) else None

    def ask(self, state: State, query: Query) -> str:
        kind = query["kind"]
        twin = _twin(kind)
        note = f" Gems of kind {name(twin)} are a different kind and do not count." if twin else ""
        return (
            "This is a Jewel2 board of gems; the legend names each kind by a symbol.\n"
            f"How many gems of kind {name(kind)} are there on the board itself, legend not "
            f"counted?{note}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        found = _where(state, query["kind"])
        return Solution(len(found), found)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        n = state.size
        lines = [f"Looking for {name(query['kind'])} row by row:"]
        for x in range(n):
            here = [at for at in solution.facts if at // n == x]
            lines.append(f"- Row {x}: {cell_list(here, n) or 'none'} ({len(here)}).")
        return "\n".join([*lines, f"In all {solution.value}."])


class FindGem(Task[State, Knobs]):
    """Which cell holds a gem of a kind."""

    slug = "find_gem"
    question_id = 1
    description = "A cell that holds a gem of a kind"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Coordinate(("x", "y"))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        kind = rng.choice(BASIC if rng.chance(0.7) else SPECIAL)
        return {"kind": kind, "twin": kind in BASIC and rng.chance(0.7)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        cells = generation.fill(plan.knobs, rng)
        kind = plan["kind"]
        if kind in SPECIAL:
            generation.plant_special(cells, kind, rng)
        elif plan["twin"]:
            generation.plant_special(cells, _twin(kind), rng)
        return generation.states(cells, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        kind = plan["kind"]
        if not _is_mixed(state):
            return None
        if not plan.is_choice:
            return {"kind": kind}
        return {"kind": kind, "listed": list(divmod(rng.choice(_where(state, kind)), state.size))}

    def ask(self, state: State, query: Query) -> str:
        kind = query["kind"]
        which = "Which of these cells holds" if "listed" in query else "Name a cell that holds"
        end = "?" if "listed" in query else "; any such cell is right."
        return (
            "This is a Jewel2 board of gems; the legend names each kind by a symbol. "
            f"{CELLS}\n{which} a gem of kind {name(kind)}{end}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        found = _where(state, query["kind"])
        first = query.get("listed") or divmod(found[0], state.size)
        return Solution(tuple(first), found)

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        x, y = value
        n = state.size
        return bool(0 <= x < n and 0 <= y < n and state.cells[x * n + y] == query["kind"])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        n = state.size
        lines = []
        for option in options:
            x, y = option.value
            lines.append(f"{option.letter}: {option.text} holds {name(state.cells[x * n + y])}.")
        found = cell_list(solution.facts, n)
        lines.append(f"On the whole board {name(query['kind'])} is at {found}.")
        if not options:
            lines.append(f"The first of these in reading order is {solution.value}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        kind, n = query["kind"], state.size
        decoys = _where(state, _twin(kind)) if _twin(kind) else []
        chosen = [rng.choice(decoys)] if decoys else []
        rest = [at for at in range(n * n) if state.cells[at] != kind and at not in chosen]
        return [divmod(at, n) for at in [*chosen, *rng.sample(rest, 7 - len(chosen))]]


class CountSpecial(Task[State, Knobs]):
    """How many special gems there are."""

    slug = "count_special"
    question_id = 2
    description = "Number of special gems"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        most = min(8, knobs.size**2 // 3)
        return {"count": 0 if rng.chance(0.1) else rng.integers(1, most + 1)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        cells = generation.fill(plan.knobs, rng)
        kinds = [rng.choice(SPECIAL) for _ in range(plan["count"])]
        generation.set_specials(cells, kinds, rng)
        return generation.states(cells, plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "This is a Jewel2 board of gems; the legend names each kind by a symbol. The diamonds "
            "A to E are basic gems; all other kinds are special: the round gems a to e, the black "
            "ball + and the cyan bar |.\n"
            "How many special gems are there on the board itself, legend not counted?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        found = _where(state, SPECIAL)
        return Solution(len(found), found)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines, counts = [], []
        for kind in SPECIAL:
            here = _where(state, kind)
            if here:
                lines.append(f"- {name(kind)}: {', '.join(cell(at, state.size) for at in here)}.")
                counts.append(str(len(here)))
        if not lines:
            return "Every cell holds a diamond, so there is no special gem."
        total = f"{' + '.join(counts)} = " if len(counts) > 1 else ""
        head = "The special gems, kind by kind:"
        return "\n".join([head, *lines, f"{total}{gems(solution.value)}."])
