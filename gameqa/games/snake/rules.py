"""Rules of Snake: the board, one move, and a list of moves up to the first event.

Cells are ``(row, column)``, 0-based from the top-left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from gameqa.moves import STEPS, Cell, step_from

WALL, BODY, FOOD, NOTHING = "hits the border", "hits itself", "reaches the food", "none of these"
"""What can happen first while a list of moves is carried out."""


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        n: rows and columns.
        body: the snake's cells from head to tail, at least three.
        food: the food's cell, free of the snake.
    """

    n: int
    body: tuple[Cell, ...]
    food: Cell

    @property
    def head(self) -> Cell:
        """The head's cell."""
        return self.body[0]

    def is_inside(self, cell: Cell) -> bool:
        """Whether a cell lies on the board."""
        return 0 <= cell[0] < self.n and 0 <= cell[1] < self.n


@dataclass(frozen=True)
class Step:
    """What one move did.

    Attributes:
        move: its direction.
        head: where the head went.
        tail: the cell that the tail left in the same move.
        event: `WALL`, `BODY` or `FOOD` where the move ends the list, else None.
    """

    move: str
    head: Cell
    tail: Cell
    event: str | None


def moved(body: Sequence[Cell], head: Cell) -> tuple[Cell, ...]:
    """Return the body after its head went to a neighbouring cell."""
    return (head, *body[:-1])


def obstacle(state: State, body: Sequence[Cell], head: Cell) -> str | None:
    """Return what a head that goes to a cell would hit; the tail's old cell is free by then."""
    if not state.is_inside(head):
        return WALL
    return BODY if head in body[:-1] else None


def play(state: State, moves: Iterable[str]) -> Iterator[Step]:
    """Carry out a list of moves up to its first event."""
    body = state.body
    for move in moves:
        head = step_from(body[0], move)
        event = obstacle(state, body, head) or (FOOD if head == state.food else None)
        yield Step(move, head, body[-1], event)
        if event:
            return
        body = moved(body, head)


def legal_moves(state: State, body: Sequence[Cell]) -> list[str]:
    """Return the moves that hit nothing."""
    return [move for move in STEPS if obstacle(state, body, step_from(body[0], move)) is None]
