"""The builder library: gameqa as a `datasets` dataset, as files, and on the command line.

    >>> from gameqa.builders import GameQA, load_dataset
    >>> load_dataset("sokoban", split="train")

Names are imported on first use, so that the command line can list games without the second that
`datasets` takes.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gameqa.builders.configs import GameQAConfig
    from gameqa.builders.dataset_builder import GameQA
    from gameqa.builders.loading import load_dataset
    from gameqa.builders.provenance import recipe_of
    from gameqa.builders.recipe import Recipe, make_recipe

_HOMES = {
    "GameQA": "dataset_builder",
    "GameQAConfig": "configs",
    "Recipe": "recipe",
    "load_dataset": "loading",
    "make_recipe": "recipe",
    "recipe_of": "provenance",
}

__all__ = ["GameQA", "GameQAConfig", "Recipe", "load_dataset", "make_recipe", "recipe_of"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
