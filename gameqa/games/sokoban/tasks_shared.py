"""What several questions about a Sokoban board share: their boards and their wording."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Coordinate
from gameqa.game import Plan, Task
from gameqa.games.sokoban import generation
from gameqa.games.sokoban.generation import Knobs
from gameqa.games.sokoban.rules import State
from gameqa.rng import Rng
from gameqa.sample import Form

CELLS = Coordinate()

COORDINATES = (
    "Cells are written (row, column), both counted from 0 at the top-left corner, "
    "the border walls included."
)
PHYSICS = (
    "This is a Sokoban board. Up, Down, Left and Right move the player one cell. Moving onto a "
    "box pushes it one cell further in the same direction, if the cell behind it holds neither a "
    "wall nor another box. A move into a wall, or into a box that cannot be pushed, is blocked: "
    "nothing changes, and the sequence goes on with the next move."
)


class OneBox(Task[State, Knobs]):
    """A task about a solvable board with one box."""

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"straight": rng.chance(0.3)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.one_box_states(plan.knobs, rng, allow_straight=plan["straight"])


class SomeBoxes(OneBox):
    """A task about a board with one or several boxes."""

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        count = rng.weighted(range(1, len(knobs.box_weights) + 1), knobs.box_weights)
        return {**super().plan(knobs, form, rng), "boxes": count}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        if plan["boxes"] == 1:
            yield from super().states(plan, rng)
        else:
            state = generation.several_box_state(plan.knobs, plan["boxes"], rng)
            if state is not None:
                yield state


def numbered(lines: Sequence[str]) -> str:
    """Return lines with their numbers, from 1."""
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))
