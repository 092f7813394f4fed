"""The questions about a Spider table as it is, and about dealing rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Integer, OrWord, PlayingCard
from gameqa.cards import Card
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.spider_solitaire import generation
from gameqa.games.spider_solitaire.generation import Knobs, Order
from gameqa.games.spider_solitaire.rules import DEALS, SUITS_IN_USE, State, opening_face_down
from gameqa.games.spider_solitaire.tasks_best import BestMove
from gameqa.games.spider_solitaire.tasks_moves import MoveOutcome, RevealFaceDown
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_TABLE = "This is a Spider Solitaire table. Piles are numbered from left to right, starting at 0."
_EMPTY = "Empty"


class DealsLeft(Task[State, Knobs]):
    """How often the stock can still be dealt."""

    slug = "deals_left"
    question_id = 0
    description = "How many deals the stock still holds"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "deals": rng.below(DEALS + 1),
            "suits": generation.some_suits(knobs, rng),
            "played": rng.chance(0.5),
            "empty": generation.some_empty(knobs, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return _played_or_assembled(plan, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "This is a Spider Solitaire table. Each face-down card shown in the stock stands for "
            "one deal, that is, for a whole row of one card a pile.\n"
            "How many deals are left in the stock? Whether dealing is allowed at this moment does "
            "not matter."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.deals_left)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        if not state.deals_left:
            return "The stock is an empty place: no card lies there.\nSo no deal is left."
        counted = ", ".join(str(i + 1) for i in range(state.deals_left))
        return (
            f"The overlapping face-down cards of the stock, counted: {counted}.\n"
            f"Each stands for one deal: {state.deals_left}."
        )


class TopCard(Task[State, Knobs]):
    """Which card is on top of a pile."""

    slug = "top_card"
    question_id = 1
    description = "Which card is on top of a pile"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = OrWord(PlayingCard(pair=False), _EMPTY)
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # With one suit the suit is known beforehand.
        suits = rng.weighted(knobs.suits, [1 if n == 1 else 2 for n in knobs.suits])
        pile = rng.below(knobs.piles)
        asks_empty = rng.chance(0.1)
        empty = [i for i in generation.some_empty(knobs, rng) if i != pile]
        return {
            "pile": pile,
            "card": Card(1 + rng.below(13), rng.choice(SUITS_IN_USE[suits])),
            "asks_empty": asks_empty,
            "empty": [*empty, pile] if asks_empty else empty,
            "deals": rng.below(DEALS + 1),
            "suits": suits,
            "played": rng.chance(0.3) and not asks_empty,
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        if plan["asks_empty"] or plan["played"]:
            yield from _played_or_assembled(plan, rng)
        order = Order(plan["suits"], plan["deals"], empty=plan["empty"])
        layout = generation.lay_out(plan.knobs, order, rng)
        if layout and not plan["asks_empty"] and layout.put(plan["pile"], -1, plan["card"]):
            yield layout.finish(plan.knobs.runs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        wanted = None if plan["asks_empty"] else plan["card"]
        return {"pile": plan["pile"]} if state.piles[plan["pile"]].top == wanted else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_TABLE} The top card of a pile is the fully visible one at its lower end.\n"
            f"Which card is the top card of pile {query['pile']}? If the pile has no cards, say "
            f"{_EMPTY}."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.piles[query["pile"]].top or _EMPTY)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        k = query["pile"]
        if solution.value == _EMPTY:
            return f"Pile {k} is number {k} from the left, counting from 0.\nNo card lies there."
        card: Card = solution.value
        suit, rank = card.words.split()
        return (
            f"Pile {k} is number {k} from the left, counting from 0.\n"
            f"Its lowest, fully visible card shows the rank {rank} and the suit {suit}."
        )


class CountFaceDown(Task[State, Knobs]):
    """How many cards lie face down in all piles together."""

    slug = "count_face_down"
    question_id = 2
    description = "How many cards lie face down in all piles together"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        most = sum(opening_face_down(knobs.piles, i) for i in range(knobs.piles))
        return {"total": rng.integers(3, most - 2), "suits": generation.some_suits(knobs, rng)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        order = Order(
            plan["suits"],
            face_down=plan["total"],
            empty=generation.some_empty(plan.knobs, rng),
        )
        state = generation.assemble(plan.knobs, order, rng)
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {} if len({pile.face_down for pile in state.piles}) > 2 else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_TABLE}\nHow many cards lie face down in all piles together? The stock does not "
            "count."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(sum(pile.face_down for pile in state.piles))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        counts = [pile.face_down for pile in state.piles]
        listed = ", ".join(f"pile {i} {count}" for i, count in enumerate(counts))
        return f"Face-down cards: {listed}.\n{' + '.join(map(str, counts))} = {solution.value}."


class FaceUpAfterDeals(Task[State, Knobs]):
    """How many cards of a pile are face up after some clicks on the stock."""

    slug = "face_up_after_deals"
    question_id = 3
    description = "How many cards of a pile are face up after clicks on the stock"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        case = rng.weighted(("normal", "few", "blocked"), (60, 25, 15))
        if case == "normal":
            deals = 1 + rng.below(DEALS)
            clicks = 1 + rng.below(deals)
        elif case == "few":
            deals = rng.below(DEALS + 1)
            clicks = rng.integers(deals + 1, DEALS + 2)
        else:
            deals, clicks = rng.below(DEALS + 1), 1 + rng.below(DEALS + 1)
        empty = rng.sample(range(knobs.piles), 1 + rng.chance(0.3)) if case == "blocked" else []
        asks_empty = bool(empty) and rng.chance(0.25)
        return {
            "deals": deals,
            "clicks": clicks,
            "empty": empty,
            "pile": rng.choice(empty) if asks_empty else rng.below(knobs.piles),
            "suits": generation.some_suits(knobs, rng),
            "played": not empty and rng.chance(0.5),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return _played_or_assembled(plan, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        if any(not pile.size for pile in state.piles) != bool(plan["empty"]):
            return None
        return {"pile": plan["pile"], "clicks": plan["clicks"]}

    def ask(self, state: State, query: Query) -> str:
        n = query["clicks"]
        times = "once" if n == 1 else f"{n} times, one after the other"
        return (
            f"{_TABLE} Each face-down card shown in the stock stands for one deal. A click on the "
            "stock uses one deal up and lays one card face up on each pile. If the stock is empty, "
            "or if any pile has no cards, a click changes nothing.\n"
            f"The stock is clicked {times}. How many cards of pile {query['pile']} are face up "
            "then?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        now = len(state.piles[query["pile"]].face_up)
        return Solution(now + (min(query["clicks"], state.deals_left) if _full(state) else 0))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        k, clicks, deals = query["pile"], query["clicks"], state.deals_left
        now = len(state.piles[k].face_up)
        lines = [f"Pile {k} has {now} face-up card{'' if now == 1 else 's'} now."]
        if not _full(state):
            empty = next(i for i, pile in enumerate(state.piles) if not pile.size)
            lines.append(f"Pile {empty} has no cards, so no click changes anything.")
            lines.append(f"It stays at {now}.")
        else:
            used = min(clicks, deals)
            lines.append(
                f"No pile is without cards. Clicks: {clicks}; deals in the stock: {deals}. Clicks "
                f"that deal a row: {used}."
            )
            lines.append(f"{now} + {used} = {solution.value}.")
        return "\n".join(lines)


def _full(state: State) -> bool:
    return all(pile.size for pile in state.piles)


def _played_or_assembled(plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
    """Yield a played table where the plan wants one, then an assembled one."""
    if plan["played"]:
        state = generation.play(plan.knobs, plan["suits"], plan["deals"], rng)
        if state is not None:
            yield state
    order = Order(plan["suits"], plan["deals"], empty=plan["empty"])
    state = generation.assemble(plan.knobs, order, rng)
    if state is not None:
        yield state


TASKS: tuple[Task[State, Knobs], ...] = (
    DealsLeft(),
    TopCard(),
    CountFaceDown(),
    FaceUpAfterDeals(),
    MoveOutcome(),
    RevealFaceDown(),
    BestMove(),
)
