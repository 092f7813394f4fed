"""Questions about a Tents and Trees puzzle that ask for a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from gameqa.answers import Coordinate
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.tents import generation
from gameqa.games.tents.generation import Knobs
from gameqa.games.tents.rules import REASONS, Board, State
from gameqa.games.tents.words import CONDITIONS, COORDINATES, PUZZLE, why_not
from gameqa.options import Option, nearest_ranks
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural


class _WhichCell(Task[State, Knobs]):
    """A task that asks for a cell with some property; every such cell is right."""

    kind = Coordinate()

    def right(self, board: Board) -> list[int]:
        """Return the numbers of the cells with the property, ascending."""
        raise NotImplementedError

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(plan.knobs, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        board = Board(state)
        cells = self.right(board)
        if not cells:
            return None
        return {"listed": list(board.cell(rng.choice(cells)))} if plan.is_choice else {}

    def solve(self, state: State, query: Query) -> Solution:
        board = Board(state)
        cells = self.right(board)
        number = board.number(query["listed"]) if "listed" in query else cells[0]
        return Solution(board.cell(number), cells)

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        return tuple(value) in map(Board(state).cell, self.right(Board(state)))


class WhichCellHasTree(_WhichCell):
    """Which listed cell holds a tree."""

    slug = "which_cell_has_tree"
    question_id = 8
    description = "Which listed cell holds a tree"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"transposed": [rng.chance(0.3) for _ in range(4)], "tent_last": rng.chance(0.5)}

    def right(self, board: Board) -> list[int]:
        return sorted(board.trees)

    def ask(self, state: State, query: Query) -> str:
        which = (
            "Which of these cells holds a tree?"
            if "listed" in query
            else "Give one cell that holds a tree; any of them will do."
        )
        return f"{PUZZLE} {COORDINATES}\n{which}"

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        board = Board(state)
        if not options:
            row = [cell for cell in state.trees if cell[0] == solution.value[0]]
            return (
                "Scanning the rows from the top, the first one with a tree is row "
                f"{solution.value[0]}, with {plural(len(row), 'tree')}, at {listing(row)}."
            )
        lines = []
        for option in options:
            number = board.number(option.value)
            holds = "a tree" if number in board.trees else "nothing"
            holds = "a tent, not a tree" if number in board.tents else holds
            lines.append(f"{option.letter}: {option.text} holds {holds}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        board = Board(state)
        truth = board.number(query["listed"])
        free = [n for n in range(state.rows * state.cols) if n not in board.trees]
        tents = rng.shuffled(sorted(board.tents))
        near_trees = [
            other
            for tree in rng.shuffled(sorted(board.trees - {truth}))
            for other in rng.shuffled(board.around[tree])
            if other not in board.trees
        ]
        rest = rng.shuffled(free)
        last = tents[1:] + rest if plan["tent_last"] else rest
        taken = {truth} | board.trees
        chosen: list[int] = []
        # Four pairs alike: in no other way than by the tree does the truth's pair stand out.
        for i, anchors in enumerate(([truth], tents + rest, near_trees + rest, last)):
            for anchor in anchors:
                if anchor != truth and anchor in taken:
                    continue
                partner = self._partner(board, anchor, taken | {anchor}, plan["transposed"][i], rng)
                if partner is not None:
                    chosen += [partner] if anchor == truth else [anchor, partner]
                    taken.update((anchor, partner))
                    break
            else:
                return None
        return [board.cell(number) for number in chosen]

    @staticmethod
    def _partner(
        board: Board, number: int, taken: set[int], transposed: bool, rng: Rng
    ) -> int | None:
        """Return a free-to-list cell that is next to a cell, or its transpose."""
        r, c = board.cell(number)
        if transposed and c < board.rows and r < board.cols:
            partner = board.number((c, r))
            if partner not in taken:
                return partner
        near = [other for other in board.around[number] if other not in taken]
        return rng.choice(near) if near else None


_SETS = 20
"""Sets of options among which one with the wanted places of the truth is looked for."""


_CORNERS = 0.6
"""Corners among the options, to those among the cells: where one is wanted, none may be wrong."""


def _closeness(board: Board, a: int, b: int) -> int:
    """Return -1 for cells that touch at a corner only, else 0.

    Cells beside one tree touch at corners, so that legal cells do so more often than others.
    """
    return -int(b in board.around[a] and b not in board.beside[a])


def _in_line(board: Board, a: int, b: int) -> int:
    """Return -1 for cells in one row or column, which those of full lines are often, else 0."""
    one, other = board.cell(a), board.cell(b)
    return -int((one[0] == other[0]) != (one[1] == other[1]))


class WhichCellAcceptsTent(_WhichCell):
    """Which listed cell can take one more tent now."""

    slug = "which_cell_accepts_tent"
    question_id = 9
    description = "Which listed cell can take a new tent now"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "least": 1 if rng.chance(0.15) else 2,
            # Whether each option, the true one first, lies in a corner, at a border or inside:
            # legal cells are at the border more often than others, which would give them away.
            "lots": [rng.random() for _ in range(8)],
            "ranks": (rng.below(8), rng.below(8)),
        }

    def right(self, board: Board) -> list[int]:
        return board.legal()

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        board = Board(state)
        cells = board.legal()
        if len(cells) < plan["least"]:
            return None
        if not plan.is_choice:
            return {}
        wanted = self._borders(board, plan)[0]
        cells = [number for number in cells if board.borders(number) == wanted]
        return {"listed": list(board.cell(rng.choice(cells)))} if cells else None

    @staticmethod
    def _borders(board: Board, plan: Plan[Knobs]) -> list[int]:
        cells = board.rows * board.cols
        inside = (board.rows - 2) * (board.cols - 2)
        corners = _CORNERS * 4 / cells
        return [2 if lot < corners else int(lot < 1 - inside / cells) for lot in plan["lots"]]

    def ask(self, state: State, query: Query) -> str:
        which = (
            "Which of these cells can take a new tent now?"
            if "listed" in query
            else "Give one cell that can take a new tent now; any of them will do."
        )
        return (
            f"{PUZZLE} The tent number of a row or column says how many tents it has in the end. "
            f"{COORDINATES}\n{CONDITIONS}\n{which}"
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        board = Board(state)
        lines = []
        for option in options:
            failure = board.failure(board.number(option.value))
            if failure is not None:
                verdict = why_not(board, board.number(option.value), failure)
                lines.append(f"{option.letter}: {option.text}: {verdict}.")
        r, c = solution.value
        number = board.number((r, c))
        tree = next(other for other in board.beside[number] if other in board.trees)
        rows = sum(cell[0] == r for cell in state.placed)
        cols = sum(cell[1] == c for cell in state.placed)
        lines.append(
            f"({r}, {c}) is empty, has the tree at {board.cell(tree)} beside it and no tent on the "
            f"cells around it; row {r} has {rows} of its {plural(state.row_counts[r], 'tent')} and "
            f"column {c} has {cols} of its {plural(state.col_counts[c], 'tent')}: all six "
            "conditions hold."
        )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        board = Board(state)
        by_reason: dict[str, list[int]] = {reason: [] for reason in (*REASONS, "lonely")}
        for number in range(state.rows * state.cols):
            failure = board.failure(number)
            if failure is not None:
                alone = failure.reason == "no tree beside" and not self._has_icon_near(
                    board, number
                )
                by_reason["lonely" if alone else failure.reason].append(number)
        borders = self._borders(board, plan)[1:]
        sets = (self._set(board, by_reason, borders, rng) for _ in range(_SETS))
        chosen = nearest_ranks(
            board.number(query["listed"]),
            (each for each in sets if each is not None),
            (partial(_closeness, board), partial(_in_line, board)),
            plan["ranks"],
            rng,
        )
        return None if chosen is None else [board.cell(number) for number in chosen]

    def _set(
        self, board: Board, by_reason: Mapping[str, list[int]], borders: Sequence[int], rng: Rng
    ) -> list[int] | None:
        """Draw seven illegal cells that fail for different reasons."""
        pools = {reason: rng.shuffled(cells) for reason, cells in by_reason.items()}
        occupied = rng.shuffled(pools["tree"] + pools["tent"])
        lonely = pools["no tree beside"] + pools["lonely"]
        touching, rows, columns = (pools[reason] for reason in ("touch", "row", "column"))
        # One of the last three, drawn by lot, gives two cells, the others one each.
        groups = [occupied, touching, touching, *rng.shuffled([lonely, rows, columns])]
        groups.append(groups[3])
        # Where a reason is missing the others make up for it, the least instructive one last.
        instructive = [*touching, *rows, *columns, *occupied[:2]]
        spare = [*instructive, *lonely]
        chosen: list[int] = []
        for group, border in zip(groups, borders, strict=True):
            left = [number for number in (group or spare) if number not in chosen]
            left = left or [number for number in spare if number not in chosen]
            if not left:
                return None
            others = (number for number in instructive if number not in chosen)
            like = (n for n in (*left, *others) if board.borders(n) == border)
            chosen.append(next(like, left[0]))
        return chosen

    @staticmethod
    def _has_icon_near(board: Board, number: int) -> bool:
        return any(o in board.trees or o in board.tents for o in board.around[number])
