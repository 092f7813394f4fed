"""An evaluation in plain text columns, for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gameqa.evaluation import Evaluation, Group, Outcome, compare

_SHOWN_IDS = 3
_MANY_ROWS = 30


def screen_table(evaluations: Sequence[Evaluation], dimensions: Sequence[str]) -> str:
    """Return the results of one or several models side by side.

    Args:
        evaluations: of models on the same rows.
        dimensions: what to group by, of `gameqa.evaluation.DIMENSIONS`.

    Raises:
        GameQAError: the models were evaluated on different rows, or a grouping is unknown.
    """
    parts = [_accuracies(evaluations, dimensions), _outcomes(evaluations)]
    if len(evaluations) > 1:
        parts.append(_differences(evaluations))
    return "\n\n".join("\n".join(part) for part in parts)


def percent(share: float) -> str:
    """Return a share as a percentage, e.g. ``"62.5"``."""
    return f"{100 * share:.1f}"


def interval(ends: tuple[float, float]) -> str:
    """Return an interval as percentages, e.g. ``"[57.0, 67.7]"``."""
    return f"[{100 * ends[0]:.1f}, {100 * ends[1]:.1f}]"


def _accuracies(evaluations: Sequence[Evaluation], dimensions: Sequence[str]) -> Iterator[str]:
    rows: list[list[str]] = [["", "ROWS", "CHANCE", *(e.name for e in evaluations)]]
    rows.append(_line("all", [evaluation.overall for evaluation in evaluations]))
    for dimension in dimensions:
        groups = [evaluation.by(dimension) for evaluation in evaluations]
        rows.append([])
        rows.append([dimension.upper().replace("_", " ")])
        rows += [_line(f"  {name}", [by[name] for by in groups]) for name in groups[0]]
    yield from _columns(rows, right=(1, 2))
    yield ""
    yield "Accuracy in % [95 % interval]; * even the interval's lower end is above chance."
    yield "CHANCE: 1 in the number of options; of open tasks, their best constant answer here."
    if note := few_rows(evaluations[0]):
        yield note


def few_rows(evaluation: Evaluation) -> str:
    """Return a warning where open tasks have too few rows for their chance; else nothing."""
    rows = evaluation.rows_per_open_task
    if rows is None or rows >= _MANY_ROWS:
        return ""
    return (
        f"An open task has {rows:g} rows here (median): its best constant answer, picked on these "
        "rows, overstates chance."
    )


def _line(name: str, groups: Sequence[Group]) -> list[str]:
    cells = [
        f"{percent(g.accuracy):>5} {interval(g.interval):<14}{'*' if g.is_above_chance else ''}"
        for g in groups
    ]
    return [name, f"{groups[0].n:,}", percent(groups[0].chance), *cells]


def _outcomes(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    rows = [["RESPONSES", *(evaluation.name for evaluation in evaluations)]]
    for outcome in Outcome:
        counts = [evaluation.overall.outcomes[outcome] for evaluation in evaluations]
        rows.append([f"  {outcome}", *(f"{count:,}" for count in counts)])
    rows.append(["  sent twice, alike", *(f"{len(e.repeated):,}" for e in evaluations)])
    rows.append(["  of unknown id", *(f"{len(e.unknown):,}" for e in evaluations)])
    yield from _columns(rows, right=range(1, len(rows[0])))
    for evaluation in evaluations:
        for what, ids in (
            ("missing, counted as wrong", evaluation.ids(Outcome.MISSING)),
            ("conflicting, counted as wrong", evaluation.ids(Outcome.CONFLICTING)),
            ("of unknown id, not counted", evaluation.unknown),
        ):
            if ids:
                more = ", …" if len(ids) > _SHOWN_IDS else ""
                yield f"{evaluation.name}: {what}: {', '.join(ids[:_SHOWN_IDS])}{more}"


def _differences(evaluations: Sequence[Evaluation]) -> Iterator[str]:
    rows = [["DIFFERENCE", "POINTS", "95 % INTERVAL", "ONLY ONE RIGHT", "P"]]
    for pair in compare(evaluations):
        rows.append(
            [
                f"  {pair.first} - {pair.second}",
                f"{100 * pair.difference:+.1f}",
                interval(pair.interval),
                f"{pair.only_first:,} : {pair.only_second:,}",
                p_value(pair.p_value),
            ]
        )
    yield from _columns(rows, right=(1, 2, 3, 4))
    yield ""
    yield "Paired, row by row: Newcombe's interval, McNemar's exact test."


def p_value(value: float) -> str:
    """Return a p-value, e.g. ``"0.031"`` or ``"< 0.001"``."""
    return "< 0.001" if value < 0.001 else f"{value:.3f}"


def _columns(rows: Sequence[Sequence[str]], right: Sequence[int]) -> Iterator[str]:
    table = [row for row in rows if len(row) > 1]
    widths = [max(len(row[column]) for row in table) for column in range(len(table[0]))]
    for row in rows:
        cells = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=False))
        ]
        yield "  ".join(cells).rstrip()
