"""The board as text."""

from __future__ import annotations

from gameqa.games.tetris.rules import State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the board as a grid of signs with row and column numbers."""
    signs = [["#" if cell else "." for cell in row] for row in state.locked]
    if state.active is not None:
        for r, c in state.active.cells:
            signs[r][c] = "@"
    return (
        f"The board, row and column numbers at the edges:\n{grid(signs)}\n"
        "Key: . empty, # locked, @ falling piece."
    )
