"""Snake answers against a literal snake (a deque on a set of cells) and networkx."""

from __future__ import annotations

import json
import os
from collections import Counter, deque
from collections.abc import Iterator
from typing import Any

import networkx as nx
import pytest

import gameqa
from gameqa.games.snake import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
WORDS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
SNAKES = 20_000
"""How many positions the search over whole snakes may look at."""


class Board:
    """A board read from a row's JSON."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.n = state["n"]
        self.body = tuple(tuple(cell) for cell in state["body"])
        self.food = tuple(state["food"])

    def grid(self) -> nx.Graph:
        return nx.grid_2d_graph(self.n, self.n)


def advance(snake: deque[Any], move: str, n: int) -> str | None:
    """Move a snake literally: the tail goes first, then the head; return what it hits."""
    r, c = snake[0][0] + WORDS[move][0], snake[0][1] + WORDS[move][1]
    if not (0 <= r < n and 0 <= c < n):
        return "hits the border"
    snake.pop()
    if (r, c) in snake:
        return "hits itself"
    snake.appendleft((r, c))
    return None


def samples(
    task: str, levels: tuple[str, ...] = LEVELS
) -> Iterator[tuple[Sample, Board, dict[str, Any]]]:
    for level in levels:
        for index in range(SAMPLES):
            made = gameqa.sample(GAME, task=task, plot_level=level, index=index, seed=5)
            yield made, Board(json.loads(made.state)), json.loads(made.query)


def answer(made: Sample) -> str:
    return made.options["ABCD".index(made.answer)] if made.options else made.answer


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_snakes_are_whole(task: str) -> None:
    """Catches broken or crossing snakes, food under the snake, and sizes off the level."""
    sizes = {"Easy": (5, 7), "Medium": (8, 11), "Hard": (12, 15)}
    for made, board, _ in samples(task):
        assert nx.is_simple_path(board.grid(), list(board.body)), made.data_id
        assert len(board.body) >= 3 and board.food not in board.body, made.data_id
        low, high = sizes[made.plot_level]
        assert low <= board.n <= high and board.food in board.grid(), made.data_id


def test_positions_and_length() -> None:
    """Catches swapped coordinates, the tail taken for the head, and a head that is not counted."""
    for task, read in (
        ("head_position", lambda board: str(board.body[0])),
        ("food_position", lambda board: str(board.food)),
        ("snake_length", lambda board: str(len(board.body))),
    ):
        for made, board, _ in samples(task):
            assert made.answer == read(board), made.data_id
            told = GAME.describe(GAME.decode(json.loads(made.state)), {}).splitlines()[2:-1]
            marks = Counter("".join(line.split(maxsplit=1)[1] for line in told))
            assert sum(marks[sign] for sign in "H^v<>") == len(board.body), made.data_id


def test_outcome_of_moves() -> None:
    """Catches a tail that blocks, a first event missed, and outcomes that are not balanced."""
    for level, first in zip(LEVELS, (2, 2, 3), strict=True):
        counts: Counter[str] = Counter()
        for made, board, query in samples("outcome_of_moves", (level,)):
            snake, event, made_moves = deque(board.body), None, 0
            for move in query["moves"]:
                made_moves += 1
                event = advance(snake, move, board.n)
                if event is None and snake[0] == board.food:
                    event = "reaches the food"
                if event:
                    break
            assert answer(made) == (event or "none of these"), made.data_id
            assert event is None or made_moves >= first, made.data_id
            assert len(made.options) == 4, made.data_id
            counts[answer(made)] += 1
        expected = SAMPLES / 4
        assert all(abs(k - expected) <= 5 * expected**0.5 for k in counts.values()), counts
        assert len(counts) == 4


def lower_bound(board: Board) -> int:
    """Return the length of a shortest way in time if only the old body is in the way, or -1."""
    length = len(board.body)
    free_from = {cell: length - i for i, cell in enumerate(board.body)}
    most = 4 * length + 2 * board.n
    timed = nx.DiGraph()
    grid = board.grid()
    timed.add_node((board.body[0], 0))
    for t in range(most):
        for a, b in grid.edges:
            for start, end in ((a, b), (b, a)):
                if t + 1 >= free_from.get(end, 0):
                    timed.add_edge((start, t), (end, t + 1))
    depths = nx.single_source_shortest_path_length(timed, (board.body[0], 0))
    return min((t for (cell, t) in depths if cell == board.food), default=-1)


def search(board: Board) -> int | None:
    """Return the answer by a search over whole snakes, None if there are too many of them."""
    frontier, seen, moves = [board.body], {board.body}, 0
    while frontier:
        moves += 1
        reached = []
        for body in frontier:
            for move in WORDS:
                snake = deque(body)
                if advance(snake, move, board.n) is None:
                    if snake[0] == board.food:
                        return moves
                    after = tuple(snake)
                    if after not in seen:
                        seen.add(after)
                        reached.append(after)
        if len(seen) > SNAKES:
            return None
        frontier = reached
    return -1


def test_shortest_path_length() -> None:
    """Catches ways that are too long or illegal, ways called impossible, and lopsided answers."""
    task = GAME.task("shortest_path_length")
    proofs: Counter[str] = Counter()
    for level, hopeless in zip(LEVELS, (0.06, 0.12, 0.12), strict=True):
        counts: Counter[int] = Counter()
        for made, board, query in samples("shortest_path_length", (level,)):
            told = int(made.answer)
            counts[told] += 1
            assert told == -1 or told >= 2, made.data_id
            walk = task.solve(GAME.decode(json.loads(made.state)), query).value
            assert walk == told
            if told > 0:
                # The moves of the analysis, played literally, are a way of that length.
                will_do = made.analysis.split("will do: ")[1].split(".")[0]
                moves = [word for word in will_do.replace(",", " ").split() if word in WORDS]
                snake = deque(board.body)
                for move in moves:
                    assert advance(snake, move, board.n) is None, made.data_id
                assert snake[0] == board.food and len(moves) == told, made.data_id
            if told > 0 and lower_bound(board) == told:
                proofs["way in time"] += 1
                continue
            found = search(board)
            proofs["search" if found is not None else "too large"] += 1
            assert found in (None, told), made.data_id
        total = sum(counts.values())
        spread = 5 * (total * hopeless) ** 0.5
        assert abs(counts[-1] - total * hopeless) <= spread, counts
        assert max(counts.values()) <= 0.25 * total + 4 * (0.25 * total) ** 0.5, counts
    assert proofs["too large"] <= 0.05 * sum(proofs.values()), proofs


VECTORS = [
    ("44 34 35 25 24 23 33 32 22 12 02 03 13", (0, 4), 8),
    ("02 01 00 10 11 21 22 23 13 03 04 05 06 16", (5, 6), -1),
    ("33 32 22 12 11 10 20 30 31 41 40 50 51 52 42 43", (3, 5), 2),
]


@pytest.mark.parametrize(("body", "food", "shortest"), VECTORS)
def test_check_values(body: str, food: tuple[int, int], shortest: int) -> None:
    """Catches any rule that differs from the page's worked examples."""
    data = {"n": 7, "body": [[int(r), int(c)] for r, c in body.split()], "food": list(food)}
    state = GAME.decode(data)
    solution = GAME.task("shortest_path_length").solve(state, {})
    assert solution.value == shortest == search(Board(data))
    if shortest == 2:
        play = GAME.task("outcome_of_moves").solve(state, {"moves": ["down", "up"]}).facts
        assert [step.event for step in play] == [None, "hits itself"], "the tail's cell is free"
    text = GAME.task("shortest_path_length").explain(state, {}, solution, ())
    assert ("So the food cannot be reached" in text) == (shortest == -1)
