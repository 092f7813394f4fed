"""Pac-Man: what is on the board, where ghosts go, and what a run leads to."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.pacman.generation import Knobs, mask_of
from gameqa.games.pacman.picture import draw
from gameqa.games.pacman.rules import State
from gameqa.games.pacman.tasks import TASKS, any_states
from gameqa.games.pacman.words import describe
from gameqa.grids import bits
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class PacMan(Game[State, Knobs]):
    """Boards with Pac-Man, beans, and the ghosts Pinky and Blinky."""

    slug = "pacman"
    title = "Pac-Man"
    category = Category.STRATEGIC_PLANNING
    domain = Domain.OUT
    version = 4
    levels = {
        Level.EASY: Knobs(12, 0.10, legs=(2, 3), blocked=0.0, steps=3, reach=8),
        Level.MEDIUM: Knobs(16, 0.14, legs=(3, 4), blocked=0.0, steps=3, reach=11),
        Level.HARD: Knobs(20, 0.18, legs=(3, 5), blocked=1 / 3, steps=5, reach=14),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board with everything on it anywhere."""
        return next(any_states(knobs, rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return walls as rows of signs, everything else by cells."""
        n = state.n
        signs = "".join(".#"[state.walls >> at & 1] for at in range(n * n))
        return {
            "n": n,
            "walls": [signs[at : at + n] for at in range(0, n * n, n)],
            "beans": [divmod(at, n) for at in bits(state.beans)],
            "pacman": {"pos": state.cell(state.pacman), "facing": state.facing},
            "ghosts": {"pinky": state.cell(state.pinky), "blinky": state.cell(state.blinky)},
            "score": state.score,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read signs and cells back."""
        n = int(data["n"])
        pacman, ghosts = data["pacman"], data["ghosts"]

        def number(cell: Any) -> int:
            return int(cell[0] * n + cell[1])

        signs = "".join(data["walls"])
        return State(
            n=n,
            walls=mask_of([at for at, sign in enumerate(signs) if sign == "#"]),
            beans=mask_of([number(cell) for cell in data["beans"]]),
            pacman=number(pacman["pos"]),
            facing=pacman["facing"],
            pinky=number(ghosts["pinky"]),
            blinky=number(ghosts["blinky"]),
            score=data["score"],
        )

    def split_key(self, state: State) -> Any:
        """Return all that is visible but the score."""
        return [
            state.n,
            f"{state.walls:x}",
            f"{state.beans:x}",
            state.pacman,
            state.facing,
            state.pinky,
            state.blinky,
        ]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its score, names of the ghosts, and numbers on all sides."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the score and the board as a grid of symbols."""
        return describe(state)


GAME = PacMan()
