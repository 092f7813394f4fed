"""The reward for EasyR1.

    worker.reward.reward_function=$(python -m gameqa.builders.rewards easyr1):compute_score

Weight and style are set with ``worker.reward.reward_function_kwargs='{"format_weight": 0.1}'``.
EasyR1 hands a reward nothing of the row but its ``answer``; `gameqa.builders.views.easyr1` puts the
whole grading spec there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gameqa.builders.rewards.batches import DEFAULT_STYLE, accuracies, entry, formats, weighted

REWARD_NAME = "gameqa"
REWARD_TYPE = "batch"


def compute_score(
    reward_inputs: Sequence[Mapping[str, Any]],
    format_weight: float = 0.1,
    answer_style: str = DEFAULT_STYLE,
) -> list[dict[str, float]]:
    """Score a batch of responses.

    Args:
        reward_inputs: of each response ``response``, the text, and ``ground_truth``, the spec.
        format_weight: the part of ``overall`` that the format makes up, in 0..1.
        answer_style: where the prompts want the answer: "tag", "boxed" or "plain".

    Returns:
        Of each response ``overall``, which the trainer uses; ``accuracy`` and ``format``, 1.0 or
        0.0, which it logs.

    Raises:
        GameQAError: a row has no grading spec or a broken one. No response raises.
    """
    place = "grading spec in 'ground_truth'"
    specs = [entry(given, "ground_truth", place, "easyr1") for given in reward_inputs]
    responses = [given.get("response") for given in reward_inputs]
    right = accuracies(responses, specs, place=place, found=(), view="easyr1")
    in_format = formats(responses, answer_style)
    return [
        {"overall": weighted(a, f, format_weight), "accuracy": a, "format": f}
        for a, f in zip(right, in_format, strict=True)
    ]
