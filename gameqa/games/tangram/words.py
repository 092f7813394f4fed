"""The board and the tray as text."""

from __future__ import annotations

from gameqa.games.tangram.rules import Mask, State
from gameqa.text import grid


def rows_of(mask: Mask) -> list[str]:
    """Write a shape row by row, # for a cell and . for none."""
    return ["".join("#" if filled else "." for filled in row) for row in mask]


def describe(state: State) -> str:
    """Write the board as a grid of labels and every removed piece as a table of 0 and 1."""
    board = [[str(label) if label else "." for label in row] for row in state.board]
    lines = [
        "The board, row and column numbers at the edges; each cell has the number of the piece "
        "that covers it, or . if it is empty:",
        grid(board),
        "The tray, one removed piece after the other as they lie there (1 is a cell of the piece):",
    ]
    for piece in state.tray:
        lines += [f"piece {piece.label}:", *(" ".join(map(str, row)) for row in piece.mask)]
    return "\n".join(lines)
