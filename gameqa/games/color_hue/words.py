"""The board as text: colours as numbers, and no colour's name."""

from __future__ import annotations

from gameqa.games.color_hue.rules import State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the board as a grid of RGB triples, and the swatches if there are any."""
    signs = [["unused"] * state.size for _ in range(state.size)]
    for (r, c), rgb in state.visible.items():
        signs[r - 1][c - 1] = triple(rgb)
    for blank in state.blanks:
        signs[blank.row - 1][blank.col - 1] = f"blank {blank.label}"
    lines = [
        f"The board has {state.size} rows and {state.size} columns, numbers at the edges. A cell "
        "is its colour as (red,green,blue) from 0 to 255, blank with a letter, or unused:",
        grid(signs, first=1),
    ]
    if state.palette:
        lines.append("Swatches below the board:")
        lines += [f"{i}: {triple(rgb)}" for i, rgb in enumerate(state.palette, 1)]
    return "\n".join(lines)


def triple(rgb: tuple[int, int, int]) -> str:
    """Write a colour as numbers."""
    return "({},{},{})".format(*rgb)
