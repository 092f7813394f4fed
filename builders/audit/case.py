"""What the audit keeps of a row: texts and digests, never the picture."""

from __future__ import annotations

import re
import string
from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import blake2b
from typing import NamedTuple

from gameqa.options import Option, option_lines

_TOKEN = re.compile(r"[a-z]+|-?\d+|[^\w\s]")
_NUMBER = re.compile(r"(?<![\w.])-?\d+")


@dataclass(frozen=True)
class Place:
    """Which rows are judged together: one game, one task, one plot level, one form."""

    game: str
    task: str
    plot_level: str
    form: str

    def __str__(self) -> str:
        return f"{self.game}/{self.task}/{self.plot_level.lower()}/{self.form}"


class Shown(NamedTuple):
    """A picture's measures: pixels across and down, bytes of its file, colours that occur."""

    width: int
    height: int
    size: int
    colours: int


@dataclass(frozen=True)
class Case:
    """One row as a blind guesser sees it, and what was found when it was read.

    Attributes:
        data_id: the row's name.
        place: the rows that it is judged with.
        split: the split that it was found in.
        question: its words, the list of options left out.
        options: the texts of the options; empty when open.
        answer: the right option's text, or the open answer.
        picture: a digest of its picture; None without one.
        content: a digest of what a reader is given: picture (the state without one), question.
        wrong: why the row is wrong; None when its answer follows from state and query.
        measure: how hard its board is, as its game's page measures it; None where unknown.
        told: runs of words that the question shares with the board in words; see
            `gameqa.builders.audit.texts`.
        described: how many such runs the board in words has.
        shown: the picture's measures; None without one.
    """

    data_id: str
    place: Place
    split: str
    question: str
    options: tuple[str, ...]
    answer: str
    picture: str | None
    content: str
    wrong: str | None = None
    measure: float | None = None
    told: frozenset[int] = frozenset()
    described: int = 0
    shown: Shown | None = None

    @property
    def truth(self) -> int:
        """Which option is right, counted from 0."""
        return self.options.index(self.answer)

    @property
    def order(self) -> bytes:
        """A key that mixes cases the same way wherever they came from."""
        return blake2b(self.data_id.encode(), digest_size=16).digest()


def halves(cases: Iterable[Case]) -> tuple[list[Case], list[Case]]:
    """Divide cases in two, the same way however they are ordered."""
    mixed = sorted(cases, key=lambda case: case.order)
    return mixed[::2], mixed[1::2]


def tokens(text: str) -> list[str]:
    """Return the words, whole numbers and signs of a text, in lower case."""
    return _TOKEN.findall(text.lower())


def numbers(text: str) -> list[int]:
    """Return the whole numbers of a text in order."""
    return [int(number) for number in _NUMBER.findall(text)]


def bare_question(question: str, options: Iterable[str]) -> str:
    """Return a row's question without the list of its options."""
    texts = list(options)
    if not texts:
        return question
    letters = string.ascii_uppercase
    lettered = [Option(letter, text, text) for letter, text in zip(letters, texts, strict=False)]
    return question.removesuffix(option_lines(lettered)).rstrip()
