"""Recipes of releases: what the shipped ones promise, balance, and errors of one line."""

from collections import Counter
from itertools import islice

import pytest
from click.testing import CliRunner

import gameqa
from gameqa.builders.command_line import cli
from gameqa.builders.releases import list_releases, read_release
from gameqa.errors import GameQAError
from gameqa.registry import all_games, get_game
from gameqa.sample import Domain

IN = [game.slug for game in all_games() if game.domain is Domain.IN]
ALL = gameqa.list_games()

PROMISED = {
    "gameqa-5k": {"train": (5_000, IN)},
    "gameqa-140k": {"train": (125_000, IN), "test": (15_000, ALL)},
    "gameqa-text": {"train": (20_000, IN), "test": (3_000, ALL)},
    "gameqa-open": {"train": (20_000, IN), "test": (3_000, ALL)},
    "gameqa-bench": {"test": (None, ALL)},
}


def cells(recipe):
    """Count the rows of each (split, game, task, level), from the schedules."""
    counts = Counter()
    for split in recipe.splits:
        for row in range(0, split.rows, split.schedule.block_size):
            block = split.schedule.block(row // split.schedule.block_size)
            for cell in islice(block, split.rows - row):
                counts[split.name, cell.game, cell.task, cell.plot_level] += 1
    return counts


def test_every_shipped_recipe_is_promised_here():
    """Catches a recipe that no test looks at, or that the wheel lacks."""
    assert list_releases() == sorted(PROMISED)


@pytest.mark.parametrize("name", PROMISED)
def test_a_shipped_recipe_keeps_its_promise(name):
    """Catches wrong sizes or games, and cells of which one has two rows more than another."""
    recipe = read_release(name).recipe
    counts = cells(recipe)
    assert {split.name for split in recipe.splits} == set(PROMISED[name])
    for split, (rows, games) in PROMISED[name].items():
        of_split = {key[1:]: count for key, count in counts.items() if key[0] == split}
        assert sorted({game for game, _, _ in of_split}) == games
        assert rows in (None, sum(of_split.values()))
        assert max(of_split.values()) - min(of_split.values()) <= 1
        tasks = {(g, task.slug) for g in games for task in get_game(g).tasks if task.is_default}
        assert {(game, task) for game, task, _ in of_split} == tasks


def test_the_bench_has_twenty_samples_of_every_task():
    """Catches per_task that counts cells or games."""
    by_task = Counter()
    for (_, game, task, _), count in cells(read_release("gameqa-bench").recipe).items():
        by_task[game, task] += count
    assert set(by_task.values()) == {20}


def read(tmp_path, text, **options):
    path = tmp_path / "mine.yaml"
    path.write_text(text)
    return read_release(str(path), **options).recipe


def test_rows_are_those_of_the_game_s_own_config(tmp_path):
    """Catches samples at addresses that nothing else can name."""
    recipe = read(tmp_path, "{name: x, games: [sokoban, maze], seed: 3, splits: {test: 40}}")
    split = recipe.split("test", "sokoban")
    made = list(recipe.samples(split, range(5)))
    expected = [gameqa.sample("sokoban", split="test", seed=3, index=i) for i in range(5)]
    assert [sample.data_id for sample in made] == [sample.data_id for sample in expected]
    assert made[4].row() == expected[4].row()


def test_shares_are_kept_and_no_sample_stands_twice(tmp_path):
    """Catches shares that are ignored, and copies of a sample to fill a share."""
    text = """
        {name: x, games: [tents, zuma], splits: {train: 520}, modality: text,
        plot_level: {easy: 1, medium: 2, hard: 1}, qa_level: {easy: 1, hard: 3}}"""
    recipe = read(tmp_path, text)
    counts = cells(recipe)
    by_level = Counter()
    for (_, game, task, level), count in counts.items():
        by_level[level.value] += count
        qa_level = get_game(game).task(task).qa_level.value
        share = {"Easy": 1, "Hard": 3}[qa_level] * {"Easy": 1, "Medium": 2, "Hard": 1}[level.value]
        assert abs(count / share - 520 / recipe_weight(recipe)) <= 1
    assert abs(by_level["Medium"] - 260) <= 12
    split = recipe.splits[0]
    ids = [sample.data_id for sample in recipe.samples(split, range(split.rows))]
    assert len(set(ids)) == len(ids)
    assert recipe.as_dict()["plot_level"] == {"Easy": 1, "Medium": 2, "Hard": 1}


def recipe_weight(recipe):
    return sum(split.schedule.block_size for split in recipe.splits)


def test_each_split_has_games_of_its_own_and_scale_makes_it_small(tmp_path):
    """Catches the games of one split in another, and a scale that forgets one of them."""
    text = """
        {name: x, splits: {train: {rows: 600, games: sokoban},
        test: {per_task: 10, games: [out_of_domain, sokoban]}}}"""
    recipe = read(tmp_path, text, scale=0.1)
    rows = Counter()
    for split in recipe.splits:
        rows[split.name] += split.rows
    tasks = sum(
        len([t for t in g.tasks if t.is_default])
        for g in all_games()
        if g.domain is Domain.OUT or g.slug == "sokoban"
    )
    assert rows == {"train": 60, "test": tasks}
    assert {split.game for split in recipe.splits if split.name == "train"} == {"sokoban"}


def test_the_pinned_encoder_writes_the_pictures(tmp_path, monkeypatch, small):
    """Catches a pin that is recorded but not kept, and one that stays after the build."""
    from gameqa.builders.encoder import encoding_with
    from gameqa.drawing import encoder_name

    monkeypatch.setenv("GAMEQA_PNG_ENCODER", "")
    before = encoder_name()
    recipe = read(tmp_path, "{name: x, splits: {train: 9}, png_encoder: zlib}")
    assert recipe.as_dict()["png_encoder"].startswith("zlib-")
    with encoding_with("zlib"):
        assert encoder_name().startswith("zlib-")
    assert encoder_name() == before


def test_an_encoder_that_is_not_installed_is_named(tmp_path, monkeypatch):
    """Catches a build that silently takes another encoder."""
    monkeypatch.setattr("gameqa.builders.encoder.find_spec", lambda name: None)
    with pytest.raises(GameQAError, match=r"png_encoder: .*'isal'.*pip install \"gameqa\[fast\]\""):
        read(tmp_path, "{name: x, splits: {train: 9}, png_encoder: isal}")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("name: x\nsplit: {train: 5}", ["mine.yaml: Unknown key 'split'", "'splits'?"]),
        ("splits: {train: 5}", ["mine.yaml: the key name is missing"]),
        ("name: x", ["the key splits is missing"]),
        ("- 5", ["a recipe must be a mapping of name, title"]),
        ("name: x\nname: y\nsplits: {train: 5}", ["key 'name' stands twice (line 1)"]),
        ("name: [x", ["(line 1)"]),
        ("name: a b\nsplits: {train: 5}", ["name: 'a b' is no name"]),
        ("name: x\nsplits: 5", ["splits must be a mapping of train, validation, test"]),
        ("name: x\nsplits: {}", ["splits: there must be at least one split"]),
        ("name: x\nsplits: {trian: 5}", ["splits: Unknown key 'trian'", "'train'?"]),
        ("name: x\nsplits: {train: many}", ["splits.train: the number of rows is 'many'"]),
        ("name: x\nsplits: {train: 0}", ["splits.train: the number of rows is 0", "at least 1"]),
        ("name: x\nsplits: {train: {row: 5}}", ["splits.train: Unknown key 'row'", "'rows'?"]),
        ("name: x\nsplits: {train: {rows: 1.5}}", ["splits.train.rows: rows is 1.5"]),
        ("name: x\nsplits: {train: {games: maze}}", ["give either rows or per_task"]),
        ("name: x\nsplits: {test: 5}\ngames: sokobann", ["games: ", "'sokoban'?"]),
        ("name: x\nsplits: {test: 5}\ngames: 5", ["games: 5 must be the name of a game"]),
        ("name: x\nsplits: {test: {rows: 5, games: mazee}}", ["splits.test.games: ", "'maze'?"]),
        ("name: x\nsplits: {test: 5}\ntasks: minimum_mvoes", ["tasks: ", "'minimum_moves'?"]),
        ("name: x\nsplits: {test: 5}\nplot_level: hrad", ["plot_level: ", "'Hard'?"]),
        ("name: x\nsplits: {test: 5}\nplot_level: {esay: 1}", ["plot_level: ", "'Easy'?"]),
        ("name: x\nsplits: {test: 5}\nplot_level: {easy: -1}", ["the share of easy is -1"]),
        ("name: x\nsplits: {test: 5}\nqa_level: {easy: 0}", ["qa_level: every share is 0"]),
        ("name: x\nsplits: {test: 5}\nseed: many", ["seed: seed is 'many'"]),
        ("name: x\nsplits: {test: 5}\nstyle: drak", ["style: ", "'dark'?"]),
        ("name: x\nsplits: {test: 5}\nmodality: audio", ["modality: ", "image, text"]),
        ("name: x\nsplits: {test: 5}\nanswer_format: opne", ["answer_format: ", "choice, open"]),
        ("name: x\nsplits: {test: 5}\nmin_pixels: 0", ["min_pixels: min_pixels is 0"]),
        ("name: x\nsplits: {test: 5}\nshard_rows: 0", ["shard_rows: shard_rows is 0"]),
        ("name: x\nsplits: {test: 5}\npng_encoder: zip", ["png_encoder: ", "zlib, isal"]),
        ("name: x\nsplits: {test: 5}\npng_encoder: zlib-0.1", ["png_encoder is 'zlib-0.1'"]),
        ("name: x\nsplits: {test: 5}\ntitle: 5", ["title: 5 must be a text"]),
        (
            "name: x\nsplits: {test: 5}\nmodality: text\npng_encoder: zlib",
            ["png_encoder: a release in text has no pictures"],
        ),
        (
            "name: x\nsplits: {test: {per_task: 5}}\nqa_level: {easy: 1, medium: 1, hard: 2}",
            ["per_task: shares of qa_level"],
        ),
    ],
)
def test_a_wrong_recipe_is_refused_in_one_line(tmp_path, text, parts):
    """Catches values that pass, tracebacks, and messages without file, key or way out."""
    with pytest.raises(GameQAError) as error:
        read(tmp_path, text)
    assert "\n" not in str(error.value)
    assert all(part in str(error.value) for part in ["mine.yaml: ", *parts]), str(error.value)


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("build gameqa-5 --out x", ["recipe or config 'gameqa-5'", "'gameqa-5k'?"]),
        ("build none.yaml --out x", ["Cannot read the recipe none.yaml"]),
        ("build gameqa-5k --out x --seed 7", ["--seed is for configs", "gameqa recipes gameqa-5k"]),
        ("build gameqa-5k --out x --scale 2", ["scale is 2.0"]),
        ("build sokoban --out x --scale 0.5", ["--scale is for releases"]),
        ("build gameqa-5k --out nope://x", ["no protocol 'nope'"]),
        ("build gameqa-5k --out x --engine rya", ["engine 'rya'", "'ray'?"]),
        ("build gameqa-5k --out x --shard 0", ["--shard 0 needs --num-shards"]),
        ("build gameqa-5k --out x --num-shards 2", ["--num-shards needs --shard"]),
        ("build gameqa-5k --out x --shard 2 --num-shards 2", ["Shard 2 of 2", "last one is 1"]),
        ("build gameqa-5k --out x --shard one --num-shards 2", ["--shard is 'one'"]),
        ("build gameqa-5k --out x --shard auto", ["no scheduler tells", "SLURM_ARRAY_TASK_ID"]),
        ("build gameqa-5k --out x --finish", ["20 of 20 files are missing"]),
        ("recipes gameqa-5", ["recipe 'gameqa-5'", "'gameqa-5k'?"]),
    ],
)
def test_a_wrong_command_is_refused_in_one_line(tmp_path, monkeypatch, words, parts):
    """Catches options that are silently ignored."""
    monkeypatch.chdir(tmp_path)
    for variable in ("SLURM_ARRAY_TASK_ID", "RANK", "JOB_COMPLETION_INDEX"):
        monkeypatch.delenv(variable, raising=False)
    done = CliRunner().invoke(cli, words.split())
    assert done.exit_code == 2, done.output
    assert done.output.count("\n") == 1
    assert all(part in done.output for part in parts), done.output


def test_recipes_are_listed_and_printed_to_be_changed(tmp_path, monkeypatch):
    """Catches a printed recipe that cannot be read back."""
    monkeypatch.chdir(tmp_path)
    listed = CliRunner().invoke(cli, ["recipes"]).output
    assert all(name in listed for name in PROMISED)
    assert "train 125,000, test 15,000" in listed
    (tmp_path / "mine.yaml").write_text(CliRunner().invoke(cli, ["recipes", "gameqa-140k"]).output)
    assert read_release("mine.yaml").recipe == read_release("gameqa-140k").recipe
