"""Which response belongs to which row, whatever form the responses come in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from gameqa.errors import GameQAError

Responses: TypeAlias = Mapping[str, str | None] | Iterable[str | None] | Iterable[Mapping[str, Any]]
"""What `evaluate` takes: see there."""


@dataclass
class Matched:
    """Responses by row, and what did not fit.

    Attributes:
        texts: the response by id; None where there is none.
        repeated: ids with several responses of the same text, which counts once.
        conflicting: ids with several responses of different texts, none of which counts.
        unknown: ids of responses to which there is no row.
    """

    texts: dict[str, str | None]
    repeated: list[str] = field(default_factory=list)
    conflicting: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


def match(ids: Sequence[str], responses: Responses) -> Matched:
    """Find each row's response.

    Args:
        ids: the rows' ids, in order, each once.
        responses: a response by id; or responses in the order of the rows; or records with
            ``data_id`` and ``response``.

    Raises:
        GameQAError: the responses have none of these forms, a list has not as many as there are
            rows, or there is no row for any of the ids.
    """
    if isinstance(responses, str | bytes):
        raise GameQAError("responses is one string; give a list of them, a dict or records.")
    if isinstance(responses, Mapping):
        pairs = list(responses.items())
    else:
        items = list(responses)
        if not any(isinstance(item, Mapping) for item in items):
            return _in_order(ids, items)
        pairs = [_pair(item, place) for place, item in enumerate(items)]
    known = set(ids)
    matched = Matched(dict.fromkeys(ids))
    # Dicts instead of sets, here and below: they keep the order.
    seen: dict[str, str | None] = {}
    repeated: dict[str, None] = {}
    conflicting: dict[str, None] = {}
    for data_id, text in pairs:
        _check_text(text, repr(data_id))
        if data_id in seen:
            (repeated if seen[data_id] == text else conflicting)[data_id] = None
        seen.setdefault(data_id, text)
        if data_id in known:
            matched.texts[data_id] = seen[data_id]
    matched.unknown = [data_id for data_id in seen if data_id not in known]
    matched.conflicting = [data_id for data_id in conflicting if data_id in known]
    matched.repeated = [
        data_id for data_id in repeated if data_id in known and data_id not in conflicting
    ]
    if seen and len(matched.unknown) == len(seen):
        raise GameQAError(
            f"None of the {len(seen):,} ids of the responses is that of one of the {len(ids):,} "
            f"rows: the responses begin with {matched.unknown[0]!r}, the rows with {ids[0]!r}. "
            "Evaluate with the config, split, seed and gameqa version that the rows came from."
        )
    return matched


def _in_order(ids: Sequence[str], items: list[Any]) -> Matched:
    if len(items) != len(ids):
        raise GameQAError(
            f"{len(items):,} responses for {len(ids):,} rows; a list must have one for each row, "
            "None where there is none. A dict by data_id may leave some out."
        )
    for place, text in enumerate(items):
        _check_text(text, f"number {place}")
    return Matched(dict(zip(ids, items, strict=True)))


def _pair(record: object, place: int) -> tuple[str, str | None]:
    if not isinstance(record, Mapping):
        raise GameQAError(
            f"Response number {place} is {type(record).__name__} among records; each must have "
            "data_id and response."
        )
    for key in ("data_id", "response"):
        if key not in record:
            raise GameQAError(
                f"Response number {place} has no {key!r}; it has: {', '.join(map(str, record))}."
            )
    return str(record["data_id"]), record["response"]


def _check_text(text: object, which: str) -> None:
    if text is not None and not isinstance(text, str):
        raise GameQAError(
            f"Response {which} is {type(text).__name__}, not text: give the text that the model "
            "wrote, or None where there is none."
        )
