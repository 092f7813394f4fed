"""`gameqa export`: a config or a built release in a trainer's format."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from gameqa.builders.commands.options import read_recipe, recipe_options
from gameqa.errors import GameQAError

_FORMATS = """\b
Formats:
  trl-grpo        TRL's GRPOTrainer: prompt, image, grading
  trl-sft         TRL's SFTTrainer: prompt, completion, image
  verl            verl: data_source, prompt, images, reward_model, extra_info
  easyr1          EasyR1: problem, answer (the grading spec), images
  ms-swift        ms-swift's GRPO: messages, images, solution, grading
  ms-swift-sft    ms-swift's SFT: messages with the target, images
  llama-factory   LLaMA-Factory's SFT: JSON lines, images/, dataset_info.json
  openrlhf        OpenRLHF: prompt, label (the grading spec), images
  messages        chat messages with typed parts, and images
"""


@click.command(
    short_help="Write rows in the format of a trainer.",
    epilog=_FORMATS
    + """
\b
Examples:
  gameqa export sokoban --format trl-grpo --out sokoban-grpo
  gameqa export in_domain --format verl --out verl-rows --train-size 100000
  gameqa export all --format llama-factory --think --out sft-rows
  gameqa export sokoban --format ms-swift --answer-style boxed --storage json --out swift-rows
  gameqa export --rows gameqa-5k --format easyr1 --out easyr1-rows

\b
In Python, for datasets and streams: gameqa.builders.views.trl_grpo(rows) and the like.""",
)
@click.argument("config", required=False)
@click.option("--format", "name", required=True, help="Whose format; see below.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to write.")
@click.option(
    "--rows",
    type=click.Path(path_type=Path),
    help="A folder of `gameqa build` to take the rows from; CONFIG is then one of its configs.",
)
@click.option(
    "--answer-style",
    default="tag",
    show_default=True,
    help="Where the prompt wants the answer: tag (<answer>), boxed (\\boxed{}) or plain.",
)
@click.option("--think", is_flag=True, help="Put a target's analysis in <think>...</think>.")
@click.option("--storage", help="parquet, or json with pictures as files; by format if left out.")
@recipe_options
@click.pass_context
def export(
    ctx: click.Context,
    /,
    config: str | None,
    name: str,
    out: Path,
    rows: Path | None,
    answer_style: str,
    think: bool,
    storage: str | None,
    **options: Any,
) -> None:
    """Write CONFIG (or the rows of --rows) as files that a trainer reads.

    CONFIG is a game, a category, in_domain, out_of_domain or all. The folder appears when it is
    complete: one file a split, and export.json, which says what they hold.
    """
    # Only now: they bring in datasets, which takes a second that a wrong option need not wait for.
    from gameqa.builders.views import Settings, get_view
    from gameqa.builders.views.exporting import Export
    from gameqa.builders.views.sources import from_build, from_recipe

    view, settings = get_view(name), Settings(answer_style, think)
    if rows is not None:
        _refuse_options(ctx, options)
        sources, digest = from_build(rows, config)
        about: dict[str, Any] = {"config": config, "build": digest}
    elif config is not None:
        recipe = read_recipe(config, options)
        sources, about = from_recipe(recipe), {"recipe": recipe.as_dict()}
    else:
        raise GameQAError("Name a config (`gameqa list`), or give --rows a folder of a build.")
    work = Export(view, settings, sources, out, storage=storage, about=about)
    if work.is_done():
        click.echo(f"{out}: there already, nothing to do.")
        return
    from tqdm.auto import tqdm

    with tqdm(total=sum(s.count for s in sources), unit=" rows", disable=None) as bar:
        work.run(bar.update)
    for source in sources:
        click.echo(f"{out / work.file_name(source.split)}: {source.count:,} rows for {view.name}")


def _refuse_options(ctx: click.Context, options: dict[str, Any]) -> None:
    for name in options:
        source = ctx.get_parameter_source(name)
        if source is not None and source.name == "COMMANDLINE":
            option = "--" + name.replace("_", "-")
            raise GameQAError(f"{option} is for rows that are made now; those of --rows are made.")
