"""The five questions about a Tangram board."""

from __future__ import annotations

from gameqa.game import Task
from gameqa.games.tangram.generation import Knobs
from gameqa.games.tangram.rules import State
from gameqa.games.tangram.tasks_fit import FIT_TASKS
from gameqa.games.tangram.tasks_measure import MEASURE_TASKS

TASKS: tuple[Task[State, Knobs], ...] = tuple(
    sorted((*MEASURE_TASKS, *FIT_TASKS), key=lambda task: task.question_id)
)
