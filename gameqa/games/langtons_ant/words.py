"""The board as text."""

from __future__ import annotations

from gameqa.games.langtons_ant.rules import COLOURS, FACINGS, State
from gameqa.text import grid

_SIGNS = dict(zip(FACINGS, "^>v<", strict=True))


def describe(state: State) -> str:
    """Write the board as a grid of symbols, the ant as an arrow."""
    cells = [[".#"[colour] for colour in row] for row in state.grid]
    row, col, facing = state.ant
    cells[row][col] = _SIGNS[facing]
    return (
        f"The board, row and column numbers at the edges:\n{grid(cells)}\n"
        "Key: . white cell, # black cell; ^ > v < the ant, facing up, right, down or left.\n"
        f"The cell under the ant is {COLOURS[state.grid[row][col]]}."
    )
