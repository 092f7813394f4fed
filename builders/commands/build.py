"""`gameqa build`: a config as Parquet files."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import click

from gameqa import engine

_NOT_IN_THE_COMMAND = ("out", "num_proc")  # they change no byte of the result


@click.command(
    epilog="""\b
Examples:
  gameqa build sokoban --out sokoban-rows
  gameqa build in_domain --out rows --train-size 100000 --num-proc 8
  gameqa build sokoban --out hard --plot-level hard --tasks minimum_moves,shortest_walk
  gameqa build all --out text-rows --modality text --answer-format open
  gameqa build star_battle --out train-only --validation-size 0 --test-size 0

\b
Then, in Python, without gameqa:
  datasets.load_dataset("sokoban-rows")""",
)
@click.argument("config")
@click.option(
    "--out", required=True, type=click.Path(path_type=Path), help="The folder to build in."
)
@click.option("--train-size", type=int, help="Rows of the split; 0 leaves it out.")
@click.option("--validation-size", type=int, help="Likewise.")
@click.option("--test-size", type=int, help="Likewise; of `all`, also of test_ood.")
@click.option("--tasks", multiple=True, help="Task names or ids, comma-separated or repeated.")
@click.option("--plot-level", multiple=True, help="Of the boards: easy, medium, hard, likewise.")
@click.option("--qa-level", multiple=True, help="Of the questions: easy, medium, hard, likewise.")
@click.option("--seed", default=0, show_default=True, help="Seeds are unrelated to each other.")
@click.option("--style", default="classic", show_default=True, help="classic, dark or varied.")
@click.option("--answer-format", default="choice", show_default=True, help="choice or open.")
@click.option("--modality", default="image", show_default=True, help="image or text.")
@click.option(
    "--min-pixels",
    default=engine.MIN_PIXELS,
    show_default=True,
    help="The least number of pixels of a picture.",
)
@click.option(
    "--shard-rows",
    default=1_000,
    show_default=True,
    type=click.IntRange(min=1),
    help="The most rows that a file holds.",
)
@click.option(
    "--num-proc",
    default=1,
    show_default=True,
    type=click.IntRange(min=1),
    help="How many processes share the work.",
)
@click.pass_context
def build(
    ctx: click.Context,
    /,
    config: str,
    out: Path,
    shard_rows: int,
    num_proc: int,
    **options: Any,
) -> None:
    """Write CONFIG as Parquet files that plain load_dataset(DIR) reads.

    CONFIG is a game, a category (spatial_3d, pattern_matching, multi_step_reasoning,
    strategic_planning), in_domain, out_of_domain or all.

    Stopped or killed, the same command goes on where it was and ends with the same bytes. Nothing
    is to be seen in the folder's data/ before everything is there; manifest.json then tells rows,
    checksums, versions and the recipe.
    """
    # Only now: they bring in datasets, which takes a second that a wrong option need not wait for.
    from gameqa.builders.build import Build
    from gameqa.builders.recipe import make_recipe

    for name in ("tasks", "plot_level", "qa_level"):
        options[name] = [part for text in options[name] for part in text.split(",")] or None
    for name in ("train_size", "validation_size", "test_size"):
        options[name] = "default" if options[name] is None else options[name]
    work = Build(make_recipe(config, **options), out, shard_rows, _command(ctx))
    missing = sum(len(plan.rows) for plan in work.missing())
    if missing:
        _run(work, missing, num_proc)
    else:
        work.run()  # nothing but what is left to finish
    sizes = ", ".join(f"{split.name} {split.rows:,}" for split in work.recipe.splits)
    click.echo(f"{out}: {sizes} rows in {len(work.plans)} files, {missing:,} rows made now.")
    click.echo(f'In Python: datasets.load_dataset("{out}")')


def _run(work: Any, missing: int, num_proc: int) -> None:
    from tqdm.auto import tqdm

    with tqdm(
        total=work.rows, initial=work.rows - missing, unit=" rows", disable=None, smoothing=0.05
    ) as bar:
        work.run(num_proc, bar.update)


def _command(ctx: click.Context) -> str:
    """Return the command without what changes no byte, options that have their default included."""
    words = ["gameqa", "build", str(ctx.params["config"])]
    for parameter in ctx.command.params:
        name = parameter.name or ""
        value = ctx.params.get(name)
        if not isinstance(parameter, click.Option) or name in _NOT_IN_THE_COMMAND:
            continue
        if value is None or value == () or value == parameter.get_default(ctx):
            continue
        text = ",".join(value) if isinstance(value, tuple) else str(value)
        words += [parameter.opts[0], text]
    return shlex.join(words)
