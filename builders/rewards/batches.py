"""What all rewards share: a batch of responses scored against the specs of its rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from gameqa.errors import GameQAError
from gameqa.grading import grade, has_format
from gameqa.prompts import check_style

DEFAULT_STYLE = "tag"
"""Where an answer stands if nothing else is said."""


def accuracies(
    responses: Iterable[object],
    grading: Sequence[Any] | None,
    *,
    place: str,
    found: Iterable[str],
    view: str,
) -> list[float]:
    """Return 1.0 for each response that `gameqa.grade` finds right, 0.0 for every other.

    Args:
        responses: what the model wrote; anything but text is wrong.
        grading: the grading spec of each response's row.
        place: where the trainer hands the specs over, for the error.
        found: what it handed over instead, for the error.
        view: the format of `gameqa.builders.views` that puts them there.

    Raises:
        GameQAError: there are no specs, or one is missing or broken.
    """
    if grading is None:
        raise missing(place, found, view)
    given = [spec or _no_spec(number, place, view) for number, spec in enumerate(grading)]
    return [
        float(grade(spec, response).correct)
        for response, spec in zip(responses, given, strict=True)
    ]


def formats(responses: Sequence[object], answer_style: Sequence[Any] | str | None) -> list[float]:
    """Return 1.0 for each response that has its answer where the prompt wants it, else 0.0.

    Args:
        responses: what the model wrote.
        answer_style: "tag", "boxed" or "plain", for all or for each; "tag" where None.

    Raises:
        GameQAError: an answer style is unknown.
    """
    if answer_style is None or isinstance(answer_style, str):
        answer_style = [answer_style] * len(responses)
    styles = [style or DEFAULT_STYLE for style in answer_style]
    for style in dict.fromkeys(styles):
        check_style(style)
    return [
        float(has_format(response, style))
        for response, style in zip(responses, styles, strict=True)
    ]


def entry(row: Any, name: str, place: str, view: str) -> Any:
    """Return an entry of what a trainer hands over with a response.

    Raises:
        GameQAError: it is not there.
    """
    value = row.get(name) if isinstance(row, Mapping) else None
    if not value:
        raise missing(place, row if isinstance(row, Mapping) else (), view)
    return value


def weighted(accuracy: float, in_format: float, format_weight: float) -> float:
    """Return both rewards as one, in 0..1.

    Raises:
        GameQAError: the weight is not in 0..1.
    """
    if not 0 <= format_weight <= 1:
        raise GameQAError(f"format_weight is {format_weight!r}; it must be from 0 to 1.")
    return (1 - format_weight) * accuracy + format_weight * in_format


def missing(place: str, found: Iterable[str], view: str) -> GameQAError:
    """Build the error for rows that bring no grading spec."""
    names = ", ".join(sorted(map(str, found))) or "none"
    return GameQAError(
        f"The reward finds no {place}; it has: {names}. "
        f"Make the dataset with views.{view.replace('-', '_')} or `gameqa export --format {view}`."
    )


def _no_spec(number: int, place: str, view: str) -> Any:
    raise missing(f"{place} for response {number} of the batch", (), view)
