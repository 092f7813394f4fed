"""The board as text."""

from __future__ import annotations

from gameqa.games.snake.rules import State
from gameqa.moves import direction
from gameqa.text import grid

_ARROWS = {"up": "^", "down": "v", "left": "<", "right": ">"}
_KEY = (
    "H head, F food, . empty, and ^ v < > the other cells of the snake, each pointing to the next "
    "cell towards the head"
)


def describe(state: State) -> str:
    """Write the board as a grid of symbols with row and column numbers."""
    symbols = [["."] * state.n for _ in range(state.n)]
    for (r, c), symbol in ((state.head, "H"), (state.food, "F")):
        symbols[r][c] = symbol
    for ahead, (r, c) in zip(state.body, state.body[1:], strict=False):
        symbols[r][c] = _ARROWS[direction((r, c), ahead)]
    return f"The board, row and column numbers at the edges:\n{grid(symbols)}\nKey: {_KEY}."
