"""Rules of the rhythm game: the chart, and what a finger on one column presses and scores.

Cells are ``(row, column)``, both counted from 1: row 1 is the bottom row, the first to be pressed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

Cell = tuple[int, int]

PARTS = ("empty", "click", "reverse", "snake head", "snake body", "snake tail")
"""What a cell can be."""

CLICK_POINTS, REVERSE_POINTS = 10, 15


def snake_points(length: int) -> int:
    """Return what a snake of that length is worth."""
    return length * (2 * length + 7)


class Block(NamedTuple):
    """A block.

    Attributes:
        kind: ``"click"``, ``"reverse"`` or ``"snake"``.
        row, col: its lowest cell, a snake's head.
        length: number of cells, 1 unless it is a snake.
    """

    kind: str
    row: int
    col: int
    length: int

    @property
    def points(self) -> int:
        """What the block scores when it is pressed from its lowest cell on."""
        if self.kind == "snake":
            return snake_points(self.length)
        return CLICK_POINTS if self.kind == "click" else REVERSE_POINTS

    @property
    def top(self) -> int:
        """The row of its highest cell."""
        return self.row + self.length - 1


@dataclass(frozen=True)
class State:
    """A chart as it is at second 0.

    Attributes:
        rows, cols: its size.
        blocks: the blocks, sorted by column and row.
    """

    rows: int
    cols: int
    blocks: tuple[Block, ...]

    @cached_property
    def block_at(self) -> dict[Cell, Block]:
        """The block that covers a cell, for all covered cells."""
        return {(row, b.col): b for b in self.blocks for row in range(b.row, b.top + 1)}

    def part(self, cell: Cell) -> str:
        """Return which of `PARTS` a cell is."""
        block = self.block_at.get(cell)
        if block is None:
            return "empty"
        if block.kind != "snake":
            return block.kind
        if cell[0] == block.row:
            return "snake head"
        return "snake tail" if cell[0] == block.top else "snake body"


class Press(NamedTuple):
    """A block met by the finger.

    Attributes:
        row, col: where in the chart as shown.
        block: the block; met above its lowest cell it scores nothing.
        points: what it scores.
    """

    row: int
    col: int
    block: Block
    points: int


def play(state: State, column: int, delay: int, *, mirrors: bool = True) -> Iterator[Press]:
    """Yield what a finger on a column presses, in the coordinates of the chart as shown.

    Args:
        state: the chart.
        column: the finger's column on the screen.
        delay: rows that go by unpressed after a reverse.
        mirrors: whether reverse blocks mirror; without it they are just blocks.
    """
    row, col = 1, column
    while row <= state.rows:
        block = state.block_at.get((row, col))
        if block is None:
            row += 1
            continue
        yield Press(row, col, block, block.points if row == block.row else 0)
        row = block.top + 1
        if block.kind == "reverse" and mirrors:
            col = state.cols + 1 - col
            row += delay


def total(state: State, column: int, delay: int) -> int:
    """Return the score of a finger on a column."""
    return sum(press.points for press in play(state, column, delay))


def totals(state: State, delay: int) -> list[int]:
    """Return the scores of all columns, column 1 first."""
    return [total(state, column, delay) for column in range(1, state.cols + 1)]


def best_column(state: State, delay: int) -> int | None:
    """Return the column of the highest score, None where it is shared."""
    scores = totals(state, delay)
    best = max(scores)
    return scores.index(best) + 1 if scores.count(best) == 1 else None
