"""How a picture becomes a PNG file: palette indices, one IDAT chunk, assembled by hand.

Bit depth 8 and, for boards, the Up filter, by measurement on 560 x 560 boards: subtracting the row
above costs 0.02 ms and saves zlib 7-14 % of its time and 7-18 % of the bytes (rows of a board
repeat); pictures of round things save 15 % of both without it. Choosing a filter per row costs
more than it saves, and so do zlib's other strategies: over all games, run lengths alone or fixed
codes take as long and 4-15 % more bytes, Huffman codes alone three times as long. The deflater is
the standard library's zlib at level 1, or `isal` (about four times faster) where it is installed;
GAMEQA_PNG_ENCODER=zlib or isal forces one. Pixels are the same with either, bytes are not: record
``encoder_name()`` beside them.
"""

from __future__ import annotations

import os
import struct
import zlib
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import import_module, metadata

import numpy as np
import numpy.typing as npt

from gameqa.errors import GameQAError, unknown

ENCODERS = ("zlib", "isal")
VARIABLE = "GAMEQA_PNG_ENCODER"

_LEVEL = 1
_MEMORY = 6  # less than the default of 8: tables that stay in the cache, 6 % faster, as small
_NONE, _UP = 0, 2
_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@cache
def _deflater(wanted: str) -> tuple[str, Callable[[npt.NDArray[np.uint8]], bytes]]:
    """The encoder's name and its compressing function; ``wanted`` is "" for the best there is."""
    if wanted not in ("", *ENCODERS):
        raise unknown(VARIABLE, wanted, ENCODERS)
    if wanted != "zlib":
        try:
            module = import_module("isal.isal_zlib")
        except ImportError:
            if wanted == "isal":
                raise GameQAError(
                    f"{VARIABLE}=isal, but isal is not installed: pip install isal"
                ) from None
        else:
            return (
                f"isal-{metadata.version('isal')} level {_LEVEL}",
                lambda raw: bytes(module.compress(raw, _LEVEL)),
            )
    return f"zlib-{zlib.ZLIB_RUNTIME_VERSION} level {_LEVEL} memory {_MEMORY}", _zlib


def _zlib(raw: npt.NDArray[np.uint8]) -> bytes:
    deflater = zlib.compressobj(_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS, _MEMORY)
    return deflater.compress(raw.data) + deflater.flush()


def encoder_name() -> str:
    """What ``encode`` compresses with, for example "zlib-1.3.1 level 1 memory 6"."""
    return _deflater(os.environ.get(VARIABLE, ""))[0]


def _chunk(kind: bytes, data: bytes) -> bytes:
    return b"".join(
        (
            struct.pack(">I", len(data)),
            kind,
            data,
            struct.pack(">I", zlib.crc32(data, zlib.crc32(kind))),
        )
    )


@lru_cache(maxsize=512)
def _head(width: int, height: int, table: bytes) -> bytes:
    header = struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"PLTE", table)


_TAIL = _chunk(b"IEND", b"")


def encode(
    indices: npt.NDArray[np.uint8], palette_rgb: npt.NDArray[np.uint8], is_upright: bool = True
) -> bytes:
    """A PNG file (colour type 3) from (H, W) uint8 indices into an (n, 3) uint8 palette.

    ``is_upright`` is false for a picture of slanted and round things, whose rows seldom repeat
    the one above: it goes without filter, which is faster then, and smaller.

    Every index must be below n. That is not checked here, for speed; a Canvas whose indices all
    come from its own palette keeps to it.
    """
    height, width = indices.shape
    if not height or not width:
        raise GameQAError("an empty picture has no PNG")
    raw = np.empty((height, width + 1), np.uint8)
    if is_upright:
        raw[:, 0] = _UP
        raw[0, 1:] = indices[0]
        np.subtract(indices[1:], indices[:-1], out=raw[1:, 1:])
    else:
        raw[:, 0] = _NONE
        raw[:, 1:] = indices
    compress = _deflater(os.environ.get(VARIABLE, ""))[1]
    head = _head(width, height, palette_rgb.tobytes())
    return b"".join((head, _chunk(b"IDAT", compress(raw)), _TAIL))
