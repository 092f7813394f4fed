"""The board as text, and wording that the questions share."""

from __future__ import annotations

from collections.abc import Sequence

from gameqa.games.tents.rules import Board, Cell, Failure, State
from gameqa.text import grid, listing, plural

PUZZLE = "This is a Tents and Trees puzzle that is partly solved."
COORDINATES = "Cells are written (row, column), both counted from 0 at the top-left corner."
FINISHED = (
    "When it is finished, every tree has one tent of its own, directly above, below, left or right "
    "of it, and there are no other tents; no two tents touch, not even diagonally; and every row "
    "and every column has as many tents as its tent number says. All tents shown are at correct "
    "positions, and some may still be missing."
)
CONDITIONS = (
    "For this question a cell can take a new tent now if (a) it holds no tree, (b) it holds no "
    "tent, (c) there is a tree directly above, below, left or right of it, (d) there is no tent on "
    "any of the up to eight cells around it, (e) its row now has fewer tents than its tent number, "
    "and (f) so has its column. Nothing else matters; above all, the cell need not be part of the "
    "puzzle's solution."
)


def describe(state: State) -> str:
    """Write the board as a grid of symbols, and the tent numbers apart from it."""
    symbols = [["."] * state.cols for _ in range(state.rows)]
    for r, c in state.trees:
        symbols[r][c] = "T"
    for r, c in state.placed:
        symbols[r][c] = "A"
    rows = ", ".join(f"row {r}: {count}" for r, count in enumerate(state.row_counts))
    cols = ", ".join(f"column {c}: {count}" for c, count in enumerate(state.col_counts))
    return (
        f"The board, row and column numbers at the edges:\n{grid(symbols)}\n"
        "Key: T tree, A tent, . empty.\n"
        f"Tents wanted (tent numbers) of the rows: {rows}.\n"
        f"Tents wanted (tent numbers) of the columns: {cols}."
    )


def cells_text(board: Board, numbers: Sequence[int]) -> str:
    """Write cells given by their numbers as a list."""
    return listing((board.cell(number) for number in numbers), "none")


def why_not(board: Board, number: int, failure: Failure) -> str:
    """Say which condition a cell fails first, with the evidence."""
    row, col = board.cell(number)
    shown = [board.cell(tent) for tent in sorted(board.tents)]
    if failure.reason == "touch":
        return f"touches the tent at {board.cell(failure.at)}"
    if failure.reason == "row":
        return _full(f"row {row}", [cell for cell in shown if cell[0] == row])
    if failure.reason == "column":
        return _full(f"column {col}", [cell for cell in shown if cell[1] == col])
    return {
        "tree": "holds a tree",
        "tent": "holds a tent already",
        "no tree beside": "no tree is directly above, below, left or right of it",
    }[failure.reason]


def _full(line: str, tents: Sequence[Cell]) -> str:
    if not tents:
        return f"the tent number of {line} is 0"
    return f"{line} already has its {plural(len(tents), 'tent')}, at {listing(tents)}"
