"""How boards are walled, where Pac-Man has walked, and how ghosts and beans are put."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from gameqa.errors import GameQAError
from gameqa.games.pacman.paths import DIRECTIONS, deltas
from gameqa.games.pacman.rules import State, block_mask
from gameqa.grids import bits
from gameqa.rng import Rng

PLACEMENTS = 30
"""How many places of Pac-Man and the ghosts are tried on one board."""

SPREADS = 3
"""How many ways to spread the beans are offered, should the first lie in another split."""

_STRAIGHT = 0.7  # how often a walk keeps its direction
_DARTS = 40  # random cells looked at before a rare one is searched for


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        n: rows and columns, the outermost ring of walls included.
        walls: share of the n * n cells that are inner walls.
        legs: least and greatest number of steps of each leg, where two legs are walked; two legs
            have five steps or more together.
        blocked: share of samples in which a leg's last step goes into a wall.
        steps: the greatest number of steps after which a ghost is looked at again.
        bars: how often a wall goes on straight for another cell.
        beans: least and greatest share of cells with a bean.
        reach: the greatest distance, walls ignored, from a ghost to its target where its next
            step is asked for.
        tricky: share of such samples in which a wall is in the plain direction, or two ways are
            equally short.
    """

    n: int
    walls: float
    legs: tuple[int, int]
    blocked: float
    steps: int
    reach: int
    bars: float = 0.45
    beans: tuple[float, float] = (0.6, 1.0)
    tricky: float = 0.65

    def __post_init__(self) -> None:
        if not 10 <= self.n <= 24:
            raise GameQAError(f"a board has 10 to 24 rows and columns, not {self.n}")
        if not 0.05 <= self.walls <= 0.35:
            raise GameQAError(f"inner walls take 0.05 to 0.35 of a board, not {self.walls}")
        if not 2 <= self.legs[0] <= self.legs[1] <= 6 or self.legs[1] < 3:
            raise GameQAError(f"a leg has 2 to 6 steps, and 3 or more at most, not {self.legs}")
        if not 1 <= self.steps <= (self.n - 4) // 2:
            raise GameQAError(f"steps are 1 to {(self.n - 4) // 2} here, not {self.steps}")


def _keeps_together(around: int) -> bool:
    """Whether the free side neighbours of a cell hold together without it.

    Args:
        around: the 3x3 cells around it as bits in reading order, free ones set.
    """
    ring = [around >> at & 1 for at in (0, 1, 2, 5, 8, 7, 6, 3)]  # sides have odd places
    if all(ring):
        return True
    start = ring.index(0)
    groups, counted = 0, False
    for place in range(start, start + 8):
        if not ring[place % 8]:
            counted = False
        elif place % 2 and not counted:
            groups, counted = groups + 1, True
    return groups < 2


_SAFE = tuple(_keeps_together(around) for around in range(512))


class Board:
    """A walled board: all free cells hang together.

    Attributes:
        n: rows and columns.
        free: mask of the free cells.
        cells: the free cells in random order.
    """

    def __init__(self, knobs: Knobs, rng: Rng, keep: int = 0) -> None:
        """Put walls in random order, none of which cuts the free cells apart.

        Args:
            knobs: the level.
            rng: the substream.
            keep: mask of cells that stay free.
        """
        self.n = n = knobs.n
        self.step = deltas(n)
        line = (1 << n - 1) - 2
        self.free = sum(line << r * n for r in range(1, n - 1))
        inner = rng.shuffled(bits(self.free))
        left = round(knobs.walls * n * n)
        around = tuple(self.step.values())
        for at in inner:
            if left <= 0:
                break
            delta = rng.choice(around)
            while left > 0 and self.free >> at & 1 and not keep >> at & 1 and self._wall(at):
                left -= 1
                if rng.random() >= knobs.bars:
                    break
                at += delta
        self.cells = [at for at in inner if self.free >> at & 1]

    def _wall(self, at: int) -> bool:
        """Put a wall unless the free cells fall apart."""
        n, free = self.n, self.free
        corner = at - n - 1
        around = free >> corner & 7 | (free >> at - 1 & 5) << 3 | (free >> at + n - 1 & 7) << 6
        rest = free & ~(1 << at)
        if not _SAFE[around]:
            sides = (1 << at + n | 1 << at - n | 2 << at | 1 << at - 1) & rest
            seen = grown = sides & -sides
            while grown and sides & ~seen:
                grown = (grown << n | grown >> n | grown << 1 | grown >> 1) & rest & ~seen
                seen |= grown
            if sides & ~seen:
                return False
        self.free = rest
        return True

    def exits(self, at: int) -> list[str]:
        """Return the directions in which a cell has free neighbours."""
        return [name for name, delta in self.step.items() if self.free >> at + delta & 1]

    def any_of(self, mask: int, rng: Rng) -> int | None:
        """Return a random cell of a mask of free ones, None if there is none."""
        if not mask:
            return None
        for _ in range(_DARTS):
            at = rng.choice(self.cells)
            if mask >> at & 1:
                return at
        return rng.choice(bits(mask))

    def facings(self, at: int) -> list[str]:
        """Return the directions in which Pac-Man can have come to a cell."""
        return [name for name, delta in self.step.items() if self.free >> at - delta & 1]

    def walk(self, at: int, facing: str, rng: Rng, avoid: int = 0) -> int | None:
        """Return the mask of a walk that ends on a cell with a step in a direction.

        Made backwards: keeps straight mostly, and turns back in dead ends only.

        Args:
            at: the last cell.
            facing: direction of the last step.
            rng: the substream.
            avoid: cells that are not walked.

        Returns:
            The cells, the last one among them; None where the last step cannot be.
        """
        open_ = self.free & ~avoid
        delta = -self.step[facing]
        if not open_ >> at + delta & 1:
            return None
        walked = 1 << at
        at += delta
        walked |= 1 << at
        for _ in range(rng.integers(self.n // 2, 2 * self.n)):
            if not open_ >> at + delta & 1 or rng.random() >= _STRAIGHT:
                onward = [d for d in self.step.values() if d != -delta and open_ >> at + d & 1]
                delta = rng.choice(onward) if onward else -delta
            if not open_ >> at + delta & 1:
                break
            at += delta
            walked |= 1 << at
        return walked

    def manhattan(self, a: int, b: int) -> int:
        """Return the distance of two cells, walls ignored."""
        (r, c), (y, x) = divmod(a, self.n), divmod(b, self.n)
        return abs(r - y) + abs(c - x)


class Draft:
    """A board with Pac-Man and where he has walked, still without ghosts and beans."""

    def __init__(self, board: Board, pacman: int, facing: str, walked: int) -> None:
        """Note where he stands, how he faces, and the mask of the cells that he has walked."""
        self.board, self.pacman, self.facing, self.walked = board, pacman, facing, walked
        self.open = board.free & ~walked

    def ghost(self, rng: Rng, *, taken: int = 0, near: int | None = None) -> int | None:
        """Return a random cell for a ghost, at least 2 away from Pac-Man.

        Args:
            rng: the substream.
            taken: mask of cells where it must not be.
            near: the greatest distance, if there is one.
        """
        board = self.board
        for _ in range(_DARTS):
            at = rng.choice(board.cells)
            distance = board.manhattan(at, self.pacman)
            if not taken >> at & 1 and distance >= 2 and (near is None or distance <= near):
                return at
        return None

    def ghosts(
        self, rng: Rng, *, taken: int = 0, near: int | None = None
    ) -> tuple[int, int] | None:
        """Return random cells for both ghosts, two different ones."""
        pinky = self.ghost(rng, taken=taken, near=near)
        if pinky is None:
            return None
        blinky = self.ghost(rng, taken=taken | 1 << pinky, near=near)
        return None if blinky is None else (pinky, blinky)

    def beans(self, ghosts: tuple[int, int], knobs: Knobs, rng: Rng) -> int:
        """Spread beans over the cells that were not walked and hold no ghost."""
        low, high = knobs.beans
        bound = 1 << 16
        share = int(bound * (low + (high - low) * rng.random()))
        chosen = rng.array(self.board.n**2, bound) < share
        mask = int.from_bytes(np.packbits(chosen, bitorder="little").tobytes(), "little")
        return mask & self.open & ~(1 << ghosts[0] | 1 << ghosts[1])

    def state(self, ghosts: tuple[int, int], beans: int) -> State | None:
        """Return the finished state; None where there is no bean near Pac-Man."""
        board = self.board
        if not beans & block_mask(board.n, self.pacman):
            return None
        walls = ~board.free & (1 << board.n**2) - 1
        score = self.walked.bit_count()
        return State(board.n, walls, beans, self.pacman, self.facing, *ghosts, score)


def with_beans(beans: int, cells: int, count: int, rng: Rng) -> int:
    """Add beans to some cells, or take them away, until there are so many on them.

    Args:
        beans: mask of all beans.
        cells: mask of the cells that may change, at least ``count`` of them.
        count: the wanted number.
        rng: decides which.
    """
    there = beans & cells
    surplus = there.bit_count() - count
    change = rng.sample(bits(there if surplus > 0 else cells & ~beans), abs(surplus))
    return beans ^ sum(1 << at for at in change)


def mask_of(cells: list[int]) -> int:
    """Return the mask of some different cells."""
    return sum(1 << at for at in cells)


def drafts(
    board: Board,
    rng: Rng,
    *,
    starts: int | None = None,
    facings: Sequence[str] = DIRECTIONS,
    exits: int = 1,
    avoid: Callable[[int, str], int] = lambda at, facing: 0,
) -> Iterator[Draft]:
    """Yield random places of Pac-Man on a board.

    Args:
        board: the board.
        rng: the substream.
        starts: mask of the free cells where he may be; all if None.
        facings: the directions in which he may face.
        exits: least number of free neighbours of his cell.
        avoid: tells for a cell and a direction which cells he must not have walked.
    """
    for _ in range(PLACEMENTS):
        at = board.any_of(board.free if starts is None else starts, rng)
        if at is None:
            return
        if len(board.exits(at)) < exits:
            continue
        came = [facing for facing in board.facings(at) if facing in facings]
        if not came:
            continue
        facing = rng.choice(came)
        walked = board.walk(at, facing, rng, avoid(at, facing))
        if walked is not None:
            yield Draft(board, at, facing, walked)
