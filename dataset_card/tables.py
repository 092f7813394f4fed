"""The card's tables: splits, configs, games, tasks and levels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from gameqa.builders.hub.finished import FinishedBuild
from gameqa.builders.hub.placement import Placement
from gameqa.dataset_card.facts import GAME, PLOT_LEVEL, SPLIT, TASK, Facts
from gameqa.game import Game
from gameqa.registry import all_games
from gameqa.sample import Domain, Level


class GameLine(NamedTuple):
    """One game of the card's table."""

    slug: str
    title: str
    category: str
    domain: str
    tasks: list[str]
    rows: int


class TaskLine(NamedTuple):
    """One task: its names, types, and rows by plot level."""

    game: str
    task: str
    question_id: int
    description: str
    qa_type: str
    qa_level: str
    rows: list[int]


class SplitLine(NamedTuple):
    """One split: rows, files, bytes."""

    name: str
    rows: int
    games: int
    files: int
    size: str


def _games(facts: Facts) -> list[Game[Any, Any]]:
    """Return the games that occur, those in domain first, category by category."""
    present = {game for (game,) in facts.by(GAME)}
    chosen = [game for game in all_games() if game.slug in present]
    return sorted(chosen, key=lambda g: (g.domain is Domain.OUT, g.category.slug, g.slug))


def games(facts: Facts) -> list[GameLine]:
    """Return a line for each game that occurs."""
    rows, asked = facts.by(GAME), facts.by(GAME, TASK)
    return [
        GameLine(
            game.slug,
            game.title,
            game.category.value,
            game.domain.value,
            [task.slug for task in game.tasks if (game.slug, task.slug) in asked],
            rows[game.slug,],
        )
        for game in _games(facts)
    ]


def tasks(facts: Facts) -> list[TaskLine]:
    """Return a line for each task that occurs."""
    counts = facts.by(GAME, TASK, PLOT_LEVEL)
    lines = []
    for game in _games(facts):
        for task in game.tasks:
            rows = [counts[game.slug, task.slug, level.value] for level in Level]
            if any(rows):
                lines.append(
                    TaskLine(
                        game.slug,
                        task.slug,
                        task.question_id,
                        task.description,
                        task.qa_type.value,
                        task.qa_level.value,
                        rows,
                    )
                )
    return lines


def splits(build: FinishedBuild, facts: Facts) -> list[SplitLine]:
    """Return a line for each split."""
    counts = facts.by(SPLIT, GAME)
    lines = []
    for name in dict.fromkeys(file.split for file in build.files):
        files = [file for file in build.files if file.split == name]
        lines.append(
            SplitLine(
                name,
                sum(file.rows for file in files),
                sum(split == name for split, _ in counts),
                len(files),
                megabytes(sum(file.size for file in files)),
            )
        )
    return lines


def configs(build: FinishedBuild, place: Placement) -> list[tuple[str, list[str]]]:
    """Return each config's name in the repository, and its splits."""
    return [(name, list(splits)) for name, splits in place.configs(build).items()]


def megabytes(size: int) -> str:
    """Write a number of bytes for people."""
    return f"{size / 1e6:,.1f} MB" if size >= 1e5 else f"{size / 1e3:,.1f} kB"


def mean(counts: Mapping[int, int]) -> float:
    """Return the mean of counted numbers."""
    return sum(value * count for value, count in counts.items()) / sum(counts.values())
