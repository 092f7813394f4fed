"""The dataset card: true to the data, read by `datasets`, and nobody's words lost."""

import json
import re
import sys
import types

import datasets
import pytest
from datasets import load_dataset
from huggingface_hub import DatasetCard

from gameqa.builders.hub.finished import open_build
from gameqa.builders.hub.placement import Placement
from gameqa.dataset_card import make_card, write_card
from gameqa.errors import GameQAError


@pytest.fixture
def card(folder):
    return DatasetCard(write_card(open_build(folder), repo_id="user/tiny").read_text())


def test_its_metadata_says_what_is_there(card, folder):
    """Catches sizes, splits and configs that are not those of the data."""
    data = card.data
    assert data.configs[0]["config_name"] == "default"
    infos = {info["config_name"]: info for info in data.dataset_info}
    assert set(infos) == {config["config_name"] for config in data.configs}
    manifest = json.loads((folder / "manifest.json").read_text())
    sizes = {split["name"]: split["num_examples"] for split in infos["default"]["splits"]}
    assert sizes == {name: split["rows"] for name, split in manifest["splits"].items()}
    assert infos["default"]["download_size"] == manifest["bytes"]
    assert sum(split["num_examples"] for split in infos["sokoban"]["splits"]) == 24 + 8
    assert (data.license, data.size_categories, data.language) == ("apache-2.0", ["n<1K"], ["en"])
    assert data.pretty_name == "Tiny GameQA"
    assert "visual-question-answering" in data.task_categories


def test_datasets_reads_the_folder_by_it(card, folder, tmp_path):
    """Catches metadata that `datasets` does not accept, and splits whose size it would refuse."""
    loaded = load_dataset(str(folder), "tictactoe", cache_dir=str(tmp_path / "cache"))
    assert {name: rows.num_rows for name, rows in loaded.items()} == {"train": 12, "test": 4}


def test_its_text_shows_every_game_and_task(card, folder):
    """Catches tables that lack something, pictures that are not there, and leftovers."""
    text = card.text
    shown = re.findall(r'(?:src="|\]\()(card/[^")]+)', text)
    assert {"card/sokoban.png", "card/tictactoe.png", "card/rows.png"} <= set(shown)
    for name in shown:
        assert (folder / name).read_bytes().startswith(b"\x89PNG")
    for part in (
        "| `tictactoe` | `best_reply` |",
        'load_dataset("user/tiny", "tictactoe")',
        "gameqa build tiny.yaml",
        "gameqa verify user/tiny",
        "arXiv:2505.13886",
        "@article{",
        "A release of two games for tests.",
        "was not audited",
    ):
        assert part in text, part
    assert not re.search(r"\{\{|\}\}|\{%|Undefined|\bNone\b", text)
    assert not re.search(r"\n{4}", text)


def test_its_code_runs(card, folder, tmp_path, monkeypatch):
    """Catches lines that use names which gameqa does not have (the trainer stands aside)."""

    class Trainer:
        def __init__(self, model, reward_funcs, args, train_dataset):
            row = train_dataset[0]
            (score,) = reward_funcs[0](["<answer>A</answer>"], grading=[row["grading"]])
            assert score in (0.0, 1.0)

        def train(self):
            trained.append(self)

    trained = []
    trl = types.SimpleNamespace(GRPOConfig=lambda max_steps: None, GRPOTrainer=Trainer)
    monkeypatch.setitem(sys.modules, "trl", trl)
    cache = str(tmp_path / "cache")
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", cache)
    names = {}
    for code in re.findall(r"```python\n(.*?)```", card.text, re.DOTALL):
        exec(code.replace("user/tiny", str(folder)), names)
    assert trained
    assert names["prompt"].startswith(names["row"]["question"])
    assert next(iter(names["stream"]))["data_id"] == names["row"]["data_id"]
    assert set(names["game"]["train"]["game"]) == {"tictactoe"}


def test_refreshed_it_keeps_what_people_wrote(card, folder):
    """Catches a card that is written over, or that grows each time."""
    path = folder / "README.md"
    first = path.read_text()
    write_card(open_build(folder), repo_id="user/tiny")
    assert path.read_text() == first
    written = first.replace("license: apache-2.0", "license: mit\nviewer: false")
    written = written.replace("\n<!-- gameqa:: begin", "\nMine above.\n\n<!-- gameqa:: begin", 1)
    path.write_text(written.replace("# Tiny GameQA", "# Scrambled") + "\nMine below.\n")
    write_card(open_build(folder), repo_id="user/tiny")
    again = path.read_text()
    assert "Mine above." in again
    assert again.endswith("Mine below.\n")
    assert "license: mit" in again
    assert "viewer: false" in again
    assert again.count("# Tiny GameQA") == 1
    assert "# Scrambled" not in again


def test_beside_others_names_and_paths_are_its_own(folder):
    """Catches a config that takes another one's name, and pictures of another card."""
    card = make_card(open_build(folder), repo_id="user/all", place=Placement("small"))
    old = "---\nconfigs:\n- config_name: mine\n  data_files: mine/*.csv\n---\nHello.\n"
    text, others = card.merged_into(old)
    assert others == {"mine": ["mine/*.csv"]}
    names = [config["config_name"] for config in DatasetCard(text).data.configs]
    assert names[:2] == ["mine", "small"]
    assert "small-sokoban" in names
    assert "small/data/" in text
    assert 'src="small/card/sokoban.png"' in text
    assert 'load_dataset("user/all", "small")' in text
    assert "Hello." in text
    assert card.merged_into(text)[0] == text


def test_an_audit_is_told(folder):
    """Catches an audit that is left out, a file that is none taken for one, and a gain over no
    chance: that of an open question.
    """
    guess = {"right": 0.3, "chance": 0.25, "low": 0.2, "high": 0.4, "rule": ""}
    cell = {"game": "sokoban", "task": "minimum_moves", "plot_level": "Easy", "form": "choice"}
    content = {
        "samples": 100,
        "source": "the rows of tiny",
        "passes": True,
        "findings": [],
        "cells": [
            {
                **cell,
                "samples": 100,
                "guesses": {"classifier": guess},
                "distinct": {"duplicates": 0},
            },
            {
                **cell,
                "form": "open",
                "samples": 25,
                "guesses": {"classifier": {**guess, "chance": 0.0}},
                "distinct": {"duplicates": 0},
            },
        ],
    }
    (folder / "audit.json").write_text(json.dumps(content))
    text = write_card(open_build(folder)).read_text()
    assert (
        "| classifier | 30.0% | 25.0% | +5.0 points [-5.0, +15.0]: sokoban/minimum_moves, Easy |"
        in text
    )
    (folder / "audit.json").write_text("[]")
    with pytest.raises(GameQAError, match=r"audit\.json is no audit"):
        write_card(open_build(folder))


def test_metadata_that_cannot_be_read_is_refused(card, folder):
    """Catches a card whose broken head is thrown away."""
    path = folder / "README.md"
    path.write_text("---\nconfigs: [\n---\nMine.\n")
    with pytest.raises(GameQAError, match="mend it first") as error:
        write_card(open_build(folder))
    assert "\n" not in str(error.value)
    assert path.read_text().endswith("Mine.\n")
