"""`gameqa build`: files that plain `datasets` reads, whole or not at all, always the same bytes."""

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from datasets import load_dataset

from gameqa.builders.build import Build
from gameqa.builders.recipe import make_recipe
from gameqa.builders.storage import Folder
from gameqa.errors import GameQAError

SIZES = {"train_size": 50, "validation_size": 7, "test_size": 5}


def build(directory, config="sokoban", *, shard_rows=20, num_proc=1, **options):
    work = Build(make_recipe(config, **{**SIZES, **options}), directory, shard_rows, "command")
    work.run(num_proc)
    return work


def content(directory):
    return {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file()
    }


def test_plain_load_dataset_reads_all_splits(tmp_path, digest):
    """Catches names that `datasets` does not recognize (test_ood!) and pictures left undecoded."""
    build(tmp_path / "out", "all")
    made = load_dataset(str(tmp_path / "out"))
    expected = load_dataset("gameqa", "all", **SIZES)
    assert {name: digest(rows) for name, rows in made.items()} == {
        name: digest(rows) for name, rows in expected.items()
    }
    assert made["test_ood"][0]["image"].mode == "P"
    assert made["train"].features == expected["train"].features
    stream = load_dataset(str(tmp_path / "out"), split="train", streaming=True)
    assert digest(stream) == digest(expected["train"])


def test_processes_do_not_change_a_byte(tmp_path):
    """Catches files or a manifest that depend on how the work was shared."""
    build(tmp_path / "one", num_proc=1)
    build(tmp_path / "two", num_proc=2)
    one, two = content(tmp_path / "one"), content(tmp_path / "two")
    assert one == two
    assert "data/train-00002-of-00003.parquet" in one
    assert "manifest.json" in one


def test_the_manifest_tells_rows_checksums_recipe_and_versions(tmp_path):
    """Catches a manifest that does not match the files."""
    build(tmp_path)
    manifest = json.loads((tmp_path / "manifest.json").read_text())
    assert {name: split["rows"] for name, split in manifest["splits"].items()} == {
        "train": 50,
        "validation": 7,
        "test": 5,
    }
    for split in manifest["splits"].values():
        for file in split["files"]:
            assert pq.read_metadata(tmp_path / file["name"]).num_rows == file["rows"]
            assert len(file["sha256"]) == 64
    assert manifest["recipe"]["seed"] == 0
    assert manifest["recipe"]["engines"]["sokoban"] >= 1
    assert "pyarrow" in manifest["versions"]


def test_what_is_complete_is_kept_and_what_is_missing_or_damaged_is_made(tmp_path):
    """Catches work done twice, and a damaged file that is taken for whole."""
    build(tmp_path)
    whole = content(tmp_path)
    kept = tmp_path / "data" / "train-00000-of-00003.parquet"
    before = kept.stat().st_mtime_ns
    (tmp_path / "data" / "train-00001-of-00003.parquet").unlink()
    damaged = tmp_path / "data" / "test-00000-of-00001.parquet"
    damaged.write_bytes(damaged.read_bytes()[:-100])
    again = Build(make_recipe("sokoban", **SIZES), tmp_path, 20, "command")
    assert [plan.file_name for plan in again.missing()] == [
        "train-00001-of-00003.parquet",
        "test-00000-of-00001.parquet",
    ]
    again.run()
    assert content(tmp_path) == whole
    assert kept.stat().st_mtime_ns == before
    assert Build(make_recipe("sokoban", **SIZES), tmp_path, 20, "command").missing() == []


@pytest.mark.parametrize(
    ("options", "name"),
    [({"seed": 1}, "seed"), ({"train_size": 51}, "splits"), ({"style": "dark"}, "style")],
)
def test_a_folder_of_another_recipe_is_refused(tmp_path, options, name):
    """Catches a folder in which rows of two recipes are mixed."""
    build(tmp_path)
    whole = content(tmp_path)
    with pytest.raises(GameQAError, match=f"another recipe: {name} is") as error:
        build(tmp_path, **options)
    assert "\n" not in str(error.value)
    with pytest.raises(GameQAError, match="shard_rows is 20 there and 10 here"):
        build(tmp_path, shard_rows=10)
    assert content(tmp_path) == whole


def test_data_of_others_is_refused(tmp_path):
    """Catches files of the user that are overwritten or deleted."""
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "train.csv").write_text("a\n1\n")
    with pytest.raises(GameQAError, match="did not write"):
        build(tmp_path)
    assert list(content(tmp_path)) == ["data/train.csv"]


def test_an_unfinished_build_is_no_dataset(tmp_path, monkeypatch):
    """Catches half a dataset that `load_dataset` takes for whole."""

    def fail(source, target, replace=os.replace):
        if Path(target).name == "manifest.json":
            raise OSError(28, "No space left on device")
        replace(source, target)

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(GameQAError, match=r"Cannot write to .*: No space left on device\."):
        build(tmp_path)
    assert (tmp_path / ".incomplete" / "data" / "train-00000-of-00003.parquet").exists()
    with pytest.raises(Exception, match=r"(?i)data"):
        load_dataset(str(tmp_path))
    monkeypatch.undo()
    build(tmp_path)
    assert load_dataset(str(tmp_path))["train"].num_rows == 50
    assert not (tmp_path / ".incomplete").exists()


def test_stopped_while_finishing_it_finishes(tmp_path, monkeypatch):
    """Catches a build that is lost between moving data/ up and writing the manifest."""
    build(tmp_path / "whole")

    def stop(self, name, content, write=Folder.write):
        if name == "manifest.json":
            raise KeyboardInterrupt
        write(self, name, content)

    monkeypatch.setattr(Folder, "write", stop)
    with pytest.raises(KeyboardInterrupt):
        build(tmp_path / "stopped")
    assert (tmp_path / "stopped" / "data").exists()
    monkeypatch.undo()
    build(tmp_path / "stopped")
    assert content(tmp_path / "stopped") == content(tmp_path / "whole")


def test_an_endless_split_is_refused(tmp_path):
    """Catches a build that never ends."""
    with pytest.raises(GameQAError, match="train split is endless"):
        build(tmp_path, train_size=None)


def children(pid):
    return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc to see processes")
@pytest.mark.parametrize("num_proc", [1, 2])
def test_killed_in_the_middle_and_started_again_it_ends_with_the_same_bytes(tmp_path, num_proc):
    """Catches half-written files taken for whole, files of a killed run, and orphaned workers."""
    command = [sys.executable, "-m", "gameqa.builders", "build", "sokoban"]
    command += ["--train-size", "600", "--validation-size", "0", "--test-size", "0"]
    command += ["--shard-rows", "20", "--num-proc", str(num_proc), "--out"]

    def shards():
        return list((tmp_path / "killed" / ".incomplete" / "data").glob("train-*.parquet"))

    with subprocess.Popen([*command, str(tmp_path / "killed")], cwd=tmp_path) as process:
        workers = []
        deadline = time.monotonic() + 120
        while len(shards()) < 3 and process.poll() is None and time.monotonic() < deadline:
            workers = children(process.pid) or workers
            time.sleep(0.005)
        os.kill(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert 3 <= len(shards()) < 30
    assert not (tmp_path / "killed" / "data").exists()
    deadline = time.monotonic() + 60
    while any(alive(worker) for worker in workers) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not any(alive(worker) for worker in workers)

    for name in ("killed", "whole"):
        done = subprocess.run(
            [*command, str(tmp_path / name)], cwd=tmp_path, capture_output=True, text=True
        )
        assert done.returncode == 0, done.stderr
        made_now = int(done.stdout.split(" rows made now")[0].split()[-1])
        assert made_now == 600 if name == "whole" else 0 < made_now < 600
    assert content(tmp_path / "killed") == content(tmp_path / "whole")


def alive(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
