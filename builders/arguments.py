"""What a caller may ask for: every option checked and brought into one canonical form."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, Literal, TypeAlias, TypeVar

from gameqa.api import whole_number
from gameqa.drawing import MAX_SIDE, STYLES
from gameqa.errors import GameQAError, unknown
from gameqa.game import Game, Task
from gameqa.sample import Level

T = TypeVar("T")

Size: TypeAlias = int | Literal["default"] | None
"""Rows of a split: a number, None for endless, or what the config has by default."""

TaskName: TypeAlias = str | int
"""A task's slug, its question id, or ``"game/task"``."""

OneOrMore: TypeAlias = T | Sequence[T]

MAX_PIXELS = MAX_SIDE * MAX_SIDE


def read_size(name: str, value: object, default: int) -> int | None:
    """Return a number of rows, or None for endless.

    Raises:
        GameQAError: it is negative, or no number at all.
    """
    if value is None:
        return None
    return default if value == "default" else whole_number(name, value, least=0)


def read_seed(value: object) -> int:
    """Return the seed.

    Raises:
        GameQAError: it is not an integer.
    """
    if isinstance(value, bool) or not isinstance(value, int):
        raise GameQAError(f"seed is {value!r}; it must be an integer.")
    return value


def read_style(value: object) -> str:
    """Return the name of a style.

    Raises:
        GameQAError: there is no such style.
    """
    style = str(value).strip().lower()
    if style not in STYLES:
        raise unknown("style", value, STYLES)
    return style


def read_min_pixels(value: object) -> int:
    """Return the least number of pixels of a picture.

    Raises:
        GameQAError: it is no whole number, or more than the largest picture has.
    """
    pixels = whole_number("min_pixels", value, least=1)
    if pixels > MAX_PIXELS:
        raise GameQAError(
            f"min_pixels is {pixels}; a picture has at most "
            f"{MAX_SIDE} x {MAX_SIDE} = {MAX_PIXELS} pixels."
        )
    return pixels


def read_levels(value: object) -> tuple[Level, ...] | None:
    """Return levels in ascending order; None stands for all.

    Raises:
        GameQAError: one of them is no level.
    """
    if value is None:
        return None
    chosen = set(_each("level", value, Level.parse))
    return tuple(level for level in Level if level in chosen)


def read_tasks(
    value: object, games: Iterable[Game[Any, Any]], config: str
) -> dict[str, list[Task[Any, Any]]]:
    """Return the tasks asked for, by game; of games without any there is no entry.

    A slug or id selects every task of that name among the games, ``"game/task"`` a single one.
    None selects the tasks that a game serves by default.

    Raises:
        GameQAError: a name is that of no task of these games.
    """
    games = list(games)
    if value is None:
        chosen = {(g.slug, t.slug) for g in games for t in g.tasks if t.is_default}
    else:
        chosen = set().union(*_each("task", value, lambda name: _tasks_named(name, games, config)))
    by_game = {g.slug: [t for t in g.tasks if (g.slug, t.slug) in chosen] for g in games}
    return {slug: tasks for slug, tasks in by_game.items() if tasks}


def _tasks_named(name: object, games: list[Game[Any, Any]], config: str) -> set[tuple[str, str]]:
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise GameQAError(f"tasks has {name!r}; a task is named by its slug or its question id.")
    folded = str(name).strip().lower().replace("-", "_").replace(" ", "_")
    found = {
        (game.slug, task.slug)
        for game in games
        for task in game.tasks
        if folded in (task.slug, str(task.question_id), f"{game.slug}/{task.slug}")
    }
    if not found:
        slugs = dict.fromkeys(task.slug for game in games for task in game.tasks)
        raise unknown(f"task of {config}", name, slugs)
    return found


def _each(kind: str, value: object, read: Callable[[Any], T]) -> list[T]:
    """Read one value or each of several.

    Raises:
        GameQAError: there is none, or it is neither a name nor a list of names.
    """
    if isinstance(value, str | int):
        return [read(value)]
    if not isinstance(value, Iterable):
        raise GameQAError(f"{value!r} is neither a {kind} nor a list of {kind}s.")
    read_values = [read(each) for each in value]
    if not read_values:
        raise GameQAError(f"An empty list of {kind}s selects nothing; leave it out to have all.")
    return read_values
