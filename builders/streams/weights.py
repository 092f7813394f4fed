"""Weights: how often each task and level occurs in a mixture, from names and numbers.

A name is a source of rows. Sources share the stream in proportion to their weights; within a source
every task is equally often. What no name speaks of does not occur.

    {"sokoban": 3, "maze": 1}                          three rows of sokoban for each of maze
    {"sokoban/minimum_moves": 1, "maze": 1}            one task of one game, all of the other
    {"spatial_3d": 1, "strategic_planning": 2}         categories
    {"hard": 3, "easy": 1}                             levels: of whatever the other names select
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gameqa.errors import GameQAError, unknown
from gameqa.registry import get_game
from gameqa.sample import Level
from gameqa.schedule import Cell


@dataclass(frozen=True)
class TaskShare:
    """One task of a mixture.

    Attributes:
        game: its game.
        task: its slug.
        share: its part of the rows; those of all tasks add up to 1.
        levels: the parts of its levels, which add up to 1.
    """

    game: str
    task: str
    share: float
    levels: tuple[tuple[Level, float], ...]


def task_shares(
    weights: Mapping[str, float] | None, cells: Sequence[Cell], config: str
) -> tuple[TaskShare, ...]:
    """Return the tasks that occur, in the order of the cells.

    Args:
        weights: weights by name; None is every cell equally often, as in the config itself.
        cells: what the config holds.
        config: its name, for messages.

    Raises:
        GameQAError: a name selects nothing, or a weight is no number of at least 0.
    """
    by_level: dict[Level, float] = {}
    sources: dict[str, float] = {}
    for name, weight in _checked({} if weights is None else weights).items():
        level = _level(name)
        if level is None:
            sources[name] = weight
        else:
            by_level[level] = by_level.get(level, 0.0) + weight
    if weights is None:
        by_cell = dict.fromkeys(cells, 1.0)
    else:
        by_cell = dict.fromkeys(cells, 0.0)
        if not sources:
            _spread(by_cell, cells, 1.0, by_level)
        for name, weight in sources.items():
            if weight:
                own_level = names_levels({name: weight})
                chosen = _selected(name, cells, config)
                _spread(by_cell, chosen, weight, {} if own_level else by_level)
    total = sum(by_cell.values())
    if not total > 0:
        raise GameQAError(f"The weights {dict(weights or {})} leave nothing of {config}.")
    return tuple(_by_task({cell: weight / total for cell, weight in by_cell.items()}))


def names_levels(weights: Mapping[str, float] | None) -> bool:
    """Return whether a weight is about a level."""
    return any(_level(part) is not None for name in weights or {} for part in name.split("/"))


def _checked(weights: Mapping[str, float]) -> dict[str, float]:
    checked = {}
    for name, weight in weights.items():
        good = isinstance(weight, int | float) and not isinstance(weight, bool)
        if not good or not math.isfinite(weight) or weight < 0:
            raise GameQAError(f"The weight of {name!r} is {weight!r}; it must be a number >= 0.")
        checked[str(name)] = float(weight)
    return checked


def _spread(
    by_cell: dict[Cell, float], cells: Sequence[Cell], weight: float, by_level: dict[Level, float]
) -> None:
    """Add a source's weight to its cells: tasks equally, levels as asked for, or equally too."""
    tasks: dict[tuple[str, str], list[Cell]] = {}
    for cell in cells:
        tasks.setdefault((cell.game, cell.task), []).append(cell)
    for of_task in tasks.values():
        parts = [by_level.get(cell.plot_level, 0.0) if by_level else 1.0 for cell in of_task]
        if sum(parts):
            for cell, part in zip(of_task, parts, strict=True):
                by_cell[cell] += weight / len(tasks) * part / sum(parts)


def _by_task(shares: Mapping[Cell, float]) -> Iterable[TaskShare]:
    tasks: dict[tuple[str, str], list[Cell]] = {}
    for cell, share in shares.items():
        if share > 0:
            tasks.setdefault((cell.game, cell.task), []).append(cell)
    for (game, task), cells in tasks.items():
        share = sum(shares[cell] for cell in cells)
        levels = tuple((cell.plot_level, shares[cell] / share) for cell in cells)
        yield TaskShare(game, task, share, levels)


def _selected(name: str, cells: Sequence[Cell], config: str) -> list[Cell]:
    """Return the cells of a source: category, game, task, game/task, game/level, or all three.

    Raises:
        GameQAError: there are none.
    """
    parts = [_fold(part) for part in name.split("/")]
    found = [cell for cell in cells if _matches(cell, parts)]
    if not found:
        games = dict.fromkeys(cell.game for cell in cells)
        tasks = dict.fromkeys(f"{cell.game}/{cell.task}" for cell in cells)
        known = tasks if "/" in name else [*games, *(level.value.lower() for level in Level)]
        raise unknown(f"source of {config}", name, known)
    return found


def _matches(cell: Cell, parts: list[str]) -> bool:
    first, *rest = parts
    game = get_game(cell.game)
    if not rest:
        return first in (cell.game, cell.task, game.category.slug, *map(_fold, game.aliases))
    if first not in (cell.game, *map(_fold, game.aliases)):
        return False
    return all(part in (cell.task, cell.plot_level.value.lower()) for part in rest)


def _level(name: str) -> Level | None:
    return next((level for level in Level if _fold(name) == level.value.lower()), None)


def _fold(name: str) -> str:
    return name.strip().lower().replace("-", "_").replace(" ", "_")
