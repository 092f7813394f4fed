"""Langton's Ant: answers against a literal simulation on complex numbers, and the shares."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import product
from typing import Any

import pytest

import gameqa
from gameqa.games.langtons_ant import GAME
from gameqa.games.langtons_ant.generation import ends
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
WAYS = {"up": -1 + 0j, "down": 1 + 0j, "left": -1j, "right": 1j}  # row + column * j


class Ant:
    """The textbook automaton on a set of black cells; real part the row, imaginary the column."""

    def __init__(self, state: dict[str, Any]) -> None:
        self.rows, self.cols = state["rows"], state["cols"]
        self.black = {
            complex(r, c) for r, row in enumerate(state["grid"]) for c, v in enumerate(row) if v
        }
        ant = state["ant"]
        self.at, self.way = complex(ant["row"], ant["col"]), WAYS[ant["direction"]]
        self.flips: Counter[complex] = Counter()

    def step(self) -> None:
        # With rows growing downwards a clockwise turn takes up (-1) to right (j): times -j.
        self.way *= 1j if self.at in self.black else -1j
        self.black ^= {self.at}
        self.flips[self.at] += 1
        new = self.at + self.way
        self.at = complex(new.real % self.rows, new.imag % self.cols)

    def pose(self) -> str:
        name = next(name for name, way in WAYS.items() if way == self.way)
        return f"({int(self.at.real)}, {int(self.at.imag)}), facing {name}"


def samples(
    task: str, form: str = "choice", count: int = SAMPLES, levels: tuple[str, ...] = LEVELS
) -> Iterator[tuple[Sample, dict[str, Any], dict[str, Any]]]:
    for level in levels:
        for index in range(count):
            made = gameqa.sample(
                GAME, task=task, plot_level=level, index=index, seed=5, answer_format=form
            )
            yield made, json.loads(made.state), json.loads(made.query)


def answer(sample: Sample) -> str:
    return sample.options["ABCDEFGH".index(sample.answer)] if sample.options else sample.answer


def run(state: dict[str, Any], steps: int) -> Ant:
    ant = Ant(state)
    for _ in range(steps):
        ant.step()
    return ant


@pytest.mark.parametrize("form", ["choice", "open"])
def test_pose_now(form: str) -> None:
    """Catches a pose that is not the state's, and rows and columns that are swapped."""
    for sample, state, _ in samples("ant_pose", form):
        assert answer(sample) == Ant(state).pose(), sample.data_id


@pytest.mark.parametrize("form", ["choice", "open"])
def test_pose_after_steps(form: str) -> None:
    """Catches wrong turns, flips at the wrong time, wrong wrapping and a step too many."""
    for sample, state, query in samples("ant_pose_after_steps", form):
        truth = run(state, query["steps"]).pose()
        assert answer(sample) == truth, sample.data_id
        assert list(sample.options).count(truth) == (form == "choice"), sample.data_id


def test_flip_counts() -> None:
    """Catches counting the arrival, or cells of another walk than the real one."""
    for sample, state, query in samples("cell_flip_count"):
        truth = run(state, query["steps"]).flips[complex(*query["target"])]
        assert sample.answer == str(truth), sample.data_id


def test_analyses_tell_the_walk() -> None:
    """Catches an analysis whose poses or colours differ from the simulation's."""
    for task in ("ant_pose_after_steps", "cell_flip_count"):
        for sample, state, _ in samples(task, count=SAMPLES // 4 + 1):
            ant = Ant(state)
            told = re.findall(
                r"Step \d+: \((\d+), (\d+)\) is (white|black) \("
                r".* to (\w+); .* to \((\d+), (\d+)\)\.",
                sample.analysis,
            )
            assert len(told) == json.loads(sample.query)["steps"], sample.data_id
            for row, col, colour, facing, to_row, to_col in told:
                assert ant.at == complex(int(row), int(col)), sample.data_id
                assert (ant.at in ant.black) == (colour == "black"), sample.data_id
                ant.step()
                assert ant.pose() == f"({to_row}, {to_col}), facing {facing}", sample.data_id


@cache
def walk_ends(n: int, steps: int) -> frozenset[tuple[complex, complex]]:
    """Return where walks of an ant that faces up in cell 0 end, whatever the colours are.

    As the page has it they turn both ways, and from eight steps on meet a cell that changed.
    """
    found = set()
    for reads in product((False, True), repeat=steps):
        at, way, known, again = 0j, WAYS["up"], {}, False
        for black in reads:
            again |= at in known
            if known.get(at, black) != black:
                break
            known[at] = not black
            way *= 1j if black else -1j
            at = complex((at + way).real % n, (at + way).imag % n)
        else:
            least = 2 if steps >= 6 else 1
            if least <= sum(reads) <= steps - least and (again or steps < 8):
                found.add((at, way))
    return frozenset(found)


def test_every_option_could_be_the_end() -> None:
    """Catches options that no walk ends at, which need no look at the board to be ruled out."""
    for sample, state, query in samples("ant_pose_after_steps"):
        if query["steps"] > 11:
            continue  # thousands of walks
        start = Ant(state)
        ends = walk_ends(start.rows, query["steps"])
        names = set()
        for at, way in ends:
            quarter = start.way / WAYS["up"]  # from facing up to the ant's own facing
            there = start.at + at * quarter
            other = Ant(state)
            other.at = complex(there.real % start.rows, there.imag % start.cols)
            other.way = way * quarter
            names.add(other.pose())
        assert len(sample.options) == 8, sample.data_id
        assert set(sample.options) <= names, sample.data_id


def test_ends_are_as_frequent_as_they_are_offered() -> None:
    """Catches ends that are offered more often than they are right: far ones, or near ones."""
    for level in LEVELS:
        right = offered = total = 0.0
        for sample, state, _ in samples("ant_pose_after_steps", count=8 * SAMPLES, levels=(level,)):
            ant = state["ant"]

            def away(option: str, ant: dict[str, Any] = ant, n: int = state["rows"]) -> int:
                row, col = map(int, re.findall(r"\d+", option))
                apart = abs(row - ant["row"]), abs(col - ant["col"])
                return sum(min(d, n - d) for d in apart)

            mean = sum(map(away, sample.options)) / 8
            right += away(answer(sample)) > mean
            offered += sum(away(option) > mean for option in sample.options) / 8
            total += 1
        assert abs(right - offered) <= 4 * (0.25 * total) ** 0.5, level


@pytest.mark.parametrize(("n", "steps"), [(5, 4), (5, 7), (9, 6), (9, 8), (9, 10), (13, 11)])
def test_ends(n: int, steps: int) -> None:
    """Catches an end that is left out, or one that needs a cell to have two colours."""
    state = GAME.decode({"grid": [[0] * n] * n, "ant": {"row": 0, "col": 0, "direction": "up"}})
    names = {way: name for name, way in WAYS.items()}
    expected = {(int(at.real), int(at.imag), names[way]) for at, way in walk_ends(n, steps)}
    assert set(ends(state, steps, may_return=True)) == expected


def test_pose_options_are_products() -> None:
    """Catches a cell or a facing that stands in more options than the others do."""
    for sample, _, _ in samples("ant_pose"):
        parts = [option.split(", facing ") for option in sample.options]
        for i in (0, 1):
            assert len(set(Counter(part[i] for part in parts).values())) == 1, sample.data_id
        assert len(sample.options) == 8, sample.data_id


def test_walks_are_worth_following() -> None:
    """Catches plain squares, walks without a changed cell, and too many that end at the start."""
    returns = total = 0
    for _, state, query in samples("ant_pose_after_steps"):
        ant = Ant(state)
        blacks = again = 0
        start = ant.pose()
        for _ in range(query["steps"]):
            blacks += ant.at in ant.black
            again += ant.flips[ant.at] > 0
            ant.step()
        least = 2 if query["steps"] >= 6 else 1
        assert min(blacks, query["steps"] - blacks) >= least
        assert again or query["steps"] < 8
        returns += ant.pose() == start
        total += 1
    assert returns <= 0.05 * total + 3


def test_shares() -> None:
    """Catches counts, starts or walks over the edge that are rarer or more frequent than wanted."""
    for level in LEVELS:
        counts: Counter[int] = Counter()
        at_start = total = 0
        for sample, state, query in samples("cell_flip_count", count=8 * SAMPLES, levels=(level,)):
            counts[min(3, int(sample.answer))] += 1
            at_start += query["target"] == [state["ant"]["row"], state["ant"]["col"]]
            total += 1
        spread = 4 * (0.25 * total) ** 0.5
        assert at_start <= 0.25 * total + spread
        assert max(counts.values()) <= 0.4 * total + spread, counts
        for count, share in ((0, 0.2), (1, 0.3), (2, 0.3)):
            assert counts[count] >= share * total - spread, counts
    wraps = total = 0
    for sample, _, _ in samples("ant_pose_after_steps"):
        wraps += " over the edge " in sample.analysis
        total += 1
    assert 0.2 * total <= wraps <= 0.9 * total
