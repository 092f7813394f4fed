"""The table as text."""

from __future__ import annotations

from gameqa.cards import SUITS, Card
from gameqa.games.freecell.rules import FOUNDATION, FOUNDATION_ORDER, Place, State


def describe(state: State) -> str:
    """Write every card that can be seen, place by place."""
    lines = [
        "Cascades, each from the base to the available card, which is the last one:",
        *(f"cascade {i}: {_row(cascade)}" for i, cascade in enumerate(state.cascades)),
        "Free cells:",
        *(f"free cell {i}: {_one(card)}" for i, card in enumerate(state.cells)),
        "Foundations, the top card of each; all lower cards of its suit lie below it:",
    ]
    for suit in FOUNDATION_ORDER:
        lines.append(f"{SUITS[suit]}: {_one(state.at(Place(FOUNDATION, suit)))}")
    return "\n".join(lines)


def _row(cards: tuple[Card, ...]) -> str:
    return " ".join(card.pair for card in cards) or "empty"


def _one(card: Card | None) -> str:
    return card.pair if card else "empty"
