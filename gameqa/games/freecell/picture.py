"""The table as a picture: free cells and foundations on top, cascades fanned below."""

from __future__ import annotations

from gameqa.drawing import MAX_SIDE, Picture, Style
from gameqa.drawing.cards import card_set
from gameqa.games.freecell.rules import CELLS, FOUNDATION, FOUNDATION_ORDER, Place, State

# At this width eight slots and the gap between free cells and foundations fill the picture.
_CARD_WIDTHS = {8: 72, 6: 68, 4: 66}


def draw(state: State, style: Style) -> Picture:
    """Draw a table with the numbers of its cascades and free cells."""
    count = len(state.cascades)
    text = style.text_px(17)
    gap, margin = style.px(12), max(14, round(style.margin * 0.75))
    middle = 2 * gap
    preferred = style.px(_CARD_WIDTHS.get(count, 66))
    width = min(preferred, (MAX_SIDE - 2 * margin - 6 * gap - middle) // 8)
    cards = card_set(style, width)
    pitch = width + gap
    board = 8 * width + 6 * gap + middle
    head = margin + 2 * (text + gap)
    below = head + cards.height + 2 * (gap + text) + gap + style.px(6)
    longest = max(map(len, state.cascades))
    covered = max(1, longest - 1)
    step = min(cards.strip, (MAX_SIDE - below - cards.height - margin) // covered)
    side = 2 * margin + board
    high = below + (longest - 1) * step + cards.height + margin
    # A lower bound for the height keeps short tables from being padded off-centre.
    high = max(high, min(MAX_SIDE, -(-style.min_pixels // side)))
    canvas = cards.canvas(high, side)

    right = margin + 4 * pitch - gap + middle
    half = (4 * pitch - gap) / 2
    for caption, x, y in (
        ("Free cells", margin + half, margin),
        ("Foundations", right + half, margin),
        ("Cascades", side / 2, below - 2 * (gap + text)),
    ):
        canvas.label(caption, x, y, text, cards.labels, "top", style.face)
    for i in range(CELLS):
        x = margin + i * pitch
        y = margin + text + gap
        canvas.label(str(i), x + width / 2, y, text, cards.labels, "top", style.face)
        card = state.cells[i]
        if card is None:
            cards.place(canvas, x, head)
        else:
            cards.card(canvas, card, x, head)
    for i, suit in enumerate(FOUNDATION_ORDER):
        top = state.at(Place(FOUNDATION, suit))
        if top is None:
            cards.place(canvas, right + i * pitch, head, suit)
        else:
            cards.card(canvas, top, right + i * pitch, head)

    spread = (board - width) / (count - 1)
    for i, cascade in enumerate(state.cascades):
        x = margin + round(i * spread)
        y = below - gap - text
        canvas.label(str(i), x + width / 2, y, text, cards.labels, "top", style.face)
        if cascade:
            cards.fan(canvas, cascade, x, below, step)
        else:
            cards.place(canvas, x, below)
    return canvas.picture()
