"""The grid as text."""

from __future__ import annotations

from gameqa.games.sudoku.rules import State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the grid in colour names with row and column numbers, and the legend."""
    high, wide = state.box
    names = [[state.color(value) if value else "-" for value in row] for row in state.grid]
    return (
        f"The board: {state.size} x {state.size} cells in boxes of {high} rows and {wide} columns, "
        "set apart by blanks; row and column numbers at the edges, - for an empty cell.\n"
        f"{grid(names, first=1, blocks=state.box)}\n"
        f"Colours: {', '.join(state.colors)}."
    )
