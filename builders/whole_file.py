"""A text file that is written whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

from gameqa.errors import GameQAError


def write_whole(path: str | os.PathLike[str], text: str) -> Path:
    """Write a text in UTF-8 under a temporary name, then give it its own, and return that.

    Args:
        path: where; its folder is made if need be.
        text: the content; what UTF-8 cannot hold (half of a surrogate pair) becomes "?".

    Raises:
        GameQAError: the file cannot be written.
    """
    target = Path(path)
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text(text, encoding="utf-8", errors="replace", newline="\n")
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    except OSError as error:
        raise GameQAError(f"Cannot write {target}: {error.strerror}.") from error
    return target
