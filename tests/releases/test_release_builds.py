"""Releases as files: what plain `datasets` reads, config by config, always the same bytes."""

import json
from collections import Counter

import pytest
from datasets import get_dataset_config_names, load_dataset

from gameqa.builders.build import Build, Share
from gameqa.builders.releases import configs_of, list_releases, read_release
from gameqa.builders.shard_file import SHARD_ROWS

SCALES = {
    "gameqa-5k": 0.016,
    "gameqa-140k": 0.001,
    "gameqa-text": 0.004,
    "gameqa-open": 0.004,
    "gameqa-bench": 0.001,
}


def build(name, target, scale, shard_rows=SHARD_ROWS, **options):
    release = read_release(name, scale)
    work = Build(release.recipe, target, shard_rows, f"gameqa build {name}", release.about)
    work.run(**options)
    return release


def check(name, folder, release):
    """Hold a built release against its recipe, its manifest, and what `datasets` reads."""
    manifest = json.loads((folder / "manifest.json").read_text())
    configs = configs_of(manifest)
    assert next(iter(configs)) == "default"
    assert get_dataset_config_names(str(folder)) == list(configs)
    everything = load_dataset(str(folder))
    sizes = release.recipe.as_dict()["splits"]
    assert {split: rows.num_rows for split, rows in everything.items()} == sizes
    for split, rows in everything.items():
        assert len(set(rows["data_id"])) == len(rows)
        counts = Counter(zip(rows["game"], rows["task"], rows["plot_level"], strict=True))
        assert len(rows) < 1000 or max(counts.values()) - min(counts.values()) <= 1
        of_game = Counter(rows["game"])
        for config in ("sokoban", "strategic_planning", "in_domain", "out_of_domain"):
            wanted = {g for g in of_game if g in groups(config)}
            if not wanted:
                assert split not in configs.get(config, {})
                continue
            part = load_dataset(str(folder), config, split=split)
            assert Counter(part["game"]) == {game: of_game[game] for game in wanted}
    text = release.recipe.modality.value == "text"
    row = everything[next(iter(sizes))][0]
    assert (row["image"] is None) == text
    assert manifest["about"]["title"] == release.title
    assert manifest["rows"] == sum(sizes.values())
    assert manifest["bytes"] == sum(f.stat().st_size for f in folder.glob("data/*/*.parquet"))
    stray = {f.relative_to(folder).as_posix() for f in folder.glob("data/**/*.parquet")}
    assert stray == {f["name"] for s in manifest["splits"].values() for f in s["files"]}


def groups(config):
    from gameqa.builders import catalogue

    return {game.slug for game in catalogue.games_of(config)}


@pytest.mark.parametrize("name", SCALES)
def test_a_release_in_small_reads_config_by_config(name, tmp_path):
    """Catches files in no config or in two splits, and a modality that is not the recipe's."""
    check(name, tmp_path, build(name, tmp_path, SCALES[name]))


@pytest.mark.deep
@pytest.mark.parametrize("name", list_releases())
def test_a_release_at_a_tenth_twice_is_the_same(name, tmp_path, content):
    """Catches what only a larger build shows: several files of a game, rows of several blocks."""
    release = build(name, tmp_path / "once", 0.1, num_proc=2)
    check(name, tmp_path / "once", release)
    build(name, tmp_path / "again", 0.1)
    assert content(tmp_path / "once") == content(tmp_path / "again")


def test_the_default_config_goes_round_the_games(tmp_path):
    """Catches a stream that serves all of a game before the next."""
    release = read_release("gameqa-bench", 0.1)
    Build(release.recipe, tmp_path, 3).run()
    stream = load_dataset(str(tmp_path), split="test", streaming=True)
    games = [row["game"] for row in stream.remove_columns("image").take(90)]
    assert len(set(games)) == 30
    assert Counter(row["game"] for row in stream.remove_columns("image")) == {
        split.game: split.rows for split in release.recipe.splits
    }


def test_two_jobs_make_the_bytes_of_one(tmp_path, content):
    """Catches files that no job makes, two jobs that make the same, and a manifest too early."""
    build("gameqa-5k", tmp_path / "one", 0.01)
    release = read_release("gameqa-5k", 0.01)
    for number in (1, 0):
        work = Build(
            release.recipe, tmp_path / "two", SHARD_ROWS, "gameqa build gameqa-5k", release.about
        )
        before = len(work.missing())
        assert work.run(share=Share(number, 2)) == (number == 0)
        assert len(work.missing()) == before - 10
    assert content(tmp_path / "two") == content(tmp_path / "one")
