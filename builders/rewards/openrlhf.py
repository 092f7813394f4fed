r"""The reward for OpenRLHF.

    --reward.remote_url $(python -m gameqa.builders.rewards openrlhf)
    --data.input_key prompt --data.label_key label --data.image_key images
    --data.apply_chat_template

Rows come from `gameqa.builders.views.openrlhf`, whose ``label`` is the grading spec. Where the
format is to count or answers are boxed, the file to name is one of your own with two lines:

    from gameqa.builders.rewards.openrlhf import make_reward_func
    reward_func = make_reward_func(format_weight=0.1, answer_style="boxed")
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from gameqa.builders.rewards.batches import DEFAULT_STYLE, accuracies, formats, weighted
from gameqa.errors import GameQAError
from gameqa.prompts import check_style

Reward = Callable[[Sequence[str], Sequence[str], Sequence[str]], dict[str, Any]]
"""From queries (prompt and response), prompts and labels to rewards, scores and logs."""

_SHORTEST = 8
_SPECIAL = re.compile(r"(?:\s*(?:<\|[^<>|]{1,40}\|>|</s>|<eos>|<pad>|<end_of_\w{1,20}>))+\s*\Z")


def make_reward_func(format_weight: float = 0.0, answer_style: str = DEFAULT_STYLE) -> Reward:
    """Return a reward function of one's own.

    Args:
        format_weight: the part of the reward that the format makes up, in 0..1.
        answer_style: where the prompts want the answer: "tag", "boxed" or "plain".

    Raises:
        GameQAError: the style is unknown, or the weight is not in 0..1.
    """
    check_style(answer_style)
    weighted(1, 1, format_weight)

    def reward(
        queries: Sequence[str], prompts: Sequence[str], labels: Sequence[str]
    ) -> dict[str, Any]:
        """Return ``rewards`` and ``scores`` (tensors, one entry a query) and ``extra_logs``.

        Raises:
            GameQAError: a row has no grading spec or a broken one, or a query lacks its prompt.
        """
        import torch  # only now: OpenRLHF brings it

        pairs = zip(queries, prompts, strict=True)
        responses = [response_of(query, prompt) for query, prompt in pairs]
        right = accuracies(responses, labels, place="label", found=(), view="openrlhf")
        in_format = formats(responses, answer_style)
        rewards = [weighted(a, f, format_weight) for a, f in zip(right, in_format, strict=True)]
        scores = torch.tensor(rewards, dtype=torch.float32)
        logs = {"accuracy": right, "format": in_format}
        return {
            "rewards": scores,
            "scores": scores,
            "extra_logs": {n: torch.tensor(v, dtype=torch.float32) for n, v in logs.items()},
        }

    return reward


reward_func = make_reward_func()
"""The function that OpenRLHF looks for: accuracy alone, the format only logged."""


def response_of(query: str, prompt: str) -> str:
    """Return what the model wrote, without the prompt and without special tokens at the end.

    In a query, a picture's placeholder may be a run of tokens, unlike in the prompt. So what is
    looked for is the longest end of the prompt that occurs; what follows it is the response.

    Raises:
        GameQAError: the query does not hold the end of the prompt.
    """
    if query.startswith(prompt):
        return _SPECIAL.sub("", query[len(prompt) :])
    low, high = 0, len(prompt)  # an end of `low` characters occurs
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if prompt[-middle:] in query else (low, middle - 1)
    if low < min(_SHORTEST, len(prompt)):
        raise GameQAError(f"The query {query[:60]!r} does not hold its prompt's end.")
    end, at = prompt[len(prompt) - low :], 0
    for _ in range(prompt.count(end)):
        found = query.find(end, at)
        at = found + low if found >= 0 else at
    return _SPECIAL.sub("", query[at:])
