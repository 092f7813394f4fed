"""Packages that only some of the work needs: what is said when one is missing."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from gameqa.errors import GameQAError


@contextlib.contextmanager
def needs(extra: str, purpose: str) -> Iterator[None]:
    """Wrap the imports of an optional package.

    >>> with needs("report", "HTML pages"):
    ...     import jinja2

    Args:
        extra: the extra of setup.cfg that brings the package.
        purpose: what it is for, in the plural; the message begins with it.

    Raises:
        GameQAError: the package is not installed.
    """
    try:
        yield
    except ModuleNotFoundError as error:
        raise GameQAError(
            f"{purpose} need the package {error.name}, which is not installed: "
            f'pip install "gameqa[{extra}]".'
        ) from error
