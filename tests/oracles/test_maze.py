"""Maze answers against networkx paths and literal walking on a character grid."""

from __future__ import annotations

import itertools
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

import gameqa
from gameqa.games.maze import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
WORDS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
VECTOR = """\
#########
#P#   # #
# # # # #
#   # # #
##### # #
#     # #
# ##### #
#      G#
#########"""


class Map:
    """A maze as characters and as a graph, read from a row's JSON."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.lines = ["".join(" #"[wall] for wall in row) for row in state["walls"]]
        self.player, self.goal = tuple(state["player"]), tuple(state["goal"])
        grid = nx.grid_2d_graph(state["rows"], state["cols"])
        self.graph = grid.subgraph([(r, c) for r, c in grid if self.lines[r][c] == " "])

    def path(self) -> list[tuple[int, int]]:
        """Return the cells of the shortest path."""
        return nx.shortest_path(self.graph, self.player, self.goal)

    def walk(self, cell: tuple[int, int], moves: list[str]) -> list[tuple[int, int]]:
        """Return the cells after each move, blocked ones repeated."""
        cells = []
        for move in moves:
            r, c = cell[0] + WORDS[move][0], cell[1] + WORDS[move][1]
            if self.lines[r][c] != "#":
                cell = r, c
            cells.append(cell)
        return cells


def common_start(one: list[str], other: list[str]) -> int:
    pairs = zip(one, other, strict=False)
    return len(list(itertools.takewhile(lambda pair: pair[0] == pair[1], pairs)))


def samples(
    task: str, form: str = "choice", levels: tuple[str, ...] = LEVELS, count: int = SAMPLES
) -> Iterator[tuple[Sample, Map, dict[str, Any]]]:
    for level in levels:
        for index in range(count):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            yield made, Map(json.loads(made.state)), json.loads(made.query)


def answer(made: Sample) -> str:
    return made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer


def moves_of(text: str) -> list[str]:
    """Read a list of moves, counted or not."""
    moves: list[str] = []
    for part in text.split(", "):
        word, _, count = part.partition(" x")
        moves += [word] * int(count or 1)
    return moves


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_mazes_are_trees(task: str) -> None:
    """Catches loops, closed-off cells, holes in the border, and goals next to the player."""
    for made, maze, _ in samples(task):
        assert nx.is_tree(maze.graph), made.data_id
        border = maze.lines[0] + maze.lines[-1] + "".join(r[0] + r[-1] for r in maze.lines)
        assert set(border) == {"#"}, made.data_id
        assert maze.player != maze.goal and maze.goal not in maze.graph[maze.player], made.data_id


@pytest.mark.parametrize("piece", ["player", "goal"])
def test_positions(piece: str) -> None:
    """Catches the wrong piece, swapped coordinates, and options that are wall."""
    medians = 0
    for made, maze, _ in samples(f"{piece}_position"):
        truth = getattr(maze, piece)
        assert answer(made) == str(truth), made.data_id
        cells = [tuple(map(int, re.findall(r"\d+", option))) for option in made.options]
        assert len(cells) == 5 and all(cell in maze.graph for cell in cells), made.data_id
        for axis in (0, 1):
            line = [cell[axis] for cell in cells]
            assert max(line) - min(line) < 5, made.data_id
        medians += all(sorted(cell[i] for cell in cells)[2] == truth[i] for i in (0, 1))
    # Five random cells have their own median among them in about a third of the cases.
    assert medians <= 3 * SAMPLES * 0.2 + 4 * (3 * SAMPLES * 0.2) ** 0.5


def test_path_to_goal() -> None:
    """Catches lists that fail, wrong ones that get to the goal, and lists that tell by shape."""
    guesses: Counter[str] = Counter()
    for made, maze, _ in samples("path_to_goal"):
        lists = [moves_of(option) for option in made.options]
        right = "ABCDE".index(made.answer)
        path = maze.path()
        assert maze.walk(maze.player, lists[right]) == path[1:], made.data_id
        branches = [c for c in path[:-1] if len(set(maze.graph[c]) - set(path)) > 0]
        assert branches, f"{made.data_id}: no junction on the way"
        for i, moves in enumerate(lists):
            assert len(moves) % 2 == len(path[1:]) % 2, made.data_id
            assert abs(len(moves) - len(path[1:])) <= max(4, 0.4 * len(path[1:])), made.data_id
            if i != right:
                assert maze.goal not in maze.walk(maze.player, moves), made.data_id
            r = c = 0
            seen = {(0, 0)}
            for move in moves:
                r, c = r + WORDS[move][0], c + WORDS[move][1]
                assert (r, c) not in seen, f"{made.data_id}: option {i} crosses itself"
                seen.add((r, c))
        lengths = [len(moves) for moves in lists]
        turns = [len(list(itertools.groupby(moves))) for moves in lists]
        shared = [
            max(common_start(a, b) for j, b in enumerate(lists) if j != i)
            for i, a in enumerate(lists)
        ]
        nets = Counter(tuple(sum(WORDS[m][k] for m in a) for k in (0, 1)) for a in lists)
        common = [nets[tuple(sum(WORDS[m][k] for m in a) for k in (0, 1))] for a in lists]
        for name, marks in {
            "shortest": [-length for length in lengths],
            "longest": lengths,
            "most turns": turns,
            "largest common beginning": shared,
            "commonest displacement": common,
        }.items():
            best = [i for i, mark in enumerate(marks) if mark == max(marks)]
            guesses[name] += (right in best) / len(best)
    total = 3 * SAMPLES
    for name, hits in guesses.items():
        assert hits <= 0.25 * total + 4 * (0.2 * total) ** 0.5, (name, hits / total)


def test_open_path_accepts_any_walk() -> None:
    """Catches a grader that wants one list only, and one that forgives walls or other ends."""
    task = GAME.task("path_to_goal")
    for made, maze, query in samples("path_to_goal", "open"):
        state = GAME.decode(json.loads(made.state))
        moves = moves_of(made.answer)
        assert task.kind.parse(made.answer) == tuple(moves)
        assert task.kind.parse(", ".join(moves)) == tuple(moves)
        assert maze.walk(maze.player, moves) == maze.path()[1:], made.data_id
        back = {"up": "down", "down": "up", "left": "right", "right": "left"}
        assert task.accepts(state, query, [moves[0], back[moves[0]], *moves])
        assert not task.accepts(state, query, moves[:-1])
        assert not task.accepts(state, query, [*moves, back[moves[-1]]])
        exits = [m for m in WORDS if maze.walk(maze.player, [m])[0] == maze.player]
        if exits:
            assert not task.accepts(state, query, [exits[0], *moves])


def test_turn_count() -> None:
    """Catches moves or runs counted instead of turns, and targets that are not uniform."""
    for level, span in zip(LEVELS, (8, 11, 14), strict=True):
        counts: Counter[int] = Counter()
        for made, maze, _ in samples("turn_count", levels=(level,)):
            path = maze.path()
            turns = sum(
                (b[0] - a[0], b[1] - a[1]) != (c[0] - b[0], c[1] - b[1])
                for a, b, c in zip(path, path[1:], path[2:], strict=False)
            )
            assert made.answer == str(turns) and turns > 0, made.data_id
            counts[turns] += 1
        share = 1 / span
        assert max(counts.values()) <= SAMPLES * share + 5 * (SAMPLES * share) ** 0.5, counts


def test_available_directions() -> None:
    """Catches a wrong or missing exit, and answers that favour some sets of exits."""
    counts: Counter[str] = Counter()
    for made, maze, _ in samples("available_directions"):
        exits = [m for m in WORDS if maze.walk(maze.player, [m])[0] != maze.player]
        assert answer(made) == ", ".join(exits), made.data_id
        assert len(made.options) == 8, made.data_id
        counts[answer(made)] += 1
    expected = 3 * SAMPLES / 15
    assert max(counts.values()) <= expected + 5 * expected**0.5, counts


def test_position_after_moves() -> None:
    """Catches a block that ends the list, moves through walls, and lists of one direction."""
    blocked: Counter[bool] = Counter()
    for made, maze, query in samples("position_after_moves"):
        moves = query["moves"]
        cells = [maze.player, *maze.walk(maze.player, moves)]
        assert answer(made) == str(cells[-1]), made.data_id
        assert len(moves) == 1 or len(set(moves)) > 1, made.data_id
        stays = sum(a == b for a, b in itertools.pairwise(cells))
        assert len(moves) == 1 or stays <= 0.4 * len(moves), made.data_id
        blocked[stays > 0] += 1
        for option in made.options:
            assert tuple(map(int, re.findall(r"\d+", option))) in maze.graph, made.data_id
    assert min(blocked.values()) > 0.2 * 3 * SAMPLES, blocked


def vector() -> tuple[Any, dict[str, Any]]:
    lines = VECTOR.splitlines()
    data = {
        "rows": 9,
        "cols": 9,
        "walls": [[int(sign == "#") for sign in line] for line in lines],
        "player": [1, 1],
        "goal": [7, 7],
    }
    return GAME.decode(data), data


def test_check_vector() -> None:
    """Catches any rule that differs from the page's worked example."""
    state, data = vector()
    assert json.loads(json.dumps(GAME.encode(state))) == data
    way = GAME.task("path_to_goal").solve(state, {}).value
    assert GAME.task("path_to_goal").kind.text(way) == (
        "down x2, right x2, up x2, right x2, down x4, left x4, down x2, right x6"
    )
    assert GAME.task("turn_count").solve(state, {}).value == 7
    assert GAME.task("available_directions").solve(state, {}).value == ("down",)
    moves = ["up", "right", "down", "down", "right", "right", "up"]
    steps = GAME.task("position_after_moves").solve(state, {"moves": moves}).facts
    assert [step.end for step in steps] == [(1, 1), (1, 1), (2, 1), (3, 1), (3, 2), (3, 3), (2, 3)]
    assert "1 # P # . . . # . #" in GAME.describe(state, {})
