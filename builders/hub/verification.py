"""Every answer of a release recomputed, wherever it lies: a folder, a file, or the Hub."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from gameqa import engine
from gameqa.builders.hub.finished import damage
from gameqa.builders.hub.sources import Source, find_source
from gameqa.builders.recipe import TEST_OOD
from gameqa.builders.row_files import UnreadableRowsError, read_rows
from gameqa.sample import Split
from gameqa.verification import check_picture, check_row


@dataclass(frozen=True)
class Failure:
    """One row, or a whole file (``row`` is None), that is not right."""

    file: str
    row: int | None
    data_id: str
    reason: str

    def __str__(self) -> str:
        if self.row is None:
            return f"{self.file}: {self.reason}"
        return f"{self.file} row {self.row} ({self.data_id}): {self.reason}"


@dataclass
class FileReport:
    """What was found in a file.

    Attributes:
        name: the file, relative to what was verified.
        rows: how many rows were looked at.
        failures: everything that is not right, in the order of the rows.
    """

    name: str
    rows: int = 0
    failures: list[Failure] = field(default_factory=list)


def verify(
    target: str | Path,
    *,
    configs: Sequence[str] = (),
    revision: str | None = None,
    pictures: bool = False,
    num_proc: int = 1,
) -> Iterator[FileReport]:
    """Check a release: files against the manifest's checksums, rows by `check_row`.

    Args:
        target: a folder that `gameqa build` wrote, a Parquet or JSON-lines file, or a dataset on
            the Hub (``"user/name"``), whose files are fetched one by one and not kept.
        configs: only the files of these configs; all when empty.
        revision: of a dataset on the Hub.
        pictures: draw every picture anew, too, and compare it pixel by pixel. Style and size are
            those of the manifest's recipe.
        num_proc: how many processes share the files.

    Yields:
        A report of each file, in the order of their names.

    Raises:
        GameQAError: there is nothing to check there, or it cannot be read.
    """
    source = find_source(str(target), configs, revision)
    for name in source.strays:
        yield FileReport(name, 0, [Failure(name, None, "", "is not in the manifest")])
    work = partial(_check_file, source, pictures)
    if num_proc == 1 or len(source.files) < 2:
        yield from map(work, source.files)
        return
    # Fresh processes: a forked one may inherit a lock that a thread of Arrow holds.
    context = get_context("spawn")
    count = min(num_proc, len(source.files))
    with ProcessPoolExecutor(count, mp_context=context, initializer=_ignore_ctrl_c) as pool:
        try:
            yield from pool.map(work, source.files)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise


def _ignore_ctrl_c() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent hears it and ends the pool


def _check_file(source: Source, pictures: bool, name: str) -> FileReport:
    report = FileReport(name)
    known = source.known.get(name)
    with source.fetched(name) as path:
        if known is not None:
            wrong = damage(path, known.size, known.sha256)
            if wrong:
                report.failures.append(Failure(name, None, "", wrong))
            if not path.is_file():
                return report
        try:
            _check_rows(source, pictures, path, report)
        except UnreadableRowsError as error:
            report.failures.append(Failure(name, None, "", f"cannot be read: {error.reason}"))
            return report
    if known is not None and report.rows != known.rows:
        reason = f"has {report.rows:,} rows, not {known.rows:,}"
        report.failures.append(Failure(name, None, "", reason))
    return report


def _check_rows(source: Source, pictures: bool, path: Path, report: FileReport) -> None:
    recipe = source.recipes.get(report.name, {})
    style = str(recipe.get("style", "classic"))
    min_pixels = int(recipe.get("min_pixels", engine.MIN_PIXELS))
    for row in read_rows(path):
        reason = check_row(row)
        if reason is None and pictures and row["image"] is not None:
            reason = check_picture(row, style, min_pixels)
        if reason is None and report.name in source.known:
            reason = _misplaced(row, source.known[report.name].split)
        if reason is not None:
            where = str(row.get("data_id"))
            report.failures.append(Failure(report.name, report.rows, where, reason))
        report.rows += 1


def _misplaced(row: Mapping[str, Any], split: str) -> str | None:
    """Return why a row does not belong into the split of its file."""
    own = Split.TEST.value if split == TEST_OOD else split
    return None if f"-{own}-s" in row["data_id"] else f"it lies in a file of the {split} split"
