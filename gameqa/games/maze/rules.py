"""Rules of the maze: the board, one step, and a list of steps.

Cells are ``(row, column)``, 0-based from the top-left corner, border walls included.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gameqa.moves import STEPS, Cell, step_from


@dataclass(frozen=True)
class State:
    """A maze whose open cells form a tree: one simple path joins any two of them.

    Attributes:
        walls: rows of 0 (open) and 1 (wall); the outermost ring is wall.
        player: the player's cell.
        goal: the goal's cell, another one.
    """

    walls: tuple[tuple[int, ...], ...]
    player: Cell
    goal: Cell

    @property
    def rows(self) -> int:
        """Number of rows, border included."""
        return len(self.walls)

    @property
    def cols(self) -> int:
        """Number of columns, border included."""
        return len(self.walls[0])

    def is_wall(self, cell: Cell) -> bool:
        """Whether a cell is wall."""
        return self.walls[cell[0]][cell[1]] == 1

    def open_cells(self) -> list[Cell]:
        """Return all cells that are not wall, in reading order."""
        return [
            (r, c) for r, row in enumerate(self.walls) for c, wall in enumerate(row) if not wall
        ]

    def exits(self, cell: Cell) -> tuple[str, ...]:
        """Return the directions in which an open cell has open neighbours."""
        return tuple(move for move in STEPS if not self.is_wall(step_from(cell, move)))


@dataclass(frozen=True)
class Step:
    """What one move of a list did: ``start`` and ``end`` are equal when a wall blocked it."""

    move: str
    start: Cell
    end: Cell

    @property
    def is_blocked(self) -> bool:
        """Whether a wall was in the way."""
        return self.start == self.end


def play(state: State, start: Cell, moves: Iterable[str]) -> Iterator[Step]:
    """Carry out a list of moves; a blocked one changes nothing, and the list goes on."""
    cell = start
    for move in moves:
        ahead = step_from(cell, move)
        end = cell if state.is_wall(ahead) else ahead
        yield Step(move, cell, end)
        cell = end


def end_of(state: State, start: Cell, moves: Iterable[str]) -> Cell:
    """Return the cell in which a list of moves ends."""
    end = start
    for step in play(state, start, moves):
        end = step.end
    return end
