"""A view of rows, datasets and streams: `as_view`, and one function a format."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, TypeVar

from datasets import Dataset, DatasetDict, Image, IterableDataset, IterableDatasetDict

from gameqa.builders.provenance import recipe_of
from gameqa.builders.views.formats import get_view
from gameqa.builders.views.settings import Settings
from gameqa.errors import GameQAError
from gameqa.sample import COLUMNS, Modality, Sample

Rows = TypeVar("Rows")


def as_view(rows: Rows, name: str, *, answer_style: str = "tag", think: bool = False) -> Rows:
    """Return rows in a trainer's format, as what they were: a row, a list, a dataset, a stream.

    >>> as_view(load_dataset("gameqa", "sokoban"), "trl-sft", answer_style="boxed")

    Args:
        rows: a row or `gameqa.Sample`, a list of them, a `Dataset` or `IterableDataset`, or a dict
            of these by split.
        name: the format; see `VIEWS`.
        answer_style: where the prompt wants the answer: "tag", "boxed" or "plain".
        think: put a target's analysis between ``<think>`` and ``</think>``.

    Raises:
        GameQAError: the format or style is unknown, or the rows are not gameqa's.
    """
    view, settings = get_view(name), Settings(answer_style, think)
    return _viewed(rows, _Maker(view.name, settings))  # type: ignore[no-any-return]


def trl_grpo(rows: Rows, *, answer_style: str = "tag") -> Rows:
    """Return rows for TRL's GRPOTrainer; see `as_view`."""
    return as_view(rows, "trl-grpo", answer_style=answer_style)


def trl_sft(rows: Rows, *, answer_style: str = "tag", think: bool = False) -> Rows:
    """Return rows for TRL's SFTTrainer; see `as_view`."""
    return as_view(rows, "trl-sft", answer_style=answer_style, think=think)


def verl(rows: Rows, *, answer_style: str = "tag") -> Rows:
    """Return rows for verl; see `as_view`."""
    return as_view(rows, "verl", answer_style=answer_style)


def easyr1(rows: Rows, *, answer_style: str = "tag") -> Rows:
    """Return rows for EasyR1; see `as_view`."""
    return as_view(rows, "easyr1", answer_style=answer_style)


def ms_swift(rows: Rows, *, answer_style: str = "tag") -> Rows:
    """Return rows for ms-swift's GRPO; see `as_view`."""
    return as_view(rows, "ms-swift", answer_style=answer_style)


def ms_swift_sft(rows: Rows, *, answer_style: str = "tag", think: bool = False) -> Rows:
    """Return rows for ms-swift's SFT; see `as_view`."""
    return as_view(rows, "ms-swift-sft", answer_style=answer_style, think=think)


def llama_factory(rows: Rows, *, answer_style: str = "tag", think: bool = False) -> Rows:
    """Return rows for LLaMA-Factory; see `as_view`."""
    return as_view(rows, "llama-factory", answer_style=answer_style, think=think)


def openrlhf(rows: Rows, *, answer_style: str = "tag") -> Rows:
    """Return rows for OpenRLHF; see `as_view`."""
    return as_view(rows, "openrlhf", answer_style=answer_style)


def messages(rows: Rows, *, answer_style: str = "tag", think: bool = False) -> Rows:
    """Return rows as chat messages; see `as_view`."""
    return as_view(rows, "messages", answer_style=answer_style, think=think)


@dataclass(frozen=True)
class _Maker:
    """The function mapped over a dataset: small, picklable, and hashed by what it does."""

    name: str
    settings: Settings

    def __call__(self, row: Mapping[str, Any]) -> dict[str, Any]:
        return get_view(self.name).row(row, self.settings)


def _viewed(rows: Any, make: _Maker) -> Any:
    if isinstance(rows, Sample):
        return make(rows.row())
    if isinstance(rows, DatasetDict | IterableDatasetDict):
        return type(rows)({split: _viewed(each, make) for split, each in rows.items()})
    if isinstance(rows, Dataset | IterableDataset):
        return _viewed_dataset(rows, make)
    if isinstance(rows, Mapping):
        return make(rows)
    if isinstance(rows, Iterable) and not isinstance(rows, str | bytes):
        return [_viewed(each, make) for each in rows]
    raise GameQAError(f"{rows!r} is neither a row nor a dataset of gameqa.")


def _viewed_dataset(rows: Dataset | IterableDataset, make: _Maker) -> Dataset | IterableDataset:
    names = rows.column_names or []
    missing = [name for name in COLUMNS if name not in names]
    if missing:
        raise GameQAError(
            f"The dataset has no column {missing[0]!r}: a view is made from gameqa's rows, "
            f"and its columns are {', '.join(names)}."
        )
    features = get_view(make.name).features(_has_pictures(rows))
    plain = rows.cast_column("image", Image(decode=False))
    if isinstance(plain, Dataset):
        return plain.map(make, remove_columns=names, features=features)
    return plain.map(make, remove_columns=names).cast(features)


def _has_pictures(rows: Dataset | IterableDataset) -> bool:
    try:
        return bool(recipe_of(rows)["modality"] == Modality.IMAGE.value)
    except GameQAError:  # rows read from files say nothing of their making
        plain = rows.select_columns("image").cast_column("image", Image(decode=False))
        first = next(iter(plain.take(1)), {"image": b""})
        return first["image"] is not None
