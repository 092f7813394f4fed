"""Tic-tac-toe: read a cell, find the best move, find the best reply."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.tictactoe import generation
from gameqa.games.tictactoe.generation import Knobs
from gameqa.games.tictactoe.picture import draw
from gameqa.games.tictactoe.rules import EMPTY, State, canonical
from gameqa.games.tictactoe.tasks import TASKS
from gameqa.games.tictactoe.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class TicTacToe(Game[State, Knobs]):
    """Boards of three by three cells with red noughts and blue crosses.

    There are few of them: `gameqa.games.tictactoe.census` says how many different questions each
    split holds, and what happens when more are asked for.
    """

    slug = "tictactoe"
    title = "Tic-Tac-Toe"
    category = Category.STRATEGIC_PLANNING
    domain = Domain.IN
    aliases = ("tic_tac_toe",)
    version = 3
    levels = {
        Level.EASY: Knobs(generation.WINNING),
        Level.MEDIUM: Knobs(generation.BLOCKING),
        Level.HARD: Knobs(generation.DEEP),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Draw an unfinished board of the level."""
        boards = generation.catalogue().asked[knobs.reason, generation.draw_kind(rng)]
        return next(generation.states(boards, rng))

    def encode(self, state: State) -> dict[str, Any]:
        """Return the rows of the board, empty cells as empty texts."""
        signs = ["" if sign == EMPTY else sign for sign in state.board]
        return {"board": [signs[at : at + 3] for at in (0, 3, 6)]}

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the rows back."""
        return State("".join(sign or EMPTY for row in data["board"] for sign in row))

    def split_key(self, state: State) -> Any:
        """Return the board up to rotation and reflection."""
        return canonical(state.board)

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of signs."""
        return describe(state)


GAME = TicTacToe()
