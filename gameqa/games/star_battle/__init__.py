"""Star Battle: one star in every row, column and region, and no two stars touching."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.star_battle import generation
from gameqa.games.star_battle.generation import Knobs
from gameqa.games.star_battle.picture import draw
from gameqa.games.star_battle.rules import State
from gameqa.games.star_battle.tasks import TASKS
from gameqa.games.star_battle.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class StarBattle(Game[State, Knobs]):
    """Boards of coloured regions with some of their stars shown."""

    slug = "star_battle"
    title = "Star Battle"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.IN
    aliases = ("star-battle",)
    version = 2
    levels = {
        Level.EASY: Knobs(size=5, hidden=1, shown=(2, 4), shown_legal=(1, 3)),
        Level.MEDIUM: Knobs(size=6, hidden=2, shown=(2, 5), shown_legal=(2, 4)),
        Level.HARD: Knobs(size=8, hidden=3, shown=(3, 7), shown_legal=(2, 5)),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board with some of its stars shown."""
        board = generation.draw_board(knobs, rng)
        if board is None:
            return None
        count = rng.integers(knobs.shown[0], knobs.shown[1] + 1)
        return generation.shown(board, rng.sample(board.solution, count))

    def encode(self, state: State) -> dict[str, Any]:
        """Return the fields of a state, and the size and kind of puzzle."""
        return {
            "size": state.size,
            "stars_per_unit": 1,
            "regions": state.regions,
            "stars": state.stars,
            "solution": state.solution,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            regions=tuple(map(tuple, data["regions"])),
            stars=tuple(map(tuple, data["stars"])),
            solution=tuple(map(tuple, data["solution"])),
        )

    def split_key(self, state: State) -> Any:
        """Return the regions and the stars shown; the solution is hidden."""
        return [state.regions, state.stars]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers and the legend of its regions."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of region numbers."""
        return describe(state)


GAME = StarBattle()
