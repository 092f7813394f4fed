"""Colour Sudoku's answers against a SAT solver and literal rules on colour names."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from itertools import combinations
from typing import Any

import pytest
from pysat.solvers import Cadical153

import gameqa
from gameqa.games.sudoku import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
TASKS = [task.slug for task in GAME.tasks]


class Grid:
    """A row's board: names of colours by 1-based (row, column), empty cells left out."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.size, self.high, self.wide = state["size"], *state["box"]
        self.colors = state["colors"]
        self.shown = self.named(state["grid"])
        self.solution = self.named(state["solution"])
        span = range(1, self.size + 1)
        self.cells = [(r, c) for r in span for c in span]

    def named(self, grid: list[list[int]]) -> dict[tuple[int, int], str]:
        return {
            (r, c): self.colors[value - 1]
            for r, row in enumerate(grid, 1)
            for c, value in enumerate(row, 1)
            if value
        }

    def box(self, cell: tuple[int, int]) -> tuple[int, int]:
        return (cell[0] - 1) // self.high, (cell[1] - 1) // self.wide

    def together(self, a: tuple[int, int], b: tuple[int, int]) -> bool:
        return a != b and (a[0] == b[0] or a[1] == b[1] or self.box(a) == self.box(b))

    def candidates(self, cell: tuple[int, int], shown: dict[Any, str]) -> set[str]:
        gone = {shown[other] for other in shown if self.together(cell, other)}
        return set(self.colors) - gone

    def candidates_after(self, cell: tuple[int, int], *filled: tuple[int, int]) -> set[str]:
        """Return a cell's candidates once other cells have their colours of the solution."""
        return self.candidates(cell, {**self.shown, **{f: self.solution[f] for f in filled}})

    def solutions(self, limit: int = 2) -> list[dict[tuple[int, int], str]]:
        """Return up to ``limit`` finished grids, found by a SAT solver."""
        number = {
            (cell, color): i
            for i, (cell, color) in enumerate(
                ((cell, color) for cell in self.cells for color in self.colors), 1
            )
        }
        with Cadical153() as solver:
            for cell in self.cells:
                solver.add_clause([number[cell, color] for color in self.colors])
                for a, b in combinations(self.colors, 2):
                    solver.add_clause([-number[cell, a], -number[cell, b]])
            for a, b in combinations(self.cells, 2):
                if self.together(a, b):
                    for color in self.colors:
                        solver.add_clause([-number[a, color], -number[b, color]])
            for cell, color in self.shown.items():
                solver.add_clause([number[cell, color]])
            found = []
            while len(found) < limit and solver.solve():
                true = {literal for literal in solver.get_model() or () if literal > 0}
                grid = {cell: color for (cell, color), i in number.items() if i in true}
                found.append(grid)
                solver.add_clause([-number[item] for item in grid.items()])
            return found


def samples(
    task: str, levels: tuple[str, ...] = LEVELS, count: int = SAMPLES
) -> Iterator[tuple[Sample, Grid, dict[str, Any]]]:
    for level in levels:
        for index in range(count):
            sample = gameqa.sample(GAME, task=task, plot_level=level, index=index, seed=5)
            yield sample, Grid(json.loads(sample.state)), json.loads(sample.query)


def answer(sample: Sample) -> str:
    """Return an answer's text, whether it has a letter or not."""
    letters = "ABCDEFGHIJ"
    return sample.options[letters.index(sample.answer)] if sample.options else sample.answer


@pytest.mark.parametrize("task", TASKS)
def test_every_puzzle_has_exactly_the_stored_solution(task: str) -> None:
    """Catches digging that leaves a second solution, and a stored solution that is none."""
    for sample, grid, _ in samples(task):
        assert grid.solutions() == [grid.solution], sample.data_id


def test_color_at() -> None:
    """Catches swapped or 0-based coordinates, and questions about empty cells."""
    for sample, grid, query in samples("color_at"):
        assert answer(sample) == grid.shown[tuple(query["cell"])], sample.data_id


def test_count_color() -> None:
    """Catches a wrong colour, legend order or count."""
    for sample, grid, query in samples("count_color"):
        assert int(sample.answer) == list(grid.shown.values()).count(query["color"]), sample.data_id


def test_count_candidates() -> None:
    """Catches candidates that miss a row, column or box, and look-ahead."""
    for sample, grid, query in samples("count_candidates"):
        cell = tuple(query["cell"])
        assert cell not in grid.shown, sample.data_id
        assert int(sample.answer) == len(grid.candidates(cell, grid.shown)) > 0, sample.data_id


def test_count_lines_by_empties() -> None:
    """Catches wrong lines, boxes above all, and "at least" in place of "more than"."""
    for sample, grid, query in samples("count_lines_by_empties"):
        line = {"row": lambda c: c[0], "column": lambda c: c[1], "box": grid.box}[query["lines"]]
        empty = Counter(line(cell) for cell in grid.cells if cell not in grid.shown)
        expected = sum(count > query["more_than"] for count in empty.values())
        assert int(sample.answer) == expected, sample.data_id


def test_deduce_color() -> None:
    """Catches cells that are not forced in turn, needless steps, and a wrong colour."""
    for sample, grid, query in samples("deduce_color"):
        first, second, last = (tuple(query[key]) for key in ("first", "second", "cell"))
        left = grid.candidates_after
        assert len({first, second, last} - set(grid.shown)) == 3, sample.data_id
        assert left(first) == {grid.solution[first]}, sample.data_id
        assert left(second, first) == {grid.solution[second]}, sample.data_id
        assert left(last, first, second) == {answer(sample)}, sample.data_id
        assert answer(sample) == grid.solution[last], sample.data_id
        # Both steps are needed.
        assert len(left(last)) > 1 and len(left(last, first)) > 1, sample.data_id
        assert len(left(second)) > 1 or len(left(last, second)) > 1, sample.data_id


def test_worked_example() -> None:
    """Catches a solver or explanation that disagrees with the page's chain."""
    state = GAME.decode(
        {
            "size": 4,
            "box": [2, 2],
            "colors": ["red", "green", "blue", "yellow"],
            "grid": [[1, 4, 3, 0], [2, 0, 0, 0], [4, 0, 2, 0], [0, 0, 4, 0]],
            "solution": [[1, 4, 3, 2], [2, 3, 1, 4], [4, 1, 2, 3], [3, 2, 4, 1]],
        }
    )
    task = GAME.task("deduce_color")
    query = {"first": [4, 1], "second": [3, 2], "cell": [4, 2]}
    solution = task.solve(state, query)
    assert solution.value == "green"
    told = task.explain(state, query, solution, ())
    assert "only blue is left for (4, 1)" in told and "only red is left for (3, 2)" in told
    assert "At first (4, 2) could be red, green or blue." in told


def test_six_by_six() -> None:
    """Catches code that takes boxes for square: 6 x 6 grids have boxes of 2 rows, 3 columns."""
    from gameqa.games.sudoku.generation import Knobs, chain_states, plain_states
    from gameqa.rng import Rng

    knobs = Knobs(box=(2, 3), empty=(10, 16), candidates=4)
    for number in range(10):
        for states in (plain_states, chain_states):
            state = next(states(knobs, Rng("six", number), "red"), None)
            if state is not None:
                grid = Grid(GAME.encode(state))
                assert grid.solutions() == [grid.solution]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("task", ["count_color", "count_candidates", "count_lines_by_empties"])
def test_no_answer_dominates(task: str, level: str) -> None:
    """Catches a lost balance: the best constant answer must stay below 40% (35% as drawn)."""
    count = max(SAMPLES, 150)
    answers = Counter(answer(sample) for sample, _, _ in samples(task, (level,), count))
    assert answers.most_common(1)[0][1] / count < 0.45
    if task == "count_color":
        assert answers["0"] / count < 0.1
    if task == "count_lines_by_empties":
        size = 4 if level == "easy" else 9
        assert (answers["0"] + answers[str(size)]) / count < 0.23


def test_one_glance_is_rare() -> None:
    """Catches cells that are alone in their row, column or box in more than a quarter."""
    alone = total = 0
    for _, grid, query in samples("count_candidates", count=max(SAMPLES, 60)):
        cell = tuple(query["cell"])
        empty = [other for other in grid.cells if other not in grid.shown and other != cell]
        kinds = (
            any(other[0] == cell[0] for other in empty),
            any(other[1] == cell[1] for other in empty),
            any(grid.box(other) == grid.box(cell) for other in empty),
        )
        alone += not all(kinds)
        total += 1
    assert alone / total < 0.25
