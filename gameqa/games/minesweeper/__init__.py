"""Minesweeper: a partly revealed board whose numbers tell where mines are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.minesweeper import generation
from gameqa.games.minesweeper.generation import Knobs
from gameqa.games.minesweeper.picture import draw
from gameqa.games.minesweeper.rules import State
from gameqa.games.minesweeper.tasks import TASKS
from gameqa.games.minesweeper.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level

_PAIRS = ((1, 2), (2, 3), (1, 3), (3, 4))


class Minesweeper(Game[State, Knobs]):
    """Boards with some cells revealed and some mines flagged, all flags right."""

    slug = "minesweeper"
    title = "Minesweeper"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.OUT
    version = 4
    levels = {
        Level.EASY: Knobs(
            4, 4, mines=(2, 4), pairs=_PAIRS[:3], weights=(0.6, 0.2, 0.2), mine_draws=3
        ),
        Level.MEDIUM: Knobs(5, 5, mines=(4, 7), pairs=_PAIRS, weights=(0.5, 0.25, 0.2, 0.05)),
        Level.HARD: Knobs(6, 6, mines=(6, 10), pairs=_PAIRS, weights=(0.5, 0.25, 0.2, 0.05)),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board after a few clicks."""
        mines = rng.integers(knobs.mines[0], knobs.mines[1] + 1)
        return next(generation.states(knobs, rng, mines), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the six fields of a state."""
        return {
            "rows": state.rows,
            "cols": state.cols,
            "mines": state.mines,
            "revealed": state.revealed,
            "flags": state.flags,
            "mine_cells": state.mine_cells,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            rows=data["rows"],
            cols=data["cols"],
            mines=data["mines"],
            revealed=tuple(map(tuple, data["revealed"])),
            flags=tuple(map(tuple, data["flags"])),
            mine_cells=tuple(map(tuple, data["mine_cells"])),
        )

    def split_key(self, state: State) -> Any:
        """Return everything but the hidden mines."""
        return [state.rows, state.cols, state.mines, state.revealed, state.flags]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers and the number of mines."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of symbols, and the number of mines."""
        return describe(state)


GAME = Minesweeper()
