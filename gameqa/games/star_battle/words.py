"""The board as text, and how regions are named."""

from __future__ import annotations

from gameqa.games.star_battle.rules import COLOURS, State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the board as a grid of region numbers, stars marked, and the colours' legend."""
    cells = [
        [f"{number}{'*' if (r, c) in state.stars else ''}" for c, number in enumerate(row)]
        for r, row in enumerate(state.regions)
    ]
    # The numbers stay in line below each other, whether a star follows or not.
    rows = [["", *map(str, range(state.size))], *([str(r), *row] for r, row in enumerate(cells))]
    board = grid([[cell.ljust(2) for cell in row] for row in rows], numbered=False)
    legend = ", ".join(f"{number} {colour}" for number, colour in enumerate(COLOURS[: state.size]))
    return (
        "The board, row and column numbers at the edges; a cell shows the number of its region, "
        f"followed by * if it holds a star:\n{board}\n"
        f"Colours of the regions: {legend}."
    )


def region_name(number: int) -> str:
    """Write a region, e.g. ``region 3 (cyan)``."""
    return f"region {number} ({COLOURS[number]})"
