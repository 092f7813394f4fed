"""The table as text."""

from __future__ import annotations

from gameqa.cards import COLOURS, SUITS, Card
from gameqa.games.klondike.rules import State


def describe(state: State) -> str:
    """Write what can be seen, one token a card."""
    lines = [
        f"Stock, number of face-down cards: {state.stock}",
        f"Waste, number of cards: {len(state.waste)}",
        f"Waste, last card: {state.waste[-1].code if state.waste else 'none'}",
    ]
    for number, foundation in enumerate(state.foundations, 1):
        shown = "empty"
        if foundation:
            shown = f"{SUITS[foundation[0]]}, top card {Card(foundation[1], foundation[0]).code}"
        lines.append(f"Foundation {number}: {shown}")
    lines.append("Piles from the back to the top card, which is the last token; ## is face-down:")
    for number, pile in enumerate(state.tableau, 1):
        tokens = ["##"] * pile.face_down + [card.code for card in pile.face_up]
        lines.append(f"Tab{number}: {' '.join(tokens) or 'empty'}")
    lines.append(f"Key: S spade, H heart, D diamond, C club. {COLOURS}")
    return "\n".join(lines)
