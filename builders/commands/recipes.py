"""`gameqa recipes`: the releases that ship with gameqa, and how they are written."""

from __future__ import annotations

from textwrap import fill

import click


@click.command(
    short_help="List the recipes of releases, or print one.",
    epilog="""\b
Examples:
  gameqa recipes                                  the releases that ship with gameqa
  gameqa recipes gameqa-5k                        one of them, as it is written
  gameqa recipes gameqa-5k > mine.yaml            to change it
  gameqa build mine.yaml --out mine               to build it""",
)
@click.argument("recipe", required=False)
def recipes(recipe: str | None) -> None:
    """List the recipes of releases, or print RECIPE: a name, or a YAML file to check."""
    from gameqa.builders.releases import reading

    if recipe is not None:
        reading.read_release(recipe)  # a file of one's own is checked
        click.echo(reading.recipe_text(recipe), nl=False)
        return
    for name in reading.list_releases():
        release = reading.read_release(name)
        splits = release.recipe.as_dict()["splits"]
        sizes = ", ".join(f"{split} {rows:,}" for split, rows in splits.items())
        click.echo(f"{name:<14} {sizes}")
        indent = " " * 15
        click.echo(
            fill(
                release.description,
                100,
                initial_indent=indent,
                subsequent_indent=indent,
                break_on_hyphens=False,
            )
        )
