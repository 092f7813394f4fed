"""The board as text, and what several questions and analyses say."""

from __future__ import annotations

from collections.abc import Iterable

from gameqa.games.space_invaders.rules import COLOURS, EMPTY, POINTS, State
from gameqa.text import grid

INTRO = (
    "This is a Space Invaders board. Rows are numbered from 1 at the top, columns from 1 at the "
    "left. The ship is in the last row; every other figure is an enemy."
)
SHOT = (
    "A shot from the ship goes straight up and destroys the lowest enemy in the ship's column (the "
    "one nearest to the ship). A purple enemy scores 30 points, a blue one 20, a green one 10; a "
    "shot in a column without enemies scores 0."
)


def describe(state: State) -> str:
    """Write the board as a grid of letters, the ship in the last row."""
    last = [EMPTY] * state.cols
    last[state.ship - 1] = "^"
    board = grid([*state.grid, last], first=1)
    enemies = ", ".join(f"{k} {COLOURS[k]} enemy ({POINTS[k]} points)" for k in POINTS)
    return (
        f"The board, row and column numbers at the edges:\n{board}\n"
        f"Key: {enemies}, {EMPTY} empty, ^ ship."
    )


def moving(direction: str) -> str:
    """Tell how time runs while the enemies move in a direction."""
    return (
        "Time runs in intervals t, t+1, t+2 and so on; the board shown is the start of interval t. "
        "During an interval the enemies stand still; at its end every enemy moves one column to "
        f"the {direction}."
    )


def hit(state: State, column: int) -> str:
    """Tell what a shot from a column of the board shown hits."""
    if column not in state.columns:
        return f"column {column} is off the board, 0 points"
    enemies = state.in_column(column)
    if not enemies:
        return f"column {column} has no enemy, 0 points"
    row, letter = enemies[0]
    return (
        f"the lowest enemy of column {column} is in row {row} and {COLOURS[letter]}, "
        f"{POINTS[letter]} points"
    )


def sum_line(parts: Iterable[int], points: int) -> str:
    """Tell a sum with its terms."""
    return f"{' + '.join(map(str, parts))} = {points}."
