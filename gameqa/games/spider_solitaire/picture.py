"""The table as a picture: stock and foundations on top, numbered piles fanned below."""

from __future__ import annotations

from gameqa.cards import Card
from gameqa.drawing import MAX_SIDE, MIN_TEXT, Picture, Style, text_width
from gameqa.drawing.cards import card_set
from gameqa.games.spider_solitaire.rules import FOUNDATIONS, State

_CARD_WIDTHS = {8: 64, 9: 62, 10: 60}
_BACK_STEP = 18
_STOCK_STEP = 17
_SEAM = 3


def draw(state: State, style: Style, numbered: bool) -> Picture:
    """Draw a table, with the cards' numbers beside them where a question uses them."""
    count = len(state.piles)
    text = style.text_px(16)
    air = style.px(10)
    margin = max(12, round(style.margin * 0.7))
    face = "condensed" if style.face == "condensed" else "regular"
    # The numbers stand left of the cards.
    gap = max(style.px(24), text_width("12", MIN_TEXT, face) + 4) if numbered else style.px(14)
    before = gap if numbered else 0
    # What the stock and the foundations need beside their cards.
    top_gaps = 4 * style.px(_STOCK_STEP) + gap + (FOUNDATIONS - 1) * _SEAM
    inside = MAX_SIDE - 2 * margin
    widest = min(
        (inside - count * gap) // count,
        (inside - before - top_gaps - count) // (FOUNDATIONS + 1),
    )
    width = min(style.px(_CARD_WIDTHS.get(count, 66)), widest)
    cards = card_set(style, width)
    # Few piles stand further apart, so that the foundations do not overlap.
    top_row = top_gaps + (FOUNDATIONS + 1) * width
    pitch = max(width + gap, -(-(top_row - width) // max(1, count - 1)))
    board = before + (count - 1) * pitch + width
    side = 2 * margin + board
    head = margin + text + air
    below = head + cards.height + 2 * air + text + air

    fans = [[None] * pile.face_down + list(pile.face_up) for pile in state.piles]
    step, back_step = cards.strip, style.px(_BACK_STEP)
    room = MAX_SIDE - below - margin - cards.height
    # A long pile is drawn closer, but ranks, suits and numbers stay in sight.
    while step > cards.strip - 4 and _deepest(fans, step, back_step) > room:
        step, back_step = step - 1, max(16, back_step - 1)
    high = below + _deepest(fans, step, back_step) + cards.height + margin
    high = max(high, min(MAX_SIDE, -(-style.min_pixels // side)))
    canvas = cards.canvas(high, side)

    left = margin + before
    canvas.label("Stock", left, margin, text, cards.labels, "topleft", style.face)
    if state.deals_left == 0:
        cards.place(canvas, left, head)
    for i in range(state.deals_left):
        cards.card(canvas, None, left + i * style.px(_STOCK_STEP), head)
    first = left + width + 4 * style.px(_STOCK_STEP) + gap
    spread = (side - margin - width - first) / (FOUNDATIONS - 1)
    middle = (first + side - margin) / 2
    canvas.label("Foundations", middle, margin, text, cards.labels, "top", style.face)
    for i in range(FOUNDATIONS):
        x = first + round(i * spread)
        if i < len(state.foundations):
            cards.badge(canvas, state.foundations[i], x, head)
        else:
            cards.place(canvas, x, head)

    for i, fan in enumerate(fans):
        x = left + i * pitch
        y = below - air - text
        canvas.label(f"Pile {i}", x + width / 2, y, text, cards.labels, "top", style.face)
        if not fan:
            cards.place(canvas, x, below)
            continue
        cards.fan(canvas, fan, x, below, step, back_step)
        if numbered:
            tops = list(cards.tops(fan, below, step, back_step))
            for number, (card, top) in enumerate(zip(fan, tops, strict=True)):
                y = top + (step if card else back_step) // 2
                canvas.label(
                    str(number), x - 3, y, MIN_TEXT, cards.muted, "right", face, is_plain=True
                )
    return canvas.picture()


def _deepest(fans: list[list[Card | None]], step: int, back_step: int) -> int:
    """Return how far below the first card the last one of the longest pile lies."""
    return max(sum(step if card else back_step for card in fan[:-1]) for fan in fans)
