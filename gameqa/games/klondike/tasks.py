"""The three questions about a Klondike table; those about listed moves have their own module."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from gameqa.answers import Phrase
from gameqa.cards import Card, alternating_onto
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.klondike import generation
from gameqa.games.klondike.generation import Knobs
from gameqa.games.klondike.rules import PILES, Move, State
from gameqa.games.klondike.tasks_listed import (
    MOVES_TOLD,
    TABLE_TOLD,
    EffectiveMove,
    ValidMove,
    told_needed,
    told_source,
    told_tops,
)
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural


class DeadlockFacts(Task[State, Knobs]):
    """Which facts about a way on hold, and whether the game is deadlocked."""

    slug = "deadlock_facts"
    question_id = 2
    description = "Which facts about ways to go on hold, and whether the game is deadlocked"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Phrase(
        r"A (true|false), B (true|false), C (true|false): (not )?deadlocked",
        "Answer like this, each fact true or false: A true, B false, C true: not deadlocked.",
        {
            r"(?:fact )?a{0}[,;.]? ?(?:and )?b{0}[,;.]? ?(?:and )?c{0}[,;:.]? ?(?:so |and )?"
            r"(?:(?:the game|it) is )?(not )?deadlocked".replace(
                "{0}", r"(?: is | ?[:=-] ?| )(true|false)\b"
            ): r"A \1, B \2, C \3: \4deadlocked"
        },
    )

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        facts = tuple(rng.chance(0.5) for _ in range(3))
        wish = generation.some_wish(knobs, rng)
        if not facts[0]:
            wish = replace(wish, dry=True, waste=False)
        plant = ""
        if facts[2] and rng.chance(0.5):
            plant = rng.choice(("whole", "long"))
        elif facts[1] and rng.chance(0.5):
            plant = "home"
        return {
            "facts": facts,
            "wish": replace(wish, none_home=not facts[1], none_whole=not facts[2], plant=plant),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.build(plan.knobs, plan["wish"], rng)
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {} if state.facts() == plan["facts"] else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{TABLE_TOLD} {MOVES_TOLD}\nThree facts:\n"
            "A: stock and waste together hold at least one card, whether it would fit or not.\n"
            "B: the top card of some pile or the visible card of the waste can go to a "
            "foundation.\n"
            "C: some move from pile to pile leaves a face-down card at the end of its pile (it is "
            "then turned up), or empties its pile by moving all of it onto a pile that is not "
            "empty.\n"
            "The game is deadlocked if A, B and C are all false. Which statement holds?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(_statement(state.facts()))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        facts = state.facts()
        held = f"The stock holds {plural(state.stock, 'card')}, the waste {len(state.waste)}"
        home = [move for move in state.effects() if move.home]
        lines = [f"A: {held}. A is {_truth(facts[0])}.", *told_tops(state), *told_needed(state)]
        if home:
            card = state.top(home[0].source)
            lines.append(
                f"B: {card.code if card else ''} from {told_source(home[0])} can go to Foundation "
                f"{home[0].target}. B is true."
            )
        else:
            lines.append("B: none of the next cards is an available card. B is false.")
        lines.append("C: for a move to count, a pile's whole face-up part has to move:")
        for number, (face_down, part) in enumerate(state.tableau, 1):
            if part:
                lines.append(_whole_part(state, number, face_down, part))
        lines.append(f"C is {_truth(facts[2])}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([_statement(f) for f in product((True, False), repeat=3)], solution.value)


def _truth(fact: bool) -> str:
    return "true" if fact else "false"


def _statement(facts: Sequence[bool]) -> str:
    told = ", ".join(f"{name} {_truth(f)}" for name, f in zip("ABC", facts, strict=True))
    return f"{told}: {'not ' if any(facts) else ''}deadlocked"


def _whole_part(state: State, number: int, face_down: int, part: Sequence[Card]) -> str:
    """Say whether the whole face-up part of a pile can make an effective move."""
    head = part[0]
    beneath = f"{face_down} face-down" if face_down else "nothing"
    fits = []
    for target in range(1, PILES + 1):
        effect = state.effect(Move(number, False, target)) if target != number else None
        if effect and effect.size == len(part) and effect.effective:
            fits.append(f"Tab{target}")
    start = f"Tab{number}: {head.code} with {beneath} beneath"
    if fits:
        return f"{start} can go to {' or '.join(fits)}."
    if head.rank == 13:
        if not face_down:
            return f"{start} is a King that uncovers nothing."
        return f"{start} needs an empty pile; there is none."
    needed = " or ".join(card.code for card in alternating_onto(head))
    return f"{start} needs {needed} as a top card; there is none."


TASKS: tuple[Task[State, Knobs], ...] = (ValidMove(), DeadlockFacts(), EffectiveMove())
