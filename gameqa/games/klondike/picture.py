"""The table as a picture: stock, waste and foundations on top, seven fanned piles below."""

from __future__ import annotations

from gameqa.cards import Card
from gameqa.drawing import MAX_SIDE, Picture, Style
from gameqa.drawing.cards import card_set
from gameqa.games.klondike.rules import PILES, State

_CARD_WIDTH = 70
_BACK_STEP = 15


def draw(state: State, style: Style) -> Picture:
    """Draw a table with the names of its places."""
    text = style.text_px(16)
    gap, margin = style.px(22), max(14, round(style.margin * 0.75))
    air = style.px(10)
    width = min(style.px(_CARD_WIDTH), (MAX_SIDE - 2 * margin - 6 * gap) // PILES)
    cards = card_set(style, width)
    pitch = width + gap
    side = 2 * margin + PILES * pitch - gap
    head = margin + 2 * text + 2 * air
    below = head + cards.height + 3 * air + text

    fans = [[None] * pile.face_down + list(pile.face_up) for pile in state.tableau]
    step, back_step = cards.strip, style.px(_BACK_STEP)
    room = MAX_SIDE - below - margin
    # A long pile is drawn closer, but rank and suit stay in sight.
    while step > cards.strip - 4 and _deepest(fans, step, back_step) + cards.height > room:
        step, back_step = step - 1, max(12, back_step - 1)
    high = below + _deepest(fans, step, back_step) + cards.height + margin
    high = max(high, min(MAX_SIDE, -(-style.min_pixels // side)))
    canvas = cards.canvas(high, side)

    def label(words: str, column: float, y: int) -> None:
        x = margin + column * pitch + width / 2
        canvas.label(words, x, y, text, cards.labels, "top", style.face)

    for column, (name, count) in enumerate((("Stock", state.stock), ("Waste", len(state.waste)))):
        label(name, column, margin)
        label(f"({count})", column, head - air - text)
    label("Foundation", 4.5, margin)
    if state.stock:
        cards.card(canvas, None, margin, head)
    else:
        cards.place(canvas, margin, head)
    if state.waste:
        cards.card(canvas, state.waste[-1], margin + pitch, head)
    else:
        cards.place(canvas, margin + pitch, head)
    for number, foundation in enumerate(state.foundations, 1):
        label(str(number), 2 + number, head - air - text)
        x = margin + (2 + number) * pitch
        if foundation:
            cards.card(canvas, Card(foundation[1], foundation[0]), x, head)
        else:
            cards.place(canvas, x, head)
    for i, fan in enumerate(fans):
        label(f"Tab{i + 1}", i, below - air - text)
        if fan:
            cards.fan(canvas, fan, margin + i * pitch, below, step, back_step)
        else:
            cards.place(canvas, margin + i * pitch, below)
    return canvas.picture()


def _deepest(fans: list[list[Card | None]], step: int, back_step: int) -> int:
    """Return how far below the first card the last one of the longest pile lies."""
    return max(sum(step if card else back_step for card in fan[:-1]) for fan in fans)
