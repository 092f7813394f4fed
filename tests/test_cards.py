"""The shared room for playing cards: how they are written and read, and how they look."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from gameqa.answers import Phrase, PlayingCard
from gameqa.cards import CARDS, DECK, Card, alternates, alternating_onto, read_card
from gameqa.drawing import VARIANTS, Style, cielab_distance, resolve, simulate_deuteranopia, variant
from gameqa.drawing.cards import SUIT_INKS, card_set, index_height
from gameqa.errors import GameQAError

STYLES = [resolve("classic"), resolve("dark"), *map(variant, range(0, VARIANTS, 5))]


def test_every_card_is_read_back() -> None:
    """Catches a code, pair or phrase that does not lead back to its card, tens above all."""
    assert len(set(DECK)) == 52 and set(CARDS.values()) == set(DECK)
    for card in DECK:
        suit, rank = card.words.split()
        for text in (card.code, card.pair, card.words, f"{rank} of {suit}s", card.code.lower()):
            assert read_card(text) == card, text
    assert Card(10, "S").pair == "(Spade, 10)" and Card(1, "H").words == "Heart Ace"


@pytest.mark.parametrize("text", ["", "10", "Spade", "1S", "11S", "Spade 10 Heart 9", "Spade 1"])
def test_what_is_no_card(text: str) -> None:
    """Catches half a card, a rank without a name, or two cards taken for one."""
    assert read_card(text) is None
    with pytest.raises(GameQAError):
        PlayingCard(pair=True).parse(text)


def test_alternating() -> None:
    """Catches the wrong direction, and same colours."""
    for card in DECK:
        fits = [other for other in DECK if alternates(card, other)]
        assert set(fits) == set(alternating_onto(card))
        assert all(other.rank == card.rank + 1 for other in fits)
        assert {other.colour for other in fits} <= {"red", "black"} - {card.colour}


def test_phrase() -> None:
    """Catches a phrase of another shape."""
    kind = Phrase(r"Move from Tab[1-7]", "Answer with a move.")
    assert kind.parse("Move from Tab3") == "Move from Tab3"
    with pytest.raises(GameQAError):
        kind.parse("Move from Tab8")


@pytest.mark.parametrize("style", STYLES, ids=lambda style: f"{style.name}{style.variant}")
@pytest.mark.parametrize("width", [58, 70, 90])
def test_strips_tell_all_cards_apart(style: Style, width: int) -> None:
    """Catches rank or suit that is hidden in a fanned card, or cut off at its side."""
    cards = card_set(style, width)
    assert cards.strip >= 22 and index_height(width) >= 14 and len(cards.palette) <= 256
    strips = {card: cards.palette[cards.faces[card][: cards.strip]] for card in DECK}
    for a, b in combinations(DECK, 2):
        differing = (strips[a] != strips[b]).any(axis=2).sum()
        # The suits of one colour differ least, by their shape.
        assert differing >= 24, f"{a.code} and {b.code} differ in {differing} pixels"
    paper = cards.palette[cards.faces[DECK[0]][cards.strip - 2, width // 2]]
    right = [strip[4:-2, width - 6 : width - 3] for strip in strips.values()]
    assert all(np.array_equal(edge, np.broadcast_to(paper, edge.shape)) for edge in right)


def test_red_and_black_are_apart_for_everybody() -> None:
    """Catches inks that a colour-blind reader, or one who sees only light and dark, would mix."""
    for red in "HD":
        for black in "SC":
            seen = [simulate_deuteranopia(SUIT_INKS[suit]) for suit in (red, black)]
            assert cielab_distance(*seen) > 15
            assert cielab_distance(SUIT_INKS[red], SUIT_INKS[black]) > 30
