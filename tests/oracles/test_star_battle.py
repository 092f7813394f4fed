"""Star Battle against brute force over permutations and literal checks on the JSON state."""

import json
import os
from collections import Counter
from itertools import permutations

import pytest

import gameqa
from gameqa.games.star_battle import solver
from gameqa.games.star_battle.rules import State, legal_cells
from gameqa.registry import get_game

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
VECTOR = State(
    regions=(
        (2, 1, 1, 1, 0, 0),
        (2, 1, 1, 0, 0, 0),
        (2, 2, 2, 0, 0, 0),
        (2, 5, 5, 4, 3, 3),
        (2, 5, 5, 4, 4, 3),
        (5, 5, 5, 5, 4, 4),
    ),
    stars=((1, 2), (3, 5)),
    solution=((0, 4), (1, 2), (2, 0), (3, 5), (4, 3), (5, 1)),
)


def rows(task, level, form="choice"):
    for index in range(SAMPLES):
        sample = gameqa.sample(
            "star_battle", task=task, plot_level=level, index=index, answer_format=form, seed=5
        )
        yield sample, json.loads(sample.state), json.loads(sample.query)


def is_valid(regions, stars):
    """Whether no two of the stars break a rule."""
    return all(
        a[0] != b[0]
        and a[1] != b[1]
        and regions[a[0]][a[1]] != regions[b[0]][b[1]]
        and (a[0] - b[0]) ** 2 + (a[1] - b[1]) ** 2 > 2
        for i, a in enumerate(stars)
        for b in stars[:i]
    )


def finished(regions, stars):
    """All finished boards that hold the stars: the missing columns in every order."""
    size = len(regions)
    rows_left = [r for r in range(size) if r not in [star[0] for star in stars]]
    columns = [c for c in range(size) if c not in [star[1] for star in stars]]
    for order in permutations(columns):
        board = [*map(tuple, stars), *zip(rows_left, order, strict=True)]
        if is_valid(regions, board):
            yield set(board)


def lettered(sample):
    """Letters and cells of the options, read from their texts; None for "none"."""
    for letter, text in zip("ABCDEFGH", sample.options, strict=True):
        yield letter, None if text == "none" else tuple(json.loads(f"[{text[1:-1]}]"))


def may_place(state, cell):
    return list(cell) not in state["stars"] and is_valid(
        state["regions"], [*map(tuple, state["stars"]), cell]
    )


def test_check_vector():
    """Would catch wrong rules of touching, legality or completion."""
    assert legal_cells(VECTOR) == [
        (0, 0),
        (0, 4),
        (2, 0),
        (4, 0),
        (4, 1),
        (4, 3),
        (5, 0),
        (5, 1),
        (5, 3),
        (5, 4),
    ]
    assert solver.only_completion(VECTOR) == ((0, 4), (2, 0), (4, 3), (5, 1))
    completable = [c for c in legal_cells(VECTOR) if solver.is_completable(VECTOR, c)]
    assert completable == [(0, 4), (2, 0), (4, 3), (5, 1)]


@pytest.mark.parametrize("level", LEVELS)
def test_states(level):
    """Would catch a torn region, a wrong number of regions, or a false stored solution."""
    for task in range(1, 5):
        for sample, state, _ in rows(task, level):
            regions, size = state["regions"], state["size"]
            assert len(regions) == size and {n for row in regions for n in row} == set(range(size))
            assert len(state["solution"]) == size and is_valid(regions, state["solution"])
            assert all(star in state["solution"] for star in state["stars"]), sample.data_id
            for number in range(size):
                cells = {
                    (r, c) for r in range(size) for c in range(size) if regions[r][c] == number
                }
                reached = [min(cells)]
                for r, c in reached:
                    for other in ((r + 1, c), (r - 1, c), (r, c + 1), (r, c - 1)):
                        if other in cells and other not in reached:
                            reached.append(other)
                assert len(reached) == len(cells) >= 2, sample.data_id


@pytest.mark.parametrize("level", LEVELS)
def test_last_star(level):
    """Would catch several completions, a wrong completion, or the star of another unit."""
    hidden = {"easy": 1, "medium": 2, "hard": 3}[level]
    for sample, state, query in rows("last_star", level):
        assert len(state["stars"]) == state["size"] - hidden
        (board,) = finished(state["regions"], state["stars"])
        missing = board - set(map(tuple, state["stars"]))
        wanted = [
            (r, c)
            for r, c in missing
            if query.get("row", r) == r
            and query.get("region", state["regions"][r][c]) == state["regions"][r][c]
        ]
        assert [sample.answer] == [f"({r}, {c})" for r, c in wanted], sample.data_id


@pytest.mark.parametrize("level", LEVELS)
def test_last_star_analysis(level):
    """Would catch a deduction that forces a cell without a star or rules out one with it."""
    task = get_game("star_battle").task("last_star")
    for sample, state, _ in rows(task.slug, level):
        (board,) = finished(state["regions"], state["stars"])
        decoded = get_game("star_battle").decode(state)
        stars = set(map(tuple, state["stars"]))
        for step in solver.deductions(decoded):
            assert (step.cell in board) == (step.forced_by is not None), sample.data_id
            if step.forced_by is not None:
                stars.add(step.cell)
        assert stars == board


@pytest.mark.parametrize("level", LEVELS)
def test_cell_in_region(level):
    """Would catch a second listed cell of the region, or a wrong open answer."""
    for sample, state, query in rows("cell_in_region", level):
        right = [
            letter
            for letter, (r, c) in lettered(sample)
            if state["regions"][r][c] == query["region"]
        ]
        assert right == [sample.answer], sample.data_id
    for sample, state, query in rows("cell_in_region", level, "open"):
        r, c = json.loads(f"[{sample.answer[1:-1]}]")
        assert state["regions"][r][c] == query["region"]


@pytest.mark.parametrize("level", LEVELS)
def test_star_in_region(level):
    """Would catch a star of another region, or "none" where there is a star."""
    for form in ("choice", "open"):
        for sample, state, query in rows("star_in_region", level, form):
            inside = [
                tuple(s) for s in state["stars"] if state["regions"][s[0]][s[1]] == query["region"]
            ]
            wanted = inside[0] if inside else None
            if form == "choice":
                assert "none" in sample.options
                right = [letter for letter, cell in lettered(sample) if cell == wanted]
                assert right == [sample.answer], sample.data_id
            else:
                assert sample.answer == (str(wanted) if wanted else "none"), sample.data_id


@pytest.mark.parametrize("level", LEVELS)
def test_legal_star_cell(level):
    """Would catch a second legal option, or a legal one that no finished board has."""
    for sample, state, query in rows("legal_star_cell", level):
        right = [letter for letter, cell in lettered(sample) if may_place(state, cell)]
        assert right == [sample.answer], sample.data_id
        assert any(
            tuple(query["listed"]) in board for board in finished(state["regions"], state["stars"])
        ), sample.data_id
        assert all(list(cell) not in state["stars"] for _, cell in lettered(sample))
    game = get_game("star_battle")
    for sample, state, query in rows("legal_star_cell", level, "open"):
        task, decoded = game.task("legal_star_cell"), game.decode(state)
        for cell in decoded.cells():
            assert task.accepts(decoded, query, cell) == may_place(state, cell), sample.data_id


@pytest.mark.parametrize("level", LEVELS)
def test_none_is_an_eighth(level):
    """Would catch a coin that redraws of the board bend."""
    count = max(SAMPLES, 200)
    answers = Counter()
    for index in range(count):
        sample = gameqa.sample("star_battle", task="star_in_region", plot_level=level, index=index)
        answers[sample.options["ABCDEFGH".index(sample.answer)] == "none"] += 1
    assert abs(answers[True] - count / 8) < 4 * (count * 7 / 64) ** 0.5


def test_text_hides_the_solution():
    """Would catch a text or picture that depends on more than regions and stars shown."""
    game = get_game("star_battle")
    other = State(VECTOR.regions, VECTOR.stars, VECTOR.stars)
    assert game.describe(VECTOR, {}) == game.describe(other, {})
    assert game.split_key(VECTOR) == game.split_key(other)
