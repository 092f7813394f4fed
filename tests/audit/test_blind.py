"""Every guesser finds what is planted for it, and none finds anything in fair cases."""

from __future__ import annotations

import random
from collections.abc import Callable
from statistics import pstdev
from typing import Any

import pytest

pytest.importorskip("sklearn")

from gameqa.builders.audit import blind, ranks
from gameqa.builders.audit.judging import FAIL, WARN, judge
from gameqa.builders.audit.measuring import measure_task
from gameqa.builders.audit.settings import Bounds

Plant = Callable[[random.Random, dict[str, Any]], None]


def found(cases: Any, plant: Plant | None, check: str, with_classifier: bool = False) -> list[str]:
    """Return how the findings of one check are judged."""
    cells = measure_task(
        cases(240, plant) if with_classifier else cases(plant=plant), with_classifier
    )
    return [f.status for f in judge(cells, Bounds()) if f.check == check]


def sometimes(rng: random.Random) -> bool:
    return rng.random() < 0.3


def letter(rng: random.Random, fields: dict[str, Any]) -> None:
    if sometimes(rng):
        fields["answer"] = fields["options"][2]


def smallest(rng: random.Random, fields: dict[str, Any]) -> None:
    if sometimes(rng):
        fields["answer"] = min(fields["options"], key=int)


def hub(rng: random.Random, fields: dict[str, Any]) -> None:
    """The true option resembles all others: each wrong one changes one of its parts."""
    a, b, c = (rng.randrange(5) for _ in range(3))
    fields["options"] = [f"({a}, {b}, {c})", f"({a + 1}, {b}, {c})", f"({a}, {b + 1}, {c})"]
    fields["answer"] = fields["options"][0]
    rng.shuffle(fields["options"])


def favourite(rng: random.Random, fields: dict[str, Any]) -> None:
    fields["options"] = ["red", "green", "blue", "none"]
    rng.shuffle(fields["options"])
    fields["answer"] = "none" if sometimes(rng) else rng.choice(fields["options"])


def asked(rng: random.Random, fields: dict[str, Any]) -> None:
    """The question's number tells which of the options is right."""
    place = rng.randrange(4)
    fields["question"] = f"What does machine {place} show after {rng.randrange(50)} steps?"
    fields["answer"] = sorted(fields["options"], key=int)[place]


def repeated(rng: random.Random, fields: dict[str, Any]) -> None:
    """A hundred questions, each with an answer of its own."""
    number = rng.randrange(100)
    word = random.Random(number).choice("abcd")
    fields["question"] = f"Which letter has code {random.Random(number).getrandbits(60):x}?"
    fields["options"] = list("abcd")
    fields["answer"] = word


@pytest.mark.parametrize(
    ("plant", "check"),
    [
        (letter, "rank"),
        (smallest, "rank"),
        (hub, "rank"),
        (favourite, "constant"),
        (repeated, "twin"),
    ],
)
def test_a_planted_shortcut_fails(cases: Any, plant: Plant, check: str) -> None:
    """Catches a guesser that overlooks what it is there to find."""
    assert found(cases, plant, check) == [FAIL]


def test_the_classifier_finds_what_no_rank_can(cases: Any) -> None:
    """Catches a classifier that ignores the question."""
    assert found(cases, asked, "classifier", with_classifier=True) == [FAIL]
    assert found(cases, asked, "rank") == []


def test_fair_cases_pass(cases: Any) -> None:
    """Catches a guesser that is tried on the cases that it was chosen on."""
    cells = measure_task(cases(plant=None, count=300))
    assert [f for f in judge(cells, Bounds()) if f.status == FAIL] == []


def test_three_hundred_rules_find_nothing_in_noise(cases: Any) -> None:
    """Catches the best of many rules being measured where it was chosen: that finds 5 points."""
    right = []
    for number in range(12):
        own = cases(count=120, level=f"noise {number}")
        tables = {case.data_id: ranks.credits(case, ranks.measures(case)) for case in own}
        right.append(blind.best_rank(own, tables).advantage)
    assert abs(sum(right) / len(right)) < 0.035, right


def test_twins_find_nothing_in_noise(cases: Any) -> None:
    """Catches a favourite tried on the samples that made it one: right or wrong together."""

    def same(rng: random.Random, fields: dict[str, Any]) -> None:
        fields["question"] = "Which letter?"
        fields["options"] = list("abcdefgh")
        fields["answer"] = rng.choice(fields["options"])

    right = []
    for number in range(40):
        twin = blind.best_twin(cases(120, same, f"noise {number}"))
        assert twin is not None
        right.append(twin.advantage)
    assert abs(sum(right) / len(right)) < 0.02, right
    # As far apart as chance has it, and as the interval says: 0.03 of 120 eight-way guesses.
    assert pstdev(right) < 0.05, right


def test_open_constant(cases: Any) -> None:
    """Catches an open task whose commonest answer is right too often, and nothing below."""

    def open_with(share: float) -> Plant:
        def plant(rng: random.Random, fields: dict[str, Any]) -> None:
            fields["options"] = []
            fields["answer"] = "0" if rng.random() < share else str(rng.randrange(1, 9))

        return plant

    assert found(cases, open_with(0.55), "constant") == [FAIL]
    assert found(cases, open_with(0.41), "constant") in ([WARN], [])
    assert found(cases, open_with(0.30), "constant") == []


def test_ties_share_their_credit(cases: Any) -> None:
    """Catches a rule that wins by the order in which equal options happen to stand."""
    (case,) = cases(1)
    same = {"length": 0 * ranks.measures(case)["length"]}
    credits = dict(zip(ranks.rules(), ranks.credits(case, same), strict=True))
    assert credits["lowest 1 by length"] == credits["highest 4 by length"] == 0.25
    assert credits["lowest 5 by length"] == 0.25  # there is no fifth: no opinion


def test_rules_name_what_they_credit(cases: Any) -> None:
    """Catches names and columns of the table of credits that are out of step."""
    (case,) = cases(1, lambda rng, fields: fields.update(options=["7", "5", "9"], answer="9"))
    credits = dict(zip(ranks.rules(), ranks.credits(case, ranks.measures(case)), strict=True))
    assert credits["highest 1 by first number"] == credits["lowest 3 by letter"] == 1
    assert credits["lowest 1 by first number"] == credits["middle by first number"] == 0
