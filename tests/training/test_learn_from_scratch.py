"""The example that learns from scratch: it learns from the pictures, and from nothing else."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from gameqa.evaluation import wilson

pytest.importorskip("torch", reason="runs in the environment of `make trainers`")

EXAMPLE = Path(__file__).resolve().parents[2] / "examples" / "learn_from_scratch"
TASK = "sokoban/player_position"


@pytest.fixture
def learn(tmp_path):
    """Run the example with more words, and return its results and what it printed."""

    def run(*words):
        command = [sys.executable, EXAMPLE, "--tasks", TASK, "--out", tmp_path / "out"]
        done = subprocess.run(
            [*command, "--threads", "1", "--workers", "0", *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return json.loads((tmp_path / "out" / "curves.json").read_text())[TASK], done.stdout

    return run


def test_it_learns_from_the_pictures_alone(learn):
    """Catches pictures that do not reach the network, and answers that need no picture."""
    result, printed = learn("--steps", "120", "--test-rows", "300")
    seen, blank = (wilson(result["correct"][name][-1], 300) for name in ("seen", "blank"))
    assert seen[0] > 0.6
    assert blank[0] < result["chance"] + 0.05
    assert result["chance"] == pytest.approx(1 / 8, abs=0.02)
    assert "waiting for the stream" in printed


def test_a_second_call_draws_again_what_the_first_learned(learn, tmp_path):
    """Catches an interrupted run that starts over, and a chart that is not written."""
    first, _ = learn("--steps", "2", "--test-rows", "20")
    picture = tmp_path / "out" / "learning-curves.png"
    picture.unlink()
    again, _ = learn("--steps", "2", "--test-rows", "20")
    assert again == first
    assert Image.open(picture).width > 800
    assert first["rows"] == [0, 128]
