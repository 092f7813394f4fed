"""Rules of Pac-Man: the board, whom the ghosts chase, one turn, and a straight run.

Cells are numbers, ``row * n + col``; sets of cells are masks, as in `paths`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from gameqa.games.pacman.paths import deltas, next_step
from gameqa.moves import Cell

GHOSTS = ("Pinky", "Blinky")
"""The ghosts in the order in which they move."""

AHEAD = 4
"""How many cells ahead of Pac-Man Pinky aims at most."""


@dataclass(frozen=True)
class State:
    """A board at the start of a turn.

    Attributes:
        n: rows and columns.
        walls: mask of the wall cells, the outermost ring among them.
        beans: mask of the cells with a bean.
        pacman: Pac-Man's cell.
        facing: the direction he faces.
        pinky, blinky: the ghosts' cells.
        score: beans eaten so far.
    """

    n: int
    walls: int
    beans: int
    pacman: int
    facing: str
    pinky: int
    blinky: int
    score: int

    @cached_property
    def free(self) -> int:
        """The mask of the cells that are not wall."""
        return ~self.walls & (1 << self.n * self.n) - 1

    def cell(self, at: int) -> Cell:
        """Return a cell as people read it: (row, column)."""
        return divmod(at, self.n)

    def ghost(self, name: str) -> int:
        """Return a ghost's cell."""
        return self.pinky if name == "Pinky" else self.blinky

    def has_bean(self, at: int) -> bool:
        """Whether there is a bean in a cell."""
        return bool(self.beans >> at & 1)


def run(free: int, n: int, at: int, direction: str) -> list[int]:
    """Return the cells ahead, up to the first wall."""
    delta = deltas(n)[direction]
    cells = []
    while free >> (at := at + delta) & 1:
        cells.append(at)
    return cells


def target_of(ghost: str, free: int, n: int, pacman: int, facing: str) -> int:
    """Return the cell that a ghost heads for."""
    if ghost == "Blinky":
        return pacman
    delta = deltas(n)[facing]
    for _ in range(AHEAD):
        if not free >> pacman + delta & 1:
            break
        pacman += delta
    return pacman


@lru_cache(maxsize=1 << 12)
def block_mask(n: int, at: int) -> int:
    """Return the mask of the 5x5 cells around a cell, as far as they lie on the board."""
    row, col = divmod(at, n)
    left, right = max(0, col - 2), min(n, col + 3)
    line = (1 << right) - (1 << left)
    return sum(line << r * n for r in range(max(0, row - 2), min(n, row + 3)))


class Turn(NamedTuple):
    """What happened in one turn.

    Attributes:
        move: the direction that Pac-Man was to go.
        pacman: where he is afterwards.
        blocked: whether a wall was in his way.
        target: where Pinky headed; None if he was caught before she moved.
        pinky: where she is afterwards, and her step (None if she stayed).
        blinky: the same for Blinky.
        caught: the ghost that caught him.
        doubtful: whether the other ghost was there as well, or would have been in the same turn.
    """

    move: str
    pacman: int
    blocked: bool
    target: int | None
    pinky: tuple[int, str | None]
    blinky: tuple[int, str | None]
    caught: str | None
    doubtful: bool


def play(
    free: int, n: int, pacman: int, facing: str, ghosts: tuple[int, int], moves: Iterable[str]
) -> Iterator[Turn]:
    """Yield turn after turn until the moves are done or Pac-Man is caught.

    Args:
        free: the mask of the cells that are not wall.
        n: rows and columns.
        pacman: his cell.
        facing: where he faces.
        ghosts: Pinky's and Blinky's cells.
        moves: where he is to go.
    """
    step = deltas(n)
    pinky, blinky = ghosts
    for move in moves:
        blocked = not free >> pacman + step[move] & 1
        if not blocked:
            pacman += step[move]
            facing = move
        if pacman in (pinky, blinky):
            caught = GHOSTS[pacman != pinky]
            still = (pinky, None), (blinky, None)
            yield Turn(move, pacman, blocked, None, *still, caught, pinky == blinky)
            return
        target = target_of("Pinky", free, n, pacman, facing)
        first = next_step(free, n, pinky, target)
        pinky += step[first] if first else 0
        second = next_step(free, n, blinky, pacman)
        ahead = blinky + (step[second] if second else 0)
        if pinky == pacman:
            done = (pinky, first), (blinky, None)
            yield Turn(move, pacman, blocked, target, *done, "Pinky", ahead == pacman)
            return
        blinky = ahead
        end = "Blinky" if blinky == pacman else None
        yield Turn(move, pacman, blocked, target, (pinky, first), (blinky, second), end, False)
        if end:
            return


def turns(state: State, moves: Iterable[str]) -> list[Turn]:
    """Return the turns of a list of moves from a state."""
    ghosts = state.pinky, state.blinky
    return list(play(state.free, state.n, state.pacman, state.facing, ghosts, moves))


def straight(state: State, direction: str) -> list[Turn]:
    """Return the turns of a straight run to the next wall; none where it is right ahead."""
    return turns(state, [direction] * len(run(state.free, state.n, state.pacman, direction)))
