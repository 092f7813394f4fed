"""A recipe: everything that the rows of a dataset depend on, settled and comparable."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import gameqa
from gameqa import engine
from gameqa.api import cells_of
from gameqa.builders import arguments, catalogue
from gameqa.builders.arguments import OneOrMore, Size, TaskName
from gameqa.builders.encoder import encoder_of
from gameqa.errors import GameQAError
from gameqa.game import Game
from gameqa.registry import get_game
from gameqa.sample import Form, Level, Modality, Sample, Split
from gameqa.schedule import Cell, Schedule

TEST_OOD = "test_ood"
"""The split of ``all`` that holds the games out of domain."""


@dataclass(frozen=True)
class SplitRecipe:
    """One split of a dataset.

    Attributes:
        name: its name in the dataset.
        schedule: which cell each of its rows is. A cell that stands in it several times has as
            many rows in a block, each a sample of its own.
        rows: how many rows it has; None when endless.
        game: the game whose rows these are, where each game has files of its own; else "".
    """

    name: str
    schedule: Schedule
    rows: int | None
    game: str = ""


@dataclass(frozen=True)
class Recipe:
    """What the rows of a dataset depend on. Make one with `make_recipe` or `read_release`.

    Attributes:
        config: the name of the config, or of the release.
        splits: the splits; of a release, those of each game.
        seed: the seed of every schedule.
        style: the style of the pictures.
        answer_format: the wished form of the questions.
        modality: pictures, or text.
        min_pixels: the least number of pixels of a picture.
        png_encoder: the encoder that pictures must be written with; "" is the best installed.
        shares: of "plot_level" or "qa_level", how often each level occurs relative to the others.
    """

    config: str
    splits: tuple[SplitRecipe, ...]
    seed: int
    style: str
    answer_format: Form
    modality: Modality
    min_pixels: int
    png_encoder: str = ""
    shares: tuple[tuple[str, tuple[tuple[Level, int], ...]], ...] = ()

    def split(self, name: str, game: str = "") -> SplitRecipe:
        """Return the split of that name; of a release, that of the game."""
        return next(split for split in self.splits if (split.name, split.game) == (name, game))

    def samples(self, split: SplitRecipe, rows: Iterable[int]) -> Iterator[Sample]:
        """Make rows of a split, each from its own address."""
        schedule = split.schedule
        at = -1
        places: tuple[tuple[Cell, int], ...] = ()
        for row in rows:
            block, place = divmod(row, schedule.block_size)
            if block != at:
                at, places = block, _block(schedule, block)
            cell, index = places[place]
            game = get_game(cell.game)
            task = game.task(cell.task)
            yield engine.make(
                game,
                task,
                engine.address_of(
                    game, task, cell.plot_level, schedule.split, schedule.seed, index
                ),
                style=self.style,
                answer_format=self.answer_format,
                modality=self.modality,
                min_pixels=self.min_pixels,
            )

    def as_dict(self) -> dict[str, Any]:
        """Return the recipe as JSON-able data, the versions of what cooks it included."""
        cells = [cell for split in self.splits for cell in split.schedule.cells]
        tasks: dict[str, list[str]] = {}
        for cell in sorted(dict.fromkeys(cells), key=lambda cell: cell.game):
            of_game = tasks.setdefault(cell.game, [])
            if cell.task not in of_game:
                of_game.append(cell.task)
        levels = {cell.plot_level for cell in cells}
        with_pictures = self.modality is Modality.IMAGE
        made: dict[str, Any] = {
            "config": self.config,
            "splits": {split.name: split.rows for split in self.splits},
            "tasks": tasks,
            "plot_level": [level.value for level in Level if level in levels],
            "seed": self.seed,
            "style": self.style,
            "answer_format": self.answer_format.value,
            "modality": self.modality.value,
            "min_pixels": self.min_pixels,
            "gameqa": gameqa.__version__,
            "engines": {slug: get_game(slug).version for slug in tasks},
            "png_encoder": encoder_of(self.png_encoder) if with_pictures else None,
        }
        if any(split.game for split in self.splits):
            by_game: dict[str, dict[str, int]] = {}
            for split in self.splits:
                by_game.setdefault(split.game, {})[split.name] = split.rows or 0
            made["rows"] = by_game
            made["splits"] = {
                name: sum(rows.get(name, 0) for rows in by_game.values()) for name in made["splits"]
            }
        for option, shares in self.shares:
            made[option] = {level.value: share for level, share in shares}
        return made

    def digest(self) -> str:
        """Return a fingerprint: equal recipes, and only they, make the same bytes."""
        text = json.dumps(self.as_dict(), sort_keys=True)
        return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


@lru_cache(maxsize=64)
def _block(schedule: Schedule, block: int) -> tuple[tuple[Cell, int], ...]:
    """Return the cells of a block in order, each with its index among the samples of the cell."""
    cells = schedule.block(block)
    often, seen = Counter(cells), Counter[Cell]()
    places = []
    for cell in cells:
        places.append((cell, block * often[cell] + seen[cell]))
        seen[cell] += 1
    return tuple(places)


def make_recipe(
    config: str = catalogue.ALL,
    *,
    train_size: Size = "default",
    validation_size: Size = "default",
    test_size: Size = "default",
    tasks: OneOrMore[TaskName] | None = None,
    plot_level: OneOrMore[str] | None = None,
    qa_level: OneOrMore[str] | None = None,
    seed: int = 0,
    style: str = "classic",
    answer_format: str = "choice",
    modality: str = "image",
    min_pixels: int = engine.MIN_PIXELS,
) -> Recipe:
    """Check a request and settle it.

    Args:
        config: a game, a category, "in_domain", "out_of_domain" or "all".
        train_size: rows of the split; 0 leaves it out, None makes it endless.
        validation_size: likewise.
        test_size: likewise; of ``all``, also of ``test_ood``.
        tasks: slugs, question ids or "game/task"; the published tasks when None.
        plot_level: "easy", "medium", "hard"; all when None.
        qa_level: likewise, of the questions.
        seed: any integer; different seeds are unrelated.
        style: "classic", "dark" or "varied".
        answer_format: "choice", or "open" for tasks that can be asked without options.
        modality: "image", or "text" for the board in words.
        min_pixels: the least number of pixels of a picture.

    Raises:
        GameQAError: something asked for does not exist, or nothing is left of it.
    """
    name = catalogue.canonical_name(config)
    games = catalogue.games_of(name)
    held_out = catalogue.held_out_games() if name == catalogue.ALL else []
    chosen = arguments.read_tasks(tasks, [*games, *held_out], name)
    plot_levels, qa_levels = arguments.read_levels(plot_level), arguments.read_levels(qa_level)

    def cells(of: Iterable[Game[Any, Any]]) -> tuple[Cell, ...]:
        return tuple(
            cell
            for game in of
            for cell in cells_of(
                game,
                [
                    task
                    for task in chosen.get(game.slug, ())
                    if qa_levels is None or task.qa_level in qa_levels
                ],
                [level for level in game.levels if plot_levels is None or level in plot_levels],
            )
        )

    given = {"train_size": train_size, "validation_size": validation_size, "test_size": test_size}
    sizes = [
        arguments.read_size(option, size, default)
        for (option, size), default in zip(
            given.items(), catalogue.default_sizes(name), strict=True
        )
    ]
    settled_seed = arguments.read_seed(seed)
    ordinary = cells(games)
    drafts = [
        (split.value, split, ordinary, rows) for split, rows in zip(Split, sizes, strict=True)
    ]
    drafts.append((TEST_OOD, Split.TEST, cells(held_out), sizes[-1]))
    splits = tuple(
        SplitRecipe(split_name, Schedule(split_cells, settled_seed, split), rows)
        for split_name, split, split_cells, rows in drafts
        if split_cells and rows != 0
    )
    if not splits:
        raise _nothing_left(name, qa_level, any(rows != 0 for rows in sizes))
    return Recipe(
        config=name,
        splits=splits,
        seed=settled_seed,
        style=arguments.read_style(style),
        answer_format=Form.parse(answer_format),
        modality=Modality.parse(modality),
        min_pixels=arguments.read_min_pixels(min_pixels),
    )


def _nothing_left(config: str, qa_level: object, has_rows: bool) -> GameQAError:
    if has_rows:
        return GameQAError(
            f"{config} has no task of that kind whose questions are of level {qa_level!r}; "
            "`gameqa list` shows the levels."
        )
    return GameQAError(
        "Every split has 0 rows: give train_size, validation_size or test_size a number above 0."
    )
