"""Rewards for TRL's GRPOTrainer and its kin.

>>> from gameqa.builders.rewards.trl import accuracy_reward, format_reward
>>> GRPOTrainer(..., reward_funcs=[accuracy_reward, format_reward],
...             args=GRPOConfig(reward_weights=[1.0, 0.1], ...))

The trainer hands every column of the dataset to a reward, as a list with an entry a completion; the
column ``grading`` (`gameqa.grading_spec`, written by `gameqa.builders.views.trl_grpo`) says what is
right.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from gameqa.builders.rewards.batches import accuracies, formats

Completion = str | Sequence[dict[str, Any]]
"""What a model wrote: text, or messages of which the last one answers."""


def accuracy_reward(
    completions: Sequence[Completion],
    grading: Sequence[str] | None = None,
    **columns: Any,
) -> list[float]:
    """Return 1.0 for each completion that `gameqa.grade` finds right, 0.0 for every other.

    Args:
        completions: what the model wrote.
        grading: the grading spec of each completion's row.
        **columns: what else the trainer passes; not looked at.

    Raises:
        GameQAError: the dataset has no column ``grading``, or a spec in it is broken.
    """
    return accuracies(
        map(text, completions), grading, place="column 'grading'", found=columns, view="trl-grpo"
    )


def format_reward(
    completions: Sequence[Completion],
    answer_style: Sequence[str] | str | None = None,
    **columns: Any,
) -> list[float]:
    """Return 1.0 for each completion that has its answer where the prompt wants it, else 0.0.

    Args:
        completions: what the model wrote.
        answer_style: "tag", "boxed" or "plain", for all or for each; "tag" when None.
        **columns: what else the trainer passes; not looked at.

    Raises:
        GameQAError: an answer style is unknown.
    """
    return formats(list(map(text, completions)), answer_style)


def text(completion: Completion) -> str:
    """Return what a completion says: a text as it is, of messages the last one's text."""
    if isinstance(completion, str):
        return completion
    content = completion[-1].get("content") if completion else None
    if isinstance(content, str):
        return content
    return "".join(part.get("text") or "" for part in content or ())
