"""The fewest moves to the food, exactly, without a search over whole snakes.

A plan is a walk of the head. Of the old body the cell ``body[i]`` can be entered from move
``length - i`` on; of the new one no cell may come twice within ``length`` moves. Ignoring the
second rule gives layers of cells that the head may be on after t moves, as bit masks. Where the
food first lies in a layer, a search among the cells that lead there in time decides.
"""

from __future__ import annotations

from functools import lru_cache

from gameqa.games.snake.rules import State, legal_moves, moved
from gameqa.moves import STEPS, Cell, step_from

BUDGET = 3000
"""Nodes that a search may cost where a state is being chosen."""


class OverBudget(Exception):  # noqa: N818 - an answer of the search, not an error
    """The search would take more nodes than allowed."""


@lru_cache(maxsize=64)
def _edges(n: int) -> tuple[int, int, int]:
    """Return masks of all cells, of all but the last column, and of all but the first."""
    every = (1 << n * n) - 1
    last = sum(1 << r * n + n - 1 for r in range(n))
    return every, every & ~last, every & ~(last >> n - 1)


def spread(mask: int, n: int) -> int:
    """Return the cells next to the cells of a mask."""
    every, not_last, not_first = _edges(n)
    return (mask << n | mask >> n | (mask & not_last) << 1 | (mask & not_first) >> 1) & every


def layers(state: State, most: int, ends: int = 0) -> list[int]:
    """Return the cells where the head may be after 0, 1, 2 ... moves, its own new body ignored.

    Args:
        state: the board; its food counts as a free cell.
        most: the number of moves to look ahead.
        ends: mask of cells where a walk ends.
    """
    n = state.n
    cells = [1 << r * n + c for r, c in state.body]
    blocked = sum(cells)
    found = [cells[0]]
    for t in range(1, most + 1):
        if t <= len(cells):
            blocked &= ~cells[-t]
        found.append(spread(found[-1] & ~ends, n) & ~blocked)
    return found


class _Search:
    """One search for the food."""

    def __init__(self, state: State, budget: float) -> None:
        self.state, self.n, self.budget = state, state.n, budget
        self.length = len(state.body)
        self.food = 1 << state.food[0] * self.n + state.food[1]
        self.most = 4 * self.length + 2 * self.n
        found = layers(state, self.most, self.food)
        self.arrives = [bool(mask & self.food) for mask in found]
        # No walk goes on over the food: it ends there.
        self.open = [mask & ~self.food for mask in found]

    def plan(self) -> list[int] | None:
        """Return the cells of a shortest walk, None if no walk leads to the food."""
        for t in range(1, self.most + 1):
            if not self.open[t] and not self.arrives[t]:
                return None
            if self.arrives[t]:
                found = self._walk(self._goals(t))
                if found is not None:
                    return found
            # Walks that all die early need not be looked for at every length.
            if t & (t - 1) == 0 and self._walk(self.open[: t + 1]) is None:
                return None
        raise OverBudget

    def _goals(self, t: int) -> list[int]:
        """Return the cells of each layer from which the food can be reached at move t."""
        masks = [self.food]
        for k in range(t - 1, -1, -1):
            masks.append(spread(masks[-1], self.n) & self.open[k])
        return masks[::-1]

    def _walk(self, masks: list[int]) -> list[int] | None:
        """Return a legal walk with its k-th cell in the k-th mask, None if there is none."""
        if not masks[0]:
            return None
        walk = [masks[0]]
        pending = [self._next(walk, masks)]
        while pending:
            if len(walk) == len(masks):
                return walk
            if not pending[-1]:
                pending.pop()
                walk.pop()
                continue
            self.budget -= 1
            if self.budget < 0:
                raise OverBudget
            walk.append(pending[-1].pop())
            pending.append(self._next(walk, masks))
        return None

    def _next(self, walk: list[int], masks: list[int]) -> list[int]:
        """Return the cells that may follow, the one to try first at the end."""
        if len(walk) == len(masks):
            return []
        n, at = self.n, walk[-1]
        _, not_last, not_first = _edges(n)
        recent = walk[max(0, len(walk) - self.length + 1) :]
        ahead = [(at & not_last) << 1, (at & not_first) >> 1, at << n, at >> n]
        allowed = masks[len(walk)]
        return [cell for cell in ahead if cell & allowed and cell not in recent]


def shortest(state: State, budget: float = float("inf")) -> tuple[Cell, ...] | None:
    """Return the cells of the head on a shortest way to the food, None if there is no way.

    Raises:
        OverBudget: it takes too many nodes to tell.
    """
    walk = _Search(state, budget).plan()
    return None if walk is None else tuple(divmod(c.bit_length() - 1, state.n) for c in walk)


def tree(state: State, most: int) -> list[tuple[tuple[str, ...], tuple[Cell, ...]]] | None:
    """Return all that the snake can do, as lists of moves with the bodies they lead to.

    None where that is more than ``most`` lists of moves, or where one of them gets to the food.
    """
    found: list[tuple[tuple[str, ...], tuple[Cell, ...]]] = []
    pending: list[tuple[tuple[str, ...], tuple[Cell, ...]]] = [((), state.body)]
    while pending:
        moves, body = pending.pop()
        found.append((moves, body))
        if len(found) > most or body[0] == state.food:
            return None
        for move in reversed(legal_moves(state, body)):
            pending.append(((*moves, move), moved(body, step_from(body[0], move))))
    return found


def direct_blocks(state: State) -> list[tuple[Cell, int, int]]:
    """Return what stops a head that only makes moves towards the food.

    Returns:
        Body cells with the move at which the head would first enter them, and the first move at
        which they are free. Empty where such a way gets to the food.
    """
    free_from = {cell: len(state.body) - i for i, cell in enumerate(state.body)}
    (hr, hc), (fr, fc) = state.head, state.food
    towards = [
        move
        for move, (dr, dc) in STEPS.items()
        if (dr and dr * (fr - hr) > 0) or (dc and dc * (fc - hc) > 0)
    ]
    blocks: dict[Cell, tuple[int, int]] = {}
    layer = [state.head]
    for t in range(1, abs(fr - hr) + abs(fc - hc) + 1):
        ahead: dict[Cell, None] = {}
        for cell in layer:
            for move in towards:
                r, c = step_from(cell, move)
                if not (min(hr, fr) <= r <= max(hr, fr) and min(hc, fc) <= c <= max(hc, fc)):
                    continue
                if t < free_from.get((r, c), 0):
                    blocks.setdefault((r, c), (t, free_from[r, c]))
                else:
                    ahead[r, c] = None
        layer = list(ahead)
    return [] if state.food in layer else [(cell, *times) for cell, times in blocks.items()]
