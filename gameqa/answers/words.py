"""Answers that are words, names and orders of names."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from gameqa.answers.base import AnswerKind
from gameqa.cards import Card, read_card


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


class Phrase(AnswerKind):
    """A phrase of fixed shape that is its own value, e.g. ``Move from Tab3 to Foundation 1``."""

    name = "phrase"

    def __init__(self, pattern: str, form: str, wordings: Mapping[str, str] | None = None) -> None:
        """Fix the shape.

        Args:
            pattern: a regular expression that exactly the canonical texts match as a whole.
            form: the sentence that tells a reader how to write the answer.
            wordings: other ways to say the same, for `read`: regular expressions for whole texts
                in small letters, and the canonical texts that they stand for, groups included.
        """
        self.pattern = pattern
        self.form = form
        self.wordings = dict(wordings or {})

    def text(self, value: Any) -> str:
        """Check the phrase and return it."""
        return self.parse(str(value))

    def parse(self, text: str) -> str:
        """Return the phrase if it has the shape."""
        if not re.fullmatch(self.pattern, text):
            raise self._reject(text)
        return text

    def read(self, text: str) -> str:
        """Return the phrase that a text is, whatever its capitals, or that a wording stands for."""
        # Capitals as in the pattern, whose own words are all that a phrase is made of.
        words = re.findall("[A-Za-z]+", re.sub(r"\\.", " ", self.pattern))
        capitals = {word.lower(): word for word in words}
        small = " ".join(text.lower().split())
        for wording, canonical in {".+": r"\g<0>", **self.wordings}.items():
            found = re.fullmatch(wording, small)
            said = found and re.sub(
                "[A-Za-z]+", lambda w: capitals.get(w[0].lower(), w[0]), found.expand(canonical)
            )
            if said and re.fullmatch(self.pattern, said):
                return self.parse(said)
        raise self._reject(text)


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
