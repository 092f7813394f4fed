"""The board as text."""

from __future__ import annotations

from gameqa.games.sokoban.rules import State
from gameqa.text import grid

_KEY = "# wall, . floor, o target, $ box, * box on a target, @ player, + player on a target"


def describe(state: State) -> str:
    """Write the board as a grid of symbols with row and column numbers."""
    symbols = [["#" if wall else "." for wall in row] for row in state.walls]
    for r, c in state.targets:
        symbols[r][c] = "o"
    for r, c in state.boxes:
        symbols[r][c] = "*" if symbols[r][c] == "o" else "$"
    r, c = state.player
    symbols[r][c] = "+" if symbols[r][c] == "o" else "@"
    return f"The board, row and column numbers at the edges:\n{grid(symbols)}\nKey: {_KEY}."
