"""Mixtures: shares that come out exactly, and names that mean what they say."""

from collections import Counter
from itertools import islice

import pytest

from gameqa.builders.recipe import make_recipe
from gameqa.builders.sharding import MAX_SHARDS
from gameqa.builders.streams import RowCurriculum, stream
from gameqa.builders.streams.mixture import BLOCK, Mixture
from gameqa.builders.streams.weights import task_shares
from gameqa.errors import GameQAError
from gameqa.sample import Level, Split

CELLS = make_recipe("in_domain").splits[0].schedule.cells


def mixture(weights, seed=0):
    return Mixture(task_shares(weights, CELLS, "in_domain"), seed, Split.TRAIN)


def steps(shard, blocks):
    for turn in range(blocks):
        first = (turn * MAX_SHARDS + shard) * BLOCK
        yield from range(first, first + BLOCK)


def shares(weights):
    return {
        (each.game, each.task, level): each.share * part
        for each in task_shares(weights, CELLS, "in_domain")
        for level, part in each.levels
    }


def of_game(weights, *path):
    found = shares(weights).items()
    return pytest.approx(sum(share for key, share in found if key[: len(path)] == path))


def test_names_share_the_stream_by_their_weights():
    """Catches a game that is counted by its tasks, and names that are forgotten or added."""
    weights = {"sokoban": 3, "maze/path_to_goal": 1, "zuma/hard": 2, "loaded_color": 2}
    assert of_game(weights, "sokoban") == 3 / 8
    assert of_game(weights, "maze") == of_game(weights, "maze", "path_to_goal") == 1 / 8
    assert of_game(weights, "zuma") == 4 / 8
    assert sum(shares(weights).values()) == pytest.approx(1)
    assert {key[0] for key in shares(weights)} == {"sokoban", "maze", "zuma"}
    sokoban = [share for key, share in shares(weights).items() if key[0] == "sokoban"]
    assert sokoban == [pytest.approx(3 / 8 / 18)] * 18
    assert {key[2] for key in shares({"zuma/hard": 1})} == {Level.HARD}
    by_level = shares({"hard": 3, "Easy": 1})
    assert sum(v for k, v in by_level.items() if k[2] is Level.HARD) == pytest.approx(3 / 4)
    assert {key[0] for key in by_level} == {cell.game for cell in CELLS}
    both = shares({"sokoban": 1, "medium": 1})
    assert {(key[0], key[2]) for key in both} == {("sokoban", Level.MEDIUM)}
    assert of_game({"spatial_3d": 1, "maze": 1}, "maze") == 1 / 2
    everything = shares(None)
    assert len(everything) == len(CELLS)
    assert list(everything.values()) == [pytest.approx(1 / len(CELLS))] * len(CELLS)


@pytest.mark.parametrize("shard", [0, 1, 515])
def test_shares_are_exact_in_every_block_and_in_the_long_run(shard):
    """Catches a random mixture, and small shares that systematic points keep missing."""
    weights = {"sokoban": 5, "maze": 2.5, "zuma": 1, "tetris/hard": 0.1}
    mix = mixture(weights)
    cells = [mix.at(step) for step in steps(shard, 400)]
    games = Counter()
    for each in task_shares(weights, CELLS, "in_domain"):
        games[each.game] += each.share
    for start in range(0, len(cells), BLOCK):
        counts = Counter(cell.game for cell in cells[start : start + BLOCK])
        assert all(abs(counts[game] - BLOCK * share) < 2 for game, share in games.items())
    counts = Counter((cell.game, cell.task, cell.plot_level) for cell in cells)
    for key, share in shares(weights).items():
        assert abs(counts[key] - share * len(cells)) <= 6, key


def test_readers_side_by_side_have_the_shares_too():
    """Catches shards that all begin with the same cells."""
    mix = mixture(None)
    cells = [mix.at(step) for shard in range(64) for step in steps(shard, 1)]
    counts = Counter((cell.game, cell.task) for cell in cells)
    expected = len(cells) / len(task_shares(None, CELLS, ""))
    assert max(abs(count - expected) for count in counts.values()) <= 4
    assert len(counts) == len(task_shares(None, CELLS, ""))


def test_the_order_is_the_seeds():
    """Catches an order that is the same for all seeds, or differs from call to call."""
    first, again, other = (
        [mixture(None, seed).at(step) for step in range(64)] for seed in (0, 0, 1)
    )
    assert first == again != other


def test_a_stream_has_the_cells_of_its_mixture_and_no_row_twice():
    """Catches rows of other cells than the schedule's, and indices that collide."""
    weights = {"sokoban/player_position": 1, "maze/goal_position": 1}
    rows = list(islice(stream("in_domain", weights=weights, modality="text", seed=3), 64))
    mix = mixture(weights, seed=3)
    assert [(r["game"], r["task"], r["plot_level"]) for r in rows] == [
        (cell.game, cell.task, cell.plot_level.value)
        for cell in (mix.at(step) for step in steps(0, 2))
    ]
    assert len({row["data_id"] for row in rows}) == 64
    assert {row["data_id"].split("-")[-2] for row in rows} == {"s3"}
    assert Counter(row["game"] for row in rows) == {"sokoban": 32, "maze": 32}


def test_options_reach_the_rows():
    """Catches an option of the config that a mixture drops."""
    rows = stream("sokoban", split="test", answer_format="open", qa_level="hard", style="dark")
    (row,) = islice(rows, 1)
    assert "-test-" in row["data_id"]
    assert row["options"] == []
    assert row["qa_level"] == "Hard"
    assert row["image"].mode == "P"


@pytest.mark.parametrize(
    ("options", "parts"),
    [
        ({"weights": {"sokobann": 1}}, ["source of in_domain 'sokobann'", "mean 'sokoban'"]),
        ({"weights": {"sokoban/x": 1}}, ["source of in_domain 'sokoban/x'"]),
        ({"weights": {"snake": 1}}, ["source of in_domain 'snake'"]),
        ({"weights": {"sokoban": -1}}, ["weight of 'sokoban' is -1"]),
        ({"weights": {"sokoban": float("nan")}}, ["weight of 'sokoban' is nan"]),
        ({"weights": {"sokoban": 0}}, ["leave nothing of in_domain"]),
        ({"weights": {"hard": 1}, "plot_level": "easy"}, ["leave nothing of in_domain"]),
        ({"weights": {"hard": 1}, "curriculum": RowCurriculum({0: "easy"})}, ["curriculum"]),
        ({"split": "tset"}, ["split 'tset'", "Did you mean 'test'?"]),
        ({"train_size": 5}, ["train_size", ".take(rows)"]),
    ],
)
def test_what_cannot_be_mixed_is_said_in_one_line(options, parts):
    """Catches a wrong name or weight that is silently left out."""
    with pytest.raises(GameQAError) as caught:
        stream("in_domain", **options)
    assert all(part in str(caught.value) for part in parts), caught.value
    assert "\n" not in str(caught.value)
