"""How tables are made: places first, then the cards that matter, then the rest of the deck.

Every table can come from a legal deal: put the cards of foundations and free cells back on the
columns in reverse order, and each column has room for as many cards as it lacks.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gameqa.cards import DECK, Card, alternating_onto
from gameqa.games.freecell.rules import CELLS, FOUNDATION_ORDER, State
from gameqa.rng import Rng


@dataclass(frozen=True)
class Knobs:
    """What makes a table easy or hard.

    Attributes:
        cascades: number of cascades; fewer are longer.
        moves: least and greatest number of moves to follow.
        occupied: least and greatest number of free cells in use, where a task does not say.
        home: greatest number of cards on a foundation, where a task does not say.
        runs: share of the tables of moves with descending runs at the lower ends.
    """

    cascades: int
    moves: tuple[int, int]
    occupied: tuple[int, int] = (1, 3)
    home: int = 6
    runs: float = 0.3


class Layout:
    """A table under construction: slots for cards, some of them settled.

    Attributes:
        cards: the card of every slot, None while it is open.
        cascades: the slots of each cascade, from the base to the available card.
        cells: the slot of each free cell, None where empty.
        heights: cards on the foundation of each suit.
        pool: the cards that are not settled yet.
    """

    def __init__(
        self,
        cascades: int,
        heights: Mapping[str, int],
        occupied: Collection[int],
        least: Sequence[int],
        empty: Collection[int],
        rng: Rng,
    ) -> None:
        """Lay out the slots.

        Args:
            cascades: how many there are.
            heights: cards on the foundation of each suit.
            occupied: the free cells in use.
            least: the least length of each cascade.
            empty: cascades that are to be empty; the foundations must hold enough cards for it.
            rng: decides the lengths.
        """
        self.heights = dict(heights)
        self.pool = [card for card in DECK if card.rank > heights[card.suit]]
        lengths = [52 // cascades + (i < 52 % cascades) for i in range(cascades)]
        surplus = sum(lengths) - len(self.pool) + len(occupied)
        for i in empty:
            surplus -= lengths[i]
            lengths[i] = 0
        weights = [0.3 + rng.random() for _ in lengths]
        for _ in range(surplus):
            room = [
                w if n > low else 0.0 for w, n, low in zip(weights, lengths, least, strict=True)
            ]
            lengths[rng.weighted(range(cascades), room)] -= 1
        slots = iter(range(52))
        self.cascades = [[next(slots) for _ in range(length)] for length in lengths]
        self.cells = [next(slots) if i in occupied else None for i in range(CELLS)]
        self.cards: list[Card | None] = [None] * (sum(lengths) + len(occupied))

    def settle(self, slot: int, card: Card) -> bool:
        """Put a card into an open slot; False where the card is not to be had."""
        if self.cards[slot] is not None or card not in self.pool:
            return False
        self.cards[slot] = card
        self.pool.remove(card)
        return True

    def finish(self, runs: bool, rng: Rng) -> State:
        """Deal the rest of the deck; with ``runs``, first grow runs at lower ends."""
        if runs:
            for cascade in self.cascades:
                if cascade and rng.chance(0.5):
                    self._grow_run(cascade, 2 + rng.below(4), rng)
        rest = iter(rng.shuffled(self.pool))
        cards = [next(rest) if card is None else card for card in self.cards]
        return State(
            cascades=tuple(tuple(cards[slot] for slot in cascade) for cascade in self.cascades),
            cells=tuple(None if slot is None else cards[slot] for slot in self.cells),
            foundations=tuple(self.heights[suit] for suit in FOUNDATION_ORDER),
        )

    def _grow_run(self, cascade: list[int], length: int, rng: Rng) -> None:
        end = cascade[-1]
        if self.cards[end] is None:
            self.settle(end, rng.choice(self.pool))
        for below, slot in zip(cascade[:-length:-1], cascade[-2::-1], strict=False):
            card = self.cards[below]
            above = [c for c in alternating_onto(card) if c in self.pool] if card else []
            if not above or not self.settle(slot, rng.choice(above)):
                return


def some_heights(knobs: Knobs, rng: Rng) -> dict[str, int]:
    """Draw how many cards lie on each foundation."""
    return {suit: rng.below(knobs.home + 1) for suit in FOUNDATION_ORDER}


def some_cells(knobs: Knobs, rng: Rng) -> list[int]:
    """Draw which free cells are in use."""
    low, high = knobs.occupied
    return rng.sample(range(CELLS), rng.integers(low, high + 1))


def plain_state(knobs: Knobs, rng: Rng) -> State:
    """Make a table without anything planted."""
    count = knobs.cascades
    heights, cells = some_heights(knobs, rng), some_cells(knobs, rng)
    return Layout(count, heights, cells, [0] * count, (), rng).finish(False, rng)
