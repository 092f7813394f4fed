"""Langton's Ant: a walker that turns by the colour of its cell and changes it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.langtons_ant import generation
from gameqa.games.langtons_ant.generation import Knobs
from gameqa.games.langtons_ant.picture import draw
from gameqa.games.langtons_ant.rules import Pose, State
from gameqa.games.langtons_ant.tasks import TASKS
from gameqa.games.langtons_ant.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class LangtonsAnt(Game[State, Knobs]):
    """Boards of white and black cells with one ant; their edges wrap around."""

    slug = "langtons_ant"
    title = "Langton's Ant"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.IN
    aliases = ("langton_ant",)
    version = 3
    levels = {
        Level.EASY: Knobs(size=5, density=(0.08, 0.48), pose_steps=(4, 7), flip_steps=(6, 10)),
        Level.MEDIUM: Knobs(size=9, density=(0.10, 0.50), pose_steps=(6, 10), flip_steps=(8, 14)),
        Level.HARD: Knobs(size=13, density=(0.10, 0.47), pose_steps=(9, 14), flip_steps=(10, 18)),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a random board with a random ant."""
        return generation.board(knobs, rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the four fields of a state."""
        row, col, facing = state.ant
        return {
            "rows": state.rows,
            "cols": state.cols,
            "grid": state.grid,
            "ant": {"row": row, "col": col, "direction": facing},
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        ant = data["ant"]
        return State(
            grid=tuple(map(tuple, data["grid"])),
            ant=Pose(ant["row"], ant["col"], ant["direction"]),
        )

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible."""
        return [state.rows, state.cols, state.grid, state.ant]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of symbols."""
        return describe(state)


GAME = LangtonsAnt()
