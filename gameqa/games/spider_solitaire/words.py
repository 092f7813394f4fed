"""The table as text."""

from __future__ import annotations

from gameqa.cards import SUITS
from gameqa.games.spider_solitaire.rules import State


def describe(state: State, numbered: bool) -> str:
    """Write what can be seen, one token a card, with card numbers where the picture has them."""
    lines = [
        f"Stock, one token for each deal left: {' '.join(['##'] * state.deals_left) or 'empty'}",
        f"Completed suits: {', '.join(SUITS[suit] for suit in state.foundations) or 'none'}",
        "Piles, each from the back card to the top card, which is the last token; ## is face-down"
        + (", card numbers before the colons:" if numbered else ":"),
    ]
    for number, pile in enumerate(state.piles):
        tokens = ["##"] * pile.face_down + [card.code for card in pile.face_up]
        if numbered:
            tokens = [f"{i}:{token}" for i, token in enumerate(tokens)]
        lines.append(f"pile {number}: {' '.join(tokens) or 'empty'}")
    return "\n".join([*lines, "Key: S spade, H heart, D diamond, C club."])
