"""`gameqa evaluate`: how right a model's responses are, on the screen, as JSON and as a page."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from gameqa.builders.commands.options import read_recipe, recipe_options
from gameqa.builders.extras import needs
from gameqa.builders.whole_file import write_whole
from gameqa.errors import GameQAError, unknown
from gameqa.evaluation import DIMENSIONS, Evaluation, compare
from gameqa.evaluation import evaluate as evaluate_responses

if TYPE_CHECKING:
    from gameqa.builders.evaluation.examples import Example
    from gameqa.builders.evaluation.row_source import RowSource

_ON_SCREEN = ("category", "domain", "qa_type", "qa_level", "plot_level", "game")


@click.command(
    short_help="Grade models' responses and report their accuracy.",
    epilog="""\b
Examples:
  gameqa evaluate my-model.jsonl --config sokoban
  gameqa evaluate my-model.jsonl --config all --split test,test_ood --html report.html
  gameqa evaluate small.jsonl large.jsonl --config out_of_domain --test-size 500 --by task
  gameqa evaluate my-model.jsonl --rows sokoban-rows --json result.json

\b
Each line of a file holds a row's id and what the model wrote:
  {"data_id": "sokoban-v1-minimum_moves-hard-test-s0-i0", "response": "... <answer>B</answer>"}

\b
The same in Python:
  gameqa.evaluate(rows, {"sokoban-v1-...": "... <answer>B</answer>"}).accuracy""",
)
@click.argument("predictions", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--config", help="Whose rows these are, as for `gameqa build`.")
@click.option(
    "--rows",
    type=click.Path(path_type=Path),
    help="Instead of --config: a folder of `gameqa build`, or a Parquet or JSON Lines file.",
)
@click.option(
    "--split",
    multiple=True,
    default=("test",),
    show_default=True,
    help="Which rows, comma-separated or repeated.",
)
@recipe_options
@click.option(
    "--by",
    multiple=True,
    default=_ON_SCREEN,
    show_default="all but answer_type and task",
    help=f"What the table on the screen groups by: {', '.join(DIMENSIONS)}.",
)
@click.option("--json", "json_file", type=click.Path(path_type=Path), help="Write everything here.")
@click.option("--html", "html_file", type=click.Path(path_type=Path), help="Write a page here.")
@click.option(
    "--examples",
    default=12,
    show_default=True,
    type=click.IntRange(min=0),
    help="The most wrong responses that the page shows of a model.",
)
@click.pass_context
def evaluate(
    ctx: click.Context,
    /,
    predictions: tuple[Path, ...],
    config: str | None,
    rows: Path | None,
    split: tuple[str, ...],
    by: tuple[str, ...],
    json_file: Path | None,
    html_file: Path | None,
    examples: int,
    **options: Any,
) -> None:
    """Grade PREDICTIONS, files in JSON Lines, one for each model, and say how right they are.

    The rows are made again from --config and the options that they were made with, or read from
    --rows. Responses are graded by rule. Accuracy comes with its 95 % interval and with what chance
    would reach. A row without a response, or with several that differ, counts as wrong; missing,
    repeated and unknown ids are reported.
    """
    dimensions = _parts(by)
    for dimension in dimensions:
        if dimension not in DIMENSIONS:
            raise unknown("grouping", dimension, DIMENSIONS)
    if html_file is not None:  # before the work, not after it
        with needs("report", "HTML pages with charts"):
            import_module("jinja2")
            import_module("matplotlib")
    from gameqa.builders.evaluation.predictions import read_predictions
    from gameqa.builders.evaluation.screen import screen_table

    source = _source(ctx, config, rows, _parts(split), options)
    responses = [read_predictions(path) for path in predictions]
    known = _collected(source)
    evaluations = [
        evaluate_responses(known, records, name)
        for name, records in zip(_names(predictions), responses, strict=True)
    ]
    click.echo(f"{source.title}: {len(source):,} rows\n")
    click.echo(screen_table(evaluations, dimensions))
    if json_file is not None:
        _write_json(json_file, source, evaluations)
        click.echo(f"\nJSON: {json_file}")
    if html_file is not None:
        from gameqa.builders.evaluation.report import report_page

        shown = [
            example
            for evaluation, records in zip(evaluations, responses, strict=True)
            for example in _examples(source, evaluation, records, examples)
        ]
        page = report_page(evaluations, source.title, shown)
        click.echo(f"\nPage: {page.write(html_file)}")


def _source(
    ctx: click.Context,
    config: str | None,
    rows: Path | None,
    splits: Sequence[str],
    options: dict[str, Any],
) -> RowSource:
    from gameqa.builders.evaluation.row_source import FileRows, RecipeRows

    given = [
        f"--{name.replace('_', '-')}"
        for name in (*options, "split")
        if ctx.get_parameter_source(name) is not ParameterSource.DEFAULT
    ]
    if (config is None) == (rows is None):
        raise GameQAError(
            "Say whose rows these are, by one of --config NAME (they are made again) and "
            "--rows PATH (they are read)."
        )
    if config is not None:
        return RecipeRows(read_recipe(config, options), splits)
    assert rows is not None
    unused = [name for name in given if name != "--split" or rows.is_file()]
    if unused:
        raise GameQAError(f"{unused[0]} says nothing about rows that are read from {rows}.")
    return FileRows(rows, splits)


def _collected(source: RowSource) -> list[dict[str, Any]]:
    from tqdm.auto import tqdm

    return list(tqdm(source, total=len(source), unit=" rows", disable=None, leave=False))


def _names(paths: Sequence[Path]) -> list[str]:
    """Return what the models are called: the files' names, or all of the paths where two agree."""
    stems = [path.stem for path in paths]
    return stems if len(set(stems)) == len(stems) else [str(path) for path in paths]


def _examples(
    source: RowSource, evaluation: Evaluation, records: list[dict[str, str | None]], most: int
) -> list[Example]:
    from gameqa.builders.evaluation.examples import Example, choose_examples

    texts = {record["data_id"]: record["response"] for record in records}
    places = choose_examples(evaluation, most)
    return [
        Example(
            model=evaluation.name,
            result=evaluation.results[place],
            question=row["question"],
            options=row["options"],
            response=texts[row["data_id"]] or "",
            png=row["image"],
        )
        for place, row in zip(places, source.with_pictures(places), strict=True)
    ]


def _write_json(path: Path, source: RowSource, evaluations: Sequence[Evaluation]) -> None:
    content = {
        "schema": "gameqa.evaluations",
        "schema_version": 1,
        "rows": source.origin,
        "evaluations": [evaluation.as_dict() for evaluation in evaluations],
        "differences": [pair.as_dict() for pair in compare(evaluations)]
        if len(evaluations) > 1
        else [],
    }
    write_whole(path, json.dumps(content) + "\n")


def _parts(texts: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(part for text in texts for part in text.split(",")))
