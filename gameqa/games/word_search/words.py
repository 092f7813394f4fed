"""The grid as text."""

from __future__ import annotations

from gameqa.games.word_search.rules import State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the letters with row and column numbers."""
    return f"The grid, row and column numbers at the edges:\n{grid(state.grid, first=1)}"
