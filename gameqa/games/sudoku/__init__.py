"""Colour Sudoku: a grid in which every row, column and box has each colour once."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.sudoku import generation
from gameqa.games.sudoku.generation import Knobs
from gameqa.games.sudoku.picture import draw
from gameqa.games.sudoku.rules import State
from gameqa.games.sudoku.tasks import TASKS
from gameqa.games.sudoku.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Sudoku(Game[State, Knobs]):
    """Grids with exactly one solution, some cells filled with colours."""

    slug = "sudoku"
    title = "Colour Sudoku"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.OUT
    version = 2
    levels = {
        Level.EASY: Knobs(box=(2, 2), empty=(5, 10), candidates=3),
        Level.MEDIUM: Knobs(box=(3, 3), empty=(8, 20), candidates=5),
        Level.HARD: Knobs(box=(3, 3), empty=(20, 40), candidates=5),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board with cells emptied at random."""
        return next(generation.plain_states(knobs, rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the five fields of a state."""
        return {
            "size": state.size,
            "box": state.box,
            "colors": state.colors,
            "grid": state.grid,
            "solution": state.solution,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        high, wide = data["box"]
        return State(
            box=(high, wide),
            colors=tuple(data["colors"]),
            grid=tuple(map(tuple, data["grid"])),
            solution=tuple(map(tuple, data["solution"])),
        )

    def split_key(self, state: State) -> Any:
        """Return the grid in colour names: neither the solution nor the legend's order."""
        names = [["", *state.colors][value] for row in state.grid for value in row]
        return [state.box, names]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the grid with its numbers and its legend."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the grid in colour names."""
        return describe(state)


GAME = Sudoku()
