"""Does the question tell what the picture should show?

The board in words (`Game.describe`) and the question are cut into runs of four words or numbers;
runs that both have are facts that can be had without looking. Runs that every sample of a task has
(rules, headings) are no facts of the board and do not count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from zlib import crc32

from gameqa.builders.audit.case import tokens

RUN = 4


def runs(text: str) -> frozenset[int]:
    """Return the runs of `RUN` tokens that hold a number or stand in a text, as checksums."""
    words = [word for word in tokens(text) if word not in ",;:()[]"]
    return frozenset(
        crc32(" ".join(words[start : start + RUN]).encode())
        for start in range(len(words) - RUN + 1)
    )


def share_told(shared: Sequence[frozenset[int]], described: Sequence[int]) -> float:
    """Return the mean share of a board's description that the question repeats.

    Args:
        shared: for each sample the runs that description and question have in common.
        described: for each sample how many runs its description has.
    """
    if not shared:
        return 0.0
    everywhere = _in_all(shared)
    shares = [
        len(own - everywhere) / max(count - len(everywhere), 1)
        for own, count in zip(shared, described, strict=True)
    ]
    return sum(shares) / len(shares)


def _in_all(sets: Iterable[frozenset[int]]) -> frozenset[int]:
    found = list(sets)
    counts = Counter(run for own in found for run in own)
    return frozenset(run for run, count in counts.items() if count == len(found))
