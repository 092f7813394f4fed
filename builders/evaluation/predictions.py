"""Predictions in JSON Lines: one response a line, with the id of its row."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from gameqa.errors import GameQAError

ID_KEYS = ("data_id", "id", "sample_id")
"""By what the id of the row is known; the first that is there counts."""

RESPONSE_KEYS = ("response", "prediction", "output", "completion", "generated_text", "text")
"""By what the response is known. Not "answer": that is the column of the right answer."""


def read_predictions(path: Path) -> list[dict[str, str | None]]:
    """Read a file of predictions as records that `gameqa.evaluate` takes.

    Args:
        path: a file with a JSON object on each line; blank lines are skipped. A response of null
            is a missing one.

    Raises:
        GameQAError: the file cannot be read, is empty, or a line is broken (file and line are
            named).
    """
    try:
        records = [_record(*line) for line in _lines(path)]
    except OSError as error:
        raise GameQAError(f"Cannot read {path}: {error.strerror}.") from error
    if not records:
        raise GameQAError(f"{path} holds no predictions.")
    return records


def _lines(path: Path) -> Iterator[tuple[str, bytes]]:
    with open(path, "rb") as file:
        for number, line in enumerate(file, 1):
            content = line.removeprefix(b"\xef\xbb\xbf").strip() if number == 1 else line.strip()
            if content:
                yield f"{path}, line {number}", content


def _record(where: str, line: bytes) -> dict[str, str | None]:
    try:
        record: Any = json.loads(line)
    except (ValueError, RecursionError) as error:
        what = str(error).partition(" (char")[0] if isinstance(error, ValueError) else "too deep"
        raise GameQAError(f"{where}: this is not JSON: {what}.") from error
    if not isinstance(record, dict):
        raise GameQAError(
            f"{where}: this is {_name(record)}; each line must be an object such as "
            '{"data_id": "…", "response": "…"}.'
        )
    data_id = _value(where, record, "id", ID_KEYS)
    response = _value(where, record, "response", RESPONSE_KEYS)
    if not isinstance(data_id, str):
        raise GameQAError(f"{where}: the id is {_name(data_id)}, not a text.")
    if response is not None and not isinstance(response, str):
        raise GameQAError(f"{where}: the response is {_name(response)}, not a text or null.")
    return {"data_id": data_id, "response": response}


def _value(where: str, record: dict[str, Any], what: str, keys: tuple[str, ...]) -> Any:
    for key in keys:
        if key in record:
            return record[key]
    raise GameQAError(
        f"{where}: there is no {what}: none of {', '.join(keys)} among "
        f"{', '.join(map(str, record)) or 'no keys'}."
    )


def _name(value: object) -> str:
    kinds = {list: "a list", dict: "an object", bool: "a truth value", str: "a text"}
    return "null" if value is None else kinds.get(type(value), "a number")
