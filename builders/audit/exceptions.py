"""The exceptions: tasks whose page explains why a bound cannot be kept, each listed once.

The list itself is data, ``exceptions.yaml``. An exception names its own bound, so that a task that
gets worse is found again; one that no sample needed is reported, so that the list stays true.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import yaml

from gameqa.builders.audit.case import Place
from gameqa.errors import GameQAError, unknown

_KEYS = ("game", "tasks", "levels", "forms", "check", "bound", "reason")
_AT_LEAST = (
    "recomputed",
    "levels",
    "labels",
    "contrast",
)  # checks whose values are better when larger


@dataclass(frozen=True)
class Excuse:
    """One exception.

    Attributes:
        game: its game.
        tasks: its tasks; empty for all.
        levels: its plot levels; empty for all.
        forms: "choice", "open"; empty for both.
        check: the check that it is excused from.
        bound: how far; the check's own bound is moved to here.
        reason: why it cannot be mended.
    """

    game: str
    tasks: tuple[str, ...]
    levels: tuple[str, ...]
    forms: tuple[str, ...]
    check: str
    bound: float
    reason: str

    def is_about(self, place: Place) -> bool:
        """Return whether a place's cell is among those excused."""
        return (
            place.game == self.game
            and (not self.tasks or place.task in self.tasks)
            and (not self.levels or place.plot_level in ("", *self.levels))
            and (not self.forms or place.form in ("", *self.forms))
        )

    def covers(self, place: Place, check: str, value: float) -> bool:
        """Return whether a finding is within what is excused."""
        if check != self.check or not self.is_about(place):
            return False
        return value >= self.bound if check in _AT_LEAST else value <= self.bound

    def __str__(self) -> str:
        tasks = ",".join(self.tasks) or "all tasks"
        levels = ",".join(self.levels).lower() or "all levels"
        return f"{self.game}/{tasks}/{levels}: {self.check} up to {self.bound:g}"


def read_excuses(path: Path | None = None) -> list[Excuse]:
    """Return the list of exceptions.

    Args:
        path: a file of the same form; the project's own list when None.

    Raises:
        GameQAError: the file cannot be read, or an entry is not of that form.
    """
    try:
        if path is None:
            text = resources.files(__package__).joinpath("exceptions.yaml").read_text("utf-8")
        else:
            text = path.read_text("utf-8")
        entries = yaml.safe_load(text) or []
    except (OSError, yaml.YAMLError) as error:
        raise GameQAError(f"Cannot read the exceptions {path}: {error}.") from error
    if not isinstance(entries, list):
        raise GameQAError(f"The exceptions {path} are not a list.")
    return [_read(entry, number) for number, entry in enumerate(entries, 1)]


def _read(entry: Any, number: int) -> Excuse:
    from gameqa.builders.audit.judging import CHECKS

    if not isinstance(entry, dict):
        raise GameQAError(f"Exception {number} is {entry!r}, not keys and values.")
    for key in entry:
        if key not in _KEYS:
            raise unknown(f"key of exception {number}", key, _KEYS)
    for key in ("game", "check", "bound", "reason"):
        if not entry.get(key) and entry.get(key) != 0:
            raise GameQAError(f"Exception {number} lacks {key!r}.")
    if entry["check"] not in CHECKS:
        raise unknown(f"check of exception {number}", entry["check"], CHECKS)
    return Excuse(
        game=str(entry["game"]),
        tasks=_names(entry.get("tasks")),
        levels=tuple(name.capitalize() for name in _names(entry.get("levels"))),
        forms=_names(entry.get("forms")),
        check=str(entry["check"]),
        bound=float(entry["bound"]),
        reason=" ".join(str(entry["reason"]).split()),
    )


def _names(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(map(str, value)) if isinstance(value, list) else (str(value),)
