"""Mixtures as streams: `stream`."""

from __future__ import annotations

import json
import threading
from collections.abc import Mapping
from typing import Any

import datasets
from datasets import IterableDataset

from gameqa import engine
from gameqa.builders.catalogue import ALL
from gameqa.builders.features import features
from gameqa.builders.provenance import CITATION, LICENSE, describe
from gameqa.builders.recipe import Recipe, make_recipe
from gameqa.builders.sharding import endless_shards
from gameqa.builders.streams.curriculum import Curriculum
from gameqa.builders.streams.mixture import BLOCK, LevelWeights, Mixture
from gameqa.builders.streams.resumable import Row, row_stream
from gameqa.builders.streams.weights import names_levels, task_shares
from gameqa.errors import GameQAError, unknown
from gameqa.registry import get_game

_SIZES = ("train_size", "validation_size", "test_size")


def stream(
    config: str = ALL,
    *,
    weights: Mapping[str, float] | None = None,
    curriculum: Curriculum | None = None,
    split: str = "train",
    **options: Any,
) -> IterableDataset:
    """Return an endless stream in which games, tasks and levels occur as often as wanted.

    >>> stream("in_domain", weights={"sokoban": 3, "maze": 1, "zuma/loaded_color": 1})
    >>> stream("sokoban", weights={"hard": 3, "easy": 1})
    >>> stream("in_domain", curriculum=AccuracyCurriculum())

    No row comes twice, every one is made from its ``data_id`` alone, and the stream is divided and
    resumed like that of ``load_dataset("gameqa", config, streaming=True, train_size=None)``.

    Args:
        config: what the names of the weights select from, as for `gameqa.load_dataset`.
        weights: see `gameqa.builders.streams.weights`; None is every task and level equally often.
        curriculum: decides the levels while the stream runs.
        split: which split.
        **options: those of `gameqa.builders.GameQAConfig`, sizes apart.

    Raises:
        GameQAError: a name, an option or its value is unknown, or levels are decided twice.
    """
    for name in _SIZES:
        if name in options:
            raise GameQAError(f"{name} has no place here: the stream is endless; use .take(rows).")
    if curriculum is not None and names_levels(weights):
        raise GameQAError(
            "The weights name levels, and so does the curriculum: leave one of them out."
        )
    endless: dict[str, Any] = dict.fromkeys(_SIZES)
    recipe = make_recipe(config, **endless, **options)
    names = [each.name for each in recipe.splits]
    if split not in names:
        raise unknown("split", split, names)
    schedule = recipe.split(split).schedule
    shares = task_shares(weights, schedule.cells, recipe.config)
    mixture = Mixture(shares, schedule.seed, schedule.split)
    told = json.dumps({"weights": None if weights is None else dict(weights)})
    info = datasets.DatasetInfo(
        description=f"A mixture: {told}.\n{describe(recipe)}",
        citation=CITATION,
        license=LICENSE,
        features=features(),
    )
    return row_stream(
        endless_shards(BLOCK), _MixtureMaker(recipe, mixture, curriculum), info, split
    )


class _MixtureMaker:
    """Makes the rows of a mixture, one at a time, in any thread."""

    def __init__(self, recipe: Recipe, mixture: Mixture, curriculum: Curriculum | None) -> None:
        self._parts = (recipe, mixture, curriculum)
        self._own = threading.local()

    def __reduce__(self) -> tuple[Any, ...]:
        return _MixtureMaker, self._parts

    def __call__(self, number: Row) -> Row:
        """Return the row of a step.

        Raises:
            GenerationError: it cannot be made.
            GameQAError: the curriculum's log cannot be read.
        """
        recipe, mixture, _ = self._parts
        step = number["row"]
        cell = mixture.at(step, self._levels(step // BLOCK))
        game = get_game(cell.game)
        task = game.task(cell.task)
        # The step is the index among the samples of the cell: whatever the cell, no two steps share
        # a sample, and nothing needs to be counted.
        address = engine.address_of(game, task, cell.plot_level, mixture.split, mixture.seed, step)
        return engine.make(
            game,
            task,
            address,
            style=recipe.style,
            answer_format=recipe.answer_format,
            modality=recipe.modality,
            min_pixels=recipe.min_pixels,
        ).row()

    def _levels(self, block: int) -> LevelWeights | None:
        curriculum = self._parts[2]
        if curriculum is None:
            return None
        if getattr(self._own, "block", None) != block:
            self._own.levels, self._own.block = curriculum.levels_of_block(block), block
        levels: LevelWeights = self._own.levels
        return levels
