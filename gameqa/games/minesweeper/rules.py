"""Rules of Minesweeper: the board, what revealing does, and what a reader can see.

States hold cells as ``(row, column)``, 0-based from the top-left corner. Inside the code cells are
numbered in reading order, and sets of cells are bit masks: bit i stands for cell i.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache

from gameqa.grids import neighbour_masks

Cell = tuple[int, int]

COVERED = -1
"""What ``State.revealed`` holds for a cell that is not revealed, flagged or not."""


@dataclass(frozen=True)
class State:
    """A partly revealed board.

    Attributes:
        rows, cols: the board's size.
        mines: number of all mines.
        revealed: rows of numbers, `COVERED` for cells that are not revealed.
        flags: the flagged cells, sorted; all of them hold mines.
        mine_cells: where the mines are, sorted; not shown.
    """

    rows: int
    cols: int
    mines: int
    revealed: tuple[tuple[int, ...], ...]
    flags: tuple[Cell, ...]
    mine_cells: tuple[Cell, ...]


class View:
    """What a reader sees of a board, as masks; the hidden mines do not enter."""

    def __init__(self, state: State) -> None:
        """Read a state's visible fields."""
        self.rows, self.cols, self.mines = state.rows, state.cols, state.mines
        self.numbers = [number for row in state.revealed for number in row]
        self.near = neighbour_masks(state.rows, state.cols)
        self.flagged = sum(1 << r * state.cols + c for r, c in state.flags)
        covered = sum(1 << i for i, number in enumerate(self.numbers) if number == COVERED)
        self.hidden = covered & ~self.flagged
        """The cells that are neither revealed nor flagged."""

    @cached_property
    def frontier(self) -> int:
        """The hidden cells next to a revealed one."""
        mask = 0
        for cell, number in enumerate(self.numbers):
            if number != COVERED:
                mask |= self.near[cell]
        return mask & self.hidden

    def cell(self, number: int) -> Cell:
        """Return a cell's row and column."""
        return divmod(number, self.cols)

    def number(self, cell: Cell | list[int]) -> int:
        """Return a cell's number."""
        return cell[0] * self.cols + cell[1]


@lru_cache(maxsize=64)
@lru_cache(maxsize=64)
def zones(rows: int, cols: int) -> tuple[int, ...]:
    """Return masks of cells that are alike in how much is around them.

    The inner cells, those of them in the corners of the inner part apart; the cells at one border,
    those beside a corner apart; and the corners.
    """
    masks = [0, 0, 0, 0, 0]
    for r in range(rows):
        for c in range(cols):
            at_border = (r in (0, rows - 1)) + (c in (0, cols - 1))
            beside = (r in (1, rows - 2)) + (c in (1, cols - 2))
            zone = 4 if at_border == 2 else 2 + (beside > 0) if at_border else int(beside == 2)
            masks[zone] |= 1 << r * cols + c
    return tuple(masks)


LARGEST = (4, 4, 3, 3, 2)
"""The largest number that is certain often enough in each of the `zones`."""


def counts(mines: int, near: tuple[int, ...]) -> list[int]:
    """Return for every cell how many mines are around it."""
    return [(mask & mines).bit_count() for mask in near]


def reveal(cell: int, revealed: int, numbers: list[int], near: tuple[int, ...]) -> int:
    """Return the revealed cells after a safe one is revealed: an empty area opens as a whole.

    Args:
        cell: the cell to reveal.
        revealed: the mask of cells revealed before.
        numbers: for every cell how many mines are around it.
        near: for every cell the mask of its neighbours.
    """
    todo = 1 << cell
    while todo:
        low = todo & -todo
        revealed |= low
        at = low.bit_length() - 1
        if numbers[at] == 0:
            todo |= near[at]
        todo &= ~revealed
    return revealed
