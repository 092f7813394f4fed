"""What falls short? Numbers against bounds, and the listed exceptions.

A guesser fails a cell when even the lower end of its 95 % interval is above the bound, so that
another seed does not turn passes into failures; when only the estimate is above it (and the lower
end above chance), that is a warning; with few samples it never is more. What is exact (a wrong
answer, a picture in two splits) fails at once.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from gameqa.builders.audit import levels
from gameqa.builders.audit.case import Place
from gameqa.builders.audit.exceptions import Excuse
from gameqa.builders.audit.measuring import Cell
from gameqa.builders.audit.settings import Bounds
from gameqa.sample import Level

CHECKS = (
    "recomputed",
    "constant",
    "rank",
    "classifier",
    "twin",
    "told",
    "duplicates",
    "splits",
    "levels",
    "pictures",
    "labels",
    "contrast",
)
"""The names of the checks, in the order of the issue."""

_SURELY = 3.0
"""Standard errors by which a mean must be above another to be surely above it."""

FAIL, WARN, EXCUSED = "fail", "warn", "excused"


@dataclass(frozen=True)
class Finding:
    """One thing that falls short.

    Attributes:
        place: where; a level of "" means the task as a whole.
        check: which check.
        value: what was measured.
        bound: what would have passed.
        status: "fail", "warn" (cannot be told from what passes), or "excused" by the list.
        text: for people, in one line.
        reason: why it is excused.
    """

    place: Place
    check: str
    value: float
    bound: float
    status: str
    text: str
    reason: str = ""


def judge(cells: Sequence[Cell], bounds: Bounds) -> list[Finding]:
    """Return what falls short of the bounds in some cells, exceptions not yet considered."""
    findings = [finding for cell in cells for finding in _of_cell(cell, bounds)]
    findings += _of_levels(cells, bounds)
    return sorted(findings, key=_order)


def excuse(
    findings: Iterable[Finding], excuses: Sequence[Excuse], audited: Sequence[Cell]
) -> tuple[list[Finding], list[Excuse]]:
    """Mark what the list of exceptions covers.

    Returns:
        The findings, and the exceptions that were audited but not needed any more.
    """
    used: set[Excuse] = set()
    marked = []
    for finding in findings:
        covering = [
            own for own in excuses if own.covers(finding.place, finding.check, finding.value)
        ]
        if covering:
            used.update(covering)
            marked.append(replace(finding, status=EXCUSED, reason=covering[0].reason))
        else:
            marked.append(finding)
    idle = [
        own
        for own in excuses
        if own not in used and any(own.is_about(cell.place) for cell in audited)
    ]
    return marked, idle


def _order(finding: Finding) -> tuple[object, ...]:
    place = finding.place
    return (place.game, place.task, _rank(place.plot_level), place.form, finding.check)


def _rank(level: str) -> int:
    names = [level.value for level in Level]
    return names.index(level) if level in names else -1


def _of_cell(cell: Cell, bounds: Bounds) -> Iterable[Finding]:
    place = cell.place
    if cell.right < cell.samples:
        data_id, reason = cell.wrong[0]
        share = cell.right / cell.samples
        yield Finding(place, "recomputed", share, 1.0, FAIL, f"{data_id}: {reason}")
    for guess in cell.guesses:
        chance = guess.chance if guess.chance else 0.0
        bound = chance + bounds.above_chance if chance else bounds.constant
        if guess.right > bound and guess.low > chance:
            yield Finding(
                place,
                guess.guesser,
                guess.right,
                bound,
                FAIL if guess.low > bound and cell.samples >= bounds.few else WARN,
                f"right in {guess.right:.1%} [{guess.low:.1%}, {guess.high:.1%}]"
                + (f", chance {chance:.1%}" if chance else "")
                + (f": {guess.rule}" if guess.rule else ""),
            )
    if cell.told > bounds.told:
        text = f"the question repeats {cell.told:.0%} of the board in words"
        yield Finding(place, "told", cell.told, bounds.told, FAIL, text)
    yield from _of_samples(cell, bounds)
    yield from _of_pictures(cell, bounds)


def _of_samples(cell: Cell, bounds: Bounds) -> Iterable[Finding]:
    own = cell.distinct
    if own.expected > bounds.duplicates:
        yield Finding(
            cell.place,
            "duplicates",
            own.expected,
            bounds.duplicates,
            # One pair may be chance even where there are millions of states.
            FAIL if own.pairs > 1 and own.expected_low > bounds.duplicates else WARN,
            f"{own.duplicates} in {own.samples}, about {own.expected:.1%} of 10,000 of the task",
        )
    if own.in_two_splits:
        text = f"{own.in_two_splits} pictures are in more than one split"
        yield Finding(cell.place, "splits", own.in_two_splits, 0, FAIL, text)


def _of_pictures(cell: Cell, bounds: Bounds) -> Iterable[Finding]:
    own = cell.pictures
    if own is None:
        return
    limits = (
        (own.pixels[0], bounds.pixels, own.pixels[0] < bounds.pixels, "pixels at the least"),
        (
            max(own.widths[1], own.heights[1]),
            bounds.side,
            max(own.widths[1], own.heights[1]) > bounds.side,
            "pixels on the longest side",
        ),
        (own.colours_most, bounds.colours, own.colours_most > bounds.colours, "colours"),
        (own.bytes_most, bounds.file, own.bytes_most > bounds.file, "bytes"),
    )
    for value, bound, falls_short, what in limits:
        if falls_short:
            yield Finding(cell.place, "pictures", value, bound, FAIL, f"{value:,} {what}")


def _of_levels(cells: Sequence[Cell], bounds: Bounds) -> Iterable[Finding]:
    tasks: dict[tuple[str, str, str], list[Cell]] = defaultdict(list)
    for cell in cells:
        tasks[cell.place.game, cell.place.task, cell.place.form].append(cell)
    for own in tasks.values():
        measured = sorted(
            (cell for cell in own if cell.measure is not None),
            key=lambda cell: _rank(cell.place.plot_level),
        )
        for easier, harder in pairwise(measured):
            low, high = easier.measure, harder.measure
            doubt = _SURELY * math.hypot(easier.measure_error, harder.measure_error)
            if low is not None and high is not None and high <= low + doubt:
                yield Finding(
                    harder.place,
                    "levels",
                    high,
                    low,
                    FAIL if min(easier.samples, harder.samples) >= bounds.few else WARN,
                    f"{levels.name_of(harder.place.game)}: {high:.2f} on average, "
                    f"{easier.place.plot_level} has {low:.2f}",
                )
