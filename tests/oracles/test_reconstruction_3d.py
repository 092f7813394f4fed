"""3D reconstruction against brute force on 3 x 3 x 3 arrays, and what its pictures show."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from itertools import combinations, product

import networkx as nx
import numpy as np
import pytest

import gameqa
from gameqa.drawing import STYLES, resolve
from gameqa.games.reconstruction_3d import GAME
from gameqa.games.reconstruction_3d.picture import scene_of
from gameqa.rng import Rng
from gameqa.sample import Level

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("Easy", "Medium", "Hard")
CELLS = list(product((1, 2, 3), repeat=3))


def rows(task, level, samples=SAMPLES, **how):
    for index in range(samples):
        made = gameqa.sample(GAME, task=task, plot_level=level, index=index, **how)
        yield made, json.loads(made.state), json.loads(made.query)


def block(cells):
    """The structure as an array [x, y, z]."""
    array = np.zeros((3, 3, 3), int)
    for x, y, z in cells:
        array[x - 1, y - 1, z - 1] = 1
    return array


def front(cells):
    """Rows z = 3, 2, 1, columns y."""
    return block(cells).max(axis=0).T[::-1].tolist()


def side(cells):
    """Rows z = 3, 2, 1, columns x."""
    return block(cells).max(axis=1).T[::-1].tolist()


def connected(cells):
    graph = nx.Graph()
    graph.add_nodes_from(map(tuple, cells))
    graph.add_edges_from(
        (a, b)
        for a, b in combinations(graph, 2)
        if sum(abs(i - j) for i, j in zip(a, b, strict=True)) == 1
    )
    return nx.is_connected(graph)


def read_cells(text):
    return [tuple(map(int, found.split(","))) for found in re.findall(r"\(([^)]*)\)", text)]


def answer_text(made):
    return made.options[ord(made.answer) - ord("A")] if made.options else made.answer


def test_views_of_the_page():
    """A view along the wrong axis, or rows or columns in another order than the page's."""
    cells = [(1, 1, 1), (1, 2, 1), (1, 2, 2), (3, 2, 2)]
    assert front(cells) == [[0, 0, 0], [0, 1, 0], [1, 1, 0]]
    assert side(cells) == [[0, 0, 0], [1, 0, 1], [1, 0, 0]]


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_states(task, level):
    """Structures that fall apart, targets that nothing has, a budget where none belongs."""
    for made, state, _ in rows(task, level):
        voxels, hidden = state["voxels"], state["hidden_target"]
        assert voxels == sorted(voxels) and connected(voxels), made.data_id
        assert connected(hidden), made.data_id
        assert front(hidden) == state["target_front"], made.data_id
        assert side(hidden) == state["target_side"], made.data_id
        assert (state["remaining"] is not None) == (task == "addition_choice"), made.data_id
        if task != "projection_match":
            assert {*map(tuple, voxels)} <= {*map(tuple, hidden)}, made.data_id


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_every_voxel_is_visible(task, level):
    """A voxel hidden in the picture: by the ids of its pixels, at least 10 % must show."""
    for made, _, _ in rows(task, level):
        state = GAME.decode(json.loads(made.state))
        index = int(made.data_id.rsplit("i", 1)[1])
        style = resolve(STYLES[index % 3], Rng(index))
        ids = scene_of(state, style, ids=True).ids
        shares = [ids.share(i) for i in range(1, len(state.voxels) + 1)]
        assert min(shares) >= 0.1, (made.data_id, shares)


@pytest.mark.parametrize("level", LEVELS)
def test_voxel_count(level):
    """A count that is not the number of voxels, or counts that are not spread evenly."""
    counts = Counter()
    for made, state, _ in rows("voxel_count", level, 5 * SAMPLES):
        assert int(made.answer) == int(block(state["voxels"]).sum()), made.data_id
        counts[int(made.answer)] += 1
    low, high = GAME.levels[Level(level)].shown
    assert set(counts) <= set(range(low, high + 1))
    expected = 5 * SAMPLES / (high - low + 1)
    assert all(abs(n - expected) < 5 * expected**0.5 for n in counts.values()), counts


@pytest.mark.parametrize("level", LEVELS)
def test_voxel_position(level):
    """None or several of the cells filled, an empty one whose emptiness nobody can see."""
    for made, state, query in rows("voxel_position", level):
        array = block(state["voxels"])
        held = [c for c in map(tuple, query["cells"]) if array[tuple(i - 1 for i in c)]]
        assert read_cells(answer_text(made)) == held and len(held) == 1, made.data_id
        assert {c for text in made.options for c in read_cells(text)} == {
            *map(tuple, query["cells"])
        }
        for cell in map(tuple, query["cells"]):
            if cell != held[0]:
                more = dict(json.loads(made.state), voxels=[*state["voxels"], list(cell)])
                ids = scene_of(GAME.decode(more), resolve("classic"), ids=True).ids
                assert ids.share(len(more["voxels"])) >= 0.1, (made.data_id, cell)


@pytest.mark.parametrize("level", LEVELS)
def test_projection_match(level):
    """A wrong class, or classes that are not a quarter each."""
    counts = Counter()
    for made, state, _ in rows("projection_match", level, 5 * SAMPLES):
        same = (
            front(state["voxels"]) == state["target_front"],
            side(state["voxels"]) == state["target_side"],
        )
        words = {
            (True, True): "Both",
            (False, False): "Neither",
            (True, False): "Only the Y-Z",
            (False, True): "Only the X-Z",
        }
        assert answer_text(made).startswith(words[same]), made.data_id
        counts[same] += 1
    expected = 5 * SAMPLES / 4
    assert all(abs(n - expected) < 5 * expected**0.5 for n in counts.values()), counts


@pytest.mark.parametrize("level", LEVELS)
def test_projection_after_adding(level):
    """A wrong matrix, new voxels in the air, too many answers that are full or as before."""
    unchanged = full = 0
    for made, state, query in rows("projection_after_adding", level, 5 * SAMPLES):
        view = front if query["view"] == "front" else side
        cells = [*map(tuple, state["voxels"]), *map(tuple, query["added"])]
        assert len(set(cells)) == len(cells) and connected(cells), made.data_id
        assert json.loads(made.answer) == view(cells), made.data_id
        unchanged += view(cells) == view(state["voxels"])
        full += view(cells) == [[1] * 3] * 3
    count = 5 * SAMPLES
    assert abs(unchanged - 0.3 * count) < 5 * (0.21 * count) ** 0.5, unchanged
    assert full <= 0.15 * count + 5 * (0.13 * count) ** 0.5, full


@pytest.mark.parametrize("form", ["choice", "open"])
@pytest.mark.parametrize("level", LEVELS)
def test_addition_choice(level, form):
    """Several options that work, or none, by what the structure becomes with each of them."""
    for made, state, query in rows("addition_choice", level, answer_format=form):
        works = []
        for text in made.options or [made.answer]:
            added = read_cells(text)
            cells = [*map(tuple, state["voxels"]), *added]
            works.append(
                len(set(cells)) == len(cells)
                and len(added) <= state["remaining"]
                and connected(cells)
                and ("front" not in query["views"] or front(cells) == state["target_front"])
                and ("side" not in query["views"] or side(cells) == state["target_side"])
            )
        right = ord(made.answer) - ord("A") if made.options else 0
        assert works == [i == right for i in range(len(works))], (made.data_id, works)
        if made.options:
            sizes = Counter(len(read_cells(text)) for text in made.options)
            assert sorted(sizes.values()) in ([8], [4, 4]), made.data_id


@pytest.mark.parametrize("level", LEVELS)
def test_min_additions(level):
    """A number that is not the least, by trying all smaller sets; too few bridging voxels."""
    bridged, counts = 0, Counter()
    for made, state, _ in rows("min_additions", level):
        voxels = [*map(tuple, state["voxels"])]
        goal = state["target_front"], state["target_side"]
        free = [
            (x, y, z)
            for x, y, z in CELLS
            if (x, y, z) not in voxels and goal[0][3 - z][y - 1] and goal[1][3 - z][x - 1]
        ]
        least = bare = None
        for size in range(len(free) + 1):
            fill = [
                added
                for added in combinations(free, size)
                if (front([*voxels, *added]), side([*voxels, *added])) == goal
            ]
            bare = size if bare is None and fill else bare
            if any(connected([*voxels, *added]) for added in fill):
                least = size
                break
        assert int(made.answer) == least and least > 0, made.data_id
        bridged += least > bare
        counts[least] += 1
    low, high = GAME.levels[Level(level)].minimum
    assert set(counts) <= set(range(low, high + 1))
    if level != "Easy" and SAMPLES >= 100:
        assert bridged >= 0.2 * SAMPLES, bridged


def test_text_does_not_know_the_hidden_target():
    """A text view that tells more than the two target silhouettes."""
    for _, state, query in rows("min_additions", "Hard", 10):
        decoded = GAME.decode(state)
        other = GAME.decode(dict(state, hidden_target=state["voxels"]))
        assert GAME.describe(decoded, query) == GAME.describe(other, query)
