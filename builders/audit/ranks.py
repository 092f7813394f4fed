"""Can the right option be told by its place among the options? By letter, size, length, likeness.

A *measure* gives each option a number (its letter, its first number, how much it is like the other
options ...); a *rule* picks the k-th smallest or k-th largest by a measure. Where options tie, the
rule picks one of them at random, so its credit is shared.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from gameqa.builders.audit.case import Case, numbers, tokens

Floats = npt.NDArray[np.float64]

MEASURES = (
    "letter",
    "first number",
    "last number",
    "sum of numbers",
    "how many numbers",
    "length",
    "alphabet",
    "how many words",
    "repeated words",
    "likeness by position",
    "likeness by words",
    "likeness by beginning",
    "likeness to the nearest",
    "closeness of numbers",
    "same parity",
    "words of the question",
    "distance from the question's numbers",
)
_DEEPEST = 10


def measures(case: Case) -> dict[str, Floats]:
    """Return each measure of a case's options; those that do not apply are left out."""
    options = case.options
    words = [tokens(option) for option in options]
    values = [numbers(option) for option in options]
    found: dict[str, Floats] = {
        "letter": np.arange(len(options), dtype=np.float64),
        "length": np.array([len(option) for option in options], dtype=np.float64),
        "alphabet": np.argsort(np.argsort(np.array(options))).astype(np.float64),
        "how many words": np.array([len(own) for own in words], dtype=np.float64),
        "repeated words": np.array([len(own) - len(set(own)) for own in words], dtype=np.float64),
    }
    found.update(_likeness(words))
    question = set(tokens(case.question))
    found["words of the question"] = np.array(
        [sum(word in question for word in set(own)) / max(len(set(own)), 1) for own in words]
    )
    if all(values):
        found.update(_numeric(values, numbers(case.question)))
    return found


def _likeness(words: Sequence[Sequence[str]]) -> dict[str, Floats]:
    vocabulary = {word: place for place, word in enumerate({w: 0 for own in words for w in own})}
    longest = max(map(len, words))
    rows = np.full((len(words), longest), -1)
    bags = np.zeros((len(words), len(vocabulary)))
    for number, own in enumerate(words):
        ids = [vocabulary[word] for word in own]
        rows[number, : len(ids)] = ids
        np.add.at(bags[number], ids, 1)
    same = (rows[:, None, :] == rows[None, :, :]) & (rows[:, None, :] >= 0)
    shared = np.minimum(bags[:, None, :], bags[None, :, :]).sum(axis=2)
    sizes = bags.sum(axis=1)
    alike = shared / np.maximum(sizes[:, None] + sizes[None, :] - shared, 1)
    np.fill_diagonal(alike, 0)
    return {
        "likeness by position": same.sum(axis=(1, 2)).astype(np.float64),
        "likeness by words": alike.sum(axis=1).round(9),
        "likeness by beginning": np.cumprod(same, axis=2).sum(axis=(1, 2)).astype(np.float64),
        "likeness to the nearest": alike.max(axis=1).round(9),
    }


def _numeric(values: Sequence[Sequence[int]], asked: Sequence[int]) -> dict[str, Floats]:
    first = np.array([own[0] for own in values], dtype=np.float64)
    found = {
        "first number": first,
        "last number": np.array([own[-1] for own in values], dtype=np.float64),
        "sum of numbers": np.array([sum(own) for own in values], dtype=np.float64),
        "how many numbers": np.array([len(own) for own in values], dtype=np.float64),
        "same parity": (first[:, None] % 2 == first[None, :] % 2).sum(axis=1).astype(np.float64),
    }
    if len({len(own) for own in values}) == 1:
        vectors = np.array(values, dtype=np.float64)
        apart = np.abs(vectors[:, None, :] - vectors[None, :, :]).sum(axis=(1, 2))
        found["closeness of numbers"] = -apart
    if asked:
        away = np.abs(first[:, None] - np.array(asked, dtype=np.float64)[None, :])
        found["distance from the question's numbers"] = away.min(axis=1)
    return found


def rules() -> list[str]:
    """Return the names of all rules, in the order of `credits`."""
    return [
        f"{end} {k + 1} by {measure}"
        for measure in MEASURES
        for end in ("lowest", "highest")
        for k in range(_DEEPEST)
    ] + [f"middle by {measure}" for measure in MEASURES]


def credits(case: Case, found: dict[str, Floats]) -> Floats:
    """Return how right each rule is about a case: 0 to 1, chance where it does not apply."""
    size, truth = len(case.options), case.truth
    ends = np.full((len(MEASURES), 2, _DEEPEST), 1 / size)
    middle = np.full(len(MEASURES), 1 / size)
    for place, measure in enumerate(MEASURES):
        scores = found.get(measure)
        if scores is None:
            continue
        low = int((scores < scores[truth]).sum())
        ties = int((scores == scores[truth]).sum())
        reach = min(size, _DEEPEST)
        ends[place, :, :reach] = 0
        ends[place, 0, low : low + ties] = 1 / ties
        high = size - low - ties
        ends[place, 1, high : high + ties] = 1 / ties
        centres = {(size - 1) // 2, size // 2}
        middle[place] = sum(low <= c < low + ties for c in centres) / ties / len(centres)
    return np.concatenate([ends.reshape(-1), middle])
