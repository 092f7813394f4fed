"""Rules of Klondike: the table, which moves are valid, and what each of them does.

Piles and foundations are numbered from 1, as in the picture. A pile's *top card* is its last one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from gameqa.cards import DECK, RED, Card, alternates

PILES = 7
FOUNDATIONS = 4
STOCK_AND_WASTE = 24
"""How many cards stock and waste hold at most, as after the deal."""

WASTE = 8
"""Source of a move that is the waste; the piles are 1 to 7."""

_MOVE = re.compile(r"Move from (?:Tab([1-7])|Waste Pile) to (Tab|Foundation )([1-7])")


class Move(NamedTuple):
    """A move by its places; moves sort in the order in which they are listed.

    Attributes:
        source: a pile's number, or `WASTE`.
        home: whether the target is a foundation.
        target: the number of a pile or foundation.
    """

    source: int
    home: bool
    target: int

    def __str__(self) -> str:
        start = "Waste Pile" if self.source == WASTE else f"Tab{self.source}"
        return f"Move from {start} to {'Foundation ' if self.home else 'Tab'}{self.target}"

    @property
    def in_tableau(self) -> bool:
        """Whether the move goes from pile to pile."""
        return self.source != WASTE and not self.home


def read_move(text: str) -> Move | None:
    """Read a move from its canonical text."""
    found = _MOVE.fullmatch(text)
    if found is None:
        return None
    home = found[2] != "Tab"
    if home and int(found[3]) > FOUNDATIONS:
        return None
    return Move(int(found[1] or WASTE), home, int(found[3]))


class Pile(NamedTuple):
    """A tableau pile: face-down cards, then face-up ones from back to top."""

    face_down: int
    face_up: tuple[Card, ...]


class Effect(NamedTuple):
    """What a valid move does.

    Attributes:
        size: how many cards move.
        beneath: what lies beneath them: ``"face-down"``, ``"face-up"`` or ``"nothing"``.
        effective: whether it counts as effective.
    """

    size: int
    beneath: str
    effective: bool


@dataclass(frozen=True)
class State:
    """A table.

    Attributes:
        stock: number of cards in the stock.
        waste: the waste from the bottom to its last card, the only one in sight.
        foundations: suit and top rank of each foundation, None where empty.
        tableau: the seven piles.
        hidden_stock, hidden_tableau: what lies face down; no question depends on it.
    """

    stock: int
    waste: tuple[Card, ...]
    foundations: tuple[tuple[str, int] | None, ...]
    tableau: tuple[Pile, ...]
    hidden_stock: tuple[Card, ...]
    hidden_tableau: tuple[tuple[Card, ...], ...]

    def is_sound(self) -> bool:
        """Whether the table holds one deck, laid as the rules leave it."""
        cards = [*self.waste, *self.hidden_stock]
        for pile, hidden in zip(self.tableau, self.hidden_tableau, strict=True):
            cards += [*hidden, *pile.face_up]
            if len(hidden) != pile.face_down or (hidden and not pile.face_up):
                return False
            if not all(map(alternates, pile.face_up[1:], pile.face_up)):
                return False
        for foundation in filter(None, self.foundations):
            cards += [Card(rank, foundation[0]) for rank in range(1, foundation[1] + 1)]
        return len(cards) == 52 and set(cards) == set(DECK) and len(self.hidden_stock) == self.stock

    @property
    def measure(self) -> int:
        """The level measure: face-up cards, started foundations, and a waste that is not empty."""
        shown = sum(len(pile.face_up) for pile in self.tableau)
        return shown + sum(f is not None for f in self.foundations) + bool(self.waste)

    def top(self, source: int) -> Card | None:
        """Return the top card of a pile or of the waste."""
        cards = self.waste if source == WASTE else self.tableau[source - 1].face_up
        return cards[-1] if cards else None

    def takes_home(self, card: Card, foundation: int) -> bool:
        """Whether a foundation takes a card now."""
        there = self.foundations[foundation - 1]
        return card.rank == 1 if there is None else there == (card.suit, card.rank - 1)

    def effect(self, move: Move) -> Effect | None:
        """Return what a move does, None where it is not valid."""
        card = self.top(move.source)
        if card is None:
            return None
        if move.source == WASTE:
            lone = Effect(1, "nothing", move.home)
            if move.home:
                return lone if self.takes_home(card, move.target) else None
            onto = self.top(move.target)
            fits = alternates(card, onto) if onto else card.rank == 13
            return lone if fits else None
        face_down, part = self.tableau[move.source - 1]
        if move.home:
            if not self.takes_home(card, move.target):
                return None
            return Effect(1, _beneath(face_down, len(part) - 1), True)
        if move.source == move.target:
            return None
        onto = self.top(move.target)
        # Ranks fall by one a card, so one card at most has the rank that fits.
        at = part[0].rank - (onto.rank - 1 if onto else 13)
        if not 0 <= at < len(part) or (onto and not alternates(part[at], onto)):
            return None
        beneath = _beneath(face_down, at)
        effective = beneath == "face-down" or (beneath == "nothing" and onto is not None)
        return Effect(len(part) - at, beneath, effective)

    def effects(self) -> dict[Move, Effect]:
        """Return every valid move but drawing, in the fixed order, with what it does."""
        # The piles that take a card of a rank, with the colour that it must not have.
        takers: dict[int, list[tuple[int, bool | None]]] = {}
        for target, (_, part) in enumerate(self.tableau, 1):
            if part:
                takers.setdefault(part[-1].rank - 1, []).append((target, part[-1].suit in RED))
            else:
                takers.setdefault(13, []).append((target, None))
        homes: dict[tuple[str, int] | None, list[int]] = {}
        for target, there in enumerate(self.foundations, 1):
            homes.setdefault(there, []).append(target)
        found: dict[Move, Effect] = {}
        for source, (face_down, part) in enumerate(self.tableau, 1):
            if not part:
                continue
            head = part[0].rank
            # A pile has no card one rank below its own top card, so it never takes its own.
            fits = [
                (target, head - rank, red is None)
                for rank in range(part[-1].rank, head + 1)
                for target, red in takers.get(rank, ())
                if red is None or red != (part[head - rank].suit in RED)
            ]
            for target, at, is_empty in sorted(fits):
                beneath = _beneath(face_down, at)
                effective = beneath == "face-down" or (beneath == "nothing" and not is_empty)
                found[Move(source, False, target)] = Effect(len(part) - at, beneath, effective)
            for target in homes.get(_wanted(part[-1]), ()):
                beneath = _beneath(face_down, len(part) - 1)
                found[Move(source, True, target)] = Effect(1, beneath, True)
        if self.waste:
            card = self.waste[-1]
            for target, red in takers.get(card.rank, ()):
                if red is None or red != (card.suit in RED):
                    found[Move(WASTE, False, target)] = Effect(1, "nothing", False)
            for target in homes.get(_wanted(card), ()):
                found[Move(WASTE, True, target)] = Effect(1, "nothing", True)
        return found

    def facts(self) -> tuple[bool, bool, bool]:
        """Return the facts A, B and C; the game is deadlocked if all of them are false."""
        effects = self.effects()
        return (
            self.stock + len(self.waste) > 0,
            any(move.home for move in effects),
            any(move.in_tableau and effect.effective for move, effect in effects.items()),
        )


def _wanted(card: Card) -> tuple[str, int] | None:
    """Return what lies on a foundation that takes a card."""
    return (card.suit, card.rank - 1) if card.rank > 1 else None


def _beneath(face_down: int, at: int) -> str:
    return "face-up" if at else "face-down" if face_down else "nothing"


MOVES = tuple(
    Move(source, home, target)
    for source in range(1, WASTE + 1)
    for home in (False, True)
    for target in range(1, (FOUNDATIONS if home else PILES) + 1)
    if home or source != target
)
"""All moves that can be named, in the order in which they are listed."""

TABLEAU_MOVES = tuple(move for move in MOVES if move.in_tableau)
