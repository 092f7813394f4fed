"""Shards: how rows are divided, and what `datasets` makes of it in streams."""

from itertools import islice

import pytest
from datasets import load_dataset
from datasets.distributed import split_dataset_by_node

import gameqa
from gameqa.builders.sharding import MAX_SHARDS, endless_shards, equal_shards, even_shards

ENDLESS = {"train_size": None, "validation_size": 0, "test_size": 0, "modality": "text"}


def ids(rows):
    return [row["data_id"] for row in rows]


@pytest.mark.parametrize(
    "rows", [1, 2, 3, 7, 64, 200, 997, 1_000, 1_024, 1_025, 5_000, 10_006, 20_000, 100_003]
)
def test_shards_are_all_rows_in_order_and_nearly_equal(rows):
    """Catches lost, doubled or reordered rows, and shards that make one rank wait for another."""
    shards = equal_shards(rows)
    assert [row for shard in shards for row in shard] == list(range(rows))
    sizes = {len(shard) for shard in shards}
    assert max(sizes) - min(sizes) <= 1
    assert min(rows, 64) <= len(shards) <= MAX_SHARDS


@pytest.mark.parametrize(
    ("rows", "shards"),
    [
        (20_000, 800),
        (5_000, 1_000),
        (1_024, 1_024),
        (2_000, 400),
        (65_536, 1_024),
        (10_006, 1024),
    ],
)
def test_the_number_of_shards_suits_many_ranks(rows, shards):
    """Catches a divisor without the powers of two that numbers of ranks have."""
    assert len(equal_shards(rows)) == shards


def test_no_rows_are_no_shards():
    """Catches a division by zero."""
    assert equal_shards(0) == []
    assert even_shards(0, 4) == []


def test_endless_shards_take_whole_blocks_in_turn():
    """Catches blocks that two shards have, or none."""
    shards = endless_shards(block_size=3)
    assert len(shards) == MAX_SHARDS
    assert [next(iter(shard)) for shard in shards] == list(range(0, 3 * MAX_SHARDS, 3))
    first = [0, 1, 2, 3 * MAX_SHARDS, 3 * MAX_SHARDS + 1]
    assert list(islice(shards[0], 5)) == first


def test_two_nodes_share_the_rows_exactly():
    """Catches ranks that see the same rows, miss some, or have unequally many."""
    stream = load_dataset(
        "gameqa", "sokoban", split="train", streaming=True, modality="text", train_size=60
    )
    nodes = [split_dataset_by_node(stream, rank=rank, world_size=2) for rank in range(2)]
    assert [node.n_shards for node in nodes] == [30, 30]
    halves = [ids(node) for node in nodes]
    assert len(halves[0]) == len(halves[1]) == 30
    assert sorted(halves[0] + halves[1]) == sorted(ids(stream))


def test_workers_share_the_shards():
    """Catches a stream whose shards `datasets` cannot deal out, as DataLoader workers get them."""
    stream = load_dataset(
        "gameqa", "sokoban", split="train", streaming=True, modality="text", train_size=48
    )
    parts = [stream.shard(num_shards=3, index=index) for index in range(3)]
    assert [len(ids(part)) for part in parts] == [16, 16, 16]
    assert sorted(data_id for part in parts for data_id in ids(part)) == sorted(ids(stream))


@pytest.mark.parametrize("seen", [0, 1, 7, 38])
def test_a_stream_goes_on_where_it_stopped(seen):
    """Catches rows that are lost or come twice when a stream is resumed."""
    options = {"split": "train", "streaming": True, "modality": "text", "train_size": 2_100}
    stream = load_dataset("gameqa", "sokoban", **options)
    expected = ids(stream.take(60))
    iterator = iter(stream)
    assert ids(islice(iterator, seen)) == expected[:seen]
    state = stream.state_dict()
    again = load_dataset("gameqa", "sokoban", **options)
    again.load_state_dict(state)
    assert ids(islice(again, 60 - seen)) == expected[seen:]


def test_an_endless_stream_goes_on_and_every_node_has_its_own():
    """Catches an endless split that ends, repeats itself, or is the same for all ranks."""
    stream = load_dataset("gameqa", "star_battle", split="train", streaming=True, **ENDLESS)
    assert stream.n_shards == MAX_SHARDS
    rows = list(stream.take(100))
    assert len(set(ids(rows))) == 100
    assert rows[0]["data_id"] == gameqa.sample("star_battle").data_id
    cells = [(row["task"], row["plot_level"]) for row in rows[:12]]
    assert len(set(cells)) == 12  # a whole block: every cell once
    nodes = [split_dataset_by_node(stream, rank=rank, world_size=8) for rank in range(8)]
    seen = [data_id for node in nodes for data_id in ids(node.take(20))]
    assert len(set(seen)) == 8 * 20


def test_a_shuffled_stream_has_the_same_rows():
    """Catches shards that `shuffle` cannot permute."""
    stream = load_dataset(
        "gameqa", "sokoban", split="train", streaming=True, modality="text", train_size=40
    )
    shuffled = ids(stream.shuffle(seed=1, buffer_size=5))
    assert shuffled != ids(stream)
    assert sorted(shuffled) == sorted(ids(stream))
