"""Answers that are cells, sets of cells, and tables of cells."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gameqa.answers.base import AnswerKind


class Coordinate(AnswerKind):
    """A cell or point of two or more whole numbers, e.g. ``(3, 4)``."""

    name = "coordinate"

    def __init__(
        self, axes: Sequence[str] = ("row", "column"), example: Sequence[int] = ()
    ) -> None:
        """Name the axes in the order in which they are written, and perhaps choose the example."""
        self.axes = tuple(axes)
        shown = self.text(example or range(2, 2 + len(self.axes)))
        self.form = f"Answer with one cell written as ({', '.join(self.axes)}), e.g. {shown}."

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


class CellAndWord(AnswerKind):
    """A cell and one word of a closed vocabulary, e.g. ``(4, 1), facing right``."""

    name = "cell_and_word"

    def __init__(
        self,
        vocabulary: Sequence[str],
        joint: str = ", ",
        what: str = "direction",
        aliases: Mapping[str, str] | None = None,
    ) -> None:
        """Fix the words and how they follow the cell.

        Args:
            vocabulary: the words.
            joint: what stands between cell and word, e.g. ``, facing ``.
            what: what the word is, for the form's sentence.
            aliases: other words that are read as one of them.
        """
        self.vocabulary = tuple(vocabulary)
        self.joint = joint
        self.aliases = dict(aliases or {})
        self.form = (
            f'Answer with cell and {what}, written like "{self.text((2, 3, self.vocabulary[0]))}".'
        )

    def text(self, value: Any) -> str:
        """Write the cell in parentheses and the word after it."""
        row, col, word = value
        return f"({int(row)}, {int(col)}){self.joint}{word}"

    def parse(self, text: str) -> tuple[int, int, str]:
        """Read a row, a column and a word; the words of the joint may be left out."""
        found = re.fullmatch(
            rf"\( *(\d+) *, *(\d+) *\) *,? *(?:{self.joint.strip(' ,')})? *(.+)", text
        )
        word = "" if found is None else self.aliases.get(found[3], found[3])
        if found is None or word not in self.vocabulary:
            raise self._reject(text)
        return int(found[1]), int(found[2]), word


class CellSet(AnswerKind):
    """A set of cells in any order, e.g. ``(1, 1, 2), (2, 1, 2)``."""

    name = "cells"

    def __init__(self, axes: Sequence[str] = ("row", "column")) -> None:
        """Name the axes in the order in which they are written."""
        self.axes = tuple(axes)
        one = ", ".join(str(1 + i) for i in range(len(self.axes)))
        other = ", ".join(str(2 + i) for i in range(len(self.axes)))
        self.form = (
            f"Answer with the cells written as ({', '.join(self.axes)}), commas between them, "
            f"e.g. ({one}), ({other})."
        )

    def text(self, value: Any) -> str:
        """Write the cells in ascending order."""
        cells = sorted(tuple(int(part) for part in cell) for cell in value)
        return ", ".join(f"({', '.join(map(str, cell))})" for cell in cells)

    def parse(self, text: str) -> tuple[tuple[int, ...], ...]:
        """Read cells of as many numbers as there are axes; a cell twice is an error."""
        cell = r"\( *-?\d+(?: *, *-?\d+)* *\)"
        if not re.fullmatch(rf"{cell}(?: *,? *{cell})*", text):
            raise self._reject(text)
        cells = [
            tuple(int(part) for part in re.findall(r"-?\d+", found))
            for found in re.findall(cell, text)
        ]
        if len(set(cells)) != len(cells) or any(len(c) != len(self.axes) for c in cells):
            raise self._reject(text)
        return tuple(sorted(cells))


class Box(AnswerKind):
    """A rectangle of cells by two opposite corners, e.g. ``(0, 1) to (2, 3)``."""

    name = "box"
    form = (
        "Answer with the top left and the bottom right cell, both included, written as "
        "(row, column) to (row, column), e.g. (0, 1) to (2, 3)."
    )

    def text(self, value: Any) -> str:
        """Write (top row, left column, bottom row, right column) as two cells."""
        top, left, bottom, right = map(int, value)
        return f"({top}, {left}) to ({bottom}, {right})"

    def parse(self, text: str) -> tuple[int, int, int, int]:
        """Read two cells; blanks do not matter."""
        found = re.fullmatch(r"\((\d+),(\d+)\)to\((\d+),(\d+)\)", re.sub(r"\s", "", text), re.ASCII)
        if found is None:
            raise self._reject(text)
        top, left, bottom, right = map(int, found.groups())
        return top, left, bottom, right


class Matrix(AnswerKind):
    """A table of whole numbers, e.g. ``[[0, 1], [1, 1]]``."""

    name = "matrix"

    def __init__(self, rows: int, cols: int, symbols: Sequence[int]) -> None:
        """Fix the size and the numbers that may occur."""
        self.rows, self.cols, self.symbols = rows, cols, tuple(symbols)
        example = [[symbols[(r + c) % len(symbols)] for c in range(cols)] for r in range(rows)]
        self.form = f"Answer with a matrix of {rows} rows written as, e.g., {example}."

    def text(self, value: Any) -> str:
        """Write the rows in brackets, from the top."""
        return str([[int(part) for part in row] for row in value])

    def parse(self, text: str) -> tuple[tuple[int, ...], ...]:
        """Read rows of numbers; brackets, commas and line breaks between them do not matter."""
        words = re.sub(r"[\[\](),;\s]+", " ", text).split()
        if len(words) != self.rows * self.cols or any(not w.isdecimal() for w in words):
            raise self._reject(text)
        numbers = [int(word) for word in words]
        if any(number not in self.symbols for number in numbers):
            raise self._reject(text)
        return tuple(tuple(numbers[r * self.cols : (r + 1) * self.cols]) for r in range(self.rows))
