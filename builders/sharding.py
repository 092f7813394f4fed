"""How the rows of a split are divided, so that processes, workers and nodes share the work.

``datasets`` divides a *list of shards* among ``num_proc`` processes, DataLoader workers and nodes.
Equal shards keep ranks in step; many shards, with powers of two among their divisors, suit any
number of ranks times workers; contiguous shards keep the order of the rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count

MAX_SHARDS = 1024
_MIN_GOOD_DIVISOR = 64


@dataclass(frozen=True)
class EndlessShard:
    """The blocks ``first``, ``first + step``, ... of a schedule: every one holds all its cells."""

    first: int
    step: int
    block_size: int

    def __iter__(self) -> Iterator[int]:
        """Return the numbers of the shard's rows, without an end."""
        for block in count(self.first, self.step):
            yield from range(block * self.block_size, (block + 1) * self.block_size)


def equal_shards(rows: int) -> list[range]:
    """Divide rows into contiguous shards, equal ones where the number of rows allows it.

    The number of shards is a divisor of the rows, at most `MAX_SHARDS`, with the highest power of
    two, then the largest such. Where there are only few-shard divisors (twice a large prime, say),
    equality is given up for many shards that differ by one row.
    """
    divisors = [n for n in range(1, min(rows, MAX_SHARDS) + 1) if rows % n == 0]
    best = max(divisors, key=lambda n: (n & -n, n), default=0)
    return even_shards(rows, best if best >= min(rows, _MIN_GOOD_DIVISOR) else MAX_SHARDS)


def even_shards(rows: int, shards: int) -> list[range]:
    """Divide rows into that many contiguous shards whose sizes differ by at most one row."""
    shards = min(rows, shards)
    return [range(rows * k // shards, rows * (k + 1) // shards) for k in range(shards)]


def endless_shards(block_size: int) -> list[EndlessShard]:
    """Divide endless rows into `MAX_SHARDS` endless shards, block by block."""
    return [EndlessShard(first, MAX_SHARDS, block_size) for first in range(MAX_SHARDS)]
