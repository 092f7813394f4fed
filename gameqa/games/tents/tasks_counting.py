"""Questions about a Tents and Trees puzzle that ask for a number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.tents import generation
from gameqa.games.tents.generation import Knobs
from gameqa.games.tents.rules import Board, State
from gameqa.games.tents.words import CONDITIONS, COORDINATES, FINISHED, PUZZLE, cells_text, why_not
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural


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
            f"{PUZZLE} Rows are counted from 0 at the top.\nHow many tents stand in row "
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
            f"{PUZZLE} {FINISHED} Columns are counted from 0 at the left.\n"
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
        return f"{PUZZLE} {FINISHED}\nHow many tents are still missing on the whole board?"

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
            f"{PUZZLE} {COORDINATES}\nHow many cells of the board hold no tree and have a tree "
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
            told = f"{cells_text(board, new)}" if new else "nothing new"
            repeats = f"; counted already: {cells_text(board, again)}" if again else ""
            lines.append(f"{board.cell(tree)}: {told}{repeats}. {len(seen)} so far.")
        lines.append(
            f"Different cells in all: {', '.join(str(board.cell(c)) for c in solution.facts)}; "
            f"that makes {solution.value}."
        )
        return "\n".join(lines)


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
            f"{PUZZLE} The tent number of a row or column says how many tents it has in the end. "
            f"{COORDINATES}\n{CONDITIONS}\nHow many cells can take a new tent now?"
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
            "Where such a row and such a column cross, the cells without tree and tent that have a "
            "tree beside them:",
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
                    verdict = (
                        "can take a tent" if failure is None else why_not(board, number, failure)
                    )
                    told.append(f"{board.cell(number)} {verdict}")
            lines.append(f"Row {row}: {'; '.join(told) if told else 'no such cell'}.")
        lines.append(
            f"Cells that can take a tent: {cells_text(board, solution.facts)}; "
            f"that makes {solution.value}."
        )
        return "\n".join(lines)
