"""The questions about a maze that are answered by looking and by following steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from gameqa.answers import Coordinate, WordSet
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.maze import generation
from gameqa.games.maze.generation import Knobs, Window, draw_window, is_within
from gameqa.games.maze.rules import State, play
from gameqa.games.maze.tasks_route import PathToGoal, TurnCount
from gameqa.moves import OPPOSITE, STEPS, Cell, step_from
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import numbered

_COORDINATES = (
    "Cells are written (row, column), both counted from 0 at the top-left corner, "
    "the border walls included."
)
_EXIT_SETS = tuple(exits for count in range(1, 5) for exits in combinations(STEPS, count))


def _open_window(state: State, window: Window) -> list[Cell]:
    """Return the open cells of a window."""
    return [cell for cell in state.open_cells() if is_within(cell, window)]


class _Position(Task[State, Knobs]):
    """Where one of the two pieces is."""

    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Coordinate()
    piece: str

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"window": draw_window(knobs, rng)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.any_states(
            plan.knobs, rng, window=plan["window"], of_goal=self.piece == "goal"
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"This is a maze seen from above. {_COORDINATES}\nIn which cell is the {self.piece}?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(getattr(state, self.piece))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = solution.value
        return (
            f"Counting rows from the top, starting at 0, the {self.piece} is in row {row}.\n"
            f"Counting columns from the left, starting at 0, the {self.piece} is in column {col}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        near = others(_open_window(state, plan["window"]), solution.value)
        return rng.sample(near, 4) if len(near) >= 4 else None


class PlayerPosition(_Position):
    """Where the player is."""

    slug = "player_position"
    question_id = 1
    description = "Where the player is"
    piece = "player"


class GoalPosition(_Position):
    """Where the goal is."""

    slug = "goal_position"
    question_id = 2
    description = "Where the goal is"
    piece = "goal"


class AvailableDirections(Task[State, Knobs]):
    """In which directions the player can step."""

    slug = "available_directions"
    question_id = 5
    description = "In which directions the player can step"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = WordSet(tuple(STEPS))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"exits": rng.choice(_EXIT_SETS)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.any_states(plan.knobs, rng, exits=plan["exits"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "This is a maze seen from above. The player moves up, down, left or right by one cell, "
            "and cannot step into a wall.\n"
            "In which directions can the player take a step now? Name all of them."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.exits(state.player))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        return len(value) == len(set(value)) and set(value) == set(state.exits(state.player))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [f"The player is at {state.player}."]
        for move in STEPS:
            cell = step_from(state.player, move)
            what = "a wall" if state.is_wall(cell) else "open"
            lines.append(f"{move}: the cell {cell} is {what}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return rng.sample(others(_EXIT_SETS, solution.value), 7)


class PositionAfterMoves(Task[State, Knobs]):
    """Where the player is after a list of moves, some of them into walls."""

    slug = "position_after_moves"
    question_id = 6
    description = "Where the player is after a list of moves"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Coordinate()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        count = rng.integers(knobs.steps[0], knobs.steps[1] + 1)
        blocked = rng.below(2) if count == 1 else rng.below(int(0.4 * count) + 1)
        places = rng.sample(range(count), blocked)
        return {
            "blocked": [at in places for at in range(count)],
            "window": draw_window(knobs, rng, side=7),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.any_states(plan.knobs, rng, window=plan["window"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        cell = state.player
        moves: list[str] = []
        for blocked in plan["blocked"]:
            exits = state.exits(cell)
            if blocked and len(exits) < len(STEPS):
                moves.append(rng.choice([move for move in STEPS if move not in exits]))
                continue
            # Walking to and fro would be no walk.
            back = OPPOSITE[moves[-1]] if moves else ""
            moves.append(rng.weighted(exits, [1 if move == back else 6 for move in exits]))
            cell = step_from(cell, moves[-1])
        if len(moves) > 1 and len(set(moves)) == 1:
            return None
        return {"moves": moves}

    def ask(self, state: State, query: Query) -> str:
        moves = query["moves"]
        order = f"these {len(moves)} steps, in order" if len(moves) > 1 else "one step"
        return (
            "This is a maze seen from above. The player moves up, down, left or right by one cell. "
            "A step into a wall does nothing: the player stays and goes on with the next step. "
            f"Reaching the goal does not end the list. {_COORDINATES}\n"
            f"The player tries {order}: {', '.join(moves)}.\n"
            "In which cell is the player afterwards?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = list(play(state, state.player, query["moves"]))
        return Solution(steps[-1].end, steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [
            f"{step.move}: {step_from(step.start, step.move)} is a wall, still at {step.end}."
            if step.is_blocked
            else f"{step.move}: from {step.start} to {step.end}."
            for step in solution.facts
        ]
        return f"The player starts at {state.player}.\n{numbered(lines)}"

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        truth = solution.value
        # Where the player would be after the same steps, the same ones blocked, from another cell
        # of the window: list and options say nothing about which of these cells was the start.
        # Rooms have odd numbers, and the steps tell in which sort of cell they can end: all options
        # are of one sort.
        dr, dc = truth[0] - state.player[0], truth[1] - state.player[1]
        open_cells = set(state.open_cells())
        ends = [
            (r, c)
            for r, c in ((r + dr, c + dc) for r, c in _open_window(state, plan["window"]))
            if (r, c) in open_cells and (r - truth[0]) % 2 == (c - truth[1]) % 2 == 0
        ]
        wrong = others(ends, truth)
        return rng.sample(wrong, 4) if len(wrong) >= 4 else None


TASKS: tuple[Task[State, Knobs], ...] = (
    PlayerPosition(),
    GoalPosition(),
    PathToGoal(),
    TurnCount(),
    AvailableDirections(),
    PositionAfterMoves(),
)
