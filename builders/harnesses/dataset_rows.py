"""The rows that a harness asks about: those of a dataset, with pictures as PNG bytes."""

from __future__ import annotations

import base64
from collections.abc import Mapping
from typing import Any

from datasets import Dataset, Image, load_dataset
from datasets.exceptions import DatasetNotFoundError

from gameqa.builders.harnesses.places import place_of
from gameqa.builders.views.pictures import struct
from gameqa.errors import GameQAError
from gameqa.sample import COLUMNS


def load_rows(dataset: str, config: str | None = None, split: str = "test") -> Dataset:
    """Load one split of a dataset, pictures not decoded.

    Args:
        dataset: a folder that `gameqa build` wrote, a dataset on the Hub, or a folder of Parquet
            files.
        config: one of its configs, e.g. a game; its default one when None.
        split: which rows.

    Raises:
        GameQAError: there is no such dataset, config or split, or the rows are not gameqa's.
    """
    try:
        rows = load_dataset(place_of(dataset), config, split=split)
    except (DatasetNotFoundError, OSError, ValueError) as error:
        if isinstance(error, GameQAError):
            raise
        first = (str(error).strip() or type(error).__name__).splitlines()[0]
        raise GameQAError(f"Cannot load {split} of {dataset}: {first}") from error
    for column in COLUMNS:
        if column not in rows.column_names:
            raise GameQAError(
                f"{dataset} has no column {column!r}, so its rows are not gameqa's; it has: "
                f"{', '.join(rows.column_names)}."
            )
    return rows.cast_column("image", Image(decode=False))


def picture_base64(row: Mapping[str, Any]) -> str | None:
    """Return a row's PNG in base64; None in text modality.

    Raises:
        GameQAError: the column holds something else than a picture.
    """
    picture = struct(row)
    return None if picture is None else base64.b64encode(picture["bytes"]).decode("ascii")
