"""Schedules: which game, task and level row i of a config is, in O(1) and in mixed order.

Rows come in blocks; a block holds every cell (game, task, level) once, in an order of its own that
spreads games evenly over the block, and tasks evenly over a game's share of it. So every prefix is
balanced, every row can be made alone, and a stream needs no shuffle buffer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from gameqa.rng import Rng
from gameqa.sample import Level, Split


@dataclass(frozen=True)
class Cell:
    """One game, one task, one plot level."""

    game: str
    task: str
    plot_level: Level


@dataclass(frozen=True)
class Schedule:
    """The endless sequence of cells of a config.

    Attributes:
        cells: what a block holds, in any order that is the same everywhere.
        seed: the config's seed.
        split: the split; each has an order of its own.
    """

    cells: tuple[Cell, ...]
    seed: int
    split: Split

    def at(self, row: int) -> tuple[Cell, int]:
        """Return row ``row``'s cell, and its index among the samples of that cell."""
        block, place = divmod(row, self.block_size)
        return self.block(block)[place], block

    @property
    def block_size(self) -> int:
        """How many rows a block has: block b is rows ``b * block_size`` and following."""
        return len(self.cells)

    def block(self, number: int) -> tuple[Cell, ...]:
        """Return the cells of a block in the order of its rows.

        For whoever makes many rows: hashing a schedule of a thousand cells for each row would cost
        as much as making the row.
        """
        return _block_order(self, number)


@lru_cache(maxsize=64)
def _block_order(schedule: Schedule, block: int) -> tuple[Cell, ...]:
    rng = Rng("gameqa-schedule", schedule.seed, schedule.split.value, block)
    by_game: dict[str, list[Cell]] = {}
    for cell in schedule.cells:
        by_game.setdefault(cell.game, []).append(cell)
    placed: list[tuple[float, int, Cell]] = []
    for cells in by_game.values():
        offset = rng.random()
        for place, cell in enumerate(_spread_tasks(cells, rng)):
            placed.append(((place + offset) / len(cells), len(placed), cell))
    return tuple(cell for _, _, cell in sorted(placed, key=lambda entry: entry[:2]))


def _spread_tasks(cells: Sequence[Cell], rng: Rng) -> list[Cell]:
    """Order a game's cells in rounds: each round asks every task once, at levels in turn."""
    by_task: dict[str, list[Cell]] = {}
    for cell in cells:
        by_task.setdefault(cell.task, []).append(cell)
    queues = [rng.shuffled(task_cells) for task_cells in by_task.values()]
    ordered: list[Cell] = []
    while queues:
        queues = rng.shuffled([queue for queue in queues if queue])
        ordered.extend(queue.pop() for queue in queues)
    return ordered
