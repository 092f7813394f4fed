"""Zuma: a frog that shoots marbles at a chain of marbles on a spiral track."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.zuma import generation
from gameqa.games.zuma.generation import Knobs
from gameqa.games.zuma.picture import draw
from gameqa.games.zuma.rules import RADIUS, State, Track
from gameqa.games.zuma.tasks import TASKS
from gameqa.games.zuma.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Zuma(Game[State, Knobs]):
    """Tracks with 10 to 134 marbles of four colours."""

    slug = "zuma"
    title = "Zuma"
    category = Category.PATTERN_MATCHING
    domain = Domain.IN
    version = 3
    levels = {
        Level.EASY: Knobs(
            marbles=(10, 30), groups=(0.1, 0.35, 0.35, 0.2), misses=0.15, counts=(1, 10)
        ),
        Level.MEDIUM: Knobs(marbles=(31, 75), groups=(0.1, 0.2, 0.2, 0.2, 0.2, 0.1), misses=0.0),
        Level.HARD: Knobs(
            marbles=(76, 134), groups=(0.1, 0.15, 0.15, 0.15, 0.15, 0.15, 0.15), misses=0.0
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a track with random marbles."""
        return generation.track(generation.draw_size(knobs, rng), knobs.repeat, rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return track, hole, frog and marbles."""
        return {
            "radius": RADIUS,
            "track": {"kind": "spiral", **state.track._asdict()},
            "hole": list(state.hole),
            "frog": {
                "pos": list(state.frog),
                "aim_deg": state.aim,
                "loaded": state.loaded,
                "next": state.next,
            },
            "marbles": [
                {"color": colour, "pos": list(centre)}
                for colour, centre in zip(state.colours, state.centres, strict=True)
            ],
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read them back."""
        track, frog, marbles = data["track"], data["frog"], data["marbles"]
        return State(
            track=Track(*(float(track[name]) for name in Track._fields)),
            hole=tuple(data["hole"]),
            frog=tuple(frog["pos"]),
            aim=frog["aim_deg"],
            loaded=frog["loaded"],
            next=frog["next"],
            colours=tuple(marble["color"] for marble in marbles),
            centres=tuple(tuple(marble["pos"]) for marble in marbles),
        )

    def split_key(self, state: State) -> Any:
        """Return all but the colour after the loaded one, which is not shown."""
        shown = [state.track, state.hole, state.frog, state.aim, state.loaded, state.colours]
        # Numbers as bytes: writing them in digits would cost more than all the rest.
        return json.dumps(shown).encode() + state.scene.key

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw track, marbles and frog with its dial and the names of the directions."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Tell the frog and the chain as seen from it."""
        return describe(state)


GAME = Zuma()
