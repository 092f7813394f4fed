"""Addresses: a sample is a pure function of its address, and of nothing else."""

from __future__ import annotations

from dataclasses import dataclass

from gameqa.rng import Rng
from gameqa.sample import Level, Split


@dataclass(frozen=True)
class Address:
    """Where a sample lives: game, engine version, task, plot level, split, seed and index.

    Every part is hashed, none is added to another, so neighbouring seeds share nothing.
    """

    game: str
    version: int
    task: str
    plot_level: Level
    split: Split
    seed: int
    index: int

    def rng(self, *path: object) -> Rng:
        """Return the substream ``path`` of this address, e.g. ``rng("state", 3)``."""
        return Rng(
            "gameqa",
            self.game,
            self.version,
            self.task,
            self.plot_level.value,
            self.split.value,
            self.seed,
            self.index,
            *path,
        )

    def __str__(self) -> str:
        level = self.plot_level.value.lower()
        return (
            f"{self.game}-v{self.version}-{self.task}-{level}"
            f"-{self.split.value}-s{self.seed}-i{self.index}"
        )
