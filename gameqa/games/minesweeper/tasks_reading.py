"""Questions that are answered by reading a Minesweeper board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar

from gameqa.answers import Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.minesweeper import generation
from gameqa.games.minesweeper.generation import MOST_FLAGS, Knobs
from gameqa.games.minesweeper.rules import COVERED, State, zones
from gameqa.grids import bits
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

BOARD = "This is a Minesweeper board."
COORDINATES = "Cells are written (row, column), both counted from 0 at the top-left corner."


def draw_mines(knobs: Knobs, rng: Rng, least: int = 0) -> int:
    """Draw a number of mines."""
    return rng.integers(max(knobs.mines[0], least), knobs.mines[1] + 1)


def revealed_range(knobs: Knobs) -> tuple[int, int]:
    """Return the least and greatest number of revealed cells: a third to three quarters.

    There are only some dozens of pictures with four of 16 cells revealed.
    """
    size = knobs.rows * knobs.cols
    return size // 3, size * 3 // 4


class _Count(Task[State, Knobs]):
    """A task whose answer is a number, always open."""

    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        mines = max(draw_mines(knobs, rng) for _ in range(knobs.mine_draws))
        # Of boards with few cells revealed there are few, and each would come often.
        low, high = revealed_range(knobs)
        wanted = max(rng.integers(low, high + 1) for _ in range(2))
        return {
            "mines": mines,
            "wanted": min(wanted, knobs.rows * knobs.cols - mines - 1),
            "flags": rng.below(min(mines, MOST_FLAGS) + 1),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.sized_states(
            plan.knobs, rng, plan["mines"], plan["wanted"], plan["flags"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}


class CountFlags(_Count):
    """How many flags there are."""

    slug = "count_flags"
    question_id = 0
    description = "Number of flags"

    def ask(self, state: State, query: Query) -> str:
        return f"{BOARD}\nHow many cells are flagged?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(len(state.flags))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        if not state.flags:
            return "Going through the rows, there is no flag."
        flags = f"{'are flags' if solution.value > 1 else 'is a flag'} at {listing(state.flags)}"
        return f"Going through the rows, there {flags}.\nThat makes {solution.value}."


class MinesLeft(_Count):
    """How many mines are not flagged yet."""

    slug = "mines_left"
    question_id = 1
    description = "Number of mines that are not flagged yet"

    def ask(self, state: State, query: Query) -> str:
        return (
            f'{BOARD} The line "Mines" says how many mines there are in all. Every flag stands on '
            "a mine.\nHow many mines are not flagged yet?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.mines - len(state.flags))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        count = len(state.flags)
        where = f": {listing(state.flags)}" if count else ""
        return (
            f"There are {state.mines} mines in all.\n{plural(count, 'cell')} "
            f"{'is' if count == 1 else 'are'} flagged{where}.\n"
            f"Not flagged yet: {state.mines} - {count} = {solution.value}."
        )


class CountRevealed(_Count):
    """How many cells are revealed."""

    slug = "count_revealed"
    question_id = 2
    description = "Number of revealed cells"

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        size = knobs.rows * knobs.cols
        low, high = revealed_range(knobs)
        wanted = rng.integers(low, high + 1)
        # A board on which all safe cells are revealed would be won.
        most = min(knobs.mines[1], size - wanted - 1)
        # More mines can lie in more ways, so more are likelier.
        draws = 2 * knobs.mine_draws
        mines = max(rng.integers(knobs.mines[0], most + 1) for _ in range(draws))
        return {"mines": mines, "wanted": wanted}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.sized_states(plan.knobs, rng, plan["mines"], plan["wanted"])

    def ask(self, state: State, query: Query) -> str:
        return f"{BOARD}\nHow many cells are revealed? Blank revealed cells count as well."

    def solve(self, state: State, query: Query) -> Solution:
        per_row = [sum(number != COVERED for number in row) for row in state.revealed]
        return Solution(sum(per_row), per_row)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [f"Row {r}: {count} revealed." for r, count in enumerate(solution.facts)]
        covered = [state.cols - count for count in solution.facts]
        return (
            "\n".join(lines) + f"\nSum: {' + '.join(map(str, solution.facts))} = {solution.value}."
            f"\nCheck: {' + '.join(map(str, covered))} = {sum(covered)} of the "
            f"{state.rows} x {state.cols} = {state.rows * state.cols} cells are covered, and "
            f"{state.rows * state.cols} - {sum(covered)} = {solution.value}."
        )


class StatementTask(Task[State, Knobs]):
    """A task in which one of several statements about a cell is true, each with a word."""

    kind: ClassVar[Word]

    def statements(self, query: Query) -> Mapping[str, str]:
        """Return the statement of every word, without a full stop."""
        raise NotImplementedError

    def words_for(self, query: Query) -> str:
        """Tell a reader without options which word stands for what."""
        if "words" not in query:
            return ""
        meanings = (f"{word} - {text}" for word, text in self.statements(query).items())
        return "\nAnswer with the word for what is true:\n" + "\n".join(meanings)

    def query(self, plan: Plan[Knobs], cell: tuple[int, int]) -> Query:
        """Return the query about a cell."""
        return {"cell": list(cell)} | ({} if plan.is_choice else {"words": True})

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(list(self.statements(query)), solution.value)

    def option_text(self, state: State, query: Query, value: Any) -> str:
        return self.statements(query)[value]


_STATES = {
    "number": "It is revealed and shows a number",
    "blank": "It is revealed and blank",
    "flagged": "It is covered and has a flag",
    "hidden": "It is covered and has no flag",
}


class CellState(StatementTask):
    """What one cell looks like."""

    slug = "cell_state"
    question_id = 3
    description = "State of a cell"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word(tuple(_STATES))

    def statements(self, query: Query) -> Mapping[str, str]:
        return _STATES

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        mines = draw_mines(knobs, rng)
        return {
            "mines": mines,
            "wanted": rng.choice(tuple(_STATES)),
            "zone": generation.draw_zone(knobs, mines, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        least = int(plan["wanted"] == "flagged")
        return generation.states(plan.knobs, rng, plan["mines"], least_flags=least)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        zone = zones(state.rows, state.cols)[plan["zone"]]
        places = (divmod(number, state.cols) for number in bits(zone))
        cells = [cell for cell in places if self._state_of(state, cell) == plan["wanted"]]
        return self.query(plan, rng.choice(cells)) if cells else None

    @staticmethod
    def _state_of(state: State, cell: tuple[int, int]) -> str:
        number = state.revealed[cell[0]][cell[1]]
        if number == COVERED:
            return "flagged" if cell in state.flags else "hidden"
        return "number" if number else "blank"

    def ask(self, state: State, query: Query) -> str:
        r, c = query["cell"]
        words = self.words_for(query)
        return f"{BOARD} {COORDINATES}\nWhat is true of the cell ({r}, {c})?{words}"

    def solve(self, state: State, query: Query) -> Solution:
        r, c = query["cell"]
        return Solution(self._state_of(state, (r, c)))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        r, c = query["cell"]
        row = [self._state_of(state, (r, column)) for column in range(state.cols)]
        told = [
            str(state.revealed[r][column]) if kind == "number" else kind
            for column, kind in enumerate(row)
        ]
        true = _STATES[solution.value]
        return (
            f"Row {r}, from column 0 to column {state.cols - 1}: {', '.join(told)}.\n"
            f"In column {c} that is {told[c]}: {true[0].lower()}{true[1:]}."
        )
