"""How boards are made: random black cells, a random ant, and walks that are worth following."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gameqa.games.langtons_ant.rules import FACINGS, STEPS, Cell, Pose, State, Step
from gameqa.rng import Rng

_EDGE = 2  # rows and columns from an edge within which a walk is likely to wrap
_LONG = 8  # steps of a walk to a pose from which on it meets its own changes


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


def ends(state: State, count: int, may_return: bool) -> list[Pose]:
    """Return the poses in which some varied walk of ``count`` steps ends, on other colours.

    Only these may be asked about and offered: an ant turns in every step, so that half of all
    poses are out of its reach, and one that is to meet its own changes cannot get far.
    """
    rows, cols, ant = state.rows, state.cols, state.ant
    poses = [
        Pose((row + ant.row) % rows, (col + ant.col) % cols, facing)
        for (row, col), facing in _walks(rows, cols, count, ant.facing)
    ]
    return [pose for pose in poses if may_return or pose != ant]


def leading_to(state: State, end: Pose, count: int, rng: Rng) -> State:
    """Recolour the cells on the ant's way so that it ends in one of its `ends`, by a random way."""
    rows, cols, ant = state.rows, state.cols, state.ant
    at = (end.row - ant.row) % rows, (end.col - ant.col) % cols
    way = rng.choice(_walks(rows, cols, count, ant.facing)[at, end.facing])
    grid = [list(row) for row in state.grid]
    for (row, col), colour in way:
        grid[(row + ant.row) % rows][(col + ant.col) % cols] = colour
    return State(tuple(map(tuple, grid)), ant)


@lru_cache(maxsize=256)
def _walks(
    rows: int, cols: int, count: int, facing: str
) -> dict[tuple[Cell, str], list[tuple[tuple[Cell, int], ...]]]:
    """Return for every end the colours of the cells on the way, for all varied walks from (0, 0).

    A walk has turns both ways, and one of `_LONG` steps or more meets a cell that it has changed:
    in a shorter one that would leave too few ends to tell apart.
    """
    found: dict[tuple[Cell, str], list[tuple[tuple[Cell, int], ...]]] = {}
    shown: dict[Cell, int] = {}
    changed: dict[Cell, int] = {}

    def follow(cell: Cell, way: int, number: int, black: int, again: bool) -> None:
        if number == count:
            if min(black, count - black) >= _turns(count) and (again or count < _LONG):
                found.setdefault((cell, FACINGS[way]), []).append(tuple(shown.items()))
            return
        before = changed.get(cell)
        for colour in (0, 1) if before is None else (before,):
            if before is None:
                shown[cell] = colour
            changed[cell] = 1 - colour
            turned_to = (way + (-1 if colour else 1)) % 4
            dr, dc = STEPS[FACINGS[turned_to]]
            after = (cell[0] + dr) % rows, (cell[1] + dc) % cols
            follow(after, turned_to, number + 1, black + colour, again or before is not None)
        if before is None:
            del shown[cell], changed[cell]
        else:
            changed[cell] = before

    follow((0, 0), FACINGS.index(facing), 0, 0, False)
    return found


def _turns(count: int) -> int:
    """Return the least number of turns of each sense in a varied walk."""
    return 2 if count >= 6 else 1


def is_varied(steps: Sequence[Step], may_return: bool) -> bool:
    """Whether a walk turns both ways, meets its own changes, and leads away from its start."""
    black = sum(step.colour for step in steps)
    return (
        min(black, len(steps) - black) >= _turns(len(steps))
        and (len(steps) < 6 or any(step.changed_at for step in steps))
        and (may_return or steps[-1].after != steps[0].before)
    )
