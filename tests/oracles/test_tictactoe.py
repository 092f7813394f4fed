"""Tic-tac-toe answers against a plain minimax on nested lists, and the size of every split."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any

import pytest

import gameqa
from gameqa.games.tictactoe import GAME, census
from gameqa.sample import Level, Sample, Split

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
CELLS = [(r, c) for r in range(3) for c in range(3)]
Grid = tuple[tuple[str, ...], ...]


def owner(grid: Grid) -> str:
    """Return who owns a line, or an empty text."""
    rows = [*grid, *zip(*grid, strict=True)]
    rows += [tuple(grid[i][i] for i in range(3)), tuple(grid[i][2 - i] for i in range(3))]
    return next((row[0] for row in rows if row[0] and row == (row[0],) * 3), "")


def free(grid: Grid) -> list[tuple[int, int]]:
    return [(r, c) for r, c in CELLS if not grid[r][c]]


def to_move(grid: Grid) -> str:
    signs = [sign for row in grid for sign in row]
    return "X" if signs.count("O") > signs.count("X") else "O"


def played(grid: Grid, cell: tuple[int, int]) -> Grid:
    rows = [list(row) for row in grid]
    rows[cell[0]][cell[1]] = to_move(grid)
    return tuple(map(tuple, rows))


def over(grid: Grid) -> bool:
    return bool(owner(grid)) or not free(grid)


@cache
def result(grid: Grid) -> tuple[int, int]:
    """Return who wins with perfect play (1 for O, -1 for X) and in how many more moves."""
    if over(grid):
        return {"O": 1, "X": -1, "": 0}[owner(grid)], 0
    sign = 1 if to_move(grid) == "O" else -1
    results = [result(played(grid, cell)) for cell in free(grid)]
    value = sign * max(sign * value for value, _ in results)
    lengths = [length for won, length in results if won == value]
    # A winner hurries, a loser delays.
    return value, 1 + (min(lengths) if value == sign else max(lengths))


def values(grid: Grid) -> dict[tuple[int, int], tuple[int, int]]:
    """Return for every move its value to its player, and minus the moves that a win takes."""
    sign = 1 if to_move(grid) == "O" else -1
    found = {}
    for cell in free(grid):
        value, length = result(played(grid, cell))
        found[cell] = sign * value, 0 if value == 0 else -sign * value * length
    return found


def best(grid: Grid) -> list[tuple[int, int]]:
    scores = values(grid)
    return [cell for cell in scores if scores[cell] == max(scores.values())]


def wins_of(grid: Grid, player: str) -> list[tuple[int, int]]:
    rows = [list(row) for row in grid]
    found = []
    for r, c in free(grid):
        rows[r][c] = player
        if owner(tuple(map(tuple, rows))) == player:
            found.append((r, c))
        rows[r][c] = ""
    return found


def level_of(grid: Grid) -> str:
    """Return the level of a position by why its best move is best."""
    player = to_move(grid)
    if wins_of(grid, player):
        return "easy"
    return "medium" if wins_of(grid, "X" if player == "O" else "O") else "hard"


def samples(
    task: str, level: str, form: str = "choice"
) -> Iterator[tuple[Sample, Grid, dict[str, Any]]]:
    for index in range(SAMPLES):
        made = gameqa.sample(
            GAME,
            task=task,
            plot_level=level,
            index=index,
            seed=5,
            split=("train", "validation", "test")[index % 3],
            answer_format=form,
        )
        yield made, tuple(map(tuple, json.loads(made.state)["board"])), json.loads(made.query)


def answer(made: Sample) -> str:
    return made.options["ABCDEFGH".index(made.answer)] if made.options else made.answer


def cell_of(text: str) -> tuple[int, int] | None:
    return None if text == "none" else (int(text[1]), int(text[4]))


def check_choice(made: Sample, asked: Grid | None) -> None:
    """Check one choice: a single best cell, all wrong empty cells worse in plain value."""
    options = [cell_of(option) for option in made.options]
    assert len(set(options)) == 8 and None in options, made.data_id
    right = cell_of(answer(made))
    if asked is None:
        assert right is None, made.data_id
        return
    scores = values(asked)
    assert right in best(asked), made.data_id
    for cell in options:
        if cell in scores and cell != right:
            assert scores[cell][0] < scores[right][0], f"{made.data_id}: {cell}"
    optimal = [cell for cell in scores if scores[cell][0] == max(scores.values())[0]]
    assert len(optimal) <= 3 and len(scores) - len(optimal) >= 2, made.data_id
    assert scores[right][0] >= 0, made.data_id
    assert level_of(asked) == made.plot_level.lower(), made.data_id


@pytest.mark.parametrize("level", LEVELS)
def test_cell_colour(level: str) -> None:
    """Catches rows and columns swapped, and colours that are not equally frequent."""
    counts: Counter[str] = Counter()
    for made, grid, query in samples("cell_colour", level):
        r, c = query["cell"]
        assert answer(made) == {"O": "red", "X": "blue", "": "white"}[grid[r][c]], made.data_id
        assert len(free(grid)) <= 7
        counts[answer(made)] += 1
    expected = SAMPLES / 3
    assert all(abs(count - expected) <= 5 * expected**0.5 for count in counts.values()), counts


@pytest.mark.parametrize("level", LEVELS)
def test_best_move(level: str) -> None:
    """Catches moves that are not best, rivals as good, wrong levels, and favoured cells."""
    counts: Counter[str] = Counter()
    for made, grid, _ in samples("best_move", level):
        check_choice(made, None if over(grid) else grid)
        counts[answer(made)] += 1
    assert abs(counts["none"] - 0.12 * SAMPLES) <= 5 * (0.12 * SAMPLES) ** 0.5, counts
    expected = 0.88 / 9 * SAMPLES
    assert all(abs(counts[f"({r}, {c})"] - expected) <= 5 * expected**0.5 for r, c in CELLS), counts


@pytest.mark.parametrize("level", LEVELS)
def test_best_reply(level: str) -> None:
    """Catches replies to moves that cannot be made, bad replies, and other shares of none."""
    counts: Counter[str] = Counter()
    for made, grid, query in samples("best_reply", level):
        move = tuple(query["move"])
        assert str(move) in made.question and str(move) in made.options, made.data_id
        case, asked = "reply", None
        if over(grid):
            case = "over"
        elif grid[move[0]][move[1]]:
            case = "occupied"
        elif owner(played(grid, move)):
            case = "win"
        elif not free(played(grid, move)):
            case = "last"
        else:
            asked = played(grid, move)
            scores = values(grid)
            counts["sensible"] += scores[move][0] == max(scores.values())[0]
        counts[case] += 1
        check_choice(made, asked)
    shares = {"reply": 0.87, "occupied": 0.05, "win": 0.05, "last": 0.02, "over": 0.01}
    for case, share in shares.items():
        assert abs(counts[case] - share * SAMPLES) <= 5 * (share * SAMPLES) ** 0.5 + 1, counts
    assert counts["sensible"] >= 0.5 * counts["reply"] - 2 * SAMPLES**0.5, counts


def test_open_answers() -> None:
    """Catches a grader that takes one best cell only, or a slower win for a best move."""
    task = GAME.task("best_move")
    for level in LEVELS:
        for made, grid, query in samples("best_move", level, "open"):
            state = GAME.decode(json.loads(made.state))
            accepted = [cell for cell in CELLS if task.accepts(state, query, cell)]
            assert accepted == ([] if over(grid) else best(grid)), made.data_id
            assert task.accepts(state, query, "none") == over(grid), made.data_id


VECTORS = [
    ("O.X/..X/..O", 1, [(1, 0), (1, 1), (2, 0), (2, 1)], [(1, 1)]),
    ("O../.X./..O", 0, [(0, 1), (1, 0), (1, 2), (2, 1)], None),
    (".../.O./...", 0, [(0, 0), (0, 2), (2, 0), (2, 2)], None),
    ("OXO/.XO/..X", 0, [(2, 1)], None),
    ("O../.../..X", 1, [(0, 2), (2, 0)], None),
    ("OX./.O./...", -1, [(0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)], [(2, 2)]),
]


@pytest.mark.parametrize(("text", "value", "optimal", "top"), VECTORS)
def test_check_vectors(text: str, value: int, optimal: list[Any], top: list[Any] | None) -> None:
    """Catches a value or a set of moves that differs from the page, here and in the oracle."""
    from gameqa.games.tictactoe.solver import judge

    judged = judge(text.replace("/", ""))
    assert judged.value == value
    assert [divmod(place, 3) for place in judged.optimal] == optimal
    assert [divmod(place, 3) for place in judged.best] == (top or optimal)
    grid = tuple(tuple(sign.strip(".") for sign in row) for row in text.split("/"))
    assert best(grid) == (top or optimal)


def reachable() -> set[Grid]:
    """Return all boards that alternate play can produce."""
    layer = {(("",) * 3,) * 3}
    found = set(layer)
    while layer:
        layer = {played(g, cell) for g in layer if not over(g) for cell in free(g)}
        found |= layer
    return found


def test_every_board_is_judged_right() -> None:
    """Catches any wrong value among all 4520 unfinished boards, and boards that are left out."""
    from gameqa.games.tictactoe.generation import all_images, catalogue
    from gameqa.games.tictactoe.solver import judge

    boards = reachable()
    assert len(boards) == 5478
    listed = all_images([*catalogue().over.values(), *catalogue().asked.values()])
    texts = {"".join(sign or "." for row in grid for sign in row): grid for grid in boards}
    assert set(listed) <= set(texts)
    finished = [text for text, grid in texts.items() if over(grid)]
    assert len(finished) == 958 and set(finished) <= set(listed) and len(listed) == 958 + 2196
    for text, grid in texts.items():
        if not over(grid):
            assert [divmod(place, 3) for place in judge(text).best] == best(grid), text


def test_every_split_holds_every_level() -> None:
    """Catches splits without boards of a task and level, and a census that is not up to date."""
    for level in Level:
        for task in GAME.tasks:
            counts = census.distinct_questions(task.slug, GAME.levels[level].reason)
            assert all(counts[split] > 250 for split in Split), (task.slug, level, counts)
            told = " / ".join(str(counts[split]) for split in Split)
            assert re.search(rf"{task.slug} .*{told}", census.__doc__ or ""), (task.slug, told)


def test_samples_stay_within_the_census() -> None:
    """Catches a wrap that leaves the counted space: boards or cells that nobody counted."""
    for task in GAME.tasks:
        for level in Level:
            counted = set(census.questions(task.slug, GAME.levels[level].reason))
            for made, grid, query in samples(task.slug, level.value.lower()):
                text = "".join(sign or "." for row in grid for sign in row)
                named = query.get("cell") or query.get("move")
                places = [
                    -1 if c is None else 3 * c[0] + c[1] for c in (named, query.get("target"))
                ]
                assert (text, *places) in counted, made.data_id
