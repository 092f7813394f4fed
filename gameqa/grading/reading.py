"""How an open answer is read: one reader for each kind of answer, registered by its class.

A reader gets what may be the answer (`gameqa.grading.statements.cores`) and must account for
every word of it. Kinds of other packages are read by their own `AnswerKind.read`, which is their
strict `parse` unless they override it.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from gameqa.answers import AnswerKind
from gameqa.grading.statements import cores, without_cause

Kind = TypeVar("Kind", bound=AnswerKind)
Reader = Callable[[Any, str], Any]


class UnreadableError(Exception):
    """A text that does not state exactly one answer; the message says why."""


class ContradictoryError(UnreadableError):
    """A text that states several answers, or goes back on one."""


_READERS: dict[type[AnswerKind], Reader] = {}
_HOLDS_CELLS: set[type[AnswerKind]] = set()


def reads(
    kind: type[Kind], *, cells: bool = False
) -> Callable[[Callable[[Kind, str], Any]], Callable[[Kind, str], Any]]:
    """Register a function as the reader of a kind.

    The function gets the kind and plain text, and returns the value or raises `UnreadableError`.

    Args:
        kind: the class of the kind.
        cells: whether its values are written in parentheses, so that parentheses before the verb
            of a sentence would be a second answer.
    """

    def register(reader: Callable[[Kind, str], Any]) -> Callable[[Kind, str], Any]:
        _READERS[kind] = reader
        if cells:
            _HOLDS_CELLS.add(kind)
        return reader

    return register


def read_open(kind: AnswerKind, text: str) -> Any:
    """Return the value that plain text states as an answer of a kind.

    Raises:
        UnreadableError: it states none, or several.
    """
    problem = None
    for whole in without_cause(text):
        for core in cores(whole, digits=type(kind) not in _HOLDS_CELLS):
            try:
                value = read_core(kind, core)
            except UnreadableError as error:
                problem = problem or error
                continue
            if is_answer(whole[: whole.rfind(core)], lambda text: read_open(kind, text)):
                raise ContradictoryError(f"{whole[:80]!r} states several answers")
            return value
    raise problem or UnreadableError("there is nothing to read")


def is_answer(text: str, read: Callable[[str], Any]) -> bool:
    """Return whether what stands before an answer is an answer too."""
    text = text.strip(" \n.,;:!\"'`")
    if not text:
        return False
    try:
        return read(text) is not None
    except UnreadableError:
        return False


def read_core(kind: AnswerKind, core: str) -> Any:
    """Return the value that a text is, with no sentence round it.

    Raises:
        UnreadableError: it is none.
    """
    reader = _READERS.get(type(kind))
    if reader is not None:
        return reader(kind, core)
    try:
        return kind.read(core)
    except Exception as error:  # a kind of another package may stumble over a strange text
        raise unreadable(core, kind.name) from error


def unreadable(text: str, what: str) -> UnreadableError:
    """Build the error for a text that is not one answer of a kind."""
    shown = " ".join(text[:80].split())
    return UnreadableError(
        f"{shown if len(text) <= 80 else shown + '...'!r} is not one {what} answer"
    )
