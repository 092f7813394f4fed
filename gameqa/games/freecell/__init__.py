"""FreeCell: all 52 cards in sight, four free cells, four foundations."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.cards import CARDS
from gameqa.drawing import Picture, Style
from gameqa.errors import GameQAError
from gameqa.game import Game, Query
from gameqa.games.freecell import generation
from gameqa.games.freecell.generation import Knobs
from gameqa.games.freecell.picture import draw
from gameqa.games.freecell.rules import FOUNDATION_ORDER, State
from gameqa.games.freecell.tasks import TASKS
from gameqa.games.freecell.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class FreeCell(Game[State, Knobs]):
    """Tables in the middle of a game; nothing is hidden."""

    slug = "freecell"
    title = "FreeCell"
    category = Category.PATTERN_MATCHING
    domain = Domain.IN
    aliases = ("free_cell",)
    version = 3
    levels = {
        Level.EASY: Knobs(cascades=8, moves=(1, 2)),
        Level.MEDIUM: Knobs(cascades=6, moves=(2, 3)),
        Level.HARD: Knobs(cascades=4, moves=(3, 4)),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State:
        """Make a table without anything planted."""
        return generation.plain_state(knobs, rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return cascades, free cells and the heights of the foundations."""
        return {
            "n_cascades": len(state.cascades),
            "cascades": [[card.code for card in cascade] for cascade in state.cascades],
            "free_cells": [card.code if card else None for card in state.cells],
            "foundations": dict(zip(FOUNDATION_ORDER, state.foundations, strict=True)),
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read a table back.

        Raises:
            GameQAError: its cards are not exactly one deck.
        """
        state = State(
            cascades=tuple(tuple(CARDS[code] for code in codes) for codes in data["cascades"]),
            cells=tuple(CARDS[code] if code else None for code in data["free_cells"]),
            foundations=tuple(data["foundations"][suit] for suit in FOUNDATION_ORDER),
        )
        if not state.is_whole():
            raise GameQAError("a FreeCell table holds each of the 52 cards exactly once")
        return state

    def split_key(self, state: State) -> Any:
        """Return the whole state: all of it is visible."""
        return self.encode(state)

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the table with the numbers of cascades and free cells."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write every card, place by place."""
        return describe(state)


GAME = FreeCell()
