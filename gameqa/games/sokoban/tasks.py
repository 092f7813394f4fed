"""The six questions about a Sokoban board."""

from __future__ import annotations

from gameqa.game import Task
from gameqa.games.sokoban.generation import Knobs
from gameqa.games.sokoban.rules import State
from gameqa.games.sokoban.tasks_planning import MinimumMoves, ShortestWalk
from gameqa.games.sokoban.tasks_reading import BoxTargetDistance, PlayerPosition
from gameqa.games.sokoban.tasks_sequences import BoxTokenAfterMoves, PlayerAfterMoves

TASKS: tuple[Task[State, Knobs], ...] = (
    PlayerAfterMoves(),
    BoxTokenAfterMoves(),
    MinimumMoves(),
    PlayerPosition(),
    BoxTargetDistance(),
    ShortestWalk(),
)
