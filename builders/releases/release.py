"""A release: a recipe with a name, whose rows are balanced over tasks and levels game by game."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gameqa.api import cells_of
from gameqa.builders.arguments import read_tasks
from gameqa.builders.recipe import Recipe, SplitRecipe
from gameqa.errors import GameQAError
from gameqa.game import Game, Task
from gameqa.sample import Level, Split
from gameqa.schedule import Cell, Schedule

Shares = Mapping[Level, int]
"""How often a cell of each level occurs, relative to the others; a level left out never does."""

EVEN: Shares = dict.fromkeys(Level, 1)


@dataclass(frozen=True)
class Size:
    """How many rows a split has.

    Attributes:
        rows: the number in all; None where it follows from the tasks.
        per_task: the number of each task; None where it does not matter.
    """

    rows: int | None = None
    per_task: int | None = None

    def scaled(self, factor: float) -> Size:
        """Return the size times a factor, at least one row or one row of each task."""

        def times(number: int | None) -> int | None:
            return None if number is None else max(1, round(number * factor))

        return Size(times(self.rows), times(self.per_task))


@dataclass(frozen=True)
class SplitPlan:
    """One split of a release: which games, how many rows."""

    split: Split
    games: tuple[Game[Any, Any], ...]
    size: Size


@dataclass(frozen=True)
class Release:
    """A recipe file, read and checked.

    Attributes:
        name: the release's name, fit for a repository.
        title: its name for people.
        description: what it is for, in a few sentences.
        recipe: what its rows depend on.
        shard_rows: the most rows that a file holds.
        text: the recipe file itself.
    """

    name: str
    title: str
    description: str
    recipe: Recipe
    shard_rows: int
    text: str

    @property
    def about(self) -> dict[str, str]:
        """What a manifest tells people."""
        return {"title": self.title, "description": self.description, "yaml": self.text}


def make_splits(
    plans: Sequence[SplitPlan],
    tasks: object,
    plot_levels: Shares,
    qa_levels: Shares,
    seed: int,
    name: str,
) -> tuple[SplitRecipe, ...]:
    """Divide the rows of each split among its games, so that all their cells get the same number.

    A cell is a game, a task and a plot level. Where the number of rows is no multiple of the number
    of cells, some cells have one row more. Shares put a cell several times into a block of the
    schedule; its rows then differ by as many at most.

    Args:
        plans: the splits.
        tasks: which tasks; the published ones when None.
        plot_levels: how often each level of the boards occurs.
        qa_levels: how often each level of the questions occurs.
        seed: the seed of the schedules.
        name: the release, for errors.

    Raises:
        GameQAError: nothing is left of a split.
    """
    every = list({game.slug: game for plan in plans for game in plan.games}.values())
    chosen = read_tasks(tasks, every, name)
    splits = []
    for plan in plans:
        cells = {
            game.slug: _cells(game, chosen.get(game.slug, ()), plot_levels, qa_levels)
            for game in plan.games
        }
        cells = {slug: of for slug, of in cells.items() if of}
        if not cells:
            raise GameQAError("no task is left of these games, tasks and levels.")
        rows = _divide(plan, cells)
        splits += [
            SplitRecipe(plan.split.value, Schedule(of, seed, plan.split), rows[slug], slug)
            for slug, of in cells.items()
            if rows[slug]
        ]
    return tuple(splits)


def _cells(
    game: Game[Any, Any], tasks: Sequence[Task[Any, Any]], plot_levels: Shares, qa_levels: Shares
) -> tuple[Cell, ...]:
    levels = [level for level in game.levels if plot_levels.get(level)]
    return tuple(
        cell
        for task in tasks
        for cell in cells_of(game, [task], levels)
        for _ in range(plot_levels[cell.plot_level] * qa_levels.get(task.qa_level, 0))
    )


def _divide(plan: SplitPlan, cells: Mapping[str, Sequence[Cell]]) -> dict[str, int]:
    """Return how many rows each game has."""
    blocks = {slug: len(of) for slug, of in cells.items()}
    if plan.size.per_task is not None:
        per_task = plan.size.per_task
        for of in cells.values():
            if len(set(Counter(cell.task for cell in of).values())) > 1:
                raise GameQAError(
                    "per_task: shares of qa_level give tasks unequal numbers of rows."
                )
        return {slug: per_task * len({cell.task for cell in of}) for slug, of in cells.items()}
    rows = plan.size.rows or 0
    whole, rest = divmod(rows, sum(blocks.values()))
    # What does not fill a block of every game is divided by largest remainder.
    exact = {slug: rest * block / sum(blocks.values()) for slug, block in blocks.items()}
    extra = {slug: int(part) for slug, part in exact.items()}
    left = rest - sum(extra.values())
    for slug in sorted(blocks, key=lambda slug: (extra[slug] - exact[slug], slug))[:left]:
        extra[slug] += 1
    return {slug: whole * block + extra[slug] for slug, block in blocks.items()}
