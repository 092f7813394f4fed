"""What all questions about a Space Invaders board have in common.

Every task draws its whole question, the run of options and the answer in `plan`; boards are then
built so that this is the answer. So neither options nor numbers in the question betray it.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.space_invaders.generation import Fleet, Knobs, Size, draw_size
from gameqa.games.space_invaders.rules import State
from gameqa.options import others
from gameqa.rng import Rng
from gameqa.sample import Form

RUN = 8
"""The most options of a task."""

_TRIES = 8


class Planned(Task[State, Knobs]):
    """A task whose question, options and answer are settled before any board."""

    kind = Integer()
    wants_mixed_bottoms = False

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        size = draw_size(knobs, rng)
        return {"size": size, **self.choose(knobs, size, rng)}

    @abstractmethod
    def choose(self, knobs: Knobs, size: Size, rng: Rng) -> Mapping[str, Any]:
        """Draw at least the entries ``query``, ``shown`` (the options) and ``truth``."""

    @abstractmethod
    def build(self, plan: Plan[Knobs], rng: Rng) -> Fleet | None:
        """Make a board that has the planned answer, or None where this one cannot."""

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        mixed_bottoms = self.wants_mixed_bottoms and plan.knobs.mixed_bottoms
        for _ in range(_TRIES):
            fleet = self.build(plan, rng)
            if fleet is not None and fleet.is_fair(mixed_bottoms):
                yield fleet.state()

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        query: Query = plan["query"]
        return query

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["shown"], solution.value)
