"""The questions about a Pac-Man board that are answered by looking and counting."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from gameqa.answers import CellAndWord, Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.pacman.generation import (
    SPREADS,
    Board,
    Draft,
    Knobs,
    drafts,
    mask_of,
    with_beans,
)
from gameqa.games.pacman.paths import DIRECTIONS, deltas
from gameqa.games.pacman.rules import GHOSTS, State, block_mask, run
from gameqa.games.pacman.tasks_ghosts import (
    BlinkyDirectionChange,
    BlinkyNextStep,
    PinkyDirectionChange,
    PinkyNextStep,
)
from gameqa.games.pacman.tasks_runs import BestStraightRun, OutcomeOfTwoLegs
from gameqa.games.pacman.words import BOARD
from gameqa.grids import bits
from gameqa.moves import Cell, distance
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_EQUAL = "both equally near"
_BEANS_NEAR = (3, 18)


def any_states(knobs: Knobs, rng: Rng) -> Iterator[State]:
    """Yield states of one board, everything on it anywhere."""
    board = Board(knobs, rng)
    for draft in drafts(board, rng):
        ghosts = draft.ghosts(rng)
        state = ghosts and draft.state(ghosts, draft.beans(ghosts, knobs, rng))
        if state:
            yield state


class PacmanPose(Task[State, Knobs]):
    """Where Pac-Man is and which way he faces."""

    slug = "pacman_pose"
    question_id = 0
    description = "Where Pac-Man is and which way he faces"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = CellAndWord(DIRECTIONS)
    patience = 40

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # Two rows, two columns, two facings, and which of each is true: all that options tell.
        # Off the edge he can face every way wherever he is.
        pairs = []
        for _ in range(2):
            gap = rng.integers(1, 3)
            first = rng.integers(2, knobs.n - 2 - gap)
            pairs.append([first, first + gap])
        pairs_told: list[list[Any]] = [*pairs, rng.sample(DIRECTIONS, 2)]
        return {"pairs": pairs_told, "truth": [rng.choice(pair) for pair in pairs_told]}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        row, col, facing = plan["truth"]
        n = plan.knobs.n
        at = row * n + col
        behind = at - deltas(n)[facing]
        board = Board(plan.knobs, rng, keep=1 << at | 1 << behind)
        for _ in range(SPREADS):
            walked = board.walk(at, facing, rng)
            if walked is None:
                return
            draft = Draft(board, at, facing, walked)
            ghosts = draft.ghosts(rng)
            state = ghosts and draft.state(ghosts, draft.beans(ghosts, plan.knobs, rng))
            if state:
                yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"{BOARD} In which cell is Pac-Man, and which way does he face?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution((*state.cell(state.pacman), state.facing))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col, facing = solution.value
        return (
            f"On the scale at the left, Pac-Man is level with row {row}.\n"
            f"On the scale at the top, he is below column {col}.\n"
            f"His mouth opens towards {facing}, which is where he faces."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(list(product(*plan["pairs"])), solution.value)


class CountBeans5x5(Task[State, Knobs]):
    """How many beans lie around Pac-Man."""

    slug = "count_beans_5x5"
    question_id = 1
    description = "How many beans lie in the 5x5 block around Pac-Man"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)
    patience = 40

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = _BEANS_NEAR
        return {"count": rng.integers(low, high + 1)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        count = plan["count"]
        board = Board(plan.knobs, rng)
        # He and the cell behind him have no bean.
        starts = mask_of(
            [
                at
                for at in board.cells
                if (board.free & block_mask(board.n, at)).bit_count() >= count + 2
            ]
        )
        for draft in drafts(board, rng, starts=starts):
            ghosts = draft.ghosts(rng)
            if ghosts is None:
                continue
            cells = draft.open & block_mask(board.n, draft.pacman) & ~mask_of(list(ghosts))
            if cells.bit_count() < count:
                continue
            beans = draft.beans(ghosts, plan.knobs, rng)
            state = draft.state(ghosts, with_beans(beans, cells, count, rng))
            if state:
                yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD} Consider the 5x5 block of cells centred on Pac-Man: his row and two rows "
            "above and below it, his column and two columns on either side, as far as they lie on "
            "the board.\n"
            "How many beans are in this block?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        beans = state.beans & block_mask(state.n, state.pacman)
        return Solution(beans.bit_count(), list(map(state.cell, bits(beans))))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = state.cell(state.pacman)
        rows = range(max(0, row - 2), min(state.n, row + 3))
        cols = range(max(0, col - 2), min(state.n, col + 3))
        lines = [
            f"Pac-Man is at ({row}, {col}), so the block has rows {rows[0]} to {rows[-1]} and "
            f"columns {cols[0]} to {cols[-1]}. Beans are in"
        ]
        counts = []
        for r in rows:
            found = [str(x) for y, x in solution.facts if y == r]
            counts.append(len(found))
            where = f"{'columns' if len(found) > 1 else 'column'} {listing(found)}"
            lines.append(f"row {r}: {where if found else 'no column'} ({len(found)}).")
        return "\n".join([*lines, f"{' + '.join(map(str, counts))} = {solution.value}."])


class CloserGhost(Task[State, Knobs]):
    """Which ghost is nearer to Pac-Man, walls ignored."""

    slug = "closer_ghost"
    question_id = 2
    description = "Which ghost is nearer to Pac-Man by rows and columns"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word((*GHOSTS, _EQUAL))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # How much farther Blinky is than Pinky; not more than can be overlooked.
        return {"more": rng.choice((-1, 0, 1)) * rng.integers(1, 4)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        board = Board(plan.knobs, rng)
        for draft in drafts(board, rng):
            pinky = draft.ghost(rng)
            if pinky is None:
                continue
            wanted = board.manhattan(pinky, draft.pacman) + plan["more"]
            cells = [
                at
                for at in board.cells
                if at != pinky and board.manhattan(at, draft.pacman) == wanted >= 2
            ]
            if not cells:
                continue
            ghosts = pinky, rng.choice(cells)
            state = draft.state(ghosts, draft.beans(ghosts, plan.knobs, rng))
            if state:
                yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD} The distance of two cells is the difference of their rows plus the "
            "difference of their columns; walls do not matter.\nWhich ghost is nearer to Pac-Man "
            "by this distance, Pinky (P) or Blinky (B)?"
        )

    @staticmethod
    def _cells(state: State) -> tuple[Cell, dict[str, Cell]]:
        return state.cell(state.pacman), {name: state.cell(state.ghost(name)) for name in GHOSTS}

    def solve(self, state: State, query: Query) -> Solution:
        here, ghosts = self._cells(state)
        far = {name: distance(here, cell) for name, cell in ghosts.items()}
        if far["Pinky"] == far["Blinky"]:
            return Solution(_EQUAL, far)
        return Solution(min(far, key=far.__getitem__), far)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        (row, col), ghosts = self._cells(state)
        lines = [f"Pac-Man is at ({row}, {col})."]
        for name, (r, c) in ghosts.items():
            lines.append(
                f"{name} is at ({r}, {c}): |{r} - {row}| + |{c} - {col}| = {abs(r - row)} + "
                f"{abs(c - col)} = {solution.facts[name]}."
            )
        pinky, blinky = solution.facts.values()
        sign = "<" if pinky < blinky else ">" if pinky > blinky else "="
        return "\n".join([*lines, f"{pinky} {sign} {blinky}."])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others((*GHOSTS, _EQUAL), solution.value)


class BeansStraightAhead(Task[State, Knobs]):
    """How many beans Pac-Man eats on his way to the wall ahead."""

    slug = "beans_straight_ahead"
    question_id = 3
    description = "How many beans Pac-Man eats going straight on to the wall"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"none": rng.chance(0.08), "share": rng.random()}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        board = Board(plan.knobs, rng)

        def ahead(at: int, facing: str) -> int:
            return mask_of(run(board.free, board.n, at, facing))

        for draft in drafts(board, rng, avoid=ahead):
            cells = ahead(draft.pacman, draft.facing)
            length = cells.bit_count()
            ghosts = draft.ghosts(rng, taken=cells) if length >= 2 else None
            if ghosts is None:
                continue
            count = 0 if plan["none"] else 1 + int(plan["share"] * length)
            beans = draft.beans(ghosts, plan.knobs, rng)
            state = draft.state(ghosts, with_beans(beans, cells, count, rng))
            if state:
                yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{BOARD} Pac-Man goes straight on in the direction he faces until the next cell is a "
            "wall, and eats every bean on his way. The ghosts stay where they are.\nHow many beans "
            "does he eat?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        cells = run(state.free, state.n, state.pacman, state.facing)
        return Solution(sum(map(state.has_bean, cells)), cells)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        told = [
            f"{state.cell(at)} {'bean' if state.has_bean(at) else 'no bean'}"
            for at in solution.facts
        ]
        return (
            f"Pac-Man is at {state.cell(state.pacman)} and faces {state.facing}. The cells up to "
            f"the wall: {', '.join(told)}.\nThat makes {plural(solution.value, 'bean')}."
        )


TASKS: tuple[Task[State, Knobs], ...] = (
    PacmanPose(),
    CountBeans5x5(),
    CloserGhost(),
    BeansStraightAhead(),
    OutcomeOfTwoLegs(),
    PinkyDirectionChange(),
    BlinkyDirectionChange(),
    PinkyNextStep(),
    BlinkyNextStep(),
    BestStraightRun(),
)
