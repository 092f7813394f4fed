"""Curricula: levels that follow rows, steps or grades; the same log gives the same rows."""

import json
import os
import pickle
import subprocess
import sys
import zlib
from itertools import islice

import pytest

from gameqa.builders.sharding import MAX_SHARDS
from gameqa.builders.streams import AccuracyCurriculum, RowCurriculum, StepCurriculum, stream
from gameqa.builders.streams.mixture import BLOCK
from gameqa.errors import GameQAError
from gameqa.sample import Level

EASY, MEDIUM, HARD = Level


def levels(rows):
    return [row["plot_level"] for row in rows]


def opened(curriculum):
    return stream("star_battle", curriculum=curriculum, modality="text")


def train(rows, curriculum, count, right=lambda row: True):
    """Read rows and grade each, as a training loop does."""
    seen = []
    for row in islice(rows, count):
        curriculum.update(row["game"], row["task"], row["plot_level"], right(row))
        seen.append(row["data_id"])
    return seen


def test_levels_by_rows_need_nobody(monkeypatch):
    """Catches a stage that begins early or late, or that forgets how many readers there are."""
    curriculum = RowCurriculum({0: "easy", 64: {"easy": 1, "hard": 1}, 128: "hard"}, readers=2)
    shown = levels(islice(opened(curriculum), 96))
    assert set(shown[:32]) == {"Easy"}
    assert sorted(set(shown[32:64])) == ["Easy", "Hard"]
    assert shown[32:64].count("Hard") == 16
    assert set(shown[64:]) == {"Hard"}


def test_levels_by_step():
    """Catches a step that changes a block already begun, or none."""
    curriculum = StepCurriculum({0: "easy", 10: "medium"})
    rows = iter(opened(curriculum))
    assert set(levels(islice(rows, 5))) == {"Easy"}
    curriculum.advance(9)
    curriculum.advance(10)
    assert curriculum.events() == [{"step": 10}]
    assert set(levels(islice(rows, BLOCK - 5))) == {"Easy"}
    assert set(levels(islice(rows, BLOCK))) == {"Medium"}


def test_a_task_climbs_by_its_own_accuracy():
    """Catches a task that is moved by another's grades, by too few, or by those of old rows."""
    curriculum = AccuracyCurriculum(window=4, raise_at=0.75, lower_at=0.25)
    task = ("star_battle", "last_star")
    for right in (True, True, True):
        curriculum.update(*task, "Easy", right)
    assert curriculum.level(*task) is EASY
    curriculum.update(*task, "Easy", False)
    assert curriculum.level(*task) is MEDIUM
    assert curriculum.level("star_battle", "cell_in_region") is EASY
    curriculum.update_all([{"game": task[0], "task": task[1], "plot_level": "Easy"}] * 4, [0] * 4)
    assert curriculum.level(*task) is MEDIUM
    assert curriculum.levels(*task) == {EASY: pytest.approx(0.1), MEDIUM: pytest.approx(0.9)}
    for right in (False, False, True, False):
        curriculum.update(*task, "medium", right)
    assert curriculum.level(*task) is EASY


def test_the_stream_follows_without_stopping():
    """Catches levels that do not reach the stream, and a level that is never asked again."""
    curriculum = AccuracyCurriculum(window=8, per="game")
    rows = iter(opened(curriculum))
    seen = []
    for row in islice(rows, 4 * BLOCK):
        curriculum.update(row["game"], row["task"], row["plot_level"], True)
        seen.append(row["plot_level"])
    assert set(seen[:BLOCK]) == {"Easy"}
    assert seen[BLOCK : 2 * BLOCK].count("Medium") >= 0.8 * BLOCK
    assert seen[3 * BLOCK :].count("Hard") >= 0.8 * BLOCK
    assert {"Easy", "Medium"} & set(seen[3 * BLOCK :])


@pytest.mark.parametrize("path", [None, "log.jsonl"])
def test_a_run_is_resumed_exactly(path, tmp_path):
    """Catches levels of after the checkpoint in the rows after it, in the middle of a block too."""
    place = None if path is None else tmp_path / path

    def right(row):
        return zlib.crc32(row["data_id"].encode()) % 8 > 0

    def run(curriculum, rows, count):
        return train(rows, curriculum, count, right)

    curriculum = AccuracyCurriculum(window=8, path=place)
    rows = opened(curriculum)
    run(curriculum, rows, 75)
    saved = json.loads(json.dumps([rows.state_dict(), curriculum.state_dict()]))
    rest = opened(curriculum)
    rest.load_state_dict(saved[0])
    expected = run(curriculum, rest, 90)

    again = curriculum if path else AccuracyCurriculum(window=8)
    again.load_state_dict(saved[1])
    rows = opened(again)
    rows.load_state_dict(saved[0])
    assert run(again, rows, 90) == expected
    assert len({name.split("-")[3] for name in expected}) > 1


def test_the_same_log_gives_the_same_rows(tmp_path):
    """Catches a log from which the levels of a run cannot be told again."""
    curriculum = AccuracyCurriculum(window=8, path=tmp_path / "log.jsonl")
    seen = train(opened(curriculum), curriculum, 100)
    read_again = AccuracyCurriculum(window=8, path=tmp_path / "log.jsonl")
    assert [row["data_id"] for row in islice(opened(read_again), 100)] == seen
    from_memory = AccuracyCurriculum(window=8)
    from_memory.load_state_dict(curriculum.state_dict())
    assert [row["data_id"] for row in islice(opened(from_memory), 100)] == seen


READ = """
import json, pickle, sys
from itertools import islice
from gameqa.builders.streams import stream
curriculum = pickle.load(open("curriculum.pickle", "rb"))
rows = iter(stream("star_battle", curriculum=curriculum, modality="text").shard(2, 1))
for line in sys.stdin:
    print(json.dumps([row["plot_level"] for row in islice(rows, 32)]), flush=True)
"""


def test_a_worker_sees_updates_through_the_file(tmp_path):
    """Catches a worker that keeps the levels of the moment in which it was started."""
    curriculum = StepCurriculum({0: "easy", 5: "hard"}, path=tmp_path / "log.jsonl")
    (tmp_path / "curriculum.pickle").write_bytes(pickle.dumps(curriculum))
    worker = subprocess.Popen(
        [sys.executable, "-c", READ],
        cwd=tmp_path,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )

    def ask():
        worker.stdin.write("go\n")
        worker.stdin.flush()
        return json.loads(worker.stdout.readline())

    with worker:
        assert set(ask()) == {"Easy"}
        curriculum.advance(5)
        assert set(ask()) == {"Hard"}
        worker.stdin.close()
    log = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert log[0]["curriculum"] == "StepCurriculum"
    first = log[1]["block"]
    assert log[1:] == [
        {"block": first, "after": 0},
        {"step": 5},
        {"block": first + MAX_SHARDS, "after": 1},
    ]


def test_a_curriculum_in_memory_refuses_other_processes(monkeypatch):
    """Catches workers that silently read with the levels of the beginning."""
    curriculum = StepCurriculum({0: "easy", 5: "hard"})
    with pytest.raises(GameQAError, match=r"give it one, e\.g\. path="):
        pickle.dumps(curriculum)
    monkeypatch.setattr(os, "getpid", lambda: -1)
    with pytest.raises(GameQAError, match="num_workers=0"):
        next(iter(opened(curriculum)))


def test_a_level_that_a_task_lacks_is_replaced_by_the_nearest():
    """Catches an error in the middle of a stream whose plot_level leaves levels out."""
    rows = stream(
        "star_battle", curriculum=RowCurriculum({0: "hard"}), plot_level="medium", modality="text"
    )
    assert set(levels(islice(rows, 8))) == {"Medium"}


@pytest.mark.parametrize(
    ("make", "parts"),
    [
        (lambda path: RowCurriculum({5: "easy"}), ["the first must begin at 0"]),
        (lambda path: RowCurriculum({0: "eassy"}), ["level 'eassy'", "Did you mean 'Easy'?"]),
        (lambda path: RowCurriculum({0: {"easy": 0}}), ["one above 0"]),
        (lambda path: AccuracyCurriculum(per="row"), ["per 'row'", "task, game, all"]),
        (lambda path: AccuracyCurriculum(raise_at=0.2), ["raise_at 0.2"]),
        (lambda path: AccuracyCurriculum(window=0), ["window is 0"]),
        (lambda path: AccuracyCurriculum(path=path), ["not the log of this curriculum"]),
        (lambda path: AccuracyCurriculum(path=path.with_name("x")), ["not a curriculum's log"]),
        (lambda path: AccuracyCurriculum(path=path / "below"), ["cannot be read or written"]),
    ],
)
def test_what_makes_no_curriculum_is_said_in_one_line(make, parts, tmp_path):
    """Catches tracebacks, and a log that is taken for that of other settings."""
    StepCurriculum({0: "easy"}, path=tmp_path / "log.jsonl")
    (tmp_path / "x").write_text("something else\n")
    with pytest.raises(GameQAError) as caught:
        make(tmp_path / "log.jsonl")
    assert all(part in str(caught.value) for part in parts), caught.value
    assert "\n" not in str(caught.value)
