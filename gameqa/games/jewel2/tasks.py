"""The seven questions about a Jewel2 board."""

from __future__ import annotations

from gameqa.game import Task
from gameqa.games.jewel2.generation import Knobs
from gameqa.games.jewel2.rules import State
from gameqa.games.jewel2.tasks_commands import (
    BestCommand,
    ClearOutcome,
    SequenceCleared,
    SwapOutcome,
)
from gameqa.games.jewel2.tasks_perception import CountGem, CountSpecial, FindGem

TASKS: tuple[Task[State, Knobs], ...] = (
    CountGem(),
    FindGem(),
    CountSpecial(),
    ClearOutcome(),
    SwapOutcome(),
    SequenceCleared(),
    BestCommand(),
)
