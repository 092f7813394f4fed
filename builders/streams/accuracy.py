"""A curriculum by measured accuracy: up a level where it goes well, down where it does not."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from gameqa.api import whole_number
from gameqa.builders.streams.curriculum import Levels, LoggedCurriculum
from gameqa.builders.streams.curriculum_log import Entry
from gameqa.errors import GameQAError, unknown
from gameqa.sample import Level

UNITS = ("task", "game", "all")


class _Standing(NamedTuple):
    """Where a unit stands: the place of its level, and the grades there since it came."""

    place: int = 0
    correct: int = 0
    graded: int = 0


_State = Mapping[str, _Standing]


class AccuracyCurriculum(LoggedCurriculum[_State]):
    """Each task, game, or all together, climbs from level to level by its own accuracy.

    >>> curriculum = AccuracyCurriculum(window=64, raise_at=0.8, lower_at=0.3)
    >>> curriculum.update("sokoban", "minimum_moves", "Easy", correct=True)

    After every ``window`` grades of a unit at its level the share of right ones decides: at least
    ``raise_at`` and it goes up, at most ``lower_at`` and it goes down. Grades of rows of another
    level, which were on their way when it changed, do not count.
    """

    def __init__(
        self,
        *,
        levels: Sequence[str] = ("easy", "medium", "hard"),
        window: int = 64,
        raise_at: float = 0.8,
        lower_at: float = 0.3,
        keep: float = 0.1,
        per: str = "task",
        path: str | os.PathLike[str] | None = None,
    ) -> None:
        """Fix when a unit changes its level.

        Args:
            levels: in the order in which they are climbed.
            window: grades from one decision to the next.
            raise_at: the accuracy, in (0, 1], from which it goes up.
            lower_at: the accuracy, in [0, raise_at), down to which it goes down.
            keep: the share of rows, in [0, 1), kept for the levels already climbed.
            per: what has a level of its own: "task", "game" or "all".
            path: the log's file, for DataLoader workers and later runs; None keeps it in memory.

        Raises:
            GameQAError: an argument is none of the allowed values, or the file cannot be used.
        """
        self.climbed: tuple[Level, ...] = tuple(
            dict.fromkeys(Level.parse(level) for level in levels)
        )
        self.window = whole_number("window", window, least=1)
        if per not in UNITS:
            raise unknown("per", per, UNITS)
        if not self.climbed or not 0 <= lower_at < raise_at <= 1 or not 0 <= keep < 1:
            raise GameQAError(
                f"levels {list(levels)}, lower_at {lower_at}, raise_at {raise_at}, keep {keep}: "
                "there must be a level, 0 <= lower_at < raise_at <= 1, and 0 <= keep < 1."
            )
        self.raise_at, self.lower_at, self.keep, self.per = raise_at, lower_at, keep, per
        settings: dict[str, Any] = {
            "levels": [level.value for level in self.climbed],
            "window": window,
            "raise_at": raise_at,
            "lower_at": lower_at,
            "keep": keep,
            "per": per,
        }
        super().__init__(path, settings)

    def update(self, game: str, task: str, level: str, correct: bool) -> None:
        """Tell whether one answer was right."""
        self.update_all([{"game": game, "task": task, "plot_level": level}], [correct])

    def update_all(self, rows: Iterable[Mapping[str, Any]], correct: Iterable[bool]) -> None:
        """Tell which answers of a batch were right; ``rows`` have game, task and plot_level."""
        grades: dict[tuple[str, str, str], list[int]] = {}
        for row, right in zip(rows, correct, strict=True):
            key = (row["game"], row["task"], Level.parse(row["plot_level"]).value)
            count = grades.setdefault(key, [0, 0])
            count[0] += bool(right)
            count[1] += 1
        if grades:
            self._tell({"grades": [[*key, *count] for key, count in grades.items()]})

    def level(self, game: str, task: str = "") -> Level:
        """Return the level that a task (or, by ``per``, its game or all) has reached."""
        state = self._now()
        return self.climbed[state.get(self._unit(game, task), _Standing()).place]

    def _unit(self, game: str, task: str) -> str:
        return {"task": f"{game}/{task}", "game": game, "all": ""}[self.per]

    def _start(self) -> _State:
        return {}

    def _after(self, state: _State, event: Entry) -> _State:
        new = dict(state)
        for game, task, level, correct, graded in event["grades"]:
            unit = self._unit(game, task)
            standing = new.get(unit, _Standing())
            if self.climbed[standing.place].value == level:
                new[unit] = self._decided(
                    standing._replace(
                        correct=standing.correct + correct, graded=standing.graded + graded
                    )
                )
        return new

    def _decided(self, standing: _Standing) -> _Standing:
        if standing.graded < self.window:
            return standing
        accuracy = standing.correct / standing.graded
        change = int(accuracy >= self.raise_at) - int(accuracy <= self.lower_at)
        return _Standing(min(max(standing.place + change, 0), len(self.climbed) - 1))

    def _levels(self, state: _State, game: str, task: str) -> Levels:
        place = state.get(self._unit(game, task), _Standing()).place
        weights = dict.fromkeys(self.climbed[:place], self.keep / max(place, 1))
        return {**weights, self.climbed[place]: 1.0 - (self.keep if place else 0.0)}
