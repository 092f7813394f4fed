"""Rules of Tents and Trees: the board, and where one more tent may be put now.

States hold cells as ``(row, column)``, 0-based from the top-left corner; `Board` numbers them in
reading order.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from gameqa.grids import all_neighbours, side_neighbours

Cell = tuple[int, int]


@dataclass(frozen=True)
class State:
    """A partly solved puzzle.

    Attributes:
        rows, cols: the board's size.
        trees: the trees' cells, sorted.
        solution: the cells of as many tents, sorted; not shown.
        placed: the tents shown, sorted: some of the solution's.
        row_counts, col_counts: how many tents the solution has in every row and column.
    """

    rows: int
    cols: int
    trees: tuple[Cell, ...]
    solution: tuple[Cell, ...]
    placed: tuple[Cell, ...]
    row_counts: tuple[int, ...]
    col_counts: tuple[int, ...]


class Failure(NamedTuple):
    """Why a cell can take no tent: the first condition that it fails.

    Attributes:
        reason: one of `REASONS`.
        at: the number of the tent that it would touch; -1 for other reasons.
    """

    reason: str
    at: int = -1


REASONS = ("tree", "tent", "no tree beside", "touch", "row", "column")
"""The conditions in the order in which they are checked."""


class Board:
    """What can be read off a state: everything shown, nothing of the solution."""

    def __init__(self, state: State) -> None:
        """Sort a state's trees and tents into sets of cell numbers."""
        cols = state.cols
        self.rows, self.cols = state.rows, cols
        self.trees = {r * cols + c for r, c in state.trees}
        self.tents = {r * cols + c for r, c in state.placed}
        self.row_room, self.col_room = list(state.row_counts), list(state.col_counts)
        for r, c in state.placed:
            self.row_room[r] -= 1
            self.col_room[c] -= 1
        self.beside = side_neighbours(state.rows, cols)
        self.around = all_neighbours(state.rows, cols)

    def cell(self, number: int) -> Cell:
        """Return a cell's row and column."""
        return divmod(number, self.cols)

    def number(self, cell: Cell | list[int]) -> int:
        """Return a cell's number."""
        return cell[0] * self.cols + cell[1]

    def borders(self, number: int) -> int:
        """Return at how many borders of the board a cell lies: 2 in a corner, 0 inside."""
        row, col = self.cell(number)
        return (row in (0, self.rows - 1)) + (col in (0, self.cols - 1))

    def candidates(self) -> list[int]:
        """Return the cells that hold no tree and lie beside one, ascending."""
        return sorted({other for tree in self.trees for other in self.beside[tree]} - self.trees)

    def failure(self, number: int) -> Failure | None:
        """Return the first condition for a new tent that a cell fails, or None if it is legal."""
        if number in self.trees:
            return Failure("tree")
        if number in self.tents:
            return Failure("tent")
        if self.trees.isdisjoint(self.beside[number]):
            return Failure("no tree beside")
        for other in self.around[number]:
            if other in self.tents:
                return Failure("touch", other)
        row, col = divmod(number, self.cols)
        if self.row_room[row] <= 0:
            return Failure("row")
        if self.col_room[col] <= 0:
            return Failure("column")
        return None

    def legal(self) -> list[int]:
        """Return the cells that can take one more tent now, ascending."""
        return [number for number in self.candidates() if self.failure(number) is None]
