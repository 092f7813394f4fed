"""Random numbers whose every draw is frozen: the same key gives the same numbers everywhere.

NumPy's ``Generator`` reserves the right to change its streams between releases (NEP 19) and costs
microseconds a scalar. Here blake2b turns a key into a seed, the Mersenne Twister of the standard
library gives 53-bit fractions (guaranteed stable by its documentation), and everything else is
arithmetic spelled out in this file.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Sequence
from typing import TypeVar

import numpy as np

T = TypeVar("T")


class Rng:
    """A stream of random draws that depends on nothing but its key."""

    __slots__ = ("_key", "_next", "_twister", "random")

    random: Callable[[], float]
    """Draw a fraction, uniform in [0, 1). An attribute, for a call less in the innermost loops."""

    def __init__(self, *key: object) -> None:
        """Start the stream of a key.

        Args:
            *key: strings and integers; two keys of different parts give unrelated streams.
        """
        self._key = key
        text = "\x1f".join(map(str, key))
        digest = hashlib.blake2b(text.encode(), digest_size=32).digest()
        self._twister = random.Random(int.from_bytes(digest, "big"))
        self.random = self._next = self._twister.random

    def spawn(self, *path: object) -> Rng:
        """Return the substream ``path`` of this stream's key, whatever was drawn from it so far."""
        return Rng(*self._key, *path)

    def chance(self, probability: float) -> bool:
        """Draw True with the given probability."""
        return self._next() < probability

    def below(self, bound: int) -> int:
        """Draw an integer, uniform in ``range(bound)``."""
        if bound <= 0:
            raise ValueError(f"below({bound}): the bound must be positive")
        return int(self._next() * bound)

    def integers(self, low: int, high: int) -> int:
        """Draw an integer, uniform in ``range(low, high)``, as NumPy's method of that name."""
        return low + self.below(high - low)

    def choice(self, items: Sequence[T]) -> T:
        """Draw one item, each equally likely."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[T], weights: Sequence[float]) -> T:
        """Draw one item with probability in proportion to its weight (non-negative)."""
        point = self._next() * sum(weights)
        last = None
        for item, weight in zip(items, weights, strict=True):
            if weight > 0:
                last = item
                point -= weight
                if point < 0:
                    return item
        if last is None:
            raise ValueError("weighted(): no positive weight")
        return last

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in random order (Fisher and Yates)."""
        out = list(items)
        step = self._next
        for i in range(len(out) - 1, 0, -1):
            j = int(step() * (i + 1))
            out[i], out[j] = out[j], out[i]
        return out

    def sample(self, items: Sequence[T], count: int) -> list[T]:
        """Return ``count`` items of different positions, in random order."""
        out = list(items)
        if count > len(out):
            raise ValueError(f"sample(): {count} of only {len(out)} items")
        for i in range(count):
            j = i + int(self._next() * (len(out) - i))
            out[i], out[j] = out[j], out[i]
        return out[:count]

    def permutation(self, count: int) -> list[int]:
        """Return ``range(count)`` in random order."""
        return self.shuffled(range(count))

    def array(self, shape: int | tuple[int, ...], bound: int) -> np.ndarray:
        """Draw an int64 array of the given shape, each entry uniform in ``range(bound)``.

        Args:
            shape: the array's shape.
            bound: at most 2**16, which keeps the bias of the scaling below 2**-16.
        """
        count = int(np.prod(shape))
        words = np.frombuffer(
            self._twister.getrandbits(32 * count).to_bytes(4 * count, "little"), dtype="<u4"
        )
        scaled: np.ndarray = (words.astype(np.uint64) * np.uint64(bound)) >> np.uint64(32)
        return scaled.astype(np.int64).reshape(shape)
