"""Which action is the best one by a stated ranking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Command
from gameqa.cards import Card
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.spider_solitaire import generation
from gameqa.games.spider_solitaire.generation import LONGEST, Knobs, Order
from gameqa.games.spider_solitaire.rules import (
    DEAL,
    DEALS,
    SUITS_IN_USE,
    WORKS,
    Join,
    Key,
    Shift,
    State,
    opening_face_down,
    send,
)
from gameqa.games.spider_solitaire.tasks_moves import GROUPS, NUMBERED, SHIFT
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_TIERS = {1: 13, 2: 62, 3: 12, 4: 13}
"""Tiers of the ranking, and how often the best action is of each."""

_MOVES = 6
_BUSY = 0.4  # of the wrong moves that go where another one goes

_RANKING = (
    "A sequence is a group that can move: face-up cards at the end of a pile, of one suit, each "
    "one rank lower than the one before; the longest one is the pile's run. Actions are ranked "
    "like this, best first:\n"
    "1. Send a completed suit, a run from King to Ace, to the foundations.\n"
    "2. A joining move: a sequence goes onto the run of another pile, continues it in suit and "
    "rank, and so makes a run longer than the one that it was taken from. The longer the new run, "
    "the better; of equal lengths, turning a face-down card up is better than not.\n"
    "3. Move all face-up cards of a pile to an empty pile, if they are one sequence and lie on a "
    "face-down card; the longer, the better.\n"
    "4. Deal a row from the stock, one card onto each pile; not possible if the stock is empty or "
    "any pile has no cards.\n"
    "Whatever else is possible is worse than these, and what is against the rules does not count."
)


class BestMove(Task[State, Knobs]):
    """The best action by a stated ranking."""

    slug = "best_move"
    question_id = 6
    description = "Best action by a stated ranking"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Command(SHIFT, DEAL, "send the completed suit of pile <p>")

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        tier = rng.weighted(list(_TIERS), list(_TIERS.values()))
        return {
            "tier": tier,
            "suits": generation.some_suits(knobs, rng),
            "deals": rng.below(DEALS + 1) if tier < 4 else 1 + rng.below(DEALS),
            "pile": rng.below(knobs.piles),
            "played": tier == 2 and rng.chance(0.5),
            "joins": rng.below(5),
            "empty": rng.sample(range(knobs.piles), 1) if tier == 3 else [],
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        start = self._start(plan, rng)
        state = start and self._joined(start, plan, rng)
        if state and max(pile.size for pile in state.piles) <= LONGEST:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        ranked = state.ranked()
        if not ranked or min(ranked.values())[0] != plan["tier"]:
            return None
        if not plan.is_choice:
            return {"numbered": True}
        best = min(ranked.values())
        right = rng.choice([action for action, key in ranked.items() if key == best])
        filled = [i for i, pile in enumerate(state.piles) if pile.size]
        moves = _list_moves(state, ranked, best, right, filled, rng)
        if moves is None:
            return None
        sent = plan["pile"] if plan["tier"] == 1 else rng.choice(filled)
        if plan["tier"] == 1 and right != send(sent):
            return None
        return {"numbered": True, "listed": sorted(moves), "send": sent}

    def ask(self, state: State, query: Query) -> str:
        asked = (
            "Which of these is the best action?" if "listed" in query else ("Give a best action.")
        )
        return f"{NUMBERED} {GROUPS}\n{_RANKING}\n{asked}"

    def solve(self, state: State, query: Query) -> Solution:
        ranked = state.ranked()
        best = min(ranked.values())
        right = [action for action, key in ranked.items() if key == best]
        if "listed" in query:
            right = [action for action in right if action in _listed(query)]
        return Solution(min(right, key=_order))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        if "listed" in query and value not in _listed(query):
            return False
        ranked = state.ranked()
        return value in ranked and ranked[value] == min(ranked.values())

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        runs = [
            f"pile {i} {pile.run[0].words} to {pile.run[-1].words} ({len(pile.run)})"
            if len(pile.run) > 1
            else f"pile {i} {pile.top.words} (1)"
            for i, pile in enumerate(state.piles)
            if pile.top
        ]
        lines = [f"The runs and their lengths: {', '.join(runs)}."]
        tier = min(state.ranked().values())[0]
        if tier == 1:
            done = [i for i, pile in enumerate(state.piles) if pile.is_complete]
            return f"{lines[0]}\nThe run of pile {done[0]} is a completed suit: rank 1 applies."
        lines.append("No run has 13 cards, so no suit is completed.")
        moves = sorted(state.continuations(), key=lambda join: (-join.length, not join.reveals))
        joins = set(state.joins())
        if joins:
            lines.append("Joining moves:")
            for join in moves:
                if join in joins:
                    turns = ", turns a card up" if join.reveals else ""
                    lines.append(f"{_joined_text(state, join)}{turns}.")
            choice = " listed" if options else ""
            lines.append(f"Of the{choice} joining moves, {solution.value} comes first.")
            return "\n".join(lines)
        if moves:
            lines.append("Moves that continue the run of another pile in suit and rank:")
            for join in moves:
                taken = state.piles[join.move.source].run_length
                lines.append(
                    f"{_joined_text(state, join)}, not longer than the run of {taken} that it "
                    "takes from."
                )
            lines.append("So there is no joining move.")
        else:
            lines.append(
                "No sequence continues the run of another pile in suit and rank, so there is no "
                "joining move."
            )
        empty = [i for i, pile in enumerate(state.piles) if not pile.size]
        if tier == 3:
            are = f"Pile {empty[0]} is" if len(empty) == 1 else f"Piles {listing(empty)} are"
            lines.append(f"{are} empty. Piles whose face-up cards are one run on a face-down card:")
            for i, pile in enumerate(state.piles):
                if pile.face_down and pile.run_length == len(pile.face_up):
                    lines.append(f"pile {i}: from card {pile.face_down} on, {pile.run_length}.")
            lines.append(f"None is longer than the one that {solution.value} moves.")
            return "\n".join(lines)
        lines.append(
            f"No pile is empty. The stock holds {plural(state.deals_left, 'deal')}, so a row can "
            "be dealt."
        )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(_listed(query), solution.value)

    @staticmethod
    def _start(plan: Plan[Knobs], rng: Rng) -> State | None:
        knobs, suits, deals = plan.knobs, plan["suits"], plan["deals"]
        if plan["played"]:
            return generation.play(knobs, suits, deals, rng)
        if plan["tier"] > 1:
            return generation.assemble(knobs, Order(suits, deals, empty=plan["empty"]), rng)
        pile = plan["pile"]
        down = rng.below(min(opening_face_down(knobs.piles, pile), LONGEST - 13) + 1)
        up = 13 + rng.below(min(3, LONGEST - 12 - down))
        empty = [i for i in generation.some_empty(knobs, rng) if i != pile]
        order = Order(suits, deals, piles={pile: (down, up)}, empty=empty)
        layout = generation.lay_out(knobs, order, rng)
        king = Card(13, rng.choice(SUITS_IN_USE[suits]))
        if layout is None or not layout.put_run(pile, up - 13, 13, king):
            return None
        return layout.finish(knobs.runs, rng)

    @staticmethod
    def _joined(state: State, plan: Plan[Knobs], rng: Rng) -> State:
        """Make some joining moves, or all of them where none is to be left."""
        tier = plan["tier"]
        count = {1: 0, 2: plan["joins"]}.get(tier, 40)
        for _ in range(count):
            joins = list(state.joins())
            if not joins or (tier == 2 and len(joins) < 3):
                break
            state = generation.moved(state, rng.choice(joins).move)
        return state


def _listed(query: Query) -> list[str]:
    return [*query["listed"], DEAL, send(query["send"])]


def _order(action: str) -> tuple[int, ...]:
    """Sort moves by source, card and target."""
    words = [int(word) for word in action.split() if word.isdigit()]
    return (words[1], words[0], words[2]) if len(words) == 3 else tuple(words)


def _list_moves(
    state: State,
    ranked: Mapping[str, Key],
    best: Key,
    right: str,
    filled: Sequence[int],
    rng: Rng,
) -> list[str] | None:
    """Choose six moves from six piles, as far as there are so many; the right one if it is one."""
    moves = [right] if right.startswith("card") else []
    used = {_order(move)[0] for move in moves}
    legal = _worse_moves(state, ranked, best)
    sources = [i for i in rng.shuffled(filled) if i not in used]
    tempting = [i for i in sources if legal[i]][: 2 + rng.below(2)]
    for i in tempting:
        known = [move for move in legal[i] if move in ranked]
        moves.append(rng.choice(known if known and rng.chance(0.7) else legal[i]))
    hidden = rng.chance(0.5)
    rest = [i for i in sources if i not in tempting]
    for i in [*rest, *rest]:
        if len(moves) == _MOVES:
            break
        # Several sequences may go where the best one goes: that alone would make it likely.
        busy = [_order(move)[2] for move in moves] if rng.chance(_BUSY) else []
        move = _wrong_move(state, i, hidden, busy, rng)
        if move is not None and str(move) not in moves and ranked.get(str(move)) != best:
            hidden = hidden and move.card >= state.piles[i].face_down
            moves.append(str(move))
    return moves if len(moves) == _MOVES else None


def _worse_moves(state: State, ranked: Mapping[str, Key], best: Key) -> dict[int, list[str]]:
    """Return the legal moves of each pile that are not the best."""
    found: dict[int, list[str]] = {i: [] for i in range(len(state.piles))}
    tops = [pile.top for pile in state.piles]
    for source, pile in enumerate(state.piles):
        start = pile.size - pile.run_length
        for number, card in enumerate(pile.run, start):
            for target, top in enumerate(tops):
                if target != source and (top is None or top.rank == card.rank + 1):
                    move = str(Shift(source, number, target))
                    if ranked.get(move) != best:
                        found[source].append(move)
    return found


def _wrong_move(
    state: State, source: int, hidden: bool, busy: Sequence[int], rng: Rng
) -> Shift | None:
    """Draw a move of a pile that is against the rules, rather nearly right.

    Args:
        state: the board.
        source: the pile.
        hidden: whether it may begin with a face-down card; not with the first of all, which is
            hardly ever the right one.
        busy: piles to which it should rather go.
        rng: draws it.
    """
    pile = state.piles[source]
    start = pile.size - pile.run_length
    if hidden and pile.face_down > 1 and rng.chance(0.5):
        card = rng.integers(max(1, pile.face_down - 3), pile.face_down)
    elif start > pile.face_down and rng.chance(0.4):
        card = rng.integers(pile.face_down, start)
    else:
        card = start
    targets = [
        i
        for i in rng.permutation(len(state.piles))
        if i != source and state.outcome(Shift(source, card, i)) != WORKS
    ]
    if not targets:
        return None
    targets = [i for i in targets if i in busy] or targets
    if card >= pile.face_down:
        rank = pile.face_up[card - pile.face_down].rank
        tops = [(i, state.piles[i].top) for i in targets]
        near = [i for i, top in tops if top and abs(top.rank - rank - 1) < 2]
        if near and rng.chance(0.7):
            return Shift(source, card, near[0])
    return Shift(source, card, targets[0])


def _joined_text(state: State, join: Join) -> str:
    """Say what a move lays where, and how long the run becomes."""
    source, number, target = join.move
    card = state.piles[source].face_up[number - state.piles[source].face_down]
    return f"{join.move}: {card.words} onto {_top(state, target)}, new run of {join.length}"


def _top(state: State, pile: int) -> str:
    top = state.piles[pile].top
    return top.words if top else "nothing"
