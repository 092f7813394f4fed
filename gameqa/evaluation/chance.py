"""What a guesser reaches who knows the task but does not see the picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence

from gameqa.evaluation.rows import Row

CANDIDATES = 5
"""So many of a task's most frequent answers are tried as its constant answer."""


def chances(rows: Sequence[Row], is_right: Callable[[Row, str], bool]) -> list[float]:
    """Return each row's chance, in 0..1.

    A choice: one in the number of its options. An open question: the share of its task's rows
    (in ``rows``) that the best constant answer gets right. That answer is picked with the right
    answers known, so over few rows it flatters the guesser, never the model.

    Args:
        rows: all rows that are evaluated together.
        is_right: whether a response is right for a row.
    """
    open_rows: dict[str, list[Row]] = {}
    for row in rows:
        if not row.options:
            open_rows.setdefault(row.task, []).append(row)
    best = {task: _best_constant(of_task, is_right) for task, of_task in open_rows.items()}
    return [1 / row.options if row.options else best[row.task] for row in rows]


def _best_constant(rows: Sequence[Row], is_right: Callable[[Row, str], bool]) -> float:
    answers = Counter(row.expected for row in rows)
    # Where several answers are right, a constant one is right more often than it is listed.
    return max(
        sum(row.expected == answer or is_right(row, answer) for row in rows)
        for answer, _ in answers.most_common(CANDIDATES)
    ) / len(rows)
