"""3D reconstruction: voxels in a small grid, and the two silhouettes that they should have."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.reconstruction_3d import generation
from gameqa.games.reconstruction_3d.generation import Knobs
from gameqa.games.reconstruction_3d.picture import draw
from gameqa.games.reconstruction_3d.rules import SIDE, State
from gameqa.games.reconstruction_3d.tasks import TASKS
from gameqa.games.reconstruction_3d.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Reconstruction3D(Game[State, Knobs]):
    """A connected voxel structure, every voxel of it to be seen, and two target silhouettes."""

    slug = "reconstruction_3d"
    title = "3D Reconstruction"
    category = Category.SPATIAL_3D
    domain = Domain.IN
    aliases = ("3DReconstruction",)
    version = 3
    levels = {
        Level.EASY: Knobs(
            target=(4, 7),
            missing=(1, 3),
            shown=(4, 7),
            shown_position=(4, 7),
            minimum=(1, 3),
            set_sizes=(2, 3),
            least_gaps=1,
            bridge=0.2,
            larger=True,
        ),
        Level.MEDIUM: Knobs(
            target=(7, 10),
            missing=(3, 4),
            shown=(6, 10),
            shown_position=(6, 10),
            minimum=(2, 4),
            set_sizes=(2, 4),
            least_gaps=2,
            bridge=0.3,
        ),
        Level.HARD: Knobs(
            target=(11, 16),
            missing=(4, 6),
            shown=(10, 16),
            shown_position=(10, 13),
            minimum=(3, 6),
            set_sizes=(3, 5),
            least_gaps=2,
            bridge=0.35,
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a structure that lacks a few voxels of its target."""
        return generation.partial_state(knobs, generation.draw_sizes(knobs, 0, rng)[0], rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the fields of a state."""
        return {
            "size": SIDE,
            "voxels": state.voxels,
            "target_front": state.target_front,
            "target_side": state.target_side,
            "remaining": state.remaining,
            "hidden_target": state.hidden_target,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            voxels=tuple(map(tuple, data["voxels"])),
            target_front=tuple(map(tuple, data["target_front"])),
            target_side=tuple(map(tuple, data["target_side"])),
            remaining=data["remaining"],
            hidden_target=tuple(map(tuple, data["hidden_target"])),
        )

    def split_key(self, state: State) -> Any:
        """Return all that is drawn: structure, targets and budget, not the hidden target."""
        return [state.voxels, state.target_front, state.target_side, state.remaining]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the structure with its axes, and the targets beside it."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the structure layer by layer, and the targets."""
        return describe(state)


GAME = Reconstruction3D()
