"""The builder's configs: a name and options, as `datasets` wants them."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

import datasets
from datasets.fingerprint import Hasher

import gameqa
from gameqa.builders.arguments import OneOrMore, Size, TaskName
from gameqa.builders.catalogue import ALL, config_names
from gameqa.builders.recipe import Recipe, make_recipe
from gameqa.engine import MIN_PIXELS
from gameqa.errors import unknown


@dataclass
class GameQAConfig(datasets.BuilderConfig):  # type: ignore[misc]
    """One config of the dataset; everything in it is checked when it is made.

    Attributes:
        name: a game (or an alias of it), a category, "in_domain", "out_of_domain" or "all".
        train_size: rows of the split in the whole config; 0 leaves the split out, None makes it
            endless (when streaming), "default" is 1,000 for a game, 5,000 for a category, 20,000
            for the others.
        validation_size: likewise; by default 200, 1,000, 2,000.
        test_size: likewise, also for ``test_ood``; by default 200, 1,000, 2,000.
        tasks: which tasks, one or a list of slugs, question ids or "game/task"; None is all
            published ones.
        plot_level: how hard the boards are, one or a list of "easy", "medium", "hard"; None is all.
        qa_level: how hard the questions are, likewise.
        seed: any integer; the rows of different seeds are unrelated.
        style: "classic", "dark" or "varied".
        answer_format: "choice", or "open" for tasks that can be asked without options.
        modality: "image", or "text" for the board in words at the head of the question.
        min_pixels: the least number of pixels of a picture.

    Raises:
        GameQAError: one of them is none of the allowed values.
    """

    name: str = ALL
    train_size: Size = "default"
    validation_size: Size = "default"
    test_size: Size = "default"
    tasks: OneOrMore[TaskName] | None = None
    plot_level: OneOrMore[str] | None = None
    qa_level: OneOrMore[str] | None = None
    seed: int = 0
    style: str = "classic"
    answer_format: str = "choice"
    modality: str = "image"
    min_pixels: int = MIN_PIXELS

    def __post_init__(self) -> None:
        """Check name and options; a plain config of a known name imports no game for that."""
        self.version = _version()
        if self.name not in config_names() or self._options() != _DEFAULTS:
            self.name = self.recipe.config
        super().__post_init__()

    @cached_property
    def recipe(self) -> Recipe:
        """Everything that the rows depend on.

        Raises:
            GameQAError: the name or an option is none of the allowed values.
        """
        return make_recipe(self.name, **self._options())

    def create_config_id(
        self, config_kwargs: dict[str, Any], custom_features: datasets.Features | None = None
    ) -> str:
        """Return the name of the cache directory.

        It follows from the recipe, not from how the recipe was asked for: equal requests share
        their data, and another version of an engine or another PNG encoder gets data of its own.
        """
        digest = self.recipe.digest()
        if custom_features is not None:
            digest = Hasher.hash([digest, custom_features])
        return f"{self.name}-{digest}"

    def _options(self) -> dict[str, Any]:
        return {option: getattr(self, option) for option in OPTIONS}


_INHERITED = {field.name for field in fields(datasets.BuilderConfig)}

OPTIONS = tuple(field.name for field in fields(GameQAConfig) if field.name not in _INHERITED)
"""The names of the options of a config."""

_DEFAULTS = {field.name: field.default for field in fields(GameQAConfig) if field.name in OPTIONS}


def read_config(name: str | None, options: dict[str, Any]) -> GameQAConfig:
    """Make a config from the keyword arguments of a call.

    Raises:
        GameQAError: an argument or its value is unknown.
    """
    for option in options:
        if option not in OPTIONS:
            raise unknown("option", option, OPTIONS)
    return GameQAConfig(name=ALL if name is None else name, **options)


def _version() -> datasets.Version:
    """Return gameqa's version in the form x.y.z, the only one that `datasets` reads."""
    numbers = [*re.findall(r"\d+", gameqa.__version__)[:3], "0", "0", "0"]
    return datasets.Version(".".join(numbers[:3]))
