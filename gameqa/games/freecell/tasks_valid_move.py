"""Which of four moves is legal.

The four moves are worded before there is a table, and any of them may turn out to be the legal
one: so their words cannot betray it. Then a table is laid out in which that one is legal and each
other breaks a rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Phrase
from gameqa.cards import CARDS, COLOURS, RANKS, SUITS, Card, alternates, alternating_onto, read_card
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.freecell.generation import Knobs, Layout, some_heights
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
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

Kind = tuple[str, str]

KINDS: dict[Kind, float] = {
    (CASCADE, CASCADE): 35,
    (CELL, CASCADE): 20,
    (CASCADE, FOUNDATION): 15,
    (CELL, FOUNDATION): 10,
    (CASCADE, CELL): 20,
}
"""Kinds of moves and how often they are asked about."""

RULES = (
    "This is a FreeCell table. Only single cards move. The available card of a cascade (the fully "
    "visible one at its lower end) or a card in a free cell can move: to a cascade that is empty "
    "or whose available card is one rank higher and of the other colour; to the foundation of its "
    "suit if it is the next rank there, starting with the ace; or from a cascade to an empty free "
    f"cell. {COLOURS} Cascades and free cells are numbered from left to right, starting at 0."
)

_SUIT = "|".join(SUITS.values())
_PATTERN = (
    rf"(\((?:{_SUIT}), (?:{'|'.join(RANKS)})\)) from (cascade|free cell) (\d) "
    rf"to (?:(cascade|free cell) (\d)|the ({_SUIT}) foundation)"
)
_WORDED = re.compile(
    r"(?:move )?(.{2,20}?) (?:from )?(?:the )?(cascade|free ?cell) ?(\d) (?:to|onto|->) (?:the )?"
    r"(?:(cascade|free ?cell) ?(\d)|(\w{4,8}?)s? foundation|foundation of (?:the )?(\w{4,8}?)s?)"
)


class _Worded(Phrase):
    """A move, also with the card and the places named in other words."""

    def read(self, text: str) -> str:
        """Read ``move the queen of spades from cascade 0 to cascade 2`` and the like."""
        found = _WORDED.fullmatch(" ".join(text.lower().split()))
        card = read_card(found[1]) if found else None
        if found is None or card is None:
            return super().read(text)
        source, target = (
            kind and kind.replace("freecell", "free cell") for kind in found.group(2, 4)
        )
        suit = (found[6] or found[7] or "").capitalize()
        where = f"{target} {found[5]}" if target else f"the {suit} foundation"
        return self.parse(f"{card.pair} from {source} {found[3]} to {where}")


_MOVE = _Worded(
    _PATTERN,
    "Answer with one move, written like (Heart, 9) from cascade 5 to cascade 0, "
    "(Club, 2) from free cell 1 to the Club foundation, or (Spade, K) from cascade 3 to "
    "free cell 2.",
)
_KIND_NAMES = {"cascade": CASCADE, "free cell": CELL}
_LETTERS = {name: letter for letter, name in SUITS.items()}


def read_move(text: str) -> Move | None:
    """Read a move from its canonical text."""
    found = re.fullmatch(_PATTERN, text)
    card = read_card(found[1]) if found else None
    if found is None or card is None:
        return None
    source = Place(_KIND_NAMES[found[2]], int(found[3]))
    if found[6]:
        return Move(card, source, Place(FOUNDATION, _LETTERS[found[6]]))
    return Move(card, source, Place(_KIND_NAMES[found[4]], int(found[5])))


class ValidMove(Task[State, Knobs]):
    """Which listed move is legal."""

    slug = "valid_move"
    question_id = 2
    description = "Which of the listed moves is legal"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = _MOVE

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        first = rng.weighted(list(KINDS), list(KINDS.values()))
        kinds = [first] * 4
        if rng.chance(0.5):
            second = rng.weighted(list(KINDS), [w * (k != first) for k, w in KINDS.items()])
            kinds = rng.shuffled([first, first, second, second])
        one_card = rng.chance(0.5) and _may_be_one_card(kinds, knobs.cascades)
        words = _one_card_moves if one_card else _four_card_moves
        moves = None
        while moves is None:
            moves = words(kinds, knobs.cascades, rng)
        return {
            "moves": moves,
            "right": rng.below(4),
            "to_empty": rng.chance(0.08),
            "runs": rng.chance(knobs.runs),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = _Planting(plan, rng).state()
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        moves = plan["moves"]
        if [i for i, move in enumerate(moves) if state.is_legal(move)] != [plan["right"]]:
            return None
        if not plan.is_choice:
            return {}
        return {"listed": [move.data() for move in sorted(moves, key=str)]}

    def ask(self, state: State, query: Query) -> str:
        if "listed" in query:
            return f"{RULES}\nExactly one of these moves is legal. Which one?"
        return f"{RULES}\nGive a legal move."

    def solve(self, state: State, query: Query) -> Solution:
        moves = map(_read, query["listed"]) if "listed" in query else state.legal_moves()
        return Solution(str(next(move for move in moves if state.is_legal(move))))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        move = read_move(str(value))
        return move is not None and _exists(move, state) and state.is_legal(move)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        if options:
            return "\n".join(f"{o.letter}: {_verdict(state, o.value)}" for o in options)
        ends = [f"{card.pair} in {place}" for place, card in _movable(state)]
        return f"Cards that can move: {', '.join(ends)}.\n{_verdict(state, solution.value)}"

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([str(move) for move in plan["moves"]], solution.value)


def _read(data: Mapping[str, Any]) -> Move:
    return Move(CARDS[data["card"]], read_place(data["source"]), read_place(data["target"]))


def _exists(move: Move, state: State) -> bool:
    """Whether the table has the places that a move names."""
    return all(place in state.places(place.kind) for place in (move.source, move.target))


def _movable(state: State) -> list[tuple[Place, Card]]:
    places = state.places(CASCADE) + state.places(CELL)
    return [(place, card) for place in places if (card := state.at(place))]


def _verdict(state: State, text: str) -> str:
    """Say of a move whether it is legal and why."""
    move = read_move(text)
    if move is None:
        raise ValueError(f"{text!r} is not a move")
    card, source, target = move
    there = state.at(source)
    if there != card:
        return (
            f"The available card of {source} is {there.pair if there else 'none'}; {card.pair} is "
            "covered. Not legal."
        )
    start = f"{card.pair} is {'the available card of' if source.kind == CASCADE else 'in'} {source}"
    onto = state.at(target)
    if target.kind == FOUNDATION:
        height = state.height(card.suit)
        needed = Card(height + 1, card.suit)
        verdict = "Legal" if needed == card else "Not legal"
        shown = f"shows {onto.pair}" if onto else "is empty"
        foundation = f"The {SUITS[card.suit]} foundation {shown}, so it takes {needed.pair}"
        return f"{start}. {foundation}. {verdict}."
    if onto is None:
        return f"{start}, and {target} is empty. Legal."
    if target.kind == CELL:
        return f"{start}, but {target} holds {onto.pair}. Not legal."
    colours = f"{card.colour} on {onto.colour}"
    if card.rank == onto.rank - 1:
        ranks = f"{RANKS[card.rank - 1]} is one below {RANKS[onto.rank - 1]}"
    else:
        ranks = f"{RANKS[card.rank - 1]} is not one below {RANKS[onto.rank - 1]}"
    verdict = "Legal" if alternates(card, onto) else "Not legal"
    return f"{start}, {target} ends in {onto.pair}: {colours}, {ranks}. {verdict}."


def _may_be_one_card(kinds: Sequence[Kind], cascades: int) -> bool:
    """Whether four moves of these kinds can name one card from one place, and differ."""
    sources, targets = zip(*kinds, strict=True)
    return (
        len(set(sources)) == 1
        and FOUNDATION not in targets
        and targets.count(CASCADE) <= cascades - (sources[0] == CASCADE)
    )


def _one_card_moves(kinds: Sequence[Kind], cascades: int, rng: Rng) -> list[Move] | None:
    columns, cells = rng.permutation(cascades), rng.permutation(CELLS)
    source = Place(CASCADE, columns.pop()) if kinds[0][0] == CASCADE else Place(CELL, cells.pop())
    may_be_king = all(target != CASCADE for _, target in kinds)
    card = Card(rng.integers(1, 13 + may_be_king), rng.choice(FOUNDATION_ORDER))
    return [
        Move(card, source, Place(target, columns.pop() if target == CASCADE else cells.pop()))
        for _, target in kinds
    ]


def _four_card_moves(kinds: Sequence[Kind], cascades: int, rng: Rng) -> list[Move] | None:
    """Word four moves of different cards; None for cards that would say something."""
    from_cascade = [i for i, (source, _) in enumerate(kinds) if source == CASCADE]
    onto_cascade = [i for i, (_, target) in enumerate(kinds) if target == CASCADE]
    # No cascade is source of one move and target of another: what leaves it would tell its end.
    sources = min(len(from_cascade), max(cascades // 2, cascades - len(onto_cascade)))
    targets = min(len(onto_cascade), cascades - sources)
    columns, cells = rng.permutation(cascades), rng.permutation(CELLS)
    source_columns = iter(rng.shuffled((columns[:sources] * 2)[: len(from_cascade)]))
    used = columns[sources : sources + targets]
    target_columns = iter(rng.shuffled((used * 2)[: len(onto_cascade)]))
    suits = rng.shuffled(FOUNDATION_ORDER)
    ranks = [rng.integers(2, 10) if target == FOUNDATION else 0 for _, target in kinds]
    moves: list[Move] = []
    for (source, target), rank in zip(kinds, ranks, strict=True):
        if target == FOUNDATION:
            card = Card(rank, suits.pop())
        else:
            # A lower card, on the table by its being named, would say how high foundations are.
            high = 13 + (target == CELL)
            card = Card(rng.integers(max(1, *ranks), high), rng.choice(FOUNDATION_ORDER))
        moves.append(
            Move(
                card,
                Place(CASCADE, next(source_columns))
                if source == CASCADE
                else Place(CELL, cells.pop()),
                Place(target, next(target_columns))
                if target == CASCADE
                else Place(FOUNDATION, card.suit)
                if target == FOUNDATION
                else Place(CELL, cells.pop()),
            )
        )
    named = [move.card for move in moves]
    if len(set(named)) < 4:
        return None
    for move in moves:
        if move.target.kind == CASCADE:
            rivals = [m.card for m in moves if m.target == move.target]
            if move.card.twin in rivals or all(c in named for c in alternating_onto(move.card)):
                return None
    return moves


_RANK, _COLOUR, _UPWARDS, _COVERED, _SKIPPED, _OCCUPIED = range(6)
_FAULTS = {
    (CASCADE, CASCADE): (_RANK, _COLOUR, _UPWARDS, _COVERED),
    (CELL, CASCADE): (_RANK, _COLOUR, _UPWARDS),
    (CASCADE, FOUNDATION): (_SKIPPED, _COVERED),
    (CELL, FOUNDATION): (_SKIPPED,),
    (CASCADE, CELL): (_OCCUPIED, _COVERED),
}
"""How a move of each kind can be wrong."""


class _Planting:
    """Lays out a table in which one of four given moves is legal and the others are not."""

    def __init__(self, plan: Plan[Knobs], rng: Rng) -> None:
        self.plan, self.rng = plan, rng
        self.moves: list[Move] = plan["moves"]
        self.right: int = plan["right"]
        self.one_card = len({move.card for move in self.moves}) == 1
        self.faults = self._draw_faults()

    def state(self) -> State | None:
        """Return the table, None where the cards drawn do not go together."""
        fitting = self._fitting()
        if fitting is None:
            return None
        layout = self._layout(fitting)
        if layout is None:
            return None
        for i, move in enumerate(self.moves):
            if not (self.one_card and i) and not self._place(layout, i, move):
                return None
        for column, card in fitting.items():
            if not layout.settle(layout.cascades[column][-1], card):
                return None
        for i, move in enumerate(self.moves):
            fault = self.faults[i]
            if fault is not None and fault in (_RANK, _COLOUR, _UPWARDS):
                slot = layout.cascades[int(move.target.key)][-1]
                if layout.cards[slot] is None:
                    misfits = [c for c in layout.pool if _shows(fault, move.card, c)]
                    if not misfits or not layout.settle(slot, self.rng.choice(misfits)):
                        return None
        return layout.finish(self.plan["runs"], self.rng)

    def _draw_faults(self) -> list[int | None]:
        """Draw how each wrong move is wrong, in two ways at least where that can be."""
        faults: list[int | None] = []
        for _ in range(6):
            faults = [None] * 4
            available = self._available()
            for i, move in enumerate(self.moves):
                if i == self.right:
                    continue
                shared = sum(other.source == move.source for other in self.moves) > 1
                ways = [f for f in _FAULTS[move.kind] if f != _COVERED or not shared]
                faults[i] = self.rng.choice(ways) if i in available else _COVERED
            if len(set(faults) - {None}) > 1:
                break
        return faults

    def _available(self) -> set[int]:
        """Draw whose card is the available one where several are named in one cascade."""
        first: dict[Place, int] = {self.moves[self.right].source: self.right}
        for i in self.rng.permutation(4):
            first.setdefault(self.moves[i].source, i)
        return set(range(4)) if self.one_card else set(first.values())

    def _fitting(self) -> dict[int, Card] | None:
        """Draw the ends of cascades on which the legal and the covered cards fit."""
        named = {move.card for move in self.moves}
        ends: dict[int, Card] = {}
        for i in sorted(range(4), key=lambda i: i != self.right):
            move = self.moves[i]
            column = int(move.target.key) if move.target.kind == CASCADE else -1
            if column < 0 or column in ends or self.faults[i] not in (None, _COVERED):
                continue
            taken = named | set(ends.values())
            fits = [card for card in alternating_onto(move.card) if card not in taken]
            if fits:
                ends[column] = self.rng.choice(fits)
            elif i == self.right:
                return None
        return ends

    def _layout(self, fitting: dict[int, Card]) -> Layout | None:
        rng, knobs = self.rng, self.plan.knobs
        heights = some_heights(knobs, rng)
        for card in [*(move.card for move in self.moves), *fitting.values()]:
            heights[card.suit] = min(heights[card.suit], card.rank - 1)
        for fault, move in zip(self.faults, self.moves, strict=True):
            if move.target.kind == FOUNDATION:
                skip = rng.integers(2, 4) if fault == _SKIPPED else 1
                heights[move.card.suit] = max(0, move.card.rank - skip)
        if any(card.rank <= heights[card.suit] for card in fitting.values()):
            return None

        cells = {True: set[int](), False: set[int]()}
        least = [0] * knobs.cascades
        for i, move in enumerate(self.moves):
            if move.source.kind == CELL:
                cells[True].add(int(move.source.key))
            elif not (self.one_card and i):
                # Something else covers a covered card; see _place.
                least[int(move.source.key)] += 1 + (self.faults[i] == _COVERED)
            if move.target.kind == CELL:
                cells[self.faults[i] == _OCCUPIED].add(int(move.target.key))
            elif move.target.kind == CASCADE:
                column = int(move.target.key)
                least[column] = max(1, least[column])
        wanted = rng.integers(knobs.occupied[0], knobs.occupied[1] + 1)
        for cell in rng.permutation(CELLS):
            if len(cells[True]) < wanted and cell not in cells[False]:
                cells[True].add(cell)

        empty = self._emptied(heights, len(cells[True]))
        for column in empty:
            least[column] = 0
            fitting.pop(column, None)
        return Layout(knobs.cascades, heights, cells[True], least, empty, rng)

    def _emptied(self, heights: Mapping[str, int], occupied: int) -> list[int]:
        """Return the right move's target, if it is to be empty and can be."""
        right = self.moves[self.right]
        cascades = self.plan.knobs.cascades
        if not self.plan["to_empty"] or right.target.kind != CASCADE:
            return []
        if sum(move.target == right.target for move in self.moves) > 1:
            return []
        # Two columns' worth, so that no other column is emptied by it.
        enough = sum(heights.values()) + occupied >= 52 // cascades + 8
        return [int(right.target.key)] if enough else []

    def _place(self, layout: Layout, i: int, move: Move) -> bool:
        """Settle the card that a move names where the move says it is."""
        if move.source.kind == CELL:
            slot = layout.cells[int(move.source.key)]
            return slot is not None and layout.settle(slot, move.card)
        cascade = layout.cascades[int(move.source.key)]
        if self.faults[i] != _COVERED:
            return layout.settle(cascade[-1], move.card)
        open_ = [slot for slot in cascade[:-1] if layout.cards[slot] is None]
        return bool(open_) and layout.settle(self.rng.choice(open_), move.card)


def _shows(fault: int, card: Card, end: Card) -> bool:
    """Whether a card moved onto the end of a cascade breaks just the rule meant."""
    if fault == _COLOUR:
        return end.rank == card.rank + 1 and end.is_red == card.is_red
    if end.is_red == card.is_red:
        return False
    if fault == _UPWARDS:
        return end.rank == card.rank - 1
    return end.rank != card.rank + 1 and abs(end.rank - card.rank) in (0, 2, 3)
