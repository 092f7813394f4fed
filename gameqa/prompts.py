"""What a model is asked: the question, and where its answer has to stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.errors import GameQAError, unknown
from gameqa.sample import Sample

ANSWER_STYLES = ("tag", "boxed", "plain")
"""Where an answer stands: in ``<answer>…</answer>``, in ``\\boxed{}``, or anywhere."""

_WHERE = {
    "tag": "between <answer> and </answer>",
    "boxed": "in \\boxed{}",
}


def prompt_text(row_or_sample: Mapping[str, Any] | Sample, answer_style: str = "tag") -> str:
    """Return the question with a last line that says where the answer has to stand.

    Args:
        row_or_sample: a row with the columns ``question`` and ``answer_type``, or a sample.
        answer_style: one of `ANSWER_STYLES`; ``"plain"`` adds nothing to the question.

    Raises:
        GameQAError: the style is unknown, or the row lacks a column.
    """
    check_style(answer_style)
    question = str(column(row_or_sample, "question"))
    if answer_style == "plain":
        return question
    what = "letter of the right option"
    if column(row_or_sample, "answer_type") != "choice":
        what = "answer, and nothing else,"
    return f"{question}\n\nThink first. Then write the {what} {_WHERE[answer_style]}."


def check_style(answer_style: str) -> None:
    """Raise the error for a style that is none of `ANSWER_STYLES`."""
    if answer_style not in ANSWER_STYLES:
        raise unknown("answer_style", answer_style, ANSWER_STYLES)


def column(row_or_sample: Mapping[str, Any] | Sample, name: str) -> Any:
    """Return one column of a row or sample.

    Raises:
        GameQAError: it is not there.
    """
    if isinstance(row_or_sample, Sample):
        return getattr(row_or_sample, name)
    try:
        value = row_or_sample[name]
    except (KeyError, TypeError, IndexError):
        value = None
    if value is None:
        shown = sorted(map(str, row_or_sample)) if isinstance(row_or_sample, Mapping) else []
        raise GameQAError(
            f"The row has no column {name!r}; it has: {', '.join(shown) or type(row_or_sample)}."
        )
    return value
