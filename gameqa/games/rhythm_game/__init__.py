"""Rhythm game: a chart of falling blocks, pressed by a finger that stays on one column."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.rhythm_game import generation
from gameqa.games.rhythm_game.generation import Knobs
from gameqa.games.rhythm_game.picture import draw
from gameqa.games.rhythm_game.rules import Block, State
from gameqa.games.rhythm_game.tasks import TASKS
from gameqa.games.rhythm_game.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class RhythmGame(Game[State, Knobs]):
    """Charts of clicks, reverse blocks and snakes."""

    slug = "rhythm_game"
    title = "Rhythm Game"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.IN
    version = 2
    levels = {
        Level.EASY: Knobs(rows=15, cols=4),
        Level.MEDIUM: Knobs(rows=15, cols=6),
        Level.HARD: Knobs(rows=20, cols=6),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a random chart."""
        return generation.chart(knobs, generation.draw_share(knobs.fill, rng), rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return size and blocks."""
        blocks = [block._asdict() for block in state.blocks]
        return {"rows": state.rows, "cols": state.cols, "blocks": blocks}

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read size and blocks back."""
        return State(data["rows"], data["cols"], tuple(Block(**block) for block in data["blocks"]))

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible."""
        return [state.rows, state.cols, state.blocks]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the chart with its numbers and the legend."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the chart as rows of signs."""
        return describe(state)


GAME = RhythmGame()
