"""Rows of a dataset on disk: a folder of a build or a download, or single Parquet files."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gameqa.errors import GameQAError
from gameqa.sample import COLUMNS

_BATCH = 64


def row_files(path: Path) -> list[Path]:
    """Return the Parquet files of a folder, or the file itself.

    Raises:
        GameQAError: there is nothing of the kind.
    """
    if path.is_dir():
        found = sorted(
            file
            for file in path.rglob("*.parquet")
            if not any(part.startswith(".") for part in file.relative_to(path).parts)
        )
        if not found:
            raise GameQAError(f"{path} holds no Parquet files.")
        return found
    if not path.is_file():
        raise GameQAError(f"{path} is neither a folder nor a file; give one with Parquet files.")
    return [path]


def count_rows(path: Path) -> int:
    """Return how many rows a dataset on disk has; only the files' ends are read."""
    return sum(int(_opened(file).metadata.num_rows) for file in row_files(path))


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a dataset on disk, a few at a time in memory.

    Raises:
        GameQAError: a file cannot be read or lacks a column.
    """
    for file in row_files(path):
        opened = _opened(file)
        names = opened.schema_arrow.names
        for name in COLUMNS:
            if name not in names:
                raise GameQAError(f"{file} lacks the column {name!r}; it has {', '.join(names)}.")
        try:
            for batch in opened.iter_batches(_BATCH, columns=list(COLUMNS)):
                yield from batch.to_pylist()
        except (OSError, pa.ArrowInvalid) as error:
            raise GameQAError(f"Cannot read {file}: {error}.") from error


def _opened(file: Path) -> pq.ParquetFile:
    try:
        return pq.ParquetFile(file)
    except (OSError, pa.ArrowInvalid) as error:
        raise GameQAError(f"Cannot read {file}: {error}.") from error
