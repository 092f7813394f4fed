"""How tables are made: assembled to order, or played from the opening deal."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from gameqa.cards import Card
from gameqa.games.spider_solitaire.rules import (
    CARDS_IN_ALL,
    DEALS,
    FOUNDATIONS,
    SUITS_IN_USE,
    WORKS,
    Pile,
    Shift,
    State,
    opening_face_down,
    run_length,
)
from gameqa.rng import Rng

LONGEST = 19
"""Cards of a pile at most, so that a picture has room for all."""


@dataclass(frozen=True)
class Knobs:
    """What makes a table easy or hard.

    Attributes:
        piles: number of piles.
        suits: numbers of suits, each equally likely.
        complete: how often no, one, two ... suits are complete.
        runs: chance of a pile to end in a run of some cards.
        empty: chance of a table to have empty piles, where a task does not say.
    """

    piles: int
    suits: tuple[int, ...] = (1, 2, 4)
    complete: tuple[float, ...] = (0.5, 0.2, 0.15, 0.15)
    runs: float = 0.5
    empty: float = 0.2


@dataclass(frozen=True)
class Order:
    """What an assembled table is to be like.

    Attributes:
        suits: number of suits.
        deals: rows left in the stock, None for any.
        face_down: face-down cards in all, None for any.
        piles: face-down and face-up cards of some piles.
        empty: the empty piles.
    """

    suits: int
    deals: int | None = None
    face_down: int | None = None
    piles: Mapping[int, tuple[int, int]] = field(default_factory=dict)
    empty: Collection[int] = ()


_KINDS = {
    suits: tuple(Card(rank, suit) for suit in used for rank in range(1, 14))
    for suits, used in SUITS_IN_USE.items()
}
"""The different cards of a table, by its number of suits."""


class Layout:
    """A table under construction: places for cards, some of them settled.

    Attributes:
        face_down: how many face-down cards each pile has.
        up: the face-up cards of each pile, None while open.
    """

    def __init__(
        self,
        suits: int,
        deals: int,
        complete: Sequence[str],
        face_down: Sequence[int],
        face_up: Sequence[int],
    ) -> None:
        """Lay out the places."""
        self.suits, self.deals, self.complete = suits, deals, sorted(complete)
        self.face_down = list(face_down)
        self.up: list[list[Card | None]] = [[None] * count for count in face_up]
        copies = FOUNDATIONS // suits
        left = {suit: copies - self.complete.count(suit) for suit in SUITS_IN_USE[suits]}
        self.pool = {card: left[card.suit] for card in _KINDS[suits]}

    def put(self, pile: int, at: int, card: Card) -> bool:
        """Settle face-up card ``at`` of a pile; False where it cannot be."""
        if self.up[pile][at] is not None or not self.pool.get(card):
            return False
        self.pool[card] -= 1
        self.up[pile][at] = card
        return True

    def put_run(self, pile: int, at: int, length: int, first: Card) -> bool:
        """Settle a run of one suit from face-up card ``at`` of a pile on."""
        cards = (Card(first.rank - i, first.suit) for i in range(length))
        return all(self.put(pile, at + i, card) for i, card in enumerate(cards))

    def some_card(self, rng: Rng, low: int = 1, high: int = 13) -> Card | None:
        """Draw a card of some ranks that is not settled yet."""
        cards = [c for c, count in self.pool.items() if count and low <= c.rank <= high]
        return rng.choice(cards) if cards else None

    def finish(self, runs: float, rng: Rng) -> State:
        """Grow runs at some open ends, then deal the rest of the cards."""
        for pile, cards in enumerate(self.up):
            if cards and cards[-1] is None and rng.chance(runs):
                self._grow_run(pile, min(len(cards), 2 + rng.below(4)), rng)
        rest = rng.shuffled([card for card, count in self.pool.items() for _ in range(count)])
        dealt = iter(rest)
        up = [tuple(next(dealt) if c is None else c for c in cards) for cards in self.up]
        hidden = tuple(tuple(next(dealt) for _ in range(count)) for count in self.face_down)
        return State(
            num_suits=self.suits,
            piles=tuple(map(Pile, self.face_down, up)),
            deals_left=self.deals,
            foundations=tuple(self.complete),
            hidden_piles=hidden,
            hidden_stock=tuple(dealt),
        )

    def _grow_run(self, pile: int, length: int, rng: Rng) -> None:
        top = self.some_card(rng)
        if top is None:
            return
        for i in range(length):
            card = Card(top.rank + i, top.suit)
            if not self.put(pile, len(self.up[pile]) - 1 - i, card):
                return


def some_suits(knobs: Knobs, rng: Rng) -> int:
    """Draw a number of suits."""
    return rng.choice(knobs.suits)


def some_empty(knobs: Knobs, rng: Rng) -> list[int]:
    """Draw which piles are empty: none in most tables."""
    count = 1 + rng.chance(0.3) if rng.chance(knobs.empty) else 0
    return rng.sample(range(knobs.piles), count)


def lay_out(knobs: Knobs, order: Order, rng: Rng) -> Layout | None:
    """Draw the places of a table to order; None where the numbers do not add up."""
    width = knobs.piles
    deals = rng.below(DEALS + 1) if order.deals is None else order.deals
    shares = knobs.complete
    done = rng.weighted(range(len(shares)), shares)
    free = [i for i in range(width) if i not in order.piles and i not in order.empty]
    fixed = sum(map(sum, order.piles.values()))
    settled_down = sum(down for down, _ in order.piles.values())
    most = [opening_face_down(width, i) for i in free]
    # A stock that holds much leaves little to lie face up, and the other way round.
    left = CARDS_IN_ALL - width * deals - 13 * done - fixed
    low, high = max(0, left - LONGEST * len(free)), left - len(free)
    high = min(high, sum(most))
    if low > high or not free:
        return None
    if order.face_down is None:
        total = _total_face_down(most, low, high, rng)
    else:
        total = order.face_down - settled_down
        if not low <= total <= high:
            return None
    down = _split(total, [0] * len(free), most, rng)
    if down is None:
        return None
    up = _split(left - total, [1] * len(free), [LONGEST - d for d in down], rng)
    if up is None:
        return None
    counts = dict(order.piles)
    counts.update({i: (d, u) for i, d, u in zip(free, down, up, strict=True)})
    sizes = [counts.get(i, (0, 0)) for i in range(width)]
    complete = _complete_suits(order.suits, done, rng)
    return Layout(order.suits, deals, complete, [s[0] for s in sizes], [s[1] for s in sizes])


def assemble(knobs: Knobs, order: Order, rng: Rng) -> State | None:
    """Make a table to order, without anything planted."""
    layout = lay_out(knobs, order, rng)
    return layout.finish(knobs.runs, rng) if layout else None


def _total_face_down(most: Sequence[int], low: int, high: int, rng: Rng) -> int:
    """Draw how many cards lie face down, as if each pile's number were drawn alone."""
    return max(low, min(high, sum(rng.below(n + 1) for n in most)))


def _split(total: int, least: Sequence[int], most: Sequence[int], rng: Rng) -> list[int] | None:
    """Split a number at random into parts with bounds; None where it cannot be."""
    parts = list(least)
    rest = total - sum(parts)
    if rest < 0 or total > sum(most):
        return None
    weights = [0.25 + rng.random() for _ in parts]
    while rest:
        room = [w if n < top else 0.0 for w, n, top in zip(weights, parts, most, strict=True)]
        share = rest / sum(room)
        # Most of it at once, the remainder one by one.
        for i, weight in enumerate(room):
            more = min(int(weight * share), most[i] - parts[i])
            parts[i] += more
            rest -= more
        for _ in range(min(rest, len(parts))):
            room = [w if n < top else 0.0 for w, n, top in zip(weights, parts, most, strict=True)]
            parts[rng.weighted(range(len(parts)), room)] += 1
            rest -= 1
    return parts


def _complete_suits(suits: int, count: int, rng: Rng) -> list[str]:
    copies = FOUNDATIONS // suits
    return rng.sample(SUITS_IN_USE[suits] * copies, count)


def play(knobs: Knobs, suits: int, deals_left: int, rng: Rng) -> State | None:
    """Play from a random deal until the stock holds ``deals_left`` rows; None where it jams."""
    width = knobs.piles
    deck = rng.shuffled(_KINDS[suits] * (FOUNDATIONS // suits))
    hidden = [[deck.pop() for _ in range(opening_face_down(width, i))] for i in range(width)]
    up = [[deck.pop()] for _ in range(width)]
    done: list[str] = []
    table = _Table(up, hidden, deck, done, [1] * width)
    for deals in range(DEALS - deals_left + 1):
        if deals and not table.deal():
            return None
        for _ in range(rng.below(10)):
            if not table.step(rng):
                break
    if max(map(len, up)) + max(map(len, hidden)) > LONGEST + 4:
        return None
    state = table.state(suits)
    return state if max(pile.size for pile in state.piles) <= LONGEST else None


@dataclass
class _Table:
    """A table in play; ``runs`` holds the lengths of the piles' runs."""

    up: list[list[Card]]
    hidden: list[list[Card]]
    stock: list[Card]
    done: list[str]
    runs: list[int]

    def deal(self) -> bool:
        """Deal a row, after filling empty piles; False where they cannot be filled."""
        for i, cards in enumerate(self.up):
            if not cards:
                longest = max(range(len(self.up)), key=lambda j: len(self.up[j]))
                if len(self.up[longest]) < 2:
                    return False
                self._move(longest, 1, i)
        for cards in self.up:
            cards.append(self.stock.pop())
        self.runs = [run_length(cards) for cards in self.up]
        return True

    def step(self, rng: Rng) -> bool:
        """Move a whole run onto a fitting pile, or send off a suit; False where there is none."""
        up, runs = self.up, self.runs
        for i, length in enumerate(runs):
            if length == 13 and rng.chance(0.6):
                self.done.append(up[i][-1].suit)
                del up[i][-13:]
                self._turn(i)
                return True
        takers: dict[int, list[int]] = {}
        for j, cards in enumerate(up):
            if cards:
                takers.setdefault(cards[-1].rank, []).append(j)
        moves, same = [], []
        for i, length in enumerate(runs):
            if length:
                rank, suit = up[i][-length]
                for j in takers.get(rank + 1, ()):
                    moves.append((i, length, j))
                    if up[j][-1].suit == suit:
                        same.append((i, length, j))
        if not moves:
            return False
        self._move(*rng.choice(same if same and rng.chance(0.8) else moves))
        return True

    def _move(self, source: int, count: int, target: int) -> None:
        self.up[target] += self.up[source][-count:]
        del self.up[source][-count:]
        self.runs[target] = run_length(self.up[target])
        self._turn(source)

    def _turn(self, pile: int) -> None:
        if not self.up[pile] and self.hidden[pile]:
            self.up[pile].append(self.hidden[pile].pop())
        self.runs[pile] = run_length(self.up[pile])

    def state(self, suits: int) -> State:
        """Return the table as a state."""
        return State(
            num_suits=suits,
            piles=tuple(Pile(len(h), tuple(u)) for h, u in zip(self.hidden, self.up, strict=True)),
            deals_left=len(self.stock) // len(self.up),
            foundations=tuple(sorted(self.done)),
            hidden_piles=tuple(map(tuple, self.hidden)),
            hidden_stock=tuple(self.stock),
        )


def moved(state: State, move: Shift) -> State:
    """Return the table after a move that works."""
    if state.outcome(move) != WORKS:
        raise ValueError(f"{move} does not work")
    piles, hidden = list(state.piles), list(state.hidden_piles)
    source, target = piles[move.source], piles[move.target]
    at = move.card - source.face_down
    left, face_down = source.face_up[:at], source.face_down
    if not left and face_down:
        left, hidden[move.source] = hidden[move.source][-1:], hidden[move.source][:-1]
        face_down -= 1
    piles[move.source] = Pile(face_down, left)
    piles[move.target] = Pile(target.face_down, target.face_up + source.face_up[at:])
    return replace(state, piles=tuple(piles), hidden_piles=tuple(hidden))
