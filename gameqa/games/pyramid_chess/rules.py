"""Rules of Pyramid Chess: slots, supports, blocks, and what placing a ball does.

A slot is ``(k, x, y)``: level k of a board of base n has x and y from 0 to n - 1 - k. Inside the
package slots are numbered level by level; a board is a tuple of what each slot holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

EMPTY = -1
PLAYERS = ("PLAYER_0", "PLAYER_1")
COLOURS = ("blue", "red")
Cells = Sequence[int]


class Slot(NamedTuple):
    """A place on a level; it need not exist on a given board."""

    k: int
    x: int
    y: int

    def __str__(self) -> str:
        return f"[{self.x}, {self.y}] on Level {self.k}"


@dataclass(frozen=True)
class Shape:
    """The slots of a board of one size, and how they lie to each other.

    Attributes:
        n: side of the base.
        slots: all slots by their number.
        number: the number of each slot.
        supports: for each slot the four that it rests on; none on level 0.
        above: for each slot those that rest on it.
        below: for each slot all that lie below it, itself included, as bits.
        blocks: all 2 x 2 blocks of one level.
        blocks_of: for each slot the blocks that it is in.
        symmetries: the eight turns and mirror images of the board, as the old number of each slot.
    """

    n: int
    slots: tuple[Slot, ...]
    number: dict[Slot, int]
    supports: tuple[tuple[int, ...], ...]
    above: tuple[tuple[int, ...], ...]
    below: tuple[int, ...]
    blocks: tuple[tuple[int, ...], ...]
    blocks_of: tuple[tuple[tuple[int, ...], ...], ...]
    symmetries: tuple[tuple[int, ...], ...]

    @property
    def top(self) -> int:
        """The number of the one slot of the highest level."""
        return len(self.slots) - 1

    def initial(self) -> tuple[int, int]:
        """Return how many balls each player has at first."""
        count = len(self.slots)
        return (count + 1) // 2, count // 2


@cache
def shape_of(n: int) -> Shape:
    """Return the slots of a board."""
    slots = tuple(Slot(k, x, y) for k in range(n) for x in range(n - k) for y in range(n - k))
    number = {slot: i for i, slot in enumerate(slots)}

    def square(k: int, x: int, y: int) -> tuple[int, ...]:
        places = (Slot(k, x, y), Slot(k, x + 1, y), Slot(k, x, y + 1), Slot(k, x + 1, y + 1))
        return tuple(number[place] for place in places if place in number)

    supports = tuple(square(k - 1, x, y) if k else () for k, x, y in slots)
    above = tuple(
        tuple(i for i, under in enumerate(supports) if number[slot] in under) for slot in slots
    )
    below: list[int] = []
    for i, under in enumerate(supports):
        mask = 1 << i
        for other in under:
            mask |= below[other]
        below.append(mask)
    squares = [square(*slot) for slot in slots]
    blocks = tuple(block for block in squares if len(block) == 4)
    images = []
    for flip_x in (False, True):
        for flip_y in (False, True):
            for swap in (False, True):
                image = []
                for k, x, y in slots:
                    last = n - 1 - k
                    a, b = last - x if flip_x else x, last - y if flip_y else y
                    image.append(number[Slot(k, b, a) if swap else Slot(k, a, b)])
                images.append(tuple(image))
    return Shape(
        n,
        slots,
        number,
        supports,
        above,
        tuple(below),
        blocks,
        tuple(tuple(block for block in blocks if i in block) for i in range(len(slots))),
        tuple(images),
    )


@dataclass(frozen=True)
class State:
    """A position.

    Attributes:
        n: side of the base.
        cells: what each slot holds: -1 nothing, else the player whose ball it is.
        to_move: the player whose turn it is.
        plies: how many turns were played; provenance, not shown.
    """

    n: int
    cells: tuple[int, ...]
    to_move: int
    plies: int

    @property
    def shape(self) -> Shape:
        """The board's slots."""
        return shape_of(self.n)

    @property
    def reserve(self) -> tuple[int, int]:
        """How many balls each player still has beside the board."""
        first, second = self.shape.initial()
        return first - self.cells.count(0), second - self.cells.count(1)

    def at(self, slot: Slot) -> int | None:
        """Return what a slot holds, or None where there is no such slot."""
        number = self.shape.number.get(slot)
        return None if number is None else self.cells[number]


def is_open(shape: Shape, cells: Cells, i: int) -> bool:
    """Whether a ball can be placed in a slot: it is empty, and its supports are filled."""
    return cells[i] == EMPTY and all(cells[j] != EMPTY for j in shape.supports[i])


def open_slots(shape: Shape, cells: Cells) -> list[int]:
    """Return the slots in which a ball can be placed."""
    return [i for i in range(len(cells)) if is_open(shape, cells, i)]


def is_free(shape: Shape, cells: Cells, i: int) -> bool:
    """Whether no ball rests on a slot."""
    return all(cells[j] == EMPTY for j in shape.above[i])


def completed(shape: Shape, cells: Cells, i: int, player: int) -> list[tuple[int, ...]]:
    """Return the blocks of one colour that a player's ball in an empty slot completes."""
    return [
        block for block in shape.blocks_of[i] if all(cells[j] == player for j in block if j != i)
    ]


def completing_slots(shape: Shape, cells: Cells, player: int) -> list[int]:
    """Return the open slots that complete a block of a player's colour."""
    found = []
    for i in range(len(cells)):
        if cells[i] == EMPTY and completed(shape, cells, i, player) and is_open(shape, cells, i):
            found.append(i)
    return found


def missing(shape: Shape, cells: Cells, i: int) -> list[int]:
    """Return the empty slots below one that have to be filled before it can be."""
    mask = shape.below[i] & ~(1 << i)
    return [j for j in range(i) if mask >> j & 1 and cells[j] == EMPTY]
