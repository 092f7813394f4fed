"""The board as text."""

from __future__ import annotations

from gameqa.games.tents.rules import State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the board as a grid of symbols, and the tent numbers apart from it."""
    symbols = [["."] * state.cols for _ in range(state.rows)]
    for r, c in state.trees:
        symbols[r][c] = "T"
    for r, c in state.placed:
        symbols[r][c] = "A"
    rows = ", ".join(f"row {r}: {count}" for r, count in enumerate(state.row_counts))
    cols = ", ".join(f"column {c}: {count}" for c, count in enumerate(state.col_counts))
    return (
        f"The board, row and column numbers at the edges:\n{grid(symbols)}\n"
        "Key: T tree, A tent, . empty.\n"
        f"Tents wanted (tent numbers) of the rows: {rows}.\n"
        f"Tents wanted (tent numbers) of the columns: {cols}."
    )
