"""`gameqa push`: a finished build to the Hub."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click


@click.command(
    short_help="Publish a build on the Hub.",
    epilog="""\b
Examples:
  gameqa push gameqa-5k user/gameqa-5k
  gameqa push gameqa-5k user/gameqa-5k --private
  gameqa push gameqa-5k user/gameqa-5k --revision v1
  gameqa push gameqa-text user/gameqa --config-name text      beside others in one repository

\b
Then, in Python, without gameqa:
  datasets.load_dataset("user/gameqa-5k", "sokoban")""",
)
@click.argument("folder", metavar="DIR", type=click.Path(path_type=Path))
@click.argument("repo", metavar="REPO")
@click.option("--revision", help="The branch to commit to; made when it is not there.")
@click.option("--private", is_flag=True, help="Make a new repository a private one.")
@click.option(
    "--config-name",
    default="",
    help="The folder and the name of the default config, of one of several builds in REPO.",
)
def push(folder: Path, repo: str, revision: str | None, private: bool, config_name: str) -> None:
    """Publish DIR, which `gameqa build` finished, as the dataset REPO (user/name).

    Files are uploaded first; one commit then makes them visible together with the card. After a
    failure run the same command again: what the Hub has is not uploaded twice. What others wrote
    into the card stays, and so do other configs. Log in by `hf auth login`, or set HF_TOKEN.
    """
    # Only now: it brings in datasets, which takes a second that a wrong option need not wait for.
    from gameqa.builders.hub.push import push as run

    with _Bars() as bars:
        pushed = run(
            folder,
            repo,
            revision=revision,
            private=private or None,
            config_name=config_name,
            progress=bars,
        )
    if pushed.is_new:
        deleted = f", {pushed.deleted} deleted" if pushed.deleted else ""
        what = f"{pushed.added} files added or changed{deleted}"
    else:
        what = "everything was there already"
    click.echo(f"{pushed.repo_id} at {pushed.commit[:12]}: {what}.")
    config = f', "{config_name}"' if config_name else ""
    where = f', revision="{revision}"' if revision else ""
    click.echo(f'In Python: datasets.load_dataset("{pushed.repo_id}"{config}{where})')


class _Bars:
    """One progress bar at a time: bytes checked, then described, then uploaded."""

    def __init__(self) -> None:
        self._stage = ""
        self._bar: Any = None

    def __call__(self, stage: str, done: int, total: int) -> None:
        from tqdm.auto import tqdm

        if stage != self._stage:
            self._close()
            self._stage = stage
            self._bar = tqdm(
                total=total, desc=stage, unit="B", unit_scale=True, unit_divisor=1024, disable=None
            )
        self._bar.update(done)

    def _close(self) -> None:
        if self._bar is not None:
            self._bar.close()

    def __enter__(self) -> _Bars:
        return self

    def __exit__(self, *_: object) -> None:
        self._close()
