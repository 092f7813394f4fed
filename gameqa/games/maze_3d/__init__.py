"""3D maze: a route over floating cubes, by walks and ladders, in one oblique view."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.errors import GameQAError
from gameqa.game import Game, Query
from gameqa.games.maze_3d import generation
from gameqa.games.maze_3d.generation import Knobs, draw_from
from gameqa.games.maze_3d.picture import draw
from gameqa.games.maze_3d.rules import Grid, Ladder, Marker, State, ways_of
from gameqa.games.maze_3d.tasks import TASKS
from gameqa.games.maze_3d.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Maze3D(Game[State, Knobs]):
    """Trees of cubes and ladders in which everything can be seen; some cubes are numbered."""

    slug = "maze_3d"
    title = "3D Maze"
    category = Category.SPATIAL_3D
    domain = Domain.IN
    aliases = ("3d_maze",)
    version = 4
    levels = {
        Level.EASY: Knobs(
            segments=(4, 5),
            sides=(2, 3),
            lattices=((4, 4, 3), (4, 4, 4)),
            side_length=(1, 1),
            sequence_sides=(0, 0),
            height_sides=(0, 1),
            markers=(3, 3),
            longer=4.0,
            spare=3,
        ),
        Level.MEDIUM: Knobs(
            segments=(5, 7),
            sides=(3, 4),
            lattices=((4, 4, 3), (4, 4, 4)),
            side_length=(1, 2),
            sequence_sides=(1, 2),
            height_sides=(1, 2),
            markers=(3, 4),
        ),
        Level.HARD: Knobs(
            segments=(7, 9),
            sides=(4, 5),
            lattices=((5, 5, 3), (5, 5, 4)),
            side_length=(1, 3),
            sequence_sides=(2, 3),
            height_sides=(2, 3),
            markers=(4, 5),
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a maze without numbers."""
        lattice, segments = rng.choice(knobs.lattices), knobs.draw_segments(rng)
        maze = generation.draw_maze(knobs, lattice, segments, draw_from(knobs.sides, rng), rng)
        return None if maze is None else maze.state(())

    def encode(self, state: State) -> dict[str, Any]:
        """Return the fields of a state."""
        return {
            "cubes": state.cubes,
            "ladders": [ladder._asdict() for ladder in state.ladders],
            "start": state.start,
            "goal": state.goal,
            "markers": [marker._asdict() for marker in state.markers],
            "route": state.route,
            "grid": state.grid._asdict(),
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back.

        Raises:
            GameQAError: the cubes are no tree, or the route is not the one that they have.
        """
        state = State(
            cubes=tuple(map(tuple, data["cubes"])),
            ladders=tuple(Ladder(tuple(part["base"]), part["rise"]) for part in data["ladders"]),
            start=tuple(data["start"]),
            goal=tuple(data["goal"]),
            markers=tuple(
                Marker(part["label"], tuple(part["pos"]), part["role"]) for part in data["markers"]
            ),
            route=tuple(map(tuple, data["route"])),
            grid=Grid(**data["grid"]),
        )
        if ways_of(state).path(state.goal) != state.route:
            raise GameQAError(f"the route to {state.goal} is not {state.route}")
        return state

    def split_key(self, state: State) -> Any:
        """Return what is drawn: not the route, the markers' roles or the grid."""
        markers = [(marker.label, marker.pos) for marker in state.markers]
        return [state.cubes, state.ladders, state.start, state.goal, markers]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the maze above its ground, with compass and legend."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """List cubes, ladders and numbered cubes."""
        return describe(state)


GAME = Maze3D()
