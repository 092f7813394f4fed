"""Options: shuffling and lettering, in this one place, and layouts that do not betray the truth."""

from __future__ import annotations

import string
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
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


def nearest_ranks(
    truth: T,
    proposals: Iterable[Sequence[T]],
    distances: Sequence[Callable[[T, T], float]],
    ranks: Sequence[int],
    rng: Rng,
) -> Sequence[T] | None:
    """Return the first proposal in which the truth has the wanted ranks, else the nearest.

    Near misses cluster round the truth; without this guard the option closest to all others would
    be right far too often.

    Args:
        truth: the right value.
        proposals: lists of distractors, a few dozen at most.
        distances: of two values; an option's centrality is the sum of its distances to the others.
        ranks: for each distance the one wanted, from 0 (most central) to the number of
            distractors; draw it uniformly in `Task.plan`.
        rng: decides between options of equal centrality.

    Returns:
        None where there are no proposals.
    """
    best: Sequence[T] | None = None
    best_miss = float("inf")
    for chosen in proposals:
        miss = 0
        for distance, rank in zip(distances, ranks, strict=True):
            miss += abs(_rank_of(truth, chosen, distance, rng) - rank)
        if miss < best_miss:
            best, best_miss = chosen, miss
            if miss == 0:
                break
    return best


def with_rank(
    truth: T,
    candidates: Sequence[T],
    count: int,
    distance: Callable[[T, T], float],
    rank: int,
    rng: Rng,
    tries: int = 24,
) -> Sequence[T] | None:
    """Choose ``count`` distractors such that the truth is the ``rank``-th most central option.

    Args:
        truth: the right value.
        candidates: distinct wrong values, the most plausible first: these are taken more often.
        count: how many to choose.
        distance: of two values, as in `nearest_ranks`.
        rank: the one wanted, as in `nearest_ranks`.
        rng: decides the sets and ties.
        tries: how many sets are looked at.

    Returns:
        The distractors, or None where there are too few candidates.
    """
    if len(candidates) < count:
        return None

    def proposals() -> Iterator[Sequence[T]]:
        for attempt in range(tries):
            if attempt % 2 == 0:
                yield rng.sample(candidates[: max(count, len(candidates) * 2 // 3)], count)
            else:
                # Options gathered round one of them make a truth far from it an outlying one.
                pole = rng.choice(candidates)
                pool = sorted(candidates, key=lambda value: distance(pole, value))
                yield rng.sample(pool[: count + rng.below(len(pool) - count + 1)], count)

    return nearest_ranks(truth, proposals(), (distance,), (rank,), rng)


def _rank_of(truth: T, chosen: Sequence[T], distance: Callable[[T, T], float], rng: Rng) -> int:
    own = sum(distance(truth, other) for other in chosen)
    rank = 0
    for one in chosen:
        total = distance(one, truth) + sum(distance(one, other) for other in chosen)
        total -= distance(one, one)
        rank += total < own or (total == own and rng.chance(0.5))
    return rank


_GENERATORS = {4: ("1100", "0110", "0011"), 5: ("11100", "00111", "10010")}


def coset(truth: Sequence[int]) -> list[tuple[int, ...]]:
    """Return the other rows of bits to list beside a true one: at most seven.

    All combinations of two or three bits; of four or five bits, the truth shifted by the words of
    a linear code, so that each bit is 1 in exactly half of all options and none is the odd one out.
    """
    size = len(truth)
    base = _GENERATORS.get(size, [f"{1 << i:0{size}b}" for i in range(size)])
    words = [0]
    for generator in base:
        words += [word ^ int(generator, 2) for word in words]
    own = int("".join(map(str, truth)), 2)
    return [tuple(map(int, f"{own ^ word:0{size}b}")) for word in words[1:]]
