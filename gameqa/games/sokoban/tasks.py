"""The six questions about a Sokoban board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Any

from gameqa.answers import Coordinate, Integer, Moves
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.sokoban import generation, solver
from gameqa.games.sokoban.generation import Knobs
from gameqa.games.sokoban.rules import (
    MOVES,
    OPPOSITE,
    Cell,
    State,
    Step,
    boxes_after,
    distance,
    glide,
    play,
    step_from,
    try_move,
)
from gameqa.options import Option, nearest_rank, others, window, with_rank
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_CELLS = Coordinate()
_MOVES = Moves(tuple(MOVES))

_SEQUENCES_A_STATE = 6

_COORDINATES = (
    "Cells are written (row, column), both counted from 0 at the top-left corner, "
    "the border walls included."
)
_PHYSICS = (
    "This is a Sokoban board. Up, Down, Left and Right move the player one cell. Moving onto a "
    "box pushes it one cell further in the same direction, if the cell behind it holds neither a "
    "wall nor another box. A move into a wall, or into a box that cannot be pushed, is blocked: "
    "nothing changes, and the sequence goes on with the next move."
)


class _OneBox(Task[State, Knobs]):
    """A task about a solvable board with one box."""

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"straight": rng.chance(0.3)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.one_box_states(plan.knobs, rng, allow_straight=plan["straight"])


class _SomeBoxes(_OneBox):
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


def _swapped(moves: Sequence[str], one: str, other: str) -> list[str]:
    swap = {one: other, other: one}
    return [swap.get(move, move) for move in moves]


def _end(steps: Iterator[Step], start: Cell) -> Cell:
    end = start
    for step in steps:
        end = step.end
    return end


def _cell_distractors(
    state: State, truth: Cell, slips: Sequence[Cell], start: Cell, plan: Plan[Knobs], rng: Rng
) -> Sequence[Cell] | None:
    """Choose seven floor cells: results of typical slips, then cells near, then any."""
    slips = [slip for slip in dict.fromkeys(slips) if not state.is_wall(slip)]
    near = [c for slip in (truth, *slips) for c in _around(slip) if not state.is_wall(c)]
    pool = dict.fromkeys([*slips, *rng.shuffled(near), *rng.shuffled(state.floor())])
    # The start and the list of moves together would let the walk be replayed without the board.
    pool.pop(truth, None)
    pool.pop(start, None)
    if not plan["start_listed"] or truth == start:
        return with_rank(truth, list(pool), 7, distance, plan["rank"], rng)
    chosen = with_rank(truth, list(pool), 6, distance, min(plan["rank"], 6), rng)
    return None if chosen is None else [*chosen, start]


def _around(cell: Cell) -> list[Cell]:
    return [step_from(cell, move) for move in MOVES]


def _sequence_plan(rng: Rng) -> dict[str, Any]:
    return {
        "rank": rng.below(8),
        "start_listed": rng.chance(1 / 3),
        "may_return": rng.chance(0.15),
        "push": rng.chance(0.7),
    }


def _numbered(lines: Sequence[str]) -> str:
    return "\n".join(f"{number}. {line}" for number, line in enumerate(lines, 1))


class PlayerAfterMoves(_SomeBoxes):
    """Where the player is after a sequence of moves."""

    slug = "player_after_moves"
    question_id = 1
    description = "Where the player is after a sequence of moves"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = _CELLS

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {**super().plan(knobs, form, rng), **_sequence_plan(rng)}

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        if len(generation.free_neighbours(state)) < 2:
            return None
        for _ in range(_SEQUENCES_A_STATE):
            steps = self._random_steps(state, plan.knobs.sequence, rng)
            blocked = sum(step.blocked_by is not None for step in steps)
            pushes = any(step.pushed_to is not None for step in steps)
            stays = steps[-1].end == state.player and not plan["may_return"]
            if blocked <= 0.4 * len(steps) and pushes >= plan["push"] and not stays:
                return {"moves": [step.move for step in steps]}
        return None

    @staticmethod
    def _random_steps(state: State, count: int, rng: Rng) -> list[Step]:
        steps: list[Step] = []
        player, boxes = state.player, frozenset(state.boxes)
        for _ in range(count):
            tried = [try_move(state, player, boxes, move) for move in MOVES]
            acting = [step for step in tried if step.blocked_by is None]
            if acting and rng.chance(0.75):
                step = rng.weighted(acting, [3.0 if step.pushed_to else 1.0 for step in acting])
            else:
                step = rng.choice(tried)
            steps.append(step)
            player, boxes = step.end, boxes_after(boxes, step)
        return steps

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_PHYSICS} {_COORDINATES}\n"
            f"The player makes these {len(query['moves'])} moves: {', '.join(query['moves'])}.\n"
            "In which cell does the player stand afterwards?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = list(play(state, query["moves"]))
        return Solution(steps[-1].end, steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        reasons = {
            "wall": "a wall is in the way, blocked",
            "stuck box": "the box there cannot be pushed, blocked",
        }
        lines = []
        for step in solution.facts:
            if step.blocked_by is not None:
                lines.append(f"{step.move}: {reasons[step.blocked_by]}, still at {step.end}.")
            elif step.pushed_to is not None:
                lines.append(
                    f"{step.move}: from {step.start} to {step.end}, "
                    f"pushing the box to {step.pushed_to}."
                )
            else:
                lines.append(f"{step.move}: from {step.start} to {step.end}.")
        return f"The player starts at {state.player}.\n{_numbered(lines)}"

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        moves = query["moves"]
        boxes = frozenset(state.boxes)
        acting = [step.move for step in solution.facts if step.blocked_by is None]
        slips = [
            _end(glide(state, state.player, moves, frozenset()), state.player),
            _end(glide(state, state.player, moves, boxes), state.player),
            solution.facts[-1].start,
            _end(play(state, _swapped(moves, "Left", "Right")), state.player),
            _end(play(state, _swapped(moves, "Up", "Down")), state.player),
            _end(play(state, acting[:-1]), state.player),
        ]
        return _cell_distractors(state, solution.value, slips, state.player, plan, rng)


class BoxTokenAfterMoves(_OneBox):
    """Where the box ends if it moves by itself."""

    slug = "box_token_after_moves"
    question_id = 2
    description = "Where the box ends if it moves by itself"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = _CELLS

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {**super().plan(knobs, form, rng), **_sequence_plan(rng)}

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        count = plan.knobs.sequence
        for _ in range(_SEQUENCES_A_STATE):
            moves = [rng.choice(tuple(MOVES)) for _ in range(count)]
            steps = list(glide(state, state.boxes[0], moves, frozenset()))
            blocked = sum(step.blocked_by is not None for step in steps)
            stays = steps[-1].end == state.boxes[0] and not plan["may_return"]
            if 0.1 * count <= blocked <= 0.4 * count and not stays:
                return {"moves": moves}
        return None

    def ask(self, state: State, query: Query) -> str:
        return (
            "Forget the rules of Sokoban for this question: on the board shown, the box moves by "
            "itself, one cell a move. The cell of the player and the marked target count as plain "
            "floor. Only walls block: a move into a wall leaves the box where it is, and the "
            f"sequence goes on with the next move. {_COORDINATES}\n"
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
        return f"The box starts at {state.boxes[0]}.\n{_numbered(lines)}"

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        moves, start = query["moves"], state.boxes[0]

        def end(moves: Sequence[str], obstacles: frozenset[Cell] = frozenset()) -> Cell:
            return _end(glide(state, start, moves, obstacles), start)

        through = list(start)
        for move in moves:
            dr, dc = MOVES[move]
            through[0] += dr
            through[1] += dc
        slips = [
            solution.facts[-1].start,
            end(moves, frozenset([state.player])),
            end(_swapped(moves, "Left", "Right")),
            end(_swapped(moves, "Up", "Down")),
            end(moves[1:]),
        ]
        if 0 < through[0] < state.rows - 1 and 0 < through[1] < state.cols - 1:
            slips.append((through[0], through[1]))
        return _cell_distractors(state, solution.value, slips, start, plan, rng)


class MinimumMoves(_OneBox):
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
            f"{_PHYSICS} The board is solved when the box stands on the marked target.\n"
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
            f"{state.targets[0]}. A shortest plan:\n{_numbered(lines)}\n"
            f"That makes {made} pushes and {solution.value - made} walking steps, "
            f"{solution.value} moves in all. The box needs at least {pushes} "
            f"push{'es' if pushes != 1 else ''}, and before every push the player has to get to "
            "the side of the box opposite to the push. A search over all positions of player and "
            f"box, move by move, reaches no solution in fewer than {solution.value} moves."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)


class PlayerPosition(_SomeBoxes):
    """Where the player is now."""

    slug = "player_position"
    question_id = 4
    description = "Where the player is now"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = _CELLS

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {**super().plan(knobs, form, rng), "rank": rng.below(8)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        # Starts far from a solution favour corners; every cell within reach is as solvable.
        for state in super().states(plan, rng):
            yield replace(state, player=rng.choice(generation.reach(state)))

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"This is a Sokoban board. {_COORDINATES}\nIn which cell does the player stand?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.player)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = solution.value
        return (
            f"Counting rows from the top, starting at 0, the player stands in row {row}.\n"
            f"Counting columns from the left, starting at 0, the player stands in column {col}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        proposals = (self._pairs(state, rng) for _ in range(32))
        return nearest_rank(state.player, filter(None, proposals), distance, plan["rank"], rng)

    def _pairs(self, state: State, rng: Rng) -> list[Cell] | None:
        """Return a partner of the player and three pairs round a box, a target and any cell."""
        taken = {state.player}
        chosen: list[Cell] = []
        anchors = [rng.choice(state.boxes), rng.choice(state.targets)]
        for anchor in [state.player, *anchors, *rng.shuffled(state.floor())]:
            if anchor in taken and anchor != state.player:
                continue
            partner = self._partner(state, anchor, taken | {anchor}, rng)
            if partner is not None:
                pair = {anchor, partner} - {state.player}
                taken |= pair
                chosen += sorted(pair)
            elif anchor == state.player:
                return None
            if len(chosen) == 7:
                return chosen
        return None

    @staticmethod
    def _partner(state: State, cell: Cell, taken: set[Cell], rng: Rng) -> Cell | None:
        """Return a free-to-list floor cell next to a cell, or its transpose."""
        r, c = cell
        cells = [(r + dr, c + dc) for dr in (-1, 0, 1) for dc in (-1, 0, 1)]
        if c < state.rows and r < state.cols:
            cells.append((c, r))
        cells = [other for other in cells if other not in taken and not state.is_wall(other)]
        return rng.choice(cells) if cells else None


class BoxTargetDistance(_OneBox):
    """The Manhattan distance between box and target."""

    slug = "box_target_distance"
    question_id = 5
    description = "Manhattan distance between box and target"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        lowest, highest, count = knobs.distances
        shown = window(count, lowest, highest, rng)
        return {
            **super().plan(knobs, form, rng),
            "window": shown,
            "distance": rng.choice(shown),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.one_box_states(
            plan.knobs, rng, box_distance=plan["distance"], allow_straight=plan["straight"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "This is a Sokoban board.\nWhat is the Manhattan distance between the box and the "
            "marked target, that is, the number of rows between them plus the number of columns "
            "between them (the difference of their row numbers plus the difference of their column "
            "numbers)? Walls do not matter."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(
            min(distance(box, target) for box in state.boxes for target in state.targets)
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        (br, bc), (tr, tc) = state.boxes[0], state.targets[0]
        return (
            f"The box is at row {br}, column {bc}; the target is at row {tr}, column {tc}.\n"
            f"Rows: |{br} - {tr}| = {abs(br - tr)}. Columns: |{bc} - {tc}| = {abs(bc - tc)}.\n"
            f"{abs(br - tr)} + {abs(bc - tc)} = {solution.value}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)


class ShortestWalk(_OneBox):
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
            "straighter": rng.below(8),
            "place": rng.below(4),
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
        walks = [solver.shortest_walk(state, goal, rng) or [] for _ in range(4)]
        # A middling number of turns, so that distractors can have fewer as well as more.
        middling = min(2 / 3 * (steps - 1), 4)
        listed = min(walks, key=lambda walk: abs(_turns(walk) - middling))
        return {"goal": list(goal), "listed": listed}

    def ask(self, state: State, query: Query) -> str:
        which = "Which of these is" if "listed" in query else "Give"
        r, c = query["goal"]
        return (
            f"This is a Sokoban board. {_COORDINATES}\n"
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
        places = [(shift, length) for shift in nets for length in self._lengths(plan)]
        places.remove((net, len(truth)))
        return self._fill(state, goal, truth, rng.shuffled(places), plan["straighter"], rng)

    @staticmethod
    def _lengths(plan: Plan[Knobs]) -> list[int]:
        """Return the lengths of the sequences of one displacement."""
        steps = plan["steps"]
        if not plan["two_lengths"]:
            return [steps, steps]
        other = steps - 2 if plan["longer"] else steps + 2
        return [steps, steps, other, other]

    def _fill(
        self,
        state: State,
        goal: Cell,
        truth: tuple[str, ...],
        places: Sequence[tuple[Cell, int]],
        straighter: int,
        rng: Rng,
    ) -> list[tuple[str, ...]] | None:
        """Draw a wrong sequence for each (displacement, length).

        The first ``straighter`` of them have fewer turns than the truth where that can be had, the
        others more: the number of turns can be read without the board.
        """
        boxes = frozenset(state.boxes)
        chosen: list[tuple[str, ...]] = []
        for number, (net, length) in enumerate(places):
            found: dict[tuple[str, ...], float] = {}
            for _ in range(12):
                walk = _random_sequence(net, length, rng)
                if walk is None or walk == truth or walk in chosen:
                    continue
                end = _end(glide(state, state.player, walk, boxes), state.player)
                if end == goal and length <= len(truth):
                    continue
                more = _turns(walk) - _turns(truth)
                found[walk] = rng.random() + (
                    2 if more * (1 if number < straighter else -1) > 0 else more == 0
                )
                if found[walk] < 1:
                    break
            if not found:
                return None
            chosen.append(min(found, key=lambda walk: found[walk]))
        return chosen

    @classmethod
    def _nets(cls, state: State, goal: Cell, plan: Plan[Knobs]) -> list[Cell] | None:
        """Return the displacements to offer, neighbours on the diamond of those equally far.

        An option's displacement can be read without the board, so the true one must be neither the
        farthest nor the one between the others: which of the row it is was settled beforehand.
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
        count = 2 if plan["two_lengths"] else 4
        first = diamond.index(net) - plan["place"] % count
        nets = [diamond[(first + k) % len(diamond)] for k in range(count)]
        starts = [(goal[0] - dr, goal[1] - dc) for dr, dc in nets]
        inside = all(0 < r < state.rows - 1 and 0 < c < state.cols - 1 for r, c in starts)
        return nets if inside and len(set(nets)) == count else None


def _goal(query: Query) -> Cell:
    row, col = query["goal"]
    return row, col


def _random_sequence(net: Cell, length: int, rng: Rng) -> tuple[str, ...] | None:
    """Draw a sequence of that net displacement and length in which no move undoes the last."""
    spare = (length - abs(net[0]) - abs(net[1])) // 2
    if spare < 0:
        return None
    for _ in range(30):
        detours = rng.below(spare + 1)
        left = {"Up": detours, "Down": detours, "Left": spare - detours, "Right": spare - detours}
        left["Down" if net[0] > 0 else "Up"] += abs(net[0])
        left["Right" if net[1] > 0 else "Left"] += abs(net[1])
        keep = rng.random()
        walk: list[str] = []
        while len(walk) < length:
            last = walk[-1] if walk else ""
            if last and left[last] and rng.chance(keep):
                move = last
            else:
                open_ = [m for m in MOVES if left[m] and m != OPPOSITE.get(last)]
                if not open_:
                    break
                move = rng.weighted(open_, [left[m] for m in open_])
            walk.append(move)
            left[move] -= 1
        else:
            return tuple(walk)
    return None


def _turns(walk: Sequence[str]) -> int:
    return sum(a != b for a, b in pairwise(walk))


TASKS: tuple[Task[State, Knobs], ...] = (
    PlayerAfterMoves(),
    BoxTokenAfterMoves(),
    MinimumMoves(),
    PlayerPosition(),
    BoxTargetDistance(),
    ShortestWalk(),
)
