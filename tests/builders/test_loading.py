"""`load_dataset("gameqa", ...)` in this process: rows, options, cache."""

import io

import datasets
import pytest
from datasets import load_dataset
from PIL import Image

import gameqa
from gameqa.builders import GameQA, recipe, recipe_of
from gameqa.sample import COLUMNS

SMALL = {"train_size": 30, "validation_size": 6, "test_size": 5}


def ids(dataset):
    return [row["data_id"] for row in dataset.remove_columns("image")]


def test_a_game_has_three_splits_of_18_columns_and_pictures_that_decode():
    """Catches a lost split or column, a wrong size, and picture bytes that are no palette PNG."""
    loaded = load_dataset("gameqa", "sokoban", **SMALL)
    assert {name: len(rows) for name, rows in loaded.items()} == {
        "train": 30,
        "validation": 6,
        "test": 5,
    }
    for rows in loaded.values():
        assert tuple(rows.column_names) == COLUMNS
        for row in rows:
            assert row["image"].mode == "P"
            assert row["image"].width * row["image"].height >= 448 * 448
            assert row["answer"] in "ABCDEFGH"
    raw = loaded["train"].cast_column("image", datasets.Image(decode=False))[0]["image"]
    assert raw["path"] is None
    assert Image.open(io.BytesIO(raw["bytes"])).format == "PNG"


def test_all_trains_in_domain_and_holds_the_other_games_out():
    """Catches a held-out game in a split to train on, and the other way round."""
    loaded = load_dataset("gameqa", modality="text", **SMALL)
    assert list(loaded) == ["train", "validation", "test", "test_ood"]
    for name, rows in loaded.items():
        assert set(rows["domain"]) == {"out" if name == "test_ood" else "in"}


@pytest.mark.parametrize("config", ["sokoban", "all"])
def test_every_way_of_loading_gives_the_same_rows(config, tmp_path, digest):
    """Catches rows or an order that depend on processes, shards, streaming or the hook."""
    plain = load_dataset("gameqa", config, cache_dir=str(tmp_path / "1"), **SMALL)
    others = {
        "num_proc": load_dataset(
            "gameqa", config, cache_dir=str(tmp_path / "2"), num_proc=2, **SMALL
        ),
        "stream": load_dataset("gameqa", config, streaming=True, **SMALL),
        "public": gameqa.load_dataset(config, cache_dir=str(tmp_path / "3"), **SMALL),
        "public stream": gameqa.load_dataset(config, streaming=True, **SMALL),
    }
    for split, rows in plain.items():
        expected = digest(rows)
        assert {way: digest(loaded[split]) for way, loaded in others.items()} == dict.fromkeys(
            others, expected
        )


def test_row_i_is_the_sample_of_index_i_whatever_the_size():
    """Catches a builder whose schedule is not the one of `gameqa.sample`, or depends on sizes."""
    few = load_dataset("gameqa", "star_battle", split="test", seed=5, **SMALL)
    many = load_dataset("gameqa", "star_battle", split="test", seed=5, test_size=9, train_size=1)
    assert ids(few) == ids(many)[: len(few)]
    for index, row in enumerate(many.cast_column("image", datasets.Image(decode=False))):
        assert row == gameqa.sample("star_battle", split="test", seed=5, index=index).row()


def test_options_choose_tasks_and_levels():
    """Catches an option that is dropped on its way, and cells that are unequally many."""
    chosen = load_dataset(
        "gameqa",
        "sokoban",
        split="train",
        plot_level=["Hard", "easy"],
        tasks=[3, "player-position"],
        train_size=40,
        modality="text",
    )
    cells = list(zip(chosen["task"], chosen["plot_level"], strict=True))
    assert {cell: cells.count(cell) for cell in set(cells)} == {
        (task, level): 10
        for task in ("minimum_moves", "player_position")
        for level in ("Easy", "Hard")
    }
    hard = load_dataset(
        "gameqa", "sokoban", split="train", qa_level="hard", train_size=12, modality="text"
    )
    assert set(hard["qa_level"]) == {"Hard"}
    one = load_dataset("gameqa", "in_domain", tasks="sokoban/minimum_moves", **SMALL)["test"]
    assert set(one["task"]) == {"minimum_moves"}


def test_options_choose_form_modality_style_and_size_of_pictures():
    """Catches an option that does not reach the engine, and a style that changes a question."""

    def load(**options):
        return load_dataset("gameqa", "sokoban", split="test", tasks=4, **SMALL, **options)

    classic, dark, large = load(), load(style="dark"), load(min_pixels=800_000)
    assert classic["question"][:] == dark["question"][:] == large["question"][:]
    assert classic[0]["image"].tobytes() != dark[0]["image"].tobytes()
    assert large[0]["image"].width * large[0]["image"].height >= 800_000
    opened = load(answer_format="open")
    assert all(row["options"] == [] and row["answer_type"] != "choice" for row in opened)
    text = load(modality="text")
    assert all(row["image"] is None for row in text)
    for row, seen in zip(text, classic, strict=True):
        assert row["question"].endswith(seen["question"])
        assert len(row["question"]) > len(seen["question"])


def test_seeds_share_no_row():
    """Catches seeds that are added to indices, which makes neighbouring seeds nearly equal."""

    def states(seed):
        options = {"modality": "text", "train_size": 60, "seed": seed}
        return set(load_dataset("gameqa", "sokoban", split="train", **options)["state"])

    assert not states(0) & states(1)
    assert not states(0) & states(-1)


def test_a_split_of_size_0_is_left_out():
    """Catches an empty split, which `datasets` cannot read back."""
    loaded = load_dataset("gameqa", "sokoban", train_size=0, validation_size=0, test_size=3)
    assert list(loaded) == ["test"]


def test_equal_requests_share_their_data_and_others_do_not():
    """Catches cache keys that follow from spelling, or from only a part of the request."""

    def place(name="star_battle", **options):
        return GameQA(config_name=name, **options).cache_dir

    assert place(plot_level="hard") == place(plot_level=["Hard"]) == place(plot_level=("HARD",))
    assert place() == place("Star-Battle") == place(train_size=1_000, seed=0, plot_level=None)
    assert place(tasks=[1, 2]) == place(tasks=["cell_in_region", "last_star", 1])
    different = [
        place(**options)
        for options in (
            {},
            {"train_size": 999},
            {"seed": 1},
            {"plot_level": "hard"},
            {"qa_level": "hard"},
            {"tasks": 2},
            {"style": "dark"},
            {"answer_format": "open"},
            {"modality": "text"},
            {"min_pixels": 300_000},
        )
    ]
    assert len(set(different)) == len(different)
    assert GameQA(config_name="sokoban").cache_dir == place("sokoban")


def test_the_hook_and_the_public_class_share_their_data():
    """Catches rows that are made twice because the two ways name the cache differently."""
    loaded = load_dataset("gameqa", "sokoban", split="test", **SMALL)
    assert loaded.cache_files == gameqa.load_dataset("sokoban", "test", **SMALL).cache_files


def test_another_engine_or_encoder_gets_data_of_its_own(monkeypatch):
    """Catches an upgrade that serves yesterday's rows from the cache."""
    places = {GameQA(config_name="sokoban").cache_dir}
    others = GameQA(config_name="star_battle").cache_dir
    monkeypatch.setattr(type(gameqa.get_game("sokoban")), "version", 1_000_000)
    places.add(GameQA(config_name="sokoban").cache_dir)
    assert GameQA(config_name="star_battle").cache_dir == others
    monkeypatch.setattr(recipe, "encoder_of", lambda pinned: "another encoder")
    places.add(GameQA(config_name="sokoban").cache_dir)
    assert len(places) == 3


def test_a_dataset_tells_how_it_was_made():
    """Catches an info that does not survive the cache or lacks versions and encoder."""
    for _ in ("made", "from the cache"):
        made = recipe_of(load_dataset("gameqa", "sokoban", split="test", seed=3, **SMALL))
        assert made["engines"] == {"sokoban": gameqa.get_game("sokoban").version}
        assert made["seed"] == 3
        assert "level" in made["png_encoder"]
    stream = load_dataset("gameqa", "sokoban", split="test", seed=3, streaming=True, **SMALL)
    assert recipe_of(stream) == made


def test_parquet_through_the_builder_has_the_same_rows(tmp_path, digest):
    """Catches pictures that are lost or re-encoded on the way into Parquet."""
    builder = GameQA(config_name="sokoban", **SMALL)
    builder.download_and_prepare(str(tmp_path / "out"), file_format="parquet")
    files = {"train": str(tmp_path / "out" / "*train*.parquet")}
    rows = load_dataset("parquet", data_files=files, split="train")
    assert digest(rows) == digest(load_dataset("gameqa", "sokoban", split="train", **SMALL))


def test_datasets_can_ask_for_the_names():
    """Catches configs that the inspection functions of `datasets` do not see."""
    names = datasets.get_dataset_config_names("gameqa")
    assert {*gameqa.list_games(), "spatial_3d", "in_domain", "out_of_domain", "all"} <= set(names)
    assert datasets.get_dataset_split_names("gameqa", "all") == [
        "train",
        "validation",
        "test",
        "test_ood",
    ]
