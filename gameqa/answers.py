"""Answer kinds: the value of an answer, its one canonical text, and the way back."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from gameqa.cards import Card, read_card
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


class Word(AnswerKind):
    """One word or phrase of a closed vocabulary, e.g. ``yellow``."""

    name = "text"

    def __init__(self, vocabulary: Sequence[str], aliases: Mapping[str, str] | None = None) -> None:
        """Fix the words that an answer may be.

        Args:
            vocabulary: the words.
            aliases: other words that are read as one of them, e.g. ``{"grey": "gray"}``.
        """
        self.vocabulary = tuple(vocabulary)
        self.aliases = dict(aliases or {})
        self.form = f"Answer with one of: {', '.join(self.vocabulary)}."

    def text(self, value: Any) -> str:
        """Check the word and return it."""
        return str(self.parse(value))

    def parse(self, text: str) -> str:
        """Return the word if the vocabulary has it, or the one that an alias stands for."""
        word = self.aliases.get(text, text)
        if word not in self.vocabulary:
            raise self._reject(text)
        return word


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


class WordSet(AnswerKind):
    """One or more words of a closed vocabulary in any order, e.g. ``up, left``."""

    name = "set"

    def __init__(self, vocabulary: Sequence[str], form: str | None = None) -> None:
        """Fix the words, in the order in which they are written, and what readers are told."""
        self.vocabulary = tuple(vocabulary)
        self.form = form or (
            f"Answer with all that apply of {', '.join(self.vocabulary)}, commas between them."
        )

    def text(self, value: Any) -> str:
        """Write the words in the order of the vocabulary."""
        return ", ".join(self.parse(", ".join(value)))

    def parse(self, text: str) -> tuple[str, ...]:
        """Read words in any order; a word twice is an error."""
        words = [word.strip() for word in text.split(",")]
        if len(set(words)) != len(words) or not set(words) <= set(self.vocabulary):
            raise self._reject(text)
        return tuple(sorted(words, key=self.vocabulary.index))


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


class PlayingCard(AnswerKind):
    """One card of a 52-card deck, e.g. ``(Spade, 10)``."""

    name = "card"

    def __init__(self, *, pair: bool) -> None:
        """Choose between the two ways of writing: ``(Spade, 10)`` or ``Spade 10``."""
        self.pair = pair
        examples = [self.text(card) for card in (Card(10, "S"), Card(1, "H"))]
        self.form = f"Answer with one card, written like {examples[0]} or {examples[1]}."

    def text(self, value: Any) -> str:
        """Write suit and rank."""
        card: Card = value
        return card.pair if self.pair else card.words

    def parse(self, text: str) -> Card:
        """Read one card, however people write it."""
        card = read_card(text)
        if card is None:
            raise self._reject(text)
        return card


class Phrase(AnswerKind):
    """A phrase of fixed shape that is its own value, e.g. ``Move from Tab3 to Foundation 1``."""

    name = "phrase"

    def __init__(self, pattern: str, form: str) -> None:
        """Fix the shape.

        Args:
            pattern: a regular expression that exactly the canonical texts match as a whole.
            form: the sentence that tells a reader how to write the answer.
        """
        self.pattern = pattern
        self.form = form

    def text(self, value: Any) -> str:
        """Check the phrase and return it."""
        return self.parse(str(value))

    def parse(self, text: str) -> str:
        """Return the phrase if it has the shape."""
        if not re.fullmatch(self.pattern, text):
            raise self._reject(text)
        return text


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


class Labelled(AnswerKind):
    """A word for each of the labels 1, 2, 3 ..., e.g. ``1-up, 2-left, 3-up``."""

    name = "labelled"

    def __init__(self, vocabulary: Sequence[str]) -> None:
        """Fix the words."""
        self.vocabulary = tuple(vocabulary)
        example = ", ".join(f"{1 + i}-{word}" for i, word in enumerate(self.vocabulary[:3]))
        self.form = f"Answer with a word for each number, e.g. {example}."

    def text(self, value: Any) -> str:
        """Write the words in the order of their labels."""
        return ", ".join(f"{1 + i}-{word}" for i, word in enumerate(value))

    def parse(self, text: str) -> tuple[str, ...]:
        """Read labels and words in any order; every label from 1 on must be there once."""
        words: dict[int, str] = {}
        for part in text.split(","):
            found = re.fullmatch(r"\s*([1-9][0-9]?)\s*[-:=]\s*(.+?)\s*", part)
            if found is None or found[2].lower() not in self.vocabulary or int(found[1]) in words:
                raise self._reject(text)
            words[int(found[1])] = found[2].lower()
        if sorted(words) != list(range(1, 1 + len(words))):
            raise self._reject(text)
        return tuple(words[label] for label in sorted(words))


class Ranking(AnswerKind):
    """Labels in ascending order of something, equals joined, e.g. ``1 = 3 < 2``."""

    name = "ranking"

    def __init__(self, labels: Sequence[str]) -> None:
        """Fix the labels, in the order in which equals are written."""
        self.labels = tuple(labels)
        first, *rest = self.labels
        self.form = f"Answer with a relation of all of them, e.g. {self.text((rest, [first]))}."

    def text(self, value: Any) -> str:
        """Write groups of equals, the least first."""
        return " < ".join(" = ".join(sorted(group, key=self.labels.index)) for group in value)

    def parse(self, text: str) -> tuple[tuple[str, ...], ...]:
        """Read groups of equals in any order within a group; every label must be there once."""
        groups = [[label.strip() for label in group.split("=")] for group in text.split("<")]
        if sorted(label for group in groups for label in group) != sorted(self.labels):
            raise self._reject(text)
        return tuple(tuple(sorted(group, key=self.labels.index)) for group in groups)


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
