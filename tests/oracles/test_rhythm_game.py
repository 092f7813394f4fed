"""Rhythm game: answers against a chart that falls, second by second, under a finger."""

from __future__ import annotations

import json
import os
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import pytest

import gameqa
from gameqa.games.rhythm_game import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
Chart = dict[tuple[int, int], tuple[int, str]]
"""By cell: the number of its block and what part of it the cell is."""

PAGE = """
. . k k
. k r T
r . . B
. T T H
T H B .
B . B k
H r H .
k k . r
"""


def chart_of(state: dict[str, Any]) -> Chart:
    chart: Chart = {}
    for number, block in enumerate(state["blocks"]):
        for step in range(block["length"]):
            part = block["kind"]
            if part == "snake":
                part += " body"
                if step == 0:
                    part = "snake head"
                elif step == block["length"] - 1:
                    part = "snake tail"
            cell = block["row"] + step, block["col"]
            assert cell not in chart and 1 <= cell[0] <= state["rows"], (
                "blocks overlap or stick out"
            )
            assert 1 <= cell[1] <= state["cols"]
            chart[cell] = number, part
    return chart


def play(state: dict[str, Any], finger: int, delay: int) -> int:
    """Let the chart fall and mirror for real, and score what was pressed in the end."""
    falling = chart_of(state)
    pressed: dict[int, int] = defaultdict(int)
    idle_until = 0
    for second in range(state["rows"]):
        mirror = False
        if second >= idle_until and (1, finger) in falling:
            number, part = falling[1, finger]
            pressed[number] += 1
            mirror = part == "reverse"
        if mirror:
            falling = {(r, state["cols"] + 1 - c): what for (r, c), what in falling.items()}
            idle_until = second + 1 + delay
        falling = {(r - 1, c): what for (r, c), what in falling.items() if r > 1}
    score = 0
    for number, cells in pressed.items():
        block = state["blocks"][number]
        n = block["length"]
        if cells == n:
            score += {"click": 10, "reverse": 15, "snake": n * (2 * n + 7)}[block["kind"]]
    return score


def scores(state: dict[str, Any], delay: int) -> list[int]:
    return [play(state, finger, delay) for finger in range(1, state["cols"] + 1)]


def samples(task: str, answer_format: str = "choice") -> Iterator[Sample]:
    for level in LEVELS:
        for index in range(SAMPLES):
            yield gameqa.sample(
                GAME,
                task=task,
                plot_level=level,
                index=index,
                seed=3,
                answer_format=answer_format,
            )


def answer_of(sample: Sample) -> str:
    if not sample.options:
        return sample.answer
    return sample.options["ABCDEFGH".index(sample.answer)]


def page_chart() -> dict[str, Any]:
    rows = [line.split() for line in reversed(PAGE.strip().splitlines())]
    blocks = []
    for col in range(4):
        for row in range(8):
            sign = rows[row][col]
            if sign in "kr":
                kind = {"k": "click", "r": "reverse"}[sign]
                blocks.append({"kind": kind, "row": row + 1, "col": col + 1, "length": 1})
            if sign == "H":
                top = next(r for r in range(row, 8) if rows[r][col] == "T")
                length = top - row + 1
                blocks.append({"kind": "snake", "row": row + 1, "col": col + 1, "length": length})
    return {"rows": 8, "cols": 4, "blocks": blocks}


def test_the_page_of_the_game() -> None:
    """Catches rules, in the engine or here, that differ from the page's check values."""
    data = page_chart()
    state = GAME.decode(data)
    for delay, expected in ((0, [74, 40, 75, 79]), (1, [74, 40, 75, 40])):
        assert scores(data, delay) == expected
        score = GAME.task("column_score_with_delay" if delay else "column_score")
        best = GAME.task("best_column_with_delay" if delay else "best_column")
        for column, total in enumerate(expected, 1):
            assert score.solve(state, {"column": column, "delay": delay}).value == total
        assert best.solve(state, {"delay": delay}).value == 1 + expected.index(max(expected))
    share = GAME.task("occupied_fraction")
    assert share.kind.text(share.solve(state, {}).value) == "0.688"


@pytest.mark.parametrize("answer_format", ["choice", "open"])
@pytest.mark.parametrize("task", ["column_score", "column_score_with_delay"])
def test_column_scores(task: str, answer_format: str) -> None:
    """Catches wrong scores, wrong running totals, and too few mirrors or delays that matter."""
    mirrored = delayed = count = 0
    for sample in samples(task, answer_format):
        state, query = json.loads(sample.state), json.loads(sample.query)
        assert query["delay"] == (task == "column_score_with_delay")
        score = play(state, query["column"], query["delay"])
        assert answer_of(sample) == str(score), sample.data_id
        assert score >= 40 and len(set(sample.options)) in (0, 8)
        points = [int(p) for p in re.findall(r"(\d+) points; total", sample.analysis)]
        totals = [int(t) for t in re.findall(r"points; total (\d+)\.", sample.analysis)]
        assert [sum(points[: i + 1]) for i in range(len(points))] == totals, sample.data_id
        mirrored += "reverse at" in sample.analysis
        delayed += score != play(state, query["column"], 0)
        count += 1
    assert mirrored >= (0.85 - 5 * (0.13 / count) ** 0.5) * count
    if task == "column_score_with_delay":
        assert delayed >= (0.68 - 5 * (0.25 / count) ** 0.5) * count


@pytest.mark.parametrize("task", ["best_column", "best_column_with_delay"])
def test_best_columns(task: str) -> None:
    """Catches a wrong or shared best column, wrong totals, and delays that never matter."""
    bests: Counter[bool] = Counter()
    for sample in samples(task):
        state, query = json.loads(sample.state), json.loads(sample.query)
        totals = scores(state, query["delay"])
        assert totals.count(max(totals)) == 1, sample.data_id
        best = 1 + totals.index(max(totals))
        assert answer_of(sample) == str(best), sample.data_id
        told = [int(total) for total in re.findall(r"Total (\d+)\.", sample.analysis)]
        assert told == totals, sample.data_id
        assert sorted(sample.options) == [str(c) for c in range(1, state["cols"] + 1)]
        if query["delay"]:
            plain = scores(state, 0)
            assert plain != totals
            bests[plain.count(max(plain)) == 1 and plain[best - 1] == max(plain)] += 1
    total = sum(bests.values())
    assert not total or abs(bests[True] - total / 2) < 5 * (total / 4) ** 0.5


def test_snake_length_after_fall() -> None:
    """Catches a cell that holds no head after the fall, and a wrong length."""
    lengths: Counter[str] = Counter()
    for sample in samples("snake_length_after_fall"):
        state, query = json.loads(sample.state), json.loads(sample.query)
        chart = chart_of(state)
        assert query["seconds"] >= 1
        for _ in range(query["seconds"]):
            chart = {(r - 1, c): what for (r, c), what in chart.items() if r > 1}
        row, col = query["cell"]
        assert chart[row, col][1] == "snake head", sample.data_id
        length = 1
        while chart[row + length - 1, col][1] != "snake tail":
            length += 1
        assert answer_of(sample) == str(length), sample.data_id
        lengths[str(length)] += 1
    total = sum(lengths.values())
    assert all(abs(n - total / 4) < 5 * (total * 3 / 16) ** 0.5 for n in lengths.values())


def test_reading() -> None:
    """Catches a wrong part of a block and a wrong share of covered cells."""
    for sample in samples("block_at_cell"):
        cell = tuple(json.loads(sample.query)["cell"])
        _, part = chart_of(json.loads(sample.state)).get(cell, (0, "empty"))  # type: ignore[call-overload]
        assert answer_of(sample) == part, sample.data_id
    for sample in samples("occupied_fraction"):
        state = json.loads(sample.state)
        share = Fraction(len(chart_of(state)), state["rows"] * state["cols"])
        assert re.fullmatch(r"[01]\.\d{3}", sample.answer), sample.data_id
        assert abs(Fraction(sample.answer) - share) <= Fraction(1, 2000), sample.data_id


@pytest.mark.parametrize(
    ("text", "accepted"),
    [
        *((text, True) for text in ("0.688", "68.8%", "22/32", "0.6875", ".6870")),
        *((text, False) for text in ("0.69", "0.719", "0.656", "68.8")),
    ],
)
def test_shares_in_other_forms(text: str, accepted: bool) -> None:
    """Catches a verifier that is too strict about the form or too lax about the number."""
    task = GAME.task("occupied_fraction")
    state = GAME.decode(page_chart())
    assert task.accepts(state, {}, task.kind.parse(text)) is accepted


def test_every_chart_has_all_kinds() -> None:
    """Catches charts without a click, a reverse or a snake."""
    for task in GAME.tasks:
        for sample in samples(task.slug):
            kinds = {block["kind"] for block in json.loads(sample.state)["blocks"]}
            assert kinds == {"click", "reverse", "snake"}, sample.data_id
