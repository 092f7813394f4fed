"""The seven questions about a Tents and Trees puzzle."""

from __future__ import annotations

from gameqa.game import Task
from gameqa.games.tents.generation import Knobs
from gameqa.games.tents.rules import State
from gameqa.games.tents.tasks_choosing import WhichCellAcceptsTent, WhichCellHasTree
from gameqa.games.tents.tasks_counting import (
    CandidateCellCount,
    LegalCellCount,
    MissingInColumn,
    MissingInGrid,
    TentsInRow,
)

TASKS: tuple[Task[State, Knobs], ...] = (
    TentsInRow(),
    MissingInColumn(),
    MissingInGrid(),
    CandidateCellCount(),
    LegalCellCount(),
    WhichCellHasTree(),
    WhichCellAcceptsTent(),
)
