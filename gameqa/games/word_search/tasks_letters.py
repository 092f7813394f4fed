"""The questions about single letters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.word_search import generation
from gameqa.games.word_search.generation import GROUP_OF, Knobs
from gameqa.games.word_search.rules import ALPHABET, State
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

COORDINATES = (
    "Cells are written (row, column), both counted from 1 at the top-left corner; rows grow "
    "downwards and columns to the right."
)


def size_of(knobs: Knobs, rng: Rng) -> int:
    """Draw the number of rows and columns."""
    return rng.integers(knobs.sizes[0], knobs.sizes[1] + 1)


class CellLetter(Task[State, Knobs]):
    """Which letter a cell holds."""

    slug = "cell_letter"
    question_id = 0
    description = "Letter of a cell"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word(ALPHABET)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        size = size_of(knobs, rng)
        return {"size": size, "cell": [1 + rng.below(size), 1 + rng.below(size)]}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.lettered(plan["size"], rng)
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"cell": plan["cell"]}

    def ask(self, state: State, query: Query) -> str:
        row, col = query["cell"]
        return f"{COORDINATES}\nWhich letter is in the cell ({row}, {col}) of the grid shown?"

    def solve(self, state: State, query: Query) -> Solution:
        row, col = query["cell"]
        return Solution(state.letter((row, col)))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = query["cell"]
        return (
            f"Row {row} reads, from column 1 on: {' '.join(state.grid[row - 1])}.\n"
            f"The letter in column {col} of this row is {solution.value}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        # Four pairs of letters that look alike: the truth is in company like every other letter.
        row, col = query["cell"]
        beside = [(row - 1, col), (row + 1, col), (row, col - 1), (row, col + 1)]
        near = [*rng.shuffled(beside)[:1], (col, row), (row + 1, col + 1), *rng.shuffled(beside)]
        letters = [state.letter(cell) for cell in near if state.has(cell)]
        letters += rng.shuffled(ALPHABET)
        firsts = [solution.value]
        for letter in letters:
            if GROUP_OF[letter] not in map(GROUP_OF.__getitem__, firsts):
                firsts.append(letter)
        partners = [rng.choice(others(GROUP_OF[letter], letter)) for letter in firsts[:4]]
        return [*firsts[1:4], *partners]


class LetterCount(Task[State, Knobs]):
    """How often a letter occurs in the grid."""

    slug = "letter_count"
    question_id = 1
    description = "Number of cells that hold a letter"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        shown = window(8, *knobs.counts, rng)
        return {
            "size": size_of(knobs, rng),
            "letter": rng.choice(ALPHABET),
            "window": shown,
            "count": rng.choice(shown),
            "alike": rng.chance(0.5),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.with_count(
            plan["size"], plan["letter"], plan["count"], plan["alike"], rng
        )
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"letter": plan["letter"]}

    def ask(self, state: State, query: Query) -> str:
        return f"How many cells of the grid shown hold the letter {query['letter']}?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(sum(row.count(query["letter"]) for row in state.grid))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        letter, total = query["letter"], 0
        lines = []
        for number, row in enumerate(state.grid, 1):
            columns = [col for col, found in enumerate(row, 1) if found == letter]
            total += len(columns)
            word = "column" if len(columns) == 1 else "columns"
            told = f"{letter} in {word} {listing(columns)}" if columns else f"no {letter}"
            lines.append(f"Row {number}: {' '.join(row)}: {told}; {total} so far.")
        lines.append(f"{letter} is in {plural(total, 'cell')}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)
