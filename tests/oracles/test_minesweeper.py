"""Minesweeper's answers against OR-tools, from what the text view shows and nothing else."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cached_property
from typing import Any

import pytest
from ortools.sat.python import cp_model

import gameqa
from gameqa.games.minesweeper import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
TASKS = [task.slug for task in GAME.tasks]
Cell = tuple[int, int]


class Board:
    """A board read from the text that a text-only model gets."""

    def __init__(self, sample: Sample) -> None:
        self.state = GAME.decode(json.loads(sample.state))
        self.query: dict[str, Any] = json.loads(sample.query)
        head, _, _, *lines = GAME.describe(self.state, self.query).splitlines()
        self.rows, self.cols, self.mines = map(int, re.findall(r"\d+", head))
        self.signs: dict[Cell, str] = {}
        for r, line in enumerate(lines[: self.rows]):
            number, *signs = line.split()
            assert int(number) == r and len(signs) == self.cols
            self.signs.update({(r, c): sign for c, sign in enumerate(signs)})

    def near(self, cell: Cell) -> list[Cell]:
        r, c = cell
        around = [(r + i, c + j) for i in (-1, 0, 1) for j in (-1, 0, 1) if i or j]
        return [other for other in around if other in self.signs]

    def number(self, cell: Cell) -> int:
        """Return the number that a revealed cell shows."""
        return 0 if self.signs[cell] == "_" else int(self.signs[cell])

    @cached_property
    def revealed(self) -> list[Cell]:
        return [cell for cell, sign in self.signs.items() if sign not in ".F"]

    @cached_property
    def layouts(self) -> tuple[cp_model.CpModel, dict[Cell, cp_model.IntVar]]:
        """A model whose solutions are the consistent layouts."""
        model = cp_model.CpModel()
        mine = {cell: model.new_bool_var(f"{cell}") for cell in self.signs}
        for cell, sign in self.signs.items():
            if sign != ".":
                model.add(mine[cell] == (sign == "F"))
        for cell in self.revealed:
            model.add(sum(mine[other] for other in self.near(cell)) == self.number(cell))
        model.add(sum(mine.values()) == self.mines)
        return model, mine

    def range(self, cells: list[Cell], given: dict[Cell, bool] | None = None) -> tuple[int, int]:
        """Return the least and greatest number of mines in some cells over all layouts."""
        found = []
        for direction in (1, -1):
            model = self.layouts[0].clone()
            mine = {
                c: model.get_bool_var_from_proto_index(v.index) for c, v in self.layouts[1].items()
            }
            for cell, is_mine in (given or {}).items():
                model.add(mine[cell] == is_mine)
            model.minimize(direction * sum(mine[cell] for cell in cells))
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            assert solver.solve(model) == cp_model.OPTIMAL
            found.append(direction * round(solver.objective_value))
        return found[0], found[1]

    def status(self, cell: Cell) -> str:
        return {(1, 1): "mine", (0, 0): "safe", (0, 1): "open"}[self.range([cell])]

    def outcome(self, cell: Cell) -> str | None:
        """Return what is certain when a hidden cell is revealed; None for an uncertain number."""
        status = self.status(cell)
        if status != "safe":
            return {"mine": "mine", "open": "undecided"}[status]
        low, high = self.range(self.near(cell))
        return None if low != high else str(low) if low else "empty"

    def action(self, cell: Cell) -> str:
        if self.signs[cell] == "F":
            return "flagged"
        if self.signs[cell] == ".":
            return {"mine": "flag", "safe": "reveal", "open": "leave"}[self.status(cell)]
        return "study" if any(self.signs[other] == "." for other in self.near(cell)) else "nothing"


def samples(
    task: str, levels: tuple[str, ...] = LEVELS, count: int = SAMPLES, form: str = "choice"
) -> Iterator[tuple[Sample, Board]]:
    for level in levels:
        for index in range(count):
            sample = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            yield sample, Board(sample)


def word(sample: Sample, board: Board) -> str:
    """Return the word behind a sample's answer."""
    if not sample.options:
        return sample.answer
    shown = sample.options["ABCDEF".index(sample.answer)]
    statements = GAME.task(sample.task).statements(board.query)  # type: ignore[attr-defined]
    return next(word for word, statement in statements.items() if statement == shown)


@pytest.mark.parametrize("task", TASKS)
def test_boards_come_from_play(task: str) -> None:
    """Catches wrong numbers or flags, unfinished floods, and boards that are won or untouched."""
    for sample, board in samples(task):
        mines = set(board.state.mine_cells)
        assert len(mines) == board.mines, sample.data_id
        for cell, sign in board.signs.items():
            if sign == "F":
                assert cell in mines, sample.data_id
            elif sign != ".":
                assert cell not in mines, sample.data_id
                assert board.number(cell) == len(mines & set(board.near(cell))), sample.data_id
            if sign == "_":
                assert all(board.signs[other] not in ".F" for other in board.near(cell))
        covered = len(board.signs) - len(board.revealed)
        assert covered > board.mines and covered >= 3 and len(board.revealed) >= 4, sample.data_id
        assert "." in board.signs.values(), sample.data_id


def test_hidden_mines_stay_hidden() -> None:
    """Catches a text, split or answer that changes with another consistent layout."""
    others = 0
    for task in TASKS:
        for sample, board in samples(task, count=max(3, SAMPLES // 8)):
            model, mine = board.layouts
            model = model.clone()
            truth = [
                model.get_bool_var_from_proto_index(mine[c].index) for c in board.state.mine_cells
            ]
            model.add_bool_or(~variable for variable in truth)
            solver = cp_model.CpSolver()
            solver.parameters.num_workers = 1
            if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
                continue
            others += 1
            cells = tuple(sorted(cell for cell, v in mine.items() if solver.value(v)))
            other = replace(board.state, mine_cells=cells)
            for state in (board.state, other):
                assert GAME.describe(state, board.query) == GAME.describe(board.state, board.query)
                assert GAME.split_key(state) == GAME.split_key(board.state), sample.data_id
            values = [GAME.task(task).solve(s, board.query).value for s in (board.state, other)]
            assert values[0] == values[1], sample.data_id
    assert others > 0


def test_counts() -> None:
    """Catches flags counted as revealed, blank cells left out, and the number of mines ignored."""
    for task in ("count_flags", "mines_left", "count_revealed"):
        for sample, board in samples(task):
            flags = list(board.signs.values()).count("F")
            expected = {
                "count_flags": flags,
                "mines_left": board.mines - flags,
                "count_revealed": len(board.revealed),
            }
            assert int(sample.answer) == expected[task], sample.data_id
            assert re.search(r"\d", sample.question) is None, "a number stands in the question"


@pytest.mark.parametrize("form", ["choice", "open"])
def test_cell_state(form: str) -> None:
    """Catches swapped coordinates and confused states."""
    names = {".": "hidden", "F": "flagged", "_": "blank"}
    for sample, board in samples("cell_state", form=form):
        sign = board.signs[tuple(board.query["cell"])]
        assert word(sample, board) == names.get(sign, "number"), sample.data_id


@pytest.mark.parametrize("form", ["choice", "open"])
def test_reveal_outcome(form: str) -> None:
    """Catches answers from the hidden mines, missed deductions, and uncertain numbers."""
    for sample, board in samples("reveal_outcome", form=form):
        cell = tuple(board.query["cell"])
        assert board.signs[cell] == ".", sample.data_id
        assert word(sample, board) == board.outcome(cell), sample.data_id
        numbers = board.query.get("numbers", [])
        assert 0 not in numbers and len(set(numbers)) == len(numbers), sample.data_id
        assert all(number <= len(board.near(cell)) for number in numbers), sample.data_id


@pytest.mark.parametrize("form", ["choice", "open"])
def test_best_action(form: str) -> None:
    """Catches flags and reveals that logic does not justify, and numbers with nothing to study."""
    for sample, board in samples("best_action", form=form):
        cell = tuple(board.query["cell"])
        assert word(sample, board) == board.action(cell), sample.data_id


def test_deductions_are_true() -> None:
    """Catches a proof that calls an open cell safe or a mine, or one that uses a hidden mine."""
    cells = r"(\(\d+, \d+\)(?:(?:, | and )\(\d+, \d+\))*)"
    claims = (
        (re.compile(cells + r",? (?:is|are) safe\.$"), (0, 0)),
        (re.compile(r"only " + cells + r" can hold (?:it|them): (?:a mine|mines)\.$"), (1, 1)),
        (re.compile(cells + r", must (?:all )?be (?:a mine|mines)\.$"), (1, 1)),
    )
    checked: Counter[tuple[int, int]] = Counter()
    for task in ("reveal_outcome", "best_action"):
        for sample, board in samples(task, count=max(5, SAMPLES // 2)):
            for line in sample.analysis.splitlines():
                if line.startswith("  "):
                    continue  # follows from a supposition only
                for pattern, expected in claims:
                    found = pattern.search(line)
                    for r, c in re.findall(r"\((\d+), (\d+)\)", found[1] if found else ""):
                        assert board.range([(int(r), int(c))]) == expected, sample.data_id
                        checked[expected] += 1
    assert min(checked[0, 0], checked[1, 1]) > 10, checked


def test_layouts_shown_fit() -> None:
    """Catches example layouts that break a number, a flag or the number of mines."""
    shown = 0
    for sample, board in samples("best_action", count=max(60, SAMPLES)):
        if word(sample, board) != "leave":
            continue
        cell = tuple(board.query["cell"])
        for line in re.findall(r"^\d\. .*", sample.analysis, re.MULTILINE):
            listed = re.search(r"mines? are at (.*?)\. Check", line)
            assert listed, line
            mines = {(int(r), int(c)) for r, c in re.findall(r"\((\d+), (\d+)\)", listed[1])}
            assert len(mines) == board.mines and not mines & set(board.revealed), sample.data_id
            assert {c for c, sign in board.signs.items() if sign == "F"} <= mines, sample.data_id
            assert all(len(mines & set(board.near(c))) == board.number(c) for c in board.revealed)
            assert (cell in mines) == line[3:].startswith("A mine"), sample.data_id
            shown += 1
    assert shown > 0


@pytest.mark.parametrize("level", LEVELS)
def test_shares(level: str) -> None:
    """Catches lost shares: classes of answers, frontier cells, and answers that dominate."""
    count = max(SAMPLES, 200)
    for task, share in (("cell_state", 1 / 4), ("best_action", 1 / 6), ("reveal_outcome", 0.21)):
        words: Counter[str] = Counter()
        frontier = total = 0
        for sample, board in samples(task, (level,), count):
            answer = word(sample, board)
            if answer.isdigit():
                answer = ("first", "second")[board.query["numbers"].index(int(answer))]
            words[answer] += 1
            if answer in ("undecided", "leave"):
                cell = tuple(board.query["cell"])
                frontier += any(board.signs[other] not in ".F" for other in board.near(cell))
                total += 1
        slack = 4.5 * (share * (1 - share) / count) ** 0.5
        assert all(abs(n / count - share) < slack + 0.05 for n in words.values()), words
        assert not total or frontier / total > 0.6, (task, frontier, total)
    for task in ("count_flags", "mines_left", "count_revealed"):
        answers = Counter(sample.answer for sample, _ in samples(task, (level,), count))
        assert answers.most_common(1)[0][1] / count < 0.45, answers


def test_worked_example() -> None:
    """Catches a change of the rules: a 1 in the corner with one covered neighbour is decided."""
    state = GAME.decode(
        {
            "rows": 4,
            "cols": 4,
            "mines": 2,
            "revealed": [[-1, 1, 1, 1], [1, 1, 1, -1], [0, 0, 1, 1], [0, 0, 0, 0]],
            "flags": [],
            "mine_cells": [[0, 0], [1, 3]],
        }
    )
    task = GAME.task("best_action")
    assert task.solve(state, {"cell": [0, 0]}).value == "flag"
    assert task.solve(state, {"cell": [2, 0]}).value == "nothing"
    assert task.solve(state, {"cell": [0, 1]}).value == "study"
