"""How many different samples are there? Duplicates, pictures in two splits, answers' entropy.

An audit sees hundreds of samples of a task, the promise is about 10,000. Two samples of one task
and level coincide with the same probability however many are drawn, so the pairs found among
hundreds tell, with an interval, how many to expect among 10,000.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from gameqa.builders.audit.case import Case
from gameqa.builders.audit.intervals import poisson_lower

PROMISED = 10_000
"""The number of samples of a task for which the share of duplicates is promised."""

_SHARES = {"train": 1 / 2, "validation": 1 / 4, "test": 1 / 4}  # of all states; see gameqa.splits


@dataclass(frozen=True)
class Distinct:
    """How different some samples are.

    Attributes:
        samples: how many were looked at.
        duplicates: samples whose picture and question an earlier one of the same split has.
        pairs: pairs of such samples.
        expected: the share of duplicates to expect in 10,000 samples in train, all levels alike.
        expected_low: the lower end of its 95 % interval.
        pictures: different pictures; None without pictures.
        in_two_splits: pictures found in more than one split.
        answers: different answers (texts, not letters).
        entropy: of the answers, in bits.
        commonest: share of the commonest answer.
    """

    samples: int
    duplicates: int
    pairs: int
    expected: float
    expected_low: float
    pictures: int | None
    in_two_splits: int
    answers: int
    entropy: float
    commonest: float


def distinct(cases: Sequence[Case]) -> Distinct:
    """Count what is the same among the cases of one task and level."""
    by_split: dict[str, Counter[str]] = defaultdict(Counter)
    for case in cases:
        by_split[case.split][case.content] += 1
    counts = [count for found in by_split.values() for count in found.values()]
    pairs = sum(count * (count - 1) // 2 for count in counts)
    # How many pairs there would be if any two samples of all splits coincided.
    compared = sum(
        found.total() * (found.total() - 1) / 2 / _SHARES.get(split, 1.0)
        for split, found in by_split.items()
    )
    seen: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        if case.picture is not None:
            seen[case.picture].add(case.split)
    answers = Counter(case.answer for case in cases)
    shares = [count / len(cases) for count in answers.values()]
    return Distinct(
        samples=len(cases),
        duplicates=sum(count - 1 for count in counts),
        pairs=pairs,
        expected=_expected(pairs, compared),
        expected_low=_expected(poisson_lower(pairs), compared),
        pictures=len(seen) or None,
        in_two_splits=sum(len(splits) > 1 for splits in seen.values()),
        answers=len(answers),
        entropy=-sum(share * math.log2(share) for share in shares) + 0.0,
        commonest=max(shares),
    )


def _expected(pairs: float, compared: float) -> float:
    """Return the share of duplicates in a level's part of 10,000 samples in train.

    For n draws from S equally likely samples; exact where few coincide, and never above 1.
    """
    if pairs <= 0 or compared <= 0:
        return 0.0
    states = max(compared / pairs * _SHARES["train"], 1.0)
    draws = PROMISED / 3
    different = states * -math.expm1(draws * math.log1p(-1 / states)) if states > 1 else 1.0
    return max(1 - different / draws, 0.0)
