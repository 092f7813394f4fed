"""Ultra Tic-Tac-Toe: nine grids, and each move decides where the next one goes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.ultra_tictactoe import generation
from gameqa.games.ultra_tictactoe.generation import Knobs
from gameqa.games.ultra_tictactoe.picture import draw
from gameqa.games.ultra_tictactoe.rules import MARKS, State, cell_name, cell_of, pair_name
from gameqa.games.ultra_tictactoe.tasks import TASKS
from gameqa.games.ultra_tictactoe.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class UltraTicTacToe(Game[State, Knobs]):
    """Games in progress on nine grids of nine cells."""

    slug = "ultra_tictactoe"
    title = "Ultra Tic-Tac-Toe"
    category = Category.STRATEGIC_PLANNING
    domain = Domain.IN
    version = 3
    levels = {
        Level.EASY: Knobs((9, 34), points=2, contested=False),
        Level.MEDIUM: Knobs((35, 58), points=3, contested=True),
        Level.HARD: Knobs((59, 74), points=4, contested=True),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Play a game to some number of pieces within the level's range."""
        return next(generation.states(knobs, rng, lambda position: True), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the moves, and for readers what follows from them."""
        position = state.position
        return {
            "moves": [cell_name(cell) for cell in state.moves],
            "board": state.board,
            "to_move": MARKS[position.mover],
            "forced_grid": pair_name(position.forced) if position.free() else None,
            "last_move": cell_name(state.moves[-1]) if state.moves else None,
            "mark_last": state.mark_last,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the moves back; everything else follows from them."""
        return State(tuple(map(cell_of, data["moves"])), bool(data["mark_last"]))

    def split_key(self, state: State) -> Any:
        """Return the board: neither the order of moves nor the last one is always shown."""
        return "".join(state.board)

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the nine grids with the numbers of grids and positions."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the nine grids one after the other."""
        return describe(state)


GAME = UltraTicTacToe()
