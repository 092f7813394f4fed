"""What a view can be set to, and the words that it takes from a row: prompt and target."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from gameqa.grading import grading_spec
from gameqa.prompts import check_style, column, prompt_text

PLACEHOLDER = "<image>"
"""Where the picture stands in a prompt, for trainers that want it marked."""

_MARKED = {"tag": "<answer>{}</answer>", "boxed": "\\boxed{{{}}}", "plain": "{}"}


@dataclass(frozen=True)
class Settings:
    """How prompts and targets are worded.

    Attributes:
        answer_style: where the answer has to stand: "tag", "boxed" or "plain".
        think: whether a target has its analysis between ``<think>`` and ``</think>``.
    """

    answer_style: str = "tag"
    think: bool = False

    def __post_init__(self) -> None:
        """Check the style.

        Raises:
            GameQAError: it is unknown.
        """
        check_style(self.answer_style)


def prompt(row: Mapping[str, Any], settings: Settings, *, marked: bool) -> str:
    """Return what the model is asked; with the placeholder if the row has a picture to mark."""
    text = prompt_text(row, settings.answer_style)
    return PLACEHOLDER + text if marked and row.get("image") is not None else text


def target(row: Mapping[str, Any], settings: Settings) -> str:
    """Return what a model is to write: the analysis, and the answer where the prompt wants it."""
    analysis = str(column(row, "analysis"))
    answer = _MARKED[settings.answer_style].format(column(row, "answer"))
    if settings.think:
        return f"<think>\n{analysis}\n</think>\n{answer}"
    if settings.answer_style == "plain":
        return analysis  # which ends in "So the answer is ..."
    return f"{analysis}\n\n{answer}"


def spec(row: Mapping[str, Any]) -> str:
    """Return what `gameqa.grade` needs, as one string."""
    return grading_spec(row)
