"""Exports are read by trainers' own dataset code; each test runs where its trainer is installed.

`make trainers` has TRL; those whose dependencies exclude each other have environments of their own,
which `make trainers` runs as well where they can be installed.
"""

import io
import json
from types import SimpleNamespace

import datasets
import pytest
from click.testing import CliRunner
from PIL import Image

import gameqa
from gameqa.builders.command_line import cli

SIZES = ["--train-size", "12", "--validation-size", "0", "--test-size", "0"]


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


@pytest.fixture
def export(tmp_path):
    """Export twelve rows and return the folder."""

    def run(name, *options, modality="image"):
        out = tmp_path / f"{name}-{modality}"
        words = ["export", "star_battle", "--format", name, "--out", str(out), *SIZES]
        outcome = CliRunner().invoke(cli, [*words, "--modality", modality, *options])
        assert outcome.exit_code == 0, outcome.output
        return out

    return run


@pytest.fixture
def ours():
    return [gameqa.sample("star_battle", index=index) for index in range(12)]


def pixels(picture):
    """The pixels of a picture in any of the forms that trainers have."""
    if isinstance(picture, dict):
        picture = picture["bytes"] or picture["path"]
    if isinstance(picture, bytes):
        picture = io.BytesIO(picture)
    if not isinstance(picture, Image.Image):
        picture = Image.open(picture)
    return picture.convert("RGB").tobytes()


def test_trl_puts_the_pictures_in_itself(export, ours):
    """Catches a literal placeholder, or a picture that TRL's messages do not get."""
    data_utils = pytest.importorskip("trl.data_utils", reason="runs where TRL is installed")
    for name, modality in (("trl-grpo", "image"), ("trl-sft", "image"), ("trl-grpo", "text")):
        file = export(name, modality=modality) / "train.parquet"
        rows = datasets.load_dataset("parquet", data_files=str(file), split="train")
        assert len(rows) == 12
        for row, sample in zip(rows, ours, strict=True):
            assert data_utils.is_conversational(row)
            images = [row["image"]] if "image" in row else []
            (message,) = data_utils.prepare_multimodal_messages(row["prompt"], images=images)
            kinds = [part["type"] for part in message["content"]]
            assert kinds == ["image"] * len(images) + ["text"]
            assert "<image>" not in message["content"][-1]["text"]
            if modality == "image":
                assert pixels(message["content"][0]["image"]) == pixels(sample.png)
            if name == "trl-sft":
                assert gameqa.grade(sample, row["completion"][0]["content"]).correct


@pytest.mark.parametrize("name", ["ms-swift", "ms-swift-sft"])
@pytest.mark.parametrize("storage", ["parquet", "json"])
def test_ms_swift_loads_the_rows(name, storage, export, ours, monkeypatch):
    """Catches a column that ms-swift takes for the response, and pictures that it cannot open."""
    swift = pytest.importorskip("swift.dataset", reason="runs where ms-swift is installed")
    folder = export(name, "--storage", storage)
    monkeypatch.chdir(folder)
    (file,) = folder.glob("train.*")
    rows, _ = swift.load_dataset(str(file), num_proc=1, remove_unused_columns=False, strict=True)
    assert len(rows) == 12
    for row, sample in zip(rows, ours, strict=True):
        asked, *told = row["messages"]
        assert asked["content"].count("<image>") == len(row["images"]) == 1
        assert pixels(row["images"][0]) == pixels(sample.png)
        if name == "ms-swift":
            assert told == []
            assert gameqa.grade(row["grading"], f"<answer>{row['solution']}</answer>").correct
        else:
            assert gameqa.grade(sample, told[0]["content"]).correct


def test_ms_swift_loads_text(export):
    """Catches a picture where there is none."""
    swift = pytest.importorskip("swift.dataset", reason="runs where ms-swift is installed")
    file = export("ms-swift", modality="text") / "train.parquet"
    rows, _ = swift.load_dataset(str(file), num_proc=1, remove_unused_columns=False, strict=True)
    assert not any(row.get("images") for row in rows)
    assert not any("<image>" in row["messages"][0]["content"] for row in rows)


@pytest.mark.parametrize("modality", ["image", "text"])
def test_llama_factory_loads_the_rows(modality, export, ours):
    """Catches a dataset_info.json that names other columns, and pictures that are not found."""
    loader = pytest.importorskip(
        "llamafactory.data.loader", reason="runs where LLaMA-Factory is installed"
    )
    from llamafactory.data import mm_plugin
    from llamafactory.hparams import DataArguments, ModelArguments

    folder = export("llama-factory", "--think", modality=modality)
    arguments = DataArguments(dataset="gameqa", dataset_dir=str(folder), media_dir=str(folder))
    rows = loader._get_merged_dataset(
        ["gameqa"],
        ModelArguments(model_name_or_path="none"),
        arguments,
        SimpleNamespace(local_process_index=0, dataloader_num_workers=0, should_log=False, seed=0),
        stage="sft",
    )
    plugin = mm_plugin.get_mm_plugin("qwen2_vl", image_token="<|image_pad|>")
    assert len(rows) == 12
    for row, sample in zip(rows, ours, strict=True):
        (asked,), (told,) = row["_prompt"], row["_response"]
        assert told["content"].startswith("<think>")
        assert gameqa.grade(sample, told["content"]).correct
        images = row["_images"] or []
        assert asked["content"].count("<image>") == len(images) == int(modality == "image")
        if images:
            opened = plugin._regularize_images(images, image_max_pixels=10**7, image_min_pixels=1)[
                "images"
            ]
            assert pixels(opened[0]) == pixels(sample.png)


def test_verl_reads_the_rows(export, ours):
    """Catches placeholders that verl counts otherwise, and pictures that it cannot open."""
    module = pytest.importorskip(
        "verl.utils.dataset.rl_dataset", reason="runs where verl is installed"
    )
    for modality, count in (("image", 1), ("text", 0)):
        rows = datasets.load_dataset(
            "parquet", data_files=str(export("verl", modality=modality) / "train.parquet")
        )["train"]
        dataset = object.__new__(module.RLHFDataset)
        dataset.prompt_key, dataset.image_key = "prompt", "images"
        dataset.video_key, dataset.audio_key = "videos", "audios"
        dataset.image_patch_size, dataset.processor = 14, SimpleNamespace()
        for row, sample in zip(rows, ours, strict=True):
            (message,) = dataset._build_messages(dict(row), key="prompt")
            parts = message["content"]
            parts = [{"type": "text", "text": parts}] if isinstance(parts, str) else parts
            assert [part["type"] for part in parts] == ["image"] * count + ["text"]
            if count:
                assert pixels(parts[0]["image"]) == pixels(sample.png)
            spec = row["extra_info"]["grading"]
            truth = row["reward_model"]["ground_truth"]
            assert gameqa.grade(spec, f"<answer>{truth}</answer>").correct


def test_openrlhf_reads_the_rows(export, ours):
    """Catches keys or pictures that OpenRLHF's PromptDataset does not find."""
    module = pytest.importorskip(
        "openrlhf.datasets.prompts_dataset", reason="runs where OpenRLHF is installed"
    )
    from openrlhf.utils import vlm_utils

    rows = datasets.load_dataset("parquet", data_files=str(export("openrlhf") / "train.parquet"))[
        "train"
    ]
    told = {
        "input_key": "prompt",
        "label_key": "label",
        "image_key": "images",
        "apply_chat_template": False,
        "max_images_per_prompt": 1,
    }
    strategy = SimpleNamespace(
        args=SimpleNamespace(data=SimpleNamespace(**told), **told), is_rank_0=lambda: False
    )
    read = module.PromptDataset(rows, None, strategy)
    assert len(read) == 12
    for item, sample in zip(read, ours, strict=True):
        words = [part for part in item if isinstance(part, str)]
        (spec,) = (word for word in words if word.startswith("{"))
        assert json.loads(spec)["answer"] == sample.answer
        assert sum(word.count("<image>") for word in words) == 1
        (picture,) = vlm_utils.load_images(item[-1])
        assert pixels(picture) == pixels(sample.png)
