"""`gameqa harness`: a dataset as a task of an evaluation harness."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

_OPTIONS = (
    click.argument("dataset"),
    click.option("--config", help="One of its configs, e.g. a game; all rows if left out."),
    click.option("--split", default="test", show_default=True, help="Which rows."),
    click.option(
        "--answer-style",
        default="tag",
        show_default=True,
        help="Where the prompt wants the answer: tag (<answer>), boxed (\\boxed{}) or plain.",
    ),
)


def _options(command: Callable[..., Any]) -> Callable[..., Any]:
    for option in reversed(_OPTIONS):
        command = option(command)
    return command


@click.group(
    short_help="Write a dataset as a task of an evaluation harness.",
    epilog="""\b
Examples:
  gameqa build gameqa-bench --out gameqa-bench
  gameqa harness lmms-eval gameqa-bench --out gameqa-task
  lmms_eval --include_path gameqa-task --tasks gameqa --model qwen2_5_vl ...
  gameqa harness vlmevalkit gameqa-bench --out ~/LMUData/GameQA.tsv

\b
inspect_ai needs no file: inspect eval gameqa/gameqa -T dataset=gameqa-bench --model ...""",
)
def harness() -> None:
    """Write a dataset as a task of an evaluation harness.

    DATASET is a folder that `gameqa build` wrote, a dataset on the Hub, or a folder of Parquet
    files.
    """


@harness.command(
    "lmms-eval",
    epilog="""\b
Examples:
  gameqa harness lmms-eval gameqa-bench --out gameqa-task
  gameqa harness lmms-eval user/gameqa-bench --config out_of_domain --out ood --name gameqa_ood""",
)
@_options
@click.option("--name", default="gameqa", show_default=True, help="What the task is called.")
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The folder to write.")
def lmms_eval(
    dataset: str, config: str | None, split: str, answer_style: str, name: str, out: Path
) -> None:
    """Write a task folder for lmms-eval's --include_path."""
    from gameqa.builders.harnesses.lmms_eval import write_task

    write_task(out, dataset, config=config, split=split, answer_style=answer_style, name=name)
    click.echo(f"{out}: lmms_eval --include_path {out} --tasks {name} --model ...")


@harness.command(
    epilog="""\b
Examples:
  gameqa harness vlmevalkit gameqa-bench --out ~/LMUData/GameQA.tsv
  gameqa harness vlmevalkit user/gameqa-bench --config sokoban --out ~/LMUData/Sokoban.tsv"""
)
@_options
@click.option("--out", required=True, type=click.Path(path_type=Path), help="The .tsv to write.")
def vlmevalkit(dataset: str, config: str | None, split: str, answer_style: str, out: Path) -> None:
    """Write the TSV file that VLMEvalKit reads."""
    # Only now: they bring in datasets, which takes a second.
    from tqdm.auto import tqdm

    from gameqa.builders.harnesses.dataset_rows import load_rows
    from gameqa.builders.harnesses.vlmevalkit import write_tsv

    rows = load_rows(dataset, config, split)
    with tqdm(total=len(rows), unit=" rows", disable=None) as bar:
        count = write_tsv(rows, out, split=split, answer_style=answer_style, progress=bar.update)
    click.echo(f"{out}: {count:,} rows; in run.py, vlmevalkit.register({out.stem!r}) names it")
