"""Minecraft against a plain graph search, recounting, and what its pictures show."""

from __future__ import annotations

import json
import os
from collections import Counter
from itertools import product

import networkx as nx
import pytest

import gameqa
from gameqa.drawing import STYLES, resolve
from gameqa.drawing.blocks import LEFT, RIGHT, TOP
from gameqa.games.minecraft import GAME, picture
from gameqa.rng import Rng
from gameqa.sample import Level

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("Easy", "Medium", "Hard")
NAMES = {
    "brick": "Brick",
    "gold_ore": "Gold Ore",
    "diamond_ore": "Diamond Ore",
    "tnt": "TNT",
    "pumpkin": "Pumpkin",
}
ORDER = ["Brick", "Gold Ore", "Diamond Ore", "TNT", "Pumpkin", "Ladder", "River", "Lava"]


def rows(task, level, samples=SAMPLES, **how):
    for index in range(samples):
        made = gameqa.sample(GAME, task=task, plot_level=level, index=index, **how)
        yield made, json.loads(made.state), json.loads(made.query)


def ground(state):
    left, right, back, front = state["extent"]
    return set(product(range(left, right + 1), range(back, front + 1)))


def bridge_cost(state):
    """The cheapest way to the farthest bank: Dijkstra, entering a water cell costs one."""
    water = {*map(tuple, state["water"])}
    graph = nx.DiGraph()
    cells = ground(state)
    for x, z in cells:
        for to in ((x - 1, z), (x + 1, z), (x, z - 1), (x, z + 1)):
            if to in cells:
                graph.add_edge((x, z), to, weight=int(to in water))
    cost = nx.single_source_dijkstra_path_length(graph, tuple(state["player"]))
    land = nx.Graph(graph.subgraph(cells - water))
    pieces = sorted(nx.connected_components(land), key=len)
    own = next(piece for piece in pieces if tuple(state["player"]) in piece)
    other = next(piece for piece in reversed(pieces) if piece is not own)
    assert all(len(piece) == 1 for piece in pieces if piece is not own and piece is not other)
    return min(cost[cell] for cell in other), own, other


def width_ahead(state):
    """Water cells on the line through the player that leads across the river, not along it."""
    water = {*map(tuple, state["water"])}
    left, right, back, front = state["extent"]
    x, z = state["player"]
    ends_x = [any((end, j) in water for j in range(back, front + 1)) for end in (left, right)]
    ends_z = [any((i, end) in water for i in range(left, right + 1)) for end in (back, front)]
    assert all(ends_x) != all(ends_z), "a river flows from end to end, one way"
    if all(ends_x):
        return sum((x, j) in water for j in range(back, front + 1))
    return sum((i, z) in water for i in range(left, right + 1))


def climb_cost(state):
    """Place blocks under the player one by one until its head is as high as the target."""
    x, y, z = state["target"]["pos"]
    column = [block["pos"] for block in state["blocks"] if block["pos"][::2] == [x, z]]
    assert sorted(pos[1] for pos in column) == list(range(y))
    if state["ladders"]:
        assert sorted(state["ladders"]) == sorted(column) and column
        return 0
    placed = 0
    while placed + 2 < y + 1:
        placed += 1
    return placed


def ids_of(made):
    state = GAME.decode(json.loads(made.state))
    index = int(made.data_id.rsplit("i", 1)[1])
    style = resolve(STYLES[index % 3], Rng(index))
    return state, picture.scene_of(state, style, ids=True).ids


@pytest.mark.parametrize("level", LEVELS)
def test_scenery_recog(level):
    """A list that is not what the scene holds; uneven shares; a kind that hardly shows."""
    present = Counter()
    for made, state, query in rows("scenery_recog", level, 2 * SAMPLES):
        kinds = {NAMES[block["kind"]] for block in state["blocks"] if block["kind"] in NAMES}
        kinds |= {"Ladder"} if state["ladders"] else set()
        kinds |= {"River"} if state["water"] else set()
        kinds |= {"Lava"} if state["lava"] else set()
        shown = [text.split(", ") for text in made.options]
        assert shown[ord(made.answer) - ord("A")] == [k for k in ORDER if k in kinds], made.data_id
        assert len(shown) == 8
        for kind in query["toggled"]:
            assert sum(kind in names for names in shown) == 4, made.data_id
        present[len(kinds & set(query["toggled"]))] += 1
        cells = [tuple(block["pos"]) for block in state["blocks"]]
        assert len(set(cells)) == len(cells)
        assert not {*map(tuple, state["water"] + state["lava"])} & {(x, z) for x, _, z in cells}
        decoded, ids = ids_of(made)
        groups = {}
        for cell, kind in decoded.blocks:
            groups.setdefault(kind, []).append(picture.block_owner(decoded, cell))
        for kind, wet in (("River", decoded.water), ("Lava", decoded.lava)):
            if wet:
                groups[kind] = [picture.ground_owner(decoded, cell) for cell in wet]
        for kind, owners in groups.items():
            share = sum(map(ids.pixels, owners)) / sum(map(ids.nominal, owners))
            assert share >= 0.4, (made.data_id, kind, share)
    count = 2 * SAMPLES
    for size, weight in ((0, 1 / 8), (1, 3 / 8), (2, 3 / 8), (3, 1 / 8)):
        assert abs(present[size] - weight * count) < 5 * (weight * count) ** 0.5, present


@pytest.mark.parametrize("level", LEVELS)
def test_cube_count(level):
    """A count that misses cubes, holes, a column whose top nobody can see."""
    for made, state, _ in rows("cube_count", level):
        columns = Counter((b["pos"][0], b["pos"][2]) for b in state["blocks"])
        assert int(made.answer) == sum(columns.values()), made.data_id
        cells = {tuple(b["pos"]) for b in state["blocks"]}
        assert len(cells) == len(state["blocks"])
        assert all(y == 0 or (x, y - 1, z) in cells for x, y, z in cells)
        low, high = GAME.levels[Level(level)].cubes
        assert low <= int(made.answer) <= high
        decoded, ids = ids_of(made)
        for (x, z), tall in columns.items():
            owner = picture.block_owner(decoded, (x, tall - 1, z))
            assert ids.share(owner, TOP) >= 0.9, (made.data_id, x, z)


def check_water_and_player(made):
    decoded, ids = ids_of(made)
    for cell in decoded.water:
        share = ids.share(picture.ground_owner(decoded, cell))
        assert share >= 0.33, (made.data_id, cell, share)
    assert ids.share(picture.tile_owner()) >= 0.33, made.data_id
    assert ids.share(picture.figure_owner()) >= 0.6, made.data_id
    return decoded, ids


def check_tower(made):
    decoded, ids = check_water_and_player(made)
    for cell, _ in decoded.blocks:
        owner = picture.block_owner(decoded, cell)
        seen = sum(ids.pixels(owner, face) for face in (LEFT, RIGHT))
        whole = sum(ids.nominal(owner, face) for face in (LEFT, RIGHT))
        assert seen >= 0.3 * whole, (made.data_id, cell)
    assert ids.share(picture.block_owner(decoded, decoded.target[0])) >= 0.5, made.data_id


@pytest.mark.parametrize("level", LEVELS)
def test_cross_river(level):
    """A number that a graph search does not find; too few rivers with a better way aside."""
    counts, detours = Counter(), 0
    for made, state, _ in rows("cross_river", level, 2 * SAMPLES):
        cost = bridge_cost(state)[0]
        assert int(made.answer) == cost, made.data_id
        assert state["river_width"] == cost
        counts[cost] += 1
        check_water_and_player(made)
        detours += width_ahead(state) > cost
    low, high = GAME.levels[Level(level)].crossing
    expected = 2 * SAMPLES / (high - low + 1)
    assert set(counts) <= set(range(low, high + 1))
    assert all(abs(n - expected) < 5 * expected**0.5 for n in counts.values()), counts
    if level == "Hard":
        assert abs(detours - SAMPLES) < 5 * (SAMPLES / 2) ** 0.5, detours


@pytest.mark.parametrize("level", LEVELS)
def test_climb(level):
    """A number other than that of blocks placed one by one; zeros that are not 28 percent."""
    zeros = Counter()
    for made, state, _ in rows("climb", level, 2 * SAMPLES):
        assert int(made.answer) == climb_cost(state), made.data_id
        assert state["target"]["pos"][::2] != state["player"]
        check_tower(made)
        if made.answer == "0":
            zeros["ladder" if state["ladders"] else state["blocks_under_target"]] += 1
    count = 2 * SAMPLES
    assert abs(sum(zeros.values()) - 0.28 * count) < 5 * (0.2 * count) ** 0.5, zeros


@pytest.mark.parametrize("level", LEVELS)
def test_cross_river_climb(level):
    """A sum that a graph search and a ladder of blocks do not give, or a wrong bank."""
    counts = Counter()
    for made, state, _ in rows("cross_river_climb", level, 2 * SAMPLES):
        cost, own, other = bridge_cost(state)
        foot = tuple(state["target"]["pos"][::2])
        assert foot in own | other, made.data_id
        assert state["same_bank"] == (foot in own)
        right = climb_cost(state) + (0 if foot in own else cost)
        assert int(made.answer) == right, made.data_id
        counts[right] += 1
        check_tower(made)
    low, high = GAME.levels[Level(level)].both
    expected = 2 * SAMPLES / (high - low + 1)
    assert set(counts) <= set(range(low, high + 1))
    assert all(abs(n - expected) < 5 * expected**0.5 for n in counts.values()), counts


def test_text_and_splits_know_no_camera():
    """A text view or a split that depends on the side from which a scene is seen."""
    for task in GAME.tasks:
        for made, state, query in rows(task.slug, "Hard", 5):
            first = GAME.decode(state)
            turned = dict(
                state, camera={"azimuth": 122, "elevation": 43}, style={"ground": 1, "plain": 2}
            )
            second = GAME.decode(turned)
            assert GAME.describe(first, query) == GAME.describe(second, query), made.data_id
            assert GAME.split_key(first) == GAME.split_key(second), made.data_id
