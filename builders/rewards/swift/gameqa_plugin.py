"""The rewards for ms-swift's GRPO.

    swift rlhf --rlhf_type grpo --external_plugins $(python -m gameqa.builders.rewards swift) \
        --reward_funcs gameqa gameqa_format --reward_weights 1 0.1 ...

Rows come from `gameqa.builders.views.ms_swift`, whose columns reach a reward as lists. Where
ms-swift is not installed this can be imported all the same.
"""

from __future__ import annotations

import importlib
from collections.abc import Sequence
from typing import Any

from gameqa.builders.rewards.batches import accuracies, formats

_HOMES = ("swift.rewards", "swift.plugin")  # of ms-swift 4 and 3


class _Reward:
    def __init__(self, args: Any = None, **kwargs: Any) -> None:
        """Take what the trainer passes; nothing of it is needed."""
        self.args = args


class GameQA(_Reward):
    """Whether the answer is right: the reward ``gameqa``."""

    def __call__(
        self,
        completions: Sequence[str],
        grading: Sequence[str] | None = None,
        **columns: Any,
    ) -> list[float]:
        """Return 1.0 for each completion that `gameqa.grade` finds right, 0.0 for every other.

        Raises:
            GameQAError: the dataset has no column ``grading``, or a spec is missing or broken.
        """
        return accuracies(
            completions, grading, place="column 'grading'", found=columns, view="ms-swift"
        )


class GameQAFormat(_Reward):
    """Whether the answer stands where the prompt wants it: the reward ``gameqa_format``."""

    def __call__(
        self,
        completions: Sequence[str],
        answer_style: Sequence[str] | str | None = None,
        **columns: Any,
    ) -> list[float]:
        """Return 1.0 for each completion in the format of its row's prompt, else 0.0.

        Raises:
            GameQAError: an answer style is unknown.
        """
        return formats(completions, answer_style)


def register() -> bool:
    """Tell ms-swift the names ``gameqa`` and ``gameqa_format``; return whether it is installed."""
    for home in _HOMES:
        try:
            rewards = importlib.import_module(home)
        except ModuleNotFoundError as error:
            if error.name not in ("swift", *_HOMES):
                raise
            continue
        for name, reward in (("gameqa", GameQA), ("gameqa_format", GameQAFormat)):
            rewards.orms[name] = type(reward.__name__, (reward, rewards.ORM), {})
        return True
    return False


register()
