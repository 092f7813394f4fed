"""The board as text."""

from __future__ import annotations

from gameqa.games.lifegame.rules import State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the board as rows of 0 and 1, and where the region lies."""
    cells = [list(map(str, row)) for row in state.grid]
    told = (
        f"The board, row and column numbers at the edges:\n{grid(cells)}\n"
        "Key: 1 living cell, 0 dead cell."
    )
    if state.region is not None:
        row, col, size = state.region
        told += (
            f"\nA frame marks the region of rows {row} to {row + size - 1} and columns "
            f"{col} to {col + size - 1}, inclusive."
        )
    return told
