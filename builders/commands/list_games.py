"""`gameqa list`: which games and tasks there are."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from typing import Any

import click

from gameqa.builders.catalogue import canonical_name, games_of, held_out_games
from gameqa.game import Game


@click.command(
    "list",
    short_help="List games with their tasks.",
    epilog="""\b
Examples:
  gameqa list                      every game with its tasks
  gameqa list sokoban              one game
  gameqa list out_of_domain        the games of a config
  gameqa list --json | jq '.[].game'""",
)
@click.argument("config", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def list_games(config: str | None, as_json: bool) -> None:
    """List games with their tasks: id, name, question type, question level, what is asked.

    Every game has the plot levels easy, medium and hard unless said otherwise.
    """
    if config is None:
        games = sorted([*games_of("all"), *held_out_games()], key=lambda game: game.slug)
    else:
        name = canonical_name(config)
        games = games_of(name) + (held_out_games() if name == "all" else [])
    if as_json:
        click.echo(json.dumps([_describe(game) for game in games], indent=2, ensure_ascii=False))
    else:
        click.echo("\n".join(_lines(games)))


def _describe(game: Game[Any, Any]) -> dict[str, Any]:
    return {
        "game": game.slug,
        "title": game.title,
        "category": game.category.slug,
        "domain": game.domain.value,
        "version": game.version,
        "aliases": list(game.aliases),
        "plot_levels": [level.value for level in game.levels],
        "tasks": [
            {
                "task": task.slug,
                "question_id": task.question_id,
                "question_description": task.description,
                "qa_type": task.qa_type.value,
                "qa_level": task.qa_level.value,
                "answer_formats": [form.value for form in task.forms],
                "default": task.is_default,
            }
            for task in game.tasks
        ],
    }


def _lines(games: Sequence[Game[Any, Any]]) -> Iterator[str]:
    rows = [("GAME", "TITLE", "CATEGORY", "DOMAIN", "TASK", "ID", "QA TYPE", "QA LEVEL")]
    for game in games:
        head = (game.slug, game.title, game.category.slug, game.domain.value)
        for task in game.tasks:
            what = (task.slug, str(task.question_id), task.qa_type.value, task.qa_level.value)
            rows.append((*head, *what))
            head = ("", "", "", "")
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]))]
    for number, row in enumerate(rows):
        if number and row[0]:
            yield ""
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        yield "  ".join(cells).rstrip()
