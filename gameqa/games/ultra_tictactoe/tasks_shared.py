"""What all tasks share: the rules as told, the last move as told, and fitting boards."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from gameqa.game import Plan, Query, Task
from gameqa.games.ultra_tictactoe import generation
from gameqa.games.ultra_tictactoe.generation import Knobs
from gameqa.games.ultra_tictactoe.rules import MARKS, Position, State, cell_name
from gameqa.rng import Rng

RULES = (
    "This is Ultra Tic-Tac-Toe: nine 3x3 grids, arranged 3x3. Grid (i, j) is in grid row i from "
    "the top and grid column j from the left; cell (i, j, row, col) is in that row and column of "
    "grid (i, j). All four count from 1.\n"
    "The first player writes X, the second player O, in turns. X begins anywhere in the middle "
    "grid (2, 2). After a move to (i, j, row, col) the opponent must move to an empty cell of grid "
    "(row, col). Each row, column or diagonal of three own marks within a grid is one point, "
    "and play in that grid goes on.\n"
)


def last_move_of(state: State) -> dict[str, Any]:
    """Return the part of a query that tells the last move and who moves next."""
    position = state.position
    return {"last_move": list(cell_name(position.last)), "mover": MARKS[position.mover]}


def told(query: Query) -> str:
    """Tell the last move and who moves next."""
    mover = query["mover"]
    opponent = MARKS[1 - MARKS.index(mover)]
    return (
        f"The last move, already on the board shown, was {opponent} at "
        f"{tuple(query['last_move'])}. Now {mover} moves."
    )


class UltraTask(Task[State, Knobs]):
    """What all tasks share: fitting boards of one random game."""

    marks_last = False
    patience = 40

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        """Tell whether a board has what was planned."""
        return True

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(
            plan.knobs,
            rng,
            lambda position: self.fits(position, plan),
            mark_last=self.marks_last and plan.knobs.mark_last,
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}
