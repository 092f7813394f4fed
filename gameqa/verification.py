"""Is a row right? Its answer, options, question and picture recomputed from its state and query.

    >>> check_row(gameqa.sample("sokoban").row())    # None: it is right

Nothing else of the row is believed: not its answer, not how it was made. That a row belongs to the
address in its ``data_id`` is not asked either (`gameqa.sample` makes any address anew).
"""

from __future__ import annotations

import contextlib
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gameqa import engine
from gameqa.address import Address
from gameqa.answers import AnswerKind
from gameqa.errors import GameQAError
from gameqa.game import Game, Query, Task
from gameqa.registry import get_game, list_games
from gameqa.sample import COLUMNS, Form, Level, Sample, Split
from gameqa.splits import split_of

CHOICE = "choice"

_ADDRESS = re.compile(
    r"(\w+)-v(\d+)-(\w+)-(easy|medium|hard)-(train|validation|test)-s(-?\d+)-i(\d+)"
)
_SHOWN = 80


class _RowError(Exception):
    """What is wrong with a row; never leaves this module."""


@dataclass(frozen=True)
class _Asked:
    """A row whose address, game, task, state and query have been read."""

    address: Address
    game: Game[Any, Any]
    task: Task[Any, Any]
    state: Any
    query: Query


def check_row(row: Mapping[str, Any] | Sample) -> str | None:
    """Recompute a row from its state and query.

    Checked are: the ids, types and levels against the registry; that the state is one that the
    game writes and belongs to the split in ``data_id``; the question and its options word by word;
    that exactly one option is accepted and its letter is the answer, or that an open answer is the
    solution's canonical text; the analysis' last line.

    Args:
        row: the 18 columns of one row, or a sample. The picture is not looked at; see
            `check_picture`.

    Returns:
        None when the row is right, else the reason why it is not, in one line. A row that another
        version of its game's engine made cannot be checked; that, too, is a reason.
    """
    try:
        values = _values(row)
        asked = _read(values)
        _check_split(asked)
        _check_answer(asked, values)
        _check_words(asked, values)
    except _RowError as error:
        return str(error)
    return None


def check_picture(
    row: Mapping[str, Any], style: str = "classic", min_pixels: int = engine.MIN_PIXELS
) -> str | None:
    """Draw a row's picture anew and compare it with the row's, pixel by pixel.

    Args:
        row: a row of image modality; ``image`` is ``{"bytes": ...}`` or a PIL image.
        style: the style that it was made in.
        min_pixels: the least number of pixels that it was made with.

    Returns:
        None when the pictures are equal, else the reason in one line.
    """
    try:
        values = _values(row)
        asked = _read(values)
        _check_pixels(asked, values["image"], style, min_pixels)
    except _RowError as error:
        return str(error)
    return None


def _values(row: Mapping[str, Any] | Sample) -> Mapping[str, Any]:
    if isinstance(row, Sample):
        return {name: row.picture if name == "image" else getattr(row, name) for name in COLUMNS}
    missing = [name for name in COLUMNS if name not in row]
    if missing:
        raise _RowError(f"it lacks the column {missing[0]}")
    return row


def _read(row: Mapping[str, Any]) -> _Asked:
    found = _ADDRESS.fullmatch(str(row["data_id"]))
    if found is None:
        raise _RowError(f"data_id {_short(row['data_id'])} is no address of gameqa")
    slug, version, task_slug, level, split, seed, index = found.groups()
    if slug not in list_games():
        raise _RowError(f"there is no game {slug!r}")
    try:
        game = get_game(slug)
        task = game.task(task_slug)
    except GameQAError as error:
        raise _RowError(str(error).rstrip(".")) from error
    if int(version) != game.version:
        raise _RowError(
            f"it was made by version {version} of {slug}, and version {game.version} is installed: "
            "check it with the gameqa that built it"
        )
    address = Address(
        slug, game.version, task.slug, Level.parse(level), Split(split), int(seed), int(index)
    )
    if str(address) != row["data_id"]:
        raise _RowError(f"data_id {_short(row['data_id'])} is no address of gameqa")
    registered = {
        "game": game.slug,
        "category": game.category.value,
        "domain": game.domain.value,
        "task": task.slug,
        "question_id": task.question_id,
        "question_description": task.description,
        "qa_type": task.qa_type.value,
        "qa_level": task.qa_level.value,
        "plot_level": address.plot_level.value,
    }
    for column, value in registered.items():
        if row[column] != value:
            raise _RowError(f"{column} is {_short(row[column])} where {_short(value)} belongs")
    state, query = _decode(game, row)
    return _Asked(address, game, task, state, query)


def _decode(game: Game[Any, Any], row: Mapping[str, Any]) -> tuple[Any, Query]:
    try:
        state = game.decode(json.loads(row["state"]))
        stable = engine.to_json(game.encode(state)) == row["state"]
    except Exception as error:  # whatever a game's decoder makes of damaged data
        raise _RowError(f"state cannot be read: {_told(error)}") from error
    if not stable:
        raise _RowError("state is not as the game writes it")
    try:
        query = json.loads(row["query"])
    except (TypeError, ValueError) as error:
        raise _RowError(f"query cannot be read: {_told(error)}") from error
    if not isinstance(query, dict):
        raise _RowError(f"query is {_short(row['query'])}, not a JSON object")
    return state, query


def _check_split(asked: _Asked) -> None:
    try:
        owner = split_of(asked.game.slug, asked.game.split_key(asked.state))
    except Exception as error:  # a state that decodes but makes no sense
        raise _RowError(f"state cannot be read: {_told(error)}") from error
    if owner is not asked.address.split:
        raise _RowError(f"its state belongs to {owner}, not to {asked.address.split}")


def _check_answer(asked: _Asked, row: Mapping[str, Any]) -> None:
    task, state, query = asked.task, asked.state, asked.query
    options = _options(row)
    try:
        truth = task.solve(state, query).value
        text = task.option_text(state, query, truth) if options else task.kind.text(truth)
    except Exception as error:  # a query that does not belong to the state
        raise _RowError(f"state and query have no answer: {_told(error)}") from error
    form = Form.CHOICE if options else Form.OPEN
    if form not in task.forms:
        raise _RowError(f"the task is never served {form}, the row is")
    kind = CHOICE if options else task.kind.name
    if row["answer_type"] != kind:
        raise _RowError(f"answer_type is {_short(row['answer_type'])} where {kind!r} belongs")
    if not options:
        if row["answer"] != text:
            raise _RowError(f"answer is {_short(row['answer'])}, recomputed it is {_short(text)}")
        return
    if len({option.strip().lower() for option in options}) != len(options):
        raise _RowError("two options are the same")
    if text not in options:
        raise _RowError(f"no option is the recomputed answer {_short(text)}")
    right = _letter(options.index(text))
    if row["answer"] != right:
        raise _RowError(f"answer is {_short(row['answer'])}, recomputed it is {right!r}: {text}")
    for place, option in enumerate(options):
        if option != text and _is_accepted(asked, option):
            raise _RowError(f"option {_letter(place)} is right too: {_short(option)}")


def _options(row: Mapping[str, Any]) -> list[str]:
    options = row["options"]
    if isinstance(options, str) or not isinstance(options, Sequence):
        raise _RowError(f"options are {_short(options)}, not a list of texts")
    return [str(option) for option in options]


def _is_accepted(asked: _Asked, option: str) -> bool:
    """Return whether an option that is not the solution's text is right all the same."""
    task = asked.task
    for value in _readings(task.kind, option):
        try:
            if task.option_text(asked.state, asked.query, value) == option:
                return task.accepts(asked.state, asked.query, value)
        except Exception:  # a reading that is no value of this task
            continue
    # Where only the solution's value is right, another wording of the task's own is another value.
    plain = type(task).option_text is Task.option_text
    if plain or type(task).accepts is not Task.accepts:
        raise _RowError(f"option {_short(option)} is none that the task can show")
    return False


def _readings(kind: AnswerKind, option: str) -> Iterator[Any]:
    """Yield the values that an option's text may stand for: as it reads, then every fixed word."""
    with contextlib.suppress(GameQAError):
        yield kind.parse(option)
    for name in ("vocabulary", "patterns"):
        yield from getattr(kind, name, ())


def _check_words(asked: _Asked, row: Mapping[str, Any]) -> None:
    task, state, query = asked.task, asked.state, asked.query
    options = _options(row)
    try:
        question = task.ask(state, query)
        if row["image"] is None:
            question = asked.game.describe(state, query).rstrip() + "\n\n" + question
    except Exception as error:  # a query that does not belong to the state
        raise _RowError(f"state and query cannot be asked about: {_told(error)}") from error
    closing = row["answer"]
    if options:
        lines = [f"{_letter(place)}: {option}" for place, option in enumerate(options)]
        question += "\n\n" + "\n".join(["Options:", *lines])
        closing = next(line for line in lines if line.startswith(f"{closing}: "))
    else:
        question += "\n\n" + task.kind.form
    if row["question"] != question:
        raise _RowError("question is not the one that state and query ask")
    if str(row["analysis"]).rpartition("\n")[2] != f"So the answer is {closing}.":
        raise _RowError("analysis does not end in the answer")


def _check_pixels(asked: _Asked, image: Any, style: str, min_pixels: int) -> None:
    from PIL import Image, UnidentifiedImageError

    if image is None:
        raise _RowError("it has no picture")
    try:
        if isinstance(image, Mapping):
            image = Image.open(io.BytesIO(image["bytes"]))
        shown = image.convert("RGB")
    except (UnidentifiedImageError, OSError, TypeError, KeyError, SyntaxError) as error:
        raise _RowError(f"picture cannot be read: {_told(error)}") from error
    drawn = (
        engine.draw_picture(
            asked.game, asked.state, asked.query, style, asked.address.rng("style"), min_pixels
        )
        .image()
        .convert("RGB")
    )
    if shown.size != drawn.size:
        raise _RowError(
            f"picture is {shown.width} x {shown.height}, drawn anew it is "
            f"{drawn.width} x {drawn.height}"
        )
    if shown.tobytes() != drawn.tobytes():
        raise _RowError("picture is not the one that state and query draw")


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _short(value: object) -> str:
    """Return a value for a message of one line."""
    text = repr(value)
    return text if len(text) <= _SHOWN else text[: _SHOWN - 1] + "…"


def _told(error: Exception) -> str:
    return _short(f"{type(error).__name__}: {error}")[1:-1]
