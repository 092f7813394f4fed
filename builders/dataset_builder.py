"""The `datasets` builder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import datasets
import pyarrow as pa

from gameqa._datasets_hook import DATASET_NAME, builder_hash
from gameqa.builders.catalogue import ALL, config_names
from gameqa.builders.configs import GameQAConfig, read_config
from gameqa.builders.failures import writing_to
from gameqa.builders.features import features
from gameqa.builders.provenance import CITATION, LICENSE, describe
from gameqa.builders.rows import tables
from gameqa.builders.sharding import EndlessShard, endless_shards, equal_shards
from gameqa.builders.streams.resumable import RowMaker, row_stream
from gameqa.errors import GameQAError

_patched_for_streaming = True
"""Tells `datasets` that this module needs no patching of `open` and the like to stream: it reads no
files. The patching would import SciPy's file readers where SciPy is installed, for 0.1 s."""

_ADVICE = "Choose another directory by cache_dir=... or the variable HF_DATASETS_CACHE."


class GameQA(datasets.ArrowBasedBuilder):  # type: ignore[misc]
    """Makes visual questions about games, instead of downloading them.

    >>> builder = GameQA(config_name="sokoban", plot_level="hard", train_size=5_000)
    >>> builder.download_and_prepare(num_proc=4)
    >>> train = builder.as_dataset(split="train")
    >>> stream = GameQA(config_name="all", train_size=None).as_streaming_dataset(split="train")

    The keyword arguments are those of `datasets.DatasetBuilder` and the options of `GameQAConfig`.

    Raises:
        GameQAError: the config or an option is unknown, or the cache cannot be written to.
    """

    BUILDER_CONFIG_CLASS = GameQAConfig
    BUILDER_CONFIGS = [GameQAConfig(name=name) for name in config_names()]
    DEFAULT_CONFIG_NAME = ALL

    config: GameQAConfig

    def __init__(
        self,
        cache_dir: str | None = None,
        dataset_name: str | None = DATASET_NAME,
        config_name: str | None = None,
        hash: str | None = None,
        **kwargs: Any,
    ) -> None:
        """Check the request and find its place in the cache; see the class."""
        directory = cache_dir or datasets.config.HF_DATASETS_CACHE
        with writing_to(directory, _ADVICE):
            super().__init__(
                cache_dir=cache_dir,
                dataset_name=dataset_name,
                config_name=config_name,
                hash=hash or builder_hash(),
                **kwargs,
            )

    def _create_builder_config(
        self,
        config_name: str | None = None,
        custom_features: datasets.Features | None = None,
        config_id: str | None = None,
        **config_kwargs: Any,
    ) -> tuple[GameQAConfig, str]:
        """Make the config at once from name and options, so that all are checked together.

        The base class instead copies a config and sets attributes on it, except those that are
        None, which here would make an endless split a split of default size.
        """
        config = read_config(config_name, config_kwargs)
        return config, config_id or config.create_config_id(config_kwargs, custom_features)

    def _info(self) -> datasets.DatasetInfo:
        recipe = self.config.recipe
        sizes = {split.name: split.rows for split in recipe.splits}
        known = None
        if None not in sizes.values():
            # Known beforehand: progress bars tell the time left, and a short split is an error.
            known = [
                {"name": name, "num_examples": rows, "dataset_name": self.dataset_name}
                for name, rows in sizes.items()
            ]
        return datasets.DatasetInfo(
            description=describe(recipe),
            citation=CITATION,
            license=LICENSE,
            features=features(),
            splits=known,
        )

    def _split_generators(self, dl_manager: Any) -> list[datasets.SplitGenerator]:
        generators = []
        for split in self.config.recipe.splits:
            shards: Sequence[range | EndlessShard] = (
                endless_shards(split.schedule.block_size)
                if split.rows is None
                else equal_shards(split.rows)
            )
            generators.append(
                datasets.SplitGenerator(
                    name=split.name, gen_kwargs={"shards": shards, "split": split.name}
                )
            )
        return generators

    def _generate_tables(
        self, shards: Sequence[range], split: str
    ) -> Iterator[tuple[tuple[int, int], pa.Table]]:
        recipe = self.config.recipe
        schema = features().arrow_schema
        for number, shard in enumerate(shards):
            made = tables(recipe, recipe.split(split), shard, schema)
            for place, table in enumerate(made):
                yield (number, place), table

    def _as_streaming_dataset_single(
        self, splits_generator: datasets.SplitGenerator, *args: Any, **kwargs: Any
    ) -> datasets.IterableDataset:
        """Return the stream of one split: of the rows of a plain build, with another way to resume.

        The base class would stream `_generate_tables`, and make a shard's rows again up to the
        place where it stopped.
        """
        recipe = self.config.recipe
        split = recipe.split(splits_generator.name)
        shards = splits_generator.gen_kwargs["shards"]
        return row_stream(shards, RowMaker(recipe, split), self.info, split.name)

    def download_and_prepare(self, output_dir: str | None = None, **kwargs: Any) -> None:
        """Make the rows and write them, as `datasets.DatasetBuilder.download_and_prepare` does.

        Raises:
            GameQAError: a split is endless, or the directory cannot be written to.
        """
        endless = [split.name for split in self.config.recipe.splits if split.rows is None]
        if endless:
            raise GameQAError(
                f"An endless {endless[0]} split (size None) cannot be written down: "
                "stream it with streaming=True, or give the size a number."
            )
        with writing_to(output_dir or self._cache_dir_root, _ADVICE):
            super().download_and_prepare(output_dir, **kwargs)
