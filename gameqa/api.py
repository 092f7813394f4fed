"""One sample by name: `gameqa.sample`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from gameqa import engine
from gameqa.errors import GameQAError
from gameqa.game import Game, Task
from gameqa.registry import get_game
from gameqa.sample import Form, Level, Modality, Sample, Split
from gameqa.schedule import Cell, Schedule


def cells_of(
    game: Game[Any, Any],
    tasks: Iterable[Task[Any, Any]] | None = None,
    plot_levels: Iterable[Level] | None = None,
) -> tuple[Cell, ...]:
    """Return a game's cells, tasks outermost.

    Args:
        game: the game.
        tasks: which tasks; its default ones (published ids) when None.
        plot_levels: which levels; all that the game has when None.
    """
    chosen = [task for task in game.tasks if task.is_default] if tasks is None else tasks
    levels = list(game.levels) if plot_levels is None else list(plot_levels)
    return tuple(Cell(game.slug, task.slug, level) for task in chosen for level in levels)


def sample(
    game: str | Game[Any, Any],
    *,
    task: str | int | None = None,
    plot_level: str | Level | None = None,
    split: str | Split = "train",
    seed: int = 0,
    index: int = 0,
    style: str = "classic",
    answer_format: str | Form = "choice",
    modality: str | Modality = "image",
    min_pixels: int = engine.MIN_PIXELS,
) -> Sample:
    """Make one sample.

    Args:
        game: slug or alias of a registered game (see `list_games`), or a game itself.
        task: slug or question id; what ``index`` says when None.
        plot_level: "easy", "medium" or "hard"; what ``index`` says when None.
        split: "train", "validation" or "test".
        seed: any integer; different seeds are unrelated.
        index: row of the endless dataset that the other arguments name; the same row that
            ``load_dataset("gameqa", game, ...)`` has at that place.
        style: "classic", "dark" or "varied".
        answer_format: "choice", or "open" for tasks that can be asked without options.
        modality: "image", or "text" for the board in words.
        min_pixels: the least number of pixels of the picture.

    Raises:
        GameQAError: an argument is none of the allowed values.
    """
    chosen = game if isinstance(game, Game) else get_game(game)
    tasks = None if task is None else [chosen.task(str(task))]
    levels = None if plot_level is None else [Level.parse(plot_level)]
    cells = cells_of(chosen, tasks, levels)
    schedule = Schedule(cells, whole_number("seed", seed), Split.parse(split))
    cell, number = schedule.at(whole_number("index", index, 0))
    asked = chosen.task(cell.task)
    return engine.make(
        chosen,
        asked,
        engine.address_of(chosen, asked, cell.plot_level, schedule.split, seed, number),
        style=style,
        answer_format=Form.parse(answer_format),
        modality=Modality.parse(modality),
        min_pixels=min_pixels,
    )


def whole_number(name: str, value: object, least: int | None = None) -> int:
    """Return the value if it is an integer, of at least ``least`` where that is given.

    Raises:
        GameQAError: it is not.
    """
    if (
        isinstance(value, bool)
        or not isinstance(value, int)
        or (least is not None and value < least)
    ):
        bound = "" if least is None else f" of at least {least}"
        raise GameQAError(f"{name} is {value!r}; it must be a whole number{bound}.")
    return value
