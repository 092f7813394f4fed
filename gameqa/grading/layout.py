"""Whether a response puts its answer where the prompt said: a format reward, not a grade."""

from __future__ import annotations

from gameqa.grading import extraction
from gameqa.prompts import check_style


def has_format(response: object, answer_style: str = "tag") -> bool:
    """Return whether a response marks exactly one answer in the way that was asked for.

    Thinking, where there is any, must be closed, and the mark must stand outside it, be closed
    and not be empty. Whether the answer is right plays no part.

    Args:
        response: what a model wrote; anything but a string has no format.
        answer_style: ``"tag"``, ``"boxed"`` or ``"plain"`` (any text outside the thinking).

    Raises:
        GameQAError: the style is unknown.
    """
    check_style(answer_style)
    visible = extraction.visible_part(response) if isinstance(response, str) else None
    if not visible:
        return False
    if answer_style == "plain":
        return True
    found = extraction.tags(visible) if answer_style == "tag" else extraction.boxes(visible)
    return found is not None and len(found) == 1 and bool(found[0].strip())
