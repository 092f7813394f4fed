"""Rows to ask about, and two models that are known: one that knows, one that guesses."""

from __future__ import annotations

import math
import random
from collections import defaultdict
from dataclasses import dataclass, field
from statistics import NormalDist

import pytest
from click.testing import CliRunner

import gameqa
from gameqa.builders.command_line import cli
from gameqa.builders.harnesses.dataset_rows import load_rows

CONFIDENCE = 0.99


@dataclass
class Guesser:
    """A model that knows the task and not the picture: a random letter, or the answer of a row.

    What it must reach is known exactly: of each row the share of its own possible responses that
    are right.
    """

    rows: list[dict]
    seed: int = 1
    pools: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for row in self.rows:
            if not row["options"]:
                self.pools[row["task"]].append(row["answer"])

    def choices(self, row: dict) -> list[str]:
        return [chr(65 + i) for i in range(len(row["options"]))] or self.pools[row["task"]]

    def response(self, row: dict) -> str:
        chosen = random.Random(f"{self.seed} {row['data_id']}").choice(self.choices(row))
        return f"<think>I cannot see it.</think>\n<answer>{chosen}</answer>"

    def interval(self) -> tuple[float, float]:
        """Return the least and the greatest accuracy that pass for guessing."""
        chances = [
            sum(gameqa.grade(row, said).correct for said in self.choices(row))
            / len(self.choices(row))
            for row in self.rows
        ]
        mean = sum(chances) / len(chances)
        spread = math.sqrt(sum(p * (1 - p) for p in chances)) / len(chances)
        z = NormalDist().inv_cdf(0.5 + CONFIDENCE / 2)
        return mean - z * spread, mean + z * spread


def knows(row: dict) -> str:
    """Answer from the column of answers."""
    return f"<think>I know it.</think>\n<answer>{row['answer']}</answer>"


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A folder with six rows of every task, as `gameqa build` writes it."""
    folder = tmp_path_factory.mktemp("build") / "gameqa-bench"
    command = ["build", "gameqa-bench", "--scale", "0.3", "--out", str(folder)]
    outcome = CliRunner().invoke(cli, command)
    assert outcome.exit_code == 0, outcome.output
    return str(folder)


@pytest.fixture(scope="session")
def rows(bench: str) -> list[dict]:
    return list(load_rows(bench))


@pytest.fixture(scope="session")
def models(rows: list[dict]) -> dict:
    """Of each model: how it responds to a row, and the accuracies that it may have."""
    guesser = Guesser(rows)
    return {"knows": (knows, (1.0, 1.0)), "guesses": (guesser.response, guesser.interval())}


@pytest.fixture(params=["knows", "guesses"])
def model(request: pytest.FixtureRequest, models: dict):
    return models[request.param]
