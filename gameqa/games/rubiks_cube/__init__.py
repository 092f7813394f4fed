"""Rubik's Cube: a scrambled 3x3x3 cube as a net and two corner views."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.rubiks_cube import generation
from gameqa.games.rubiks_cube.generation import Knobs
from gameqa.games.rubiks_cube.picture import draw
from gameqa.games.rubiks_cube.rules import COLOURS, FACES, HOLDS, State, places_on
from gameqa.games.rubiks_cube.tasks import TASKS
from gameqa.games.rubiks_cube.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class RubiksCube(Game[State, Knobs]):
    """Scrambled cubes in all 24 ways to hold them; the stickers are visible, the scramble not."""

    slug = "rubiks_cube"
    title = "Rubik's Cube"
    category = Category.SPATIAL_3D
    domain = Domain.IN
    version = 2
    levels = {
        Level.EASY: Knobs(
            scramble=(2, 4), asked=(1, 2), face_distances=(0, 3), cube_distances=(1, 4)
        ),
        Level.MEDIUM: Knobs(
            scramble=(5, 9), asked=(2, 4), face_distances=(1, 4), cube_distances=(2, 5)
        ),
        Level.HARD: Knobs(
            scramble=(10, 25), asked=(4, 6), face_distances=(2, 5), cube_distances=(3, 6)
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Scramble a cube."""
        return generation.held(generation.draw_scramble(knobs, rng), rng.choice(HOLDS))

    def encode(self, state: State) -> dict[str, Any]:
        """Return the faces as rows of colour indices, the colours' names, and the scramble."""
        faces = {}
        for face in FACES:
            colours = [state.stickers[place] for place in places_on(face)]
            faces[face] = [colours[row : row + 3] for row in (0, 3, 6)]
        return {"faces": faces, "colors": list(COLOURS), "scramble": list(state.scramble)}

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read faces and scramble back."""
        faces = data["faces"]
        return State(
            stickers=tuple(colour for face in FACES for row in faces[face] for colour in row),
            scramble=tuple(data["scramble"]),
        )

    def split_key(self, state: State) -> Any:
        """Return the stickers: the scramble is not shown."""
        return bytes(state.stickers)

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the net, the two corner views and the legend of colours."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the faces as rows of colour names."""
        return describe(state)


GAME = RubiksCube()
