"""The six questions about a Minesweeper board."""

from __future__ import annotations

from gameqa.game import Task
from gameqa.games.minesweeper.generation import Knobs
from gameqa.games.minesweeper.rules import State
from gameqa.games.minesweeper.tasks_deduction import BestAction, RevealOutcome
from gameqa.games.minesweeper.tasks_reading import CellState, CountFlags, CountRevealed, MinesLeft

TASKS: tuple[Task[State, Knobs], ...] = (
    CountFlags(),
    MinesLeft(),
    CountRevealed(),
    CellState(),
    RevealOutcome(),
    BestAction(),
)
