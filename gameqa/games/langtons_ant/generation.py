"""How boards are made: random black cells, a random ant, and walks that are worth following."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from gameqa.games.langtons_ant.rules import (
    FACINGS,
    Cell,
    Pose,
    State,
    Step,
    random_way,
    turned,
)
from gameqa.rng import Rng

_EDGE = 2  # rows and columns from an edge within which a walk is likely to wrap
_WAYS = 12  # tried to one end


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        size: number of rows and of columns.
        density: least and greatest share of black cells.
        pose_steps: least and greatest number of steps when the pose is asked for (at least 4).
        flip_steps: the same when the changes of a cell are.
        at_edge: share of walks that start near an edge.
    """

    size: int
    density: tuple[float, float]
    pose_steps: tuple[int, int]
    flip_steps: tuple[int, int]
    at_edge: float = 0.4


def board(knobs: Knobs, rng: Rng, *, near_edge: bool = False) -> State:
    """Draw a board.

    Args:
        knobs: the level.
        rng: the substream.
        near_edge: whether the ant has to be near an edge.
    """
    n = knobs.size
    low, high = knobs.density
    count = round((low + (high - low) * rng.random()) * n * n)
    flat = [0] * (n * n)
    for cell in rng.sample(range(n * n), count):
        flat[cell] = 1
    row, col = rng.below(n), rng.below(n)
    while near_edge and min(row, col) >= _EDGE and max(row, col) < n - _EDGE:
        row, col = rng.below(n), rng.below(n)
    grid = tuple(tuple(flat[r * n : (r + 1) * n]) for r in range(n))
    return State(grid, Pose(row, col, rng.choice(FACINGS)))


def leading_to(state: State, end: Pose, count: int, rng: Rng) -> State | None:
    """Recolour the cells on the ant's way so that it ends in a pose it can reach.

    Args:
        state: a board.
        end: one of `reachable`.
        count: number of steps.
        rng: draws the way.

    Returns:
        None where no way was found: a cell that is met again has the colour it was left with.
    """
    for _ in range(_WAYS):
        first: dict[Cell, int] = {}
        now: dict[Cell, int] = {}
        for before, after in pairwise(random_way(state, end, count, rng)):
            needed = int(after.facing != turned(before.facing, 1))
            if now.get(before.cell, needed) != needed:
                break
            first.setdefault(before.cell, needed)
            now[before.cell] = 1 - needed
        else:
            grid = [list(row) for row in state.grid]
            for (row, col), colour in first.items():
                grid[row][col] = colour
            return State(tuple(map(tuple, grid)), state.ant)
    return None


def is_varied(steps: Sequence[Step], may_return: bool) -> bool:
    """Whether a walk turns both ways, meets its own changes, and leads away from its start."""
    long = len(steps) >= 6
    black = sum(step.colour for step in steps)
    return (
        min(black, len(steps) - black) >= (2 if long else 1)
        and (not long or any(step.changed_at for step in steps))
        and (may_return or steps[-1].after != steps[0].before)
    )
