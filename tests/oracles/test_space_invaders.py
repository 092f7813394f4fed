"""Space Invaders answers against a literal game: single enemies that stand, move and are shot."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any

import pytest

import gameqa
from gameqa.games.space_invaders import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
POINTS = {"P": 30, "B": 20, "G": 10}
NAMES = {"purple": "P", "blue": "B", "green": "G"}
EXAMPLE = ("..........", "..PPPPPP..", "..BBBB.B..", "..G.GG.B..", "....G.....", "..........")
OPTIONS = {"shot_here_points": 4, "shot_at_column_points": 4, "best_one_shot": 3}


class Game:
    """A board that is played literally."""

    def __init__(self, grid: Sequence[str]) -> None:
        self.cols = len(grid[0])
        self.score = 0
        self.enemies = {
            (row, column): letter
            for row, cells in enumerate(grid, 1)
            for column, letter in enumerate(cells, 1)
            if letter != "."
        }

    def fire(self, column: int) -> None:
        """Fly upwards from below all rows and destroy the first enemy on the way."""
        for row in range(100, 0, -1):
            if (row, column) in self.enemies:
                self.score += POINTS[self.enemies.pop((row, column))]
                return

    def shift(self, direction: str) -> None:
        """Move every enemy; none may leave the board."""
        step = {"left": -1, "right": 1}[direction]
        self.enemies = {(row, column + step): e for (row, column), e in self.enemies.items()}
        assert all(1 <= column <= self.cols for _, column in self.enemies), "an enemy is off"


def stay(grid: Sequence[str], ship: int, direction: str, k: int) -> int:
    """Fire from one column in the intervals t to t + k."""
    game = Game(grid)
    for interval in range(k + 1):
        if interval:
            game.shift(direction)
        game.fire(ship)
    return game.score


def best(grid: Sequence[str], shots: int, direction: str | None) -> int:
    """Try all columns for every shot."""
    scores = []
    for columns in product(range(1, len(grid[0]) + 1), repeat=shots):
        game = Game(grid)
        for interval, column in enumerate(columns):
            if interval and direction:
                game.shift(direction)
            game.fire(column)
        scores.append(game.score)
    return max(scores)


def truth(task: str, state: dict[str, Any], query: dict[str, Any]) -> int:
    """Answer a question by playing or counting."""
    grid, ship = state["grid"], state["ship_col"]
    cells = Game(grid).enemies
    if task == "count_column":
        return sum(column == query["column"] for _, column in cells)
    if task == "count_row":
        return sum(row == query["row"] for row, _ in cells)
    if task == "count_all":
        return len(cells)
    if task == "count_color":
        return list(cells.values()).count(NAMES[query["color"]])
    if task in ("shot_here_points", "shot_at_column_points"):
        return stay(grid, query.get("column", ship), "left", 0)
    if task == "stay_and_shoot_points":
        return stay(grid, ship, query["direction"], query["k"])
    return best(grid, 1 if task == "best_one_shot" else 2, query.get("direction"))


def samples(
    task: str, levels: Sequence[str] = LEVELS, **kwargs: Any
) -> Iterator[tuple[Sample, dict[str, Any], dict[str, Any]]]:
    for level in levels:
        for index in range(SAMPLES):
            made = gameqa.sample(GAME, task=task, plot_level=level, index=index, seed=5, **kwargs)
            yield made, json.loads(made.state), json.loads(made.query)


def answer(made: Sample) -> int:
    return int(made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer)


@pytest.mark.parametrize("answer_format", ["choice", "open"])
@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_answers(task: str, answer_format: str) -> None:
    """Catches every wrong answer, and enemies that leave the board before the last shot."""
    for made, state, query in samples(task, answer_format=answer_format):
        assert answer(made) == truth(task, state, query), made.data_id


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_boards(task: str) -> None:
    """Catches holes within a column, a lost ship, sizes off the level and boards with no game."""
    heights = {"Easy": 3, "Medium": 4, "Hard": 5}
    rows = {"Easy": (5, 6), "Medium": (6, 7), "Hard": (7, 8)}
    cols = {"Easy": (6, 9), "Medium": (10, 12), "Hard": (13, 17)}
    for made, state, _ in samples(task):
        grid, place = state["grid"], state["formation"]
        level = made.plot_level
        assert len(grid) == state["rows"] and {len(row) for row in grid} == {state["cols"]}
        assert rows[level][0] <= state["rows"] <= rows[level][1], made.data_id
        assert cols[level][0] <= state["cols"] <= cols[level][1], made.data_id
        assert 1 <= state["ship_col"] <= state["cols"], made.data_id
        assert place["height"] == heights[level], made.data_id
        columns = ["".join(column) for column in zip(*grid, strict=True)]
        for number, column in enumerate(columns, 1):
            full = column[place["top"] - 1 :][: place["height"]]
            inside = place["left"] <= number < place["left"] + place["width"]
            assert re.fullmatch(r"\.*[PBG]*\.*", column), made.data_id
            assert not column.strip(".") or (inside and full[0] != "."), made.data_id
        occupied = [column.strip(".") for column in columns if column.strip(".")]
        assert len(occupied) >= 2 and sum(map(len, occupied)) >= 3, made.data_id
        if level != "Easy" and GAME.task(task).question_id in (1, 2, 3, 5, 6):
            assert len({column[-1] for column in occupied}) > 1, made.data_id


@pytest.mark.parametrize("task", [task.slug for task in GAME.tasks])
def test_options_say_nothing(task: str) -> None:
    """Catches options that are no run of possible values, and a rank that is right too often."""
    ranks: Counter[tuple[int, int]] = Counter()
    lists: Counter[int] = Counter()
    for made, state, query in samples(task):
        values = sorted(map(int, made.options))
        size = len(values)
        step = 1 if task.startswith("count") else 10
        assert values == list(range(values[0], values[-1] + 1, step)), made.data_id
        most = {
            "count_column": state["formation"]["height"],
            "count_row": state["formation"]["width"],
            "count_all": state["formation"]["width"] * state["formation"]["height"],
            "count_color": len(Game(state["grid"]).enemies),
            "stay_and_shoot_points": 30 * (query.get("k", 0) + 1),
            "best_two_shots": 60,
        }.get(task, 30)
        assert values[0] >= 0 and values[-1] <= most, made.data_id
        assert size == OPTIONS.get(task, size) and size <= 8, made.data_id
        lists[size] += 1
        ranks[size, values.index(answer(made))] += 1
    for size, count in lists.items():
        for rank in range(size):
            off = ranks[size, rank] - count / size
            assert abs(off) < 4.5 * (count * (size - 1)) ** 0.5 / size + 1, (size, ranks)


@pytest.mark.parametrize("task", ["count_column", "shot_at_column_points"])
def test_column_number_says_nothing(task: str) -> None:
    """Catches questions about an outer column whose answer is 0 more often than about others."""
    zeros, expected, variance = 0.0, 0.0, 0.0
    for made, _, query in samples(task):
        if query["column"] <= 2:
            share = 1 / len(made.options)
            zeros += answer(made) == 0
            expected += share
            variance += share * (1 - share)
    assert expected == 0 or abs(zeros - expected) < 4.5 * variance**0.5 + 1


def test_two_shots_in_three_ways() -> None:
    """Catches the best two shots being mostly of one kind: one column, two columns, or both."""
    ways: Counter[str] = Counter()
    for made, state, _ in samples("best_two_shots"):
        columns = ["".join(column).replace(".", "") for column in zip(*state["grid"], strict=True)]
        scores = [[POINTS[letter] for letter in reversed(column)] for column in columns if column]
        one = max((s[0] + s[1] for s in scores if len(s) > 1), default=0)
        two = sum(sorted(s[0] for s in scores)[-2:])
        assert max(one, two) == answer(made), made.data_id
        if answer(made) > 20:
            ways["one" if one > two else "two" if two > one else "both"] += 1
    total = sum(ways.values())
    for way in ("one", "two", "both"):
        assert abs(ways[way] - total / 3) < 4.5 * (total * 2) ** 0.5 / 3 + 1, ways


def test_wrong_readings_of_a_moving_formation_fail() -> None:
    """Catches questions that the wrong direction, or no movement at all, answers as well."""
    for made, state, query in samples("stay_and_shoot_points"):
        wide = ["." * 9 + row + "." * 9 for row in state["grid"]]
        ship, k = state["ship_col"] + 9, query["k"]
        other = {"left": "right", "right": "left"}[query["direction"]]
        assert stay(wide, ship, other, k) != answer(made), made.data_id
        still = Game(state["grid"])
        for _ in range(k + 1):
            still.fire(state["ship_col"])
        assert still.score != answer(made), made.data_id
        low, high = {"Easy": (1, 2), "Medium": (2, 3), "Hard": (3, 6)}[made.plot_level]
        assert low <= k <= high, made.data_id


def solved(task: str, query: dict[str, Any]) -> int:
    state = GAME.decode(
        {
            "rows": 6,
            "cols": 10,
            "grid": EXAMPLE,
            "ship_col": 5,
            "formation": {"top": 2, "left": 3, "height": 4, "width": 6},
        }
    )
    return int(GAME.task(task).solve(state, query).value)


def test_check_values() -> None:
    """Catches a departure from the values that the game's page works out by hand."""
    assert solved("count_all", {}) == 16
    assert solved("count_row", {"row": 3}) == 5
    assert solved("count_color", {"color": "blue"}) == 6
    assert solved("count_column", {"column": 5}) == 4
    assert solved("shot_here_points", {}) == 10
    for column, points in ((7, 30), (8, 20), (9, 0)):
        assert solved("shot_at_column_points", {"column": column}) == points
    for direction, k, points in (("right", 1, 30), ("right", 2, 40), ("left", 1, 20)):
        assert solved("stay_and_shoot_points", {"direction": direction, "k": k}) == points
    assert solved("stay_and_shoot_points", {"direction": "left", "k": 2}) == 50
    assert solved("best_one_shot", {}) == 30
    assert solved("best_two_shots", {"direction": "left"}) == 50


def test_the_oracle_itself() -> None:
    """Catches an oracle that plays another game than the page's check values."""
    assert [best(EXAMPLE, shots, "right") for shots in (1, 2, 3)] == [30, 50, 80]
    assert stay(EXAMPLE, 5, "left", 2) == 50 and stay(EXAMPLE, 5, "right", 2) == 40


def test_boards_without_a_choice() -> None:
    """Catches a crash on boards that we never make: one column, or no column with two enemies."""
    for grid, points in ((("P", "G"), 40), (("P",), 30), (("PB",), 50), ((".",), 0)):
        formation = {"top": 1, "left": 1, "height": len(grid), "width": len(grid[0])}
        state = GAME.decode({"grid": grid, "ship_col": 1, "formation": formation})
        for slug, query in (("best_one_shot", {}), ("best_two_shots", {"direction": "left"})):
            task = GAME.task(slug)
            solution = task.solve(state, query)
            shots = 1 if slug == "best_one_shot" else 2
            assert solution.value == best(grid, shots, None), (grid, slug)
            assert task.explain(state, query, solution, ())
        assert solution.value == points
