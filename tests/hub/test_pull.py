"""What was pushed comes back, to users who have `datasets` and no gameqa."""

import hashlib
import json

import pyarrow.parquet as pq
import pytest

from gameqa.builders.hub import push

READ = """
import sys
sys.modules["gameqa"] = None  # as where it is not installed
import hashlib, json
from datasets import Image, load_dataset

def digest(rows):
    found = hashlib.sha256()
    for row in rows.cast_column("image", Image(decode=False)):
        image = row.pop("image")
        found.update(json.dumps(row, sort_keys=True).encode())
        found.update(image["bytes"] if image else b"none")
    return found.hexdigest()

told = {}
for config in CONFIGS:
    for streaming in (False, True):
        loaded = load_dataset("user/tiny", config, streaming=streaming)
        for split, rows in loaded.items():
            told[f"{config} {split} {streaming}"] = digest(rows)
            if not streaming:
                told[f"{config} {split}"] = [rows.num_rows, *sorted(set(rows["game"]))]
            picture = next(iter(rows))["image"]
            assert picture.mode == "P", picture
print(json.dumps(told))
"""


def digest(paths):
    """Return what READ tells of rows, of Parquet files read without `datasets`."""
    found = hashlib.sha256()
    for path in paths:
        for row in pq.read_table(path).to_pylist():
            image = row.pop("image")
            found.update(json.dumps(row, sort_keys=True).encode())
            found.update(image["bytes"] if image else b"none")
    return found.hexdigest()


def built(folder, game, split):
    return digest(sorted((folder / "data" / game).glob(f"{split}-*.parquet")))


def test_every_row_comes_back_and_streams(here, client, folder):
    """Catches rows that are lost, changed or in another config, and a need for gameqa."""
    push(folder, "user/tiny")
    out = client(READ.replace("CONFIGS", '["default", "sokoban", "tictactoe"]'), token="")
    told = json.loads(out.stdout.splitlines()[-1])
    for game in ("sokoban", "tictactoe"):
        for split in ("train", "test"):
            for streaming in (False, True):
                assert told[f"{game} {split} {streaming}"] == built(folder, game, split)
    assert told["default train"] == [36, "sokoban", "tictactoe"]
    assert told["default test"] == [12, "sokoban", "tictactoe"]
    assert told["default train True"] == told["default train False"]
    assert here.count("cdn", 206) > 0, "streaming reads ranges"


PUSH_A_DATASET = """
import gameqa
from datasets import load_dataset
made = load_dataset("gameqa", "sokoban", split="train", train_size=12, seed=5)
made.push_to_hub("user/direct", "sokoban")
made = load_dataset("gameqa", "maze", split="train", train_size=6)
made.push_to_hub("user/direct", "maze", private=True)
back = load_dataset("user/direct", "sokoban", split="train")
rows = list(load_dataset("gameqa", "sokoban", split="train", train_size=12, seed=5))
for one, other in zip(rows, back, strict=True):
    assert one.pop("image").tobytes() == other.pop("image").tobytes()
    assert one == other
from gameqa.builders.hub import verify
reports = list(verify("user/direct"))
assert sum(report.rows for report in reports) == 18
assert not any(report.failures for report in reports), reports
"""


@pytest.mark.deep
@pytest.mark.parametrize("xet", [False, True], ids=["lfs", "xet"])
def test_a_dataset_pushed_directly_comes_back_and_verifies(hub, client, xet):
    """Catches a dataset of gameqa that `Dataset.push_to_hub` cannot handle."""
    if xet:
        client(PUSH_A_DATASET.split("back = ")[0], xet=True)
        assert hub.count("xet_token", 200) > 0
        assert hub.count("lfs_put") == 0
    else:
        client(PUSH_A_DATASET)
    files = hub.files("user/direct")
    assert sum(name.endswith(".parquet") for name in files) == 2


def test_xet_takes_the_data_and_one_commit_shows_it(hub, gameqa, folder):
    """Catches a push that only works without Xet."""
    gameqa("push", folder, "user/tiny", xet=True)
    assert hub.count("xet_token", 200) > 0
    assert hub.count("lfs_batch") == hub.count("lfs_put") == 0
    (_, last) = reversed(hub.store.repo("user/tiny").history())
    for path in folder.glob("data/*/*.parquet"):
        file = last.files[path.relative_to(folder).as_posix()]
        assert file.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert not hub.store.has(file.sha256)
    chunks = sum(path.stat().st_size for path in hub.xet.rglob("*") if path.is_file())
    assert chunks > 0.5 * sum(path.stat().st_size for path in folder.glob("data/*/*.parquet"))
