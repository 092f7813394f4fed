"""What is in a build: counted in one pass over its files, no row kept but one example."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pyarrow.parquet as pq

from gameqa.builders.hub.finished import FinishedBuild

_PNG_SIZE = slice(16, 24)
"""Where a PNG file tells its width and height, four bytes each."""


@dataclass
class Facts:
    """Counts over all rows of a build.

    Attributes:
        rows: by split, game, task, question level and plot level.
        letters: by number of options and right letter, of choice rows.
        answers: by game, task and answer, of open rows.
        kinds: by answer type.
        words: by length of the question in characters.
        steps: by length of the analysis in characters.
        pictures: by width and height.
        picture_bytes: of all pictures together.
        repeats: rows whose picture and question another row of the same split has, too.
        examples: by game, a row with its picture.
    """

    rows: Counter[tuple[str, str, str, str, str]] = field(default_factory=Counter)
    letters: Counter[tuple[int, str]] = field(default_factory=Counter)
    answers: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)
    words: Counter[int] = field(default_factory=Counter)
    steps: Counter[int] = field(default_factory=Counter)
    pictures: Counter[tuple[int, int]] = field(default_factory=Counter)
    picture_bytes: int = 0
    repeats: int = 0
    examples: dict[str, dict[str, Any]] = field(default_factory=dict)

    @property
    def total(self) -> int:
        """How many rows there are."""
        return sum(self.rows.values())

    def by(self, *places: int) -> Counter[tuple[str, ...]]:
        """Return ``rows`` summed over all but some of its keys' places."""
        summed: Counter[tuple[str, ...]] = Counter()
        for key, count in self.rows.items():
            summed[tuple(key[place] for place in places)] += count
        return summed


SPLIT, GAME, TASK, QA_LEVEL, PLOT_LEVEL = range(5)
"""The places in a key of `Facts.rows`."""


def count(build: FinishedBuild, progress: Callable[[int], object] = lambda size: None) -> Facts:
    """Read every file of a build once, a row group at a time.

    Args:
        build: the build.
        progress: called with the bytes of each file once it is read.
    """
    facts = Facts()
    seen: dict[str, set[bytes]] = {}
    for file in build.files:
        with pq.ParquetFile(build.folder / file.name) as parquet:
            for batch in parquet.iter_batches(256):
                _count_rows(
                    facts, file.split, batch.to_pydict(), seen.setdefault(file.split, set())
                )
        progress(file.size)
    return facts


def _count_rows(
    facts: Facts, split: str, columns: Mapping[str, Sequence[Any]], seen: set[bytes]
) -> None:
    for place in range(len(columns["game"])):
        row = {name: values[place] for name, values in columns.items()}
        game, task, answer = row["game"], row["task"], row["answer"]
        facts.rows[split, game, task, row["qa_level"], row["plot_level"]] += 1
        facts.kinds[row["answer_type"]] += 1
        facts.words[len(row["question"])] += 1
        facts.steps[len(row["analysis"])] += 1
        if row["options"]:
            facts.letters[len(row["options"]), answer] += 1
        else:
            facts.answers[game, task, answer] += 1
        png = (row["image"] or {}).get("bytes") or b""
        if png:
            header = png[_PNG_SIZE]
            facts.pictures[
                int.from_bytes(header[:4], "big"), int.from_bytes(header[4:], "big")
            ] += 1
            facts.picture_bytes += len(png)
        content = hashlib.blake2b(png + row["question"].encode(), digest_size=12).digest()
        facts.repeats += content in seen
        seen.add(content)
        facts.examples.setdefault(game, row)
