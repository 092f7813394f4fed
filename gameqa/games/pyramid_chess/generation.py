"""How boards are made: random play, drawn towards a slot where one is asked about."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from gameqa.games.pyramid_chess.rules import (
    EMPTY,
    Cells,
    Shape,
    Slot,
    State,
    completed,
    is_free,
    shape_of,
)
from gameqa.grids import bits
from gameqa.rng import Rng

_RECOLOURINGS = 4
_AIM = 10.0
"""How much likelier a slot is chosen that helps to fill the one asked about."""


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        sizes: side of the base; the second one only in the tasks about a slot's address.
        most_steps: greatest answer of `steps_to_place`.
        fill: least and greatest share of the slots that are filled.
        take: share of completed blocks after which balls are taken back.
        recoloured: share of boards whose colours are drawn anew, in the tasks that say so.
    """

    sizes: tuple[int, int]
    most_steps: int
    fill: tuple[float, float] = (0.3, 0.9)
    take: float = 0.7
    recoloured: float = 0.0

    def balls(self, n: int) -> range:
        """Return how many balls a board may hold."""
        slots = len(shape_of(n).slots)
        return range(max(4, math.ceil(self.fill[0] * slots)), math.floor(self.fill[1] * slots) + 1)


def play(
    n: int, take: float, rng: Rng, aim: Collection[int] = (), avoid: Collection[int] = ()
) -> Iterator[State]:
    """Play at random from the empty board and yield the position after every turn.

    Play ends before a player without balls would have to move; the top slot stays empty.

    Args:
        n: side of the base.
        take: share of completed blocks after which balls are taken back.
        rng: the source of randomness.
        aim: slots that are chosen far more often.
        avoid: slots that are left empty.
    """
    shape = shape_of(n)
    weights = [(1.0 + slot.k) * (_AIM if i in aim else 1.0) for i, slot in enumerate(shape.slots)]
    closed = {shape.top, *avoid}
    cells = [EMPTY] * len(shape.slots)
    needs = [len(under) for under in shape.supports]
    choices = [i for i in range(n * n) if i not in closed]
    reserve = list(shape.initial())
    mover = 0
    for ply in range(1, 3 * len(cells)):
        if not choices or not reserve[mover]:
            return
        i = rng.weighted(choices, [weights[j] for j in choices])
        blocks = completed(shape, cells, i, mover)
        cells[i] = mover
        reserve[mover] -= 1
        choices.remove(i)
        for j in shape.above[i]:
            needs[j] -= 1
            if not needs[j] and j not in closed:
                choices.append(j)
        if blocks and rng.chance(take):
            for _ in range(1 + rng.below(2)):
                own = sorted({j for block in blocks for j in block})
                free = [j for j in own if cells[j] == mover and is_free(shape, cells, j)]
                if not free:
                    break
                i = rng.choice(free)
                cells[i] = EMPTY
                reserve[mover] += 1
                choices.append(i)
                for j in shape.above[i]:
                    if not needs[j] and j in choices:
                        choices.remove(j)
                    needs[j] += 1
        mover = 1 - mover
        yield State(n, tuple(cells), mover, ply)


def board(
    knobs: Knobs, n: int, rng: Rng, aim: Collection[int] = (), avoid: Collection[int] = ()
) -> State | None:
    """Play until the board holds a number of balls drawn first, enough to fill the aim."""
    counts = knobs.balls(n)
    balls = rng.integers(min(max(counts[0], len(aim)), counts[-1]), counts[-1] + 1)
    for state in play(n, knobs.take, rng, aim, avoid):
        if len(state.cells) - state.cells.count(EMPTY) == balls:
            return state
    return None


def varied(knobs: Knobs, state: State, rng: Rng) -> State:
    """Return a board, or one whose balls in the same slots have other colours."""
    if not rng.chance(knobs.recoloured):
        return state
    filled = [i for i, ball in enumerate(state.cells) if ball != EMPTY]
    total = len(filled)
    for _ in range(_RECOLOURINGS):
        cells = list(state.cells)
        for at, i in enumerate(rng.shuffled(filled)):
            cells[i] = at % 2
        if _can_be_played(state.shape, cells, rng.shuffled(filled)):
            return State(state.n, tuple(cells), total % 2, total)
    return state


def _can_be_played(shape: Shape, cells: Cells, order: Sequence[int]) -> bool:
    """Whether turns without take-backs lead to a board, the balls preferred in that order."""
    left = list(order)
    placed: set[int] = set()
    for ply in range(len(left)):
        player = ply % 2
        for i in left:
            if cells[i] == player and placed.issuperset(shape.supports[i]):
                break
        else:
            return False
        left.remove(i)
        placed.add(i)
    return True


def images(state: State, rng: Rng) -> Iterator[State]:
    """Yield the eight turns and mirror images of a position in random order."""
    for image in rng.shuffled(state.shape.symmetries):
        yield State(state.n, tuple(state.cells[i] for i in image), state.to_move, state.plies)


def board_around(knobs: Knobs, n: int, slot: Slot, wish: str, rng: Rng) -> State | None:
    """Play so that a slot is likely to be ``pressed``, ``filled``, ``open``, ``closed``, ``empty``.

    Any other wish, and a slot that the board lacks, leave the play alone.
    """
    shape = shape_of(n)
    i = shape.number.get(slot)
    if i is None:
        return board(knobs, n, rng)
    aim: list[int] = []
    avoid: list[int] = []
    if wish == "pressed":
        upon = [j for j in shape.above[i] if j != shape.top]
        aim = bits(shape.below[rng.choice(upon)]) if upon else []
    elif wish == "filled":
        aim = bits(shape.below[i])
    elif wish == "open":
        aim, avoid = bits(shape.below[i])[:-1], [i]
    elif wish == "closed" and shape.supports[i]:
        avoid = [rng.choice(shape.supports[i])]
    elif wish == "empty":
        avoid = [i]
    return board(knobs, n, rng, aim, avoid)


def draw_slot(shape: Shape, level: int, rng: Rng) -> Slot:
    """Draw a slot of a level."""
    return rng.choice([slot for slot in shape.slots if slot.k == level])


def plant_block(state: State, gap: int, player: int, rng: Rng) -> State | None:
    """Change a board so that an open slot, emptied if need be, completes a player's block.

    The colours of other balls are changed until the counts fit play without take-backs; None
    where that fails or makes another block of one colour.
    """
    shape = state.shape
    cells = list(state.cells)
    fitting = [
        block
        for block in shape.blocks_of[gap]
        if all(cells[j] != EMPTY for i in block for j in shape.supports[i])
    ]
    if not fitting or not is_free(shape, cells, gap):
        return None
    block = rng.choice(fitting)
    for i in block:
        cells[i] = EMPTY if i == gap else player
    others = rng.shuffled([i for i in range(len(cells)) if cells[i] != EMPTY and i not in block])
    total = len(cells) - cells.count(EMPTY)
    surplus = cells.count(0) - (total + 1) // 2
    for i in others:
        if surplus and cells[i] == (0 if surplus > 0 else 1):
            cells[i] = 1 - cells[i]
            surplus += -1 if surplus > 0 else 1
    if surplus or has_block(shape, cells):
        return None
    return State(state.n, tuple(cells), total % 2, total)


def has_block(shape: Shape, cells: Cells) -> bool:
    """Whether some block is full of balls of one colour."""
    return any(
        cells[a] != EMPTY and cells[a] == cells[b] == cells[c] == cells[d]
        for a, b, c, d in shape.blocks
    )
