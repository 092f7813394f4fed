"""How tables are made: built to order, or played from a deal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gameqa.cards import DECK, SUITS, Card, alternates, alternating_onto
from gameqa.games.klondike.rules import (
    FOUNDATIONS,
    PILES,
    STOCK_AND_WASTE,
    WASTE,
    Move,
    Pile,
    State,
)
from gameqa.rng import Rng

LONGEST = 14
"""Face-up cards of a pile at most."""


_BELOW = {
    top: tuple(card for card in (Card(top.rank - 1, s) for s in SUITS) if alternates(card, top))
    if top.rank > 1
    else ()
    for top in DECK
}
"""For every card the two that may lie on it."""


@dataclass(frozen=True)
class Knobs:
    """What makes a table easy or hard.

    Attributes:
        measure: least and greatest level measure: face-up cards, started foundations, and one for
            a waste that is not empty.
        empty: chance of a pile to be empty.
        home: greatest number of cards on a foundation, but for tables without stock and waste.
        played: share of tables played from a deal, where a task takes what comes.
    """

    measure: tuple[int, int]
    empty: float = 0.1
    home: int = 6
    played: float = 0.3


@dataclass(frozen=True)
class Wish:
    """What a table is to be like.

    Attributes:
        measure: the level measure.
        dry: whether stock and waste are empty.
        waste: whether the waste is not empty.
        none_home: whether no available card may go to a foundation.
        none_whole: whether no whole face-up part may fit on a pile.
        plant: ``"home"`` for a top card that a foundation takes, ``"waste home"`` and ``"waste
            tab"`` for a waste card that a foundation or pile takes, ``"whole"`` for a face-up part
            that fits on a pile, ``"long"`` for one of several cards, ``"part"`` for the lower end
            of one.
        bare: whether nothing lies beneath the planted part.
    """

    measure: int
    dry: bool = False
    waste: bool = True
    none_home: bool = False
    none_whole: bool = False
    plant: str = ""
    bare: bool = False


def some_wish(knobs: Knobs, rng: Rng) -> Wish:
    """Draw a level measure and whether there is a waste card."""
    low, high = knobs.measure
    return Wish(rng.integers(low, high + 1), waste=rng.chance(0.8))


def build(knobs: Knobs, wish: Wish, rng: Rng) -> State | None:
    """Build a table to order; None where the cards drawn do not go together."""
    return _Builder(knobs, wish, rng).table()


class _Builder:
    def __init__(self, knobs: Knobs, wish: Wish, rng: Rng) -> None:
        self.knobs, self.wish, self.rng = knobs, wish, rng
        self.piles: list[list[Card]] = [[] for _ in range(PILES)]
        self.fixed: set[int] = set()
        """Piles that are not to grow."""

    def table(self) -> State | None:
        rng, wish = self.rng, self.wish
        heights = self._heights()
        started = sum(height > 0 for height in heights.values())
        shown = wish.measure - started - wish.waste
        filled = [i for i in range(PILES) if not rng.chance(self.knobs.empty)]
        filled = sorted(rng.sample(filled, min(len(filled), shown)))
        left = 52 - sum(heights.values()) - shown
        fewest = left if wish.dry else max(0, left - STOCK_AND_WASTE)
        if len(filled) < 3 or left < 0 or fewest > sum(filled):
            return None
        self.needed = [Card(height + 1, suit) for suit, height in heights.items() if height < 13]
        self.pool = {c: None for c in rng.shuffled(DECK) if c.rank > heights[c.suit]}
        if wish.none_home:
            for card in self.needed:
                self.pool.pop(card, None)
        if not self._plant(filled) or not self._grow(filled, shown):
            return None
        if wish.none_whole and not self._end_fits(filled):
            return None

        covered = self._cover(filled, fewest, left)
        if covered is None:
            return None
        spare = left - sum(covered)
        in_waste = min(spare, 1 + rng.below(3)) if wish.waste else 0
        if wish.waste and not in_waste:
            return None
        used = {card for pile in self.piles for card in pile}
        rest = [c for c in rng.shuffled(DECK) if c.rank > heights[c.suit] and c not in used]
        last = self._last_waste(rest) if in_waste else None
        if in_waste and last is None:
            return None
        if last:
            rest.remove(last)
        dealt = iter(rest)
        hidden = tuple(tuple(next(dealt) for _ in range(count)) for count in covered)
        waste = tuple(next(dealt) for _ in range(in_waste - 1)) + ((last,) if last else ())
        stock = tuple(dealt)
        places = rng.shuffled(range(FOUNDATIONS))
        foundations: list[tuple[str, int] | None] = [None] * FOUNDATIONS
        for place, (suit, height) in zip(places, heights.items(), strict=True):
            foundations[place] = (suit, height) if height else None
        tableau = tuple(map(Pile, covered, map(tuple, self.piles)))
        return State(len(stock), waste, tuple(foundations), tableau, stock, hidden)

    def _heights(self) -> dict[str, int]:
        """Draw how many cards lie on the foundation of each suit."""
        rng = self.rng
        if not self.wish.dry:
            started = rng.sample(tuple(SUITS), rng.below(5))
            return {s: 1 + rng.below(self.knobs.home) if s in started else 0 for s in SUITS}
        # All cards must lie on the tableau or at home: with few face-up ones, many at home.
        least = max(0, 31 - self.wish.measure)
        base = least // 4
        return {suit: min(9, base + rng.below(5)) for suit in SUITS}

    def _plant(self, filled: list[int]) -> bool:
        """Settle the cards of what was wished for."""
        rng, plant = self.rng, self.wish.plant
        if plant == "home":
            needed = [card for card in self.needed if card in self.pool]
            if not needed:
                return False
            self._start(rng.choice(filled), rng.choice(needed), fixed=True)
        elif plant in ("whole", "long", "part"):
            # Only the first pile can have no face-down cards for sure, any later one some.
            sources = filled if self.wish.bare else [i for i in filled if i]
            source = rng.choice(sources) if sources else -1
            targets = [i for i in filled if i != source]
            if source < 0 or not targets:
                return False
            self.source = source
            head = next((c for c in self.pool if c.rank <= 12), None)
            if head is None:
                return False
            self._start(source, head)
            if plant != "whole" and not self._extend(source):
                return False
            fits = [head.twin] if plant == "part" else [*alternating_onto(head)]
            fits = [card for card in fits if card in self.pool]
            if not fits:
                return False
            self._start(rng.choice(targets), rng.choice(fits), fixed=True)
        return True

    def _start(self, pile: int, card: Card, fixed: bool = False) -> None:
        self.piles[pile].append(card)
        del self.pool[card]
        if fixed:
            self.fixed.add(pile)

    def _extend(self, pile: int) -> bool:
        """Lay a card on a pile's top card; False where there is none or no room."""
        top = self.piles[pile][-1]
        fits = [card for card in _BELOW[top] if card in self.pool]
        if not fits or len(self.piles[pile]) == LONGEST:
            return False
        card = self.rng.choice(fits)
        self.piles[pile].append(card)
        del self.pool[card]
        return True

    def _grow(self, filled: Sequence[int], shown: int) -> bool:
        """Start every pile and grow some until as many cards are face up as wished for."""
        rng = self.rng
        cards = iter(list(self.pool))
        for i in filled:
            if not self.piles[i]:
                card = next((c for c in cards if c in self.pool), None)
                if card is None:
                    return False
                self._start(i, card)
        growing = [i for i in filled if i not in self.fixed]
        missing = shown - sum(map(len, self.piles))
        while missing > 0:
            if not growing:
                return False
            i = rng.choice(growing)
            # Several cards at once, so that long parts stand beside short ones.
            while missing > 0:
                if not self._extend(i):
                    growing.remove(i)
                    break
                missing -= 1
                if rng.chance(0.3):
                    break
        return missing == 0

    def _end_fits(self, filled: Sequence[int]) -> bool:
        """Change the piles until no whole part fits on a pile; False where this fails."""
        rng = self.rng
        for _ in range(60):
            heads = [(i, self.piles[i][0]) for i in filled]
            tops = [(j, self.piles[j][-1]) for j in filled]
            fits = [
                (i, j)
                for i, head in heads
                for j, top in tops
                if head.rank == top.rank - 1 and i != j and head.is_red != top.is_red
            ]
            if not fits:
                return True
            pair = rng.choice(fits)
            single = [k for k in pair if len(self.piles[k]) == 1 and k not in self.fixed]
            if single and self.pool:
                self._put_back(single[0])
                self._start(single[0], rng.choice(list(self.pool)))
            elif not self._shift(pair[1], filled):
                return False
        return False

    def _shift(self, pile: int, filled: Sequence[int]) -> bool:
        """Change where a pile ends, and another one, so that as many cards are face up."""
        rng = self.rng
        if pile in self.fixed:
            return False
        rest = [k for k in rng.shuffled(filled) if k != pile and k not in self.fixed]
        longer = [k for k in rest if len(self.piles[k]) > 1]
        if longer and rng.chance(0.5) and self._extend(pile):
            self._put_back(longer[0])
            return True
        if len(self.piles[pile]) > 1:
            self._put_back(pile)
            return any(self._extend(k) for k in [*rest, pile])
        if longer and self._extend(pile):
            self._put_back(longer[0])
            return True
        return False

    def _put_back(self, pile: int) -> None:
        self.pool[self.piles[pile].pop()] = None

    def _cover(self, filled: Sequence[int], fewest: int, left: int) -> list[int] | None:
        """Draw how many face-down cards each pile has: at most as many as after the deal."""
        rng, wish = self.rng, self.wish
        room = [i if i in filled else 0 for i in range(PILES)]
        covered = [0] * PILES
        if wish.plant in ("whole", "long"):
            if wish.bare:
                room[self.source] = 0
            else:
                covered[self.source] = 1
        most = min(sum(room), left - wish.waste)
        if not fewest <= most:
            return None
        total = fewest if wish.dry else rng.integers(fewest, most + 1)
        while sum(covered) < total:
            covered[rng.choice([i for i in range(PILES) if covered[i] < room[i]])] += 1
        return covered if sum(covered) == total else None

    def _last_waste(self, rest: Sequence[Card]) -> Card | None:
        """Choose the waste card in sight."""
        wish = self.wish
        if wish.plant == "waste home":
            rest = [card for card in rest if card in self.needed]
        elif wish.plant == "waste tab":
            tops = [pile[-1] if pile else None for pile in self.piles]
            rest = [
                card
                for card in rest
                if any(alternates(card, t) if t else card.rank == 13 for t in tops)
            ]
        elif wish.none_home:
            rest = [card for card in rest if card not in self.needed]
        return rest[0] if rest else None


def play(knobs: Knobs, rng: Rng) -> State | None:
    """Play a real deal, sensibly but at random; None where its measure misses the level."""
    deck = rng.shuffled(DECK)
    hidden = tuple(tuple(deck.pop() for _ in range(i)) for i in range(PILES))
    tableau = tuple(Pile(i, (deck.pop(),)) for i in range(PILES))
    stock = tuple(deck)
    state = State(len(stock), (), (None,) * FOUNDATIONS, tableau, stock, hidden)
    low, high = knobs.measure
    enough = 5 + rng.below(26)
    for step in range(45):
        if step >= enough and state.measure >= low:
            return state if state.measure <= high else None
        effects = state.effects()
        good = [m for m, e in effects.items() if e.effective]
        if good and rng.chance(0.8):
            move = rng.choice(good)
            state = _made(state, move, effects[move].size)
        elif effects and rng.chance(0.4):
            move = rng.choice(list(effects))
            state = _made(state, move, effects[move].size)
        else:
            for _ in range(1 + rng.below(3)):
                state = drawn(state)
    return None


def make(state: State, move: Move) -> State:
    """Return the table after a valid move."""
    effect = state.effect(move)
    if effect is None:
        raise ValueError(f"{move} is not valid")
    return _made(state, move, effect.size)


def _made(state: State, move: Move, size: int) -> State:
    tableau, hidden = list(state.tableau), list(state.hidden_tableau)
    waste, foundations = state.waste, list(state.foundations)
    if move.source == WASTE:
        cards, waste = waste[-1:], waste[:-1]
    else:
        i = move.source - 1
        face_down, part = tableau[i]
        cards, part = part[-size:], part[:-size]
        if not part and face_down:
            part, hidden[i] = hidden[i][-1:], hidden[i][:-1]
            face_down -= 1
        tableau[i] = Pile(face_down, part)
    if move.home:
        foundations[move.target - 1] = (cards[0].suit, cards[0].rank)
    else:
        j = move.target - 1
        tableau[j] = Pile(tableau[j].face_down, tableau[j].face_up + cards)
    return State(
        state.stock,
        waste,
        tuple(foundations),
        tuple(tableau),
        state.hidden_stock,
        tuple(hidden),
    )


def drawn(state: State) -> State:
    """Return the table after drawing a card, or after turning the waste over."""
    if state.hidden_stock:
        waste, stock = (*state.waste, state.hidden_stock[-1]), state.hidden_stock[:-1]
    else:
        waste, stock = (), state.waste[::-1]
    return State(len(stock), waste, state.foundations, state.tableau, stock, state.hidden_tableau)
