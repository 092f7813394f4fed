"""Word search: answers against a plain search with regular expressions, and the shares."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

import gameqa
from gameqa.games.word_search import GAME
from gameqa.games.word_search.generation import LOOK_ALIKES
from gameqa.games.word_search.vocabulary import BY_LENGTH, UNWANTED
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
FORMS = ("choice", "open")
STEPS = {
    f"{down}{'-' if down and across else ''}{across}": (dr, dc)
    for down, dr in (("up", -1), ("", 0), ("down", 1))
    for across, dc in (("left", -1), ("", 0), ("right", 1))
    if dr or dc
}


def letters_from(grid: list[str], row: int, col: int, direction: str) -> str:
    """Return all letters from a 1-based cell to the edge, read with a moving finger."""
    dr, dc = STEPS[direction]
    text = ""
    row, col = row - 1, col - 1
    while 0 <= row < len(grid) and 0 <= col < len(grid[0]):
        text += grid[row][col]
        row, col = row + dr, col + dc
    return text


def find(grid: list[str], word: str) -> list[str]:
    """Return every occurrence of a word as an option text, with one pattern a direction.

    In the grid as one string with a separator after every row, the letters of a word in one
    direction are a fixed number of characters apart.
    """
    width = len(grid[0]) + 1
    text = "|".join(grid)
    found = []
    for direction, (dr, dc) in STEPS.items():
        gap = abs(dr * width + dc)
        # Backward directions are forward ones of the reversed word.
        forward = dr * width + dc > 0
        wanted = word if forward else word[::-1]
        pattern = "(?=" + f"[\\s\\S]{{{gap - 1}}}".join(wanted) + ")"
        for match in re.finditer(pattern, text):
            at = match.start() + (0 if forward else gap * (len(word) - 1))
            row, col = divmod(at, width)
            # The characters between may wrap around an edge; then the columns do not agree.
            if letters_from(grid, row + 1, col + 1, direction).startswith(word):
                found.append(f"({row + 1}, {col + 1}), {direction}")
    return found


def samples(
    task: str, form: str = "choice", count: int = SAMPLES, levels: tuple[str, ...] = LEVELS
) -> Iterator[tuple[Sample, list[str], dict[str, Any], dict[str, Any]]]:
    for level in levels:
        for index in range(count):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            state = json.loads(made.state)
            yield made, state["grid"], json.loads(made.query), state


def answer(sample: Sample) -> str:
    return sample.options["ABCDEFGH".index(sample.answer)] if sample.options else sample.answer


def parsed(option: str) -> tuple[int, int, str]:
    cell, direction = option.split("), ")
    row, col = map(int, re.findall(r"\d+", cell))
    return row, col, direction


@pytest.mark.parametrize("form", FORMS)
def test_letters(form: str) -> None:
    """Catches rows and columns swapped, counts from 0, and options that are not in pairs."""
    for sample, grid, query, _ in samples("cell_letter", form):
        row, col = query["cell"]
        assert answer(sample) == grid[row - 1][col - 1], sample.data_id
        groups = Counter(
            next(group for group in LOOK_ALIKES if option in group) for option in sample.options
        )
        assert set(groups.values()) <= {2} and len(sample.options) in (0, 8), sample.data_id


@pytest.mark.parametrize("form", FORMS)
def test_counts(form: str) -> None:
    """Catches a wrong count."""
    for sample, grid, query, _ in samples("letter_count", form):
        assert answer(sample) == str("".join(grid).count(query["letter"])), sample.data_id


@pytest.mark.parametrize("form", FORMS)
def test_directions(form: str) -> None:
    """Catches a second occurrence anywhere, wrong names of directions, and too little choice."""
    for sample, grid, query, _ in samples("word_direction", form):
        row, col = query["start"]
        word = query["word"]
        assert find(grid, word) == [f"({row}, {col}), {answer(sample)}"], sample.data_id
        seen = [letters_from(grid, row, col, direction) for direction in STEPS]
        fitting = [text for text in seen if len(text) >= len(word)]
        assert len(fitting) >= 5, sample.data_id
        assert sum(text[:2] == word[:2] for text in fitting) >= 3, sample.data_id
        assert len(word) < 4 or sum(text[:3] == word[:3] for text in fitting) >= 2
        assert form == "open" or sorted(sample.options) == sorted(STEPS), sample.data_id


@pytest.mark.parametrize("form", FORMS)
def test_words(form: str) -> None:
    """Catches a second occurrence, and options that cannot hold the word or stand apart."""
    misfits = 0
    for sample, grid, query, state in samples("find_word", form):
        word = query["word"]
        assert find(grid, word) == [answer(sample)], sample.data_id
        placed = state["words"]
        assert [p["word"] for p in placed] == [word], sample.data_id
        assert answer(sample) == "({row}, {col}), {direction}".format(**placed[0])
        if form == "open":
            continue
        options = [parsed(option) for option in sample.options]
        assert len(options) == 8, sample.data_id
        assert set(Counter(option[:2] for option in options).values()) == {2}, sample.data_id
        assert set(Counter(option[2] for option in options).values()) == {2}, sample.data_id
        texts = [letters_from(grid, *option) for option in options]
        assert sum(STEPS[option[2]][0] * STEPS[option[2]][1] != 0 for option in options) == 4
        outside = sum(len(text) < len(word) for text in texts)
        assert outside <= 1, sample.data_id
        misfits += outside
        assert sum(text[:2] == word[:2] for text in texts) >= 3, sample.data_id
        assert len(word) < 4 or sum(text[:3] == word[:3] for text in texts) >= 2, sample.data_id
    # Without one, words longer than half the grid would have straight directions only.
    assert misfits <= 0.45 * 3 * SAMPLES


def test_grids_are_clean() -> None:
    """Catches unwanted strings, in any direction, and words that hide themselves or others."""
    for task in GAME.tasks:
        for sample, grid, _, _ in samples(task.slug, count=SAMPLES // 4 + 1):
            assert {len(row) for row in grid} == {len(grid)}, sample.data_id
            assert all(re.fullmatch("[A-Z]+", row) for row in grid), sample.data_id
            assert not any(find(grid, word) for word in UNWANTED), sample.data_id


def test_vocabulary() -> None:
    """Catches palindromes, words listed twice or in the wrong place, and unwanted ones."""
    words = [word for group in BY_LENGTH.values() for word in group]
    assert 2000 <= len(words) == len(set(words)) <= 5000
    for length, group in BY_LENGTH.items():
        assert len(group) >= 50
        for word in group:
            assert re.fullmatch("[A-Z]+", word) and len(word) == length, word
            assert word != word[::-1], word
            assert not any(bad in text for bad in UNWANTED for text in (word, word[::-1])), word
    assert sorted("".join(LOOK_ALIKES)) == list("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def test_analyses_follow_every_start() -> None:
    """Catches an analysis that misses a first letter or dismisses the word."""
    for sample, grid, query, _ in samples("find_word", count=SAMPLES // 4 + 1):
        word = query["word"]
        for r, row in enumerate(grid, 1):
            for c, letter in enumerate(row, 1):
                assert (f"\n({r}, {c}): " in sample.analysis) == (letter == word[0])
        assert sample.analysis.count("the whole word") == 1, sample.data_id


def test_shares() -> None:
    """Catches directions, counts and mirrored options that are rarer than they should be."""
    total = 8 * SAMPLES
    for level in LEVELS:
        ways: Counter[str] = Counter()
        inner = 0
        for sample, grid, query, _ in samples("word_direction", count=total, levels=(level,)):
            ways[answer(sample)] += 1
            row, col = query["start"]
            reach = len(query["word"])
            edges = (row, col, len(grid) + 1 - row, len(grid) + 1 - col)
            inner += min(edges) >= reach
        assert len(ways) == 8 and max(ways.values()) <= total / 8 + 5 * (total / 8) ** 0.5, ways
        assert inner >= total / 2 - 2 * total**0.5, inner
        ways, ends = Counter(), 0
        for sample, _, query, _ in samples("find_word", count=total, levels=(level,)):
            row, col, direction = parsed(answer(sample))
            ways[direction] += 1
            dr, dc = STEPS[direction]
            reach = len(query["word"]) - 1
            back = next(name for name, step in STEPS.items() if step == (-dr, -dc))
            ends += f"({row + reach * dr}, {col + reach * dc}), {back}" in sample.options
        assert len(ways) == 8 and max(ways.values()) <= total / 8 + 5 * (total / 8) ** 0.5, ways
        assert 0.15 * total <= ends <= 0.4 * total, ends
        counts: Counter[int] = Counter()
        for sample, *_ in samples("letter_count", count=total, levels=(level,)):
            values = sorted(map(int, sample.options))
            counts[values.index(int(answer(sample)))] += 1
        assert max(counts.values()) <= total / 8 + 5 * (total / 8) ** 0.5, counts
