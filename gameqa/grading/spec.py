"""What a response is graded against: a row, a sample, or the JSON that stands for them.

The JSON is self-contained. Kinds with parameters (a vocabulary, axes) carry them as ``reader``;
a kind that only its game knows, or a task that accepts several answers, carries ``game`` and
``task``, and the latter ``state`` and ``query`` too.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from gameqa import answers
from gameqa.answers import AnswerKind
from gameqa.errors import GameQAError, unknown
from gameqa.game import Task
from gameqa.prompts import column
from gameqa.registry import get_game
from gameqa.sample import Sample

VERSION = 1

# Built-in kinds by their name in a spec, and the arguments that make them again.
_KINDS: dict[str, tuple[type[AnswerKind], tuple[str, ...]]] = {
    "box": (answers.Box, ()),
    "card": (answers.PlayingCard, ("pair",)),
    "cell_and_word": (answers.CellAndWord, ("vocabulary", "joint", "aliases")),
    "cells": (answers.CellSet, ("axes",)),
    "command": (answers.Command, ("patterns",)),
    "coordinate": (answers.Coordinate, ("axes",)),
    "decimal": (answers.Decimal, ("places",)),
    "history": (answers.History, ()),
    "integer": (answers.Integer, ()),
    "labelled": (answers.Labelled, ("vocabulary",)),
    "matrix": (answers.Matrix, ("rows", "cols", "symbols")),
    "moves": (answers.CountedMoves, ("vocabulary",)),
    "numbers": (answers.NamedNumbers, ("names",)),
    "phrase": (answers.Phrase, ("pattern", "form")),
    "ranking": (answers.Ranking, ("labels",)),
    "sequence": (answers.Moves, ("vocabulary", "separator")),
    "set": (answers.WordSet, ("vocabulary",)),
    "text": (answers.Word, ("vocabulary", "aliases")),
}
_NAMES = {made: name for name, (made, _) in _KINDS.items()}


@dataclass(frozen=True)
class Target:
    """What `gameqa.grade` needs to know of a question.

    Attributes:
        answer: the letter of the right option, or the canonical text.
        options: the options' texts; empty where the question is open.
        kind: how an open answer is read; None for choices.
        task: the task that decides, where several answers are right.
        state, query: what it decides by.
    """

    answer: str
    options: tuple[str, ...] = ()
    kind: AnswerKind | None = None
    task: Task[Any, Any] | None = None
    state: Any = None
    query: Any = None


def grading_spec(row_or_sample: Mapping[str, Any] | Sample) -> str:
    """Return what `gameqa.grade` needs to know of a row, as one line of JSON.

    It goes wherever a trainer passes a single string to the reward.

    Raises:
        GameQAError: a column is missing, or the game or task is unknown.
    """
    spec: dict[str, Any] = {"v": VERSION}
    answer, answer_type = (str(column(row_or_sample, n)) for n in ("answer", "answer_type"))
    spec |= {"kind": answer_type, "answer": answer}
    if answer_type == "choice":
        spec["options"] = list(map(str, column(row_or_sample, "options")))
    else:
        names = {n: str(column(row_or_sample, n)) for n in ("game", "task")}
        game = get_game(names["game"])
        task = game.task(names["task"])
        reader = _reader(task.kind)
        if reader:
            spec["reader"] = reader
        if accepts_several(task):
            spec |= names
            spec |= {n: _from_json(n, column(row_or_sample, n)) for n in ("state", "query")}
        elif reader is None:
            spec |= names
    target_of(spec)  # a spec that cannot be graded by is an error here, not in training
    return json.dumps(spec, separators=(",", ":"), ensure_ascii=False)


def accepts_several(task: Task[Any, Any]) -> bool:
    """Return whether a task may accept answers other than the one in the row."""
    return type(task).accepts is not Task.accepts


def target_of(given: object) -> Target:
    """Return the target that a row, a sample, or a spec (a mapping or JSON) stands for.

    Raises:
        GameQAError: it is none of these, or lacks something.
    """
    if isinstance(given, Sample):
        return _of_row(given)
    if isinstance(given, str):
        given = _from_json("grading spec", given)
    if not isinstance(given, Mapping):
        raise GameQAError(
            f"{_short(given)} is no grading target; give a row, a Sample, or a grading spec."
        )
    return _of_spec(given) if "v" in given else _of_row(given)


def _of_row(row: Mapping[str, Any] | Sample) -> Target:
    answer, answer_type = str(column(row, "answer")), column(row, "answer_type")
    if answer_type == "choice":
        return _choice(answer, column(row, "options"))
    task = _task_of(row)
    return _open(answer, task.kind, row, task)


def _of_spec(spec: Mapping[str, Any]) -> Target:
    if spec["v"] != VERSION:
        raise GameQAError(f"Grading spec version {spec['v']!r} is unknown; this is {VERSION}.")
    answer, name = str(_entry(spec, "answer")), _entry(spec, "kind")
    if name == "choice":
        return _choice(answer, _entry(spec, "options"))
    task = _task_of(spec) if "task" in spec else None
    if task is not None:
        return _open(answer, task.kind, spec, task)
    return _open(answer, _kind(spec.get("reader") or {"type": name}), spec, None)


def _choice(answer: str, options: Any) -> Target:
    if isinstance(options, str | bytes | Mapping) or not isinstance(options, Iterable):
        raise GameQAError(f"The options are {_short(options)}; they must be a list of texts.")
    texts = tuple(map(str, options))
    if len(texts) < 2 or not _is_letter(answer, len(texts)):
        raise GameQAError(f"Answer {answer!r} is not the letter of one of {len(texts)} options.")
    return Target(answer, texts)


def _is_letter(answer: str, count: int) -> bool:
    return len(answer) == 1 and 0 <= ord(answer) - ord("A") < min(count, 26)


def _open(
    answer: str, kind: AnswerKind, given: Mapping[str, Any] | Sample, task: Task[Any, Any] | None
) -> Target:
    try:
        kind.parse(answer)
    except Exception as error:  # a kind made of a broken spec may fail in any way
        raise GameQAError(f"The right answer {_short(answer)} cannot be read: {error}") from error
    if task is None or not accepts_several(task):
        return Target(answer, kind=kind)
    state, query = (_from_json(n, column(given, n)) for n in ("state", "query"))
    game = get_game(str(column(given, "game")))
    try:
        decoded = game.decode(state)
    except Exception as error:  # whatever a game makes of a broken state
        raise GameQAError(f"The state of {game.slug} cannot be read: {error!r}") from error
    return Target(answer, kind=kind, task=task, state=decoded, query=query)


def _task_of(given: Mapping[str, Any] | Sample) -> Task[Any, Any]:
    return get_game(str(column(given, "game"))).task(str(column(given, "task")))


def _reader(kind: AnswerKind) -> dict[str, Any] | None:
    """Return the parameters of a built-in kind; None for a kind that only its game knows."""
    if isinstance(kind, answers.OrWord):
        inner = _reader(kind.kind)
        return None if inner is None else {"type": "or_word", "word": kind.word, "kind": inner}
    name = _NAMES.get(type(kind))
    if name is None or (isinstance(kind, answers.Phrase) and kind.wordings):
        return None
    return {"type": name, **{n: getattr(kind, n) for n in _KINDS[name][1]}}


def _kind(reader: Any) -> AnswerKind:
    name = _entry(reader, "type")
    if name == "or_word":
        return answers.OrWord(_kind(_entry(reader, "kind")), str(_entry(reader, "word")))
    if name not in _KINDS:
        raise unknown("kind of answer", name, [*_KINDS, "or_word", "choice"])
    made, arguments = _KINDS[name]
    values = {argument: _entry(reader, argument) for argument in arguments}
    try:
        return made(*values["patterns"]) if made is answers.Command else made(**values)
    except Exception as error:  # parameters of other types than they must be
        raise GameQAError(f"No {name} answer can be read with {_short(values)}: {error}") from error


def _entry(spec: Any, name: str) -> Any:
    if not isinstance(spec, Mapping) or name not in spec:
        raise GameQAError(f"The grading spec lacks {name!r}: {_short(spec)}.")
    return spec[name]


def _from_json(name: str, text: Any) -> Any:
    if not isinstance(text, str):
        return text
    try:
        return json.loads(text)
    except ValueError as error:
        raise GameQAError(f"The {name} {_short(text)} is not JSON: {error}.") from error


def _short(value: object) -> str:
    text = repr(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
