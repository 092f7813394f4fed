"""The nine questions about a Space Invaders board."""

from __future__ import annotations

from gameqa.game import Task
from gameqa.games.space_invaders.generation import Knobs
from gameqa.games.space_invaders.rules import State
from gameqa.games.space_invaders.tasks_best import BestOneShot, BestTwoShots
from gameqa.games.space_invaders.tasks_counting import CountAll, CountColor, CountColumn, CountRow
from gameqa.games.space_invaders.tasks_shots import (
    ShotAtColumnPoints,
    ShotHerePoints,
    StayAndShootPoints,
)

TASKS: tuple[Task[State, Knobs], ...] = (
    CountColumn(),
    CountRow(),
    CountAll(),
    CountColor(),
    ShotHerePoints(),
    ShotAtColumnPoints(),
    StayAndShootPoints(),
    BestOneShot(),
    BestTwoShots(),
)
