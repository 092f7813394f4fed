"""Answers that are numbers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from gameqa.answers.base import AnswerKind


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


class Decimal(AnswerKind):
    """A number between 0 and 1 with a fixed number of decimal places, e.g. ``0.733``."""

    name = "decimal"

    def __init__(self, places: int) -> None:
        """Fix how many places are written."""
        self.places = places
        self.form = f"Answer with a decimal number of {places} places, e.g. {self.text(0.25)}."

    def text(self, value: Any) -> str:
        """Write a number with all its places."""
        return f"{value:.{self.places}f}"

    def parse(self, text: str) -> float:
        """Read a decimal number, a percentage (``73.3%``) or a fraction (``11/15``)."""
        number = r"[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9}"
        found = re.fullmatch(rf" *({number})(?: */ *([1-9][0-9]{{0,8}})| *(%))? *", text)
        if found is None:
            raise self._reject(text)
        return float(found[1]) / float(found[2] or (100 if found[3] else 1))


class NamedNumbers(AnswerKind):
    """Several whole numbers, each after its name, e.g. ``state 3, symbol 0``."""

    name = "numbers"

    def __init__(self, names: Sequence[str]) -> None:
        """Name the numbers in the order in which they are written."""
        self.names = tuple(names)
        self.form = (
            f'Answer with {len(names)} numbers, written like "{self.text(range(len(names)))}".'
        )

    def text(self, value: Any) -> str:
        """Write every number after its name, commas between them."""
        pairs = zip(self.names, value, strict=True)
        return ", ".join(f"{name} {int(number)}" for name, number in pairs)

    def parse(self, text: str) -> tuple[int, ...]:
        """Read as many numbers as there are names; colons and equals signs may stand between."""
        pattern = " *,? *".join(rf"{name} *[:=]? *(\d+)" for name in self.names)
        found = re.fullmatch(pattern, text)
        if found is None:
            raise self._reject(text)
        return tuple(map(int, found.groups()))
