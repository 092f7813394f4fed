"""The four questions about a board of Life."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from typing import Any

from gameqa.answers import Integer, Moves
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.lifegame import generation
from gameqa.games.lifegame.generation import Knobs
from gameqa.games.lifegame.rules import (
    AROUND,
    Board,
    State,
    board_of,
    course,
    cut_out,
)
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import grid, listing, plural

_NAMES = ("dead", "alive")
_DENSITIES = (0.1, 0.6)  # of boards whose next generation is counted
_VARIED = 3  # generations in which the options of a sequence differ

_COORDINATES = "Cells are written (row, column), both counted from 0 at the top-left corner."
_UPDATE = (
    "In one update all cells change at once: a living cell with 2 or 3 living neighbours stays "
    "alive and any other living cell dies; a dead cell with exactly 3 living neighbours becomes "
    "alive and any other dead cell stays dead."
)
_RULES = (
    "This is a board of Conway's Game of Life. The neighbours of a cell are the eight cells around "
    "it, sideways, above, below and diagonally. The edges wrap around: the top row and the bottom "
    "row are next to each other, and so are the first and the last column. " + _UPDATE
)


def _rows(lines: Sequence[Sequence[int]]) -> str:
    """Write rows of digits on one line."""
    return " / ".join("".join(map(str, line)) for line in lines)


def _changes(before: Board, after: Board) -> str:
    born = before._replace(alive=after.alive & ~before.alive).cells()
    died = before._replace(alive=before.alive & ~after.alive).cells()
    return f"Born: {listing(born)}. Died: {listing(died)}."


class _CountTask(Task[State, Knobs]):
    """A task whose answer is a number of cells in a window that was drawn first."""

    kind = Integer()

    def range_of(self, knobs: Knobs) -> tuple[int, int]:
        """Return the least and the greatest answer."""
        raise NotImplementedError

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = self.range_of(knobs)
        shown = window(8, low, high - 7, rng)
        return {"window": shown, "count": rng.choice(shown)}

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["window"], solution.value)


class LiveCellCount(_CountTask):
    """How many cells are alive now."""

    slug = "live_cell_count"
    question_id = 1
    description = "Number of living cells now"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def range_of(self, knobs: Knobs) -> tuple[int, int]:
        return knobs.counts

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        yield generation.counted(plan.knobs, plan["count"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "This is a board of Conway's Game of Life; every cell is alive or dead.\n"
            "How many cells of the board shown are alive?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(sum(map(sum, state.grid)))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = ["Living cells row by row:"]
        for r, row in enumerate(state.grid):
            columns = [c for c, alive in enumerate(row) if alive]
            word = "column" if len(columns) == 1 else "columns"
            told = f"{word} {listing(columns)}: {len(columns)}" if columns else "none"
            lines.append(f"Row {r}: {told}.")
        counts = [str(sum(row)) for row in state.grid]
        lines.append(f"In all {' + '.join(counts)} = {solution.value}.")
        return "\n".join(lines)


class LiveCountNext(_CountTask):
    """How many cells are alive after one update."""

    slug = "live_count_next"
    question_id = 2
    description = "Number of living cells after one update"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM

    def range_of(self, knobs: Knobs) -> tuple[int, int]:
        return knobs.next_counts

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            **super().plan(knobs, form, rng),
            "may_equal": rng.chance(0.2),
            "may_stand": rng.chance(0.03),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for board in generation.soups(plan.knobs, rng, _DENSITIES):
            after = board.after()
            if (
                after.living == plan["count"]
                and (plan["may_equal"] or after.living != board.living)
                and (plan["may_stand"] or after != board)
            ):
                yield State(board.grid())

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"{_RULES}\nHow many cells of the board are alive after one update?"

    def solve(self, state: State, query: Query) -> Solution:
        after = board_of(state.grid).after()
        return Solution(after.living, after)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        before, after = board_of(state.grid), solution.facts
        born = before._replace(alive=after.alive & ~before.alive)
        died = before._replace(alive=before.alive & ~after.alive)
        near = before.neighbours()

        def table(lines: Sequence[Sequence[int]]) -> str:
            return grid([list(map(str, line)) for line in lines])

        def told(board: Board, what: str) -> str:
            cells = [f"{cell} with {near[cell[0]][cell[1]]}" for cell in board.cells()]
            if not cells:
                return f"{what}: none."
            return f"{what}: {listing(cells)}; {plural(board.living, 'cell')}."

        counts = " + ".join(str(sum(row)) for row in after.grid())
        return "\n".join(
            [
                f"The board now, 1 for a living cell ({before.living} in all):",
                table(before.grid()),
                "Living neighbours of every cell, those over the edges included:",
                table(near),
                told(born, "Dead cells with 3 living neighbours become alive"),
                told(died, "Living cells with fewer than 2 or more than 3 die"),
                "The board after the update:",
                table(after.grid()),
                f"Row by row {counts} = {after.living} living cells; check: "
                f"{before.living} + {born.living} - {died.living} = {after.living}.",
            ]
        )


class CellStateSequence(Task[State, Knobs]):
    """The states of a cell over the next generations."""

    slug = "cell_state_sequence"
    question_id = 3
    description = "States of a cell over the next generations"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Moves(_NAMES, separator=", ")

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"states": [rng.below(2) for _ in range(knobs.updates + 1)]}

    @staticmethod
    def _cells(board: Board, states: Sequence[int]) -> Board:
        """Return the cells that go through these states."""
        found = (1 << board.rows * board.cols) - 1
        for alive in states:
            found &= board.alive if alive else ~board.alive
            board = board.after()
        return board._replace(alive=found)

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for board in generation.soups(plan.knobs, rng):
            if board.after() != board and self._cells(board, plan["states"]).alive:
                yield State(board.grid())

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        cells = self._cells(board_of(state.grid), plan["states"]).cells()
        return {"cell": list(rng.choice(cells)), "updates": len(plan["states"]) - 1}

    def ask(self, state: State, query: Query) -> str:
        row, col = query["cell"]
        count = query["updates"]
        return (
            f"{_RULES} {_COORDINATES}\nWhat are the states of the cell ({row}, {col}), first on "
            f"the board shown and then after each of the next {count} updates ({count + 1} states "
            "in order)?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        boards = [board_of(state.grid)]
        for _ in range(query["updates"]):
            boards.append(boards[-1].after())
        row, col = query["cell"]
        return Solution(tuple(_NAMES[board.is_alive(row, col)] for board in boards), boards)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        boards: list[Board] = solution.facts
        row, col = query["cell"]
        lines = [
            "Boards are written row by row from the top, 1 for a living cell.",
            f"Board shown: {_rows(state.grid)}. ({row}, {col}) is {solution.value[0]}.",
        ]
        for number, (board, after) in enumerate(pairwise(boards), 1):
            living = []
            for dr, dc in AROUND:
                r, c = row + dr, col + dc
                if board.is_alive(r, c):
                    over = not (0 <= r < board.rows and 0 <= c < board.cols)
                    cell = (r % board.rows, c % board.cols)
                    living.append(f"{cell}{' over the edge' if over else ''}")
            was, then = solution.value[number - 1 : number + 1]
            verdict = f"stays {then}" if was == then else "dies" if then == "dead" else "is born"
            lines.append(
                f"Update {number}: ({row}, {col}), now {was}, has "
                f"{plural(len(living), 'living neighbour')}"
                f"{': ' + listing(living) if living else ''}. It {verdict}."
            )
            if number < query["updates"]:
                lines.append(
                    f"Living neighbours of all cells: {_rows(board.neighbours())}. "
                    f"{_changes(board, after)}\nBoard after update {number}: {_rows(after.grid())}."
                )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        # All combinations at three generations: each option has as many that are like it.
        later = range(1, query["updates"] + 1)
        varied = sorted(rng.sample(later, min(_VARIED, len(later))))
        options = []
        for states in product(_NAMES, repeat=len(varied)):
            option = list(solution.value)
            for generation_, name in zip(varied, states, strict=True):
                option[generation_] = name
            options.append(tuple(option))
        return others(options, solution.value)


class StepsToStability(Task[State, Knobs]):
    """After how many updates a region is stable."""

    slug = "steps_to_stability"
    question_id = 4
    description = "Number of updates until a region is stable"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Integer()

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.settling
        return {"settling": rng.integers(low, high + 1)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.with_region(plan.knobs, plan["settling"], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        size = cut_out(state).rows
        return (
            "This is a board of Conway's Game of Life with a framed region of "
            f"{size} x {size} cells. Cut this region out and forget all other cells: the region "
            "is now a small board of its own, and its own edges wrap around, so that its top and "
            "bottom rows are next to each other, and so are its first and last columns. The "
            "neighbours of a cell are the eight cells around it, sideways, above, below and "
            f"diagonally. {_UPDATE}\n"
            "After how many updates does the region first show a pattern that occurs again after "
            "one or more further updates, be it that nothing changes any more or that patterns "
            "repeat in turn? The answer is 0 if that is true of the pattern shown. The same "
            "pattern at another place of the region is a different pattern."
        )

    def solve(self, state: State, query: Query) -> Solution:
        found = course(cut_out(state))
        assert found is not None
        return Solution(found.first, found)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        generations: list[Board] = solution.facts.generations
        first, period = solution.value, solution.facts.period
        lines = [
            "The region is written row by row from the top, 1 for a living cell.",
            f"Generation 0: {_rows(generations[0].grid())}, "
            f"{plural(generations[0].living, 'living cell')}.",
        ]
        for number, (before, after) in enumerate(pairwise(generations), 1):
            born = (after.alive & ~before.alive).bit_count()
            died = (before.alive & ~after.alive).bit_count()
            last = number == len(generations) - 1
            verdict = f"the same as generation {first}" if last else "not seen before"
            lines.append(
                f"Living neighbours: {_rows(before.neighbours())}. "
                f"{plural(born, 'birth')}, {plural(died, 'death')}.\n"
                f"Generation {number}: {_rows(after.grid())}, "
                f"{plural(after.living, 'living cell')}; {verdict}."
            )
        if generations[first].living == 0:
            kind = "the region is empty from then on"
        elif period == 1:
            kind = "nothing changes from then on"
        else:
            kind = f"from then on the patterns repeat every {period} updates"
        earlier = ", and no earlier one does" if first else ""
        lines.append(f"Generation {first} occurs again{earlier}; {kind}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        low, high = plan.knobs.settling
        return others(range(low, high + 1), solution.value)


TASKS: tuple[Task[State, Knobs], ...] = (
    LiveCellCount(),
    LiveCountNext(),
    CellStateSequence(),
    StepsToStability(),
)
