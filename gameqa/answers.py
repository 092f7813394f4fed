"""Answer kinds: the value of an answer, its one canonical text, and the way back."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from typing import Any

from gameqa.errors import GameQAError


class AnswerKind(ABC):
    """A kind of answer value.

    Attributes:
        name: the ``answer_type`` of open samples of this kind.
        form: one sentence that tells a reader how to write an open answer.
    """

    name: str
    form: str

    @abstractmethod
    def text(self, value: Any) -> str:
        """Write a value in its canonical text."""

    @abstractmethod
    def parse(self, text: str) -> Any:
        """Read a canonical text back.

        Raises:
            GameQAError: the text is not a canonical text of this kind.
        """

    def _reject(self, text: str) -> GameQAError:
        return GameQAError(f"{text!r} is not a {self.name} answer. {self.form}")


class Integer(AnswerKind):
    """A whole number, e.g. ``-3`` or ``12``."""

    name = "integer"
    form = "Answer with a whole number."

    def text(self, value: Any) -> str:
        """Write an int in digits."""
        return str(int(value))

    def parse(self, text: str) -> int:
        """Read digits with an optional minus sign."""
        if not re.fullmatch(r"-?(0|[1-9][0-9]*)", text):
            raise self._reject(text)
        return int(text)


class Coordinate(AnswerKind):
    """A cell or point of two or more whole numbers, e.g. ``(3, 4)``."""

    name = "coordinate"

    def __init__(self, axes: Sequence[str] = ("row", "column")) -> None:
        """Name the axes in the order in which they are written."""
        self.axes = tuple(axes)
        example = ", ".join(str(2 + i) for i in range(len(self.axes)))
        self.form = f"Answer with one cell written as ({', '.join(self.axes)}), e.g. ({example})."

    def text(self, value: Any) -> str:
        """Write numbers in parentheses, a comma and a blank between them."""
        return f"({', '.join(str(int(part)) for part in value)})"

    def parse(self, text: str) -> tuple[int, ...]:
        """Read as many numbers as there are axes."""
        if not re.fullmatch(r"\((-?\d+)(, -?\d+)*\)", text):
            raise self._reject(text)
        value = tuple(int(part) for part in text[1:-1].split(", "))
        if len(value) != len(self.axes):
            raise self._reject(text)
        return value


class Word(AnswerKind):
    """One word or phrase of a closed vocabulary, e.g. ``yellow``."""

    name = "text"

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Fix the words that an answer may be."""
        self.vocabulary = tuple(vocabulary)
        self.form = f"Answer with one of: {', '.join(self.vocabulary)}."

    def text(self, value: Any) -> str:
        """Check the word and return it."""
        return str(self.parse(value))

    def parse(self, text: str) -> str:
        """Return the word if the vocabulary has it."""
        if text not in self.vocabulary:
            raise self._reject(text)
        return text


class OrWord(AnswerKind):
    """A value of another kind, or one word instead of it, e.g. ``(3, 4)`` or ``none``."""

    def __init__(self, kind: AnswerKind, word: str = "none") -> None:
        """Wrap a kind; the word stands for itself as a value."""
        self.kind = kind
        self.word = word
        self.name = f"{kind.name}_or_{word}"
        self.form = f"{kind.form.rstrip('.')}, or with the word {word}."

    def text(self, value: Any) -> str:
        """Write the word as it is, anything else as the wrapped kind does."""
        return self.word if value == self.word else self.kind.text(value)

    def parse(self, text: str) -> Any:
        """Read the word, or what the wrapped kind reads."""
        return self.word if text == self.word else self.kind.parse(text)


class Moves(AnswerKind):
    """A sequence of words of a closed vocabulary, e.g. ``Up -> Left -> Up``."""

    name = "sequence"

    def __init__(self, vocabulary: Sequence[str], separator: str = " -> ") -> None:
        """Fix the words of a sequence and what stands between them."""
        self.vocabulary = tuple(vocabulary)
        self.separator = separator
        example = separator.join((self.vocabulary * 2)[:3])
        self.form = f"Answer with the whole sequence, e.g. {example}."

    def text(self, value: Any) -> str:
        """Join the words."""
        return self.separator.join(value)

    def parse(self, text: str) -> tuple[str, ...]:
        """Split the text into words of the vocabulary."""
        words = tuple(text.split(self.separator)) if text else ()
        if any(word not in self.vocabulary for word in words):
            raise self._reject(text)
        return words
