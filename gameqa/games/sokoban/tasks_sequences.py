"""Where the player, or the box by itself, ends after a sequence of moves.

The same moves lead from other starts on the same board to other ends. The options are such ends,
and each of them was as likely to become the true one: what the moves alone tell (many Ups end near
the top) holds for all options alike.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from gameqa.game import Plan, Query, Solution
from gameqa.games.sokoban import generation
from gameqa.games.sokoban.generation import Knobs
from gameqa.games.sokoban.rules import MOVES, Cell, State, distance, glide, play, step_from
from gameqa.games.sokoban.solver import Walls, bits_of, distances, floor_mask
from gameqa.games.sokoban.tasks_shared import (
    CELLS,
    COORDINATES,
    PHYSICS,
    OneBox,
    SomeBoxes,
    numbered,
)
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_OPTIONS = 8
_SEQUENCES_A_LAYOUT = 6


class _Run(NamedTuple):
    """Where a sequence of moves leads from one start."""

    start: int
    blocked: int
    suits: bool
    """Whether it pushes a box; of the box by itself, whether the board can be solved from there."""


Ends = dict[int, list[_Run]]
"""For each end of a sequence, as ``row * cols + col``, the runs that lead to it."""


@lru_cache(maxsize=8)
def _steps(walls: Walls) -> dict[str, list[int]]:
    """Return for each move the cell that it leads to from each cell; a wall leaves it there."""
    cols = len(walls[0])
    flat = [wall for row in walls for wall in row]
    steps = {}
    for move, (dr, dc) in MOVES.items():
        ahead = [min(max(cell + dr * cols + dc, 0), len(flat) - 1) for cell in range(len(flat))]
        steps[move] = [cell if flat[to] else to for cell, to in enumerate(ahead)]
    return steps


class _Sequence(OneBox):
    """A task about the end of a sequence of moves."""

    least_blocked: float
    least_suitable = 1
    """How many of the options at least could be the true end."""

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            **super().plan(knobs, form, rng),
            "seed": rng.below(1 << 32),
            "may_return": rng.chance(0.15),
            "push": rng.chance(0.7),
            "count": (count := self.options(knobs)),
            "rank": rng.below(count),
        }

    def options(self, knobs: Knobs) -> int:
        """Return how many options there are."""
        return _OPTIONS

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"moves": self._sequence(state, plan)[0]}

    @abstractmethod
    def runs(self, state: State, moves: Sequence[str]) -> Iterator[tuple[int, _Run]]:
        """Yield for each cell in which the mover could start its end and how it got there."""

    def _sequence(self, state: State, plan: Plan[Knobs]) -> tuple[list[str], list[Cell], list[int]]:
        """Return the moves to be asked about on a layout, the options, and where to start.

        They depend on the layout alone, not on where the mover starts: so they can be drawn before
        the start is. There is no start where the layout is of no use.
        """
        rng = Rng("sokoban moves", plan["seed"], repr(state.walls))
        count, size, least = plan.knobs.sequence, plan["count"], self.least_suitable
        for _ in range(_SEQUENCES_A_LAYOUT):
            moves = [rng.choice(tuple(MOVES)) for _ in range(count)]
            ends: Ends = {}
            for end, run in self.runs(state, moves):
                if self.least_blocked * count <= run.blocked <= 0.4 * count and (
                    end != run.start or plan["may_return"]
                ):
                    ends.setdefault(end, []).append(run)
            starts = {
                end: found
                for end in sorted(ends)
                if (found := [run.start for run in ends[end] if run.suits >= plan["push"]])
            }
            if len(ends) < size or len(starts) < least:
                continue
            chosen = rng.sample(list(starts), least)
            rest = [end for end in sorted(ends) if end not in chosen]
            cells = {
                end: divmod(end, state.cols)
                for end in rng.shuffled(chosen + rng.sample(rest, size - least))
            }
            # Ends of runs that suit lie farther out than others: so which of the options is true,
            # from the one amid the others to the outlying one, is settled beforehand.
            central = sorted(
                cells, key=lambda end: sum(distance(cells[end], other) for other in cells.values())
            )
            misses = {end: abs(central.index(end) - plan["rank"]) for end in central}
            nearest = sorted(central, key=lambda end: misses[end])
            found = [
                rng.choice(starts[end]) for end in nearest if end in starts and misses[end] < 2
            ]
            if found:
                return moves, list(cells.values()), found
        return moves, [], []

    def starts(self, state: State, plan: Plan[Knobs]) -> Iterator[Cell]:
        """Yield cells for the mover to start in, drawn by where it ends."""
        for start in self._sequence(state, plan)[2]:
            yield divmod(start, state.cols)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(self._sequence(state, plan)[1], solution.value)


class PlayerAfterMoves(_Sequence, SomeBoxes):
    """Where the player is after a sequence of moves."""

    slug = "player_after_moves"
    question_id = 1
    description = "Where the player is after a sequence of moves"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = CELLS
    least_blocked = 0.0

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state in super().states(plan, rng):
            for player in self.starts(state, plan):
                yield replace(state, player=player)
            return

    def runs(self, state: State, moves: Sequence[str]) -> Iterator[tuple[int, _Run]]:
        tables = [_steps(state.walls)[move] for move in moves]
        there = {r * state.cols + c for r, c in state.boxes}
        for start in (r * state.cols + c for r, c in generation.reach(state)):
            at, boxes, blocked = start, there, 0
            for table in tables:
                ahead = table[at]
                if ahead in boxes:
                    beyond = table[ahead]
                    if beyond == ahead or beyond in boxes:
                        ahead = at
                    else:
                        boxes = boxes - {ahead} | {beyond}
                blocked += ahead == at
                at = ahead
            yield at, _Run(start, blocked, boxes is not there)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{PHYSICS} {COORDINATES}\n"
            f"The player makes these {len(query['moves'])} moves: {', '.join(query['moves'])}.\n"
            "In which cell does the player stand afterwards?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = list(play(state, query["moves"]))
        return Solution(steps[-1].end, steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = []
        for step in solution.facts:
            if step.blocked_by == "wall":
                lines.append(f"{step.move}: a wall is in the way, blocked, still at {step.end}.")
            elif step.blocked_by is not None:
                ahead = step_from(step.end, step.move)
                beyond = step_from(ahead, step.move)
                behind = "a wall" if state.is_wall(beyond) else "another box"
                lines.append(
                    f"{step.move}: the box at {ahead} has {behind} behind it, blocked, "
                    f"still at {step.end}."
                )
            elif step.pushed_to is not None:
                lines.append(
                    f"{step.move}: from {step.start} to {step.end}, "
                    f"pushing the box to {step.pushed_to}."
                )
            else:
                lines.append(f"{step.move}: from {step.start} to {step.end}.")
        return f"The player starts at {state.player}.\n{numbered(lines)}"


class BoxTokenAfterMoves(_Sequence):
    """Where the box ends if it moves by itself."""

    slug = "box_token_after_moves"
    question_id = 2
    description = "Where the box ends if it moves by itself"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = CELLS
    least_blocked = 0.1
    least_suitable = 4

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {**super().plan(knobs, form, rng), "push": True}

    def options(self, knobs: Knobs) -> int:
        # On small boards a box can be brought home from few cells.
        return _OPTIONS if knobs.sides[0] >= 8 else 6

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for layout in super().states(plan, rng):
            for box in self.starts(layout, plan):
                players = self._players(layout)[box[0] * layout.cols + box[1]]
                player = divmod(rng.choice(list(bits_of(players))), layout.cols)
                state = replace(layout, player=player, boxes=(box,))
                if generation.can_push(state):
                    yield state
            return

    @staticmethod
    def _players(state: State) -> dict[int, int]:
        """Return the boxes' cells from which the board can be solved, and for whom, as masks."""
        players: dict[int, int] = {}
        for layer in distances(state.walls, state.targets[0]).layers[2:]:
            for box, cells in layer.items():
                players[box] = players.get(box, 0) | cells
        return players

    def runs(self, state: State, moves: Sequence[str]) -> Iterator[tuple[int, _Run]]:
        tables = [_steps(state.walls)[move] for move in moves]
        solvable = self._players(state)
        for start in bits_of(floor_mask(state.walls)):
            at, blocked = start, 0
            for table in tables:
                ahead = table[at]
                blocked += ahead == at
                at = ahead
            yield at, _Run(start, blocked, start in solvable)

    def ask(self, state: State, query: Query) -> str:
        return (
            "Forget the rules of Sokoban for this question: on the board shown, the box moves by "
            "itself, one cell a move. The cell of the player and the marked target count as plain "
            "floor. Only walls block: a move into a wall leaves the box where it is, and the "
            f"sequence goes on with the next move. {COORDINATES}\n"
            f"The box makes these {len(query['moves'])} moves: {', '.join(query['moves'])}.\n"
            "In which cell is the box afterwards?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = list(glide(state, state.boxes[0], query["moves"], frozenset()))
        return Solution(steps[-1].end, steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [
            f"{step.move}: {step_from(step.start, step.move)} is a wall, still at {step.end}."
            if step.blocked_by
            else f"{step.move}: from {step.start} to {step.end}."
            for step in solution.facts
        ]
        return f"The box starts at {state.boxes[0]}.\n{numbered(lines)}"
