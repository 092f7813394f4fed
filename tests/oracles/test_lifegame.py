"""Life: answers against SciPy's convolution with wrapped edges, and the shares."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest
from scipy.signal import convolve2d

import gameqa
from gameqa.games.lifegame import GAME
from gameqa.games.lifegame.generation import _table
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
FORMS = ("choice", "open")
KERNEL = np.array([[1, 1, 1], [1, 0, 1], [1, 1, 1]])


def update(board: np.ndarray) -> np.ndarray:
    near = convolve2d(board, KERNEL, mode="same", boundary="wrap")
    return ((near == 3) | ((board == 1) & (near == 2))).astype(int)


def settles(board: np.ndarray) -> int:
    """Return the first generation whose pattern occurs again, found by a long run."""
    seen: dict[bytes, int] = {}
    number = 0
    while board.tobytes() not in seen:
        seen[board.tobytes()] = number
        board = update(board)
        number += 1
    return seen[board.tobytes()]


def samples(
    task: str, form: str = "choice", count: int = SAMPLES, levels: tuple[str, ...] = LEVELS
) -> Iterator[tuple[Sample, np.ndarray, dict[str, Any], dict[str, Any]]]:
    for level in levels:
        for index in range(count):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            state = json.loads(made.state)
            yield made, np.array(state["grid"]), state, json.loads(made.query)


def answer(sample: Sample) -> str:
    return sample.options["ABCDEFGH".index(sample.answer)] if sample.options else sample.answer


def cut(board: np.ndarray, region: dict[str, int]) -> np.ndarray:
    row, col, size = region["row"], region["col"], region["size"]
    assert min(row, col) >= 0 and row + size <= len(board) and col + size <= board.shape[1]
    return board[row : row + size, col : col + size].copy()


@pytest.mark.parametrize("form", FORMS)
def test_counts(form: str) -> None:
    """Catches a wrong count now, and a wrong rule, wrapping or neighbourhood after an update."""
    for sample, board, _, _ in samples("live_cell_count", form):
        assert answer(sample) == str(board.sum()), sample.data_id
    for sample, board, _, _ in samples("live_count_next", form):
        assert answer(sample) == str(update(board).sum()), sample.data_id


@pytest.mark.parametrize("form", FORMS)
def test_sequences(form: str) -> None:
    """Catches the wrong cell, a generation too many or too few, and a wrong later board."""
    for sample, board, _, query in samples("cell_state_sequence", form):
        row, col = query["cell"]
        told = []
        for _ in range(query["updates"] + 1):
            told.append(("dead", "alive")[board[row, col]])
            board = update(board)
        assert answer(sample) == ", ".join(told), sample.data_id
        if form == "choice":
            assert {option.split(", ")[0] for option in sample.options} == {told[0]}
            assert len(sample.options) == 8, sample.data_id


@pytest.mark.parametrize("form", FORMS)
def test_stability(form: str) -> None:
    """Catches regions run inside the whole board, and off-by-one or shifted recurrence."""
    for sample, board, state, _ in samples("steps_to_stability", form):
        region = cut(board, state["region"])
        assert answer(sample) == str(settles(region)), sample.data_id
        assert region.sum() >= 3 and len(region) >= 4, sample.data_id


def test_analyses_tell_the_boards() -> None:
    """Catches an analysis that shows a wrong board or wrong neighbour counts."""

    def rows(board: np.ndarray) -> str:
        return " / ".join("".join(map(str, line)) for line in board)

    for sample, board, state, _ in samples("steps_to_stability", count=SAMPLES // 4 + 1):
        board = cut(board, state["region"])
        for shown in re.findall(r"Generation \d+: ([01 /]+),", sample.analysis):
            assert shown == rows(board), sample.data_id
            near = convolve2d(board, KERNEL, mode="same", boundary="wrap")
            board = update(board)
            last = "neighbours" not in sample.analysis.split(shown)[-1]
            assert last or rows(near) in sample.analysis, sample.data_id
    for sample, board, _, query in samples("cell_state_sequence", count=SAMPLES // 4 + 1):
        for number in range(1, query["updates"]):
            board = update(board)
            assert f"Board after update {number}: {rows(board)}." in sample.analysis


def test_shares() -> None:
    """Catches answers that are not uniform, boards that stand still, and useless wrapping."""
    for level in LEVELS:
        knobs = next(k for name, k in GAME.levels.items() if name.value.lower() == level)
        total = 8 * SAMPLES
        settled: Counter[int] = Counter()
        for sample, _, _, _ in samples("steps_to_stability", count=total, levels=(level,)):
            settled[int(answer(sample))] += 1
        low, high = knobs.settling
        share = total / (high - low + 1)
        assert set(settled) <= set(range(low, high + 1))
        assert all(abs(n - share) < 5 * share**0.5 for n in settled.values()), settled
        paths: Counter[str] = Counter()
        for sample, _, _, _ in samples("cell_state_sequence", count=total, levels=(level,)):
            paths[answer(sample)] += 1
        share = total / 2 ** (knobs.updates + 1)
        assert all(abs(n - share) < 5 * share**0.5 + 1 for n in paths.values()), paths
        equal = still = flat = 0
        for _, board, _, _ in samples("live_count_next", count=total, levels=(level,)):
            equal += update(board).sum() == board.sum()
            still += (update(board) == board).all()
            edge = board[0].sum() + board[-1].sum() + board[:, 0].sum() + board[:, -1].sum()
            flat += edge == 0
        assert equal <= 0.2 * total and still <= 0.03 * total + 3 and flat <= total / 3


def test_table_of_small_regions() -> None:
    """Catches a table whose classes differ in size from those on the page, or are misplaced."""
    table = _table()
    assert [len(table[settling]) for settling in (0, 1, 6)] == [476, 11771, 2816]
    for settling, patterns in enumerate(table):
        for pattern in patterns[:: max(1, len(patterns) // SAMPLES)]:
            board = np.array([pattern >> bit & 1 for bit in range(16)]).reshape(4, 4)
            assert settles(board) == settling, pattern


@pytest.mark.parametrize("count", range(4))
def test_frame_is_in_the_text(count: int) -> None:
    """Catches a text view whose region is not the state's."""
    sample = gameqa.sample(GAME, task="steps_to_stability", index=count, modality="text")
    region = json.loads(sample.state)["region"]
    found = re.search(r"rows (\d+) to (\d+) and columns (\d+) to (\d+)", sample.question)
    assert found is not None
    r0, r1, c0, c1 = map(int, found.groups())
    assert (r0, c0, r1 - r0 + 1) == (region["row"], region["col"], region["size"])
    assert c1 - c0 == r1 - r0
