"""Word search: a grid of letters in which words stand in eight directions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.word_search import generation
from gameqa.games.word_search.generation import Knobs
from gameqa.games.word_search.picture import draw
from gameqa.games.word_search.rules import Placement, State
from gameqa.games.word_search.tasks import TASKS
from gameqa.games.word_search.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class WordSearch(Game[State, Knobs]):
    """Grids of capital letters, some with a hidden word."""

    slug = "word_search"
    title = "Word Search"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.IN
    version = 2
    levels = {
        Level.EASY: Knobs(sizes=(5, 6), counts=(0, 0)),
        Level.MEDIUM: Knobs(sizes=(7, 9), counts=(0, 2)),
        Level.HARD: Knobs(sizes=(10, 12), counts=(2, 5)),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a grid of random letters."""
        return generation.lettered(rng.integers(knobs.sizes[0], knobs.sizes[1] + 1), rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the four fields of a state."""
        return {
            "rows": state.rows,
            "cols": state.cols,
            "grid": state.grid,
            "words": [placed._asdict() for placed in state.words],
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            grid=tuple(data["grid"]),
            words=tuple(Placement(**placed) for placed in data["words"]),
        )

    def split_key(self, state: State) -> Any:
        """Return the letters; which words they hide is not shown."""
        return [state.rows, state.cols, state.grid]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the letters with row and column numbers."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the letters with row and column numbers."""
        return describe(state)


GAME = WordSearch()
