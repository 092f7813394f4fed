"""Answer kinds: the value of an answer, its one canonical text, and the way back."""

from __future__ import annotations

from gameqa.answers.base import AnswerKind
from gameqa.answers.cells import Box, CellAndWord, CellSet, Coordinate, Matrix
from gameqa.answers.moves import Command, CountedMoves, History, Moves
from gameqa.answers.numbers import Decimal, Integer, NamedNumbers
from gameqa.answers.words import Labelled, OrWord, Phrase, PlayingCard, Ranking, Word, WordSet

__all__ = [
    "AnswerKind",
    "Box",
    "CellAndWord",
    "CellSet",
    "Command",
    "Coordinate",
    "CountedMoves",
    "Decimal",
    "History",
    "Integer",
    "Labelled",
    "Matrix",
    "Moves",
    "NamedNumbers",
    "OrWord",
    "Phrase",
    "PlayingCard",
    "Ranking",
    "Word",
    "WordSet",
]
