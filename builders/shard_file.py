"""One Parquet file of a build: a pure function of recipe and plan, written whole or not at all."""

from __future__ import annotations

import contextlib
import inspect
import io
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gameqa.builders.recipe import Recipe
from gameqa.builders.rows import tables
from gameqa.builders.sharding import even_shards
from gameqa.errors import GameQAError

METADATA_KEY = b"gameqa"
ROW_GROUP = 256
_CHUNKS = {"min_chunk_size": 256 * 1024, "max_chunk_size": 1024 * 1024, "norm_level": 0}


@dataclass(frozen=True)
class ShardPlan:
    """Which rows of which split a file holds.

    Attributes:
        split: the split's name.
        number: the file's place among the split's files, from 0.
        of: how many files the split has.
        rows: the numbers of its rows.
    """

    split: str
    number: int
    of: int
    rows: range

    @property
    def file_name(self) -> str:
        """The name by which `datasets` knows a file's split and place."""
        return f"{self.split}-{self.number:05d}-of-{self.of:05d}.parquet"

    def label(self, recipe: Recipe) -> bytes:
        """Return what the file says about itself: the recipe's digest and its place in it."""
        label: dict[str, Any] = {
            "recipe": recipe.digest(),
            "split": self.split,
            "shard": self.number,
            "of": self.of,
            "rows": [self.rows.start, self.rows.stop],
        }
        return json.dumps(label).encode()


def plan_shards(recipe: Recipe, shard_rows: int) -> list[ShardPlan]:
    """Divide a recipe's splits into files of at most ``shard_rows`` rows, nearly equal in a split.

    Raises:
        GameQAError: a split is endless.
    """
    plans = []
    for split in recipe.splits:
        if split.rows is None:
            raise GameQAError(f"The {split.name} split is endless (size None): give it a number.")
        parts = even_shards(split.rows, -(-split.rows // shard_rows))
        plans += [ShardPlan(split.name, k, len(parts), rows) for k, rows in enumerate(parts)]
    return plans


def build_shard(
    recipe: Recipe,
    plan: ShardPlan,
    folder: Path,
    schema: pa.Schema,
    progress: Callable[[int], object] = lambda rows: None,
) -> None:
    """Make a file's rows and write it under a temporary name, then give it its own.

    Args:
        recipe: what the rows depend on.
        plan: which rows.
        folder: where the file goes; it must exist.
        schema: the Arrow schema of the 18 columns.
        progress: called with numbers of rows as they are made.

    Raises:
        OSError: the file cannot be written.
        GenerationError: a row cannot be made.
    """
    for stale in folder.glob(f".{plan.file_name}.*"):
        stale.unlink(missing_ok=True)
    draft = folder / f".{plan.file_name}.{os.getpid()}"
    labelled = schema.with_metadata({**(schema.metadata or {}), METADATA_KEY: plan.label(recipe)})
    try:
        with open(draft, "wb", buffering=0) as file:
            sink = _Sink(file)
            with pq.ParquetWriter(sink, labelled, **_writer_options()) as writer:
                for table in _row_groups(recipe, plan, labelled, progress):
                    writer.write_table(table)
                    sink.check()
            sink.check()
            os.fsync(file.fileno())
        os.replace(draft, folder / plan.file_name)
    finally:
        with contextlib.suppress(OSError):
            draft.unlink(missing_ok=True)


def is_complete(recipe: Recipe, plan: ShardPlan, folder: Path) -> bool:
    """Return whether the file is there, whole, and of this recipe."""
    try:
        metadata = pq.read_metadata(folder / plan.file_name)
    except (OSError, pa.ArrowInvalid):
        return False
    label = (metadata.metadata or {}).get(METADATA_KEY)
    return bool(metadata.num_rows == len(plan.rows) and label == plan.label(recipe))


class _Sink(io.RawIOBase):
    """A file whose errors wait until Arrow has returned.

    Arrow ends the whole process (SIGABRT) when a write fails while it chunks by content.
    """

    def __init__(self, file: io.RawIOBase) -> None:
        self._file = file
        self._error: OSError | None = None
        self._written = 0

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self._written += len(view)
        try:
            start = 0
            while self._error is None and start < len(view):
                start += self._file.write(view[start:]) or 0
        except OSError as error:
            self._error = error
        return len(view)

    def check(self) -> None:
        """Raise the error that a write met."""
        if self._error is not None:
            raise self._error


def _row_groups(
    recipe: Recipe, plan: ShardPlan, schema: pa.Schema, progress: Callable[[int], object]
) -> Iterator[pa.Table]:
    waiting: list[pa.Table] = []
    for start in range(plan.rows.start, plan.rows.stop, ROW_GROUP):
        rows = range(start, min(start + ROW_GROUP, plan.rows.stop))
        for table in tables(recipe, recipe.split(plan.split), rows, schema):
            waiting.append(table)
            progress(len(table))
        yield pa.concat_tables(waiting).combine_chunks()
        waiting.clear()


@lru_cache(maxsize=1)
def _writer_options() -> dict[str, Any]:
    """Return what `datasets` writes with too, so far as this pyarrow knows it.

    Content-defined chunks let the Hub store the parts that two builds share once; a page index
    lets a reader fetch single pages.
    """
    wanted = {"use_content_defined_chunking": _CHUNKS, "write_page_index": True}
    known = inspect.signature(pq.ParquetWriter.__init__).parameters
    return {option: value for option, value in wanted.items() if option in known}
