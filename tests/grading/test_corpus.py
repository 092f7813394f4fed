"""Every response of the corpus gets the grade that it deserves, over all tasks and answer kinds."""

from __future__ import annotations

import os
import random
from collections import Counter

import pytest
from grading_corpus import corpus, near_misses, wordings, wrappers

import gameqa

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))


def wrong_grades(samples: int, share: float, part: float) -> tuple[Counter[str], list[str]]:
    """Return how many responses of each kind were graded, and the grades that are wrong."""
    coin = random.Random(samples)
    counts: Counter[str] = Counter()
    wrong = []
    for game, task, sample in corpus.samples(samples):
        spec = gameqa.grading_spec(sample)
        for case in corpus.cases(game, task, sample, share):
            if coin.random() < part:
                counts[case.kind] += 1
                grade = gameqa.grade(spec, case.response)
                if grade.correct != case.is_right or grade.score != float(case.is_right):
                    wrong.append(f"{sample.data_id} {sample.answer!r} {case.response!r}: {grade}")
    return counts, wrong


def test_part_of_the_corpus() -> None:
    """Catches a reader that takes a near miss for right, or does not know a common wording."""
    counts, wrong = wrong_grades(samples=1, share=0.0, part=0.1)
    assert not wrong, "\n".join(wrong[:20])
    assert counts.total() > 8_000


@pytest.mark.deep
def test_whole_corpus() -> None:
    """Catches what only shows in rare states or in rare pairs of wording and wrapper."""
    _, wrong = wrong_grades(samples=max(2, SAMPLES // 100), share=0.2, part=1.0)
    assert not wrong, "\n".join(wrong[:20])


def test_every_kind_has_forty_ways() -> None:
    """Catches a kind of answer that nobody wrote wordings or near misses for."""
    right: Counter[str] = Counter()
    wrong: Counter[str] = Counter()
    for _, task, sample in corpus.samples(1):
        kind = sample.answer_type
        if kind == "choice":
            good = wordings.choice(sample.answer, sample.options)
            bad = near_misses.choice(sample.answer, sample.options)
        else:
            value = task.kind.parse(sample.answer)
            good = wordings.right(value, task.kind)
            near = near_misses.values(value, task.kind)
            bad = [*map(str, near), *near_misses.texts("@", "%")]
        right[kind] = max(right[kind], len(good) + len(wrappers.RIGHT))
        wrong[kind] = max(wrong[kind], len(bad) + len(wrappers.WRONG))
    assert len(right) >= 20
    assert min(right.values()) >= 40, right
    assert min(wrong.values()) >= 40, wrong
