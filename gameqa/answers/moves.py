"""Answers that are moves, commands and what happened step by step."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby
from typing import Any

from gameqa.answers.base import AnswerKind


class Moves(AnswerKind):
    """A sequence of words of a closed vocabulary, e.g. ``Up -> Left -> Up``."""

    name = "sequence"

    def __init__(
        self, vocabulary: Sequence[str], separator: str = " -> ", example: Sequence[str] = ()
    ) -> None:
        """Fix the words of a sequence, what stands between them, and an example for readers."""
        self.vocabulary = tuple(vocabulary)
        self.separator = separator
        example = separator.join(example or (self.vocabulary * 2)[:3])
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


class CountedMoves(AnswerKind):
    """A walk, straight runs counted, e.g. ``down x2, right``."""

    name = "moves"

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Fix the words of the moves."""
        self.vocabulary = tuple(vocabulary)
        one, other = self.vocabulary[0], self.vocabulary[-1]
        self.form = f'Answer with the moves in order, e.g. "{one} x3, {other}, {one}".'

    def text(self, value: Any) -> str:
        """Write each run of equal moves once, with its length if that is not 1."""
        runs = [(move, len(list(same))) for move, same in groupby(value)]
        return ", ".join(move if count == 1 else f"{move} x{count}" for move, count in runs)

    def parse(self, text: str) -> tuple[str, ...]:
        """Read moves with or without counts."""
        moves: list[str] = []
        for part in text.split(","):
            found = re.fullmatch(r" *(\S+?)(?: *[x×] *([1-9][0-9]{0,2}))? *", part)
            if found is None or found[1] not in self.vocabulary:
                raise self._reject(text)
            moves += [found[1]] * int(found[2] or 1)
        return tuple(moves)


class Command(AnswerKind):
    """One command of a small language, a word and its arguments, e.g. ``swap 2 3 up``."""

    name = "command"

    def __init__(self, *patterns: str) -> None:
        """Fix the patterns that a command may follow.

        Args:
            *patterns: parts with blanks between them; ``<x>`` stands for a whole number that is
                called x, ``up|down`` for one of those words, and any other part for itself.
        """
        self.patterns = tuple(patterns)
        self._regex = re.compile("|".join(map(self._regex_of, patterns)))
        shown = " or ".join(f'"{re.sub("[<>]", "", p).replace("|", "/")}"' for p in patterns)
        names = dict.fromkeys(re.findall("<(.+?)>", " ".join(patterns)))
        self.form = f"Answer with one command: {shown}, with numbers for {' and '.join(names)}."

    @staticmethod
    def _regex_of(pattern: str) -> str:
        parts = pattern.split(" ")
        return " ".join("(?:0|[1-9][0-9]*)" if p.startswith("<") else f"(?:{p})" for p in parts)

    def text(self, value: Any) -> str:
        """Check the command and return it in its canonical text."""
        return self.parse(str(value))

    def parse(self, text: str) -> str:
        """Return the canonical text; capitals, and brackets and commas around numbers, may stay."""
        plain = " ".join(re.sub(r"[()\[\],]", " ", text).lower().split())
        if not self._regex.fullmatch(plain):
            raise self._reject(text)
        return plain


class History(AnswerKind):
    """A number and what it becomes at which steps, e.g. ``2 -> 2 (step 5) -> 3 (step 7)``."""

    name = "history"
    form = (
        "Answer with the first number and then every later one with its step, written like "
        '"2 -> 2 (step 5) -> 3 (step 7)".'
    )

    def text(self, value: Any) -> str:
        """Write a first number and pairs of step and number."""
        first, later = value
        return " -> ".join([str(int(first)), *(f"{int(n)} (step {int(t)})" for t, n in later)])

    def parse(self, text: str) -> tuple[int, tuple[tuple[int, int], ...]]:
        """Read the first number and the steps, which must ascend."""
        first, *later = re.split(r" *(?:->|→) *", text.strip())
        found = [re.fullmatch(r"(\d+) *\(step (\d+)\)", part) for part in later]
        if not re.fullmatch(r"\d+", first) or not all(found):
            raise self._reject(text)
        pairs = tuple((int(match[2]), int(match[1])) for match in found if match)
        if list(pairs) != sorted(dict(pairs).items()):
            raise self._reject(text)
        return int(first), pairs
