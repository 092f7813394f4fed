"""Which PNG encoder writes the pictures of a build.

Pixels are the same with every encoder, bytes are not: a recipe that is to give the same bytes
everywhere pins one.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from importlib.util import find_spec

from gameqa.drawing.png import ENCODERS, VARIABLE, encoder_name
from gameqa.errors import GameQAError, unknown


def read_encoder(value: object) -> str:
    """Return the name of an encoder: "zlib", "isal", or one in full as `encoder_name` tells it.

    Raises:
        GameQAError: there is no such encoder, it is not installed, or it is so in another version.
    """
    name = str(value).strip()
    kind = name.partition("-")[0]
    if kind not in ENCODERS:
        raise unknown("png_encoder", value, ENCODERS)
    if kind == "isal" and find_spec("isal") is None:
        raise GameQAError(
            "png_encoder is 'isal', which is not installed: pip install \"gameqa[fast]\"."
        )
    here = encoder_of(kind)
    if name not in (kind, here):
        raise GameQAError(
            f"png_encoder is {name!r}; here is {here!r}. Pixels would be the same, bytes would not."
        )
    return name


def encoder_of(pinned: str) -> str:
    """Return the full name of the encoder in use where ``pinned`` is; "" pins none."""
    with encoding_with(pinned):
        return encoder_name()


@contextlib.contextmanager
def encoding_with(pinned: str) -> Iterator[None]:
    """Have pictures written by that encoder, in this process, for the time being."""
    if not pinned:
        yield
        return
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = pinned.partition("-")[0]
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
