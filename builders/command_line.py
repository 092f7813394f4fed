"""The command `gameqa`: its subcommands, and how it reports errors."""

from __future__ import annotations

from typing import Any

import click

import gameqa
from gameqa.builders.commands.audit import audit
from gameqa.builders.commands.build import build
from gameqa.builders.commands.card import card
from gameqa.builders.commands.evaluate import evaluate
from gameqa.builders.commands.export import export
from gameqa.builders.commands.harness import harness
from gameqa.builders.commands.list_games import list_games
from gameqa.builders.commands.push import push
from gameqa.builders.commands.recipes import recipes
from gameqa.builders.commands.show import show
from gameqa.builders.commands.verify import verify
from gameqa.errors import GameQAError, unknown


class _Failure(click.ClickException):
    exit_code = 2


class _Commands(click.Group):
    """A group whose commands end with one line and exit code 2 where a request cannot be met."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except GameQAError as error:
            raise _Failure(str(error)) from error

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and self.get_command(ctx, args[0]) is None:
            raise _Failure(str(unknown("command", args[0], self.list_commands(ctx))))
        return super().resolve_command(ctx, args)


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="""\b
Examples:
  gameqa list                                     which games and tasks there are
  gameqa show sokoban --plot-level hard           one sample: picture, question, answer
  gameqa build sokoban --out sokoban-rows         Parquet files for load_dataset("sokoban-rows")
  gameqa build gameqa-5k --out gameqa-5k          a release: `gameqa recipes` lists them

In Python: import gameqa; datasets.load_dataset("gameqa", "sokoban").""",
)
@click.version_option(gameqa.__version__, prog_name="gameqa")
def cli() -> None:
    """Visual questions about games, made on demand, with checked answers."""


for _command in (
    list_games,
    show,
    recipes,
    build,
    card,
    push,
    verify,
    audit,
    evaluate,
    export,
    harness,
):
    cli.add_command(_command)


def main() -> None:
    """Run the command line."""
    cli(prog_name="gameqa")
