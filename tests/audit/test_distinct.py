"""Duplicates, overlaps and what hundreds of samples tell about ten thousand."""

from __future__ import annotations

import random
from typing import Any

import pytest

from gameqa.builders.audit.distinct import distinct
from gameqa.builders.audit.intervals import poisson_lower, share_interval
from gameqa.builders.audit.judging import FAIL, judge
from gameqa.builders.audit.measuring import measure_task
from gameqa.builders.audit.settings import Bounds


def test_planted_duplicates_are_counted(cases: Any) -> None:
    """Catches duplicates missed, or counted where only the picture is the same."""

    def plant(rng: random.Random, fields: dict[str, Any]) -> None:
        if fields["picture"] in ("picture Easy 4", "picture Easy 8"):
            fields.update(picture="the same", question="the same", split="train")
        if fields["picture"] == "picture Easy 12":
            fields.update(picture="the same", split="train")  # another question

    found = distinct(cases(plant=plant))
    assert (found.duplicates, found.pairs, found.in_two_splits) == (1, 1, 0)
    assert distinct(cases()).duplicates == 0


def test_the_same_picture_in_two_splits_fails(cases: Any) -> None:
    """Catches a split key that leaves out what the picture shows."""

    def plant(rng: random.Random, fields: dict[str, Any]) -> None:
        if fields["picture"] in ("picture Easy 0", "picture Easy 3"):
            fields["picture"] = "the same"

    cells = measure_task(cases(plant=plant), with_classifier=False)
    found = judge(cells, Bounds())
    assert [(f.check, f.status) for f in found if f.status == FAIL] == [("splits", FAIL)]


@pytest.mark.parametrize("states", [2_000, 20_000])
def test_the_extrapolation_hits(cases: Any, states: int) -> None:
    """Catches a wrong exponent: what is said about 10,000 samples must come true."""
    rng = random.Random(states)
    draws = round(10_000 / 3)
    of_train = [rng.randrange(states // 2) for _ in range(draws)]
    truth = 1 - len(set(of_train)) / draws

    def plant(rng: random.Random, fields: dict[str, Any]) -> None:
        share = {"train": 2, "validation": 4, "test": 4}[fields["split"]]
        fields["picture"] = f"{fields['split']} {rng.randrange(states // share)}"
        fields["question"] = "the same"

    found = distinct(cases(count=2_000, plant=plant))
    assert found.expected == pytest.approx(truth, rel=0.25)
    assert found.expected_low < truth


def test_intervals() -> None:
    """Catches a slip in a formula: textbook values."""
    low, high = share_interval(40, 100)
    assert (round(low, 3), round(high, 3)) == (0.309, 0.498)
    assert share_interval(0, 10)[0] == 0 and share_interval(10, 10)[1] == 1
    assert poisson_lower(0) == 0
    assert poisson_lower(1) == pytest.approx(0.0253, abs=1e-4)
    assert poisson_lower(10) == pytest.approx(4.795, abs=1e-3)
