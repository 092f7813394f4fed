"""Which card is available in a cascade after some moves.

The moves name places only. They are drawn first; then a table is laid out on which they are legal,
by settling the cards that have to fit each other before the rest of the deck is dealt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import PlayingCard
from gameqa.cards import RANKS, Card, alternates, alternating_onto
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.freecell.generation import Knobs, Layout, some_cells, some_heights
from gameqa.games.freecell.rules import (
    CASCADE,
    CELL,
    CELLS,
    FOUNDATION,
    FOUNDATION_ORDER,
    Move,
    Place,
    State,
    read_place,
)
from gameqa.games.freecell.tasks_valid_move import KINDS
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

Shift = tuple[Place, Place]
"""Source and target of a move."""

_ASKED_AFTER_ONE = {"source": 60, "target": 40}
_ASKED_AFTER_SOME = {"source": 45, "target": 35, "other": 20}


class CardAfterMove(Task[State, Knobs]):
    """Which card is available in a cascade after the given moves."""

    slug = "card_after_move"
    question_id = 3
    description = "Which card is available in a cascade after the given moves"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = PlayingCard(pair=True)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        count = rng.integers(knobs.moves[0], knobs.moves[1] + 1)
        shares = _ASKED_AFTER_ONE if count == 1 else _ASKED_AFTER_SOME
        asked = rng.weighted(list(shares), list(shares.values()))
        while True:
            cells = some_cells(knobs, rng)
            shifts, changed = _draw_shifts(count, knobs.cascades, cells, rng)
            cascade = _draw_cascade(shifts, changed, asked, rng)
            # Few, but some, sequences ask for cards that cannot be: tried out before it is theirs.
            if cascade is not None and any(_try(knobs, cells, shifts, rng) for _ in range(12)):
                break
        return {
            "cells": cells,
            "shifts": shifts,
            "cascade": cascade,
            "runs": rng.chance(knobs.runs),
            "paired": rng.chance(0.5),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        layout = _try(plan.knobs, plan["cells"], plan["shifts"], rng)
        if layout is not None:
            yield layout.finish(plan["runs"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        shifts: list[Shift] = plan["shifts"]
        query = {
            "moves": [{"source": list(s), "target": list(t)} for s, t in shifts],
            "cascade": plan["cascade"],
        }
        after = state
        for move in _played(state, query):
            if move is None:
                return None
            after = after.after(move)
        at = Place(CASCADE, plan["cascade"])
        return query if after.at(at) not in (None, state.at(at)) else None

    def ask(self, state: State, query: Query) -> str:
        moves = [_words(read_place(m["source"]), read_place(m["target"])) for m in query["moves"]]
        if len(moves) == 1:
            told = f"This legal move is made: {moves[0]}."
        else:
            numbered = "\n".join(f"{i}. {move}" for i, move in enumerate(moves, 1))
            told = f"These legal moves are made, one after the other:\n{numbered}"
        return (
            "This is a FreeCell table. The available card of a cascade is the fully visible one at "
            "its lower end. Only that single card moves; a card moved to a cascade is laid on its "
            "lower end and becomes the available card there. Cascades and free cells are numbered "
            f"from left to right, starting at 0.\n{told}\n"
            f"Which card is the available card of cascade {query['cascade']} afterwards?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        after = state
        for move in _played(state, query):
            if move is None:
                raise ValueError(f"the moves {query['moves']} are not legal here")
            after = after.after(move)
        return Solution(after.at(Place(CASCADE, query["cascade"])))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = []
        before = state
        for number, move in enumerate(_played(state, query), 1):
            if move is None:
                raise ValueError(f"the moves {query['moves']} are not legal here")
            after = before.after(move)
            lines.append(f"{number}. {move.card.pair} goes from {move.source} to {move.target}.")
            lines.append(f"   Legal: {_reason(before, move)}.")
            for place in (move.source, move.target):
                if place.kind == CASCADE:
                    ends = [_end(table, int(place.key)) for table in (before, after)]
                    lines.append(f"   Lower end of {place}: {ends[0]} before, {ends[1]} after.")
            before = after
        lines.append(
            f"So the available card of cascade {query['cascade']} is {solution.value.pair}."
        )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return _distractors(state, query, solution.value, plan["paired"], rng)


def _words(source: Place, target: Place) -> str:
    card = "the available card of" if source.kind == CASCADE else "the card in"
    return f"{card} {source} to {target}"


def _played(state: State, query: Query) -> Iterator[Move | None]:
    """Yield the moves with their cards; None, and no more, for one that is not legal."""
    for data in query["moves"]:
        source, target = read_place(data["source"]), read_place(data["target"])
        card = state.at(source)
        move = None if card is None else Move(card, source, target)
        if move is None or not state.is_legal(move) or state.is_pointless(move):
            yield None
            return
        yield move
        state = state.after(move)


def _reason(state: State, move: Move) -> str:
    onto = state.at(move.target)
    if move.target.kind == FOUNDATION:
        return f"the foundation {f'shows {onto.pair}' if onto else 'is empty'}"
    if onto is None:
        return f"{move.target} is empty"
    ranks = f"{RANKS[move.card.rank - 1]} on {RANKS[onto.rank - 1]}"
    return f"{ranks}, {move.card.colour} on {onto.colour}"


def _end(state: State, cascade: int) -> str:
    cards = state.cascades[cascade]
    dots = "... " if len(cards) > 3 else ""
    return dots + " ".join(card.pair for card in cards[-3:])


def _draw_shifts(
    count: int, cascades: int, occupied: Sequence[int], rng: Rng
) -> tuple[list[Shift], list[int]]:
    """Draw moves that the free cells allow, and return which cascades end in another card.

    No card is moved more than twice.
    """
    cells: list[int | None] = [-1 - i if i in occupied else None for i in range(CELLS)]
    columns = [[(k, i) for i in range(count + 1)] for k in range(cascades)]
    moved: dict[Any, int] = {}
    shifts: list[Shift] = []
    while len(shifts) < count:
        kind = rng.weighted(list(KINDS), list(KINDS.values()))
        # Moves that have to do with each other make the better question.
        touched = [place for shift in shifts for place in shift]
        sources = _places(kind[0], cascades, cells, True)
        targets = _places(kind[1], cascades, cells, False)
        if not sources or not targets:
            continue
        source, target = _pick(sources, touched, rng), _pick(targets, touched, rng)
        if source == target or (shifts and (target, source) == shifts[-1]):
            continue
        i = int(source.key)
        slot: Any = columns[i][-1] if source.kind == CASCADE else cells[i]
        if moved.get(slot, 0) == 2:
            continue
        moved[slot] = moved.get(slot, 0) + 1
        if source.kind == CASCADE:
            columns[i].pop()
        else:
            cells[i] = None
        if target.kind == CASCADE:
            columns[int(target.key)].append(slot)
        elif target.kind == CELL:
            cells[int(target.key)] = slot
        shifts.append((source, target))
    return shifts, [k for k in range(cascades) if columns[k][-1] != (k, count)]


def _places(kind: str, cascades: int, cells: Sequence[Any], occupied: bool) -> list[Place]:
    if kind == CASCADE:
        return [Place(CASCADE, k) for k in range(cascades)]
    if kind == FOUNDATION:
        return [Place(FOUNDATION, suit) for suit in FOUNDATION_ORDER]
    return [Place(CELL, i) for i, slot in enumerate(cells) if (slot is not None) == occupied]


def _pick(places: Sequence[Place], touched: Sequence[Place], rng: Rng) -> Place:
    known = [place for place in places if place in touched]
    return rng.choice(known) if known and rng.chance(0.5) else rng.choice(places)


def _draw_cascade(
    shifts: Sequence[Shift], changed: Sequence[int], asked: str, rng: Rng
) -> int | None:
    """Draw the cascade to ask about; None where none ends in another card than before."""
    last = [place.key if place.kind == CASCADE else None for place in shifts[-1]]
    wanted = {
        "source": [k for k in changed if k == last[0]],
        "target": [k for k in changed if k == last[1]],
        "other": [k for k in changed if k not in last],
    }[asked]
    open_ = wanted or changed
    return rng.choice(open_) if open_ else None


def _try(knobs: Knobs, cells: Sequence[int], shifts: Sequence[Shift], rng: Rng) -> Layout | None:
    """Lay out a table and settle the moves' cards; None where it does not work out."""
    least = [1] * knobs.cascades
    for source, _ in shifts:
        if source.kind == CASCADE:
            least[int(source.key)] += 1
    layout = Layout(knobs.cascades, some_heights(knobs, rng), cells, least, (), rng)
    return layout if _settle(layout, shifts, rng) else None


def _settle(layout: Layout, shifts: Sequence[Shift], rng: Rng) -> bool:
    """Settle the cards that make the moves legal; False where they do not go together."""
    columns = [list(cascade) for cascade in layout.cascades]
    cells = list(layout.cells)
    heights = dict(layout.heights)
    pairs: list[tuple[int, int]] = []
    for source, target in shifts:
        i = int(source.key)
        if source.kind == CASCADE:
            slot = columns[i].pop()
        else:
            held = cells[i]
            if held is None:
                return False
            slot, cells[i] = held, None
        if target.kind == CASCADE:
            column = columns[int(target.key)]
            pairs.append((slot, column[-1]))
            column.append(slot)
        elif target.kind == CELL:
            cells[int(target.key)] = slot
        else:
            suit = str(target.key)
            heights[suit] += 1
            if heights[suit] > 13 or not layout.settle(slot, Card(heights[suit], suit)):
                return False
    while pairs:
        # A pair of which one card is known leaves the least choice.
        pairs.sort(key=lambda pair: layout.cards[pair[0]] is None and layout.cards[pair[1]] is None)
        if not _settle_pair(layout, *pairs.pop(0), rng):
            return False
    return True


def _settle_pair(layout: Layout, upper: int, lower: int, rng: Rng) -> bool:
    card, onto = layout.cards[upper], layout.cards[lower]
    if card and onto:
        return alternates(card, onto)
    if onto:
        fits = [c for c in layout.pool if alternates(c, onto)]
        return bool(fits) and layout.settle(upper, rng.choice(fits))
    if card is None:
        card = rng.choice(layout.pool)
        if not layout.settle(upper, card):
            return False
    fits = [c for c in alternating_onto(card) if c in layout.pool]
    return bool(fits) and layout.settle(lower, rng.choice(fits))


def _distractors(
    state: State, query: Query, truth: Card, paired: bool, rng: Rng
) -> list[Card] | None:
    """Choose seven cards by their places.

    A moved card fits the one that it landed on, which can be seen without looking. So either no
    two options fit each other, or all of them go in pairs.
    """
    moves = [move for move in _played(state, query) if move]
    ends = [state.at(place) for move in moves for place in move[1:] if place.kind == CASCADE]
    # A card gone to a foundation has the suit that the question names.
    shifted = [move.card for move in moves if move.target.kind != FOUNDATION]
    near = [state.at(Place(CASCADE, query["cascade"])), *rng.shuffled(shifted), *rng.shuffled(ends)]
    for move in moves:
        for place in move[1:]:
            if place.kind == CASCADE:
                near += state.cascades[int(place.key)][-3:-1]
    gone = {move.card for move in moves if move.target.kind == FOUNDATION}
    visible = [card for column in state.cascades for card in column]
    visible += [card for card in state.cells if card]
    pool = [c for c in dict.fromkeys([*near, *rng.shuffled(visible)]) if c and c not in gone]
    pick = _pairs if paired else _strangers
    found = pick(truth, [card for card in pool if card != truth], rng)
    return found if len(found) == 7 else None


def _strangers(truth: Card, pool: Sequence[Card], rng: Rng) -> list[Card]:
    """Return cards of which none fits another, nor the truth."""
    listed = [truth]
    for card in pool:
        if len(listed) < 8 and not any(_fit(card, other) for other in listed):
            listed.append(card)
    return listed[1:]


def _pairs(truth: Card, pool: Sequence[Card], rng: Rng) -> list[Card]:
    """Return a partner of the truth and three more pairs; only partners fit each other."""
    listed: list[Card] = []
    # The truth is the lower card of its pair as often as the higher one.
    above = rng.chance(0.5)
    for card in (truth, *pool):
        if len(listed) == 8 or any(card == c or _fit(card, c) for c in listed):
            continue
        partners = [
            c for c in pool if _fit(card, c) and not any(c == d or _fit(c, d) for d in listed)
        ]
        if card == truth:
            partners.sort(key=lambda c: (c.rank > truth.rank) != above)
            if not partners:
                return []
        if partners:
            listed += [card, partners[0]]
    return listed[1:]


def _fit(a: Card, b: Card) -> bool:
    return alternates(a, b) or alternates(b, a)
