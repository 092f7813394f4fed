"""The questions about the one route from the player to the goal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import CountedMoves, Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.maze import generation, routes, solver
from gameqa.games.maze.generation import Knobs
from gameqa.games.maze.rules import State, end_of, play
from gameqa.moves import OPPOSITE, STEPS, runs, step_from, track
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, numbered, plural

_MOVES = CountedMoves(tuple(STEPS))
_PATIENCE = 200


class PathToGoal(Task[State, Knobs]):
    """Which list of moves leads to the goal."""

    slug = "path_to_goal"
    question_id = 3
    description = "Which list of moves leads to the goal"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.MEDIUM
    kind = _MOVES
    patience = _PATIENCE

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        least = rng.integers(knobs.route[0], knobs.route[1] + 1)
        return {
            "lengths": range(least, least + max(4, int(0.4 * least)) + 1),
            "family": 3 if rng.chance(3 / 5) else 2,
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.route_states(plan.knobs, rng, lengths=plan["lengths"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"listed": True, "counted": plan.knobs.counted} if plan.is_choice else {}

    def ask(self, state: State, query: Query) -> str:
        notation = ""
        if query.get("counted"):
            notation = ' Runs of equal moves are counted: "up x3" means up, up, up.'
        if "listed" in query:
            question = (
                "Which of these lists of moves takes the player to the goal, without any step into "
                "a wall, so that the player stands on the goal after the last move?"
            )
        else:
            question = (
                "Give a list of moves that takes the player to the goal, without any step into a "
                "wall, so that the player stands on the goal after the last move."
            )
        return (
            "This is a maze seen from above. The player moves up, down, left or right by one cell, "
            f"and cannot step into a wall.{notation}\n{question}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(solver.route(state))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        steps = list(play(state, state.player, value))
        return (
            bool(steps)
            and not any(step.is_blocked for step in steps)
            and steps[-1].end == state.goal
        )

    def option_text(self, state: State, query: Query, value: Any) -> str:
        return _MOVES.text(value) if query.get("counted") else ", ".join(value)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [f"The player is at {state.player}, the goal at {state.goal}."]
        lines += self._junctions(state, solution.value)
        lines += ["So the way to the goal is:", numbered(run_lines(state, solution.value))]
        for option in options:
            if option.value != solution.value:
                lines.append(f"{option.letter}: {self._failure(state, option.value)}.")
        return "\n".join(lines)

    @staticmethod
    def _junctions(state: State, moves: Sequence[str]) -> list[str]:
        """Tell where other ways leave the route, and that they end blindly."""
        lines = []
        cells = track(state.player, moves)
        for at, cell in enumerate(cells[:-1]):
            back = OPPOSITE[moves[at - 1]] if at else ""
            for move in state.exits(cell):
                if move not in (moves[at], back):
                    ends = solver.dead_ends(state, cell, move)
                    word = "a dead end" if len(ends) == 1 else "dead ends only"
                    lines.append(
                        f"At {cell} the way goes on {moves[at]}; {move} leads to {word}, "
                        f"{listing(ends)}."
                    )
        return lines

    @staticmethod
    def _failure(state: State, moves: Sequence[str]) -> str:
        for number, step in enumerate(play(state, state.player, moves), 1):
            if step.is_blocked:
                ahead = step_from(step.start, step.move)
                return f"move {number} ({step.move}) runs from {step.start} into the wall {ahead}"
        return f"ends at {end_of(state, state.player, moves)}, not on the goal"

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return routes.wrong_routes(state, solution.value, plan["lengths"], plan["family"], rng)


class TurnCount(Task[State, Knobs]):
    """How many turns the route has."""

    slug = "turn_count"
    question_id = 4
    description = "Number of turns on the route to the goal"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Integer()
    forms = (Form.OPEN,)
    patience = _PATIENCE

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"turns": rng.integers(knobs.turns[0], knobs.turns[1] + 1)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.route_states(plan.knobs, rng, turns=plan["turns"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "This is a maze seen from above. The player moves up, down, left or right by one cell, "
            "and cannot step into a wall. There is exactly one route from the player to the goal "
            "that enters no cell twice. A turn is a place on this route where a step goes in "
            "another direction than the step before it; the first step is no turn.\n"
            "How many turns does the route have?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        moves = solver.route(state)
        return Solution(len(runs(moves)) - 1, moves)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        straight = plural(solution.value + 1, "straight run")
        return (
            f"The player is at {state.player}, the goal at {state.goal}. The route between them "
            f"goes:\n{numbered(run_lines(state, solution.facts))}\n"
            f"These are {straight}, and a turn lies between each and the next: "
            f"{solution.value + 1} - 1 = {solution.value}."
        )


def run_lines(state: State, moves: Sequence[str]) -> list[str]:
    """Tell a walk run by run with the cells where the runs end."""
    lines = []
    cell = state.player
    for move, count in runs(moves):
        end = track(cell, [move] * count)[-1]
        lines.append(f"{move} {plural(count, 'step')}, from {cell} to {end}.")
        cell = end
    return lines
