"""What happens on a try to move a card, and which move uncovers a face-down card."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Command, Word
from gameqa.cards import Card
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.spider_solitaire import generation
from gameqa.games.spider_solitaire.generation import Knobs, Layout, Order
from gameqa.games.spider_solitaire.rules import (
    BLOCKED,
    HIDDEN,
    MISSING,
    TARGET,
    WORKS,
    Shift,
    State,
    opening_face_down,
)
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

NUMBERED = (
    "This is a Spider Solitaire table. Piles are numbered from left to right, starting at 0. The "
    "cards of a pile are numbered from 0, starting with the back card (the one at its upper end); "
    "the numbers stand beside the cards. The top card of a pile is its last one."
)
GROUPS = (
    "A card moves together with all cards that lie on it, those with higher numbers in its pile. "
    "They must be face up, all of one suit, and each one rank lower than the one before. "
    "They may go to an empty pile, or to a pile whose top card, of whatever suit, is one rank "
    "higher than the first card moved."
)
SHIFT = "card <i> of pile <s> to pile <t>"

_CLASSES = (MISSING, HIDDEN, BLOCKED, TARGET, WORKS)
_NO_MOVE, _NONE_HIDDEN = "no single move", "no face-down card"


class MoveOutcome(Task[State, Knobs]):
    """What happens on a try to move a card."""

    slug = "move_outcome"
    question_id = 4
    description = "What happens on a try to move a card to a pile"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Word(_CLASSES)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # The number must not tell the class, so it is drawn first.
        if rng.chance(0.7):
            least = min(opening_face_down(knobs.piles, i) for i in range(knobs.piles))
            card = rng.below(min(5, least))
            outcome = rng.choice(_CLASSES)
        else:
            card = rng.integers(5, 13)
            outcome = rng.choice([c for c in _CLASSES if c != HIDDEN])
        source, target = rng.sample(range(knobs.piles), 2)
        return {
            "move": Shift(source, card, target),
            "outcome": outcome,
            "suits": generation.some_suits(knobs, rng),
            "fits": rng.chance(0.5),
            "group": rng.chance(0.5),
            "late": rng.chance(0.4),
            "to_empty": rng.chance(0.2),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = _Trial(plan, rng).state()
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        move: Shift = plan["move"]
        if state.outcome(move) != plan["outcome"]:
            return None
        source, card, target = move
        return {"source": source, "card": card, "target": target, "numbered": True}

    def ask(self, state: State, query: Query) -> str:
        s, i, t = query["source"], query["card"], query["target"]
        return (
            f"{NUMBERED} {GROUPS}\n"
            f"Somebody tries to move card {i} of pile {s} to pile {t}. These checks are made in "
            "this order, and the first that fails decides:\n"
            f"missing: pile {s} must have a card with that number;\n"
            "hidden: the card must be face up;\n"
            "blocked: the cards from it to the top card must be of one suit, each one rank lower "
            "than the one before;\n"
            f"target: pile {t} must be empty, or its top card one rank higher than the card "
            "moved;\n"
            "ok: no check fails, and the cards are moved.\n"
            "What is the outcome?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.outcome(Shift(query["source"], query["card"], query["target"])))

    def option_text(self, state: State, query: Query, value: Any) -> str:
        s, i, t = query["source"], query["card"], query["target"]
        return {
            MISSING: f"missing: pile {s} has no card {i}",
            HIDDEN: f"hidden: card {i} of pile {s} is face-down",
            BLOCKED: f"blocked: from card {i} of pile {s} on, the cards are not such a sequence",
            TARGET: f"target: from card {i} on they are one, but do not fit on pile {t}",
            WORKS: f"ok: from card {i} on the cards are moved to pile {t}",
        }[value]

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        s, i, t = query["source"], query["card"], query["target"]
        pile, top = state.piles[s], state.piles[t].top
        last = f"its last card is number {pile.size - 1}" if pile.size else "it is empty"
        if solution.value == MISSING:
            return (
                f"missing: pile {s} has {plural(pile.size, 'card')}, {last}. There is no card {i}."
            )
        lines = [f"missing: pile {s} has {plural(pile.size, 'card')}, {last}. Card {i} is there."]
        if solution.value == HIDDEN:
            lines.append(
                f"hidden: the last face-down card of pile {s} is number {pile.face_down - 1}, so "
                f"card {i} is face-down."
            )
            return "\n".join(lines)
        cards = pile.face_up[i - pile.face_down :]
        listed = ", ".join(card.words for card in cards)
        lines.append(f"hidden: card {i} is face up, {cards[0].words}.")
        if solution.value == BLOCKED:
            at = next(k for k in range(1, len(cards)) if not _follows(cards[k], cards[k - 1]))
            lines.append(
                f"blocked: from card {i} on lie {listed}; {cards[at].words} does not continue "
                f"{cards[at - 1].words} in suit and rank."
            )
            return "\n".join(lines)
        if len(cards) > 1:
            lines.append(f"blocked: {listed} are one suit, falling by one. Nothing blocks.")
        else:
            lines.append("blocked: it is the top card, so nothing lies on it.")
        verdict = "They fit." if solution.value == WORKS else "They do not fit."
        goal = f"pile {t} is empty" if top is None else f"the top card of pile {t} is {top.words}"
        lines.append(f"target: {goal}, the first card to move is {cards[0].words}. {verdict}")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(_CLASSES, solution.value)


def _follows(card: Card, before: Card) -> bool:
    return card.suit == before.suit and card.rank == before.rank - 1


class _Trial:
    """Lays out a table on which a given try has a given outcome."""

    def __init__(self, plan: Plan[Knobs], rng: Rng) -> None:
        self.plan, self.rng = plan, rng
        self.move: Shift = plan["move"]
        self.outcome: str = plan["outcome"]

    def state(self) -> State | None:
        sizes = self._sizes()
        to_empty = self.plan["to_empty"] and self.outcome in (WORKS, BLOCKED)
        empty = {i for i in generation.some_empty(self.plan.knobs, self.rng) if i != self.move[2]}
        empty.discard(self.move.source)
        piles = {}
        if sizes == (0, 0):
            empty.add(self.move.source)
        else:
            piles[self.move.source] = sizes
        if to_empty:
            empty.add(self.move.target)
        order = Order(self.plan["suits"], piles=piles, empty=tuple(sorted(empty)))
        layout = generation.lay_out(self.plan.knobs, order, self.rng)
        if layout is None or not self._settle(layout, to_empty):
            return None
        return layout.finish(self.plan.knobs.runs, self.rng)

    def _sizes(self) -> tuple[int, int]:
        """Draw how many cards of the source pile are face down and face up."""
        rng, i = self.rng, self.move.card
        most = opening_face_down(self.plan.knobs.piles, self.move.source)
        if self.outcome == MISSING:
            size = max(0, i - rng.below(4))
            down = rng.below(min(most, size - 1) + 1) if size else 0
            return down, size - down
        if self.outcome == HIDDEN:
            return rng.integers(i + 1, most + 1), 1 + rng.below(5)
        down = rng.below(min(most, i) + 1)
        if self.outcome == BLOCKED:
            above = 2 + self.plan["late"] + rng.below(3)
        elif self.plan["group"]:
            above = 2 + rng.below(4)
        else:
            above = 1
        return down, i - down + above

    def _settle(self, layout: Layout, to_empty: bool) -> bool:
        """Settle the cards from the one to move on, and the target's top card."""
        rng, s, t = self.rng, self.move.source, self.move.target
        if self.outcome in (MISSING, HIDDEN):
            return True
        at = self.move.card - layout.face_down[s]
        above = len(layout.up[s]) - at
        run = above
        if self.outcome == BLOCKED:
            run = 1 + rng.below(above - 1) if self.plan["late"] else 1
        first = layout.some_card(rng, run, 12)
        if first is None or not layout.put_run(s, at, run, first):
            return False
        if self.outcome == BLOCKED:
            follower = Card(first.rank - run, first.suit)
            breaker = layout.some_card(rng)
            if breaker is None or breaker == follower or not layout.put(s, at + run, breaker):
                return False
        if to_empty:
            return True
        fits = self.outcome == WORKS or (self.outcome == BLOCKED and self.plan["fits"])
        if fits:
            top = layout.some_card(rng, first.rank + 1, first.rank + 1)
        else:
            top = layout.some_card(rng)
            near = [r for r in (first.rank, first.rank + 2, first.rank - 1) if 1 <= r <= 13]
            if rng.chance(0.6):
                rank = rng.choice(near)
                top = layout.some_card(rng, rank, rank)
        return top is not None and layout.put(t, -1, top)


class RevealFaceDown(Task[State, Knobs]):
    """Which single move uncovers a face-down card of a pile."""

    slug = "reveal_face_down"
    question_id = 5
    description = "Which single move uncovers a face-down card of a pile"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Command(SHIFT, _NO_MOVE, _NONE_HIDDEN)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        pile = rng.below(knobs.piles)
        first = rng.integers(1, opening_face_down(knobs.piles, pile))
        targets = rng.sample([i for i in range(knobs.piles) if i != pile], 3)
        return {
            "pile": pile,
            "first": first,
            "targets": targets,
            "class": rng.weighted(("move", _NO_MOVE, _NONE_HIDDEN), (72, 14, 14)),
            "right": rng.choice(targets),
            "later": rng.chance(0.5),
            "group": rng.chance(0.65),
            "to_empty": rng.chance(0.15),
            "breaks": rng.chance(0.5),
            "suits": generation.some_suits(knobs, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = self._planted(plan, rng)
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        k, right = plan["pile"], plan["right"]
        pile = state.piles[k]
        if pile.is_complete:
            return None
        grid = [
            Shift(k, card, target)
            for card in (plan["first"], plan["first"] + 1)
            for target in plan["targets"]
        ]
        good = [move for move in grid if _uncovers(state, move)]
        if plan["class"] == "move":
            if good != [Shift(k, pile.face_down, right)]:
                return None
        elif good or _answers(state, k)[0] != plan["class"] or pile.size < plan["first"] + 2:
            return None
        query: Query = {"pile": k, "numbered": True}
        if plan.is_choice:
            query["listed"] = sorted(map(str, grid))
        return query

    def ask(self, state: State, query: Query) -> str:
        k = query["pile"]
        if "listed" in query:
            asked = "Which option is right, a move that does it or a reason why none does?"
        else:
            asked = (
                f"Give a single move that uncovers it, or say {_NO_MOVE!r} if there is none, or "
                f"{_NONE_HIDDEN!r} if pile {k} has no face-down cards."
            )
        return (
            f"{NUMBERED} {GROUPS} When a face-down card comes to lie at the end of its pile, it is "
            f"turned up. The question is about uncovering a face-down card of pile {k} by one "
            f"single move.\n{asked}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        answers = _answers(state, query["pile"])
        listed = query.get("listed", answers)
        return Solution(next(a for a in answers if a in listed or not a.startswith("card")))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        listed = query.get("listed")
        if listed is not None and str(value).startswith("card") and value not in listed:
            return False
        return value in _answers(state, query["pile"])

    def option_text(self, state: State, query: Query, value: Any) -> str:
        if value == _NONE_HIDDEN:
            return f"pile {query['pile']} has no face-down cards"
        return "no single move can do it" if value == _NO_MOVE else str(value)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        k = query["pile"]
        pile = state.piles[k]
        if not pile.face_down:
            return f"All {pile.size} cards of pile {k} are face up.\nThere is nothing to uncover."
        part = ", ".join(card.words for card in pile.face_up)
        one = len(pile.face_up) == 1
        first = f"card {pile.face_down}"
        lie = f"lies {first}" if one else f"lie, from {first} on"
        leave = (
            "that card has to leave"
            if one
            else f"all of these have to leave together, from {first} on"
        )
        lines = [
            f"The last face-down card of pile {k} is card {pile.face_down - 1}; on it {lie}: "
            f"{part}.",
            f"To uncover card {pile.face_down - 1}, {leave}.",
        ]
        head = pile.face_up[0]
        if pile.run_length < len(pile.face_up):
            at = len(pile.face_up) - pile.run_length
            lines.append(
                f"They cannot move together: {pile.face_up[at].words} does not continue "
                f"{pile.face_up[at - 1].words} in suit and rank."
            )
            return "\n".join(lines)
        tops = []
        for i, other in enumerate(state.piles):
            if i != k:
                tops.append(f"pile {i} {other.top.words if other.top else 'empty'}")
        if one:
            lines.append("It is a top card, so it can move.")
        else:
            lines.append("They are one suit, falling by one, so they can move together.")
        wanted = "an empty pile"
        if head.rank < 13:
            wanted += f" or a top card one rank above {head.words}"
        fits = [a.rsplit(" ", 1)[1] for a in _answers(state, k) if a.startswith("card")]
        found = f"pile {', pile '.join(fits)}" if fits else "none"
        needs = "It needs" if one else "They need"
        lines.append(f"{needs} {wanted}. Top cards: {', '.join(tops)}. Fitting: {found}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([*query["listed"], _NO_MOVE, _NONE_HIDDEN], solution.value)

    @staticmethod
    def _planted(plan: Plan[Knobs], rng: Rng) -> State | None:
        """Lay out a table for the class that is wanted."""
        k, class_ = plan["pile"], plan["class"]
        knobs, first = plan.knobs, plan["first"]
        up = (2 if plan["group"] else 1) + (rng.below(3) if plan["group"] else 0)
        if class_ == _NONE_HIDDEN:
            sizes = 0, first + 2 + rng.below(5)
        elif class_ == "move":
            sizes = first + plan["later"], max(up, 1 if plan["later"] else 2)
        else:
            sizes = first, max(up, 2)
        emptied = class_ == "move" and plan["to_empty"]
        empty = [plan["right"]] if emptied else []
        if class_ == _NONE_HIDDEN:
            open_ = [i for i in range(knobs.piles) if i != k and i not in plan["targets"]]
            empty = rng.sample(open_, int(rng.chance(knobs.empty)))
        order = Order(plan["suits"], piles={k: sizes}, empty=empty)
        layout = generation.lay_out(knobs, order, rng)
        if layout is None:
            return None
        if class_ == "move" and not _fit_whole(layout, plan, emptied, rng):
            return None
        if class_ == _NO_MOVE and not _fit_lower_end(layout, plan, rng):
            return None
        return layout.finish(knobs.runs, rng)


def _fit_whole(layout: Layout, plan: Plan[Knobs], emptied: bool, rng: Rng) -> bool:
    """Make the face-up part one run that fits on one of the listed targets."""
    k, count = plan["pile"], len(layout.up[plan["pile"]])
    head = layout.some_card(rng, count, 12)
    if head is None or not layout.put_run(k, 0, count, head):
        return False
    for target in plan["targets"]:
        fits = target == plan["right"]
        if fits and emptied:
            continue
        top = layout.some_card(rng, *((head.rank + 1,) * 2 if fits else (1, 13)))
        if top is None or (top.rank == head.rank + 1) != fits or not layout.put(target, -1, top):
            return False
    return True


def _fit_lower_end(layout: Layout, plan: Plan[Knobs], rng: Rng) -> bool:
    """Make all but the first face-up card fit on a target: legal, but it uncovers nothing."""
    k, count = plan["pile"], len(layout.up[plan["pile"]])
    if plan["breaks"]:
        at, head = 1, layout.some_card(rng, count - 1, 12)
    else:
        # One run, and nothing that its first card fits on.
        at, head = 0, layout.some_card(rng, count, 13)
    if head is None or not layout.put_run(k, at, count - at, head):
        return False
    rank = head.rank + at
    top = layout.some_card(rng, rank, rank)
    return top is not None and layout.put(plan["right"], -1, top)


def _uncovers(state: State, move: Shift) -> bool:
    return state.outcome(move) == WORKS and state.reveals(move)


def _answers(state: State, pile: int) -> list[str]:
    """Return all right answers about a pile: every uncovering move, or why there is none."""
    card = state.piles[pile].face_down
    if not card:
        return [_NONE_HIDDEN]
    moves = [Shift(pile, card, t) for t in range(len(state.piles)) if t != pile]
    return [str(move) for move in moves if _uncovers(state, move)] or [_NO_MOVE]
