"""Pyramid Chess: two players stack balls, four to carry one, on a square base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.errors import GameQAError
from gameqa.game import Game, Query
from gameqa.games.pyramid_chess import generation
from gameqa.games.pyramid_chess.generation import Knobs
from gameqa.games.pyramid_chess.picture import draw
from gameqa.games.pyramid_chess.rules import Slot, State
from gameqa.games.pyramid_chess.tasks import TASKS
from gameqa.games.pyramid_chess.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class PyramidChess(Game[State, Knobs]):
    """Positions of real play, each level shown from above, and the whole pile in space."""

    slug = "pyramid_chess"
    title = "Pyramid Chess"
    category = Category.SPATIAL_3D
    domain = Domain.OUT
    aliases = ("PyramidChess",)
    version = 3
    levels = {
        Level.EASY: Knobs(sizes=(3, 4), most_steps=8, recoloured=0.7),
        Level.MEDIUM: Knobs(sizes=(4, 5), most_steps=12),
        Level.HARD: Knobs(sizes=(5, 6), most_steps=12),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Play at random until the board holds a number of balls drawn first."""
        return generation.board(knobs, knobs.sizes[0], rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the fields of a state, and the reserves that follow from them."""
        levels = [
            [[state.at(Slot(k, x, y)) for y in range(state.n - k)] for x in range(state.n - k)]
            for k in range(state.n)
        ]
        return {
            "n": state.n,
            "levels": levels,
            "to_move": state.to_move,
            "reserve": state.reserve,
            "plies": state.plies,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back.

        Raises:
            GameQAError: the reserves do not fit the balls on the board.
        """
        cells = tuple(ball for level in data["levels"] for column in level for ball in column)
        state = State(data["n"], cells, data["to_move"], data["plies"])
        if state.reserve != tuple(data["reserve"]):
            raise GameQAError(f"the reserves are {state.reserve}, not {data['reserve']}")
        return state

    def split_key(self, state: State) -> Any:
        """Return all that is drawn: not the number of turns."""
        return [state.n, state.cells, state.to_move]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw each level from above, and the pile below."""
        return draw(state, style, reserves=query.get("reserves", True))

    def describe(self, state: State, query: Query) -> str:
        """Write one table a level."""
        return describe(state, reserves=query.get("reserves", True))


GAME = PyramidChess()
