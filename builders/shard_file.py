"""One Parquet file of a build: a pure function of recipe and plan, written whole or not at all."""

from __future__ import annotations

import hashlib
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

from gameqa.builders.encoder import encoding_with
from gameqa.builders.recipe import Recipe
from gameqa.builders.rows import tables
from gameqa.builders.sharding import even_shards
from gameqa.builders.storage import Place
from gameqa.errors import GameQAError

WORKSHOP = ".incomplete"
"""What is not finished lies below this folder, which `datasets` does not look into."""

DRAFT = f"{WORKSHOP}/data"
"""Finished files of a build that is not."""

RECEIPTS = f"{WORKSHOP}/receipts"
"""For each of them, a small file that tells its rows, bytes and checksum."""

SHARD_ROWS = 1_000
"""The most rows that a file holds unless asked otherwise."""

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
        game: the game whose files these are, where each has its own; else "".
    """

    split: str
    number: int
    of: int
    rows: range
    game: str = ""

    @property
    def file_name(self) -> str:
        """The name below ``data/``, by which `datasets` knows a file's split and place."""
        folder = f"{self.game}/" if self.game else ""
        return f"{folder}{self.split}-{self.number:05d}-of-{self.of:05d}.parquet"

    @property
    def receipt_name(self) -> str:
        """The name of the file's receipt."""
        return f"{RECEIPTS}/{self.file_name}.json"

    def label(self, recipe: Recipe) -> bytes:
        """Return what the file says about itself: the recipe's digest and its place in it."""
        label: dict[str, Any] = {
            "recipe": recipe.digest(),
            "split": self.split,
            "shard": self.number,
            "of": self.of,
            "rows": [self.rows.start, self.rows.stop],
        }
        if self.game:
            label["game"] = self.game
        return json.dumps(label).encode()


@dataclass(frozen=True)
class Receipt:
    """What is known of a file that was written.

    Attributes:
        size: its bytes.
        sha256: its checksum, in hexadecimal.
    """

    size: int
    sha256: str

    def entry(self, plan: ShardPlan) -> dict[str, Any]:
        """Return the file's entry in the manifest."""
        entry = {
            "name": f"data/{plan.file_name}",
            "rows": len(plan.rows),
            "bytes": self.size,
            "sha256": self.sha256,
        }
        return {**entry, "game": plan.game} if plan.game else entry

    def write(self, plan: ShardPlan, recipe: Recipe) -> bytes:
        """Return the receipt as a file, with what it is the receipt of."""
        label = plan.label(recipe).decode()
        return json.dumps({"of": label, "bytes": self.size, "sha256": self.sha256}).encode()

    @classmethod
    def read(cls, content: bytes, plan: ShardPlan, recipe: Recipe) -> Receipt | None:
        """Return the receipt; None when it is none, or not of this file of this recipe."""
        try:
            read = json.loads(content)
            matches = read["of"] == plan.label(recipe).decode()
            return cls(read["bytes"], read["sha256"]) if matches else None
        except (ValueError, KeyError, TypeError):
            return None


def plan_shards(recipe: Recipe, shard_rows: int) -> list[ShardPlan]:
    """Divide a recipe's splits into files of at most ``shard_rows`` rows, nearly equal in a split.

    The first files of all games come before the second ones: so every share of them has work of
    every kind, and the time left can be told.

    Raises:
        GameQAError: a split is endless.
    """
    plans = []
    for split in recipe.splits:
        if split.rows is None:
            raise GameQAError(f"The {split.name} split is endless (size None): give it a number.")
        parts = even_shards(split.rows, -(-split.rows // shard_rows))
        plans += [
            ShardPlan(split.name, k, len(parts), rows, split.game) for k, rows in enumerate(parts)
        ]
    order = list(dict.fromkeys(split.name for split in recipe.splits))
    return sorted(plans, key=lambda plan: (order.index(plan.split), plan.number))


def build_shard(
    recipe: Recipe,
    plan: ShardPlan,
    place: Place,
    schema: pa.Schema,
    progress: Callable[[int], object] = lambda rows: None,
) -> Receipt:
    """Make a file of a build, in any process on any machine: the bytes are always the same.

    Args:
        recipe: what the rows depend on.
        plan: which rows.
        place: where the build is; the file goes into its workshop, and its receipt after it.
        schema: the Arrow schema of the 18 columns.
        progress: called with numbers of rows as they are made.

    Raises:
        GameQAError: the file cannot be written, or a row cannot be made.
    """
    with place.drafts(f"{WORKSHOP}/drafts") as folder:
        draft = folder / "draft.parquet"
        receipt = write_shard(recipe, plan, draft, schema, progress)
        place.take(draft, f"{DRAFT}/{plan.file_name}")
    place.write(plan.receipt_name, receipt.write(plan, recipe))
    return receipt


def write_shard(
    recipe: Recipe,
    plan: ShardPlan,
    path: Path,
    schema: pa.Schema,
    progress: Callable[[int], object] = lambda rows: None,
) -> Receipt:
    """Make a file's rows and write them; `build_shard` sees to it that the file is whole.

    Raises:
        OSError: the file cannot be written.
        GenerationError: a row cannot be made.
    """
    labelled = schema.with_metadata({**(schema.metadata or {}), METADATA_KEY: plan.label(recipe)})
    with encoding_with(recipe.png_encoder), open(path, "wb", buffering=0) as file:
        sink = _Sink(file)
        with pq.ParquetWriter(sink, labelled, **_writer_options()) as writer:
            for table in _row_groups(recipe, plan, labelled, progress):
                writer.write_table(table)
                sink.check()
        sink.check()
        os.fsync(file.fileno())
        return Receipt(sink.tell(), sink.sha256())


class _Sink(io.RawIOBase):
    """A file whose errors wait until Arrow has returned.

    Arrow ends the whole process (SIGABRT) when a write fails while it chunks by content.
    """

    def __init__(self, file: io.RawIOBase) -> None:
        self._file = file
        self._error: OSError | None = None
        self._written = 0
        self._hash = hashlib.sha256()

    def writable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._written

    def write(self, data: Any) -> int:
        view = memoryview(data).cast("B")
        self._written += len(view)
        self._hash.update(view)
        try:
            start = 0
            while self._error is None and start < len(view):
                start += self._file.write(view[start:]) or 0
        except OSError as error:
            self._error = error
        return len(view)

    def sha256(self) -> str:
        """Return the checksum of what was written."""
        return self._hash.hexdigest()

    def check(self) -> None:
        """Raise the error that a write met."""
        if self._error is not None:
            raise self._error


def _row_groups(
    recipe: Recipe, plan: ShardPlan, schema: pa.Schema, progress: Callable[[int], object]
) -> Iterator[pa.Table]:
    split = recipe.split(plan.split, plan.game)
    waiting: list[pa.Table] = []
    for start in range(plan.rows.start, plan.rows.stop, ROW_GROUP):
        rows = range(start, min(start + ROW_GROUP, plan.rows.stop))
        for table in tables(recipe, split, rows, schema):
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
