"""From the cases of one task to its numbers, level by level."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import fmean, pstdev

from gameqa.builders.audit import blind, classifier, ranks, texts
from gameqa.builders.audit.blind import Guess
from gameqa.builders.audit.case import Case, Place
from gameqa.builders.audit.distinct import Distinct, distinct
from gameqa.sample import Level

_WRONG_SHOWN = 3
_LEVELS = [level.value for level in Level]


@dataclass(frozen=True)
class Pictures:
    """The pictures of a cell: the extremes of their measures."""

    widths: tuple[int, int]
    heights: tuple[int, int]
    pixels: tuple[int, int]
    bytes_mean: float
    bytes_most: int
    colours_most: int


@dataclass(frozen=True)
class Cell:
    """What was measured about one game, task, plot level and form.

    Attributes:
        place: which.
        samples: how many were looked at.
        right: how many answers follow again from state and query.
        wrong: the first few that do not: data_id and reason.
        guesses: of each blind guesser.
        distinct: duplicates and answers.
        told: share of the board in words that the question repeats.
        measure: mean hardness of the boards; None where the game has no measure.
        measure_error: the standard error of that mean.
        pictures: None without pictures.
    """

    place: Place
    samples: int
    right: int
    wrong: tuple[tuple[str, str], ...]
    guesses: tuple[Guess, ...]
    distinct: Distinct
    told: float
    measure: float | None
    measure_error: float
    pictures: Pictures | None


def measure_task(cases: Sequence[Case], with_classifier: bool = True) -> list[Cell]:
    """Measure the cases of one task in one form, at whichever levels they are."""
    ordered = sorted(cases, key=lambda case: case.order)
    found = {case.data_id: ranks.measures(case) for case in ordered if case.options}
    credits = {c.data_id: ranks.credits(c, found[c.data_id]) for c in ordered if c.options}
    trained = classifier.trained(ordered, found) if with_classifier else {}
    by_level: dict[str, list[Case]] = defaultdict(list)
    for case in ordered:
        by_level[case.place.plot_level].append(case)
    cells = []
    for level in sorted(by_level, key=_rank):
        own = by_level[level]
        guesses = [blind.best_constant(own)]
        if own[0].options:
            guesses.append(blind.best_rank(own, credits))
        twin = blind.best_twin(own)
        if twin is not None:
            guesses.append(twin)
        if level in trained:
            guesses.append(trained[level])
        cells.append(_cell(own, tuple(guesses)))
    return cells


def _cell(cases: Sequence[Case], guesses: tuple[Guess, ...]) -> Cell:
    wrong = [(case.data_id, case.wrong) for case in cases if case.wrong is not None]
    hardness = [case.measure for case in cases if case.measure is not None]
    return Cell(
        place=cases[0].place,
        samples=len(cases),
        right=len(cases) - len(wrong),
        wrong=tuple(sorted(wrong)[:_WRONG_SHOWN]),
        guesses=guesses,
        distinct=distinct(cases),
        told=texts.share_told([c.told for c in cases], [c.described for c in cases]),
        measure=fmean(hardness) if hardness else None,
        measure_error=pstdev(hardness) / math.sqrt(len(hardness)) if hardness else 0.0,
        pictures=_pictures(cases),
    )


def _pictures(cases: Sequence[Case]) -> Pictures | None:
    shown = [case.shown for case in cases if case.shown is not None]
    if not shown:
        return None
    return Pictures(
        widths=(min(s.width for s in shown), max(s.width for s in shown)),
        heights=(min(s.height for s in shown), max(s.height for s in shown)),
        pixels=(min(s.width * s.height for s in shown), max(s.width * s.height for s in shown)),
        bytes_mean=fmean(s.size for s in shown),
        bytes_most=max(s.size for s in shown),
        colours_most=max(s.colours for s in shown),
    )


def by_task(cases: Sequence[Case]) -> list[list[Case]]:
    """Group cases into those that `measure_task` takes together."""
    groups: dict[tuple[str, str, str], list[Case]] = defaultdict(list)
    for case in cases:
        groups[case.place.game, case.place.task, case.place.form].append(case)
    return [groups[key] for key in sorted(groups)]


def _rank(level: str) -> int:
    return _LEVELS.index(level) if level in _LEVELS else len(_LEVELS)
