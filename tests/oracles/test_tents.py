"""Tents and Trees: answers against literal rules on the text view, puzzles against OR-tools."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import networkx as nx
import pytest
from ortools.sat.python import cp_model

import gameqa
from gameqa.games.tents import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
TASKS = [task.slug for task in GAME.tasks]
SIDES = ((-1, 0), (0, 1), (1, 0), (0, -1))
Cell = tuple[int, int]


class Puzzle:
    """A board read from the text that a text-only model gets, and the stored solution."""

    def __init__(self, sample: Sample) -> None:
        self.state = GAME.decode(json.loads(sample.state))
        self.query: dict[str, Any] = json.loads(sample.query)
        _head, columns, *lines = GAME.describe(self.state, self.query).splitlines()
        self.signs: dict[Cell, str] = {}
        for r, line in enumerate(lines[: self.state.rows]):
            number, *signs = line.split()
            assert int(number) == r and len(signs) == len(columns.split())
            self.signs.update({(r, c): sign for c, sign in enumerate(signs)})
        self.rows, self.cols = (
            [int(count) for count in re.findall(rf"{word} \d+: (\d+)", "\n".join(lines))]
            for word in ("row", "column")
        )
        self.trees = {cell for cell, sign in self.signs.items() if sign == "T"}
        self.tents = {cell for cell, sign in self.signs.items() if sign == "A"}

    def beside(self, cell: Cell) -> set[Cell]:
        return {(cell[0] + r, cell[1] + c) for r, c in SIDES} & set(self.signs)

    def around(self, cell: Cell) -> set[Cell]:
        steps = {(r, c) for r in (-1, 0, 1) for c in (-1, 0, 1)} - {(0, 0)}
        return {(cell[0] + r, cell[1] + c) for r, c in steps} & set(self.signs)

    def is_legal(self, cell: Cell) -> bool:
        return (
            self.signs[cell] == "."
            and any(self.signs[other] == "T" for other in self.beside(cell))
            and not any(self.signs[other] == "A" for other in self.around(cell))
            and sum(r == cell[0] for r, _ in self.tents) < self.rows[cell[0]]
            and sum(c == cell[1] for _, c in self.tents) < self.cols[cell[1]]
        )

    def legal(self) -> set[Cell]:
        return {cell for cell in self.signs if self.is_legal(cell)}

    def solve(self, forbidden: set[Cell]) -> set[Cell] | None:
        """Return a solution other than ``forbidden``, found by OR-tools from what is shown."""
        model = cp_model.CpModel()
        tent = {cell: model.new_bool_var(f"{cell}") for cell in self.signs}
        for cell, sign in self.signs.items():
            if sign != ".":
                model.add(tent[cell] == (sign == "A"))
            for other in self.around(cell):
                model.add_bool_or(~tent[cell], ~tent[other])
        for r, count in enumerate(self.rows):
            model.add(sum(tent[cell] for cell in tent if cell[0] == r) == count)
        for c, count in enumerate(self.cols):
            model.add(sum(tent[cell] for cell in tent if cell[1] == c) == count)
        owns = {
            (tree, cell): model.new_bool_var(f"{tree} {cell}")
            for tree in self.trees
            for cell in self.beside(tree)
        }
        for tree in self.trees:
            model.add_exactly_one(owns[tree, cell] for cell in self.beside(tree))
        for cell in tent:
            model.add(sum(v for (_, at), v in owns.items() if at == cell) == tent[cell])
        model.add_bool_or(~tent[cell] for cell in forbidden)
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return {cell for cell in tent if solver.value(tent[cell])}


def samples(
    task: str, levels: tuple[str, ...] = LEVELS, count: int = SAMPLES
) -> Iterator[tuple[Sample, Puzzle]]:
    for level in levels:
        for index in range(count):
            sample = gameqa.sample(GAME, task=task, plot_level=level, index=index, seed=5)
            yield sample, Puzzle(sample)


def cell_of(text: str) -> Cell:
    row, col = re.findall(r"\d+", text)
    return int(row), int(col)


def chosen(sample: Sample) -> Cell:
    return cell_of(sample.options["ABCDEFGH".index(sample.answer)])


@pytest.mark.parametrize("task", TASKS)
def test_every_board_is_a_puzzle(task: str) -> None:
    """Catches tents without a tree of their own, touching tents and wrong tent numbers."""
    for sample, puzzle in samples(task):
        solution = set(puzzle.state.solution)
        assert puzzle.tents <= solution and not solution & puzzle.trees, sample.data_id
        assert len(solution) == len(puzzle.trees), sample.data_id
        assert not any(solution & puzzle.around(cell) for cell in solution), sample.data_id
        assert puzzle.rows == [sum(r == i for r, _ in solution) for i in range(len(puzzle.rows))]
        assert puzzle.cols == [sum(c == i for _, c in solution) for i in range(len(puzzle.cols))]
        pairs = nx.Graph(
            (("tree", tree), ("tent", tent))
            for tree in puzzle.trees
            for tent in puzzle.beside(tree)
            if tent in solution
        )
        assert nx.is_bipartite(pairs), sample.data_id
        top = {node for node in pairs if node[0] == "tree"}
        matching = nx.bipartite.hopcroft_karp_matching(pairs, top)
        assert sum(node in matching for node in top) == len(puzzle.trees), sample.data_id


def test_the_solution_stays_hidden() -> None:
    """Catches a text, picture or answer that changes with another solution of the same board."""
    other_solutions = 0
    for task in TASKS:
        for sample, puzzle in samples(task, count=max(3, SAMPLES // 8)):
            found = puzzle.solve(forbidden=set(puzzle.state.solution))
            if found is None:
                continue
            other_solutions += 1
            other = replace(puzzle.state, solution=tuple(sorted(found)))
            query = puzzle.query
            assert GAME.describe(other, query) == GAME.describe(puzzle.state, query)
            assert GAME.split_key(other) == GAME.split_key(puzzle.state), sample.data_id
            answers = [GAME.task(task).solve(s, query).value for s in (other, puzzle.state)]
            assert answers[0] == answers[1], sample.data_id
    assert other_solutions > 0


def test_tents_in_row() -> None:
    """Catches counting trees, missing tents, or a column in place of a row."""
    bare = total = 0
    for sample, puzzle in samples("tents_in_row"):
        row = puzzle.query["row"]
        signs = [sign for (r, _), sign in puzzle.signs.items() if r == row]
        assert int(sample.answer) == signs.count("A"), sample.data_id
        bare += set(signs) == {"."}
        total += 1
    assert bare / total < 0.1


def test_missing_in_column() -> None:
    """Catches rows and columns mixed up, on boards that are not square above all."""
    for sample, puzzle in samples("missing_in_column"):
        column = puzzle.query["column"]
        placed = sum(c == column for _, c in puzzle.tents)
        assert int(sample.answer) == puzzle.cols[column] - placed >= 0, sample.data_id


def test_missing_in_grid() -> None:
    """Catches a total that does not follow from the tent numbers or the trees."""
    for sample, puzzle in samples("missing_in_grid"):
        assert int(sample.answer) == sum(puzzle.rows) - len(puzzle.tents), sample.data_id
        assert int(sample.answer) == len(puzzle.trees) - len(puzzle.tents), sample.data_id


def test_candidate_cell_count() -> None:
    """Catches shared cells counted twice, trees counted, and tents left out."""
    for sample, puzzle in samples("candidate_cell_count"):
        cells = [c for c, s in puzzle.signs.items() if s != "T" and puzzle.beside(c) & puzzle.trees]
        assert int(sample.answer) == len(cells), sample.data_id


def test_legal_cell_count() -> None:
    """Catches a condition left out; missing tents of the solution are all legal."""
    for sample, puzzle in samples("legal_cell_count"):
        legal = puzzle.legal()
        assert int(sample.answer) == len(legal), sample.data_id
        assert set(puzzle.state.solution) - puzzle.tents <= legal, sample.data_id


def test_which_cell_has_tree() -> None:
    """Catches a second tree among the options, and options outside of the board."""
    for sample, puzzle in samples("which_cell_has_tree"):
        cells = [cell_of(option) for option in sample.options]
        assert len(set(cells)) == 8 and set(cells) <= set(puzzle.signs), sample.data_id
        assert [cell for cell in cells if cell in puzzle.trees] == [chosen(sample)], sample.data_id


def test_which_cell_accepts_tent() -> None:
    """Catches a second legal option; also that any legal cell may be asked for."""
    beyond = 0
    for sample, puzzle in samples("which_cell_accepts_tent"):
        cells = [cell_of(option) for option in sample.options]
        assert len(set(cells)) == 8 and set(cells) <= set(puzzle.signs), sample.data_id
        assert [cell for cell in cells if puzzle.is_legal(cell)] == [chosen(sample)], sample.data_id
        beyond += chosen(sample) not in puzzle.state.solution
    assert beyond > 0


@pytest.mark.parametrize("task", ["which_cell_has_tree", "which_cell_accepts_tent"])
def test_open_answers(task: str) -> None:
    """Catches right cells that are not accepted without options, and wrong ones that are."""
    for level in LEVELS:
        for index in range(max(5, SAMPLES // 4)):
            sample = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=6, answer_format="open"
            )
            puzzle = Puzzle(sample)
            right = puzzle.trees if task == "which_cell_has_tree" else puzzle.legal()
            accepted = {
                cell
                for cell in puzzle.signs
                if GAME.task(task).accepts(puzzle.state, puzzle.query, cell)
            }
            assert accepted == right and cell_of(sample.answer) in right, sample.data_id


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("task", [t.slug for t in GAME.tasks if t.kind.name == "integer"])
def test_no_answer_dominates(task: str, level: str) -> None:
    """Catches a lost balance: the best constant answer must stay below 40% (with some slack)."""
    count = max(SAMPLES, 150)
    answers = Counter(sample.answer for sample, _ in samples(task, (level,), count))
    limit = 0.35 if task == "legal_cell_count" else 0.47
    assert answers.most_common(1)[0][1] / count < limit, answers
