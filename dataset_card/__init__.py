"""The dataset card: generated from the data that was built, merged with what people wrote.

    >>> from gameqa.builders.hub.finished import open_build
    >>> from gameqa.dataset_card import write_card
    >>> write_card(open_build("gameqa-5k"))           # README.md, and its pictures in card/

Needs the extra ``report``: ``pip install "gameqa[report]"``.
"""

from __future__ import annotations

from gameqa.dataset_card.card import Card, make_card, write_card

__all__ = ["Card", "make_card", "write_card"]
