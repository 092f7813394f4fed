"""Shares of a build: which files a job makes, whoever tells it its number."""

import os
import subprocess
import sys

import pytest

from gameqa.builders.build import Share
from gameqa.builders.jobs import read_share
from gameqa.errors import GameQAError


@pytest.mark.parametrize(
    ("environment", "num_shards", "share"),
    [
        ({"SLURM_ARRAY_TASK_ID": "3", "SLURM_ARRAY_TASK_COUNT": "8"}, None, Share(3, 8)),
        (
            {
                "SLURM_ARRAY_TASK_ID": "64",
                "SLURM_ARRAY_TASK_MIN": "1",
                "SLURM_ARRAY_TASK_COUNT": "64",
            },
            None,
            Share(63, 64),
        ),
        (
            {
                "SLURM_ARRAY_TASK_ID": "6",
                "SLURM_ARRAY_TASK_MIN": "2",
                "SLURM_ARRAY_TASK_STEP": "2",
                "SLURM_ARRAY_TASK_COUNT": "3",
                "RANK": "0",
                "WORLD_SIZE": "1",
            },
            None,
            Share(2, 3),
        ),
        ({"RANK": "1", "WORLD_SIZE": "2"}, None, Share(1, 2)),
        ({"JOB_COMPLETION_INDEX": "0"}, 4, Share(0, 4)),
    ],
)
def test_a_scheduler_tells_the_share(environment, num_shards, share):
    """Catches arrays that begin at 1 or count by twos, and a rank that hides the array."""
    assert read_share("auto", num_shards, environment) == share


def test_kubernetes_does_not_tell_how_many():
    """Catches a job that takes itself for the only one."""
    with pytest.raises(GameQAError, match="add --num-shards"):
        read_share("auto", None, {"JOB_COMPLETION_INDEX": "2"})


def test_shares_together_are_everything(small, tmp_path):
    """Catches files that are made twice or never."""
    work = small(tmp_path)
    parts = [work.share(Share(number, 4)) for number in range(4)]
    assert sorted(plan.file_name for part in parts for plan in part) == sorted(
        plan.file_name for plan in work.plans
    )


def test_the_last_job_finishes_whoever_it_is(small, tmp_path, content, whole):
    """Catches a manifest that is never written, or before the last file is there."""
    out = tmp_path / "out"
    assert [small(out).run(share=Share(number, 3)) for number in (2, 0)] == [False, False]
    assert not (out / "manifest.json").exists()
    with pytest.raises(GameQAError, match=r"2 of 6 files are missing, the first is train-00001"):
        small(out).finish()
    assert small(out).run(share=Share(1, 3))
    assert small(out).run(share=Share(1, 3))
    small(out).finish()
    assert content(out) == whole


def test_what_jobs_left_is_finished_by_hand(small, tmp_path, content, whole, monkeypatch):
    """Catches --finish that makes rows, or leaves the workshop behind."""
    out = tmp_path / "out"
    with monkeypatch.context() as killed:
        killed.setattr("gameqa.builders.build.Build._finish", lambda self: False)
        assert not small(out).run()
    monkeypatch.setattr("gameqa.builders.build.engine_of", None)
    small(out).finish()
    assert content(out) == whole


COMMAND = "-m gameqa.builders build sokoban --out out --num-shards 2 --shard auto --shard-rows 10"
COMMAND += " --train-size 40 --validation-size 10 --test-size 10"


def test_jobs_at_once_do_not_collide(tmp_path, small, content):
    """Catches jobs that remove each other's files: two shares, one of them twice, all at once."""
    jobs = [
        subprocess.Popen(
            [sys.executable, *COMMAND.split()],
            cwd=tmp_path,
            env={**os.environ, "JOB_COMPLETION_INDEX": index},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for index in "011"
    ]
    for job in jobs:
        out, error = job.communicate(timeout=300)
        assert job.returncode == 0, out + error
    command = f"gameqa {COMMAND.split(maxsplit=2)[2]}"
    for option in ("--out out", "--num-shards 2", "--shard auto"):
        command = command.replace(f"{option} ", "")
    work = small(tmp_path / "whole")
    work.command = "gameqa build sokoban --train-size 40 --validation-size 10 --test-size 10"
    work.command += " --shard-rows 10"
    work.run()
    assert content(tmp_path / "out") == content(tmp_path / "whole")
