"""Ultra Tic-Tac-Toe answers against a literal replay of the stored moves on a plain table."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from itertools import product
from typing import Any

import networkx as nx
import pytest

import gameqa
from gameqa.games.ultra_tictactoe import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = {"easy": (9, 34), "medium": (35, 58), "hard": (59, 74)}
THREE = (1, 2, 3)
PAIRS = list(product(THREE, THREE))
NAMES = {"first player": "X", "second player": "O"}
GAME_A = (
    "2232 3232 3223 2311 1132 3233 3311 1112 1223 2332 3222 2223 2321 2131 3113 1321 2121 2133 "
    "3332 3231 3112 1233 3313 1331"
)
BOARD_A = (
    ".O.....X. .....X..O ...O..O.. ...X..O.O .....O.X. O..X...O. .XX...... ....XXOOO X.X....X."
)
BOARD_B = (
    "X.XOOO..O .OOXOOOOO XXOO.OO.O OXXOXOOX. XXXXOXOOX XXXXX.XO. .XXXOO..X OXX.XO... .X.OO.XX."
)


class Table:
    """A game played literally: a dictionary from (i, j, row, col) to the mark there."""

    def __init__(self, moves: list[list[int]]) -> None:
        self.cells: dict[tuple[int, ...], str] = {}
        self.forced = (2, 2)
        for number, move in enumerate(moves):
            cell = tuple(move)
            assert len(cell) == 4 and set(cell) <= set(THREE), cell
            assert cell[:2] == self.forced, f"move {number} leaves grid {self.forced}"
            assert cell not in self.cells and not self.over(), f"move {number} is illegal"
            self.cells[cell] = "XO"[number % 2]
            self.forced = cell[2:]
        self.mover = "XO"[len(moves) % 2]

    def over(self) -> bool:
        return all((*grid, 2, 2) in self.cells for grid in PAIRS)

    def free(self) -> list[tuple[int, ...]]:
        return [(*self.forced, *at) for at in PAIRS if (*self.forced, *at) not in self.cells]

    def points(self, mark: str, grid: tuple[int, ...], extra: tuple[int, ...] = ()) -> int:
        """Count lines the slow way: all triples of own cells that lie in a line."""
        own = [at for at in PAIRS if self.cells.get((*grid, *at)) == mark or (*grid, *at) == extra]
        total = sum(sum(at[axis] == k for at in own) == 3 for axis in (0, 1) for k in THREE)
        total += sum(row == col for row, col in own) == 3
        return total + (sum(row + col == 4 for row, col in own) == 3)

    def gains(self, mark: str) -> dict[tuple[int, ...], int]:
        now = self.points(mark, self.forced)
        return {cell: self.points(mark, self.forced, cell) - now for cell in self.free()}


def samples(task: str, form: str = "choice") -> Iterator[tuple[Sample, Table, dict[str, Any], str]]:
    for level in LEVELS:
        for index in range(SAMPLES):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=3, answer_format=form
            )
            table = Table(json.loads(made.state)["moves"])
            answer = made.options["ABCDEFGHI".index(made.answer)] if made.options else made.answer
            yield made, table, json.loads(made.query), answer


def pairs_of(text: str) -> list[tuple[int, ...]]:
    return [tuple(map(int, part)) for part in text.split()]


def state_of(moves: list[tuple[int, ...]]) -> Any:
    return GAME.decode({"moves": moves, "mark_last": False})


def legal_order(board: list[str]) -> list[tuple[int, ...]]:
    """Find an order of moves that leads to a board: an Euler path over (grid, who moves)."""
    graph = nx.MultiDiGraph()
    for grid, signs in zip(PAIRS, board, strict=True):
        for at, sign in zip(PAIRS, signs, strict=True):
            if sign != ".":
                graph.add_edge((grid, sign), (at, "XO"[sign == "X"]))
    return [(*a[0], *b[0]) for a, b in nx.eulerian_path(graph, source=((2, 2), "X"))]


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_games_are_legal_and_told_rightly(task: str) -> None:
    """Catches illegal moves, finished games, wrong sizes, and derived fields that are wrong."""
    for made, table, _, _ in samples(task):
        state = json.loads(made.state)
        low, high = LEVELS[made.plot_level.lower()]
        assert low <= len(table.cells) <= high, made.data_id
        assert not table.over() and table.free(), made.data_id
        signs = ["".join(table.cells.get((*g, *at), ".") for at in PAIRS) for g in PAIRS]
        assert state["board"] == signs and state["to_move"] == table.mover, made.data_id
        assert state["forced_grid"] == list(table.forced), made.data_id
        assert state["last_move"] == state["moves"][-1] and not state["mark_last"], made.data_id


def test_cell_owner() -> None:
    """Catches swapped coordinates or players, and classes or cells that are not drawn evenly."""
    seen: Counter[str] = Counter()
    for made, table, query, answer in samples("cell_owner"):
        mark = table.cells.get(tuple(query["cell"]))
        assert NAMES.get(answer) == mark, made.data_id
        seen[answer] += 1
    assert min(seen.values()) > SAMPLES - 5 * SAMPLES**0.5 and len(seen) == 3


@pytest.mark.parametrize("form", ["choice", "open"])
def test_count_legal_moves(form: str) -> None:
    """Catches the wrong grid, a last move not counted, and bands other than the page's."""
    bands = {"easy": range(5, 10), "medium": range(2, 7), "hard": range(1, 6)}
    for made, table, query, answer in samples("count_legal_moves", form):
        assert int(answer) == len(table.free()), made.data_id
        assert query == {"last_move": json.loads(made.state)["moves"][-1], "mover": table.mover}
        band = bands[made.plot_level.lower()]
        assert int(answer) in band, made.data_id
        assert not made.options or sorted(map(int, made.options)) == list(band), made.data_id


def test_count_middle_cells() -> None:
    """Catches a count over the wrong cells, and bands other than the page's."""
    firsts = {"easy": 0, "medium": 3, "hard": 4}
    for made, table, _, answer in samples("count_middle_cells"):
        assert int(answer) == sum(cell[2:] == (2, 2) for cell in table.cells), made.data_id
        first = firsts[made.plot_level.lower()]
        assert sorted(map(int, made.options)) == list(range(first, first + 5)), made.data_id


@pytest.mark.parametrize("form", ["choice", "open"])
def test_count_pieces(form: str) -> None:
    """Catches a wrong total, and lists that are no eight consecutive numbers of the level."""
    ranks: Counter[int] = Counter()
    for made, table, _, answer in samples("count_pieces", form):
        assert int(answer) == len(table.cells), made.data_id
        if made.options:
            shown = sorted(map(int, made.options))
            low, high = LEVELS[made.plot_level.lower()]
            assert shown == list(range(shown[0], shown[0] + 8)), made.data_id
            assert low <= shown[0] and shown[-1] <= high, made.data_id
            ranks[shown.index(int(answer))] += 1
    mean = 3 * SAMPLES / 8
    assert all(abs(count - mean) < 5 * mean**0.5 for count in ranks.values())


def test_grid_points() -> None:
    """Catches missed or doubled lines, trivial zeros, and values that are not drawn evenly."""
    tops = {"easy": 2, "medium": 3, "hard": 4}
    seen: Counter[tuple[str, int]] = Counter()
    for made, table, query, answer in samples("grid_points"):
        mark, grid = NAMES[query["player"]], tuple(query["grid"])
        assert int(answer) == table.points(mark, grid), made.data_id
        own = sum(table.cells.get((*grid, *at)) == mark for at in PAIRS)
        assert own >= 3, f"{made.data_id}: a trivial question"
        top = tops[made.plot_level.lower()]
        assert sorted(map(int, made.options)) == list(range(top + 1)), made.data_id
        seen[made.plot_level.lower(), int(answer)] += 1
    for level, top in tops.items():
        mean = SAMPLES / (top + 1)
        for value in range(top + 1):
            assert abs(seen[level, value] - mean) < 5 * mean**0.5, (level, value)


def test_deduce_forced_grid() -> None:
    """Catches a wrong identity: the truth here is where the stored last move points to."""
    seen: Counter[str] = Counter()
    for made, table, query, answer in samples("deduce_forced_grid"):
        assert answer == str(table.forced) and query == {"mover": table.mover}, made.data_id
        last = str(tuple(json.loads(made.state)["moves"][-1]))
        assert last not in made.question.split("\nIn which")[0].split("moves next")[-1], (
            f"{made.data_id}: the last move is told"
        )
        assert len(made.options) == 9, made.data_id
        seen[answer] += 1
    mean = SAMPLES / 3
    assert len(seen) == 9 and all(abs(n - mean) < 5 * mean**0.5 for n in seen.values())


def test_best_scoring_move() -> None:
    """Catches ties, moves that score nothing, crowded grids, and a favoured position."""
    seen: Counter[tuple[int, ...]] = Counter()
    contested = 0
    for made, table, query, answer in samples("best_scoring_move"):
        gains = table.gains(table.mover)
        best = max(gains.values())
        winners = [cell for cell, gain in gains.items() if gain == best]
        assert best > 0 and len(gains) >= 3, made.data_id
        assert [answer] == list(map(str, winners)), made.data_id
        assert query == {"last_move": json.loads(made.state)["moves"][-1], "mover": table.mover}
        seen[winners[0][2:]] += 1
        rival = table.gains("XO"[table.mover == "X"])
        contested += made.plot_level != "Easy" and (
            len({gain for gain in gains.values() if gain}) > 1 or any(rival.values())
        )
    mean = SAMPLES / 3
    assert len(seen) == 9 and all(abs(n - mean) < 5 * mean**0.5 for n in seen.values())
    assert contested > 2 * SAMPLES * 0.4


def test_marking_the_last_move_changes_no_text_otherwise() -> None:
    """Catches a text view that tells the order of moves, or hides a marked last move."""
    moves = pairs_of(GAME_A)
    other = legal_order(BOARD_A.split())
    assert sorted(moves) == sorted(other)
    assert GAME.describe(state_of(moves), {}) == GAME.describe(state_of(other), {})
    marked = GAME.decode({"moves": moves, "mark_last": True})
    assert "The last move was at (1, 3, 3, 1)." in GAME.describe(marked, {})
    assert GAME.split_key(marked) == GAME.split_key(state_of(other))


def test_check_values_game_a() -> None:
    """Catches any departure from the page's game A."""
    state = state_of(pairs_of(GAME_A))
    data = GAME.encode(state)
    assert list(data["board"]) == BOARD_A.split()
    assert data["to_move"] == "X" and tuple(data["forced_grid"]) == (3, 1)
    told = {"last_move": [1, 3, 3, 1], "mover": "X"}
    assert GAME.task("count_legal_moves").solve(state, told).value == 7
    assert GAME.task("best_scoring_move").solve(state, told).value == (3, 1, 1, 1)
    assert GAME.task("count_middle_cells").solve(state, {}).value == 1
    assert GAME.task("deduce_forced_grid").solve(state, {"mover": "X"}).value == (3, 1)
    for player, grid in product(NAMES, PAIRS):
        points = GAME.task("grid_points").solve(state, {"player": player, "grid": grid}).value
        assert points == ((player, grid) == ("second player", (3, 2)))


def test_check_values_board_b() -> None:
    """Catches any departure from the page's board B, played in an order found by networkx."""
    moves = legal_order(BOARD_B.split())
    table, state = Table([list(move) for move in moves]), state_of(moves)
    assert list(GAME.encode(state)["board"]) == BOARD_B.split() and len(moves) == 61
    assert table.forced == (1, 3) and table.mover == "O"
    assert table.gains("O") == {(1, 3, 2, 2): 2, (1, 3, 3, 2): 1}
    assert GAME.task("deduce_forced_grid").solve(state, {"mover": "O"}).value == (1, 3)
    told = {"last_move": list(moves[-1]), "mover": "O"}
    assert GAME.task("best_scoring_move").solve(state, told).value == (1, 3, 2, 2)
    assert GAME.task("count_middle_cells").solve(state, {}).value == 8
    points = {"first player": [0, 0, 0, 1, 2, 3, 0, 0, 0], "second player": [1, 4, 1, 1] + [0] * 5}
    for player, expected in points.items():
        task = GAME.task("grid_points")
        found = [task.solve(state, {"player": player, "grid": grid}).value for grid in PAIRS]
        assert found == expected
