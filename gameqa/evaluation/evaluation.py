"""`gameqa.evaluate`: grade a model's responses and sum them up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from functools import cached_property
from statistics import median
from typing import Any

import gameqa
from gameqa.errors import GameQAError, unknown
from gameqa.evaluation.chance import chances
from gameqa.evaluation.groups import DIMENSIONS, Group, grouped, summarize
from gameqa.evaluation.responses import Matched, Responses, match
from gameqa.evaluation.results import Outcome, Result
from gameqa.evaluation.rows import Row, read_rows
from gameqa.grading import grade
from gameqa.sample import Sample

SCHEMA = "gameqa.evaluation"
SCHEMA_VERSION = 1

# What `gameqa.grade` calls it, and what an evaluation does.
_OUTCOMES = {
    "right": Outcome.CORRECT,
    "wrong": Outcome.WRONG,
    "contradictory": Outcome.CONTRADICTORY,
    "no answer": Outcome.NO_ANSWER,
}

_COLUMNS = tuple(field.name for field in fields(Result))


@dataclass(frozen=True)
class Evaluation:
    """How a model did on some rows.

    Attributes:
        name: what the model is called.
        results: what became of each row, in the order of the rows.
        repeated: ids with several responses of the same text, which counts once.
        unknown: ids of responses to which there is no row; they count for nothing.
    """

    name: str
    results: tuple[Result, ...]
    repeated: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @cached_property
    def overall(self) -> Group:
        """All rows together."""
        return summarize(self.results)

    @property
    def accuracy(self) -> float:
        """Share of all rows whose response is right, in 0..1."""
        return self.overall.accuracy

    def by(self, dimension: str) -> dict[str, Group]:
        """Return groups of rows by name.

        Args:
            dimension: "category", "domain", "qa_type", "qa_level", "plot_level", "answer_type",
                "game" or "task" (named ``"game/task"``).

        Raises:
            GameQAError: it is none of these.
        """
        if dimension not in DIMENSIONS:
            raise unknown("grouping", dimension, DIMENSIONS)
        return {name: summarize(part) for name, part in grouped(self.results, dimension).items()}

    @cached_property
    def rows_per_open_task(self) -> float | None:
        """Rows of the median open task; None where all questions are choices.

        The chance of an open task is what its best constant answer reaches on just these rows:
        with fewer than some 30 it is well above what that answer would reach on others.
        """
        counts = Counter(r.task for r in self.results if r.answer_type != "choice")
        return float(median(counts.values())) if counts else None

    def ids(self, outcome: Outcome | str) -> list[str]:
        """Return the ids of the rows with an outcome, e.g. ``"missing"``.

        Raises:
            GameQAError: there is no such outcome.
        """
        names = [each.value for each in Outcome]
        if outcome not in names:
            raise unknown("outcome", str(outcome), names)
        return [r.data_id for r in self.results if r.outcome == outcome]

    def as_dict(self) -> dict[str, Any]:
        """Return the evaluation as JSON-able data, from which `from_dict` makes it again.

        The groups are there for readers; the rows, as lists in the order of ``columns``, are what
        everything follows from.
        """
        rows = [[*asdict(result).values()] for result in self.results]
        return {
            "schema": SCHEMA,
            "schema_version": SCHEMA_VERSION,
            "gameqa": gameqa.__version__,
            "model": self.name,
            "overall": self.overall.as_dict(),
            "groups": {
                dimension: {name: group.as_dict() for name, group in self.by(dimension).items()}
                for dimension in DIMENSIONS
            },
            "missing": self.ids(Outcome.MISSING),
            "conflicting": self.ids(Outcome.CONFLICTING),
            "repeated": list(self.repeated),
            "unknown": list(self.unknown),
            "columns": list(_COLUMNS),
            "rows": [
                [value.value if isinstance(value, Outcome) else value for value in row]
                for row in rows
            ],
        }

    @classmethod
    def from_dict(cls, data: Mapping[str, Any]) -> Evaluation:
        """Make an evaluation from what `as_dict` returned.

        Raises:
            GameQAError: it is something else, or of another version of the schema.
        """
        if not isinstance(data, Mapping) or data.get("schema") != SCHEMA:
            raise GameQAError(f"This is no evaluation: its schema is not {SCHEMA!r}.")
        if data.get("schema_version") != SCHEMA_VERSION:
            raise GameQAError(
                f"The evaluation's schema has version {data.get('schema_version')!r}; this gameqa "
                f"reads version {SCHEMA_VERSION}."
            )
        try:
            results = tuple(
                Result(**{**values, "outcome": Outcome(values["outcome"])})
                for row in data["rows"]
                for values in [dict(zip(data["columns"], row, strict=True))]
            )
            return cls(data["model"], results, tuple(data["repeated"]), tuple(data["unknown"]))
        except (KeyError, TypeError, ValueError) as error:
            raise GameQAError(f"The evaluation is damaged: {error!r}.") from error


def evaluate(
    rows: Iterable[Mapping[str, Any] | Sample], responses: Responses, name: str = "model"
) -> Evaluation:
    """Grade a model's responses by rule and sum them up.

    Every row counts: a row without a response, or with several of different texts, is wrong. A
    response that comes twice with the same text counts once. Responses to rows that are not there
    count for nothing. All of it is reported (`Evaluation.ids`, ``repeated``, ``unknown``).

    >>> evaluation = gameqa.evaluate(dataset["test"], {"sokoban-v1-…": "<answer>B</answer>", …})
    >>> evaluation.accuracy, evaluation.overall.interval, evaluation.overall.chance

    Args:
        rows: dicts with the dataset's columns, a split of a `datasets` dataset, or samples.
        responses: what the model wrote: a dict by ``data_id``; or a list in the order of the rows
            (None where there is no response); or records with ``data_id`` and ``response``.
        name: what the model is called.

    Raises:
        GameQAError: there are no rows, one lacks a column or is there twice, the responses have
            none of these forms, or none of their ids is known.
    """
    known = read_rows(rows)
    matched = match([row.data_id for row in known], responses)
    luck = chances(known, lambda row, response: grade(row.target, response).correct)
    conflicting = set(matched.conflicting)
    results = tuple(
        _result(row, chance, matched, row.data_id in conflicting)
        for row, chance in zip(known, luck, strict=True)
    )
    return Evaluation(name, results, tuple(matched.repeated), tuple(matched.unknown))


def _result(row: Row, chance: float, matched: Matched, is_conflicting: bool) -> Result:
    text = matched.texts[row.data_id]
    if is_conflicting:
        outcome, extracted, reason = Outcome.CONFLICTING, None, "several responses differ"
    elif text is None:
        outcome, extracted, reason = Outcome.MISSING, None, "there is no response"
    else:
        graded = grade(row.target, text)
        outcome, extracted, reason = _OUTCOMES[graded.outcome], graded.extracted, graded.reason
    return Result(
        data_id=row.data_id,
        **row.labels,
        task=row.task,
        expected=row.expected,
        chance=chance,
        outcome=outcome,
        extracted=extracted,
        reason=reason,
    )
