"""A Turing machine whose tape is a board of symbols."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.turing_machine_2d import generation
from gameqa.games.turing_machine_2d.generation import Knobs
from gameqa.games.turing_machine_2d.picture import draw
from gameqa.games.turing_machine_2d.rules import Head, Rule, State
from gameqa.games.turing_machine_2d.tasks import TASKS
from gameqa.games.turing_machine_2d.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class TuringMachine2D(Game[State, Knobs]):
    """Machines that stay on their board for as many steps as are asked about."""

    slug = "turing_machine_2d"
    title = "2D Turing Machine"
    category = Category.MULTI_STEP_REASONING
    domain = Domain.IN
    aliases = ("2d_turing_machine",)
    version = 4
    levels = {
        Level.EASY: Knobs(
            boards=((3, 3), (4, 3)), symbols=3, states=2, steps=(3, 5), entry=(1, 1, 5)
        ),
        Level.MEDIUM: Knobs(
            boards=((4, 4), (5, 3), (5, 4)), symbols=4, states=3, steps=(5, 8), entry=(1, 1, 8)
        ),
        Level.HARD: Knobs(
            boards=((5, 5), (6, 5), (6, 6)), symbols=5, states=4, steps=(7, 12), entry=(2, 5, 8)
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a machine with a random board and random rules."""
        return next(generation.machines(knobs, rng.choice(knobs.boards), rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the eight fields of a state."""
        return {
            "rows": state.rows,
            "cols": state.cols,
            "n_symbols": state.n_symbols,
            "n_states": state.n_states,
            "grid": state.grid,
            "head": state.head._asdict(),
            "rules": [
                {
                    "state": number // state.n_symbols,
                    "symbol": number % state.n_symbols,
                    **rule._asdict(),
                }
                for number, rule in enumerate(state.rules)
            ],
            "horizon": state.horizon,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            grid=tuple(map(tuple, data["grid"])),
            head=Head(**data["head"]),
            n_symbols=data["n_symbols"],
            n_states=data["n_states"],
            rules=tuple(
                Rule(rule["write"], rule["move"], rule["next_state"]) for rule in data["rules"]
            ),
            horizon=data["horizon"],
        )

    def split_key(self, state: State) -> Any:
        """Return board and head; the rule table is not part of it."""
        return [state.rows, state.cols, state.grid, state.head]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board, the head and the rule table."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as symbol numbers, and the rules."""
        return describe(state)


GAME = TuringMachine2D()
