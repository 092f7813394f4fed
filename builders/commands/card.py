"""`gameqa card`: write the dataset card of a build."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(
    short_help="Write the dataset card of a build.",
    epilog="""\b
Examples:
  gameqa card gameqa-5k                          README.md, and its pictures in card/
  gameqa card gameqa-5k --repo user/gameqa-5k    the same, its examples with the right name
  gameqa push gameqa-5k user/gameqa-5k           writes a card, too: nothing to do before it""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.option("--repo", default="", help="Where it is to be published: user/name.")
def card(folder: Path, repo: str) -> None:
    """Write or refresh the card of DIR, which `gameqa build` finished.

    The card is made from the data: tables of splits, games, tasks and levels with pictures and
    plots, how to load, grade and train, how to build it again. What you wrote into README.md above
    or below the generated part stays. Needs the extra: pip install "gameqa[report]".
    """
    # Only now: it brings in datasets, which takes a second that a wrong option need not wait for.
    from tqdm.auto import tqdm

    from gameqa.builders.hub.finished import open_build
    from gameqa.dataset_card import write_card

    build = open_build(folder)
    with tqdm(total=build.size, unit="B", unit_scale=True, unit_divisor=1024, disable=None) as bar:
        path = write_card(build, repo_id=repo, progress=bar.update)
    click.echo(f"{path}: the card of {build.rows:,} rows; its pictures are in {folder / 'card'}.")
