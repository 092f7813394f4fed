"""Accuracy of a group of rows, with its interval and what chance would reach."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from gameqa.evaluation.intervals import wilson
from gameqa.evaluation.results import Outcome, Result

DIMENSIONS = (
    "category",
    "domain",
    "qa_type",
    "qa_level",
    "plot_level",
    "answer_type",
    "game",
    "task",
)
"""What results are grouped by, besides all together."""

_ORDER = {
    name: place
    for place, name in enumerate(
        (
            *("Easy", "Medium", "Hard"),
            *("Target Perception", "State Prediction", "Strategy Optimization"),
        )
    )
}


@dataclass(frozen=True)
class Group:
    """The results of some rows, summed up.

    Attributes:
        n: rows, those without a response included.
        correct: rows whose response is right.
        chance: mean over the rows of what a guesser without the picture reaches, in 0..1.
        outcomes: rows by outcome; an outcome that did not occur has 0.
    """

    n: int
    correct: int
    chance: float
    outcomes: dict[Outcome, int]

    @property
    def accuracy(self) -> float:
        """Share of the rows whose response is right, in 0..1."""
        return self.correct / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """The accuracy's Wilson interval, 95 %."""
        return wilson(self.correct, self.n)

    @property
    def is_above_chance(self) -> bool:
        """Whether even the interval's lower end is above chance."""
        return self.interval[0] > self.chance

    def as_dict(self) -> dict[str, Any]:
        """Return the group as JSON-able data."""
        return {
            "n": self.n,
            "correct": self.correct,
            "accuracy": self.accuracy,
            "interval": list(self.interval),
            "chance": self.chance,
            "above_chance": self.is_above_chance,
            "outcomes": {outcome.value: count for outcome, count in self.outcomes.items()},
        }


def summarize(results: Iterable[Result]) -> Group:
    """Sum up the results of at least one row."""
    known = list(results)
    counts = Counter(result.outcome for result in known)
    return Group(
        n=len(known),
        correct=counts[Outcome.CORRECT],
        chance=sum(result.chance for result in known) / len(known),
        outcomes={outcome: counts[outcome] for outcome in Outcome},
    )


def grouped(results: Iterable[Result], dimension: str) -> dict[str, list[Result]]:
    """Divide results by one of `DIMENSIONS`, in order: levels ascending, names alphabetically."""
    parts: dict[str, list[Result]] = {}
    for result in results:
        parts.setdefault(getattr(result, dimension), []).append(result)
    return {name: parts[name] for name in sorted(parts, key=lambda n: (_ORDER.get(n, -1), n))}
