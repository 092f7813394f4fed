"""A row's picture in the forms that trainers take."""

from __future__ import annotations

import io
from collections.abc import Mapping
from typing import Any

from gameqa.errors import GameQAError

Struct = dict[str, Any]
"""``{"bytes": PNG, "path": None}``."""


def struct(row: Mapping[str, Any]) -> Struct | None:
    """Return the picture's bytes as `datasets` stores them; None in text modality.

    Raises:
        GameQAError: the column holds something else than a picture.
    """
    image = row.get("image")
    if image is None:
        return None
    if isinstance(image, Mapping) and image.get("bytes") is not None:
        return {"bytes": image["bytes"], "path": None}
    if hasattr(image, "save"):  # a PIL image: the row was decoded
        file = io.BytesIO()
        image.save(file, format="PNG")
        return {"bytes": file.getvalue(), "path": None}
    raise GameQAError(f"The column image holds {image!r}; it must be PNG bytes or a PIL image.")


def structs(row: Mapping[str, Any]) -> list[Struct]:
    """Return the pictures of a row, as a list of one or none."""
    picture = struct(row)
    return [] if picture is None else [picture]
