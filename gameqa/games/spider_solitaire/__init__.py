"""Spider Solitaire: eight suits on eight to ten piles, dealt row by row."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.cards import CARDS
from gameqa.drawing import Picture, Style
from gameqa.errors import GameQAError
from gameqa.game import Game, Query
from gameqa.games.spider_solitaire import generation
from gameqa.games.spider_solitaire.generation import Knobs, Order
from gameqa.games.spider_solitaire.picture import draw
from gameqa.games.spider_solitaire.rules import Pile, State
from gameqa.games.spider_solitaire.tasks import TASKS
from gameqa.games.spider_solitaire.words import describe
from gameqa.rng import Rng
from gameqa.sample import Category, Domain, Level


class SpiderSolitaire(Game[State, Knobs]):
    """Tables in the middle of a game; what lies face down decides nothing.

    Queries with ``numbered`` show the number of every card beside it: their questions use them.
    """

    slug = "spider_solitaire"
    title = "Spider Solitaire"
    category = Category.PATTERN_MATCHING
    domain = Domain.IN
    aliases = ("spider",)
    version = 4
    levels = {
        Level.EASY: Knobs(piles=8),
        Level.MEDIUM: Knobs(piles=9),
        Level.HARD: Knobs(piles=10),
    }
    tasks = TASKS

    def generate(self, knobs: Knobs, rng: Rng) -> State | None:
        """Make a table without anything planted."""
        suits = generation.some_suits(knobs, rng)
        return generation.assemble(knobs, Order(suits), rng)

    def encode(self, state: State) -> dict[str, Any]:
        """Return the visible part, and under ``hidden`` what lies face down."""
        return {
            "num_piles": len(state.piles),
            "num_suits": state.num_suits,
            "piles": _in_sight(state),
            "deals_left": state.deals_left,
            "foundations": list(state.foundations),
            "hidden": {
                "piles": [[card.code for card in cards] for cards in state.hidden_piles],
                "stock": [card.code for card in state.hidden_stock],
            },
        }

    def decode(self, data: Mapping[str, Any]) -> State:
        """Read a table back.

        Raises:
            GameQAError: its cards are not eight suits laid by the rules.
        """
        hidden = data["hidden"]
        state = State(
            num_suits=data["num_suits"],
            piles=tuple(
                Pile(pile["face_down"], tuple(CARDS[code] for code in pile["face_up"]))
                for pile in data["piles"]
            ),
            deals_left=data["deals_left"],
            foundations=tuple(data["foundations"]),
            hidden_piles=tuple(tuple(CARDS[c] for c in codes) for codes in hidden["piles"]),
            hidden_stock=tuple(CARDS[c] for c in hidden["stock"]),
        )
        if not state.is_sound():
            raise GameQAError("a Spider table holds eight complete suits in piles and stock")
        return state

    def split_key(self, state: State) -> Any:
        """Return what is in sight."""
        return [_in_sight(state), state.deals_left, state.foundations]

    def render(self, state: State, query: Query, style: Style) -> Picture:
        """Draw the table."""
        return draw(state, style, "numbered" in query)

    def describe(self, state: State, query: Query) -> str:
        """Write what is in sight, one token a card."""
        return describe(state, "numbered" in query)


def _in_sight(state: State) -> list[dict[str, Any]]:
    return [
        {"face_down": pile.face_down, "face_up": [card.code for card in pile.face_up]}
        for pile in state.piles
    ]


GAME = SpiderSolitaire()
