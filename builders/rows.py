"""Samples as Arrow tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

import pyarrow as pa

from gameqa.builders.recipe import Recipe, SplitRecipe

LARGEST_TABLE = 32


def tables(
    recipe: Recipe, split: SplitRecipe, rows: Iterable[int], schema: pa.Schema
) -> Iterator[pa.Table]:
    """Make rows of a split as tables of 1, 2, 4 ... 32 rows.

    The first is tiny, so that a stream's first sample is there at once; none is large, because a
    stream that is resumed makes the table again in which it stopped.

    Args:
        recipe: what the rows depend on.
        split: the split that they belong to.
        rows: the numbers of the rows.
        schema: the Arrow schema of the 18 columns.
    """
    samples = recipe.samples(split, rows)
    size = 1
    while batch := [sample.row() for sample in islice(samples, size)]:
        yield pa.Table.from_pylist(batch, schema=schema)
        size = min(2 * size, LARGEST_TABLE)
