"""Loading through public classes only, without the hook: `load_dataset`."""

from __future__ import annotations

from typing import Any

from datasets import Dataset, DatasetDict, IterableDataset, IterableDatasetDict

from gameqa.builders.catalogue import ALL
from gameqa.builders.dataset_builder import GameQA
from gameqa.errors import GameQAError


def load_dataset(
    config: str = ALL,
    split: str | None = None,
    *,
    streaming: bool = False,
    num_proc: int | None = None,
    cache_dir: str | None = None,
    **options: Any,
) -> Dataset | DatasetDict | IterableDataset | IterableDatasetDict:
    """Make a dataset, or open a stream; the rows are those of ``datasets.load_dataset``.

    >>> train = load_dataset("sokoban", split="train", plot_level="hard", train_size=5_000)
    >>> stream = load_dataset("all", streaming=True, train_size=None)["train"]

    Args:
        config: a game, a category, "in_domain", "out_of_domain" or "all".
        split: "train", "validation", "test" or, of "all", "test_ood"; a dict of them when None.
        streaming: make rows while they are read and write nothing.
        num_proc: how many processes make the rows; not when streaming.
        cache_dir: where the rows are kept; the cache of `datasets` when None.
        **options: those of `gameqa.builders.GameQAConfig`.

    Raises:
        GameQAError: the config, an option or its value is unknown, or the cache is unwritable.
    """
    if streaming and num_proc is not None:
        raise GameQAError(
            "num_proc is for datasets that are written down; a stream is shared among the "
            "workers of a DataLoader instead (num_workers=...)."
        )
    builder = GameQA(config_name=config, cache_dir=cache_dir, **options)
    if streaming:
        return builder.as_streaming_dataset(split=split)
    builder.download_and_prepare(num_proc=num_proc)
    return builder.as_dataset(split=split)
