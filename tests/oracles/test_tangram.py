"""Tangram: answers against NumPy on what is drawn, placements against full enumeration."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import networkx as nx
import numpy as np
import pytest

import gameqa
from gameqa.drawing import NAMED, STYLES, cielab_distance, resolve
from gameqa.games.tangram import GAME
from gameqa.rng import Rng
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
TASKS = [task.slug for task in GAME.tasks]
ANGLE_SETS = ["none", "0", "90", "180", "270", "0, 180", "90, 270", "0, 90, 180, 270"]


class Seen:
    """What the picture shows: board, hole and the shapes in the tray, as arrays."""

    def __init__(self, sample: Sample) -> None:
        self.state: dict[str, Any] = json.loads(sample.state)
        self.query: dict[str, Any] = json.loads(sample.query)
        self.board = np.array(self.state["board"])
        self.hole = self.board == 0
        self.tray = {p["label"]: np.array(p["mask"], bool) for p in self.state["tray"]}


def samples(task: str, levels: tuple[str, ...] = LEVELS) -> Iterator[tuple[Sample, Seen]]:
    for level in levels:
        for index in range(SAMPLES):
            sample = gameqa.sample(GAME, task=task, plot_level=level, index=index, seed=5)
            yield sample, Seen(sample)


def chosen(sample: Sample) -> str:
    return sample.options["ABCDEFGH".index(sample.answer)]


def slid(mask: np.ndarray, size: int) -> Iterator[tuple[int, int, np.ndarray]]:
    """Every position of a shape on an empty board."""
    high, wide = mask.shape
    for r in range(size - high + 1):
        for c in range(size - wide + 1):
            placed = np.zeros((size, size), bool)
            placed[r : r + high, c : c + wide] = mask
            yield r, c, placed


@pytest.mark.parametrize("task", TASKS)
def test_states_are_boards_cut_into_connected_pieces(task: str) -> None:
    """Catches pieces that overlap, fall apart, are tiny or share a colour with a neighbour."""
    for sample, seen in samples(task):
        size, pieces = seen.state["size"], seen.state["pieces"]
        whole = np.zeros((size, size), int)
        colors = {}
        for piece in pieces:
            colors[piece["label"]] = piece["color"]
            cells = [tuple(cell) for cell in piece["cells"]]
            assert len(cells) >= 3 and cells == sorted(cells), sample.data_id
            part = nx.grid_2d_graph(size, size).subgraph(cells)
            assert len(part) == len(cells) and nx.is_connected(part), sample.data_id
            for cell in cells:
                assert whole[cell] == 0, sample.data_id
                whole[cell] = piece["label"]
        assert whole.all(), sample.data_id
        for one, other in ((whole[1:], whole[:-1]), (whole[:, 1:], whole[:, :-1])):
            for a, b in zip(one.ravel(), other.ravel(), strict=True):
                assert a == b or colors[a] != colors[b], sample.data_id
        gone = np.isin(whole, seen.state["removed"])
        assert (np.where(gone, 0, whole) == seen.board).all(), sample.data_id
        assert len(set(seen.board.ravel()) - {0}) >= 1, sample.data_id
        assert list(seen.tray) == seen.state["removed"], sample.data_id
        for entry in seen.state["tray"]:
            home = whole == entry["label"]
            home = home[home.any(1)][:, home.any(0)]
            if entry["mirrored"]:
                home = home[:, ::-1]
            drawn = np.rot90(home, -entry["rotation_cw"] // 90)
            assert (drawn == seen.tray[entry["label"]]).all(), sample.data_id
            assert task == "piece_rotation" or (not entry["mirrored"] and not entry["rotation_cw"])


def test_piece_count() -> None:
    """Catches a removed piece that is counted, and a piece on the board that is not."""
    answers = Counter()
    for sample, seen in samples("piece_count"):
        count = len(np.unique(seen.board[~seen.hole]))
        assert chosen(sample) == str(count), sample.data_id
        assert 1 <= len(seen.tray) <= 4 and count >= 2, sample.data_id
        values = sorted(map(int, sample.options))
        assert values == list(range(values[0], values[0] + 4)), sample.data_id
        answers[values.index(count)] += 1
    assert max(answers.values()) < 0.25 * 3 * SAMPLES + 5 * (0.5625 * SAMPLES) ** 0.5


def test_piece_rotation() -> None:
    """Catches a wrong direction of turning, flips taken for turns, and missed symmetries."""
    classes = Counter()
    for sample, seen in samples("piece_rotation"):
        (mask,) = seen.tray.values()
        size = len(seen.board)
        fits = [
            str(angle)
            for angle in (0, 90, 180, 270)
            if any(
                (placed == seen.hole).all()
                for _, _, placed in slid(np.rot90(mask, -angle // 90), size)
            )
            if max(mask.shape) <= size
        ]
        assert chosen(sample) == (", ".join(fits) or "none"), sample.data_id
        assert sorted(sample.options) == sorted(ANGLE_SETS) and mask.sum() >= 4, sample.data_id
        classes[chosen(sample)] += 1
    expected = 3 * SAMPLES / 8
    for value in ANGLE_SETS:
        assert abs(classes[value] - expected) < 5 * expected**0.5, classes


def test_piece_area() -> None:
    """Catches areas of bounding boxes, and pieces looked for in the wrong place."""
    in_tray = 0
    for sample, seen in samples("piece_area"):
        label = seen.query["label"]
        area = seen.tray[label].sum() if label in seen.tray else (seen.board == label).sum()
        assert chosen(sample) == str(area), sample.data_id
        in_tray += label in seen.tray
    assert abs(in_tray - 0.6 * SAMPLES) < 5 * (0.48 * SAMPLES) ** 0.5


def test_piece_adjacency() -> None:
    """Catches corner contacts, removed neighbours and contacts across a hole that are counted."""
    traps = 0
    for sample, seen in samples("piece_adjacency"):
        own = np.pad(seen.board == seen.query["label"], 1)
        ring = np.zeros_like(own)
        for axis in (0, 1):
            for step in (-1, 1):
                ring |= np.roll(own, step, axis)
        met = np.unique(seen.board[(ring & ~own)[1:-1, 1:-1]])
        assert chosen(sample) == str(len(set(met) - {0})), sample.data_id
        traps += "not adjacent" in sample.analysis or "do not count" in sample.analysis
    assert traps > 0.65 * 3 * SAMPLES


def test_piece_placement() -> None:
    """Catches a second way to put both pieces back, and boxes that are not the asked piece's."""
    for sample, seen in samples("piece_placement"):
        size, label = len(seen.board), seen.query["label"]
        asked = seen.tray[label]
        (other,) = (mask for number, mask in seen.tray.items() if number != label)
        rest = [placed for _, _, placed in slid(other, size)]
        high, wide = asked.shape
        ways = [
            f"({r}, {c}) to ({r + high - 1}, {c + wide - 1})"
            for r, c, placed in slid(asked, size)
            for second in rest
            if not (placed & second).any() and ((placed | second) == seen.hole).all()
        ]
        assert ways == [chosen(sample)], sample.data_id
        boxes = [GAME.task("piece_placement").kind.parse(text) for text in sample.options]
        assert len(set(boxes)) == 8
        for top, left, bottom, right in boxes:
            assert (bottom - top + 1, right - left + 1) == asked.shape, sample.data_id
            assert min(top, left) >= 0 and max(bottom, right) < size, sample.data_id


def test_the_right_box_is_no_more_central_than_others() -> None:
    """Catches options that lie round the truth: its rank by distance to the others is uniform."""
    ranks = []
    for level in LEVELS:
        for index in range(max(40, SAMPLES)):
            sample = gameqa.sample(GAME, task="piece_placement", plot_level=level, index=index)
            boxes = [GAME.task("piece_placement").kind.parse(text) for text in sample.options]
            totals = [sum(abs(a[0] - b[0]) + abs(a[1] - b[1]) for b in boxes) for a in boxes]
            own = totals["ABCDEFGH".index(sample.answer)]
            less = sum(total < own for total in totals)
            ranks.append(less + (totals.count(own) - 1) / 2)
    # Uniform on 0 to 7 but for ties, which do not move the mean.
    assert abs(np.mean(ranks) - 3.5) < 5 * 2.3 / len(ranks) ** 0.5


def test_text_hides_where_pieces_came_from() -> None:
    """Catches a text view, or a split, that depends on more than what is drawn."""
    sample = gameqa.sample(GAME, task="piece_rotation", plot_level="medium")
    state = GAME.decode(json.loads(sample.state))
    entry = state.tray[0]
    moved = replace(state, tray=(replace(entry, rotation_cw=90, mirrored=not entry.mirrored),))
    recolored = replace(moved, pieces=tuple(replace(p, color="red") for p in state.pieces))
    for other in (moved, recolored):
        assert GAME.describe(other, {}) == GAME.describe(state, {})
        assert GAME.split_key(other) == GAME.split_key(state)


def test_fills_are_far_apart() -> None:
    """Catches fills that look alike in some style: CIEDE2000 of at least 15 for every pair."""
    names = {
        piece.color
        for index in range(20)
        for piece in GAME.decode(
            json.loads(gameqa.sample(GAME, plot_level="hard", index=index).state)
        ).pieces
    }
    assert len(names) == 10
    for style in STYLES:
        for number in range(24):
            look = resolve(style, Rng("look", number))
            for one, other in combinations(sorted(names), 2):
                pair = look.shade(NAMED[one]), look.shade(NAMED[other])
                assert cielab_distance(*pair) >= 15, (one, other, look)
