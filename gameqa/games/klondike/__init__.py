"""Klondike: the classic solitaire of seven piles, four foundations, stock and waste."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.cards import CARDS
from gameqa.drawing import Picture, Style
from gameqa.errors import GameQAError
from gameqa.game import Game, Query
from gameqa.games.klondike import generation
from gameqa.games.klondike.generation import Knobs
from gameqa.games.klondike.picture import draw
from gameqa.games.klondike.rules import Pile, State
from gameqa.games.klondike.tasks import TASKS
from gameqa.games.klondike.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class Klondike(Game[State, Knobs]):
    """Tables in the middle of a game; what lies face down decides nothing."""

    slug = "klondike"
    title = "Klondike Solitaire"
    category = Category.PATTERN_MATCHING
    domain = Domain.OUT
    version = 3
    levels = {
        Level.EASY: Knobs(measure=(10, 19)),
        Level.MEDIUM: Knobs(measure=(20, 23)),
        Level.HARD: Knobs(measure=(24, 32), played=0.2),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a table without anything planted."""
        return generation.build(knobs, generation.some_wish(knobs, rng), rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the visible part, and under ``hidden`` what lies face down."""
        return {
            "stock": state.stock,
            "waste": [card.code for card in state.waste],
            "foundations": _foundations(state),
            "tableau": _tableau(state),
            "hidden": {
                "stock": [card.code for card in state.hidden_stock],
                "tableau": [[card.code for card in cards] for cards in state.hidden_tableau],
            },
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read a table back.

        Raises:
            GameQAError: its cards are not one deck laid by the rules.
        """
        state = State(
            stock=data["stock"],
            waste=tuple(CARDS[code] for code in data["waste"]),
            foundations=tuple(f and (f["suit"], f["top"]) for f in data["foundations"]),
            tableau=tuple(
                Pile(pile["face_down"], tuple(CARDS[code] for code in pile["face_up"]))
                for pile in data["tableau"]
            ),
            hidden_stock=tuple(CARDS[code] for code in data["hidden"]["stock"]),
            hidden_tableau=tuple(
                tuple(CARDS[code] for code in codes) for codes in data["hidden"]["tableau"]
            ),
        )
        if not state.is_sound():
            raise GameQAError("a Klondike table holds one deck, its face-up parts in sequence")
        return state

    def split_key(self, state: State) -> Any:
        """Return what is in sight: neither face-down cards nor the waste under its last card."""
        waste = [len(state.waste), *(card.code for card in state.waste[-1:])]
        return [state.stock, waste, _foundations(state), _tableau(state)]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the table with the names of its places."""
        return draw(state, style)

    def describe(self, state: State, query: Query) -> str:
        """Write what is in sight, one token a card."""
        return describe(state)


def _foundations(state: State) -> list[dict[str, Any] | None]:
    return [f and {"suit": f[0], "top": f[1]} for f in state.foundations]


def _tableau(state: State) -> list[dict[str, Any]]:
    return [
        {"face_down": pile.face_down, "face_up": [card.code for card in pile.face_up]}
        for pile in state.tableau
    ]


GAME = Klondike()
