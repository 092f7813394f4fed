"""Zuma: answers against shots that fly in small steps, from the state and from the text view."""

from __future__ import annotations

import json
import math
import os
import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

import numpy as np
import pytest

import gameqa
from gameqa.games.zuma import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
SECTORS = ["right", "up-right", "up", "up-left", "left", "down-left", "down", "down-right"]
REACH = 16.0  # no track is larger
# Degrees beside the aim: two must not matter. Here shots fly in small steps, so that the last
# hundredth is not for sure; the text rounds, so that the last tenths are not.
BESIDE = np.array([0, -1.99, -1.8, -1, 1, 1.8, 1.99])


class Field:
    """Marbles as seen from the frog."""

    def __init__(self, colours: list[str], centres: np.ndarray, aim: float, loaded: str) -> None:
        self.colours, self.centres, self.aim, self.loaded = colours, centres, aim, loaded
        self.runs: list[tuple[int, int, str]] = []
        for colour, same in groupby(range(len(colours)), key=colours.__getitem__):
            members = list(same)
            self.runs.append((members[0], members[-1], colour))
        self.beside = BESIDE

    @classmethod
    def of_state(cls, sample: Sample) -> Field:
        state = json.loads(sample.state)
        centres = np.array([m["pos"] for m in state["marbles"]]) - state["frog"]["pos"]
        colours = [m["color"] for m in state["marbles"]]
        return cls(colours, centres, state["frog"]["aim_deg"], state["frog"]["loaded"])

    @classmethod
    def of_text(cls, sample: Sample) -> Field:
        state = GAME.decode(json.loads(sample.state))
        text = GAME.describe(state, json.loads(sample.query))
        found = re.search(r"loaded marble is (\w+); it aims at (-?\d+) degrees", text)
        assert found is not None
        marbles = re.findall(r"^(red|yellow|blue|green) (-?[\d.]+) ([\d.]+)$", text, re.M)
        centres = [
            (
                float(d) * math.cos(math.radians(float(b))),
                float(d) * math.sin(math.radians(float(b))),
            )
            for _, b, d in marbles
        ]
        field = cls([m[0] for m in marbles], np.array(centres), float(found[2]), found[1])
        field.beside = BESIDE[abs(BESIDE) < 1.9]
        return field

    def shots(self, aims: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Fly along rays in small steps; return the marbles hit (-1: none) and the gaps entered."""
        rays = np.stack([np.cos(np.radians(aims)), np.sin(np.radians(aims))], axis=1)
        hits, gaps = np.full(len(aims), -1), np.full(len(aims), -1)
        flying = np.ones(len(aims), bool)
        for step in np.arange(0.5, REACH, 0.04):
            at = rays[flying] * step
            near = ((at[:, None] - self.centres[None]) ** 2).sum(axis=2) < 0.36
            touching = np.flatnonzero(flying)[near.any(axis=1)]
            for ray in touching:
                hits[ray], gaps[ray] = self.contact(rays[ray], step)
            flying[touching] = False
        return hits, gaps

    def contact(self, ray: np.ndarray, late: float) -> tuple[int, int]:
        """Go back to the moment of contact, in finer steps."""
        for step in [*np.arange(late - 0.04, late, 0.0005), late]:
            at = ray * step
            distances = ((at - self.centres) ** 2).sum(axis=1)
            marble = int(distances.argmin())
            if distances[marble] < 0.36:
                before = self.centres[max(0, marble - 1)]
                after = self.centres[min(len(self.centres) - 1, marble + 1)]
                ahead = (at - self.centres[marble]) @ (after - before) > 0
                return marble, marble + int(ahead)
        raise AssertionError("no contact")

    def removed(self, gap: int) -> int:
        """Put the marble into the chain and count what the run around it takes along."""
        chain = [*self.colours[:gap], self.loaded, *self.colours[gap:]]
        first = last = gap
        while first > 0 and chain[first - 1] == self.loaded:
            first -= 1
        while last + 1 < len(chain) and chain[last + 1] == self.loaded:
            last += 1
        return last - first if last - first + 1 >= 3 else 0

    def outcome(self, gap: int) -> str:
        if gap < 0:
            return "misses"
        count = self.removed(gap)
        return f"removes {count}" if count else "stays"

    def best(self) -> str:
        _, gaps = self.shots(np.arange(-179, 181))
        reached = {}
        for gap in set(gaps.tolist()) - {-1}:
            count = self.removed(gap)
            if count:
                run = next(
                    r
                    for r in self.runs
                    if r[0] <= gap <= r[1] + 1 and r[2] == self.loaded and r[1] - r[0] + 1 == count
                )
                reached[run] = count
        if not reached:
            return "No, 0, 0"
        most = max(reached.values())
        return f"Yes, {most}, {list(reached.values()).count(most)}"


def samples(task: str, answer_format: str = "choice", count: int = SAMPLES) -> Iterator[Sample]:
    for level in LEVELS:
        for index in range(count):
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


def test_layout() -> None:
    """Catches marbles that overlap, leave the track or the order, or come near frog and hole."""
    for sample in samples("loaded_color"):
        state: dict[str, Any] = json.loads(sample.state)
        centres = np.array([m["pos"] for m in state["marbles"]])
        steps = np.sqrt(((centres[1:] - centres[:-1]) ** 2).sum(axis=1))
        assert abs(steps - 0.6).max() < 0.001, sample.data_id
        low, high = {"easy": (10, 30), "medium": (31, 75), "hard": (76, 134)}[
            sample.plot_level.lower()
        ]
        assert low <= len(centres) <= high, sample.data_id
        frog, hole = np.array(state["frog"]["pos"]), np.array(state["hole"])
        assert np.sqrt(((centres - frog) ** 2).sum(axis=1)).min() >= 1.5, sample.data_id
        assert math.dist(frog, hole) >= 2.0, sample.data_id
        track = state["track"]
        radius = np.sqrt((centres**2).sum(axis=1))
        turns = (radius - track["r0"]) / track["pitch"]
        assert turns.min() >= 0 and abs(turns[0] - track["turns"]) < 0.001, sample.data_id
        angles = np.radians(track["theta0_deg"] + 360 * turns)
        on_track = np.stack([radius * np.cos(angles), radius * np.sin(angles)], axis=1)
        assert abs(on_track - centres).max() < 0.01, sample.data_id


@pytest.mark.parametrize("read", [Field.of_state, Field.of_text])
def test_shot_hit_color(read: Any) -> None:
    """Catches the wrong marble, and aims where two degrees make a difference."""
    differs = total = 0
    for sample in samples("shot_hit_color"):
        field = read(sample)
        hits, _ = field.shots(field.aim + field.beside)
        colours = {"none" if hit < 0 else field.colours[hit] for hit in hits}
        assert colours == {answer_of(sample)}, sample.data_id
        differs += field.loaded != answer_of(sample)
        total += 1
    assert differs > total / 2


@pytest.mark.parametrize("read", [Field.of_state, Field.of_text])
def test_shot_outcome(read: Any) -> None:
    """Catches a wrong place in the chain, a wrong count, and aims where two degrees matter."""
    for sample in samples("shot_outcome"):
        field = read(sample)
        _, gaps = field.shots(field.aim + field.beside)
        assert {field.outcome(gap) for gap in gaps} == {sample.answer}, sample.data_id


def test_shots_removing_beside_the_touched_marble() -> None:
    """Catches samples that all remove the group that is hit: some must enter next to it."""
    beside = removing = 0
    for sample in samples("shot_outcome"):
        field = Field.of_state(sample)
        if sample.answer.startswith("removes"):
            hits, _ = field.shots(np.array([field.aim]))
            beside += field.colours[hits[0]] != field.loaded
            removing += 1
    assert beside >= (1 / 3 - 4 * (0.25 / removing) ** 0.5) * removing


@pytest.mark.parametrize("read", [Field.of_state, Field.of_text])
def test_best_removal(read: Any) -> None:
    """Catches groups wrongly taken as reached or shielded, and wrong numbers."""
    for sample in samples("best_removal", count=max(1, SAMPLES // 4)):
        assert read(sample).best() == sample.answer, sample.data_id


@pytest.mark.parametrize("read", [Field.of_state, Field.of_text])
def test_groups_in_direction(read: Any) -> None:
    """Catches a group counted in the wrong direction, twice or not at all."""
    for sample in samples("groups_in_direction"):
        field = read(sample)
        sector = json.loads(sample.query)["sector"]
        bearings = np.degrees(np.arctan2(field.centres[:, 1], field.centres[:, 0])) % 360
        for margin in (0, -1.9, 1.9):
            if sector == "right":
                inside = (bearings < 22.5 + margin) | (bearings >= 337.5 - margin)
            else:
                middle = 45 * SECTORS.index(sector)
                inside = (bearings >= middle - 22.5 - margin) & (bearings < middle + 22.5 + margin)
            groups = [run for run in field.runs if run[1] > run[0]]
            count = sum(bool(inside[first : last + 1].any()) for first, last, _ in groups)
            assert sample.answer == str(count), sample.data_id


def test_reading() -> None:
    """Catches a wrong colour and a wrong count, also in the running totals."""
    for sample in samples("loaded_color"):
        assert answer_of(sample) == Field.of_text(sample).loaded, sample.data_id
    for sample in samples("color_count"):
        colour = json.loads(sample.query)["colour"]
        count = Field.of_text(sample).colours.count(colour)
        assert sample.answer == str(count), sample.data_id
        assert re.findall(r"total (\d+)\.", sample.analysis)[-1] == str(count), sample.data_id


@pytest.mark.parametrize(
    ("task", "most"), [("shot_outcome", 0.4), ("best_removal", 0.25), ("groups_in_direction", 0.4)]
)
def test_no_answer_is_too_frequent(task: str, most: float) -> None:
    """Catches answers that would pay for guessing."""
    for level in LEVELS:
        answers = Counter(
            gameqa.sample(GAME, task=task, plot_level=level, index=index, seed=4).answer
            for index in range(2 * SAMPLES)
        )
        share = max(answers.values()) / (2 * SAMPLES)
        assert share <= most + 3 * (most * (1 - most) / (2 * SAMPLES)) ** 0.5, answers


def test_chain_of_the_page() -> None:
    """Catches a rule of removal that counts the shot, or joins what lies apart."""
    task = GAME.task("shot_outcome")
    centres = [[-1.5 + 0.6 * i, 3.0] for i in range(6)]
    for colours, loaded, aim, expected in (
        ("red red blue blue green red", "blue", 90, "removes 2"),
        ("red red blue green green red", "blue", 90, "stays"),
        ("red red green blue blue red", "blue", 90, "removes 2"),
        ("red blue blue blue blue red", "blue", 90, "removes 4"),
        ("red blue red blue blue red", "red", 90, "stays"),
        ("red blue red blue blue red", "red", -90, "misses"),
    ):
        state = {
            "radius": 0.3,
            "track": {"kind": "spiral", "r0": 2.5, "theta0_deg": 0, "pitch": 1.257, "turns": 1},
            "hole": [2.5, 0],
            "frog": {"pos": [0.05, 0], "aim_deg": aim, "loaded": loaded, "next": "red"},
            "marbles": [
                {"color": colour, "pos": pos}
                for colour, pos in zip(colours.split(), centres, strict=True)
            ],
        }
        assert task.solve(GAME.decode(state), {}).value == expected, colours
