"""Files of rows, Parquet or JSON Lines: which there are, how many rows they have, and the rows."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from gameqa.errors import GameQAError

Row = dict[str, Any]

ENDINGS = (".parquet", ".jsonl")
"""How files of rows end in a folder."""

_BATCH = 64


class UnreadableRowsError(GameQAError):
    """A file of rows that is damaged, or not there.

    Attributes:
        reason: what is wrong with it, without the file's name.
    """

    def __init__(self, file: Path, reason: str, *, line: int | None = None) -> None:
        """Word the message: file, line, reason."""
        place = "" if line is None else f"line {line}: "
        super().__init__(f"{file}, {place}{reason}." if place else f"Cannot read {file}: {reason}.")
        self.reason = place + reason


def files_below(folder: Path) -> list[Path]:
    """Return the files of rows in a folder and its folders, hidden ones left out, in order."""
    return sorted(
        file
        for file in folder.rglob("*")
        if file.suffix in ENDINGS
        and file.is_file()
        and not any(part.startswith(".") for part in file.relative_to(folder).parts)
    )


def files_of(path: Path) -> list[Path]:
    """Return the files of rows of a folder, or the file itself.

    Raises:
        GameQAError: there is nothing of the kind.
    """
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise GameQAError(f"{path} is neither a file nor a folder with rows.")
    found = files_below(path)
    if not found:
        hint = " Its build is not finished." if (path / ".incomplete").exists() else ""
        raise GameQAError(f"{path} holds no {' or '.join(ENDINGS)} files.{hint}")
    return found


def count_rows(file: Path) -> int:
    """Return how many rows a file has; of Parquet only the end is read.

    Raises:
        UnreadableRowsError: it is damaged, or not there.
    """
    with _reading(file) as content:
        if file.suffix == ".parquet":
            return int(pq.ParquetFile(content).metadata.num_rows)
        return sum(1 for line in content if line.strip())


def read_rows(file: Path, leave_out: Collection[str] = ()) -> Iterator[Row]:
    """Yield the rows of a file, a few at a time in memory, pictures undecoded.

    Args:
        file: Parquet, or JSON Lines whatever its name ends in.
        leave_out: columns that are not needed.

    Raises:
        UnreadableRowsError: it is damaged, or not there.
    """
    with _reading(file) as content:
        if file.suffix == ".parquet":
            table = pq.ParquetFile(content)
            columns = [name for name in table.schema_arrow.names if name not in leave_out]
            for batch in table.iter_batches(_BATCH, columns=columns):
                yield from batch.to_pylist()
            return
        for number, line in enumerate(content, 1):
            if line.strip():
                row = _read_line(file, number, line)
                yield {name: value for name, value in row.items() if name not in leave_out}


@contextlib.contextmanager
def _reading(file: Path) -> Iterator[BinaryIO]:
    """Open a file; what goes wrong with it, or with what Arrow finds in it, is one line."""
    try:
        with open(file, "rb") as content:
            yield content
    except (pa.ArrowException, OSError) as error:
        # Arrow's own errors about a file's content are an OSError, too, but one without a number.
        known = error.strerror if isinstance(error, OSError) else None
        raise UnreadableRowsError(file, known or "it is not a whole Parquet file") from error


def _read_line(file: Path, number: int, line: bytes) -> Row:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UnreadableRowsError(file, "this is not JSON", line=number) from error
    if not isinstance(row, dict):
        raise UnreadableRowsError(file, "this is not an object", line=number)
    return row
