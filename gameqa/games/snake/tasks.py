"""The questions about a Snake board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from gameqa.answers import Coordinate, Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.snake import generation, solver
from gameqa.games.snake.generation import Knobs
from gameqa.games.snake.rules import BODY, FOOD, NOTHING, WALL, State, obstacle, play
from gameqa.moves import STEPS, Cell, direction, distance, step_from
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, numbered, plural

_OUTCOMES = (WALL, BODY, FOOD, NOTHING)
_BLOCKS_TOLD = 8

_INTRO = "This is a board of the game Snake, with one piece of food."
_COORDINATES = "Cells are written (row, column), both counted from 0 at the top-left corner."
_RULES = (
    "A move (up, down, left or right) takes the head to the neighbouring cell, and every other "
    "segment to the place of the one before it; so the tail leaves its cell in the same move, and "
    "the head may enter that cell. Going off the grid or onto any other cell of the snake ends the "
    "game."
)


class _Look(Task[State, Knobs]):
    """A task about the board as it is."""

    qa_type = QAType.TARGET_PERCEPTION
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return _size(knobs.sides, knobs.lengths, rng)

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.any_state(plan["n"], plan["length"], plan.knobs.straight, rng)
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}


def _size(sides: tuple[int, int], lengths: tuple[int, int], rng: Rng) -> dict[str, int]:
    return {
        "n": rng.integers(sides[0], sides[1] + 1),
        "length": rng.integers(lengths[0], lengths[1] + 1),
    }


class _Position(_Look):
    """Where the head or the food is."""

    qa_level = Level.EASY
    kind = Coordinate()
    thing: str
    looks: str

    def ask(self, state: State, query: Query) -> str:
        return f"{_INTRO} {_COORDINATES}\nIn which cell is the {self.thing}?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(getattr(state, self.thing))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = solution.value
        return (
            f"The {self.thing} is {self.looks}.\n"
            f"By the numbers at the left it is in row {row}.\n"
            f"By the numbers on top it is in column {col}."
        )


class HeadPosition(_Position):
    """Where the head is."""

    slug = "head_position"
    question_id = 0
    description = "Where the snake's head is"
    thing = "head"
    looks = "the end of the snake that is marked as its head"

    def ask(self, state: State, query: Query) -> str:
        return f"{_INTRO} {_COORDINATES}\nIn which cell is the snake's head?"


class FoodPosition(_Position):
    """Where the food is."""

    slug = "food_position"
    question_id = 1
    description = "Where the food is"
    thing = "food"
    looks = "the one thing on the board that is not the snake"


class SnakeLength(_Look):
    """How many cells the snake covers."""

    slug = "snake_length"
    question_id = 2
    description = "Number of cells of the snake, head included"
    qa_level = Level.MEDIUM
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return _size(knobs.sides, knobs.counted, rng)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_INTRO}\nHow many cells does the snake cover, from its head to its tail, both "
            "included?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(len(state.body))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = ["Following the snake from its head, run by run:"]
        count = 0
        for name, cells in _runs(state.body):
            count += len(cells)
            lines.append(f"- {name}: {', '.join(map(str, cells))} ({len(cells)}, in all {count}).")
        return "\n".join(lines)


def _runs(body: Sequence[Cell]) -> list[tuple[str, list[Cell]]]:
    """Return the head, then straight stretches of the body by their directions."""
    found: list[tuple[str, list[Cell]]] = [("head", [body[0]])]
    for before, cell in pairwise(body):
        move = direction(before, cell)
        if found[-1][0] != move:
            found.append((move, []))
        found[-1][1].append(cell)
    return found


class OutcomeOfMoves(Task[State, Knobs]):
    """What happens first when moves are carried out."""

    slug = "outcome_of_moves"
    question_id = 3
    description = "What happens first when a list of moves is carried out"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Word(_OUTCOMES)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        outcome = rng.choice(_OUTCOMES)
        return {
            "outcome": outcome,
            "count": rng.integers(knobs.moves[0], knobs.moves[1] + 1),
            "trap": outcome != BODY and rng.chance(1 / 3),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        moves = self._moves(plan, rng)
        return generation.states_for_moves(plan.knobs, moves, plan["outcome"], plan["trap"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"moves": self._moves(plan, rng)}

    @staticmethod
    def _moves(plan: Plan[Knobs], rng: Rng) -> list[str]:
        """Draw the list before the boards: then it says nothing about the outcome."""
        return generation.draw_moves(plan["count"], plan.knobs.sides[0] - 2, rng.spawn("moves"))

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_INTRO} {_RULES}\n"
            f"The snake is to make these {len(query['moves'])} moves: "
            f"{', '.join(query['moves'])}. They end early when the head goes off the grid ({WALL}),"
            f" onto the snake ({BODY}) or onto the food ({FOOD}). Which of these happens first, or "
            f"does {NOTHING} happen?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = list(play(state, query["moves"]))
        return Solution(steps[-1].event or NOTHING, steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = []
        for step in solution.facts:
            text = f"{step.move}: the head goes to {step.head}, the tail leaves {step.tail}. "
            if step.event == WALL:
                text = f"{step.move}: the head would go to {step.head}, which is off the grid."
            elif step.event == BODY:
                text += "That cell still holds the snake."
            elif step.event == FOOD:
                text += "The food is there."
            elif step.head == step.tail:
                text += "This is the same cell, so it is free."
            elif step.head in state.body:
                text += "The snake has left that cell by now."
            else:
                text += "That cell is free."
            lines.append(text)
        body = ", ".join(map(str, state.body))
        end = "" if solution.value != NOTHING else "\nAll moves are done, and nothing happened."
        return f"The snake lies, from head to tail, on {body}; food at {state.food}.\n" + (
            f"{numbered(lines)}{end}"
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(_OUTCOMES, solution.value)


class ShortestPathLength(Task[State, Knobs]):
    """The fewest moves to the food."""

    slug = "shortest_path_length"
    question_id = 4
    description = "Fewest moves to the food, -1 if there is no way"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        if rng.chance(knobs.hopeless):
            middle = (sum(knobs.lengths) + 1) // 2
            size = _size(knobs.sides, (middle, knobs.lengths[1]), rng)
            return {**size, "hopeless": True, "stuck": rng.chance(0.5)}
        least, most, _ = rng.weighted(knobs.excess, [weight for _, _, weight in knobs.excess])
        size = _size(knobs.sides, knobs.lengths, rng)
        return {**size, "hopeless": False, "least": least, "most": most}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        n, length = plan["n"], plan["length"]
        if plan["hopeless"]:
            return generation.states_without_way(n, length, plan["stuck"], rng)
        return generation.states_with_way(plan.knobs, n, length, plan["least"], plan["most"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        try:
            walk = solver.shortest(state, solver.BUDGET)
        except solver.OverBudget:
            return None
        if plan["hopeless"]:
            return {} if walk is None else None
        if walk is None:
            return None
        excess = len(walk) - 1 - distance(state.head, state.food)
        return {} if plan["least"] <= excess <= plan["most"] else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_INTRO} {_RULES}\n"
            "What is the smallest number of moves that takes the head to the food? Answer -1 if no "
            "moves can take it there."
        )

    def solve(self, state: State, query: Query) -> Solution:
        walk = solver.shortest(state)
        return Solution(-1 if walk is None else len(walk) - 1, walk)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [f"The head is at {state.head}, the food at {state.food}."]
        if solution.facts is None:
            return "\n".join([*lines, *self._dead_ends(state)])
        moves = solution.value
        straight = distance(state.head, state.food)
        lines.append(f"Rows and columns between them make {plural(straight, 'move')} at least.")
        if moves > straight:
            lines.append(self._detour(state, straight, moves))
        steps = [direction(a, b) for a, b in pairwise(solution.facts)]
        done = listing(
            f"{move} to {cell}" for move, cell in zip(steps, solution.facts[1:], strict=True)
        )
        lines.append(f"{plural(moves, 'move')} will do: {done}.")
        freed = [
            f"{cell} (free from move {len(state.body) - state.body.index(cell)} on)"
            for cell in solution.facts[1:]
            if cell in state.body
        ]
        if freed:
            lines.append(f"By then the snake has left {listing(freed)}.")
        return "\n".join(lines)

    @staticmethod
    def _detour(state: State, straight: int, moves: int) -> str:
        """Tell what is in the way, and that no way in between exists."""
        blocks = solver.direct_blocks(state)
        told = [f"{c} at move {t} (free from move {free} on)" for c, t, free in blocks]
        rest = len(told) - _BLOCKS_TOLD
        if rest > 0:
            told = [*told[:_BLOCKS_TOLD], f"{rest} more"]
        text = (
            "Moves towards the food alone run into the snake before they get there: "
            f"{listing(told)}. Every move away from the food has to be made up for by another "
            "one, so any other way has an even number of moves more"
        )
        tried = [str(count) for count in range(straight + 2, moves, 2)]
        if not tried:
            return f"{text}."
        return (
            f"{text}, and a search move by move over all cells that are free in time finds no "
            f"way of {listing(tried).replace(' and ', ' or ')} moves either."
        )

    @staticmethod
    def _dead_ends(state: State) -> list[str]:
        """Follow whatever the snake can do until it dies."""
        reach = solver.tree(state, generation.TREE)
        if reach is None:
            return ["Whatever the snake does, it dies before it gets to the food."]
        lines = ["Trying everything:"]
        for moves, body in reach:
            hits: dict[str | None, list[str]] = {None: [], WALL: [], BODY: []}
            for move in STEPS:
                hits[obstacle(state, body, step_from(body[0], move))].append(move)
            parts = []
            if hits[WALL]:
                parts.append(f"{listing(hits[WALL])} off the grid")
            if hits[BODY]:
                parts.append(f"{listing(hits[BODY])} onto the snake")
            left = f"possible: {listing(hits[None])}" if hits[None] else "no move is possible"
            place = f"After {', '.join(moves)}, head at {body[0]}" if moves else "Now"
            lines.append(f"- {place}: {', '.join([*parts, left])}.")
        return [*lines, "So the food cannot be reached."]


TASKS: tuple[Task[State, Knobs], ...] = (
    HeadPosition(),
    FoodPosition(),
    SnakeLength(),
    OutcomeOfMoves(),
    ShortestPathLength(),
)
