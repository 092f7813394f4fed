"""Options: shuffling and lettering, in this one place, and layouts that do not betray the truth."""

from __future__ import annotations

import string
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from gameqa.rng import Rng

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class Option:
    """One lettered option."""

    letter: str
    value: Any
    text: str


def letter_options(
    truth: Any, distractors: Sequence[Any], text: Callable[[Any], str], rng: Rng
) -> tuple[Option, ...]:
    """Shuffle the true value among the others and letter them A, B, C ...

    Raises:
        ValueError: two options have the same text, or there are no distractors.
    """
    values = rng.shuffled([truth, *distractors])
    texts = [text(value) for value in values]
    if len(set(texts)) != len(texts) or len(texts) < 2:
        raise ValueError(f"options must be distinct and at least two: {texts}")
    return tuple(map(Option, string.ascii_uppercase, values, texts))


def option_lines(options: Sequence[Option]) -> str:
    """Return the options as the lines shown below a question."""
    return "\n".join(["Options:", *(f"{o.letter}: {o.text}" for o in options)])


def window(size: int, lowest: int, highest: int, rng: Rng) -> range:
    """Draw ``size`` consecutive integers, the first uniform in ``lowest..highest``.

    Drawn before the answer, which is then drawn uniformly inside: neither the ends nor the middle
    of the list say anything.
    """
    start = rng.integers(lowest, highest + 1)
    return range(start, start + size)


def others(values: Sequence[Any], truth: Any) -> list[Any]:
    """Return the values without the true one, e.g. the distractors of a `window`."""
    return [value for value in values if value != truth]


def with_rank(
    truth: T,
    candidates: Sequence[T],
    count: int,
    distance: Callable[[T, T], float],
    rank: int,
    rng: Rng,
    tries: int = 20,
) -> list[T] | None:
    """Choose ``count`` distractors such that the truth is the ``rank``-th most central option.

    Near misses cluster round the truth; without this guard the option closest to all others would
    be right far too often. Of ``tries`` sets the first with the wanted rank is taken, else the
    nearest.

    Args:
        truth: the right value.
        candidates: distinct wrong values, at least ``count`` of them, the most wanted first: a
            candidate is taken with the more probability the earlier it stands.
        count: how many to choose.
        distance: of two values; centrality is the sum of an option's distances to the others.
        rank: wanted, from 0 (most central) to ``count``; draw it uniformly, once a sample.
        rng: decides sets and ties.
        tries: how many sets are looked at.

    Returns:
        The distractors, or None where there are too few candidates.
    """
    if len(candidates) < count:
        return None
    best: list[T] = []
    best_miss = count + 1
    for attempt in range(tries):
        # Every other set is drawn from all candidates, so that far ones make outlying ranks.
        pool = candidates if attempt % 2 else candidates[: max(count, len(candidates) * 2 // 3)]
        chosen = rng.sample(pool, count)
        found = _rank_of(truth, chosen, distance, rng)
        if abs(found - rank) < best_miss:
            best, best_miss = chosen, abs(found - rank)
            if best_miss == 0:
                break
    return best


def _rank_of(truth: T, chosen: Sequence[T], distance: Callable[[T, T], float], rng: Rng) -> int:
    own = sum(distance(truth, other) for other in chosen)
    rank = 0
    for one in chosen:
        total = distance(one, truth) + sum(distance(one, other) for other in chosen)
        rank += total < own or (total == own and rng.chance(0.5))
    return rank
