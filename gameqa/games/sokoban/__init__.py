"""Sokoban: push boxes onto marked cells in a walled room."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.sokoban import generation
from gameqa.games.sokoban.generation import Knobs
from gameqa.games.sokoban.picture import draw
from gameqa.games.sokoban.rules import State
from gameqa.games.sokoban.tasks import TASKS
from gameqa.games.sokoban.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Sokoban(Game[State, Knobs]):
    """Boards with walls, a player, boxes and as many targets, all of it visible."""

    slug = "sokoban"
    title = "Sokoban"
    category = Category.STRATEGIC_PLANNING
    domain = Domain.IN
    version = 4
    levels = {
        Level.EASY: Knobs(
            sides=(6, 7),
            sequence=5,
            first_minimum=(2, 3),
            distances=(1, 1, 5),
            walk=(3, 6),
            two_lengths=0.0,
        ),
        Level.MEDIUM: Knobs(
            sides=(8, 9), sequence=8, first_minimum=(5, 9), distances=(1, 1, 8), walk=(4, 10)
        ),
        Level.HARD: Knobs(
            sides=(10, 12), sequence=12, first_minimum=(10, 16), distances=(1, 4, 8), walk=(7, 14)
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a solvable board with one box."""
        return next(generation.one_box_states(knobs, rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the six fields of a state."""
        return {
            "rows": state.rows,
            "cols": state.cols,
            "walls": state.walls,
            "player": state.player,
            "boxes": state.boxes,
            "targets": state.targets,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            walls=tuple(map(tuple, data["walls"])),
            player=tuple(data["player"]),
            boxes=tuple(map(tuple, data["boxes"])),
            targets=tuple(map(tuple, data["targets"])),
        )

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible."""
        return [state.walls, state.player, state.boxes, state.targets]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of symbols."""
        return describe(state)


GAME = Sokoban()
