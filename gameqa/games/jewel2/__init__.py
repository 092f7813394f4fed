"""Jewel2: clear lines of gems and swap neighbours on a square board."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.jewel2 import generation
from gameqa.games.jewel2.generation import Knobs
from gameqa.games.jewel2.picture import draw
from gameqa.games.jewel2.rules import State
from gameqa.games.jewel2.tasks import TASKS
from gameqa.games.jewel2.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Jewel2(Game[State, Knobs]):
    """Boards of basic and special gems with a counter, all of it visible."""

    slug = "jewel2"
    title = "Jewel2"
    category = Category.PATTERN_MATCHING
    domain = Domain.OUT
    version = 2
    levels = {Level.EASY: Knobs(4), Level.MEDIUM: Knobs(5), Level.HARD: Knobs(6)}
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Fill a board at random."""
        return next(generation.states(generation.fill(knobs, rng), knobs, rng))

    def encode(self, state: State) -> dict[str, Any]:
        """Return the three fields of a state."""
        return {
            "size": state.size,
            "board": [list(row) for row in state.rows()],
            "total_cleared": state.total,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        cells = "".join(symbol for row in data["board"] for symbol in row)
        return State(data["size"], cells, data["total_cleared"])

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible, and the size follows from the board."""
        return f"{state.cells} {state.total}"

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its numbers, the counter and the legend."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of symbols, with the counter and a key."""
        return describe(state)


GAME = Jewel2()
