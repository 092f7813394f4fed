"""Maze: a player, a goal, and one way between them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.maze import generation
from gameqa.games.maze.generation import Knobs
from gameqa.games.maze.picture import draw
from gameqa.games.maze.rules import State
from gameqa.games.maze.tasks import TASKS
from gameqa.games.maze.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Maze(Game[State, Knobs]):
    """Mazes without loops, seen from above, with a player and a goal."""

    slug = "maze"
    title = "Maze"
    category = Category.STRATEGIC_PLANNING
    domain = Domain.IN
    version = 3
    levels = {
        Level.EASY: Knobs(9, 9, route=(5, 15), turns=(1, 8), steps=(1, 3), counted=False),
        Level.MEDIUM: Knobs(11, 11, route=(8, 22), turns=(2, 12), steps=(3, 6)),
        Level.HARD: Knobs(13, 13, route=(12, 28), turns=(3, 16), steps=(5, 10)),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a maze with player and goal anywhere."""
        return next(generation.any_states(knobs, rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the five fields of a state."""
        return {
            "rows": state.rows,
            "cols": state.cols,
            "walls": state.walls,
            "player": state.player,
            "goal": state.goal,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            walls=tuple(map(tuple, data["walls"])),
            player=tuple(data["player"]),
            goal=tuple(data["goal"]),
        )

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible."""
        return [state.walls, state.player, state.goal]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the maze with its row and column numbers and the legend."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the maze as a grid of symbols."""
        return describe(state)


GAME = Maze()
