"""The four questions about a grid of letters."""

from __future__ import annotations

from gameqa.game import Task
from gameqa.games.word_search.generation import Knobs
from gameqa.games.word_search.rules import State
from gameqa.games.word_search.tasks_letters import CellLetter, LetterCount
from gameqa.games.word_search.tasks_words import FindWord, WordDirection

TASKS: tuple[Task[State, Knobs], ...] = (
    CellLetter(),
    LetterCount(),
    WordDirection(),
    FindWord(),
)
