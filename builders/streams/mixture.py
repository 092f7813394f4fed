"""Which task and level step n of a mixture is: exact shares in every block, in O(1).

A block takes one point from each of `BLOCK` equal stretches of [0, 1), where every task has an
interval as long as its share, and every level a part of that. So a task with share s has floor or
ceil of ``BLOCK * s`` rows in each block; from block to block the points move on by the golden
ratio, so that small shares, too, come out exactly in the long run.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate
from typing import TypeAlias

from gameqa.builders.sharding import MAX_SHARDS
from gameqa.builders.streams.weights import TaskShare
from gameqa.rng import Rng
from gameqa.sample import Level, Split
from gameqa.schedule import Cell

LevelWeights: TypeAlias = Callable[[str, str], Mapping[Level, float]]
"""Tells how often each level of a (game, task) is wanted, relative to the others."""

BLOCK = 32
"""Steps in a block: what a curriculum looks at before it deals out the next."""

_STRIDE = 19  # about BLOCK / golden ratio, and odd: neighbours in a block are far apart in [0, 1)
_GOLDEN = (5**0.5 - 1) / 2


@dataclass(frozen=True)
class Mixture:
    """The endless sequence of cells of a mixture.

    Attributes:
        tasks: what occurs, and how often.
        seed: the seed of the order.
        split: the split; each has an order of its own.
    """

    tasks: tuple[TaskShare, ...]
    seed: int
    split: Split

    def at(self, step: int, levels: LevelWeights | None = None) -> Cell:
        """Return the cell of a step.

        Args:
            step: its number.
            levels: tells the weights of a task's levels, instead of the mixture's own.
        """
        point = self._point(*divmod(step, BLOCK))
        number = min(bisect_right(self._ends, point), len(self.tasks) - 1)
        task = self.tasks[number]
        start = self._ends[number - 1] if number else 0.0
        # Turned by another angle in each task: else all would leave out a rare level together.
        within = ((point - start) / task.share + number * _GOLDEN) % 1.0
        wanted = None if levels is None else levels(task.game, task.task)
        return Cell(task.game, task.task, _level_at(within, _parts(task, wanted)))

    @cached_property
    def _ends(self) -> tuple[float, ...]:
        return tuple(accumulate(task.share for task in self.tasks))

    def _point(self, block: int, place: int) -> float:
        """Return the point in [0, 1) of a place in a block.

        Blocks of one shard follow each other with the shifts of the golden ratio; the shards, read
        side by side, differ by those of a van der Corput sequence.
        """
        turn, shard = divmod(block, MAX_SHARDS)
        rotation = Rng("gameqa-mixture", self.seed, self.split.value, block).below(BLOCK)
        shift = (turn * _GOLDEN + _bit_reversed(shard)) % 1.0
        return ((place + rotation) * _STRIDE % BLOCK + shift) / BLOCK


def _bit_reversed(shard: int) -> float:
    bits = MAX_SHARDS.bit_length() - 1
    return int(f"{shard:0{bits}b}"[::-1], 2) / MAX_SHARDS


def _parts(task: TaskShare, wanted: Mapping[Level, float] | None) -> list[tuple[Level, float]]:
    """Return the levels of a task with their weights: the wanted ones, where the task has them.

    A task that has none of the wanted levels is asked at the nearest one that it has.
    """
    if wanted is None:
        return list(task.levels)
    chosen = [(level, wanted.get(level, 0.0)) for level, _ in task.levels]
    if any(weight > 0 for _, weight in chosen):
        return chosen
    rank = list(Level).index
    highest = max((level for level, weight in wanted.items() if weight > 0), key=rank)
    nearest = min((level for level, _ in task.levels), key=lambda lv: abs(rank(lv) - rank(highest)))
    return [(nearest, 1.0)]


def _level_at(within: float, parts: Sequence[tuple[Level, float]]) -> Level:
    ends = list(accumulate(weight for _, weight in parts))
    number = bisect_right(ends, within * ends[-1])
    last = max(k for k, (_, weight) in enumerate(parts) if weight > 0)
    return parts[min(number, last)][0]
