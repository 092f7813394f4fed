"""The fewest moves that solve the board, and a shortest walk."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from gameqa.answers import Integer, Moves
from gameqa.game import Plan, Query, Solution
from gameqa.games.sokoban import generation, solver
from gameqa.games.sokoban.generation import Knobs
from gameqa.games.sokoban.rules import MOVES, Cell, State, distance, glide, play, step_from
from gameqa.games.sokoban.tasks_shared import COORDINATES, PHYSICS, OneBox, numbered
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

_MOVES = Moves(tuple(MOVES))

Walk = tuple[str, ...]


class MinimumMoves(OneBox):
    """The fewest player moves that solve the board."""

    slug = "minimum_moves"
    question_id = 3
    description = "Fewest player moves that solve the board"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # All options have one parity: a plan's parity can be told from the cells alone.
        first = rng.integers(knobs.first_minimum[0], knobs.first_minimum[1] + 1)
        window_ = [first + 2 * i for i in range(8)]
        return {
            **super().plan(knobs, form, rng),
            "window": window_,
            "moves": rng.choice(window_),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.one_box_states(
            plan.knobs, rng, minimum=plan["moves"], allow_straight=plan["straight"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{PHYSICS} The board is solved when the box stands on the marked target.\n"
            "What is the smallest number of moves that solves the board shown? Every step of the "
            "player counts as one move, whether it pushes the box or not."
        )

    def solve(self, state: State, query: Query) -> Solution:
        plan = solver.shortest_plan(state)
        return Solution(len(plan), plan)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines: list[str] = []
        walked: list[str] = []
        at = state.player

        def close_walk() -> None:
            if walked:
                count = f"{len(walked)} move{'s' if len(walked) > 1 else ''}"
                lines.append(f"Walk to {at}: {', '.join(walked)} ({count}).")
                walked.clear()

        for step in play(state, solution.facts):
            if step.pushed_to is None:
                walked.append(step.move)
            else:
                close_walk()
                lines.append(f"{step.move}: push the box to {step.pushed_to} (1 move).")
            at = step.end
        pushes = distance(state.boxes[0], state.targets[0])
        made = sum(step.pushed_to is not None for step in play(state, solution.facts))
        return (
            f"The player is at {state.player}, the box at {state.boxes[0]}, the target at "
            f"{state.targets[0]}. A shortest plan:\n{numbered(lines)}\n"
            f"That makes {plural(made, 'push', 'pushes')} and "
            f"{plural(solution.value - made, 'walking step')}, {solution.value} moves in all. "
            f"The box needs at least {plural(pushes, 'push', 'pushes')}, and before every push the "
            "player has to get to the side of the box opposite to the push. A search over all "
            "positions of player and box, move by move, reaches no solution in fewer than "
            f"{solution.value} moves."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)


class ShortestWalk(OneBox):
    """A shortest walk to a cell, boxes counting as walls."""

    slug = "shortest_walk"
    question_id = 6
    description = "Shortest walk to a cell, boxes counting as walls"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = _MOVES

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        two_lengths = rng.chance(knobs.two_lengths)
        longer = two_lengths and rng.chance(0.5)
        return {
            **super().plan(knobs, form, rng),
            # Of four moves two shorter sequences each to two places do not exist.
            "steps": rng.integers(knobs.walk[0] + longer, knobs.walk[1] + 1),
            "two_lengths": two_lengths,
            "longer": longer,
            "place": rng.below(4),
            "bend": rng.random(),
        }

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        layers = solver.walking_layers(state)
        steps = plan["steps"]
        if steps >= len(layers):
            return None
        goals = [divmod(bit, state.cols) for bit in solver.bits_of(layers[steps])]
        if not plan.is_choice:
            return {"goal": list(rng.choice(goals))}
        if plan["longer"]:
            goals = [goal for goal in goals if distance(state.player, goal) <= steps - 2]
        goals = [goal for goal in goals if self._nets(state, goal, plan) is not None]
        if not goals:
            return None
        goal = rng.choice(goals)
        return {"goal": list(goal), "listed": _middling_walk(layers, state.cols, goal, rng)}

    def ask(self, state: State, query: Query) -> str:
        which = "Which of these is" if "listed" in query else "Give"
        r, c = query["goal"]
        return (
            f"This is a Sokoban board. {COORDINATES}\n"
            "The player walks with the moves Up, Down, Left and Right, one cell each, without "
            "pushing anything: walls and boxes block the way, and a sequence that runs into one is "
            f"not a walk. {which} a shortest walk of the player to the cell ({r}, {c})"
            f"{'?' if 'listed' in query else '.'}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        goal = _goal(query)
        walk = query.get("listed") or solver.shortest_walk(state, goal)
        return Solution(tuple(walk or ()), solver.walking_distance(state, goal))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        steps = list(glide(state, state.player, value, frozenset(state.boxes)))
        return (
            len(steps) == solver.walking_distance(state, _goal(query))
            and all(step.blocked_by is None for step in steps)
            and bool(steps)
            and steps[-1].end == _goal(query)
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        goal, steps = _goal(query), solution.facts
        straight = distance(state.player, goal)
        lines = [
            f"The player is at {state.player} and has to get to {goal}: with nothing in the way "
            f"{straight} moves would do."
        ]
        boxes = frozenset(state.boxes)
        for option in options:
            if option.value == solution.value:
                continue
            walk = list(glide(state, state.player, option.value, boxes))
            hit = next((i for i, step in enumerate(walk) if step.blocked_by), None)
            if hit is not None:
                ahead = step_from(walk[hit].start, walk[hit].move)
                thing = "a wall" if walk[hit].blocked_by == "wall" else "the box"
                verdict = f"move {hit + 1} ({walk[hit].move}) runs into {thing} at {ahead}"
            elif walk[-1].end != goal:
                verdict = f"ends at {walk[-1].end}"
            else:
                verdict = f"is a walk to {goal}, but takes {len(walk)} moves"
            lines.append(f"{option.letter}: {verdict}.")
        cells = [str(step.end) for step in glide(state, state.player, solution.value, boxes)]
        lines.append(
            f"Spreading out from the player step by step, {goal} is first reached after {steps} "
            f"moves, e.g. by {_MOVES.text(solution.value)}: {', '.join(cells)}."
        )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        goal, truth = _goal(query), solution.value
        nets = self._nets(state, goal, plan)
        if nets is None:
            return None
        net = goal[0] - state.player[0], goal[1] - state.player[1]
        left = [(shift, length) for shift in nets for length in self._lengths(plan)]
        left.remove((net, len(truth)))
        boxes = frozenset(state.boxes)
        chosen: list[Walk] = []
        for walk, place in _walks_elsewhere(state, left, rng):
            end = list(glide(state, state.player, walk, boxes))[-1].end
            if walk == truth or walk in chosen or (end == goal and len(walk) <= len(truth)):
                continue
            chosen.append(walk)
            left.remove(place)
            if not left:
                return chosen
        return None

    @staticmethod
    def _lengths(plan: Plan[Knobs]) -> list[int]:
        """Return the lengths of the sequences of one displacement."""
        steps = plan["steps"]
        if not plan["two_lengths"]:
            return [steps, steps]
        other = steps - 2 if plan["longer"] else steps + 2
        return [steps, steps, other, other]

    @classmethod
    def _nets(cls, state: State, goal: Cell, plan: Plan[Knobs]) -> list[Cell] | None:
        """Return the displacements to offer, neighbours on the diamond of those equally far.

        An option's displacement can be read without the board, so the true one must be neither the
        farthest nor the one between the others: which of the row it is was settled beforehand, and
        so was whether it is a straight line, along which most detours lead.
        """
        net = goal[0] - state.player[0], goal[1] - state.player[1]
        far, shortest = abs(net[0]) + abs(net[1]), min(cls._lengths(plan))
        # A straight line leaves no second sequence of its length.
        corners = [(k, far - k) for k in range(far == shortest, far)]
        diamond = [
            *corners,
            *((c, -r) for r, c in corners),
            *((-r, -c) for r, c in corners),
            *((-c, r) for r, c in corners),
        ]
        if net not in diamond:
            return None
        if corners[0][0] == 0 and (0 in net) != (plan["bend"] * len(corners) < 1):
            return None
        count = 2 if plan["two_lengths"] else 4
        first = diamond.index(net) - plan["place"] % count
        nets = [diamond[(first + k) % len(diamond)] for k in range(count)]
        starts = [(goal[0] - dr, goal[1] - dc) for dr, dc in nets]
        inside = all(0 < r < state.rows - 1 and 0 < c < state.cols - 1 for r, c in starts)
        return nets if inside and len(set(nets)) == count else None


def _goal(query: Query) -> Cell:
    row, col = query["goal"]
    return row, col


def _middling_walk(layers: Sequence[int], cols: int, goal: Cell, rng: Rng) -> list[str]:
    """Return the one of two random shortest walks whose number of turns is more middling.

    Args:
        layers: the cells at each walking distance from the start.
        cols: of the board.
        goal: a cell of one of the layers.
        rng: draws the walks.
    """
    walks = [solver.walk_back(layers, cols, goal, rng) for _ in range(2)]
    middling = min(2 / 3 * (len(walks[0]) - 1), 4)
    return min(walks, key=lambda walk: abs(_turns(walk) - middling))


def _walks_elsewhere(
    state: State, places: Sequence[tuple[Cell, int]], rng: Rng
) -> Iterator[tuple[Walk, tuple[Cell, int]]]:
    """Yield shortest walks from other cells, turned so that they suit one of the places.

    A made-up sequence would look otherwise than a real walk, which turns where walls make it turn.

    Args:
        state: the board.
        places: displacements and lengths that are still wanted; may shrink meanwhile.
        rng: draws the walks.
    """
    free, cols = solver.free_mask(state), state.cols
    for start in rng.shuffled(list(solver.bits_of(free))):
        layers = solver.layers_from(start, free, cols)
        r, c = divmod(start, cols)
        for place in rng.shuffled(list(dict.fromkeys(places))):
            (dr, dc), length = place
            if length >= len(layers) or place not in places:
                continue
            ways: set[tuple[int, int]] = {(dr, dc), (dc, dr)}
            ends = [
                (r + a * x, c + b * y)
                for x, y in ways
                for a in (1, -1)
                for b in (1, -1)
                if 0 < r + a * x < state.rows - 1
                and 0 < c + b * y < cols - 1
                and layers[length] >> (r + a * x) * cols + c + b * y & 1
            ]
            if ends:
                walk = _middling_walk(layers, cols, rng.choice(sorted(set(ends))), rng)
                yield _turned(walk, place[0], rng), place


def _turned(walk: Sequence[str], net: Cell, rng: Rng) -> Walk:
    """Turn or mirror a walk so that it leads to a displacement of the same shape."""
    steps = [MOVES[move] for move in walk]
    dr, dc = (sum(step[axis] for step in steps) for axis in (0, 1))
    if (abs(dr), abs(dc)) != (abs(net[0]), abs(net[1])) or (abs(dr) == abs(dc) and rng.chance(0.5)):
        steps = [(c, r) for r, c in steps]
        dr, dc = dc, dr
    signs = [
        (1 if had * want > 0 else -1) if had else (1 if rng.chance(0.5) else -1)
        for had, want in ((dr, net[0]), (dc, net[1]))
    ]
    names = {step: move for move, step in MOVES.items()}
    return tuple(names[signs[0] * r, signs[1] * c] for r, c in steps)


def _turns(walk: Sequence[str]) -> int:
    return sum(a != b for a, b in pairwise(walk))
