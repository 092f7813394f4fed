"""`gameqa verify`: recompute every answer of a release."""

from __future__ import annotations

import time

import click


@click.command(
    short_help="Recompute every answer of a release.",
    epilog="""\b
Examples:
  gameqa verify gameqa-5k                                a folder that gameqa build wrote
  gameqa verify user/gameqa-5k --num-proc 4              a dataset on the Hub
  gameqa verify gameqa-5k --config sokoban --pictures    one game, its pictures drawn anew
  gameqa verify rows.parquet                             a single file

\b
Exit code: 0 when everything is right, 1 when something is not.""",
)
@click.argument("target", metavar="REPO_OR_DIR")
@click.option("--config", "configs", multiple=True, help="Only this config; may be repeated.")
@click.option("--revision", help="Of a dataset on the Hub: a branch or a commit.")
@click.option("--pictures", is_flag=True, help="Draw every picture anew and compare the pixels.")
@click.option(
    "--num-proc",
    default=1,
    show_default=True,
    type=click.IntRange(min=1),
    help="How many processes share the files.",
)
@click.option(
    "--show",
    default=100,
    show_default=True,
    type=click.IntRange(min=0),
    help="How many failures to name one by one; 0 names all.",
)
@click.pass_context
def verify(
    ctx: click.Context,
    /,
    target: str,
    configs: tuple[str, ...],
    revision: str | None,
    pictures: bool,
    num_proc: int,
    show: int,
) -> None:
    """Recompute every answer of a release from state and query; name each row that fails.

    REPO_OR_DIR is a folder that `gameqa build` wrote, a Parquet or JSON-lines file, or a dataset on
    the Hub. Files are held against the checksums in manifest.json. Of each row, ids and levels are
    held against the registry, the state against its split, question and options against what state
    and query ask; exactly one option must be right and its letter be the answer.
    """
    # Only now: it brings in datasets, which takes a second that a wrong option need not wait for.
    from tqdm.auto import tqdm

    from gameqa.builders.hub.verification import verify as run

    started = time.monotonic()
    files = rows = failures = 0
    with tqdm(unit=" rows", unit_scale=False, disable=None) as bar:
        reports = run(
            target, configs=configs, revision=revision, pictures=pictures, num_proc=num_proc
        )
        for report in reports:
            files += 1
            rows += report.rows
            for failure in report.failures:
                failures += 1
                if not show or failures <= show:
                    bar.write(str(failure))
            bar.set_postfix_str(f"{files} files, {failures} wrong", refresh=False)
            bar.update(report.rows)
    if show and failures > show:
        click.echo(f"... and {failures - show:,} more: --show 0 names all.")
    seconds = time.monotonic() - started
    what = ", pictures too" if pictures else ""
    click.echo(
        f"{target}: {rows:,} rows in {files} files, {failures:,} wrong{what}. {seconds:.1f} s"
    )
    if failures:
        ctx.exit(1)
