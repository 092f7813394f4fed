"""Tetris: pieces of four cells fall onto a stack, and full rows are cleared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.tetris import generation
from gameqa.games.tetris.generation import Knobs
from gameqa.games.tetris.picture import draw
from gameqa.games.tetris.rules import SHAPES, TURNS, Active, State
from gameqa.games.tetris.tasks import TASKS
from gameqa.games.tetris.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Tetris(Game[State, Knobs]):
    """Boards with locked cells and at most one falling piece, all of it visible."""

    slug = "tetris"
    title = "Tetris"
    category = Category.PATTERN_MATCHING
    domain = Domain.IN
    version = 3
    levels = {
        Level.EASY: Knobs(boards=((8, 8, 1.0),)),
        Level.MEDIUM: Knobs(boards=((12, 12, 1.0),)),
        Level.HARD: Knobs(boards=((16, 16, 0.7), (20, 10, 0.3))),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a played stack with a falling piece."""
        size = generation.draw_size(knobs, rng)
        return next(generation.posed_states(knobs, size, TURNS[rng.choice(SHAPES)], rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the four fields of a state."""
        active = state.active
        return {
            "rows": state.rows,
            "cols": state.cols,
            "locked": state.locked,
            "active": active
            and {
                "shape": active.shape,
                "orientation": active.orientation,
                "cells": active.cells,
            },
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        active = data["active"]
        return State(
            locked=tuple(map(tuple, data["locked"])),
            active=active
            and Active(active["shape"], active["orientation"], tuple(map(tuple, active["cells"]))),
        )

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible."""
        return [state.locked, state.active and state.active.cells]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of signs."""
        return describe(state)


GAME = Tetris()
