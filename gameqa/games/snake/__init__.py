"""Snake: where it is, what its moves lead to, and the shortest way to the food."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.snake import generation
from gameqa.games.snake.generation import Knobs
from gameqa.games.snake.picture import draw
from gameqa.games.snake.rules import State
from gameqa.games.snake.tasks import TASKS
from gameqa.games.snake.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level

_ANY = 1000  # more than any way to the food is longer than the Manhattan distance


class Snake(Game[State, Knobs]):
    """Boards with a snake and one piece of food, all of it visible."""

    slug = "snake"
    title = "Snake"
    category = Category.STRATEGIC_PLANNING
    domain = Domain.OUT
    version = 2
    levels = {
        Level.EASY: Knobs(
            sides=(5, 7),
            lengths=(4, 9),
            counted=(4, 12),
            moves=(3, 5),
            first=2,
            excess=((0, 0, 0.6), (2, _ANY, 0.4)),
            hopeless=0.06,
        ),
        Level.MEDIUM: Knobs(
            sides=(8, 11),
            lengths=(8, 18),
            counted=(8, 18),
            moves=(4, 7),
            first=2,
            excess=((0, 0, 0.4), (2, 2, 0.25), (4, _ANY, 0.35)),
            hopeless=0.12,
        ),
        Level.HARD: Knobs(
            sides=(12, 15),
            lengths=(15, 40),
            counted=(15, 40),
            moves=(5, 9),
            first=3,
            excess=((0, 0, 0.4), (2, 2, 0.25), (4, _ANY, 0.35)),
            hopeless=0.12,
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board on which the snake can move."""
        n = rng.integers(knobs.sides[0], knobs.sides[1] + 1)
        length = rng.integers(knobs.lengths[0], knobs.lengths[1] + 1)
        return generation.any_state(n, length, knobs.straight, rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the three fields of a state."""
        return {"n": state.n, "body": state.body, "food": state.food}

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(data["n"], tuple(map(tuple, data["body"])), tuple(data["food"]))

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible."""
        return [state.n, state.body, state.food]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of symbols."""
        return describe(state)


GAME = Snake()
