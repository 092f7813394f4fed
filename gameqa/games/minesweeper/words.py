"""The board as text."""

from __future__ import annotations

from gameqa.games.minesweeper.rules import COVERED, State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the board as a grid of symbols with row and column numbers, and the mines in all."""
    symbols = [
        ["." if number == COVERED else str(number or "_") for number in row]
        for row in state.revealed
    ]
    for r, c in state.flags:
        symbols[r][c] = "F"
    return (
        f"A board of {state.rows} rows and {state.cols} columns. Mines: {state.mines}.\n"
        f"Row and column numbers stand at the edges:\n{grid(symbols)}\n"
        "Key: 1-8 revealed cell with its number, _ revealed and blank, F covered and flagged, "
        ". hidden (covered without a flag)."
    )
