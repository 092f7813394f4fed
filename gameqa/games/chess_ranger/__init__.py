"""Chess Ranger: solitaire chess, in which every move captures until one piece is left."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.chess_ranger import generation
from gameqa.games.chess_ranger.generation import Knobs
from gameqa.games.chess_ranger.picture import draw
from gameqa.games.chess_ranger.rules import (
    LETTERS,
    State,
    kind_of,
    piece,
    square_name,
    square_number,
    square_of,
)
from gameqa.games.chess_ranger.tasks import TASKS
from gameqa.games.chess_ranger.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class ChessRanger(Game[State, Knobs]):
    """Boards of three to ten chess pieces of one side."""

    slug = "chess_ranger"
    title = "Chess Ranger"
    category = Category.STRATEGIC_PLANNING
    domain = Domain.OUT
    version = 2
    levels = {
        Level.EASY: Knobs(pieces=(4, 4), counted=(5, 8), captures=(2, 4)),
        Level.MEDIUM: Knobs(pieces=(5, 6), counted=(5, 8), captures=(3, 5)),
        Level.HARD: Knobs(pieces=(7, 8), counted=(7, 10), captures=(4, 6), needs_care=True),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a solvable board."""
        count = rng.integers(knobs.pieces[0], knobs.pieces[1] + 1)
        return next(generation.solvable_boards(generation.draw_kinds(count, rng), rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the pieces with their squares, and the same as FEN."""
        pieces = [[LETTERS[kind_of(p)], square_name(square_of(p))] for p in state.position]
        return {"pieces": pieces, "fen": state.fen}

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the pieces back."""
        return State(
            tuple(piece(square_number(name), LETTERS.index(k)) for k, name in data["pieces"])
        )

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible."""
        return state.position

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with ranks and files, and the captures asked about as arrows."""
        return draw(state, query.get("captures", ()), style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as eight ranks of signs, and the captures asked about."""
        return describe(state, query.get("captures", ()))


GAME = ChessRanger()
