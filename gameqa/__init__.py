"""gameqa: thirty game engines that make visual questions with checked answers.

    >>> import gameqa
    >>> sample = gameqa.sample("sokoban", task="minimum_moves", plot_level="hard", index=12)

Importing gameqa also teaches ``datasets.load_dataset`` the name ``"gameqa"``, without importing
datasets before you do.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from gameqa import _datasets_hook
from gameqa.errors import GameQAError, GenerationError
from gameqa.registry import get_game, list_games
from gameqa.sample import Sample

# Last, so that the name is the function, not the module of the vocabulary.
from gameqa.api import sample  # isort: skip

if TYPE_CHECKING:
    from gameqa.builders import load_dataset
    from gameqa.evaluation import Evaluation, compare, evaluate
    from gameqa.grading import Grade, grade, grading_spec

__version__ = "0.1.0"

__all__ = [
    "Evaluation",
    "GameQAError",
    "GenerationError",
    "Grade",
    "Sample",
    "compare",
    "evaluate",
    "get_game",
    "grade",
    "grading_spec",
    "list_games",
    "load_dataset",
    "sample",
]

# Loaded on first use: the builders bring in datasets, which takes a second; the others are many
# small files and patterns.
_HOMES = {
    "Evaluation": "gameqa.evaluation",
    "Grade": "gameqa.grading",
    "compare": "gameqa.evaluation",
    "evaluate": "gameqa.evaluation",
    "grade": "gameqa.grading",
    "grading_spec": "gameqa.grading",
    "load_dataset": "gameqa.builders",
}
_ROOMS = ("grading", "prompts")


def __getattr__(name: str) -> Any:
    import importlib

    if name in _HOMES:
        globals()[name] = getattr(importlib.import_module(_HOMES[name]), name)
        return globals()[name]
    if name in _ROOMS:
        return importlib.import_module(f"gameqa.{name}")
    raise AttributeError(f"module 'gameqa' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


_datasets_hook.install()
