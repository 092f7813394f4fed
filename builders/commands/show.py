"""`gameqa show`: one sample, its picture in a file and its words on the screen."""

from __future__ import annotations

from pathlib import Path

import click

from gameqa import engine
from gameqa.api import sample as make_sample
from gameqa.errors import GameQAError
from gameqa.sample import Sample


@click.command(
    short_help="Make one sample: picture, question, answer, analysis.",
    epilog="""\b
Examples:
  gameqa show sokoban
  gameqa show sokoban --task minimum_moves --plot-level hard --index 12
  gameqa show jewel2 --style dark --out board.png
  gameqa show star_battle --answer-format open --modality text""",
)
@click.argument("game")
@click.option("--task", help="A task's name or published id; what --index says if left out.")
@click.option("--plot-level", help="easy, medium or hard; what --index says if left out.")
@click.option("--split", default="train", show_default=True, help="train, validation or test.")
@click.option("--seed", default=0, show_default=True, help="Seeds are unrelated to each other.")
@click.option("--index", default=0, show_default=True, help="Which row, from 0.")
@click.option("--style", default="classic", show_default=True, help="classic, dark or varied.")
@click.option("--answer-format", default="choice", show_default=True, help="choice or open.")
@click.option("--modality", default="image", show_default=True, help="image or text.")
@click.option(
    "--min-pixels",
    default=engine.MIN_PIXELS,
    show_default=True,
    help="The least number of pixels of the picture.",
)
@click.option(
    "--out",
    default=".",
    show_default=True,
    type=click.Path(path_type=Path),
    help="Where the picture goes: a file whose name ends in .png, or a folder.",
)
def show(
    game: str,
    task: str | None,
    plot_level: str | None,
    split: str,
    seed: int,
    index: int,
    style: str,
    answer_format: str,
    modality: str,
    min_pixels: int,
    out: Path,
) -> None:
    """Make one sample of GAME: write its picture, print question, options, answer and analysis.

    The same command gives the same sample on every machine: row --index of
    load_dataset("gameqa", GAME) with the same options.
    """
    sample = make_sample(
        game,
        task=task,
        plot_level=plot_level,
        split=split,
        seed=seed,
        index=index,
        style=style,
        answer_format=answer_format,
        modality=modality,
        min_pixels=min_pixels,
    )
    if sample.png is not None:
        click.echo(f"Picture: {_write(sample, sample.png, out)}")
    click.echo(f"Sample: {sample.data_id}")
    click.echo(
        f"Task: {sample.task}, id {sample.question_id} "
        f"({sample.qa_type}, {sample.qa_level} question, {sample.plot_level} board)"
    )
    click.echo(f"\n{sample.question}")  # which lists the options
    click.echo(f"\nAnswer: {sample.answer}")
    click.echo(f"\nAnalysis:\n{sample.analysis}")


def _write(sample: Sample, png: bytes, out: Path) -> Path:
    path = out if out.suffix.lower() == ".png" else out / f"{sample.data_id}.png"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(png)
    except OSError as error:
        raise GameQAError(
            f"Cannot write {path}: {error.strerror}. Choose another place by --out."
        ) from error
    return path
