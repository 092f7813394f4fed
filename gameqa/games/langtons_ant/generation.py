"""How boards are made: random black cells, a random ant, and walks that are worth following."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gameqa.games.langtons_ant.rules import FACINGS, Pose, State, Step
from gameqa.rng import Rng

_EDGE = 2  # rows and columns from an edge within which a walk is likely to wrap


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


def is_varied(steps: Sequence[Step], may_return: bool) -> bool:
    """Whether a walk turns both ways, meets its own changes, and leads away from its start."""
    long = len(steps) >= 6
    black = sum(step.colour for step in steps)
    return (
        min(black, len(steps) - black) >= (2 if long else 1)
        and (not long or any(step.changed_at for step in steps))
        and (may_return or steps[-1].after != steps[0].before)
    )
