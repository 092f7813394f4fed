"""`gameqa build`: a release or a config as Parquet files."""

from __future__ import annotations

import os
import shlex
from importlib import import_module
from typing import TYPE_CHECKING, Any

import click

from gameqa.builders.commands.options import read_recipe, recipe_options
from gameqa.builders.extras import needs
from gameqa.errors import GameQAError, unknown

if TYPE_CHECKING:
    from gameqa.builders.build import Build, Share

# They change no byte of the result.
_NOT_IN_THE_COMMAND = ("out", "num_proc", "shard", "num_shards", "finish", "engine")


@click.command(
    short_help="Write a release or a config as Parquet files.",
    epilog="""\b
Examples:
  gameqa build gameqa-5k --out gameqa-5k                    a release: see `gameqa recipes`
  gameqa build gameqa-140k --scale 0.01 --out try           the same, in small
  gameqa build my-recipe.yaml --out s3://bucket/rows --num-proc 8
  gameqa build sokoban --out sokoban-rows                   a config, with its options
  gameqa build in_domain --out rows --train-size 100000 --plot-level hard
  gameqa build gameqa-140k --out /shared/rows --shard auto  a job of a Slurm array
  gameqa build gameqa-140k --out /shared/rows --engine ray

\b
Then, in Python, without gameqa:
  datasets.load_dataset("gameqa-5k", "sokoban")""",
)
@click.argument("recipe", metavar="RECIPE_OR_CONFIG")
@click.option(
    "--out",
    required=True,
    help="Where: a folder, or a URL that fsspec reaches (s3://, gs://, hf:// ...).",
)
@recipe_options
@click.option(
    "--scale",
    default=1.0,
    show_default=True,
    help="Of a release: what the sizes of its splits are multiplied by.",
)
@click.option(
    "--shard-rows",
    type=click.IntRange(min=1),
    help="The most rows that a file holds; 1,000 unless the recipe says otherwise.",
)
@click.option(
    "--num-proc",
    type=click.IntRange(min=1),
    help="How many processes share the work; 1, or with --engine ray all CPUs of the cluster.",
)
@click.option(
    "--engine", default="local", show_default=True, help="Who does the work: local or ray."
)
@click.option(
    "--shard",
    metavar="NUMBER|auto",
    help="Make only the files of this job, from 0; auto asks Slurm, Kubernetes or torchrun.",
)
@click.option("--num-shards", type=click.IntRange(min=1), help="How many such jobs there are.")
@click.option("--finish", is_flag=True, help="Make no rows: finish what the jobs have made.")
@click.pass_context
def build(
    ctx: click.Context,
    /,
    recipe: str,
    out: str,
    scale: float,
    shard_rows: int | None,
    num_proc: int | None,
    engine: str,
    shard: str | None,
    num_shards: int | None,
    finish: bool,
    **options: Any,
) -> None:
    """Write a release or a config as Parquet files that plain load_dataset(DIR) reads.

    RECIPE_OR_CONFIG is a release that ships with gameqa (`gameqa recipes`), a recipe of your own in
    YAML (a path), or a config: a game, a category (spatial_3d, pattern_matching,
    multi_step_reasoning, strategic_planning), in_domain, out_of_domain or all. The options from
    --train-size to --min-pixels are for configs; a recipe says these things itself.

    Stopped or killed, the same command goes on where it was and ends with the same bytes. Nothing
    is to be seen in data/ before everything is there; manifest.json then tells rows, checksums,
    versions and the recipe. Jobs with --shard may run at once on many machines; whichever ends last
    writes the manifest.
    """
    # Only now: they bring in pyarrow and datasets, which a wrong option need not wait for.
    from gameqa.builders.build import Build
    from gameqa.builders.engines import engine_of
    from gameqa.builders.jobs import read_share
    from gameqa.builders.releases import reading
    from gameqa.builders.shard_file import SHARD_ROWS

    # A wrong name, or a missing package, is told before anything is touched.
    engine_of(engine)
    if engine == "ray":
        with needs("ray", "Builds on a cluster"):
            import_module("ray")
    share = read_share(shard, num_shards)
    if recipe in reading.list_releases() or reading.is_file_name(recipe):
        _refuse_options(ctx, options)
        release = reading.read_release(recipe, scale)
        rows = shard_rows or release.shard_rows
        work = Build(release.recipe, out, rows, _command(ctx), release.about)
    else:
        if scale != 1:
            raise GameQAError("--scale is for releases; a config has --train-size and the like.")
        settled = _read_config(recipe, options)
        work = Build(settled, out, shard_rows or SHARD_ROWS, _command(ctx))
    if finish:
        work.finish()
        made, is_whole = 0, True
    else:
        made, is_whole = _run(work, share, num_proc, engine)
    splits = work.recipe.as_dict()["splits"]
    sizes = ", ".join(f"{name} {rows:,}" for name, rows in splits.items())
    if is_whole:
        click.echo(f"{out}: {sizes} rows in {len(work.plans)} files, {made:,} rows made now.")
        click.echo(f"In Python: datasets.load_dataset({_how_to_load(out)})")
    else:
        left = len(work.missing())
        click.echo(f"{out}: {made:,} rows made now; other jobs have {left} files left to make.")


def _how_to_load(out: str) -> str:
    """Return the arguments: `datasets` reads a card in a folder, but not behind a URL."""
    return f'"parquet", data_dir="{out}/data"' if "://" in out else f'"{out}"'


def _run(work: Build, share: Share | None, num_proc: int | None, engine: str) -> tuple[int, bool]:
    """Build under a bar with rate and time left; return the rows made, and whether all is done."""
    from tqdm.auto import tqdm

    mine = work.plans if share is None else work.share(share)
    missing = set(work.missing())
    rows = sum(len(plan.rows) for plan in mine)
    todo = sum(len(plan.rows) for plan in mine if plan in missing)
    if not todo:
        return 0, work.run(share=share)
    with tqdm(total=rows, initial=rows - todo, unit=" rows", disable=None, smoothing=0.05) as bar:
        return todo, work.run(num_proc, bar.update, share=share, engine=engine)


def _read_config(name: str, options: dict[str, Any]) -> Any:
    """Return the recipe of a config; a wrong name may have been meant as a release's."""
    from gameqa.builders import catalogue
    from gameqa.builders.releases import list_releases

    try:
        catalogue.canonical_name(name)
    except GameQAError as error:
        names = [*list_releases(), *catalogue.config_names()]
        raise unknown("recipe or config", name, names) from error
    return read_recipe(name, options)


def _refuse_options(ctx: click.Context, options: dict[str, Any]) -> None:
    """Refuse what a recipe says itself.

    Raises:
        GameQAError: an option of configs was given.
    """
    for parameter in ctx.command.params:
        given = ctx.get_parameter_source(parameter.name or "")
        if parameter.name in options and given is not click.core.ParameterSource.DEFAULT:
            raise GameQAError(
                f"{parameter.opts[0]} is for configs; a recipe says it itself. Copy one by "
                f"`gameqa recipes {ctx.params['recipe']} > my-recipe.yaml` and change it."
            )


def _command(ctx: click.Context) -> str:
    """Return the command without what changes no byte, options that have their default included."""
    words = ["gameqa", "build", os.path.basename(str(ctx.params["recipe"]))]
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
