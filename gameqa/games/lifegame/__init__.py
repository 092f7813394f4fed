"""Conway's Game of Life on a small board whose edges wrap around."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.lifegame import generation
from gameqa.games.lifegame.generation import Knobs
from gameqa.games.lifegame.picture import draw
from gameqa.games.lifegame.rules import Region, State
from gameqa.games.lifegame.tasks import TASKS
from gameqa.games.lifegame.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class LifeGame(Game[State, Knobs]):
    """Boards of living and dead cells, some with a marked region."""

    slug = "lifegame"
    title = "Conway's Game of Life"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.OUT
    version = 2
    levels = {
        Level.EASY: Knobs(
            size=5, counts=(3, 15), next_counts=(3, 13), updates=3, region=4, settling=(0, 4)
        ),
        Level.MEDIUM: Knobs(
            size=6, counts=(4, 22), next_counts=(3, 18), updates=3, region=4, settling=(1, 6)
        ),
        Level.HARD: Knobs(
            size=7, counts=(5, 29), next_counts=(4, 22), updates=4, region=5, settling=(2, 9)
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a random board without a region."""
        return next((State(board.grid()) for board in generation.soups(knobs, rng)), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the four fields of a state."""
        region = None if state.region is None else state.region._asdict()
        return {"rows": state.rows, "cols": state.cols, "grid": state.grid, "region": region}

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        region = data["region"]
        return State(
            grid=tuple(map(tuple, data["grid"])),
            region=None if region is None else Region(**region),
        )

    def split_key(self, state: State) -> Any:
        """Return the board without its frame: both belong to one split."""
        return [state.rows, state.cols, state.grid]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers and its legend."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as rows of 0 and 1."""
        return describe(state)


GAME = LifeGame()
