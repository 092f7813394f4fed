"""Files of rows, as verify, evaluate, audit and export all read them."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from gameqa.builders.row_files import (
    UnreadableRowsError,
    count_rows,
    files_of,
    read_rows,
)
from gameqa.errors import GameQAError

ROWS = [{"task": str(number), "image": {"bytes": b"x"}} for number in range(150)]


def _parquet(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.Table.from_pylist(ROWS), path)
    return path


def test_both_formats_give_all_rows_in_order(tmp_path):
    """Catches a batch that is lost, blank lines that count, and pictures read for naught."""
    file = _parquet(tmp_path / "a.parquet")
    lines = tmp_path / "a.jsonl"
    lines.write_text('{"task": "0", "image": null}\n\n{"task": "1"}\n')
    assert list(read_rows(file)) == ROWS
    assert list(read_rows(file, leave_out=["image"])) == [{"task": row["task"]} for row in ROWS]
    assert list(read_rows(lines, leave_out=["image"])) == [{"task": "0"}, {"task": "1"}]
    assert (count_rows(file), count_rows(lines)) == (150, 2)


def test_the_files_of_a_folder(tmp_path):
    """Catches files of an unfinished build that are read as if they were rows."""
    one, other = _parquet(tmp_path / "b" / "train.parquet"), tmp_path / "a.jsonl"
    other.write_text("{}\n")
    _parquet(tmp_path / ".incomplete" / "data" / "train.parquet")
    (tmp_path / "manifest.json").write_text("{}")
    assert files_of(tmp_path) == [other, one]
    assert files_of(one) == [one]


def test_a_folder_whose_build_is_not_finished(tmp_path):
    """Catches advice that leaves a user searching for files that are not there yet."""
    _parquet(tmp_path / ".incomplete" / "data" / "train.parquet")
    with pytest.raises(GameQAError, match="not finished"):
        files_of(tmp_path)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("x.parquet", b"PAR1", "Cannot read .*x.parquet: it is not a whole Parquet file"),
        ("x.jsonl", b'{"a": 1}\n{"a"', "x.jsonl, line 2: this is not JSON"),
        ("x.jsonl", b"[" * 100_000, "line 1: this is not JSON"),
        ("x.jsonl", b"\n[1]\n", "line 2: this is not an object"),
        ("x.jsonl", None, "Cannot read .*x.jsonl: No such file"),
        ("x.parquet", None, "Cannot read .*x.parquet: No such file"),
    ],
)
def test_damage_is_one_line_that_names_the_file(tmp_path, name, content, message):
    """Catches tracebacks, and files of which the readable part is taken for the whole."""
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(UnreadableRowsError, match=message) as raised:
        list(read_rows(path))
    assert "\n" not in str(raised.value)
    assert str(path) not in raised.value.reason


def test_damage_in_the_middle(tmp_path):
    """Catches bytes that changed on the way and end in Arrow's own traceback."""
    path = _parquet(tmp_path / "x.parquet")
    content = bytearray(path.read_bytes())
    content[4:40] = bytes(36)
    path.write_bytes(content)
    with pytest.raises(UnreadableRowsError, match="it is not a whole Parquet file"):
        list(read_rows(path))
