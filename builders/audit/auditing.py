"""The audit itself: samples of a config, or the rows of any dataset, to numbers and findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gameqa.builders.audit import classifier, sight
from gameqa.builders.audit.case import Case
from gameqa.builders.audit.exceptions import Excuse, read_excuses
from gameqa.builders.audit.judging import FAIL, WARN, Finding, excuse, judge
from gameqa.builders.audit.measuring import Cell, by_task, measure_task
from gameqa.builders.audit.parallel import each
from gameqa.builders.audit.reading import read_case
from gameqa.builders.audit.settings import Bounds
from gameqa.builders.audit.sight import Seen
from gameqa.builders.audit.units import Unit, measure_unit
from gameqa.errors import GameQAError

Progress = Callable[[int], object]


@dataclass(frozen=True)
class Audit:
    """The outcome.

    Attributes:
        source: what was looked at, for people.
        cells: the numbers of each game, task, plot level and form.
        seen: what was found in pictures looked at closely.
        findings: what falls short, exceptions marked.
        idle: exceptions that nothing needed.
        bounds: what would have passed.
    """

    source: str
    cells: tuple[Cell, ...]
    seen: tuple[Seen, ...]
    findings: tuple[Finding, ...]
    idle: tuple[Excuse, ...]
    bounds: Bounds

    @property
    def failures(self) -> list[Finding]:
        """What is wrong and not excused."""
        return [finding for finding in self.findings if finding.status == FAIL]

    @property
    def warnings(self) -> list[Finding]:
        """What may be wrong: above a bound, but within the noise of so many samples."""
        return [finding for finding in self.findings if finding.status == WARN]

    @property
    def samples(self) -> int:
        """How many samples were looked at."""
        return sum(cell.samples for cell in self.cells)

    @property
    def passes(self) -> bool:
        """Whether nothing fails that is not on the list."""
        return not self.failures


def audit_units(
    units: Sequence[Unit],
    source: str,
    *,
    excuses: Sequence[Excuse] | None = None,
    bounds: Bounds | None = None,
    num_proc: int = 1,
    progress: Progress = lambda samples: None,
) -> Audit:
    """Draw and judge the samples of some units.

    Args:
        units: see `gameqa.builders.audit.units.units_of`.
        source: what they are, for people.
        excuses: the exceptions; the project's own list when None.
        bounds: what passes; the project's own when None.
        num_proc: how many processes share the work; the result is the same.
        progress: called with numbers of samples as they are done.

    Raises:
        GameQAError: a sample cannot be made, a process died, or scikit-learn is missing.
    """
    if any(unit.with_classifier for unit in units):
        classifier.require()
    cells: list[Cell] = []
    seen: list[Seen] = []
    for unit, (own, looked) in each(measure_unit, units, num_proc):
        cells += own
        seen += looked
        progress(unit.samples * len(unit.levels))
    return _judged(source, cells, seen, excuses, bounds)


def audit_rows(
    rows: Iterable[Mapping[str, Any]],
    source: str = "rows",
    *,
    excuses: Sequence[Excuse] | None = None,
    bounds: Bounds | None = None,
    with_classifier: bool = True,
    num_proc: int = 1,
    progress: Progress = lambda rows: None,
) -> Audit:
    """Judge the rows of any dataset with our columns.

    >>> audit_rows(datasets.load_dataset("sokoban-rows", split="train")).passes

    Each row is read once and only its texts and digests are kept, some 2 kB a row.

    Args:
        rows: mappings with the 18 columns.
        source: what they are, for people.
        excuses: as in `audit_units`.
        bounds: likewise.
        with_classifier: whether to train a blind classifier (needs scikit-learn).
        num_proc: likewise.
        progress: called with 1 for each row read.

    Raises:
        GameQAError: a column is missing, there are no rows, or scikit-learn is missing.
    """
    if with_classifier:
        classifier.require()
    cases: list[Case] = []
    looks = sight.Looks()
    for row in rows:
        cases.append(read_case(row))
        looks.look(row, cases[-1])
        progress(1)
    if not cases:
        raise GameQAError(f"There are no rows in {source}.")
    return audit_cases(
        cases,
        source,
        seen=looks.seen(),
        excuses=excuses,
        bounds=bounds,
        with_classifier=with_classifier,
        num_proc=num_proc,
    )


def audit_cases(
    cases: Sequence[Case],
    source: str,
    *,
    seen: Sequence[Seen] = (),
    excuses: Sequence[Excuse] | None = None,
    bounds: Bounds | None = None,
    with_classifier: bool = True,
    num_proc: int = 1,
) -> Audit:
    """Judge cases that have been read already; see `audit_rows`."""
    cells: list[Cell] = []
    groups = [(group, with_classifier) for group in by_task(cases)]
    for _, own in each(_measure_group, groups, num_proc):
        cells += own
    return _judged(source, cells, seen, excuses, bounds)


def _judged(
    source: str,
    cells: Sequence[Cell],
    seen: Sequence[Seen],
    excuses: Sequence[Excuse] | None,
    bounds: Bounds | None,
) -> Audit:
    settled = bounds or Bounds()
    found = judge(cells, settled) + sight.judge(seen)
    known = read_excuses() if excuses is None else excuses
    findings, idle = excuse(found, known, cells)
    return Audit(source, tuple(cells), tuple(seen), tuple(findings), tuple(idle), settled)


def _measure_group(group: tuple[Sequence[Case], bool]) -> list[Cell]:
    return measure_task(*group)
