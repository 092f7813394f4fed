"""What became of one row's response."""

from __future__ import annotations

import enum
from dataclasses import dataclass


class Outcome(str, enum.Enum):
    """What became of a response; only the first counts as right."""

    CORRECT = "correct"
    WRONG = "wrong"
    NO_ANSWER = "no answer"  # none could be made out
    CONTRADICTORY = "contradictory"  # it gives several answers
    CONFLICTING = "conflicting"  # several responses of different texts for one row
    MISSING = "missing"  # no response for the row

    def __str__(self) -> str:
        return str(self.value)


@dataclass(frozen=True)
class Result:
    """A row and what became of its response.

    Attributes:
        data_id: which row.
        game: the row's column, like those that follow.
        category: see ``game``.
        domain: see ``game``.
        task: game and task, ``"sokoban/minimum_moves"``: the name alone is not unique.
        qa_type: see ``game``.
        qa_level: see ``game``.
        plot_level: see ``game``.
        answer_type: see ``game``.
        expected: the row's answer.
        chance: how often a guesser is right who does not see the picture, in 0..1.
        outcome: what became of the response.
        extracted: what was taken as the answer; None where nothing was.
        reason: why the response was graded so, in one line.
    """

    data_id: str
    game: str
    category: str
    domain: str
    task: str
    qa_type: str
    qa_level: str
    plot_level: str
    answer_type: str
    expected: str
    chance: float
    outcome: Outcome
    extracted: str | None
    reason: str

    @property
    def is_correct(self) -> bool:
        """Whether the response is right."""
        return self.outcome is Outcome.CORRECT
