"""Tetris: answers against cell-by-cell falling and full enumeration on the stored board."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

import gameqa
from gameqa.games.tetris import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
TASKS = [task.slug for task in GAME.tasks]
Cell = tuple[int, int]

# As the game's page draws them.
REFERENCE = {
    "I": ["####"],
    "O": ["##", "##"],
    "T": [".#.", "###"],
    "L": ["#.", "#.", "##"],
    "J": [".#", ".#", "##"],
    "S": [".##", "##."],
    "Z": ["##.", ".##"],
}
MOST = {"I": 4, "L": 3, "J": 3, "O": 2, "T": 2, "S": 2, "Z": 2}


def turned(shape: str, quarters: int) -> np.ndarray:
    drawn = np.array([[sign == "#" for sign in row] for row in REFERENCE[shape]])
    return np.rot90(drawn, -quarters)


def orientations(shape: str) -> list[np.ndarray]:
    found: list[np.ndarray] = []
    for quarters in range(4):
        mask = turned(shape, quarters)
        if not any(np.array_equal(mask, other) for other in found):
            found.append(mask)
    return found


class Board:
    """A board from the JSON state, with literal falling."""

    def __init__(self, sample: Sample) -> None:
        self.state: dict[str, Any] = json.loads(sample.state)
        self.query: dict[str, Any] = json.loads(sample.query)
        self.rows, self.cols = self.state["rows"], self.state["cols"]
        self.locked = {
            (r, c) for r, row in enumerate(self.state["locked"]) for c, x in enumerate(row) if x
        }
        active = self.state["active"]
        self.falling = [tuple(cell) for cell in active["cells"]] if active else []
        self.shape = active["shape"] if active else None

    def is_free(self, cell: Cell) -> bool:
        """Whether a piece may be there; above the board everything is free."""
        return cell[0] < self.rows and 0 <= cell[1] < self.cols and cell not in self.locked

    def fall(self, cells: list[Cell]) -> tuple[int, list[Cell]]:
        """Move down one row at a time; return how often, and where it ends."""
        steps = 0
        while all(self.is_free((r + 1, c)) for r, c in cells):
            cells = [(r + 1, c) for r, c in cells]
            steps += 1
        return steps, cells

    def full_rows(self, cells: list[Cell]) -> int:
        taken = self.locked | set(cells)
        return sum(all((r, c) in taken for c in range(self.cols)) for r in {r for r, _ in cells})

    def drops(self) -> Iterator[list[Cell]]:
        """Every straight drop of the falling piece that ends inside the board."""
        for mask in orientations(self.shape):
            for left in range(self.cols - mask.shape[1] + 1):
                start = [(int(r) - 9, int(c) + left) for r, c in np.argwhere(mask)]
                _, end = self.fall(start)
                if min(r for r, _ in end) >= 0:
                    yield end

    def rests(self) -> Iterator[list[Cell]]:
        """Every position inside the board in which the piece cannot move down."""
        for mask in orientations(self.shape):
            for top in range(self.rows - mask.shape[0] + 1):
                for left in range(self.cols - mask.shape[1] + 1):
                    cells = [(int(r) + top, int(c) + left) for r, c in np.argwhere(mask)]
                    if all(map(self.is_free, cells)) and self.fall(cells)[0] == 0:
                        yield cells


def samples(task: str, levels: tuple[str, ...] = LEVELS) -> Iterator[tuple[Sample, Board]]:
    for level in levels:
        for index in range(SAMPLES):
            sample = gameqa.sample(GAME, task=task, plot_level=level, index=index, seed=5)
            yield sample, Board(sample)


def is_share(count: int, total: int, share: float) -> bool:
    return abs(count - share * total) <= 5 * (share * (1 - share) * total) ** 0.5


@pytest.mark.parametrize("task", TASKS)
def test_states_are_tetris_boards(task: str) -> None:
    """Catches full rows, misnamed pieces, overlaps, and pieces that cannot have come from above."""
    for sample, board in samples(task):
        where = sample.data_id
        assert all(not all(row) for row in board.state["locked"]), where
        assert len(board.locked) >= board.cols, where
        assert (board.rows, board.cols) in ((8, 8), (12, 12), (16, 16), (20, 10)), where
        if not board.falling:
            continue
        assert board.falling == sorted(board.falling) and len(set(board.falling)) == 4, where
        mask = np.zeros((board.rows, board.cols), bool)
        mask[tuple(zip(*board.falling, strict=True))] = True
        mask = mask[mask.any(1)][:, mask.any(0)]
        same = [k for k in range(4) if np.array_equal(turned(board.shape, k), mask)]
        assert same and same[0] == board.state["active"]["orientation"], where
        for r, c in board.falling:
            assert all((above, c) not in board.locked for above in range(r + 1)), where
        assert board.fall(board.falling)[0] >= 1 or task == "max_rows_cleared", where


def test_empty_cells_in_row() -> None:
    """Catches cells of the falling piece that are taken for empty, and rows off by one."""
    mixed = crossing = 0
    for sample, board in samples("empty_cells_in_row"):
        text = GAME.describe(GAME.decode(board.state), board.query).splitlines()
        signs = text[2 + board.query["row"]].split()
        assert int(signs[0]) == board.query["row"] and len(signs) == board.cols + 1
        assert sample.answer == str(signs[1:].count(".")), sample.data_id
        mixed += 0 < signs[1:].count(".") < board.cols
        crossing += "@" in signs
    assert mixed >= 0.9 * 3 * SAMPLES
    assert is_share(crossing, 3 * SAMPLES, 0.2 * 0.97)


def test_active_shape() -> None:
    """Catches L taken for J, S for Z, and orientations turned the wrong way."""
    seen = Counter()
    for sample, board in samples("active_shape"):
        right = sample.options["ABCDEFGH".index(sample.answer)]
        seen[right] += 1
        assert sorted(sample.options) == sorted([*REFERENCE, "none"])
        if right == "none":
            assert not board.falling, sample.data_id
            continue
        top, left = (min(cell[axis] for cell in board.falling) for axis in (0, 1))
        moved = {(r - top, c - left) for r, c in board.falling}
        fits = {
            shape
            for shape in REFERENCE
            for mask in orientations(shape)
            if {(int(r), int(c)) for r, c in np.argwhere(mask)} == moved
        }
        assert fits == {right}, sample.data_id
    assert all(is_share(seen[name], 3 * SAMPLES, 1 / 8) for name in (*REFERENCE, "none")), seen


def test_timesteps_until_collision() -> None:
    """Catches falls stopped by the wrong column, sideways contact that counts, blocked shifts."""
    matters = edge = none = 0
    for level in LEVELS:
        values = Counter()
        for sample, board in samples("timesteps_until_collision", (level,)):
            if not board.falling:
                assert sample.answer == "-1", sample.data_id
                none += 1
                continue
            step = {"left": -1, "right": 1}[board.query["side"]]
            moved = [(r, c + step) for r, c in board.falling]
            assert all(map(board.is_free, moved)), sample.data_id
            steps, end = board.fall(moved)
            assert sample.answer == str(steps), sample.data_id
            values[steps] += 1
            matters += board.fall(board.falling)[0] != steps
            low = max(r for r, _ in end)
            edge += all(board.is_free((r + 1, c)) for r, c in end if r == low)
        count = sum(values.values())
        most = min(9, {"easy": 4, "medium": 8, "hard": 9}[level])
        assert set(values) <= set(range(most + 1))
        assert all(is_share(values[t], count, 1 / (most + 1)) for t in range(most + 1)), values
    slack = 5 * (0.25 * 3 * SAMPLES) ** 0.5
    assert matters >= 0.5 * 3 * SAMPLES - slack and edge >= 0.3 * 3 * SAMPLES - slack
    assert is_share(none, 3 * SAMPLES, 0.04)


def test_max_rows_cleared() -> None:
    """Catches drops through overhangs, missed orientations, and readings that differ."""
    values, none = Counter(), 0
    for sample, board in samples("max_rows_cleared"):
        values[int(sample.answer)] += 1
        free = 2 if len(board.state["locked"]) == 8 else 4
        assert all(r >= free for r, _ in board.locked), sample.data_id
        empty = [row.count(0) for row in board.state["locked"]]
        assert any(1 <= count <= 4 for count in empty), sample.data_id
        if not board.falling:
            assert sample.answer == "0", sample.data_id
            none += 1
            continue
        best = max(map(board.full_rows, board.drops()))
        assert sample.answer == str(best), sample.data_id
        assert best == max(map(board.full_rows, board.rests())), sample.data_id
        assert best <= MOST[board.shape], sample.data_id
    for value, share in enumerate((0.2, 0.3, 0.25, 0.15, 0.1)):
        assert is_share(values[value], 3 * SAMPLES, share), values
    assert none <= 0.03 * 3 * SAMPLES + 5 * (0.03 * 3 * SAMPLES) ** 0.5


def test_best_placement_in_the_analysis_is_real() -> None:
    """Catches analyses whose named cells are no drop, or complete fewer rows than claimed."""
    for sample, board in samples("max_rows_cleared"):
        if board.falling and sample.answer != "0":
            text = sample.analysis.split("comes to rest on ")[1].split(" and completes")[0]
            cells = json.loads(f"[{text}]".replace("(", "[").replace(")", "]"))
            named = sorted(map(tuple, cells))
            assert named in [sorted(drop) for drop in board.drops()], sample.data_id
            assert board.full_rows(named) == int(sample.answer), sample.data_id


def test_text_names_no_shape() -> None:
    """Catches a text view that gives the piece's letter or orientation away."""
    sample = gameqa.sample(GAME, task="active_shape", plot_level="easy", modality="text")
    board = sample.question.split("\n\n")[0]
    assert not {"orientation", "shape"} & set(board.split())
    assert set(board.split("edges:\n")[1].split("Key:")[0]) <= set("0123456789.#@ \n")
