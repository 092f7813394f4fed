"""Tangram: a board cut into pieces, some of them lifted out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.tangram import generation
from gameqa.games.tangram.generation import Knobs
from gameqa.games.tangram.picture import draw
from gameqa.games.tangram.rules import Piece, State, TrayPiece
from gameqa.games.tangram.tasks import TASKS
from gameqa.games.tangram.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Tangram(Game[State, Knobs]):
    """Boards of numbered pieces with some of them in a tray."""

    slug = "tangram"
    title = "Tangram"
    category = Category.PATTERN_MATCHING
    domain = Domain.IN
    aliases = ("tengram",)
    version = 3
    levels = {
        Level.EASY: Knobs(
            size=(5, 5), pieces=(4, 6), removed=(1, 1), count=(2, 2), area=(3, 5), adjacent=(1, 1)
        ),
        Level.MEDIUM: Knobs(
            size=(6, 8), pieces=(5, 9), removed=(1, 3), count=(2, 5), area=(4, 8), adjacent=(1, 2)
        ),
        Level.HARD: Knobs(
            size=(9, 12),
            pieces=(8, 14),
            removed=(1, 3),
            count=(4, 9),
            area=(5, 12),
            adjacent=(2, 3),
        ),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board with some pieces removed."""
        size, count = (generation.within(bounds, rng) for bounds in (knobs.size, knobs.pieces))
        removed = generation.within(knobs.removed, rng)
        return next(generation.states(knobs, size, count, removed, rng), None)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the four fields of a state, and the board for convenience."""
        return {
            "size": state.size,
            "pieces": [
                {"label": p.label, "color": p.color, "cells": p.cells} for p in state.pieces
            ],
            "removed": state.removed,
            "tray": [
                {
                    "label": p.label,
                    "mask": p.mask,
                    "rotation_cw": p.rotation_cw,
                    "mirrored": p.mirrored,
                }
                for p in state.tray
            ],
            "board": state.board,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back; the board follows from them."""
        return State(
            size=data["size"],
            pieces=tuple(
                Piece(p["label"], p["color"], tuple(map(tuple, p["cells"]))) for p in data["pieces"]
            ),
            removed=tuple(data["removed"]),
            tray=tuple(
                TrayPiece(p["label"], tuple(map(tuple, p["mask"])), p["rotation_cw"], p["mirrored"])
                for p in data["tray"]
            ),
        )

    def split_key(self, state: State) -> Any:
        """Return board and tray as drawn: not where the removed pieces lay, and no colours."""
        return [state.size, state.board, [[piece.label, piece.mask] for piece in state.tray]]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers, and the tray."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of labels, and the shapes in the tray."""
        return describe(state)


GAME = Tangram()
