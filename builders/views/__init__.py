"""Views: gameqa's rows in the formats of trainers.

    >>> from gameqa.builders import views
    >>> views.trl_grpo(load_dataset("gameqa", "in_domain", split="train", streaming=True))

`gameqa export` writes the same as files.
"""

from __future__ import annotations

from gameqa.builders.views.formats import VIEWS, View, get_view
from gameqa.builders.views.settings import Settings
from gameqa.builders.views.viewing import (
    as_view,
    easyr1,
    llama_factory,
    messages,
    ms_swift,
    ms_swift_sft,
    openrlhf,
    trl_grpo,
    trl_sft,
    verl,
)

__all__ = [
    "VIEWS",
    "Settings",
    "View",
    "as_view",
    "easyr1",
    "get_view",
    "llama_factory",
    "messages",
    "ms_swift",
    "ms_swift_sft",
    "openrlhf",
    "trl_grpo",
    "trl_sft",
    "verl",
]
