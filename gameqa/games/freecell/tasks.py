"""The three questions about a FreeCell table; the two about moves have modules of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import PlayingCard
from gameqa.cards import Card
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.freecell import generation
from gameqa.games.freecell.generation import Knobs
from gameqa.games.freecell.rules import State
from gameqa.games.freecell.tasks_after_moves import CardAfterMove
from gameqa.games.freecell.tasks_valid_move import ValidMove
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_FIRST = 0.12
"""Share of questions about card number 1, which needs no counting."""


class SpecifiedCard(Task[State, Knobs]):
    """Which card is number n of a cascade."""

    slug = "specified_card"
    question_id = 1
    description = "Which card is number n of a cascade"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = PlayingCard(pair=True)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"from_base": rng.chance(0.5), "first": rng.chance(_FIRST)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        yield generation.plain_state(plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        least = 1 if plan["first"] else 2
        open_ = [k for k, cascade in enumerate(state.cascades) if len(cascade) >= least]
        if not open_:
            return None
        k = rng.choice(open_)
        number = 1 if plan["first"] else rng.integers(2, len(state.cascades[k]) + 1)
        return {"cascade": k, "number": number, "from_base": plan["from_base"]}

    def ask(self, state: State, query: Query) -> str:
        if query["from_base"]:
            start = "the base (the card at the upper end of the column)"
        else:
            start = "the available card (the fully visible one at the lower end of the column)"
        return (
            "This is a FreeCell table. Cascades are numbered from left to right, starting at 0.\n"
            f"Which card of cascade {query['cascade']} is number {query['number']}, counting from "
            f"{start} as number 1?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        counted = state.cascades[query["cascade"]]
        if not query["from_base"]:
            counted = counted[::-1]
        return Solution(counted[query["number"] - 1], counted[: query["number"]])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        way = "From the base down" if query["from_base"] else "From the available card up"
        listed = ", ".join(f"{i} {card.pair}" for i, card in enumerate(solution.facts, 1))
        return f"{way}, cascade {query['cascade']} reads: {listed}."

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        # Chosen by place alone: an option that others resemble could be found without looking.
        k, n = query["cascade"], query["number"]
        cascade = state.cascades[k]
        at = cascade.index(solution.value)
        places = [(k, at - 1), (k, at + 1), (k, len(cascade) - 1 - at)]
        for other in (k - 1, k + 1):
            if 0 <= other < len(state.cascades):
                places.append(
                    (other, n - 1 if query["from_base"] else len(state.cascades[other]) - n)
                )
        near = [state.cascades[j][i] for j, i in places if 0 <= i < len(state.cascades[j])]
        rest = rng.shuffled([card for column in state.cascades for card in column])
        return _first_others(solution.value, [*near, *rest], 7)


def _first_others(truth: Card, cards: Sequence[Card], count: int) -> list[Card] | None:
    found = [card for card in dict.fromkeys(cards) if card != truth][:count]
    return found if len(found) == count else None


TASKS: tuple[Task[State, Knobs], ...] = (SpecifiedCard(), ValidMove(), CardAfterMove())
