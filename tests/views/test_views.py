"""Views: every format's columns and counts, and answers that are graded right through them."""

from itertools import islice

import datasets
import pytest
from datasets import load_dataset

import gameqa
from gameqa.builders import views
from gameqa.errors import GameQAError
from gameqa.grading import has_format

SIZES = {"train_size": 8, "validation_size": 0, "test_size": 4}
MARKED = {"verl", "easyr1", "ms-swift", "ms-swift-sft", "llama-factory", "openrlhf"}
TARGETED = {"trl-sft", "ms-swift-sft", "llama-factory", "messages"}


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    datasets.disable_progress_bars()
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


def texts(content):
    return content if isinstance(content, str) else "".join(p["text"] or "" for p in content)


def asked(made):
    """What the model is asked, in any format."""
    told = made.get("prompt", made.get("messages", made.get("problem")))
    return told if isinstance(told, str) else texts(told[0]["content"])


def answered(made):
    """What the model is to answer, in a format for fine-tuning."""
    return texts((made.get("completion") or made["messages"])[-1]["content"])


def spec(made):
    """The grading spec, in a format for reinforcement learning."""
    extra = made.get("extra_info", {})
    return made.get("grading") or extra.get("grading") or made.get("label") or made["answer"]


def pictures(made):
    return made["images"] if "images" in made else [made["image"]] if "image" in made else []


@pytest.mark.parametrize("name", views.VIEWS)
@pytest.mark.parametrize("modality", ["image", "text"])
def test_a_format_has_one_placeholder_a_picture_or_none_at_all(name, modality):
    """Catches a missing or a literal placeholder, and a picture where there is none."""
    for index in range(4):
        sample = gameqa.sample("sokoban", index=index, modality=modality)
        made = views.as_view(sample, name)
        count = int(modality == "image")
        assert len(pictures(made)) == count
        assert asked(made).count("<image>") == (count if name in MARKED else 0)
        assert gameqa.prompts.prompt_text(sample) in asked(made)
        assert not any(tag in asked(made) for tag in ("<video>", "<audio>"))


@pytest.mark.parametrize("name", views.VIEWS)
@pytest.mark.parametrize("style", ["tag", "boxed", "plain"])
@pytest.mark.parametrize("form", ["choice", "open"])
def test_grading_survives_the_format(name, style, form):
    """Catches a spec or a target through which the right answer is graded wrong."""
    marked = {"tag": "<answer>{}</answer>", "boxed": "\\boxed{{{}}}", "plain": "{}"}[style]
    for game in ("sokoban", "rubiks_cube", "space_invaders", "zuma"):
        for index in range(3):
            sample = gameqa.sample(game, index=index, answer_format=form, modality="text")
            if name not in TARGETED:
                made = views.as_view(sample, name, answer_style=style)
                assert gameqa.grade(spec(made), marked.format(sample.answer)).correct
                assert not gameqa.grade(spec(made), marked.format("nothing")).correct
                continue
            for think in (False, True):
                made = views.as_view(sample, name, answer_style=style, think=think)
                text = answered(made)
                assert gameqa.grade(sample, text).correct, text
                assert has_format(text, style)
                assert text.startswith("<think>") == think
                assert sample.analysis in text


@pytest.mark.deep
@pytest.mark.parametrize("game", gameqa.list_games())
def test_targets_of_every_task_are_graded_right(game):
    """Catches an analysis whose words contradict the answer in the eyes of the grader."""
    for form in ("choice", "open"):
        for index in range(60):
            sample = gameqa.sample(game, index=index, answer_format=form, modality="text")
            for style in ("tag", "boxed"):
                for think in (False, True):
                    made = views.trl_sft(sample, answer_style=style, think=think)
                    assert gameqa.grade(sample, answered(made)).correct, sample.data_id
                    assert "<image>" not in asked(made) + answered(made)


@pytest.mark.parametrize("name", views.VIEWS)
def test_datasets_and_streams_have_the_rows_of_the_plain_function(name):
    """Catches types that a dataset changes, and a stream whose rows differ."""
    options = {"split": "train", **SIZES}
    built = views.as_view(load_dataset("gameqa", "sokoban", **options), name)
    stream = views.as_view(load_dataset("gameqa", "sokoban", streaming=True, **options), name)
    assert built.column_names == stream.column_names
    assert built.features == stream.features == views.get_view(name).features(True)
    for row, streamed, index in zip(built, stream, range(8), strict=True):
        plain = views.as_view(gameqa.sample("sokoban", index=index), name)
        assert set(row) == set(streamed) == set(plain)
        for column in row:
            if column not in ("image", "images"):
                assert row[column] == streamed[column] == plain[column]
        assert len(pictures(row)) == len(pictures(streamed)) == 1


def test_a_dict_of_splits_and_a_list_stay_what_they_were():
    """Catches a container that is taken for a row."""
    splits = views.trl_grpo(load_dataset("gameqa", "sokoban", modality="text", **SIZES))
    assert {name: len(rows) for name, rows in splits.items()} == {"train": 8, "test": 4}
    assert "image" not in splits["train"].column_names
    assert len(views.verl([gameqa.sample("sokoban"), gameqa.sample("maze").row()])) == 2
    decoded = next(iter(load_dataset("gameqa", "sokoban", split="train", streaming=True, **SIZES)))
    assert views.verl(decoded)["images"][0]["bytes"].startswith(b"\x89PNG")


def test_a_stream_in_a_view_resumes():
    """Catches a view that costs a stream its place."""
    options = {"split": "train", "streaming": True, "modality": "text", "train_size": None}
    expected = [row["data_id"] for row in load_dataset("gameqa", "sokoban", **options).take(20)]
    rows = views.trl_grpo(load_dataset("gameqa", "sokoban", **options))
    seen = [row["data_id"] for row in islice(rows, 9)]
    again = views.trl_grpo(load_dataset("gameqa", "sokoban", **options))
    again.load_state_dict(rows.state_dict())
    assert seen + [row["data_id"] for row in islice(again, 11)] == expected


def test_mistakes_are_said_in_one_line():
    """Catches a view of other rows, and names that are not there."""
    other = datasets.Dataset.from_dict({"text": ["a"]})
    with pytest.raises(GameQAError, match="no column 'data_id'"):
        views.verl(other)
    with pytest.raises(GameQAError, match="Did you mean 'verl'"):
        views.as_view(gameqa.sample("sokoban"), "verrl")
    with pytest.raises(GameQAError, match="Did you mean 'boxed'"):
        views.verl(gameqa.sample("sokoban"), answer_style="boxd")
    with pytest.raises(GameQAError, match="neither a row nor a dataset"):
        views.verl("sokoban")
