"""Curricula: which levels a stream serves, by the rows, by the step, or by how well it goes.

The training loop tells a curriculum what happens; readers ask it at the head of each block of
`BLOCK` steps. Both go into one log, so that the same log gives the same rows, after a crash too:
a block keeps the levels that it was begun with.
"""

from __future__ import annotations

import os
from abc import ABC, abstractmethod
from collections import OrderedDict
from collections.abc import Iterable, Mapping
from typing import Any, Generic, TypeVar

from gameqa.api import whole_number
from gameqa.builders.sharding import MAX_SHARDS
from gameqa.builders.streams.curriculum_log import CurriculumLog, Entry
from gameqa.builders.streams.mixture import BLOCK, LevelWeights
from gameqa.errors import GameQAError
from gameqa.sample import Level

Levels = dict[Level, float]
S = TypeVar("S")

_KEPT = 256  # states that are not worked out again


class Curriculum(ABC):
    """What a stream asks at the head of each block."""

    @abstractmethod
    def levels_of_block(self, block: int) -> LevelWeights:
        """Return the weights of the levels, by game and task, that hold for the whole block."""


class RowCurriculum(Curriculum):
    """Levels by the number of rows read: needs no updates, hence works in workers and ranks.

    >>> RowCurriculum({0: "easy", 10_000: {"easy": 1, "medium": 1}, 50_000: "hard"})
    """

    def __init__(
        self, stages: Mapping[int, str | Mapping[str, float]], *, readers: int = 1
    ) -> None:
        """Fix which levels come from which row on.

        Args:
            stages: by the number of rows, a level or weights of levels; one must begin at 0.
            readers: among how many the stream is divided, ranks times workers (at least 1 each).

        Raises:
            GameQAError: a stage is none, or none begins at 0.
        """
        self.stages = _stages(stages)
        self.readers = whole_number("readers", readers, least=1)

    def levels_of_block(self, block: int) -> LevelWeights:
        """Return the stage of the row that the block begins with, counted over all readers."""
        row = block // MAX_SHARDS * BLOCK * self.readers
        levels = _stage_at(self.stages, row)
        return lambda game, task: levels


class LoggedCurriculum(Curriculum, Generic[S]):
    """A curriculum that the training loop updates: a fold over the events of its log."""

    def __init__(
        self, path: str | os.PathLike[str] | None = None, settings: Mapping[str, Any] | None = None
    ) -> None:
        """Begin a log or go on with the one in the file.

        Args:
            path: the log's file, for DataLoader workers and later runs; None keeps it in memory.
            settings: what the levels depend on besides the events.

        Raises:
            GameQAError: the file cannot be used, or was written with other settings.
        """
        self._log = CurriculumLog(path, {"curriculum": type(self).__name__, **(settings or {})})
        self._forget()
        self._log.refresh()

    @abstractmethod
    def _start(self) -> S:
        """Return the state before all events."""

    @abstractmethod
    def _after(self, state: S, event: Entry) -> S:
        """Return the state after an event, as a new object."""

    @abstractmethod
    def _levels(self, state: S, game: str, task: str) -> Levels:
        """Return the weights of the levels of a task."""

    def events(self) -> list[Entry]:
        """Return what the training loop said so far, in order."""
        self._log.refresh()
        return list(self._log.events)

    def levels(self, game: str, task: str) -> Levels:
        """Return the weights of a task's levels as of now."""
        return self._levels(self._now(), game, task)

    def levels_of_block(self, block: int) -> LevelWeights:
        """Return the levels that the block was begun with; if it was not, those of now."""
        self._log.refresh()
        begun = self._log.blocks.get(block)
        if begun is None:
            begun = len(self._log.events)
            self._log.add({"block": block, "after": begun})
        state = self._state(begun)
        return lambda game, task: self._levels(state, game, task)

    def state_dict(self) -> dict[str, Any]:
        """Return the log as JSON-able data, to be saved with the stream's `state_dict`."""
        return {"log": self._log.entries()}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go back to a saved log; what came after it is forgotten, in the file too.

        Raises:
            GameQAError: the file cannot be written.
        """
        self._log.replace(state["log"])
        self._forget()

    def _tell(self, event: Entry) -> None:
        self._log.add(event)

    def _forget(self) -> None:
        self._known: OrderedDict[int, S] = OrderedDict({0: self._start()})

    def _now(self) -> S:
        self._log.refresh()
        return self._state(len(self._log.events))

    def _state(self, count: int) -> S:
        """Return the state after the first ``count`` events."""
        events = self._log.events
        if count > len(events):
            raise GameQAError(
                f"The curriculum's log has {len(events)} events, and a block begun after {count}."
            )
        at = max(known for known in self._known if known <= count)
        state = self._known[at]
        for event in events[at:count]:
            state = self._after(state, event)
        self._known[count] = state
        while len(self._known) > _KEPT:
            self._known.pop(next(known for known in self._known if known))
        return state


class StepCurriculum(LoggedCurriculum[int]):
    """Levels by the step that the training loop has reached.

    >>> curriculum = StepCurriculum({0: "easy", 500: {"easy": 1, "hard": 1}}, path="levels.jsonl")
    >>> curriculum.advance(step)            # in the loop
    """

    def __init__(
        self,
        stages: Mapping[int, str | Mapping[str, float]],
        *,
        path: str | os.PathLike[str] | None = None,
    ) -> None:
        """Fix which levels come from which step on.

        Args:
            stages: by step, a level or weights of levels; one must begin at 0.
            path: the log's file; None keeps it in memory.

        Raises:
            GameQAError: a stage is none, none begins at 0, or the file cannot be used.
        """
        self.stages = _stages(stages)
        told = [[first, _by_name(levels)] for first, levels in self.stages]
        super().__init__(path, {"stages": told})

    def advance(self, step: int) -> None:
        """Tell the step; nothing is written where it changes nothing."""
        reached = self._now()
        if _stage_at(self.stages, step) != _stage_at(self.stages, reached):
            self._tell({"step": whole_number("step", step, least=0)})

    def _start(self) -> int:
        return 0

    def _after(self, state: int, event: Entry) -> int:
        return int(event["step"])

    def _levels(self, state: int, game: str, task: str) -> Levels:
        return _stage_at(self.stages, state)


def read_levels(levels: str | Mapping[str, float]) -> Levels:
    """Return weights of levels; a single name has all the weight.

    Raises:
        GameQAError: a name is no level, or no weight is above 0.
    """
    given = {levels: 1.0} if isinstance(levels, str) else dict(levels)
    read: Levels = {Level.parse(name): float(weight) for name, weight in given.items()}
    if not read or min(read.values()) < 0 or sum(read.values()) <= 0:
        raise GameQAError(f"The levels {levels!r} need weights >= 0, and one above 0.")
    return read


def _stages(stages: Mapping[int, str | Mapping[str, float]]) -> list[tuple[int, Levels]]:
    read = sorted((whole_number("stage", k, least=0), read_levels(v)) for k, v in stages.items())
    if not read or read[0][0] != 0:
        raise GameQAError(f"The stages begin at {[k for k, _ in read]}; the first must begin at 0.")
    return read


def _stage_at(stages: Iterable[tuple[int, Levels]], place: int) -> Levels:
    return [levels for first, levels in stages if first <= place][-1]


def _by_name(levels: Levels) -> dict[str, float]:
    return {level.value: weight for level, weight in levels.items()}
