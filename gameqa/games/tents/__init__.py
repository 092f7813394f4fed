"""Tents and Trees: every tree gets a tent beside it, and no two tents touch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.tents import generation
from gameqa.games.tents.generation import Knobs
from gameqa.games.tents.picture import draw
from gameqa.games.tents.rules import State
from gameqa.games.tents.tasks import TASKS
from gameqa.games.tents.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Tents(Game[State, Knobs]):
    """Boards with all trees and tent numbers, and some of the tents."""

    slug = "tents"
    title = "Tents and Trees"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.IN
    version = 4
    levels = {
        Level.EASY: Knobs(
            sides=(5, 7),
            in_row=(0.3, 0.37, 0.33),
            in_column=(0.3, 0.34, 0.36),
            legal=(1, 6),
            flat=True,
        ),
        Level.MEDIUM: Knobs(
            sides=(8, 10),
            in_row=(0.25, 0.3, 0.3, 0.15),
            in_column=(0.2, 0.37, 0.3, 0.13),
            legal=(2, 12),
        ),
        Level.HARD: Knobs(
            sides=(11, 13),
            in_row=(0.25, 0.3, 0.3, 0.15),
            in_column=(0.2, 0.37, 0.3, 0.13),
            legal=(3, 20),
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board with random tents missing."""
        return next(generation.states(knobs, rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the seven fields of a state."""
        return {
            "rows": state.rows,
            "cols": state.cols,
            "trees": state.trees,
            "solution": state.solution,
            "placed": state.placed,
            "row_counts": state.row_counts,
            "col_counts": state.col_counts,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            rows=data["rows"],
            cols=data["cols"],
            trees=tuple(map(tuple, data["trees"])),
            solution=tuple(map(tuple, data["solution"])),
            placed=tuple(map(tuple, data["placed"])),
            row_counts=tuple(data["row_counts"]),
            col_counts=tuple(data["col_counts"]),
        )

    def split_key(self, state: State) -> Any:
        """Return everything but the solution."""
        return [
            state.rows,
            state.cols,
            state.trees,
            state.placed,
            state.row_counts,
            state.col_counts,
        ]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its tent numbers and its row and column numbers."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of symbols, and the tent numbers."""
        return describe(state)


GAME = Tents()
