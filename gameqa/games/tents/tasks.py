"""The seven questions about a Tents and Trees puzzle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from gameqa.answers import Coordinate, Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.tents import generation
from gameqa.games.tents.generation import Knobs
from gameqa.games.tents.rules import REASONS, Board, Cell, Failure, State
from gameqa.options import Option, nearest_rank
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_PUZZLE = "This is a Tents and Trees puzzle that is partly solved."
_COORDINATES = "Cells are written (row, column), both counted from 0 at the top-left corner."
_FINISHED = (
    "When it is finished, every tree has one tent of its own, directly above, below, left or right "
    "of it, and there are no other tents; no two tents touch, not even diagonally; and every row "
    "and every column has as many tents as its tent number says. All tents shown are at correct "
    "positions, and some may still be missing."
)
_CONDITIONS = (
    "For this question a cell can take a new tent now if (a) it holds no tree, (b) it holds no "
    "tent, (c) there is a tree directly above, below, left or right of it, (d) there is no tent on "
    "any of the up to eight cells around it, (e) its row now has fewer tents than its tent number, "
    "and (f) so has its column. Nothing else matters; above all, the cell need not be part of the "
    "puzzle's solution."
)


def _cells(board: Board, numbers: Sequence[int]) -> str:
    return listing((board.cell(number) for number in numbers), "none")


class _Count(Task[State, Knobs]):
    """A task whose answer is a number, always open."""

    kind = Integer()
    forms = (Form.OPEN,)

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(plan.knobs, rng)


class TentsInRow(_Count):
    """How many tents a row has now."""

    slug = "tents_in_row"
    question_id = 0
    description = "Number of tents placed in a row"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        count = rng.weighted(range(len(knobs.in_row)), knobs.in_row)
        # Rows without tree and tent are too easy to be frequent.
        return {"count": count, "bare": rng.chance(0.1)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.line_states(
            plan.knobs, rng, axis=0, missing=(0.2, 0.5), shown=plan["count"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        tents = [r for r, _ in state.placed]
        trees = {r for r, _ in state.trees}
        rows = [
            r
            for r in range(state.rows)
            if tents.count(r) == plan["count"] and (plan["bare"] or r in trees or r in tents)
        ]
        return {"row": rng.choice(rows)} if rows else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_PUZZLE} Rows are counted from 0 at the top.\nHow many tents stand in row "
            f"{query['row']} now? Count only the tents shown, not those that are missing."
        )

    def solve(self, state: State, query: Query) -> Solution:
        tents = [cell for cell in state.placed if cell[0] == query["row"]]
        return Solution(len(tents), tents)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row = query["row"]
        trees = [cell for cell in state.trees if cell[0] == row]
        return (
            f"Scanning row {row} from column 0 to column {state.cols - 1}:\n"
            f"tents at {listing(solution.facts, 'no cell')};\n"
            f"trees, which do not count, at {listing(trees, 'no cell')}.\n"
            f"That makes {plural(solution.value, 'tent')}."
        )


class MissingInColumn(_Count):
    """How many tents a column still lacks."""

    slug = "missing_in_column"
    question_id = 3
    description = "Number of tents still missing in a column"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        count = rng.weighted(range(len(knobs.in_column)), knobs.in_column)
        # A column whose number is 0 needs no look at the board.
        return {"count": count, "bare": rng.chance(0.1)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.line_states(
            plan.knobs, rng, axis=1, missing=(0.4, 1.0), hidden=plan["count"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        tents = [c for _, c in state.placed]
        columns = [
            c
            for c, wanted in enumerate(state.col_counts)
            if wanted - tents.count(c) == plan["count"] and (plan["bare"] or wanted)
        ]
        return {"column": rng.choice(columns)} if columns else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_PUZZLE} {_FINISHED} Columns are counted from 0 at the left.\n"
            f"How many tents are still missing in column {query['column']}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        column = query["column"]
        tents = [cell for cell in state.placed if cell[1] == column]
        return Solution(state.col_counts[column] - len(tents), tents)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        column, tents = query["column"], solution.facts
        wanted = state.col_counts[column]
        return (
            f"The tent number of column {column} is {wanted}.\n"
            f"Tents shown in that column: {listing(tents)}.\n"
            f"Still missing: {wanted} - {len(tents)} = {solution.value}."
        )


class MissingInGrid(_Count):
    """How many tents the whole board still lacks."""

    slug = "missing_in_grid"
    question_id = 4
    description = "Number of tents still missing on the whole board"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"finished": rng.chance(0.025)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(plan.knobs, rng, finished=plan["finished"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"{_PUZZLE} {_FINISHED}\nHow many tents are still missing on the whole board?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(sum(state.col_counts) - len(state.placed))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        total = sum(state.col_counts)
        lines = [
            f"The tent numbers of the columns add up to "
            f"{' + '.join(map(str, state.col_counts))} = {total}, and those of the rows to "
            f"{' + '.join(map(str, state.row_counts))} = {sum(state.row_counts)}: "
            f"{total} tents in all, as many as there are trees."
        ]
        for row in range(state.rows):
            tents = [cell for cell in state.placed if cell[0] == row]
            if tents:
                lines.append(f"Row {row} shows {plural(len(tents), 'tent')}: {listing(tents)}.")
        shown = len(state.placed)
        lines.append(f"Shown in all: {shown}. Still missing: {total} - {shown} = {solution.value}.")
        return "\n".join(lines)


class CandidateCellCount(_Count):
    """How many cells lie beside a tree and hold none."""

    slug = "candidate_cell_count"
    question_id = 5
    description = "Number of cells next to a tree that hold no tree"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"shared": rng.chance(0.75)}

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        board = Board(state)
        cells = board.candidates()
        every = sum(len(set(board.beside[tree]) - board.trees) for tree in board.trees)
        # Cells beside two trees are what makes counting by trees go wrong.
        return {} if every - len(cells) >= 2 * plan["shared"] else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_PUZZLE} {_COORDINATES}\nHow many cells of the board hold no tree and have a tree "
            "directly above, below, left or right of them? Cells that now hold a tent are counted "
            "as well; no other rule of the puzzle matters here."
        )

    def solve(self, state: State, query: Query) -> Solution:
        cells = Board(state).candidates()
        return Solution(len(cells), cells)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        board = Board(state)
        seen: set[int] = set()
        lines = ["Tree by tree, the cells beside it without a tree:"]
        for tree in sorted(board.trees):
            near = [cell for cell in board.beside[tree] if cell not in board.trees]
            new = [cell for cell in near if cell not in seen]
            again = [cell for cell in near if cell in seen]
            seen.update(near)
            told = f"{_cells(board, new)}" if new else "nothing new"
            repeats = f"; counted already: {_cells(board, again)}" if again else ""
            lines.append(f"{board.cell(tree)}: {told}{repeats}. {len(seen)} so far.")
        lines.append(
            f"Different cells in all: {', '.join(str(board.cell(c)) for c in solution.facts)}; "
            f"that makes {solution.value}."
        )
        return "\n".join(lines)


def _why(board: Board, number: int, failure: Failure) -> str:
    """Say which condition a cell fails first, with the evidence."""
    row, col = board.cell(number)
    shown = [board.cell(tent) for tent in sorted(board.tents)]
    if failure.reason == "touch":
        return f"touches the tent at {board.cell(failure.at)}"
    if failure.reason == "row":
        return _full(f"row {row}", [cell for cell in shown if cell[0] == row])
    if failure.reason == "column":
        return _full(f"column {col}", [cell for cell in shown if cell[1] == col])
    return {
        "tree": "holds a tree",
        "tent": "holds a tent already",
        "no tree beside": "no tree is directly above, below, left or right of it",
    }[failure.reason]


def _full(line: str, tents: Sequence[Cell]) -> str:
    if not tents:
        return f"the tent number of {line} is 0"
    return f"{line} already has its {plural(len(tents), 'tent')}, at {listing(tents)}"


class LegalCellCount(_Count):
    """How many cells can take one more tent now."""

    slug = "legal_cell_count"
    question_id = 6
    description = "Number of cells that can take a new tent now"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.legal
        # A third of the range first: boards with few legal cells are by far the most frequent.
        third = rng.below(3)
        cuts = [low + (high + 1 - low) * i // 3 for i in range(4)]
        return {"least": cuts[third], "most": cuts[third + 1] - 1}

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {} if plan["least"] <= len(Board(state).legal()) <= plan["most"] else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_PUZZLE} The tent number of a row or column says how many tents it has in the end. "
            f"{_COORDINATES}\n{_CONDITIONS}\nHow many cells can take a new tent now?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        cells = Board(state).legal()
        return Solution(len(cells), cells)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        board = Board(state)
        rows = [r for r, room in enumerate(board.row_room) if room > 0]
        cols = [c for c, room in enumerate(board.col_room) if room > 0]
        lines = [
            f"Rows with fewer tents than their tent number: {listing(rows)}.",
            f"Columns with fewer tents than their tent number: {listing(cols)}.",
            "In these rows and columns, the cells without tree and tent that have a tree beside:",
        ]
        open_cells = [
            number
            for number in board.candidates()
            if number not in board.tents
            and number // board.cols in rows
            and number % board.cols in cols
        ]
        for row in rows:
            told = []
            for number in open_cells:
                if number // board.cols == row:
                    failure = board.failure(number)
                    verdict = "can take a tent" if failure is None else _why(board, number, failure)
                    told.append(f"{board.cell(number)} {verdict}")
            lines.append(f"Row {row}: {'; '.join(told) if told else 'no such cell'}.")
        lines.append(
            f"Cells that can take a tent: {_cells(board, solution.facts)}; "
            f"that makes {solution.value}."
        )
        return "\n".join(lines)


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
        return f"{_PUZZLE} {_COORDINATES}\n{which}"

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


_SETS = 8
"""Sets of options among which one with the wanted place of the truth is looked for."""


def _closeness(board: Board, a: int, b: int) -> int:
    """Return -1 for cells that touch at a corner only, else 0.

    Cells beside one tree touch at corners, so that legal cells do so more often than others.
    """
    return -int(b in board.around[a] and b not in board.beside[a])


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
            # Whether each option, the true one first, lies at the board's border: legal cells do
            # so more often than others, which would give them away.
            "lots": [rng.random() for _ in range(8)],
            "rank": rng.below(8),
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
        wanted = self._at_border(board, plan)[0]
        cells = [number for number in cells if board.is_border(number) == wanted]
        return {"listed": list(board.cell(rng.choice(cells)))} if cells else None

    @staticmethod
    def _at_border(board: Board, plan: Plan[Knobs]) -> list[bool]:
        cells = board.rows * board.cols
        inside = (board.rows - 2) * (board.cols - 2)
        return [lot < 1 - inside / cells for lot in plan["lots"]]

    def ask(self, state: State, query: Query) -> str:
        which = (
            "Which of these cells can take a new tent now?"
            if "listed" in query
            else "Give one cell that can take a new tent now; any of them will do."
        )
        return (
            f"{_PUZZLE} The tent number of a row or column says how many tents it has in the end. "
            f"{_COORDINATES}\n{_CONDITIONS}\n{which}"
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        board = Board(state)
        lines = []
        for option in options:
            failure = board.failure(board.number(option.value))
            if failure is not None:
                verdict = _why(board, board.number(option.value), failure)
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
        borders = self._at_border(board, plan)[1:]
        sets = (self._set(board, by_reason, borders, rng) for _ in range(_SETS))
        chosen = nearest_rank(
            board.number(query["listed"]),
            (each for each in sets if each is not None),
            partial(_closeness, board),
            plan["rank"],
            rng,
        )
        return None if chosen is None else [board.cell(number) for number in chosen]

    def _set(
        self, board: Board, by_reason: Mapping[str, list[int]], borders: Sequence[bool], rng: Rng
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
        spare = [*touching, *rows, *columns, *occupied[:2], *lonely]
        chosen: list[int] = []
        for group, border in zip(groups, borders, strict=True):
            left = [number for number in (group or spare) if number not in chosen]
            left = left or [number for number in spare if number not in chosen]
            if not left:
                return None
            like = (number for number in left if board.is_border(number) == border)
            chosen.append(next(like, left[0]))
        return chosen

    @staticmethod
    def _has_icon_near(board: Board, number: int) -> bool:
        return any(o in board.trees or o in board.tents for o in board.around[number])


TASKS: tuple[Task[State, Knobs], ...] = (
    TentsInRow(),
    MissingInColumn(),
    MissingInGrid(),
    CandidateCellCount(),
    LegalCellCount(),
    WhichCellHasTree(),
    WhichCellAcceptsTent(),
)
