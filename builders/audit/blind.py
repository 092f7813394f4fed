"""How often is a guesser right that never sees the picture?

Each guesser is chosen or trained on one half of the cases and tried on the other, then the other
way round, so that every case is guessed once and none by a guesser that knows it. To choose the
best of three hundred rules on the very cases that it is tried on would find "shortcuts" in noise.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from gameqa.builders.audit import ranks
from gameqa.builders.audit.case import Case, halves
from gameqa.builders.audit.intervals import advantage_interval, share_interval

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Guess:
    """How often a guesser was right.

    Attributes:
        guesser: its kind: "constant", "rank" or "classifier".
        right: share of right guesses.
        chance: share that random guesses get right: the mean of 1 / number of options; 0 if open.
        low, high: 95 % interval of ``right``.
        rule: what the two halves chose, for people.
    """

    guesser: str
    right: float
    chance: float
    low: float
    high: float
    rule: str

    @property
    def advantage(self) -> float:
        """How much better than chance."""
        return self.right - self.chance


def best_constant(cases: Sequence[Case]) -> Guess:
    """Try the best constant answer.

    Open: the commonest answer of the other half. Choice: of the options shown, the one whose text
    was right most often (per time shown) in the other half.
    """
    given: list[float] = []
    told: list[Case] = []
    names = []
    for known, asked in _ways(cases):
        if asked and not asked[0].options:
            favourite = _commonest(case.answer for case in known)
            given += [float(case.answer == favourite) for case in asked]
            names.append(repr(favourite))
        else:
            rates = _rates(known)
            given += [_credit(case, rates) for case in asked]
            names.append(repr(max(sorted(rates), key=lambda text: rates[text])) if rates else "")
        told += asked
    return guess("constant", told, given, names)


def _commonest(answers: object) -> str:
    counts = Counter(answers)  # type: ignore[call-overload]
    return max(sorted(counts), key=lambda answer: counts[answer]) if counts else ""


_PRIOR = 8.0  # showings that a text is credited with at chance, so that a rare one is not trusted


def _rates(cases: Sequence[Case]) -> dict[str, float]:
    shown: dict[str, float] = defaultdict(float)
    excess: dict[str, float] = defaultdict(float)
    for case in cases:
        for text in case.options:
            shown[text] += 1
            excess[text] += (text == case.answer) - 1 / len(case.options)
    return {text: excess[text] / (shown[text] + _PRIOR) for text in shown}


def _credit(case: Case, rates: dict[str, float]) -> float:
    scores = np.array([rates.get(text, 0.0) for text in case.options])
    best = scores == scores.max()
    return float(best[case.truth] / best.sum())


def best_rank(cases: Sequence[Case], tables: dict[str, Floats]) -> Guess:
    """Try the best rank of an option (see `gameqa.builders.audit.ranks`).

    Args:
        cases: of one cell, all with options.
        tables: the rules' credits for each case, by its ``data_id``.
    """
    names = ranks.rules()
    given: list[float] = []
    told: list[Case] = []
    chosen = []
    for known, asked in _ways(cases):
        if known:
            mean = np.mean([tables[case.data_id] for case in known], axis=0)
            rule = int(np.argmax(mean.round(9)))
            chosen.append(names[rule])
            given += [float(tables[case.data_id][rule]) for case in asked]
            told += asked
    return guess("rank", told, given, chosen)


_FEWEST_TWINS = 50  # guesses below which their share says nothing


def best_twin(cases: Sequence[Case]) -> Guess | None:
    """Answer as other samples with the same question and the same options were answered.

    Where a question can be answered from its words, samples that share the words share the answer.
    Samples of the same picture do not count: they share it rightly. None where few questions occur
    again.
    """
    given, told = [], []
    for known, asked in _ways(cases):
        answered: dict[tuple[str, tuple[str, ...]], list[Case]] = defaultdict(list)
        for case in known:
            answered[_asked_of(case)].append(case)
        for case in asked:
            counts = Counter(
                twin.answer for twin in answered[_asked_of(case)] if twin.content != case.content
            )
            most = max(counts.values(), default=0)
            if most > 0:
                favourites = [answer for answer, count in counts.items() if count == most]
                given.append((case.answer in favourites) / len(favourites))
                told.append(case)
    if len(told) < _FEWEST_TWINS:
        return None
    return guess("twin", told, given, [f"{len(told)} of {len(cases)} questions occur again"])


def _asked_of(case: Case) -> tuple[str, tuple[str, ...]]:
    return case.question, tuple(sorted(case.options))


def _ways(cases: Sequence[Case]) -> list[tuple[list[Case], list[Case]]]:
    one, other = halves(cases)
    return [(one, other), (other, one)] if other else []


def guess(guesser: str, cases: Sequence[Case], given: Sequence[float], names: list[str]) -> Guess:
    """Sum up how right a guesser was about some cases."""
    rule = " / ".join(dict.fromkeys(names))
    if not cases:
        return Guess(guesser, 0.0, 0.0, 0.0, 1.0, rule)
    right = float(np.mean(given))
    chances = np.array([1 / len(case.options) if case.options else 0.0 for case in cases])
    chance = float(chances.mean())
    if chance:
        low, high = (chance + end for end in advantage_interval(given, chances))
    else:
        low, high = share_interval(sum(given), len(cases))
    return Guess(guesser, right, chance, max(low, 0.0), min(high, 1.0), rule)
