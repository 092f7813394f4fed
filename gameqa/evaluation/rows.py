"""What an evaluation reads of a row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gameqa.errors import GameQAError
from gameqa.sample import COLUMNS, Sample

_TEXTS = (
    "data_id",
    "game",
    "category",
    "domain",
    "task",
    "qa_type",
    "qa_level",
    "plot_level",
    "answer",
    "answer_type",
)


@dataclass(frozen=True)
class Row:
    """A row's columns, so far as they matter here.

    Attributes:
        data_id: the row's id.
        labels: its game, category, domain, qa_type, qa_level, plot_level and answer_type.
        task: game and task, joined by a slash.
        expected: the right answer.
        options: how many options there are; 0 when the question is open.
        target: what `gameqa.grade` takes.
    """

    data_id: str
    labels: dict[str, str]
    task: str
    expected: str
    options: int
    target: Mapping[str, Any]


def read_rows(rows: Iterable[Mapping[str, Any] | Sample]) -> list[Row]:
    """Read rows: dicts with the dataset's columns, a `datasets` dataset, or samples.

    Raises:
        GameQAError: there are none, one lacks a column, or two have the same id.
    """
    rows = _without_decoding(rows)
    if isinstance(rows, Mapping):
        raise GameQAError("rows is one row or a dict of splits; give a list of rows or one split.")
    found = [_read(row, place) for place, row in enumerate(rows)]
    if not found:
        raise GameQAError("There are no rows to evaluate.")
    seen: set[str] = set()
    for row in found:
        if row.data_id in seen:
            raise GameQAError(f"Two rows have the id {row.data_id!r}; each must be there once.")
        seen.add(row.data_id)
    return found


def _without_decoding(rows: Any) -> Any:
    """Return rows of which a dataset or stream decodes no picture: grading needs none."""
    if "image" not in (getattr(rows, "column_names", None) or ()):
        return rows
    if hasattr(rows, "decode"):  # a stream, which would decode before it drops a column
        return rows.decode(False)
    return rows.remove_columns("image") if hasattr(rows, "remove_columns") else rows


def _read(row: Mapping[str, Any] | Sample, place: int) -> Row:
    if isinstance(row, Sample):
        row = {name: getattr(row, name) for name in COLUMNS if name != "image"}
    if not isinstance(row, Mapping):
        raise GameQAError(f"Row number {place} is {type(row).__name__}, not a row or a sample.")
    for name in (*_TEXTS, "options"):
        if row.get(name) is None:
            raise GameQAError(
                f"Row number {place} has no column {name!r}; it has: {', '.join(map(str, row))}."
            )
    # Without the picture: thousands of rows are held at once.
    target = {name: value for name, value in row.items() if name != "image"}
    labels = {name: str(row[name]) for name in _TEXTS[1:] if name not in ("task", "answer")}
    return Row(
        data_id=str(row["data_id"]),
        labels=labels,
        task=f"{row['game']}/{row['task']}",
        expected=str(row["answer"]),
        options=len(row["options"]),
        target=target,
    )
