"""Space Invaders: enemies above a ship, what its shots score, and which shots score most."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.space_invaders import generation
from gameqa.games.space_invaders.generation import Knobs
from gameqa.games.space_invaders.picture import draw
from gameqa.games.space_invaders.rules import Formation, State
from gameqa.games.space_invaders.tasks import TASKS
from gameqa.games.space_invaders.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class SpaceInvaders(Game[State, Knobs]):
    """Boards with a ship below a partly shot formation of enemies, all of it visible."""

    slug = "space_invaders"
    title = "Space Invaders"
    category = Category.STRATEGIC_PLANNING
    domain = Domain.IN
    version = 2
    levels = {
        Level.EASY: Knobs(
            width=(4, 5),
            pad=(1, 2),
            heights=(0.1, 0.2, 0.3, 0.5),
            intervals=(1, 2),
            mixed_bottoms=False,
            classic=0.05,
            mixed=0.9,
            color_mix=0.4,
        ),
        Level.MEDIUM: Knobs(
            width=(6, 8), pad=(2, 2), heights=(0.1, 0.1, 0.2, 0.2, 0.4), intervals=(2, 3)
        ),
        Level.HARD: Knobs(
            width=(9, 11), pad=(2, 3), heights=(0.1, 0.1, 0.1, 0.2, 0.2, 0.3), intervals=(3, 6)
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board with no question in mind."""
        return generation.plain_state(knobs, rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the page's fields of a state."""
        return {
            "rows": state.rows,
            "cols": state.cols,
            "grid": list(state.grid),
            "ship_col": state.ship,
            "formation": asdict(state.formation),
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(tuple(data["grid"]), data["ship_col"], Formation(**data["formation"]))

    def split_key(self, state: State) -> Any:
        """Return enemies and ship: all that is visible."""
        return [state.grid, state.ship]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of letters."""
        return describe(state)


GAME = SpaceInvaders()
