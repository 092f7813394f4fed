"""The questions about the next step of one ghost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.pacman.generation import PLACEMENTS, Board, Draft, Knobs, drafts, mask_of
from gameqa.games.pacman.paths import (
    DIRECTIONS,
    deltas,
    distances,
    next_step,
    step_fields,
    straight_runs,
)
from gameqa.games.pacman.rules import State, run, target_of
from gameqa.games.pacman.words import BOARD, DIRECTIONS_TOLD, STEPS, TARGETS
from gameqa.moves import OPPOSITE
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_WALL_AHEAD = 0.12  # share of samples in which Pinky's target is Pac-Man's own cell
_DARTS = 24
_SAME = "does not change"
_CHANGES = {direction: f"changes to {direction}" for direction in DIRECTIONS}


class _Ghost(Task[State, Knobs]):
    """What the tasks about one ghost share."""

    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    patience = 40
    ghost: str

    def rules(self) -> str:
        """Return the rules of this ghost's steps."""
        return f"{BOARD} {DIRECTIONS_TOLD}\n{TARGETS[self.ghost]} {STEPS}\n"

    def finished(
        self, draft: Draft, at: int, plan: Plan[Knobs], rng: Rng, taken: int = 0
    ) -> State | None:
        """Return the state with this ghost on a cell, the other one anywhere, and beans."""
        other = draft.ghost(rng, taken=taken | 1 << at)
        if other is None:
            return None
        ghosts = (at, other) if self.ghost == "Pinky" else (other, at)
        return draft.state(ghosts, draft.beans(ghosts, plan.knobs, rng))

    def told_target(self, state: State, pacman: int, facing: str) -> str:
        """Tell where the ghost heads with Pac-Man on a cell."""
        target = state.cell(target_of(self.ghost, state.free, state.n, pacman, facing))
        here = state.cell(pacman)
        if self.ghost == "Blinky":
            return f"Blinky's target is Pac-Man's cell, {here}."
        ahead = run(state.free, state.n, pacman, facing)[:4]
        if not ahead:
            return f"{facing} of Pac-Man at {here} is a wall, so Pinky's target is {here} itself."
        stop = "" if len(ahead) == 4 else ", where a wall stops it"
        cells = ", ".join(str(state.cell(at)) for at in ahead)
        return f"Ahead of Pac-Man at {here}, {facing}: {cells}{stop}. Pinky's target is {target}."

    def told_step(self, state: State, target: int) -> str:
        """Tell which first steps are on shortest paths, and which is taken."""
        at = state.ghost(self.ghost)
        near = {
            direction: at + delta
            for direction, delta in deltas(state.n).items()
            if state.free >> at + delta & 1
        }
        away = distances(state.free, state.n, target, [at, *near.values()])
        told = listing(f"{away[cell]} from {state.cell(cell)} ({d})" for d, cell in near.items())
        best = [direction for direction, cell in near.items() if away[cell] < away[at]]
        verdict = (
            f"{listing(best)} are both on shortest paths; {best[0]} comes first in the order"
            if len(best) == 2
            else f"{listing(best)} are on shortest paths; {best[0]} comes first in the order"
            if best[1:]
            else f"only {best[0]} is on a shortest path"
        )
        way = ", ".join(
            f"{steps} {direction} to {state.cell(cell)}"
            for direction, steps, cell in straight_runs(state.free, state.n, at, target)
        )
        return (
            f"From {self.ghost}'s cell {state.cell(at)} a shortest path to {state.cell(target)} "
            f"has {plural(away[at], 'step')}: {way}. Remaining after one step: {told}. "
            f"So {verdict}."
        )


class _NextStep(_Ghost):
    """Which step a ghost takes if Pac-Man stays."""

    kind = Word(DIRECTIONS)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "step": rng.choice(DIRECTIONS),
            "tricky": rng.chance(knobs.tricky),
            "wall_ahead": rng.chance(_WALL_AHEAD),
        }

    @staticmethod
    def _is_blocked(board: Board, at: int, target: int) -> bool:
        """Whether a wall is in the direction in which the target is farther away."""
        (r, c), (y, x) = divmod(at, board.n), divmod(target, board.n)
        down, right = y - r, x - c
        vertical, horizontal = "DOWN" if down > 0 else "UP", "RIGHT" if right > 0 else "LEFT"
        plain = vertical if abs(down) > abs(right) else horizontal
        return not board.free >> at + board.step[plain] & 1

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        board = Board(plan.knobs, rng)
        for draft in drafts(board, rng):
            here = draft.pacman
            target = target_of(self.ghost, board.free, board.n, here, draft.facing)
            if self.ghost == "Pinky" and (target == here) != plan["wall_ahead"]:
                continue
            fields, ties = step_fields(board.free, board.n, target)
            for _ in range(_DARTS):
                at = rng.choice(board.cells)
                if (
                    fields[plan["step"]] >> at & 1
                    and board.manhattan(at, here) >= 2
                    and board.manhattan(at, target) <= plan.knobs.reach
                    and (
                        not plan["tricky"] or ties >> at & 1 or self._is_blocked(board, at, target)
                    )
                ):
                    state = self.finished(draft, at, plan, rng)
                    if state:
                        yield state
                    break

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{self.rules()}Pac-Man stays where he is and keeps his facing. In which direction "
            f"does {self.ghost} ({self.ghost[0]}) take the next step?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        target = target_of(self.ghost, state.free, state.n, state.pacman, state.facing)
        return Solution(next_step(state.free, state.n, state.ghost(self.ghost), target), target)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [self.told_target(state, state.pacman, state.facing)]
        return "\n".join([*lines, self.told_step(state, solution.facts)])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(DIRECTIONS, solution.value)


class PinkyNextStep(_NextStep):
    """Which step Pinky takes if Pac-Man stays."""

    slug = "pinky_next_step"
    question_id = 7
    description = "Pinky's next step if Pac-Man stays"
    ghost = "Pinky"


class BlinkyNextStep(_NextStep):
    """Which step Blinky takes if Pac-Man stays."""

    slug = "blinky_next_step"
    question_id = 8
    description = "Blinky's next step if Pac-Man stays"
    ghost = "Blinky"


class _DirectionChange(_Ghost):
    """Whether a ghost's next step changes when Pac-Man has gone some cells."""

    kind = Word((_SAME, *_CHANGES.values()))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # The question names the cell where Pac-Man goes, not the direction: that would rule out a
        # step against it, which hardly ever occurs. Any direction may lead to the cell.
        rows = range(knobs.steps + 1, knobs.n - 1 - knobs.steps)
        return {
            "after": rng.choice(DIRECTIONS),
            "same": rng.chance(1 / 5),
            "cell": [rng.choice(rows), rng.choice(rows)],
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        n, after = plan.knobs.n, plan["after"]
        there = plan["cell"][0] * n + plan["cell"][1]
        board = Board(plan.knobs, rng, keep=1 << there)
        free = board.free
        fields: dict[int, int] = {}  # by target, the cells from which the step is the wanted one
        weights = [self._weight(direction, after) for direction in DIRECTIONS]
        for _ in range(PLACEMENTS):
            direction, steps = (
                rng.weighted(DIRECTIONS, weights),
                rng.integers(1, plan.knobs.steps + 1),
            )
            delta = board.step[direction]
            here = there - steps * delta
            way = mask_of([here + step * delta for step in range(1, steps + 1)])
            facings = board.facings(here)
            if way & ~free or not free >> here & 1 or len(facings) < 2:
                continue
            facing = rng.choice(facings)
            targets = [
                target_of(self.ghost, free, n, here, facing),
                target_of(self.ghost, free, n, there, direction),
            ]
            for target in targets:
                if target not in fields:
                    fields[target] = step_fields(free, n, target)[0][after]
            old, new = (fields[target] for target in targets)
            taken = way | mask_of(sorted({*targets, here}))
            near = taken | mask_of([here + d for d in board.step.values()])
            at = board.any_of(new & (old if plan["same"] else free & ~old) & ~near, rng)
            walked = None if at is None else board.walk(here, facing, rng)
            if at is None or walked is None:
                continue
            state = self.finished(Draft(board, here, facing, walked), at, plan, rng, taken)
            if state:
                yield state

    @staticmethod
    def _weight(direction: str, after: str) -> int:
        """Return how often a direction of Pac-Man is tried for a ghost's wanted step."""
        if direction == after:
            return 2
        return 0 if direction == OPPOSITE[after.lower()].upper() else 1

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"cell": plan["cell"]}

    def ask(self, state: State, query: Query) -> str:
        name = self.ghost
        return (
            f"{self.rules()}Now only Pac-Man moves: he goes straight to cell {tuple(query['cell'])}"
            " and then faces the direction in which he went. The ghosts stay where they are. "
            f"Compare the next step that {name} ({name[0]}) would take before this with the one "
            "after it.\nDoes the direction of this step change, and if so, to which?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        free, n = state.free, state.n
        row, col = query["cell"]
        there = row * n + col
        direction = next(d for d in DIRECTIONS if there in run(free, n, state.pacman, d))
        places = (state.pacman, state.facing), (there, direction)
        targets = [target_of(self.ghost, free, n, *place) for place in places]
        before, after = (next_step(free, n, state.ghost(self.ghost), at) for at in targets)
        value = _SAME if before == after else _CHANGES[str(after)]
        return Solution(value, (places, targets, before, after))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        places, targets, before, after = solution.facts
        here, there = (state.cell(place[0]) for place in places)
        lines = [f"Pac-Man goes from {here} to {there}: {places[1][1]}."]
        for when, place, target in zip(("Before", "After"), places, targets, strict=True):
            lines += [f"{when}: {self.told_target(state, *place)}", self.told_step(state, target)]
        same = "the same" if before == after else "another one"
        return "\n".join([*lines, f"{before} before, {after} after: {same}."])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others((_SAME, *_CHANGES.values()), solution.value)


class PinkyDirectionChange(_DirectionChange):
    """Whether Pinky's next step changes when Pac-Man has gone some cells."""

    slug = "pinky_direction_change"
    question_id = 5
    description = "Whether Pinky's next step changes after Pac-Man has moved"
    ghost = "Pinky"


class BlinkyDirectionChange(_DirectionChange):
    """Whether Blinky's next step changes when Pac-Man has gone some cells."""

    slug = "blinky_direction_change"
    question_id = 6
    description = "Whether Blinky's next step changes after Pac-Man has moved"
    ghost = "Blinky"
