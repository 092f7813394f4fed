"""Rules of Spider: the table, groups and runs, what a move does, and how moves are ranked.

Piles are numbered from 0, and so are the cards of a pile, from the back card to the *top card*.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from gameqa.cards import Card

CARDS_IN_ALL = 104
DEALS = 5
FOUNDATIONS = 8

SUITS_IN_USE = {1: "S", 2: "SH", 4: "SHDC"}
"""The suits of a table by their number; eight complete suits in all."""

MISSING, HIDDEN, BLOCKED, TARGET, WORKS = "missing", "hidden", "blocked", "target", "ok"


def run_length(cards: Sequence[Card]) -> int:
    """Return how many cards the longest movable group at the end of face-up cards has."""
    if not cards:
        return 0
    rank, suit = cards[-1]
    length = 1
    for at in range(len(cards) - 2, -1, -1):
        rank += 1
        card = cards[at]
        if card.rank != rank or card.suit != suit:
            break
        length += 1
    return length


class Pile(NamedTuple):
    """A pile: face-down cards, then face-up ones from back to top."""

    face_down: int
    face_up: tuple[Card, ...]

    @property
    def size(self) -> int:
        """How many cards the pile has."""
        return self.face_down + len(self.face_up)

    @property
    def top(self) -> Card | None:
        """The top card, None where the pile is empty."""
        return self.face_up[-1] if self.face_up else None

    @property
    def run_length(self) -> int:
        """How many cards the longest movable group has."""
        return run_length(self.face_up)

    @property
    def run(self) -> tuple[Card, ...]:
        """The longest movable group."""
        return self.face_up[len(self.face_up) - self.run_length :]

    @property
    def is_complete(self) -> bool:
        """Whether a whole suit lies at the end, king down to ace."""
        return self.run_length == 13


def opening_face_down(piles: int, pile: int) -> int:
    """Return how many face-down cards a pile has after the opening deal."""
    count = CARDS_IN_ALL - 6 * piles
    return count // piles + (pile < count % piles)


class Shift(NamedTuple):
    """A try to move card ``card`` of pile ``source``, and all cards above it, to a pile."""

    source: int
    card: int
    target: int

    def __str__(self) -> str:
        return f"card {self.card} of pile {self.source} to pile {self.target}"


DEAL = "deal a row"


def send(pile: int) -> str:
    """Return the words for sending off the completed suit of a pile."""
    return f"send the completed suit of pile {pile}"


class Join(NamedTuple):
    """What a joining move does: how long the run on its target becomes, and whether it reveals."""

    move: Shift
    length: int
    reveals: bool


Key = tuple[int, int, bool]
"""Rank of an action: tier, minus the length of the run, whether it reveals nothing."""


@dataclass(frozen=True)
class State:
    """A table.

    Attributes:
        num_suits: 1, 2 or 4.
        piles: the waste piles from left to right.
        deals_left: how many rows the stock still holds.
        foundations: the suits that are complete, sorted.
        hidden_piles, hidden_stock: what lies face down; no question depends on it.
    """

    num_suits: int
    piles: tuple[Pile, ...]
    deals_left: int
    foundations: tuple[str, ...]
    hidden_piles: tuple[tuple[Card, ...], ...]
    hidden_stock: tuple[Card, ...]

    def is_sound(self) -> bool:
        """Whether the table holds eight complete suits, laid as the rules leave them."""
        cards = Counter(self.hidden_stock)
        for number, (pile, hidden) in enumerate(zip(self.piles, self.hidden_piles, strict=True)):
            cards.update(hidden)
            cards.update(pile.face_up)
            if len(hidden) != pile.face_down or (hidden and not pile.face_up):
                return False
            if pile.face_down > opening_face_down(len(self.piles), number):
                return False
        for suit in self.foundations:
            cards.update(Card(rank, suit) for rank in range(1, 14))
        copies = FOUNDATIONS // self.num_suits
        return (
            all(count == copies for count in cards.values())
            and len(cards) == 13 * self.num_suits
            and len(self.hidden_stock) == self.deals_left * len(self.piles)
        )

    @property
    def may_deal(self) -> bool:
        """Whether a click on the stock deals a row."""
        return self.deals_left > 0 and all(pile.size for pile in self.piles)

    def outcome(self, move: Shift) -> str:
        """Return the first check that a try to move fails, or that it works."""
        pile = self.piles[move.source]
        if move.card >= pile.size:
            return MISSING
        if move.card < pile.face_down:
            return HIDDEN
        if move.card < pile.size - pile.run_length:
            return BLOCKED
        top = self.piles[move.target].top
        card = pile.face_up[move.card - pile.face_down]
        return TARGET if top and top.rank != card.rank + 1 else WORKS

    def reveals(self, move: Shift) -> bool:
        """Whether a move that works turns a face-down card up."""
        return 0 < move.card == self.piles[move.source].face_down

    def continuations(self) -> Iterator[Join]:
        """Yield every move of a sequence that continues the run of another pile in suit and rank.

        The run that it makes need not be longer than the one that it was taken from.
        """
        # No card of a run is one rank below the run's own top card, so piles never join themselves.
        takers: dict[Card, list[tuple[int, int]]] = {}
        for target, pile in enumerate(self.piles):
            if pile.top and pile.top.rank > 1:
                after = Card(pile.top.rank - 1, pile.top.suit)
                takers.setdefault(after, []).append((target, pile.run_length))
        for source, pile in enumerate(self.piles):
            for count in range(pile.run_length, 0, -1):
                for target, length in takers.get(pile.face_up[-count], ()):
                    move = Shift(source, pile.size - count, target)
                    yield Join(move, length + count, self.reveals(move))

    def joins(self) -> Iterator[Join]:
        """Yield every joining move: onto a non-empty pile, into a longer run of its suit."""
        for join in self.continuations():
            if join.length > self.piles[join.move.source].run_length:
                yield join

    def ranked(self) -> dict[str, Key]:
        """Return the actions of the best tier there is, with their keys; smaller is better."""
        complete = [send(i) for i, pile in enumerate(self.piles) if pile.is_complete]
        if complete:
            return dict.fromkeys(complete, (1, 0, False))
        joins = {str(j.move): (2, -j.length, not j.reveals) for j in self.joins()}
        if joins:
            return joins
        lifts = {
            str(Shift(source, pile.face_down, target)): (3, -pile.run_length, False)
            for source, pile in enumerate(self.piles)
            for target, goal in enumerate(self.piles)
            if not goal.size and pile.face_down and pile.run_length == len(pile.face_up)
        }
        if lifts:
            return lifts
        return {DEAL: (4, 0, False)} if self.may_deal else {}
