"""The options that say which rows are meant, shared by the commands that make rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import click

from gameqa import engine
from gameqa.builders.recipe import Recipe, make_recipe

F = TypeVar("F", bound=Callable[..., Any])

_OPTIONS = (
    click.option("--train-size", type=int, help="Rows of the split; 0 leaves it out."),
    click.option("--validation-size", type=int, help="Likewise."),
    click.option("--test-size", type=int, help="Likewise; of `all`, also of test_ood."),
    click.option("--tasks", multiple=True, help="Task names or ids, comma-separated or repeated."),
    click.option(
        "--plot-level", multiple=True, help="Of the boards: easy, medium, hard, likewise."
    ),
    click.option(
        "--qa-level", multiple=True, help="Of the questions: easy, medium, hard, likewise."
    ),
    click.option("--seed", default=0, show_default=True, help="Seeds are unrelated to each other."),
    click.option("--style", default="classic", show_default=True, help="classic, dark or varied."),
    click.option("--answer-format", default="choice", show_default=True, help="choice or open."),
    click.option("--modality", default="image", show_default=True, help="image or text."),
    click.option(
        "--min-pixels",
        default=engine.MIN_PIXELS,
        show_default=True,
        help="The least number of pixels of a picture.",
    ),
)


def recipe_options(command: F) -> F:
    """Give a command the options of a config, from --train-size to --min-pixels.

    They arrive as keyword arguments: pass them on to `read_recipe`.
    """
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


def read_recipe(config: str, options: dict[str, Any]) -> Recipe:
    """Return the recipe that a config's name and the values of `recipe_options` ask for.

    Raises:
        GameQAError: something asked for does not exist, or nothing is left of it.
    """
    settled = dict(options)
    for name in ("tasks", "plot_level", "qa_level"):
        settled[name] = [part for text in options[name] for part in text.split(",")] or None
    for name in ("train_size", "validation_size", "test_size"):
        settled[name] = "default" if options[name] is None else options[name]
    return make_recipe(config, **settled)
