"""A trained guesser: what scikit-learn makes of question and option texts and numbers.

Two classifiers. One, of boosted trees, scores each option from its words and numbers, its rank by
every measure of `ranks`, the question's words and numbers and their differences from the option's.
The other, of randomised trees, names an answer seen in training from the question alone. An open
task is guessed by the second, a choice task by whichever does better within the training half.
Trained on all levels of a task together (the level is an input), tried level by level.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from gameqa.builders.audit.blind import Guess, guess
from gameqa.builders.audit.case import Case, halves, numbers, tokens
from gameqa.builders.audit.ranks import MEASURES
from gameqa.builders.extras import needs
from gameqa.sample import Level

Floats = npt.NDArray[np.float64]
Measures = dict[str, dict[str, Floats]]
_Way = Callable[[Sequence[Case], Sequence[Case], Measures], list[float]]

_OPTION_WORDS, _QUESTION_WORDS = 60, 40
_OPTION_NUMBERS, _QUESTION_NUMBERS = 4, 10
_HABIT, _RARE = 3, "(rare)"
_FEW_ANSWERS = 40  # up to so many, the answers are taken for classes of their own
_MISSING = -1e6  # a number that is not there; trees tell it from all that are
_LEVELS = [level.value for level in Level]


def require() -> None:
    """Raise one line that names the extra when scikit-learn is missing."""
    with needs("audit", "Blind classifiers (left out by --no-classifier)"):
        import sklearn  # noqa: F401


def trained(cases: Sequence[Case], found: Measures) -> dict[str, Guess]:
    """Train and try a classifier on the cases of one task in one form.

    Args:
        cases: of all plot levels.
        found: the measures of each case's options, by its ``data_id``; empty when open.

    Returns:
        For each plot level how often it was right.
    """
    from threadpoolctl import threadpool_limits

    given: dict[str, list[float]] = {}
    told: dict[str, list[Case]] = {}
    by_level = {name: [c for c in cases if c.place.plot_level == name] for name in _LEVELS}
    parts = [halves(own) for own in by_level.values()]
    one = [case for part in parts for case in part[0]]
    other = [case for part in parts for case in part[1]]
    with threadpool_limits(1):
        for known, asked in ((one, other), (other, one)):
            if not known or not asked:
                continue
            give: _Way = _choose if cases[0].options else _name
            for case, credit in zip(asked, give(known, asked, found), strict=True):
                given.setdefault(case.place.plot_level, []).append(credit)
                told.setdefault(case.place.plot_level, []).append(case)
    return {level: guess("classifier", told[level], given[level], []) for level in told}


def _choose(known: Sequence[Case], asked: Sequence[Case], found: Measures) -> list[float]:
    """Return how right the classifier that does better within the training half is."""
    ways: list[_Way] = [_by_option]
    if len({case.answer for case in known}) <= _FEW_ANSWERS:
        ways.append(_by_answer)
    if len(ways) > 1:
        inner, rest = known[::2], known[1::2]
        tried = [sum(way(inner, rest, found)) for way in ways]
        ways = [ways[tried.index(max(tried))]]
    return ways[0](known, asked, found)


def _by_option(known: Sequence[Case], asked: Sequence[Case], found: Measures) -> list[float]:
    from sklearn.ensemble import HistGradientBoostingClassifier

    words = _Words(known)
    inputs = np.concatenate([_option_inputs(case, found[case.data_id], words) for case in known])
    right = np.concatenate([np.arange(len(case.options)) == case.truth for case in known])
    weights = np.concatenate([np.full(len(c.options), 1 / len(c.options)) for c in known])
    model: Any = HistGradientBoostingClassifier(
        max_iter=60,
        learning_rate=0.1,
        max_leaf_nodes=12,
        min_samples_leaf=15,
        l2_regularization=1.0,
        early_stopping=False,
        random_state=0,
    )
    model.fit(inputs, right, sample_weight=weights / weights.mean())
    tried = [_option_inputs(case, found[case.data_id], words) for case in asked]
    scores = model.decision_function(np.concatenate(tried))
    ends = np.cumsum([len(case.options) for case in asked])
    return [
        _credit(case, scores[end - len(case.options) : end])
        for case, end in zip(asked, ends, strict=True)
    ]


def _by_answer(known: Sequence[Case], asked: Sequence[Case], found: Measures) -> list[float]:
    model, words = _answers_model(known)
    likely = model.predict_proba([words.of_question(case) for case in asked])
    place = {name: number for number, name in enumerate(model.classes_)}
    return [
        _credit(case, np.array([row[place[o]] if o in place else 0.0 for o in case.options]))
        for case, row in zip(asked, likely, strict=True)
    ]


def _credit(case: Case, scores: Floats) -> float:
    best = scores.round(9) == scores.round(9).max()
    return float(best[case.truth] / best.sum())


def _name(known: Sequence[Case], asked: Sequence[Case], found: Measures) -> list[float]:
    model, words = _answers_model(known)
    named = model.predict([words.of_question(case) for case in asked])
    return [float(name == case.answer) for name, case in zip(named, asked, strict=True)]


def _answers_model(known: Sequence[Case]) -> tuple[Any, _Words]:
    from sklearn.ensemble import ExtraTreesClassifier

    words = _Words(known)
    model = ExtraTreesClassifier(
        n_estimators=60, min_samples_leaf=3, max_features=0.5, random_state=0, n_jobs=1
    )
    counts = Counter(case.answer for case in known)
    # Each class costs time, and what was right once or twice is no habit to learn.
    answers = [case.answer if counts[case.answer] >= _HABIT else _RARE for case in known]
    model.fit([words.of_question(case) for case in known], answers)
    return model, words


class _Words:
    """The words that training cases use, commonest first, those in every text left out."""

    def __init__(self, cases: Sequence[Case]) -> None:
        asked = Counter(word for case in cases for word in set(tokens(case.question)))
        self.question = [w for w, n in _common(asked) if n < len(cases)][:_QUESTION_WORDS]
        shown = Counter(w for case in cases for text in case.options for w in set(tokens(text)))
        self.option = [word for word, _ in _common(shown)][:_OPTION_WORDS]
        lists = [numbers(case.question) for case in cases]
        width = min(map(len, lists))
        # Numbers that all questions of the task have in the same place say nothing.
        self.heads = [k for k in range(width) if len({own[k] for own in lists}) > 1]
        self.tails = [k for k in range(-width, 0) if len({own[k] for own in lists}) > 1]

    def of_question(self, case: Case) -> Floats:
        own, values = set(tokens(case.question)), numbers(case.question)
        half = _QUESTION_NUMBERS // 2
        heads = [values[k] for k in self.heads[:half] if k < len(values)]
        tails = [values[k] for k in self.tails[-half:] if -k <= len(values)]
        return np.array(
            [
                _LEVELS.index(case.place.plot_level),
                len(values),
                len(case.question),
                *_padded(heads, half),
                *_padded(tails, half),
                *(word in own for word in self.question),
            ],
            dtype=np.float64,
        )


def _common(counts: Counter[str]) -> list[tuple[str, int]]:
    return sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))


def _padded(values: Sequence[float], size: int) -> list[float]:
    return [*values[:size], *[_MISSING] * (size - len(values))]


def _option_inputs(case: Case, found: dict[str, Floats], words: _Words) -> Floats:
    size = len(case.options)
    asked = words.of_question(case)
    ranks = [_relative(found[name]) if name in found else np.zeros((size, 2)) for name in MEASURES]
    rows = []
    for place, text in enumerate(case.options):
        own = set(tokens(text))
        values = _padded(numbers(text), _OPTION_NUMBERS)
        # A question that asks about (3, 4) may leave few of the options possible.
        heads = asked[3 : 3 + _QUESTION_NUMBERS]
        apart = [value - other for value in values[:2] for other in heads]
        rows.append([place, size, *values, *apart, *(word in own for word in words.option)])
    return np.concatenate(
        [np.array(rows, dtype=np.float64), *ranks, np.tile(asked, (size, 1))], axis=1
    )


def _relative(scores: Floats) -> Floats:
    """Return each option's rank, 0 to 1, and how many share it."""
    less = (scores[None, :] < scores[:, None]).sum(axis=1)
    same = (scores[None, :] == scores[:, None]).sum(axis=1)
    rank = (less + (same - 1) / 2) / max(len(scores) - 1, 1)
    return np.stack([rank, same / len(scores)], axis=1)
