"""Evaluation by rule: how many responses are right, where, how surely, and against what chance.

    >>> import gameqa
    >>> evaluation = gameqa.evaluate(dataset, {data_id: response, ...})
    >>> evaluation.overall.accuracy, evaluation.by("category")["Strategic Planning"].interval

Responses are graded by `gameqa.grade`. Missing, repeated and unknown ids are counted as the
functions say and reported, never ignored.
"""

from __future__ import annotations

from gameqa.evaluation.comparison import Difference, compare
from gameqa.evaluation.evaluation import Evaluation, evaluate
from gameqa.evaluation.groups import DIMENSIONS, Group
from gameqa.evaluation.intervals import mcnemar, paired_difference, wilson
from gameqa.evaluation.results import Outcome, Result

__all__ = [
    "DIMENSIONS",
    "Difference",
    "Evaluation",
    "Group",
    "Outcome",
    "Result",
    "compare",
    "evaluate",
    "mcnemar",
    "paired_difference",
    "wilson",
]
