"""Errors for people: one line that names the value, what is allowed and the nearest match."""

from __future__ import annotations

import difflib
from collections.abc import Iterable


class GameQAError(ValueError):
    """A request that cannot be met; its message is one line fit to show to a user."""


class GenerationError(GameQAError):
    """A generator found no state for an address within the bound on draws: a bug to mend."""


def unknown(kind: str, value: object, allowed: Iterable[str]) -> GameQAError:
    """Build the error for a name that is not one of ``allowed``.

    Args:
        kind: what the name stands for, e.g. ``"game"``.
        value: what was given.
        allowed: the names that would have been right, in the order to show them.
    """
    names = list(allowed)
    nearest = difflib.get_close_matches(str(value).lower(), names, n=1, cutoff=0.5)
    hint = f" Did you mean {nearest[0]!r}?" if nearest else ""
    return GameQAError(f"Unknown {kind} {value!r}.{hint} Allowed: {', '.join(names)}.")
