"""3-D maze: answers against networkx on the cubes of the JSON, and sight against id buffers."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import networkx as nx
import numpy as np
import pytest

import gameqa
from gameqa.drawing import Style, resolve, variant
from gameqa.drawing.blocks import TOP
from gameqa.errors import GameQAError
from gameqa.games.maze_3d import GAME
from gameqa.games.maze_3d.picture import LABEL_OWNER, scene_of
from gameqa.games.maze_3d.sight import view_of
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
TASKS = ("path_finding", "sequence_finding", "height_comparison", "main_path")
STYLES = (Style(), resolve("dark"), *(variant(number) for number in (3, 12, 24, 31, 40)))


@cache
def rows(task: str, level: str, form: str = "choice") -> tuple[Sample, ...]:
    return tuple(
        gameqa.sample(GAME, task=task, plot_level=level, index=i, seed=5, answer_format=form)
        for i in range(SAMPLES)
    )


def samples(
    task: str, form: str = "choice"
) -> Iterator[tuple[Sample, dict[str, Any], nx.Graph, list[Any]]]:
    """Yield rows with their state, the graph of their cubes, and the one path to the goal."""
    for level in LEVELS:
        for made in rows(task, level, form):
            state = json.loads(made.state)
            graph = graph_of(state)
            (route,) = nx.all_simple_paths(graph, tuple(state["start"]), tuple(state["goal"]))
            yield made, state, graph, route


def graph_of(state: dict[str, Any]) -> nx.Graph:
    """Return the cubes as a graph: every pair of cubes is looked at."""
    cubes = [tuple(cube) for cube in state["cubes"]]
    graph = nx.Graph()
    graph.add_nodes_from(cubes)
    for a in cubes:
        for b in cubes:
            if a[2] == b[2] and abs(a[0] - b[0]) + abs(a[1] - b[1]) == 1:
                graph.add_edge(a, b)
    for ladder in state["ladders"]:
        l, r, h = ladder["base"]  # noqa: E741 - the axes' names
        assert (l, r, h + ladder["rise"]) in graph
        graph.add_edge((l, r, h), (l, r, h + ladder["rise"]))
    return graph


def labels(state: dict[str, Any]) -> dict[int, tuple[int, ...]]:
    return {marker["label"]: tuple(marker["pos"]) for marker in state["markers"]}


def answer(made: Sample) -> str:
    return made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer


def node_after(graph: nx.Graph, here: Any, step: Any) -> str:
    """Name the direction of a step."""
    gap = tuple(b - a for a, b in zip(here, step, strict=True))
    return {(1, 0, 0): "left-forward", (0, 1, 0): "right-forward", (0, 0, 3): "up"}[gap]


@pytest.mark.parametrize("task", TASKS)
def test_mazes_are_trees_with_the_stored_route(task: str) -> None:
    """Catches a cycle, a loose cube, a second route, and a stored route that is not the one."""
    for made, state, graph, route in samples(task):
        assert nx.is_tree(graph), made.data_id
        assert state["route"] == [list(cell) for cell in route], made.data_id
        assert state["start"] == [0, 0, 0]
        marked = labels(state)
        assert len(set(marked.values())) == len(marked)
        assert sorted(marked) == list(range(1, 1 + len(marked)))
        cells = list(marked.values())
        for i, a in enumerate(cells):
            for b in cells[:i]:
                assert max(abs(x - y) for x, y in zip(a, b, strict=True)) >= 2, made.data_id
        for l, r, h in graph:  # noqa: E741 - the axes' names
            assert 0 <= l < state["grid"]["l"] and 0 <= r < state["grid"]["r"]
            assert h % 3 == 0 and h // 3 < state["grid"]["levels"]


@pytest.mark.parametrize("form", ["choice", "open"])
def test_path_finding(form: str) -> None:
    """Catches a wrong way, a second option that reaches the goal, and an unbalanced fraction."""
    for made, state, graph, route in samples("path_finding", form):
        marked = labels(state)
        ways: dict[int, dict[str, Any]] = {}
        for label, cell in marked.items():
            at = route.index(cell)
            onward = [n for n in graph[cell] if at == 0 or n != route[at - 1]]
            ways[label] = {node_after(graph, cell, n): n for n in onward}
            assert len(ways[label]) == 2, made.data_id
        branching = {cell for cell in graph if graph.degree(cell) > 2 - (cell == route[0])}
        assert branching == set(marked.values()), made.data_id
        for text in made.options or (made.answer,):
            taken = {int(part.split("-", 1)[0]): part.split("-", 1)[1] for part in text.split(", ")}
            # Walk on from the start; at a junction obey the option.
            by_cell = {cell: label for label, cell in marked.items()}
            before, cell = None, route[0]
            while cell != route[-1]:
                if cell in by_cell:
                    step = ways[by_cell[cell]][taken[by_cell[cell]]]
                else:
                    onward = [n for n in graph[cell] if n != before]
                    if not onward:
                        break
                    (step,) = onward
                before, cell = cell, step
            assert (cell == route[-1]) == (text == answer(made)), f"{made.data_id}: {text}"
        if made.options:
            assert len(made.options) == (4 if len(marked) == 2 else 8)
            for column in zip(*(text.split(", ") for text in made.options), strict=True):
                assert sorted(Counter(column).values()) == [len(made.options) // 2] * 2


def test_sequence_finding() -> None:
    """Catches checkpoints off the route, and an order that follows the labels."""
    for made, state, _, route in samples("sequence_finding"):
        order = sorted(labels(state), key=lambda label: route.index(labels(state)[label]))
        assert answer(made) == " -> ".join(["Start", *map(str, order), "Goal"]), made.data_id
        assert len(made.options) == (6 if len(order) == 3 else 8)
        assert len(set(made.options)) == len(made.options)


def test_height_comparison() -> None:
    """Catches heights compared the wrong way round, and ties broken."""
    for made, state, _, _ in samples("height_comparison"):
        height = {label: cell[2] for label, cell in labels(state).items()}
        groups = [
            " = ".join(str(label) for label in sorted(height) if height[label] == h)
            for h in sorted(set(height.values()))
        ]
        assert answer(made) == " < ".join(groups), made.data_id
        assert len(made.options) == 8 and sorted(height) == [1, 2, 3]


@pytest.mark.parametrize("form", ["choice", "open"])
def test_main_path(form: str) -> None:
    """Catches a cube counted that the route only passes by."""
    for made, state, _, route in samples("main_path", form):
        on = [str(label) for label, cell in sorted(labels(state).items()) if cell in route]
        assert answer(made) == (", ".join(on) or "none"), made.data_id
        if made.options:
            shown = [text.split(", ") for text in made.options]
            for label in map(str, labels(state)):
                assert sum(label in text for text in shown) == 4, made.data_id


@pytest.mark.parametrize("task", TASKS)
def test_all_can_be_seen(task: str) -> None:
    """Catches, in the pixels of several styles, a cube, number or ladder hidden by others."""
    for level in LEVELS:
        for i, made in enumerate(rows(task, level)):
            state = GAME.decode(json.loads(made.state))
            ids = scene_of(state, STYLES[i % len(STYLES)], ids=True).ids
            assert ids is not None
            named = {marker.pos: marker.label for marker in state.markers} | {state.goal: 0}
            for owner, cube in enumerate(state.cubes, 1):
                digit, seen, top = 0, ids.pixels(owner), ids.pixels(owner, TOP)
                if cube in named:
                    label = LABEL_OWNER + named[cube]
                    digit = ids.pixels(label)
                    assert ids.share(label) >= 0.95, f"{made.data_id}: number of {cube}"
                assert seen + digit >= 0.15 * ids.nominal(owner), f"{made.data_id}: {cube}"
                if cube in named or cube == state.start:
                    least = 0.35 * ids.nominal(owner, TOP)
                    assert top + digit >= least, f"{made.data_id}: top of {cube}"
            for owner, ladder in enumerate(state.ladders, 1 + len(state.cubes)):
                assert ids.share(owner) >= 0.5, f"{made.data_id}: {ladder}"


@pytest.mark.parametrize("task", TASKS)
def test_no_tops_seem_to_join(task: str) -> None:
    """Catches a top face that goes on, on the screen, into one at another height."""
    view = view_of(44)
    (rx, ry), (lx, ly), (_, hy) = view.x, view.y, view.z
    for level in LEVELS:
        for made in rows(task, level):
            cubes = np.array(json.loads(made.state)["cubes"])
            gaps = cubes[:, None, :] - cubes[None, :, :]
            x = gaps[..., 1] * rx + gaps[..., 0] * lx
            y = gaps[..., 1] * ry + gaps[..., 0] * ly + gaps[..., 2] * hy
            for dx, dy in ((rx, ry), (lx, ly)):
                close = (np.abs(x - dx) <= 3) & (np.abs(y - dy) <= 3) & (gaps[..., 2] != 0)
                assert not close.any(), made.data_id


def test_the_right_way_is_even_for_each_pair() -> None:
    """Catches routes that prefer a direction: given two ways, either is right equally often."""
    for level in LEVELS:
        right: Counter[tuple[frozenset[str], str]] = Counter()
        for made in rows("path_finding", level):
            shown = zip(*(text.split(", ") for text in made.options), strict=True)
            for part, column in zip(answer(made).split(", "), shown, strict=True):
                pair = frozenset(text.split("-", 1)[1] for text in column)
                right[pair, part.split("-", 1)[1]] += 1
        for pair in {pair for pair, _ in right}:
            one, other = (right[pair, way] for way in sorted(pair))
            assert abs(one - other) < 4 * (one + other) ** 0.5, f"{level}: {right}"


def test_answers_are_even() -> None:
    """Catches relations and subsets that are not drawn uniformly."""
    relations = Counter(answer(made) for made, *_ in samples("height_comparison"))
    total = sum(relations.values())
    assert all(relations[text] < total / 13 + 5 * (total / 13) ** 0.5 for text in relations)
    on = [answer(made).count(",") + (answer(made) != "none") for made, *_ in samples("main_path")]
    shown = [len(state["markers"]) for _, state, *_ in samples("main_path")]
    assert abs(sum(on) - sum(shown) / 2) < 4 * sum(shown) ** 0.5 / 2


def test_levels_have_the_parts_of_the_table() -> None:
    """Catches side paths, markers or storeys outside the page's table."""
    table = {
        "easy": ((4, 5), (2, 3), 3),
        "medium": ((5, 7), (3, 4), 4),
        "hard": ((7, 9), (4, 5), 5),
    }
    for level, (_, sides, markers) in table.items():
        for made in rows("main_path", level):
            state = json.loads(made.state)
            graph = graph_of(state)
            ends = [cell for cell in graph if graph.degree(cell) == 1 and any(cell)]
            assert sides[0] <= len(ends) - 1 <= sides[1], made.data_id
            assert 3 <= len(state["markers"]) <= markers


def test_the_text_tells_no_route() -> None:
    """Catches a description that depends on roles or on the order in which cubes were made."""
    for made in rows("main_path", "medium")[:10]:
        state = GAME.decode(json.loads(made.state))
        told = GAME.describe(state, {})
        other = replace(
            state,
            route=(),
            cubes=tuple(reversed(state.cubes)),
            ladders=tuple(reversed(state.ladders)),
            markers=tuple(marker._replace(role="point") for marker in state.markers),
        )
        assert GAME.describe(other, {}) == told
        assert GAME.split_key(replace(state, route=())) == GAME.split_key(state)


def test_decode_checks_the_route() -> None:
    """Catches a stored route that is taken on trust, and a maze with a cycle."""
    data = json.loads(rows("main_path", "easy")[0].state)
    with pytest.raises(GameQAError, match="route"):
        GAME.decode({**data, "route": data["route"][:-1]})
    with pytest.raises(GameQAError, match="tree"):
        GAME.decode({**data, "cubes": [*data["cubes"], [9, 9, 0]]})
