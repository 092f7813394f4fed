"""Minecraft: scenes of blocks on the ground, with rivers to cross and towers to climb."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.minecraft import generation
from gameqa.games.minecraft.generation import Knobs
from gameqa.games.minecraft.picture import draw
from gameqa.games.minecraft.rules import KINDS, State, crossing, same_bank
from gameqa.games.minecraft.tasks import TASKS
from gameqa.games.minecraft.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Minecraft(Game[State, Knobs]):
    """A square piece of ground with blocks, water, lava and a player, seen from a corner."""

    slug = "minecraft"
    title = "Minecraft"
    category = Category.SPATIAL_3D
    domain = Domain.OUT
    version = 4
    levels = {
        Level.EASY: Knobs(
            fixed_kinds=1,
            instances=1,
            cubes=(4, 30),
            heaps=0.0,
            crossing=(1, 3),
            climbing=2,
            both=(0, 3),
        ),
        Level.MEDIUM: Knobs(
            fixed_kinds=2,
            instances=2,
            cubes=(31, 70),
            heaps=0.0,
            crossing=(2, 5),
            climbing=3,
            both=(1, 6),
        ),
        Level.HARD: Knobs(
            fixed_kinds=3,
            instances=2,
            cubes=(71, 150),
            heaps=0.5,
            crossing=(2, 6),
            climbing=5,
            both=(3, 10),
            irregular=True,
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a scenery with some of the kinds of thing."""
        kinds = rng.sample(KINDS, knobs.fixed_kinds + rng.below(4))
        state = generation.scenery(kinds, knobs, rng)
        return None if state is None else generation.seen_from(state, rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the fields of a state, and three facts that follow from them."""
        return {
            "scene": state.scene,
            "blocks": [{"pos": cell, "kind": kind} for cell, kind in state.blocks],
            "ladders": state.ladders,
            "water": state.water,
            "lava": state.lava,
            "player": state.player,
            "target": state.target and {"pos": state.target[0], "kind": state.target[1]},
            "extent": state.extent,
            "camera": {"azimuth": state.camera[0], "elevation": state.camera[1]},
            "style": {"ground": state.look[0], "plain": state.look[1]},
            "river_width": crossing(state).cost if state.player and state.water else None,
            "blocks_under_target": state.target and state.under_target(),
            "same_bank": same_bank(state) if state.target else None,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        target = data["target"]
        return State(
            scene=data["scene"],
            blocks=tuple((tuple(block["pos"]), block["kind"]) for block in data["blocks"]),
            ladders=tuple(map(tuple, data["ladders"])),
            water=tuple(map(tuple, data["water"])),
            lava=tuple(map(tuple, data["lava"])),
            player=data["player"] and tuple(data["player"]),
            target=target and (tuple(target["pos"]), target["kind"]),
            extent=tuple(data["extent"]),
            camera=(data["camera"]["azimuth"], data["camera"]["elevation"]),
            look=(data["style"]["ground"], data["style"]["plain"]),
        )

    def split_key(self, state: State) -> Any:
        """Return the scene without the side from which it is seen and without its colours."""
        return [
            state.scene,
            state.blocks,
            state.ladders,
            state.water,
            state.lava,
            state.player,
            state.target,
            state.extent,
        ]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the scene."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write a map of the ground and what stands on it."""
        return describe(state)


GAME = Minecraft()
