"""Streams that go on where they stopped without making a row again: numbers first, rows last.

``datasets`` resumes a stream by running its generator again up to the place where it stopped. So
the generator yields numbers, which cost nothing, and the rows are made from them by a function that
is mapped over the stream: whatever is skipped is numbers.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import datasets
import numpy as np
from datasets import Features, IterableDataset, Value

from gameqa.builders.features import features
from gameqa.builders.recipe import Recipe, SplitRecipe

Row = dict[str, Any]

_NUMBER = "row"
_NO_OPTIONS = np.empty(0, dtype=str)


def row_stream(
    shards: Sequence[Iterable[int]],
    make: Callable[[Row], Row],
    info: datasets.DatasetInfo,
    split: str,
) -> IterableDataset:
    """Return the stream of the rows that are made from numbers.

    Args:
        shards: the numbers, divided for processes, workers and nodes.
        make: makes the 18 columns from ``{"row": number}``; it must be picklable.
        info: what the stream says about itself.
        split: the split's name.
    """
    numbers = IterableDataset.from_generator(
        _numbers,
        features=Features({_NUMBER: Value("int64")}),
        gen_kwargs={"shards": list(shards)},
        split=datasets.NamedSplit(split),
    )
    stream = numbers.map(_Typed(make), remove_columns=[_NUMBER]).cast(features())
    stream.info.update(info)
    return stream


def _numbers(shards: list[Iterable[int]]) -> Iterator[dict[str, int]]:
    for shard in shards:
        for number in shard:
            yield {_NUMBER: number}


@dataclass(frozen=True)
class _Typed:
    """Makes rows whose types Arrow can tell from one row.

    Where a stream is read as Arrow tables, ``datasets`` infers types before it casts them, and an
    empty list, as the options of an open question are, would be a list of nulls.
    """

    make: Callable[[Row], Row]

    def __call__(self, number: Row) -> Row:
        row = self.make(number)
        return row if row["options"] else {**row, "options": _NO_OPTIONS}


class RowMaker:
    """Makes the rows of a split of a recipe, one at a time, in any thread."""

    def __init__(self, recipe: Recipe, split: SplitRecipe) -> None:
        """Remember what the rows depend on."""
        self.recipe = recipe
        self.split = split
        self._own = threading.local()  # `datasets` reads shuffled shards in several threads

    def __reduce__(self) -> tuple[type[RowMaker], tuple[Recipe, SplitRecipe]]:
        """Leave out what belongs to a thread, for a worker process."""
        return RowMaker, (self.recipe, self.split)

    def __call__(self, number: Row) -> Row:
        """Return the row of a number.

        Raises:
            GenerationError: it cannot be made.
        """
        own = self._own
        own.wanted = number[_NUMBER]
        if getattr(own, "samples", None) is None:
            # Kept from row to row, for it keeps the order of the block that it is in.
            own.samples = self.recipe.samples(self.split, _requests(own))
        try:
            row: Row = next(own.samples).row()
        except Exception:
            own.samples = None
            raise
        return row


def _requests(own: threading.local) -> Iterator[int]:
    while True:
        yield own.wanted
