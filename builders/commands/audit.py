"""`gameqa audit`: hold the data to what it promises, and report what falls short."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Sequence
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from gameqa.errors import GameQAError

if TYPE_CHECKING:
    from gameqa.builders.audit.auditing import Audit


@click.command(
    short_help="Look for shortcuts, duplicates and wrong answers in the data.",
    epilog="""\b
Examples:
  gameqa audit sokoban
  gameqa audit all --samples 500 --num-proc 8 --report audit
  gameqa audit maze lifegame --plot-level hard --samples 2000
  gameqa audit --rows sokoban-rows --report audit      a dataset built or downloaded before

\b
What is checked, and how: docs/audit.md. Needs: pip install "gameqa[audit]".""",
)
@click.argument("config", nargs=-1)
@click.option(
    "--samples",
    default=500,
    show_default=True,
    type=click.IntRange(min=8),
    help="How many samples of every task and plot level.",
)
@click.option(
    "--rows",
    type=click.Path(path_type=Path),
    help="A folder of Parquet or JSON-lines files, or one, to audit instead of samples made now.",
)
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    help="A folder for audit.json and audit.html.",
)
@click.option("--tasks", multiple=True, help="Task names or ids, comma-separated or repeated.")
@click.option("--plot-level", multiple=True, help="easy, medium, hard, likewise.")
@click.option("--answer-format", multiple=True, help="choice, open, likewise; both if left out.")
@click.option("--seed", default=0, show_default=True, help="Seeds are unrelated to each other.")
@click.option(
    "--num-proc",
    default=1,
    show_default=True,
    type=click.IntRange(min=1),
    help="How many processes share the work; the numbers stay the same.",
)
@click.option(
    "--exceptions",
    type=click.Path(path_type=Path),
    help="A list of exceptions to use instead of the project's own.",
)
@click.option("--no-classifier", is_flag=True, help="Leave out what needs scikit-learn.")
@click.option("--quiet", is_flag=True, help="Print what falls short and the sum, no table.")
@click.pass_context
def audit(
    ctx: click.Context,
    /,
    config: tuple[str, ...],
    rows: Path | None,
    report: Path | None,
    quiet: bool,
    **options: Any,
) -> None:
    """Measure CONFIG (games, categories, all) and name every promise that it does not keep.

    For each task and plot level: whether answers follow again from state and query; how often a
    guesser is right that never sees the picture (constants, ranks, a trained classifier); what the
    question repeats of the board; duplicates; whether levels get harder; what pictures are like,
    whether their labels are drawn and neighbouring colours can be told apart.

    `all` means every game, held-out ones included. Ends with code 1 where something falls short
    that the list of exceptions does not cover.
    """
    if bool(config) == (rows is not None):
        raise GameQAError("Give configs or games to audit, or a dataset by --rows, one of the two.")
    if report is not None:
        _prepare(report)
    found = _of_rows(rows, options) if rows is not None else _of_config(config, options)
    _tell(found, quiet)
    if report is not None:
        _write(found, report)
    if not found.passes:
        ctx.exit(1)


def _of_config(config: Sequence[str], options: dict[str, Any]) -> Audit:
    from gameqa.builders.arguments import read_levels, read_tasks
    from gameqa.builders.audit.auditing import audit_units
    from gameqa.builders.audit.exceptions import read_excuses
    from gameqa.builders.audit.units import units_of
    from gameqa.builders.catalogue import ALL, canonical_name, games_of, held_out_games
    from gameqa.sample import Form

    games = {}
    for name in map(canonical_name, config):
        chosen = games_of(name) + (held_out_games() if name == ALL else [])
        games.update({game.slug: game for game in chosen})
    ordered = [games[slug] for slug in sorted(games)]
    tasks = _parts(options["tasks"])
    forms = [Form.parse(form) for form in _parts(options["answer_format"])] or list(Form)
    chosen_tasks = read_tasks(tasks or None, ordered, " ".join(config))
    units = [
        unit
        for game in ordered
        for unit in units_of(
            [game.slug],
            samples=options["samples"],
            seed=options["seed"],
            tasks=[task.slug for task in chosen_tasks.get(game.slug, ())],
            levels=read_levels(_parts(options["plot_level"]) or None),
            forms=forms,
            with_classifier=not options["no_classifier"],
        )
    ]
    if not units:
        raise GameQAError(f"None of these tasks is served {' or '.join(map(str, forms))}.")
    total = sum(unit.samples * len(unit.levels) for unit in units)
    excuses = read_excuses(options["exceptions"])
    source = f"{' '.join(config)}: {options['samples']:,} samples a task and level"
    with _bar(total) as progress:
        return audit_units(
            units,
            f"{source}, seed {options['seed']}",
            excuses=excuses,
            num_proc=options["num_proc"],
            progress=progress,
        )


def _of_rows(path: Path, options: dict[str, Any]) -> Audit:
    from gameqa.builders.audit.auditing import audit_rows
    from gameqa.builders.audit.exceptions import read_excuses
    from gameqa.builders.row_files import count_rows, files_of, read_rows

    files = files_of(path)
    with _bar(sum(map(count_rows, files))) as progress:
        return audit_rows(
            chain.from_iterable(map(read_rows, files)),
            str(path),
            excuses=read_excuses(options["exceptions"]),
            with_classifier=not options["no_classifier"],
            num_proc=options["num_proc"],
            progress=progress,
        )


@contextlib.contextmanager
def _bar(total: int) -> Iterator[Callable[[int], object]]:
    """Show progress; yields what is to be called with numbers of samples done."""
    from tqdm.auto import tqdm

    with tqdm(total=total, unit=" samples", disable=None, smoothing=0.05) as bar:
        yield bar.update


def _parts(texts: Sequence[str]) -> list[str]:
    return [part.strip() for text in texts for part in text.split(",") if part.strip()]


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise GameQAError(f"Cannot write to {folder}: {error.strerror}.") from error
    from gameqa.builders.extras import needs

    with needs("report", "HTML pages"):
        import jinja2  # noqa: F401  # now rather than after an hour's work
        import matplotlib  # noqa: F401


def _tell(found: Audit, quiet: bool) -> None:
    from gameqa.builders.audit.telling import closing_lines, finding_lines, table_lines

    lines = [*finding_lines(found), *closing_lines(found)]
    click.echo("\n".join(lines if quiet else [*table_lines(found), *lines]))


def _write(found: Audit, folder: Path) -> None:
    from gameqa.builders.audit.page import as_page
    from gameqa.builders.audit.records import as_json

    for name, text in (("audit.json", as_json(found)), ("audit.html", as_page(found).html())):
        draft = folder / f".{name}"
        try:
            draft.write_text(text, encoding="utf-8")
            draft.replace(folder / name)
        except OSError as error:
            raise GameQAError(f"Cannot write {folder / name}: {error.strerror}.") from error
    click.echo(f"{folder / 'audit.json'}, {folder / 'audit.html'}")
