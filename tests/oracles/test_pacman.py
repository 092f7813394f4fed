"""Pac-Man answers against networkx distances and a literal simulation on a grid of characters."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

import gameqa
from gameqa.games.pacman import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = {"easy": (12, 14), "medium": (16, 36), "hard": (20, 72)}
MOVES = {"UP": (-1, 0), "DOWN": (1, 0), "LEFT": (0, -1), "RIGHT": (0, 1)}
DOOMED = "caught whatever he does"
Cell = tuple[int, int]

VECTOR_WALLS = """\
##########
#....#...#
#.##...#.#
#....#...#
###.##.#.#
#......#.#
#.##.#...#
#....#.#.#
#.#......#
##########"""


class Map:
    """A board read from a row's JSON, and what moves on it."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.n = state["n"]
        self.lines = state["walls"]
        grid = nx.grid_2d_graph(self.n, self.n)
        self.graph = grid.subgraph([(r, c) for r, c in grid if self.lines[r][c] == "."])
        self.beans = {tuple(cell) for cell in state["beans"]}
        self.pacman = tuple(state["pacman"]["pos"])
        self.facing = state["pacman"]["facing"]
        self.ghosts = {name.title(): tuple(cell) for name, cell in state["ghosts"].items()}
        self.score = state["score"]

    def ahead(self, cell: Cell, move: str) -> Cell:
        return cell[0] + MOVES[move][0], cell[1] + MOVES[move][1]

    def line(self, cell: Cell, move: str, most: int = 99) -> list[Cell]:
        cells: list[Cell] = []
        while len(cells) < most and self.ahead(cell, move) in self.graph:
            cell = self.ahead(cell, move)
            cells.append(cell)
        return cells

    def target(self, ghost: str, pacman: Cell, facing: str) -> Cell:
        return [pacman, *self.line(pacman, facing, 4)][-1] if ghost == "Pinky" else pacman

    def steps(self, at: Cell, target: Cell) -> list[str]:
        """All first steps of shortest paths, the preferred one first."""
        away = nx.single_source_shortest_path_length(self.graph, target)
        return [m for m in MOVES if away.get(self.ahead(at, m), 9999) == away[at] - 1]

    def next(self, ghost: str, at: Cell, pacman: Cell, facing: str) -> Cell:
        steps = self.steps(at, self.target(ghost, pacman, facing))
        return self.ahead(at, steps[0]) if steps else at

    def simulate(self, moves: list[str]) -> tuple[str | None, int, int]:
        """Play to the end: who caught Pac-Man, beans eaten, turns taken."""
        pacman, facing, ghosts, left = self.pacman, self.facing, dict(self.ghosts), set(self.beans)
        for turn, move in enumerate(moves, 1):
            if self.ahead(pacman, move) in self.graph:
                pacman, facing = self.ahead(pacman, move), move
                left.discard(pacman)
            eaten = len(self.beans) - len(left)
            there = [ghost for ghost, at in ghosts.items() if at == pacman]
            if there:
                return ("both" if there[1:] else there[0]), eaten, turn
            for ghost in ("Pinky", "Blinky"):
                ghosts[ghost] = self.next(ghost, ghosts[ghost], pacman, facing)
                if ghosts[ghost] == pacman:
                    if ghost == "Pinky" and (
                        self.next("Blinky", ghosts["Blinky"], pacman, facing) == pacman
                    ):
                        return "both", eaten, turn
                    return ghost, eaten, turn
        return None, len(self.beans) - len(left), len(moves)

    def run(self, move: str) -> tuple[str | None, int, int] | None:
        cells = self.line(self.pacman, move)
        return self.simulate([move] * len(cells)) if cells else None


def samples(
    task: str, form: str = "choice", count: int = SAMPLES
) -> Iterator[tuple[Sample, Map, dict[str, Any], str]]:
    for level in LEVELS:
        for index in range(count):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=7, answer_format=form
            )
            answer = made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer
            yield made, Map(json.loads(made.state)), json.loads(made.query), answer


def even(seen: Counter[Any], values: int) -> None:
    """Check that all values occur, each about as often as any other."""
    mean = sum(seen.values()) / values
    assert len(seen) == values or mean < 8, seen
    assert all(abs(count - mean) < 5 * mean**0.5 for count in seen.values()), seen


def vector() -> dict[str, Any]:
    lines = VECTOR_WALLS.split("\n")
    bare = {(5, 6), (5, 5), (5, 4), (1, 4), (8, 6)}
    free = [(r, c) for r in range(10) for c in range(10) if lines[r][c] == "."]
    return {
        "n": 10,
        "walls": lines,
        "beans": [cell for cell in free if cell not in bare],
        "pacman": {"pos": [5, 4], "facing": "LEFT"},
        "ghosts": {"pinky": [1, 4], "blinky": [8, 6]},
        "score": 3,
    }


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_boards(task: str) -> None:
    """Catches split boards, holes in the border, hidden beans, and a facing without a trail."""
    for made, board, _, _ in samples(task):
        where = made.data_id
        n, walls = LEVELS[made.plot_level.lower()]
        assert board.n == n and nx.is_connected(board.graph), where
        inner = (n - 2) ** 2 - len(board.graph)
        assert inner in (walls, walls + 1), f"{where}: {inner} inner walls"
        ring = board.lines[0] + board.lines[-1] + "".join(r[0] + r[-1] for r in board.lines)
        assert set(ring) == {"#"}, where
        figures = [board.pacman, *board.ghosts.values()]
        assert len(set(figures)) == 3 and not board.beans & set(figures), where
        assert all(cell in board.graph for cell in [*figures, *board.beans]), where
        dr, dc = MOVES[board.facing]
        behind = board.pacman[0] - dr, board.pacman[1] - dc
        assert behind in board.graph and behind not in board.beans, where
        assert 2 <= board.score <= len(board.graph) - len(board.beans), where
        for cell in board.ghosts.values():
            assert sum(abs(a - b) for a, b in zip(cell, board.pacman, strict=True)) >= 2, where


@pytest.mark.parametrize("form", ["choice", "open"])
def test_pacman_pose(form: str) -> None:
    """Catches swapped coordinates, and lists that are no full product of two and two and two."""
    seen: Counter[str] = Counter()
    for made, board, _, answer in samples("pacman_pose", form):
        r, c = board.pacman
        assert answer == f"({r}, {c}), {board.facing}", made.data_id
        seen[board.facing] += 1
        if made.options:
            parts = [re.fullmatch(r"\((\d+), (\d+)\), ([A-Z]+)", text) for text in made.options]
            columns = [Counter(part[i] for part in parts if part) for i in (1, 2, 3)]
            assert all(sorted(column.values()) == [4, 4] for column in columns), made.data_id
            for column in columns[:2]:
                low, high = sorted(map(int, column))
                assert high - low in (1, 2) and low >= 1 and high <= board.n - 2, made.data_id
    even(seen, 4)


def test_count_beans_5x5() -> None:
    """Catches a block of another size, and counts that are not spread over 3 to 18."""
    seen: Counter[int] = Counter()
    for made, board, _, answer in samples("count_beans_5x5"):
        r, c = board.pacman
        near = [(y, x) for y, x in board.beans if r - 2 <= y <= r + 2 and c - 2 <= x <= c + 2]
        assert int(answer) == len(near), made.data_id
        seen[len(near)] += 1
    assert set(seen) <= set(range(3, 19))
    even(seen, 16)


def test_closer_ghost() -> None:
    """Catches walking distances, and answers that are not a third each."""
    seen: Counter[str] = Counter()
    for made, board, _, answer in samples("closer_ghost"):
        r, c = board.pacman
        pinky, blinky = (
            abs(board.ghosts[g][0] - r) + abs(board.ghosts[g][1] - c) for g in ("Pinky", "Blinky")
        )
        expected = "both equally near"
        if pinky != blinky:
            expected = "Pinky" if pinky < blinky else "Blinky"
        assert answer == expected and abs(pinky - blinky) <= 3, made.data_id
        seen[answer] += 1
    even(seen, 3)


def test_beans_straight_ahead() -> None:
    """Catches a run of the wrong length, ghosts on it, and too many zeros."""
    seen: Counter[int] = Counter()
    for made, board, _, answer in samples("beans_straight_ahead"):
        cells = board.line(board.pacman, board.facing)
        assert int(answer) == len(board.beans & set(cells)) and len(cells) >= 2, made.data_id
        assert not set(cells) & set(board.ghosts.values()), made.data_id
        seen[int(answer)] += 1
    total = 3 * SAMPLES
    assert seen[0] <= total * 0.1 + 4 * (total * 0.1) ** 0.5
    assert max(seen.values()) <= total * 0.4, "a constant answer is right too often"


@pytest.mark.parametrize("form", ["choice", "open"])
def test_outcome_of_two_legs(form: str) -> None:
    """Catches wrong turns, doubtful catchers, blocked steps too many, and uneven outcomes."""
    caught: Counter[str] = Counter()
    shares: list[float] = []
    blocked = 0
    for made, board, query, answer in samples("outcome_of_two_legs", form):
        (first, once), (second, twice) = query["legs"]
        assert (first in ("UP", "DOWN")) != (second in ("UP", "DOWN")), made.data_id
        assert once + twice >= 5, made.data_id
        ghost, eaten, _ = board.simulate([first] * once + [second] * twice)
        assert ghost != "both", f"{made.data_id}: the catcher is in doubt"
        noun = "bean" if eaten == 1 else "beans"
        expected = f"caught by {ghost}" if ghost else f"{eaten} {noun}, score {board.score + eaten}"
        assert answer == expected, made.data_id
        caught[ghost or ""] += 1
        shares += [] if ghost else [eaten / (once + twice)]
        leg = board.line(board.pacman, first, once)
        free = len(leg) + len(board.line([board.pacman, *leg][-1], second, twice))
        missing = once + twice - free
        assert missing <= (made.plot_level == "Hard"), made.data_id
        blocked += missing
        if made.options:
            numbers = [re.match(r"(\d+) beans?, score (\d+)$", text) for text in made.options]
            beans = [int(found[1]) for found in numbers if found]
            assert len(beans) == len(set(beans)) == 6 and max(beans) <= once + twice, made.data_id
            scores = [int(found[2]) - int(found[1]) for found in numbers if found]
            assert set(scores) == {board.score}, made.data_id
    total = 3 * SAMPLES
    for ghost in ("Pinky", "Blinky"):
        assert abs(caught[ghost] - 0.14 * total) < 5 * (0.14 * total) ** 0.5
    assert abs(sum(shares) / len(shares) - 0.5) < 5 * 0.3 / len(shares) ** 0.5
    assert blocked <= SAMPLES / 3 + 4 * (SAMPLES / 3) ** 0.5


@pytest.mark.parametrize("ghost", ["Pinky", "Blinky"])
def test_direction_change(ghost: str) -> None:
    """Catches the old facing kept, blocked or ghostly ways, and answers not a fifth each."""
    seen: Counter[str] = Counter()
    for made, board, query, answer in samples(f"{ghost.lower()}_direction_change"):
        there = tuple(query["cell"])
        move = next(m for m in MOVES if there in board.line(board.pacman, m))
        way = board.line(board.pacman, move)
        way = way[: way.index(there) + 1]
        assert len(way) <= (5 if made.plot_level == "Hard" else 3), made.data_id
        assert not set(way) & set(board.ghosts.values()), made.data_id
        at = board.ghosts[ghost]
        old = board.target(ghost, board.pacman, board.facing)
        new = board.target(ghost, there, move)
        assert at not in (old, new), made.data_id
        before, after = board.steps(at, old)[0], board.steps(at, new)[0]
        assert answer == ("does not change" if before == after else f"changes to {after}")
        assert set(made.options) == {"does not change", *(f"changes to {m}" for m in MOVES)}
        seen[answer] += 1
    even(seen, 5)


@pytest.mark.parametrize("ghost", ["Pinky", "Blinky"])
def test_next_step(ghost: str) -> None:
    """Catches a wrong target or order, uneven directions, and too many plain cases."""
    seen: Counter[str] = Counter()
    tricky = own = 0
    for made, board, _, answer in samples(f"{ghost.lower()}_next_step"):
        at = board.ghosts[ghost]
        target = board.target(ghost, board.pacman, board.facing)
        steps = board.steps(at, target)
        assert answer == steps[0], made.data_id
        seen[answer] += 1
        down, right = target[0] - at[0], target[1] - at[1]
        plain = "DOWN" if down > 0 else "UP"
        if abs(right) >= abs(down):
            plain = "RIGHT" if right > 0 else "LEFT"
        tricky += len(steps) > 1 or board.ahead(at, plain) not in board.graph
        own += target == board.pacman
    even(seen, 4)
    total = 3 * SAMPLES
    assert tricky >= 0.5 * total
    assert ghost == "Blinky" or own <= 0.15 * total + 3 * (0.15 * total) ** 0.5


@pytest.mark.parametrize("what", ["next_step", "direction_change"])
@pytest.mark.parametrize("ghost", ["Pinky", "Blinky"])
def test_analyses_tell_shortest_paths(ghost: str, what: str) -> None:
    """Catches a told path that runs into a wall, ends elsewhere, or is longer than need be."""
    for sample, board, _, _ in samples(f"{ghost.lower()}_{what}", count=SAMPLES // 4 + 1):
        told = re.findall(
            r"a shortest path to (\(\d+, \d+\)) has (\d+) steps?: ([^.]+)\.", sample.analysis
        )
        assert len(told) == (1 if what == "next_step" else 2), sample.data_id
        for target, steps, way in told:
            at, walked = board.ghosts[ghost], 0
            for count, move, end in re.findall(r"(\d+) ([A-Z]+) to (\(\d+, \d+\))", way):
                for _ in range(int(count)):
                    if not walked:
                        first = board.steps(at, tuple(map(int, re.findall(r"\d+", target))))[0]
                        assert move == first, sample.data_id
                    at = board.ahead(at, move)
                    assert at in board.graph, sample.data_id
                    walked += 1
                assert str(at) == end, sample.data_id
            shortest = nx.shortest_path_length(board.graph, board.ghosts[ghost], at)
            assert (str(at), walked) == (target, shortest) == (target, int(steps)), sample.data_id


def test_best_straight_run() -> None:
    """Catches ties, directions into walls, missed catches, and too few tempting catches."""
    seen: Counter[str] = Counter()
    tempting = 0
    for made, board, _, answer in samples("best_straight_run"):
        runs = {move: run for move in MOVES if (run := board.run(move))}
        safe = {move: run[1] for move, run in runs.items() if run[0] is None}
        assert len(runs) >= 2, made.data_id
        seen[answer] += 1
        if not safe:
            assert answer == DOOMED, made.data_id
            continue
        most = max(safe.values())
        assert most > 0 and [m for m in safe if safe[m] == most] == [answer], made.data_id
        tempting += any(
            len(board.beans & set(board.line(board.pacman, move))) > most
            for move in runs
            if move not in safe
        )
    total = 3 * SAMPLES
    assert tempting >= 0.5 * (total - seen[DOOMED])
    assert abs(seen.pop(DOOMED) - 0.16 * total) < 5 * (0.16 * total) ** 0.5
    even(seen, 4)


def test_check_values() -> None:
    """Catches any departure from the page's example board."""
    state = GAME.decode(vector())

    def solve(task: str, **query: Any) -> Any:
        return GAME.task(task).solve(state, query).value

    assert solve("pacman_pose") == (5, 4, "LEFT")
    assert solve("count_beans_5x5") == 14
    assert solve("closer_ghost") == "Pinky"
    assert solve("beans_straight_ahead") == 3
    assert solve("pinky_next_step") == "DOWN" and solve("blinky_next_step") == "UP"
    for steps in (1, 2, 3):
        assert solve("blinky_direction_change", cell=[5 + steps, 4]) == "changes to LEFT"
    for cell in ([5, 3], [5, 1], [5, 5], [5, 6]):
        assert solve("blinky_direction_change", cell=cell) == "does not change"
    outcomes = {
        ("DOWN", 2, "LEFT", 2): "4 beans, score 7",
        ("RIGHT", 2, "UP", 2): "2 beans, score 5",
        ("LEFT", 3, "DOWN", 2): "5 beans, score 8",
        ("DOWN", 3, "RIGHT", 2): "caught by Blinky",
    }
    for (first, once, second, twice), value in outcomes.items():
        assert solve("outcome_of_two_legs", legs=[[first, once], [second, twice]]) == value
    assert solve("best_straight_run") == "LEFT"
    solution = GAME.task("best_straight_run").solve(state, {})
    turns, _ = solution.facts
    assert not turns["UP"] and len(turns["DOWN"]) == 3 and turns["DOWN"][-1].caught == "Blinky"


def test_walking_into_a_ghost_is_a_catch() -> None:
    """Catches the published slip: Pac-Man and a ghost passing through each other."""
    data = vector()
    data["ghosts"]["pinky"] = [5, 2]
    state = GAME.decode(data)
    query = {"legs": [["LEFT", 3], ["DOWN", 2]]}
    assert GAME.task("outcome_of_two_legs").solve(state, query).value == "caught by Pinky"
    assert Map(data).simulate(["LEFT"] * 3)[0] == "Pinky"


def test_text_view_leaves_the_trail_out() -> None:
    """Catches a text view that tells poses in words, or eaten cells apart from others."""
    data = vector()
    rows = GAME.describe(GAME.decode(data), {}).split("\n")
    assert rows[0] == "Score: 3"
    board = ["".join(row.split()[1:]) for row in rows[3:13]]
    assert board[5] == "#ooo<..#o#" and board[1][4] == "P" and board[8][6] == "B"
    assert not re.search(r"facing (UP|LEFT)|\(\d+, \d+\)", "\n".join(rows))
