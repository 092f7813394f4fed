"""Streams are resumed at the next row, and no row is made again for it."""

import json
import subprocess
import sys
from itertools import islice

import datasets
import pytest
from datasets import concatenate_datasets, interleave_datasets, load_dataset
from datasets.distributed import split_dataset_by_node

from gameqa.builders.streams import stream

# Rows made in vain when a stream is resumed: datasets before 4 reads two ahead.
IN_VAIN = 0 if int(datasets.__version__.split(".")[0]) >= 4 else 2

TEXT = {"split": "train", "streaming": True, "modality": "text"}
ENDLESS = {**TEXT, "train_size": None}


def ids(rows):
    return [row["data_id"] for row in rows]


def opened(kind):
    if kind == "finite":
        return load_dataset("gameqa", "star_battle", **TEXT, train_size=2_100)
    if kind == "endless":
        return load_dataset("gameqa", "star_battle", **ENDLESS)
    return stream("star_battle", weights={"hard": 2, "easy": 1}, modality="text")


@pytest.mark.parametrize("kind", ["finite", "endless", "mixture"])
def test_resuming_makes_no_row_twice(kind, made):
    """Catches a stream that runs its generator again, or loses or repeats a row, twice over."""
    expected = ids(opened(kind).take(60))
    state = None
    seen = []
    for rows in (7, 20, 33):
        rest = opened(kind)
        if state is not None:
            rest.load_state_dict(json.loads(state))
        made.clear()
        seen += ids(islice(rest, rows))
        assert rows <= len(made) <= rows + IN_VAIN
        state = json.dumps(rest.state_dict())
    assert seen == expected


def move(state, position):
    """Change the state of a stream to what it is after so many rows."""
    for key, value in (state or {}).items():
        if key in ("shard_example_idx", "previous_state_example_idx"):
            state[key] = position
        elif isinstance(value, dict):
            move(value, position)


@pytest.mark.parametrize("kind", ["endless", "mixture"])
@pytest.mark.parametrize("position", [10, 1_000, 50_000])
def test_an_endless_stream_resumes_from_anywhere_at_once(kind, position, made):
    """Catches a resume whose work grows with the rows already seen."""
    rows = opened(kind)
    next(iter(rows))
    state = rows.state_dict()
    move(state, position)
    again = opened(kind)
    again.load_state_dict(state)
    made.clear()
    (row,) = islice(again, 1)
    assert made[-1] == row["data_id"]
    assert len(made) <= 1 + IN_VAIN
    if kind == "mixture" and not IN_VAIN:  # the index is the step, a shard has blocks of 32
        block, at = divmod(position, 32)
        assert row["data_id"].endswith(f"-i{block * 1024 * 32 + at}")


RESUME = """
import json, sys
from itertools import islice
import gameqa
from datasets import load_dataset
rows = load_dataset("gameqa", "star_battle", split="train", streaming=True, modality="text",
                    train_size=None)
rows.load_state_dict(json.load(open("state.json")))
print(json.dumps([row["data_id"] for row in islice(rows, 5)]))
json.dump(rows.state_dict(), open("state.json", "w"))
"""


def test_another_process_goes_on_twice_in_succession(tmp_path):
    """Catches a state that means nothing in another process, or that is lost on the second go."""
    rows = opened("endless")
    expected = ids(rows.take(15))
    assert ids(islice(rows, 5)) == expected[:5]
    (tmp_path / "state.json").write_text(json.dumps(rows.state_dict()))
    seen = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-c", RESUME], cwd=tmp_path, capture_output=True, text=True, check=True
        )
        seen += json.loads(done.stdout)
    assert seen == expected[5:]


def test_ranks_and_workers_resume_for_themselves(made):
    """Catches a place in a shard that is taken for a place in the stream."""
    for rank in range(2):
        whole = split_dataset_by_node(opened("endless"), rank=rank, world_size=2)
        expected = ids(whole.take(50))
        part = split_dataset_by_node(opened("endless"), rank=rank, world_size=2)
        assert ids(islice(part, 30)) == expected[:30]
        again = split_dataset_by_node(opened("endless"), rank=rank, world_size=2)
        again.load_state_dict(part.state_dict())
        made.clear()
        assert ids(islice(again, 20)) == expected[30:]
        assert 20 <= len(made) <= 20 + IN_VAIN


def test_streams_can_be_put_together():
    """Catches a stream that `datasets` cannot interleave, concatenate, cut or count."""
    easy, hard = (
        load_dataset("gameqa", "star_battle", **ENDLESS, plot_level=level)
        for level in ("easy", "hard")
    )
    mixed = interleave_datasets([easy, hard], probabilities=[0.25, 0.75], seed=1)
    levels = [row["plot_level"] for row in mixed.take(80)]
    assert 10 <= levels.count("Easy") <= 30
    both = concatenate_datasets([easy.take(3), hard.skip(2).take(3)])
    assert ids(both) == ids(easy.take(3)) + ids(hard.take(5))[2:]
    assert both.column_names == easy.column_names


def test_formats_and_batches_see_the_same_rows(made):
    """Catches rows that an Arrow or batched reading of the stream loses or changes."""
    rows = load_dataset("gameqa", "star_battle", split="train", streaming=True, train_size=20)
    expected = ids(rows)
    tables = list(rows.with_format("arrow").iter(batch_size=8))
    assert [name for table in tables for name in table["data_id"].to_pylist()] == expected
    assert tables[0]["image"][0].as_py()["bytes"].startswith(b"\x89PNG")
    batches = list(rows.iter(batch_size=8))
    assert [name for batch in batches for name in batch["data_id"]] == expected
    assert ids(rows.filter(lambda row: row["plot_level"] == "Hard")) == [
        name for name in expected if "-hard-" in name
    ]
