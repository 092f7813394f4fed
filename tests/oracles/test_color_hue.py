"""Color Hue: colours by a least-squares fit, names by a CIELAB written anew, from the JSON rows."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest

import gameqa
from gameqa.games.color_hue import GAME
from gameqa.games.color_hue.names import ANCHORS
from gameqa.sample import Level, Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
TASKS = [task.slug for task in GAME.tasks]
NAMES = list(ANCHORS)
Cell = tuple[int, int]


def lab(colors: Any) -> np.ndarray:
    """CIELAB under D65, from the definition."""
    c = np.asarray(colors, float) / 255
    light = np.where(c <= 0.04045, c / 12.92, ((c + 0.055) / 1.055) ** 2.4)
    matrix = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = light @ np.array(matrix).T / [0.9505, 1.0, 1.089]
    f = np.where(xyz > (6 / 29) ** 3, np.cbrt(xyz), xyz / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], -1)


def apart(one: Any, other: Any) -> float:
    return float(np.linalg.norm(lab(one) - lab(other)))


def ranked(color: Any) -> list[tuple[float, str]]:
    away = np.linalg.norm(lab(list(ANCHORS.values())) - lab(color), axis=1)
    return sorted(zip(away.tolist(), NAMES, strict=True))


class Board:
    """A board from the JSON state."""

    def __init__(self, sample: Sample) -> None:
        self.state: dict[str, Any] = json.loads(sample.state)
        self.query: dict[str, Any] = json.loads(sample.query)
        self.true = {(c["row"], c["col"]): c["rgb"] for c in self.state["cells"]}
        self.blanks = {b["label"]: (b["row"], b["col"]) for b in self.state["blanks"]}
        gone = set(self.blanks.values())
        self.visible = {cell: rgb for cell, rgb in self.true.items() if cell not in gone}
        self.palette = self.state["palette"]


def line_cells(line: dict[str, Any]) -> list[Cell]:
    span = range(line["start"], line["end"] + 1)
    if line["orientation"] == "row":
        return [(line["index"], at) for at in span]
    return [(at, line["index"]) for at in span]


def samples(task: str, levels: tuple[str, ...] = LEVELS) -> Iterator[tuple[Sample, Board]]:
    for level in levels:
        for index in range(SAMPLES):
            sample = gameqa.sample(GAME, task=task, plot_level=level, index=index, seed=5)
            yield sample, Board(sample)


def chosen(sample: Sample) -> str:
    return sample.options["ABCDEFGH".index(sample.answer)]


def is_share(count: int, total: int, share: float) -> bool:
    return abs(count - share * total) <= 5 * (share * (1 - share) * total) ** 0.5


@pytest.mark.parametrize("task", TASKS)
def test_boards_are_straight_gradients(task: str) -> None:
    """Catches bent lines, lines side by side, wrong rounding, and cells that prolong a line."""
    for sample, board in samples(task):
        where, lines = sample.data_id, board.state["lines"]
        covered: Counter[Cell] = Counter()
        for number, line in enumerate(lines):
            cells = line_cells(line)
            assert len(cells) >= 3, where
            covered.update(cells)
            first, last = np.array(line["start_color"]), np.array(line["end_color"])
            assert apart(first, last) >= 29.9, where
            for k, cell in enumerate(cells):
                exact = first + (last - first) * k / (len(cells) - 1)
                off = np.abs(np.array(board.true[cell]) - exact)
                crossed = any(cell in line_cells(other) for other in lines[:number])
                assert off.max() <= (1.5 if crossed else 0.5 + 1e-9), where
            axis = 0 if line["orientation"] == "row" else 1
            own = [cell for cell in board.true if cell[axis] == line["index"]]
            assert sorted(own) == cells, where
        assert set(covered) == set(board.true), where
        for one, other in combinations(lines, 2):
            if one["orientation"] == other["orientation"]:
                assert abs(one["index"] - other["index"]) > 1, where


def test_color_matching() -> None:
    """Catches swatches that fit badly, rivals that fit too, and blanks that nothing determines."""
    knobs = {level.value.lower(): GAME.levels[level].apart for level in Level}
    beyond = 0
    numbers: Counter[str] = Counter()
    for sample, board in samples("color_matching"):
        where = sample.data_id
        target = board.blanks[board.query["label"]]
        fits, sides = [], []
        for line in board.state["lines"]:
            cells = line_cells(line)
            shown = [(k, board.visible[c]) for k, c in enumerate(cells) if c in board.visible]
            assert len(shown) >= 2, where
            if target in cells:
                at = cells.index(target)
                ks, rgbs = zip(*shown, strict=True)
                fit = np.polyfit(ks, np.array(rgbs, float), 1)
                fits.append(fit[0] * at + fit[1])
                sides.append(min(ks) < at < max(ks))
        assert fits, where
        beyond += not any(sides)
        best = max(range(len(fits)), key=lambda i: sides[i])
        away = [apart(np.clip(fits[best], 0, 255), swatch) for swatch in board.palette]
        right = int(np.argmin(away))
        assert chosen(sample) == str(right + 1), where
        assert board.palette[right] == board.true[target] and away[right] <= 4, where
        numbers[chosen(sample)] += 1
        least = knobs[sample.plot_level.lower()]
        for number, swatch in enumerate(board.palette):
            if number != right:
                assert apart(swatch, board.true[target]) >= least - 0.1, where
        assert min(apart(a, b) for a, b in combinations(board.palette, 2)) >= 5, where
        assert all(board.true[cell] in board.palette for cell in board.blanks.values()), where
        assert list(board.blanks.values()) == sorted(board.blanks.values()), where
        assert sorted(sample.options) == list("123456"), where
    assert beyond <= 0.3 * 3 * SAMPLES + 5 * (0.2 * 3 * SAMPLES) ** 0.5
    assert all(is_share(numbers[str(n)], 3 * SAMPLES, 1 / 6) for n in range(1, 7)), numbers


def test_the_right_swatch_stands_out_in_nothing() -> None:
    """Catches palettes whose most central or most isolated swatch is the right one."""
    central = isolated = 0
    for sample, board in samples("color_matching"):
        colors = lab(board.palette)
        away = np.linalg.norm(colors[:, None] - colors[None], axis=2)
        right = int(chosen(sample)) - 1
        central += away.sum(1).argmin() == right
        isolated += (away + 1e3 * np.eye(6)).min(1).argmax() == right
    assert is_share(central, 3 * SAMPLES, 1 / 6) and is_share(isolated, 3 * SAMPLES, 1 / 6)


def test_color_description() -> None:
    """Catches colours between two names, and options that would do as well."""
    knobs = {level.value.lower(): GAME.levels[level].names_apart for level in Level}
    inner = 0
    for sample, board in samples("color_description"):
        where = sample.data_id
        cell = board.query["row"], board.query["col"]
        rgb = board.visible[cell]
        (first, name), (second, _), *_ = ranked(rgb)
        assert chosen(sample) == name and name != "white", where
        assert first <= 25.1 and second >= first + 5.9, where
        least = knobs[sample.plot_level.lower()] - 0.1
        assert len(set(sample.options)) == 8 and "white" not in sample.options, where
        assert all(apart(rgb, ANCHORS[o]) >= least for o in sample.options if o != name), where
        for one, other in combinations(sample.options, 2):
            assert apart(ANCHORS[one], ANCHORS[other]) >= least, where
        ends = [
            c for line in board.state["lines"] for c in (line_cells(line)[0], line_cells(line)[-1])
        ]
        inner += cell not in ends
    assert inner >= 0.25 * 3 * SAMPLES


def test_gradient_pattern() -> None:
    """Catches reversed directions, ends that are no ends of the line, and second answers."""
    for sample, board in samples("gradient_pattern"):
        where = sample.data_id
        axis = 0 if board.query["orientation"] == "row" else 1
        cells = sorted(cell for cell in board.visible if cell[axis] == board.query["index"])
        names = []
        for cell in (cells[0], cells[-1]):
            (first, name), (second, _), *_ = ranked(board.visible[cell])
            assert first <= 25.1 and second >= first + 5.9, where
            names.append(name)
        assert chosen(sample) == " to ".join(names), where
        assert apart(board.visible[cells[0]], board.visible[cells[-1]]) >= 39.9, where
        pairs = [tuple(option.split(" to ")) for option in sample.options]
        assert {(b, a) for a, b in pairs} == set(pairs) and len(set(pairs)) == 8, where
        used = {name for pair in pairs for name in pair}
        assert len(used) == 4 and not used & {"white", "light gray"}, where
        for one, other in combinations(used, 2):
            assert apart(ANCHORS[one], ANCHORS[other]) >= 34.9, where
        for end, position in ((cells[0], 0), (cells[-1], 1)):
            rivals = [p[position] for p in pairs if p[1 - position] == names[1 - position]]
            for rival in set(rivals) - {names[position]}:
                assert apart(board.visible[end], ANCHORS[rival]) >= 29.9, where


def test_anchors_are_told_apart() -> None:
    """Catches a name whose colour is moved next to another: the page's least distance is 17.7."""
    gaps = {pair: apart(*map(ANCHORS.get, pair)) for pair in combinations(NAMES, 2)}
    assert min(gaps, key=lambda pair: gaps[pair]) == ("light gray", "white")
    assert 17.5 < min(gaps.values()) < 17.9 and len(NAMES) == 24
    for name in NAMES:
        assert sum(gap >= 39.5 for pair, gap in gaps.items() if name in pair) >= 15, name


def test_picture_has_the_colours_of_the_state() -> None:
    """Catches cells that are blended, tinted by a style, or drawn in the wrong place."""
    for style in ("classic", "dark", "varied"):
        for sample, board in samples("color_matching", ("medium",)):
            made = gameqa.sample(
                GAME,
                task="color_matching",
                plot_level="medium",
                seed=5,
                style=style,
                index=int(sample.data_id.rsplit("-i", 1)[1]),
            )
            seen = Counter(map(tuple, made.picture.rgb().reshape(-1, 3).tolist()))
            for rgb in [*board.visible.values(), *board.palette]:
                assert seen[tuple(rgb)] >= 50 * 50, (sample.data_id, style, rgb)
            break


def test_text_hides_the_blank_colours() -> None:
    """Catches a text view, or a split, that depends on what belongs in a blank; and any name."""
    sample = gameqa.sample(GAME, task="color_matching", plot_level="medium")
    state = GAME.decode(json.loads(sample.state))
    blanks = tuple(replace(blank, rgb=(1, 2, 3)) for blank in state.blanks)
    other = replace(state, blanks=blanks, lines=())
    assert GAME.describe(other, {}) == GAME.describe(state, {})
    assert GAME.split_key(other) == GAME.split_key(state)
    assert not any(f" {name} " in GAME.describe(state, {}) for name in NAMES if " " in name)
