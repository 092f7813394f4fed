"""The reward for verl.

    reward.custom_reward_function.path=pkg://gameqa.builders.rewards.verl
    reward.custom_reward_function.name=compute_score

and, where the format is to count,

    +reward.custom_reward_function.reward_kwargs.format_weight=0.1

Versions of verl without ``pkg://`` take the file that ``python -m gameqa.builders.rewards verl``
prints; older ones call the option ``custom_reward_function.path``. Rows come from
`gameqa.builders.views.verl`.

verl calls this in threads and processes, and may bound it in time: it is pure, takes microseconds,
and uses neither a signal nor a clock.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from gameqa.builders.rewards.batches import accuracies, entry, formats, weighted


def compute_score(
    data_source: str,
    solution_str: str,
    ground_truth: str,
    extra_info: Mapping[str, Any] | None = None,
    *,
    format_weight: float = 0.0,
    **kwargs: Any,
) -> dict[str, float]:
    """Score one response.

    Args:
        data_source: not looked at.
        solution_str: what the model wrote.
        ground_truth: the right answer, for people and logs; the spec says more.
        extra_info: of the row: ``grading``, the spec, and ``answer_style``.
        format_weight: the part of ``score`` that the format makes up, in 0..1.
        **kwargs: what else verl passes; not looked at.

    Returns:
        ``score``, which the trainer uses; ``acc`` and ``format``, 1.0 or 0.0, which it logs.

    Raises:
        GameQAError: the row has no grading spec or a broken one. No response raises.
    """
    spec = entry(extra_info, "grading", "'grading' in extra_info", "verl")
    style = (extra_info or {}).get("answer_style")
    (accuracy,) = accuracies([solution_str], [spec], place="'grading'", found=(), view="verl")
    (in_format,) = formats([solution_str], style)
    return {
        "score": weighted(accuracy, in_format, format_weight),
        "acc": accuracy,
        "format": in_format,
    }
