"""Splits: a state belongs to one by the hash of what its picture shows."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from gameqa.sample import Split

# Shares of the hash space in quarters; they have nothing to do with the sizes asked for.
_QUARTERS = (Split.TRAIN, Split.TRAIN, Split.VALIDATION, Split.TEST)

# One encoder for all: json.dumps would make a new one each time.
_compact = json.JSONEncoder(separators=(",", ":")).encode


def split_of(game: str, key: Any) -> Split:
    """Return the split that owns a state.

    Args:
        game: the game's slug; two games with equal keys are unrelated.
        key: the visible part of the state in canonical form: bytes, str, or JSON-able.
    """
    if isinstance(key, bytes):
        data = key
    else:
        data = (key if isinstance(key, str) else _compact(key)).encode()
    # The first part of the hash input is fixed: a version bump must not move a state to another
    # split, or a model trained on an older release could meet its pictures in a newer test split.
    digest = hashlib.blake2b(data, digest_size=4, person=b"gameqa-split", salt=_salt(game)).digest()
    return _QUARTERS[digest[0] & 3]


@cache
def _salt(game: str) -> bytes:
    return hashlib.blake2b(game.encode(), digest_size=16).digest()
