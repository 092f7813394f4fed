"""The three questions about Langton's ant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import CellAndWord, Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.langtons_ant import generation
from gameqa.games.langtons_ant.generation import Knobs
from gameqa.games.langtons_ant.rules import (
    COLOURS,
    FACINGS,
    STEPS,
    Cell,
    Pose,
    State,
    Step,
    turned,
    walk,
)
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

_POSE = CellAndWord(FACINGS, joint=", facing ")

_COORDINATES = (
    "Cells are written (row, column), both counted from 0 at the top-left corner; rows grow "
    "downwards and columns to the right."
)
_RULES = (
    "On the board shown, Langton's ant (the arrow) walks over white and black cells. In every "
    "step, in this order: (1) on a white cell the ant turns 90 degrees clockwise, on a black cell "
    "90 degrees counter-clockwise; (2) the cell under the ant changes its colour, from white to "
    "black or from black to white; (3) the ant moves one cell forward in its new direction. The "
    "edges wrap around: an ant that leaves the board enters it at the opposite side of the same "
    "row or column."
)

_BOARDS = 8
"""Boards tried on one substream."""


def _wrapped(state: State, row: int, col: int) -> Cell:
    return row % state.rows, col % state.cols


class AntPose(Task[State, Knobs]):
    """Where the ant is and which way it faces."""

    slug = "ant_pose"
    question_id = 1
    description = "Where the ant is and which way it faces"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = _POSE

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "layout": rng.choice(("transposed", "beside", "block")),
            "beside": rng.choice(FACINGS),
            "block": (rng.choice((-1, 1)), rng.choice((-1, 1))),
            "quarters": 1 + rng.below(3),
        }

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "On the board shown, Langton's ant is drawn as an arrow that points the way the ant "
            f"faces. {_COORDINATES}\nIn which cell is the ant, and which way does it face?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.ant)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col, facing = state.ant
        return (
            f"The arrow is in the row numbered {row} at the left and in the column numbered {col} "
            f"at the top, so the ant is in cell {state.ant.cell}.\n"
            f"The arrow's tip points {facing}, so the ant faces {facing}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        # Every cell that is listed could as well have been the true one: the second cell lies as
        # to the first as the first to the second (over the edge, where there is no other), and a
        # cell on the diagonal, which is its own transpose, gets another one of the diagonal.
        row, col, facing = state.ant
        facings: Sequence[str] = FACINGS
        down, across = plan["block"]
        if plan["layout"] == "block":
            rows, cols = {row, (row + down) % state.rows}, {col, (col + across) % state.cols}
            cells = {(r, c) for r in rows for c in cols}
            facings = (facing, turned(facing, plan["quarters"]))
        elif plan["layout"] == "beside":
            dr, dc = STEPS[plan["beside"]]
            cells = {(row, col), _wrapped(state, row + dr, col + dc)}
        elif row == col or max(row, col) >= min(state.rows, state.cols):
            cells = {(row, col), _wrapped(state, row + down, col + down)}
        else:
            cells = {(row, col), (col, row)}
        poses = [Pose(r, c, way) for r, c in sorted(cells) for way in facings]
        return [pose for pose in poses if pose != state.ant]


class _Walk(Task[State, Knobs]):
    """A task about the ant's next steps."""

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"near_edge": rng.chance(knobs.at_edge), "may_return": rng.chance(0.05)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(_BOARDS):
            yield generation.board(plan.knobs, rng, near_edge=plan["near_edge"])


def _told(number: int, step: Step) -> str:
    """Tell one step: what the ant reads, how it turns, and where it goes."""
    colour, other = COLOURS[step.colour], COLOURS[1 - step.colour]
    origin = f"changed in step {step.changed_at}" if step.changed_at else "as shown"
    sense = "counter-clockwise" if step.colour else "clockwise"
    over = " over the edge" if step.wraps else ""
    return (
        f"Step {number}: {step.before.cell} is {colour} ({origin}). Turn {sense}, from "
        f"{step.before.facing} to {step.after.facing}; {step.before.cell} becomes {other}; "
        f"move{over} to {step.after.cell}."
    )


class AntPoseAfterSteps(_Walk):
    """Where the ant is and which way it faces after some steps."""

    slug = "ant_pose_after_steps"
    question_id = 2
    description = "Where the ant is and which way it faces after some steps"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = _POSE

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.pose_steps
        return {
            **super().plan(knobs, form, rng),
            "steps": rng.integers(low, high + 1),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for board in super().states(plan, rng):
            # Walks crowd near the start: the end is drawn before the colours that lead there.
            end = rng.choice(generation.ends(board, plan["steps"], plan["may_return"]))
            yield generation.leading_to(board, end, plan["steps"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"steps": plan["steps"]}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_RULES} {_COORDINATES}\nIn which cell is the ant after {query['steps']} steps, and "
            "which way does it face then?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = walk(state, query["steps"])
        return Solution(steps[-1].after, steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [f"The ant starts at {state.ant.cell}, facing {state.ant.facing}."]
        lines += [_told(number, step) for number, step in enumerate(solution.facts, 1)]
        end = solution.value
        lines.append(f"After {query['steps']} steps the ant is at {end.cell}, facing {end.facing}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        poses = generation.ends(state, query["steps"], plan["may_return"])
        return rng.sample(others(poses, solution.value), 7)


class CellFlipCount(_Walk):
    """How often a cell changes its colour during some steps."""

    slug = "cell_flip_count"
    question_id = 3
    description = "How often a cell changes its colour during some steps"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.flip_steps
        steps = rng.integers(low, high + 1)
        # The ant comes back to a cell after four steps at the earliest.
        weights = (0.2, 0.3, 0.3, 0.2 if steps >= 10 else 0.0)
        return {
            **super().plan(knobs, form, rng),
            "steps": steps,
            "count": rng.weighted(range(4), weights),
            "arrival": rng.chance(0.5),
            "start": rng.chance(0.25),
        }

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        steps = walk(state, plan["steps"])
        if not generation.is_varied(steps, plan["may_return"]):
            return None
        counts: dict[Cell, int] = {}
        for step in steps:
            counts[step.before.cell] = counts.get(step.before.cell, 0) + 1
        end, start = steps[-1].after.cell, steps[0].before.cell
        if plan["count"] == 0 and plan["arrival"]:
            cells = [] if end in counts else [end]
        elif plan["count"] == 0:
            cells = self._beside(state, counts, end)
        elif plan["count"] == 3:
            most = max(counts.values())
            cells = [cell for cell in counts if counts[cell] == most >= 3]
        else:
            cells = [cell for cell in counts if counts[cell] == plan["count"]]
        if not plan["start"]:
            cells = [cell for cell in cells if cell != start]
        return {"steps": plan["steps"], "target": list(rng.choice(cells))} if cells else None

    @staticmethod
    def _beside(state: State, visited: Mapping[Cell, int], end: Cell) -> list[Cell]:
        """Return the cells around the walk on which the ant never stands."""
        near = {
            _wrapped(state, r + dr, c + dc)
            for r, c in visited
            for dr in (-1, 0, 1)
            for dc in (-1, 0, 1)
        }
        return sorted(near - set(visited) - {end})

    def ask(self, state: State, query: Query) -> str:
        row, col = query["target"]
        return (
            f"{_RULES} So a cell changes its colour each time the ant starts a step on it, and "
            f"arriving there at the end of the last step changes nothing. {_COORDINATES}\n"
            f"How many times does the cell ({row}, {col}) change its colour during the next "
            f"{query['steps']} steps?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        steps = walk(state, query["steps"])
        target = tuple(query["target"])
        return Solution(sum(step.before.cell == target for step in steps), steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = target = tuple(query["target"])
        colour, total = state.grid[row][col], 0
        lines = [
            f"The ant starts at {state.ant.cell}, facing {state.ant.facing}. "
            f"The cell {target} is {COLOURS[colour]} as shown."
        ]
        for number, step in enumerate(solution.facts, 1):
            line = _told(number, step)
            if step.before.cell == target:
                total += 1
                line += f" That is change {total} of {target}."
            lines.append(line)
        if solution.facts[-1].after.cell == target:
            lines.append(f"The ant ends on {target}, and this arrival does not change it.")
        lines.append(
            f"{target} changes {plural(total, 'time')}, from {COLOURS[colour]} at the start to "
            f"{COLOURS[(colour + total) % 2]} at the end."
            if total
            else f"No step starts on {target}, so it stays {COLOURS[colour]}: 0 times."
        )
        return "\n".join(lines)


TASKS: tuple[Task[State, Knobs], ...] = (AntPose(), AntPoseAfterSteps(), CellFlipCount())
