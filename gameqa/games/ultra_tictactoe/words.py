"""The nine grids as text."""

from __future__ import annotations

from gameqa.games.ultra_tictactoe.rules import State, cell_name, pair_name

_HEAD = (
    "The nine grids, each under its name (i, j). i and row count from the top, j and col from the "
    "left, all from 1. X first player, O second player, . empty."
)


def describe(state: State) -> str:
    """Write the grids in reading order, and the last move where it is marked."""
    parts = [_HEAD]
    for grid, signs in enumerate(state.board):
        rows = [" ".join(signs[at : at + 3]) for at in (0, 3, 6)]
        parts.append("\n".join([str(pair_name(grid)), *rows]))
    if state.mark_last:
        parts.append(f"The last move was at {cell_name(state.moves[-1])}.")
    return "\n\n".join(parts)
