"""From a sample or a dataset's row to a `Case`: everything that needs the whole row, done once."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Mapping, Sequence
from hashlib import blake2b
from typing import Any

import numpy as np
import numpy.typing as npt

from gameqa.builders.audit import levels, texts
from gameqa.builders.audit.case import Case, Place, Shown, bare_question
from gameqa.drawing import Picture
from gameqa.errors import GameQAError
from gameqa.registry import get_game
from gameqa.sample import COLUMNS, Form, Sample
from gameqa.verification import check_row

_SPLIT = re.compile(r"-(train|validation|test)-s-?\d+-i\d+$")
_NEEDED = tuple(name for name in COLUMNS if name != "image")


def read_case(row: Mapping[str, Any] | Sample, split: str = "") -> Case:
    """Read what the audit needs of a row and forget the rest.

    Args:
        row: a sample, or the 18 columns of a dataset's row; ``image`` is ``{"bytes": ...}``, bytes,
            a PIL image or None.
        split: where the row was found; what its ``data_id`` says when empty.

    Raises:
        GameQAError: a column is missing, or a picture is none.
    """
    values = _values(row)
    options = tuple(map(str, values["options"]))
    question, state = str(values["question"]), str(values["state"])
    described = _description(values)
    if values["image"] is None and described:
        question = question.removeprefix(described.rstrip()).lstrip()
    bare = bare_question(question, options)
    digest, shown = _look(values["image"])
    answer = str(values["answer"])
    place = ord(answer) - ord("A") if options and len(answer) == 1 else 0
    if options and not 0 <= place < len(options):
        place = 0  # a letter that no option has; `check_row` tells
    text = options[place] if options else answer
    told = texts.runs(described)
    found = _SPLIT.search(str(values["data_id"]))
    return Case(
        data_id=str(values["data_id"]),
        place=Place(
            str(values["game"]),
            str(values["task"]),
            str(values["plot_level"]),
            (Form.CHOICE if options else Form.OPEN).value,
        ),
        split=split or (found[1] if found else ""),
        question=bare,
        options=options,
        answer=text,
        picture=digest,
        content=_digest((digest or described or state) + "\n" + question),
        wrong=check_row(row),
        measure=_measure(values, text),
        told=told & texts.runs(question),
        described=len(told),
        shown=shown,
    )


def _values(row: Mapping[str, Any] | Sample) -> Mapping[str, Any]:
    if isinstance(row, Sample):
        return {
            **{name: getattr(row, name) for name in _NEEDED},
            "image": row.picture,
        }
    for name in _NEEDED:
        if name not in row:
            raise GameQAError(f"A row lacks the column {name!r}; needed are {', '.join(_NEEDED)}.")
    return {**row, "image": image_of(row)}


def image_of(row: Mapping[str, Any]) -> Any:
    """Return a row's picture as it is stored; None where the row has none, or only its name."""
    image = row.get("image")
    return None if isinstance(image, Mapping) and not image.get("bytes") else image


def _description(values: Mapping[str, Any]) -> str:
    try:
        game = get_game(str(values["game"]))
        state = game.decode(json.loads(values["state"]))
        return game.describe(state, json.loads(values["query"]))
    except Exception:  # a damaged row: `check_row` says so, the rest of the audit goes on
        return ""


def _measure(values: Mapping[str, Any], answer: str) -> float | None:
    try:
        return levels.measure(
            str(values["game"]),
            str(values["task"]),
            json.loads(values["state"]),
            json.loads(values["query"]),
            answer,
        )
    except (KeyError, TypeError, ValueError, IndexError):
        return None  # likewise


def _look(image: Any) -> tuple[str | None, Shown | None]:
    """Return a picture's digest and measures; equal pixels have equal digests, however stored."""
    if image is None:
        return None, None
    if isinstance(image, Picture):
        indices, palette, size = image.indices, image.palette, len(image.png())
    else:
        data, opened = opened_image(image)
        indices, palette = indexed(opened)
        size = len(data)
    height, width = indices.shape
    used = np.flatnonzero(_counts(indices, len(palette)))
    # Colours are numbered by value, so that the order of a palette does not matter.
    colours, numbers = np.unique(palette[used], axis=0, return_inverse=True)
    digest = blake2b(f"{height}x{width} ".encode(), digest_size=16)
    digest.update(colours.tobytes())
    if indices.dtype == np.uint8:
        table = np.zeros(256, np.uint8)
        table[used] = numbers.reshape(-1)
        digest.update(indices.tobytes().translate(table.tobytes()))
    else:
        lookup = np.zeros(len(palette), np.uint8 if len(colours) <= 256 else np.uint32)
        lookup[used] = numbers.reshape(-1)
        digest.update(lookup[indices].tobytes())
    return digest.hexdigest(), Shown(width, height, size, len(colours))


def _counts(indices: npt.NDArray[Any], colours: int) -> Sequence[int] | npt.NDArray[np.int64]:
    if indices.dtype != np.uint8:
        return np.bincount(indices.ravel(), minlength=colours)
    import PIL.Image  # counts bytes in half of NumPy's time

    return PIL.Image.fromarray(np.ascontiguousarray(indices)).histogram()


def indexed(opened: Any) -> tuple[npt.NDArray[Any], npt.NDArray[np.uint8]]:
    """Return a Pillow picture as (H, W) indices and an (n, 3) palette."""
    if opened.mode == "P":
        table = np.array(opened.getpalette("RGB"), np.uint8).reshape(-1, 3)
        return np.asarray(opened, dtype=np.uint8), table
    rgb = np.asarray(opened.convert("RGB"), dtype=np.uint32)
    values, inverse = np.unique(
        rgb[..., 0] << 16 | rgb[..., 1] << 8 | rgb[..., 2], return_inverse=True
    )
    table = np.stack([values >> 16, values >> 8 & 255, values & 255], axis=1).astype(np.uint8)
    return inverse.reshape(rgb.shape[:2]), table


def opened_image(image: Any) -> tuple[bytes, Any]:
    """Return the bytes of a row's picture, and the picture opened by Pillow.

    Raises:
        GameQAError: it is no picture.
    """
    import PIL.Image

    if isinstance(image, PIL.Image.Image):
        file = io.BytesIO()
        image.save(file, "PNG")
        return file.getvalue(), image
    data = image["bytes"] if isinstance(image, Mapping) else image
    try:
        return data, PIL.Image.open(io.BytesIO(data))
    except (OSError, TypeError) as error:
        raise GameQAError(f"A row's image is no picture: {error}.") from error


def _digest(text: str) -> str:
    return blake2b(text.encode(), digest_size=16).hexdigest()
