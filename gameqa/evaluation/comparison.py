"""Several models on the same rows: which is better, by how much, and how surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from gameqa.errors import GameQAError, unknown
from gameqa.evaluation.evaluation import Evaluation
from gameqa.evaluation.groups import DIMENSIONS, grouped
from gameqa.evaluation.intervals import mcnemar, paired_difference
from gameqa.evaluation.results import Result


@dataclass(frozen=True)
class Difference:
    """Two models on the same rows.

    Attributes:
        first: one model's name.
        second: the other's.
        group: which rows: ``"all"``, or the name of a group.
        both: rows that both got right.
        only_first: rows that only the first got right.
        only_second: rows that only the second got right.
        neither: rows that neither got right.
    """

    first: str
    second: str
    group: str
    both: int
    only_first: int
    only_second: int
    neither: int

    @property
    def n(self) -> int:
        """Rows that both were asked."""
        return self.both + self.only_first + self.only_second + self.neither

    @property
    def difference(self) -> float:
        """Accuracy of the first minus that of the second, in -1..1."""
        return (self.only_first - self.only_second) / self.n

    @property
    def interval(self) -> tuple[float, float]:
        """The difference's interval, 95 %: see `paired_difference`."""
        return paired_difference(self.both, self.only_first, self.only_second, self.neither)

    @property
    def p_value(self) -> float:
        """How often models of equal accuracy would differ so much: see `mcnemar`."""
        return mcnemar(self.only_first, self.only_second)

    def as_dict(self) -> dict[str, Any]:
        """Return the difference as JSON-able data."""
        return {
            "first": self.first,
            "second": self.second,
            "group": self.group,
            "n": self.n,
            "both": self.both,
            "only_first": self.only_first,
            "only_second": self.only_second,
            "neither": self.neither,
            "difference": self.difference,
            "interval": list(self.interval),
            "p_value": self.p_value,
        }


def compare(evaluations: Sequence[Evaluation], by: str | None = None) -> list[Difference]:
    """Compare every two models, row by row.

    Args:
        evaluations: of at least two models, on the same rows.
        by: compare within the groups of one of `DIMENSIONS`; all rows together when None.

    Returns:
        A `Difference` for each pair in the order given, and for each group.

    Raises:
        GameQAError: there are fewer than two, two have the same name, or the rows differ.
    """
    if by is not None and by not in DIMENSIONS:
        raise unknown("grouping", by, DIMENSIONS)
    if len(evaluations) < 2:
        raise GameQAError("Comparing takes at least two evaluations.")
    names = [evaluation.name for evaluation in evaluations]
    for name in names:
        if names.count(name) > 1:
            raise GameQAError(f"Two evaluations are named {name!r}: give each a name of its own.")
    tables = [{r.data_id: r for r in evaluation.results} for evaluation in evaluations]
    for name, table in zip(names, tables, strict=True):
        _check_same_rows(names[0], tables[0], name, table)
    found = []
    for i in range(len(tables)):
        for j in range(i + 1, len(tables)):
            results = evaluations[i].results
            parts = {"all": list(results)} if by is None else grouped(results, by)
            found += [
                _difference(names[i], names[j], group, part, tables[j])
                for group, part in parts.items()
            ]
    return found


def _difference(
    first_name: str,
    second_name: str,
    group: str,
    results: Sequence[Result],
    others: dict[str, Result],
) -> Difference:
    pairs = [(result.is_correct, others[result.data_id].is_correct) for result in results]
    return Difference(
        first_name,
        second_name,
        group,
        both=pairs.count((True, True)),
        only_first=pairs.count((True, False)),
        only_second=pairs.count((False, True)),
        neither=pairs.count((False, False)),
    )


def _check_same_rows(
    first_name: str, first: dict[str, Result], name: str, other: dict[str, Result]
) -> None:
    for data_id in sorted(first.keys() ^ other.keys()):
        where = first_name if data_id in first else name
        raise GameQAError(
            f"{first_name} and {name} were evaluated on different rows: {len(first):,} and "
            f"{len(other):,}; {data_id!r} is only in {where}."
        )
    for data_id, result in first.items():
        theirs = other[data_id].expected
        if theirs != result.expected:
            raise GameQAError(
                f"{first_name} and {name} were evaluated on different rows: {data_id!r} expects "
                f"{result.expected!r} in one and {theirs!r} in the other (another answer format?)."
            )
