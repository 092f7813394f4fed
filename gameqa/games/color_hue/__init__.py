"""Color Hue: rows and columns of a board filled by colour gradients."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.drawing import Picture, Style
from gameqa.game import Game, Query
from gameqa.games.color_hue import generation
from gameqa.games.color_hue.generation import Knobs
from gameqa.games.color_hue.picture import draw
from gameqa.games.color_hue.rules import Blank, Line, State
from gameqa.games.color_hue.tasks import TASKS
from gameqa.games.color_hue.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class ColorHue(Game[State, Knobs]):
    """Boards of crossing gradients, some cells blank and to be chosen from swatches."""

    slug = "color_hue"
    title = "Color Hue"
    category = Category.PATTERN_MATCHING
    domain = Domain.IN
    aliases = ("hue",)
    version = 2
    levels = {
        Level.EASY: Knobs(size=(5, 5), lines=(2, 3), blanks=(2, 3), apart=25, names_apart=38),
        Level.MEDIUM: Knobs(size=(6, 7), lines=(3, 4), blanks=(2, 4), apart=15, names_apart=33),
        Level.HARD: Knobs(size=(8, 10), lines=(4, 6), blanks=(2, 5), apart=10, names_apart=28),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a board without blanks."""
        canvas = next(generation.boards(knobs, rng), None)
        return None if canvas is None else canvas.state()

    def encode(self, state: State) -> dict[str, Any]:
        """Return the five fields of a state."""
        return {
            "size": state.size,
            "lines": [
                {
                    "orientation": line.orientation,
                    "index": line.index,
                    "start": line.start,
                    "end": line.end,
                    "start_color": line.start_color,
                    "end_color": line.end_color,
                }
                for line in state.lines
            ],
            "cells": [{"row": r, "col": c, "rgb": rgb} for r, c, rgb in state.cells],
            "blanks": [
                {"label": b.label, "row": b.row, "col": b.col, "rgb": b.rgb} for b in state.blanks
            ],
            "palette": state.palette,
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read the fields back."""
        return State(
            size=data["size"],
            lines=tuple(
                Line(
                    line["orientation"],
                    line["index"],
                    line["start"],
                    line["end"],
                    tuple(line["start_color"]),
                    tuple(line["end_color"]),
                )
                for line in data["lines"]
            ),
            cells=tuple((c["row"], c["col"], tuple(c["rgb"])) for c in data["cells"]),
            blanks=tuple(
                Blank(b["label"], b["row"], b["col"], tuple(b["rgb"])) for b in data["blanks"]
            ),
            palette=tuple(map(tuple, data["palette"])),
        )

    def split_key(self, state: State) -> Any:
        """Return what is shown: neither the lines nor the colours of blank cells."""
        return [
            state.size,
            sorted([*cell, *rgb] for cell, rgb in state.visible.items()),
            [[blank.label, blank.row, blank.col] for blank in state.blanks],
            state.palette,
        ]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the board with its row and column numbers, and the swatches."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write the board as a grid of RGB triples."""
        return describe(state)


GAME = ColorHue()
