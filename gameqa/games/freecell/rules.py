"""Rules of FreeCell: the table, one move of one card, and why a move is not legal.

Cascades run from the base to the *available card*, the only one that can be moved.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from gameqa.cards import SUITS, Card, alternates

CASCADE, CELL, FOUNDATION = "cascade", "free_cell", "foundation"

FOUNDATION_ORDER = "HDCS"
"""Suits of the foundations from left to right."""

CELLS = 4


class Place(NamedTuple):
    """A cascade or free cell by its number, or a foundation by its suit letter."""

    kind: str
    key: int | str

    def __str__(self) -> str:
        if self.kind == FOUNDATION:
            return f"the {SUITS[str(self.key)]} foundation"
        return f"{'free cell' if self.kind == CELL else 'cascade'} {self.key}"


class Move(NamedTuple):
    """A card put from one place to another."""

    card: Card
    source: Place
    target: Place

    def __str__(self) -> str:
        return f"{self.card.pair} from {self.source} to {self.target}"

    @property
    def kind(self) -> tuple[str, str]:
        """The kinds of source and target."""
        return self.source.kind, self.target.kind

    def data(self) -> dict[str, Any]:
        """Return the move as JSON-able data."""
        return {
            "card": self.card.code,
            "source": list(self.source),
            "target": list(self.target),
        }


@dataclass(frozen=True)
class State:
    """A table.

    Attributes:
        cascades: each from the base to the available card.
        cells: the four free cells, None where empty.
        foundations: how many cards lie on each foundation, in `FOUNDATION_ORDER`.
    """

    cascades: tuple[tuple[Card, ...], ...]
    cells: tuple[Card | None, ...]
    foundations: tuple[int, ...]

    def is_whole(self) -> bool:
        """Whether the table holds every card of the deck once."""
        cards = [card for cascade in self.cascades for card in cascade]
        cards += [card for card in self.cells if card]
        for suit, height in zip(FOUNDATION_ORDER, self.foundations, strict=True):
            cards += [Card(rank, suit) for rank in range(1, height + 1)]
        return len(cards) == 52 and len(set(cards)) == 52

    def height(self, suit: str) -> int:
        """Return how many cards lie on the foundation of a suit."""
        return self.foundations[FOUNDATION_ORDER.index(suit)]

    def at(self, place: Place) -> Card | None:
        """Return the card that can be seen as a whole at a place, None where there is none."""
        if place.kind == CASCADE:
            cascade = self.cascades[int(place.key)]
            return cascade[-1] if cascade else None
        if place.kind == CELL:
            return self.cells[int(place.key)]
        height = self.height(str(place.key))
        return Card(height, str(place.key)) if height else None

    def accepts(self, card: Card, target: Place) -> bool:
        """Whether a card may be put on a place, wherever it comes from."""
        if target.kind == FOUNDATION:
            return card.suit == target.key and card.rank == self.height(card.suit) + 1
        there = self.at(target)
        return there is None or (target.kind == CASCADE and alternates(card, there))

    def is_legal(self, move: Move) -> bool:
        """Whether a move keeps to the rules."""
        return (
            move.source.kind != FOUNDATION
            and move.source != move.target
            and move.kind != (CELL, CELL)
            and self.at(move.source) == move.card
            and self.accepts(move.card, move.target)
        )

    def is_pointless(self, move: Move) -> bool:
        """Whether a legal move only shifts a cascade of one card to an empty one."""
        return (
            move.kind == (CASCADE, CASCADE)
            and len(self.cascades[int(move.source.key)]) == 1
            and self.at(move.target) is None
        )

    def after(self, move: Move) -> State:
        """Return the table after a legal move."""
        cascades, cells = list(self.cascades), list(self.cells)
        foundations = list(self.foundations)
        if move.source.kind == CASCADE:
            cascades[int(move.source.key)] = cascades[int(move.source.key)][:-1]
        else:
            cells[int(move.source.key)] = None
        if move.target.kind == CASCADE:
            cascades[int(move.target.key)] += (move.card,)
        elif move.target.kind == CELL:
            cells[int(move.target.key)] = move.card
        else:
            foundations[FOUNDATION_ORDER.index(move.card.suit)] += 1
        return State(tuple(cascades), tuple(cells), tuple(foundations))

    def places(self, kind: str) -> list[Place]:
        """Return all places of a kind, from left to right."""
        if kind == FOUNDATION:
            return [Place(kind, suit) for suit in FOUNDATION_ORDER]
        return [Place(kind, i) for i in range(len(self.cascades) if kind == CASCADE else CELLS)]

    def legal_moves(self) -> Iterator[Move]:
        """Yield every legal, not pointless move in the fixed order of sources and targets."""
        for source in self.places(CASCADE) + self.places(CELL):
            card = self.at(source)
            if card is None:
                continue
            targets = self.places(CASCADE) + self.places(CELL) + [Place(FOUNDATION, card.suit)]
            for target in targets:
                move = Move(card, source, target)
                if self.is_legal(move) and not self.is_pointless(move):
                    yield move


def read_place(data: Sequence[Any]) -> Place:
    """Read a place from a query."""
    kind, key = data
    return Place(kind, key)
