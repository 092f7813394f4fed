"""The board as text, and the rules that questions tell."""

from __future__ import annotations

from gameqa.games.pacman.rules import State
from gameqa.text import grid

_PACMAN = {"UP": "^", "DOWN": "v", "LEFT": "<", "RIGHT": ">"}

BOARD = (
    "This is a Pac-Man board. Cells are written (row, column), both counted from 0 at the top-left "
    "corner."
)
DIRECTIONS_TOLD = "UP is towards row 0, LEFT towards column 0; nobody can enter a wall."
TARGETS = {
    "Pinky": (
        "Pinky's target: start at Pac-Man's cell, go up to 4 cells in the direction he faces, and "
        "stop before the first wall (with a wall right ahead it is his own cell)."
    ),
    "Blinky": "Blinky's target is Pac-Man's cell.",
}
STEPS = (
    "A ghost steps to a neighbouring cell on a shortest path to its target; only walls are in its "
    "way. If several first steps lie on shortest paths, it takes the first of UP, DOWN, LEFT, "
    "RIGHT."
)
TURNS = (
    "A turn: Pac-Man goes one step in the given direction, faces that way, and eats the bean in "
    "the cell he enters, which adds 1 to the score. Then Pinky takes one step, then Blinky, each "
    "with its target worked out anew; a ghost on its target stays. If Pac-Man is in a ghost's cell "
    "after his own step or after that ghost's, that ghost has caught him and everything stops."
)
RULES = f"{BOARD} {DIRECTIONS_TOLD}\n{TURNS}\n{TARGETS['Pinky']} {TARGETS['Blinky']} {STEPS}"


def describe(state: State) -> str:
    """Write the score and the board with row and column numbers."""
    n = state.n
    signs = [
        "#" if state.walls >> at & 1 else "o" if state.beans >> at & 1 else "."
        for at in range(n * n)
    ]
    signs[state.pacman] = _PACMAN[state.facing]
    signs[state.pinky], signs[state.blinky] = "P", "B"
    rows = [signs[at : at + n] for at in range(0, n * n, n)]
    return (
        f"Score: {state.score}\nThe board, row and column numbers at the edges:\n{grid(rows)}\n"
        "Key: # wall, o bean, . free cell without bean, P Pinky, B Blinky, and Pac-Man, facing "
        "up ^, down v, left < or right >."
    )
