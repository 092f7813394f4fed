"""The audit on the screen: a line a cell, what falls short, and the sum."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from gameqa.builders.audit.auditing import Audit
from gameqa.builders.audit.judging import EXCUSED, FAIL, WARN
from gameqa.builders.audit.measuring import Cell

COLUMNS = (
    "GAME",
    "TASK",
    "LEVEL",
    "FORM",
    "SAMPLES",
    "RIGHT",
    "CHANCE",
    "CONST",
    "RANK",
    "TWIN",
    "CLASSIF",
    "TOLD",
    "DUPL",
    "ANSWERS",
    "BITS",
    "HARD",
    "kB",
)
_MARKS = {FAIL: "FAIL", WARN: "warn", EXCUSED: "listed"}


def table_lines(found: Audit) -> Iterator[str]:
    """Yield the numbers of every cell as an aligned table; shares in percent."""
    rows: list[Sequence[str]] = [COLUMNS]
    last = ("", "")
    for cell in found.cells:
        here = (cell.place.game, cell.place.task)
        head = (here[0] if here[0] != last[0] else "", here[1] if here != last else "")
        last = here
        rows.append([*head, cell.place.plot_level, cell.place.form, *numbers(cell)])
    widths = [max(len(row[place]) for row in rows) for place in range(len(COLUMNS))]
    for row in rows:
        cells = [
            text.ljust(width) if place < 4 else text.rjust(width)
            for place, (text, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  ".join(cells).rstrip()


def numbers(cell: Cell) -> list[str]:
    """Return a cell's numbers in the order of `COLUMNS`, from SAMPLES on."""
    guesses = {guess.guesser: guess for guess in cell.guesses}
    chance = guesses["constant"].chance

    def right(guesser: str) -> str:
        guess = guesses.get(guesser)
        return "" if guess is None else _share(guess.right)

    return [
        f"{cell.samples:,}",
        _share(cell.right / cell.samples),
        _share(chance) if chance else "",
        right("constant"),
        right("rank"),
        right("twin"),
        right("classifier"),
        _share(cell.told),
        f"{cell.distinct.duplicates}",
        f"{cell.distinct.answers}",
        f"{cell.distinct.entropy:.1f}",
        "" if cell.measure is None else f"{cell.measure:.1f}",
        "" if cell.pictures is None else f"{cell.pictures.bytes_mean / 1000:.1f}",
    ]


def _share(share: float) -> str:
    return f"{100 * share:.1f}"


def finding_lines(found: Audit) -> Iterator[str]:
    """Yield what falls short: failures, warnings, then what the list covers, counted."""
    for status in (FAIL, WARN):
        for finding in found.findings:
            if finding.status == status:
                yield f"{_MARKS[status]}  {finding.place}  {finding.check}: {finding.text}"
    excused = Counter(
        (f.place.game, f.check, f.reason) for f in found.findings if f.status == EXCUSED
    )
    for (game, check, reason), count in sorted(excused.items()):
        cells = "finding" if count == 1 else "findings"
        yield f"listed  {game}  {check}, {count} {cells}: {reason}"
    for own in found.idle:
        yield f"note  the exception {own} was not needed by these samples"


def closing_lines(found: Audit) -> Iterator[str]:
    """Yield the sum."""
    right = sum(cell.right for cell in found.cells)
    listed = sum(finding.status == EXCUSED for finding in found.findings)
    yield (
        f"{found.source}: {found.samples:,} samples in {len(found.cells):,} cells; "
        f"{right:,} answers recomputed as they are, {found.samples - right:,} not."
    )
    yield (
        f"{'Passes' if found.passes else 'Falls short'}: {len(found.failures):,} failures, "
        f"{len(found.warnings):,} warnings, {listed:,} findings covered by the list of exceptions, "
        f"{len(found.idle):,} exceptions not needed."
    )
