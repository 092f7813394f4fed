"""Playing cards: what a deck holds, how a card is written, and which card may lie on which."""

from __future__ import annotations

from typing import NamedTuple

RANKS = ("A", "2", "3", "4", "5", "6", "7", "8", "9", "10", "J", "Q", "K")
"""Indices of the ranks 1 (ace) to 13 (king), as printed on the cards."""

SUITS = {"S": "Spade", "H": "Heart", "D": "Diamond", "C": "Club"}
"""Suit letters and the suits' names."""

RED = frozenset("HD")

COLOURS = "Hearts and diamonds are red, spades and clubs are black."
"""For questions in which the colour decides."""

TWIN = {"S": "C", "C": "S", "H": "D", "D": "H"}
"""The other suit of the same colour."""

_RANK_WORDS = {1: "Ace", 11: "Jack", 12: "Queen", 13: "King"}


class Card(NamedTuple):
    """One card.

    Attributes:
        rank: 1 (ace) to 13 (king).
        suit: a letter of `SUITS`.
    """

    rank: int
    suit: str

    @property
    def code(self) -> str:
        """The card in states and text views, e.g. ``10S``."""
        return _CODES[self]

    @property
    def is_red(self) -> bool:
        """Whether the suit is hearts or diamonds."""
        return self.suit in RED

    @property
    def colour(self) -> str:
        """``red`` or ``black``."""
        return "red" if self.suit in RED else "black"

    @property
    def pair(self) -> str:
        """The card as a pair, e.g. ``(Spade, 10)`` or ``(Heart, A)``."""
        return f"({SUITS[self.suit]}, {RANKS[self.rank - 1]})"

    @property
    def words(self) -> str:
        """The card in words, e.g. ``Spade 10`` or ``Heart Ace``."""
        return f"{SUITS[self.suit]} {rank_word(self.rank)}"

    @property
    def twin(self) -> Card:
        """The card of the same rank and colour."""
        return Card(self.rank, TWIN[self.suit])


DECK = tuple(Card(rank, suit) for suit in SUITS for rank in range(1, 14))
"""The 52 cards."""

_CODES = {card: RANKS[card.rank - 1] + card.suit for card in DECK}
CARDS = {code: card for card, code in _CODES.items()}
"""Every card by its code."""


def rank_word(rank: int) -> str:
    """Return a rank in words: Ace, 2 ... 10, Jack, Queen, King."""
    return _RANK_WORDS.get(rank, str(rank))


def alternates(card: Card, onto: Card) -> bool:
    """Whether a card may lie on another where colours alternate and ranks fall by one."""
    return card.rank == onto.rank - 1 and (card.suit in RED) != (onto.suit in RED)


def alternating_onto(card: Card) -> tuple[Card, ...]:
    """Return the two cards that a card may lie on by `alternates`; none for a king."""
    if card.rank == 13:
        return ()
    return tuple(Card(card.rank + 1, suit) for suit in ("SC" if card.is_red else "HD"))


def read_card(text: str) -> Card | None:
    """Read a card however people write it: ``10S``, ``(Spade, 10)``, ``10 of Spades`` ...

    Returns:
        The card, or None where the text is not exactly one card.
    """
    words = text.lower().replace("(", " ").replace(")", " ").replace(",", " ").split()
    words = [word for word in words if word not in ("of", "the")]
    if len(words) == 1:
        return CARDS.get(words[0].upper())
    if len(words) != 2:
        return None
    for rank, suit in (words, reversed(words)):
        if rank in _READ_RANK and suit in _READ_SUIT:
            return Card(_READ_RANK[rank], _READ_SUIT[suit])
    return None


_READ_RANK = {name.lower(): rank for rank, name in enumerate(RANKS, 1)}
_READ_RANK.update({word.lower(): rank for rank, word in _RANK_WORDS.items()})
_READ_SUIT = {letter.lower(): letter for letter in SUITS}
for _letter, _name in SUITS.items():
    _READ_SUIT.update({_name.lower(): _letter, f"{_name.lower()}s": _letter})
