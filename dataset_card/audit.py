"""What an audit of the build found, where there is one: guessers that do not see the board."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gameqa.errors import GameQAError

AUDIT = "audit.json"


@dataclass(frozen=True)
class Guesser:
    """How well one way of guessing does.

    Attributes:
        name: the guesser.
        right: the share of rows that it gets right, from 0 to 1.
        chance: the share that chance would.
        most: what it gains over chance in the task and level where it surely gains most.
        low, high: the 95 % interval of that gain.
        where: which task and level that is.
    """

    name: str
    right: float
    chance: float
    most: float
    low: float
    high: float
    where: str


@dataclass(frozen=True)
class Audited:
    """The sum of an ``audit.json``.

    Attributes:
        source: what was audited.
        samples: how many rows or samples.
        passes: whether nothing fell short.
        failures: how many findings are not excused.
        guessers: the best blind ones first.
        duplicates: how many samples repeat another, of how many.
    """

    source: str
    samples: int
    passes: bool
    failures: int
    guessers: Sequence[Guesser]
    duplicates: tuple[int, int]


def read_audit(folder: Path) -> Audited | None:
    """Read what `gameqa audit --rows DIR --report DIR` wrote; None where it was not run.

    Raises:
        GameQAError: there is a file, but it is no audit.
    """
    path = folder / AUDIT
    if not path.exists():
        return None
    try:
        content = json.loads(path.read_bytes())
        cells = content["cells"]
        repeated = sum(int(cell["distinct"].get("duplicates") or 0) for cell in cells)
        return Audited(
            str(content.get("source", "")),
            int(content["samples"]),
            bool(content["passes"]),
            sum(finding["status"] == "fail" for finding in content["findings"]),
            _guessers(cells),
            (repeated, sum(cell["samples"] for cell in cells)),
        )
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GameQAError(
            f"{path} is no audit ({type(error).__name__}: {error}): write it again by "
            f"`gameqa audit --rows {folder} --report {folder}`, or remove it."
        ) from error


def _guessers(cells: Sequence[Mapping[str, Any]]) -> list[Guesser]:
    """Sum the guesses at choices up; open questions have no chance to compare with."""
    by_name: dict[str, list[tuple[int, Mapping[str, float], str]]] = defaultdict(list)
    for cell in cells:
        where = f"{cell['game']}/{cell['task']}, {cell['plot_level']}"
        for name, guess in cell["guesses"].items():
            if guess["chance"]:
                by_name[name].append((cell["samples"], guess, where))
    found = []
    for name, results in by_name.items():
        total = sum(samples for samples, *_ in results)
        _, best, where = max(results, key=lambda result: result[1]["low"] - result[1]["chance"])
        found.append(
            Guesser(
                name,
                sum(samples * guess["right"] for samples, guess, _ in results) / total,
                sum(samples * guess["chance"] for samples, guess, _ in results) / total,
                best["right"] - best["chance"],
                best["low"] - best["chance"],
                best["high"] - best["chance"],
                where,
            )
        )
    return sorted(found, key=lambda guesser: guesser.chance - guesser.right)
