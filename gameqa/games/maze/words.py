"""The maze as text."""

from __future__ import annotations

from gameqa.games.maze.rules import State
from gameqa.text import grid

_KEY = "# wall, . open cell, P player, G goal"


def describe(state: State) -> str:
    """Write the maze as a grid of symbols with row and column numbers."""
    symbols = [["#" if wall else "." for wall in row] for row in state.walls]
    for (r, c), symbol in ((state.player, "P"), (state.goal, "G")):
        symbols[r][c] = symbol
    return f"The maze, row and column numbers at the edges:\n{grid(symbols)}\nKey: {_KEY}."
