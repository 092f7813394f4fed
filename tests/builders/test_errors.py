"""Bad requests and unwritable places: one line that says what is wrong and what to do."""

import pytest
from datasets import load_dataset

import gameqa
from gameqa.builders import GameQA, GameQAConfig
from gameqa.errors import GameQAError, GenerationError

REQUESTS = [
    ({"name": "sokobann"}, ["config 'sokobann'", "Did you mean 'sokoban'?", "in_domain"]),
    ({"tasks": "find_gem"}, ["task of sokoban 'find_gem'", "minimum_moves"]),
    ({"tasks": ["minimum_moves", "minimum_mvoes"]}, ["Did you mean 'minimum_moves'?"]),
    ({"tasks": 77}, ["task of sokoban 77"]),
    ({"tasks": True}, ["tasks has True"]),
    ({"tasks": 1.5}, ["1.5 is neither a task nor a list of tasks"]),
    ({"tasks": "jewel2/find_gem"}, ["'jewel2/find_gem'"]),
    ({"tasks": []}, ["empty list of tasks"]),
    ({"plot_level": "hrad"}, ["level 'hrad'", "Did you mean 'Hard'?", "Easy, Medium, Hard"]),
    ({"qa_level": ["easy", "4"]}, ["level '4'"]),
    ({"tasks": "player_position", "qa_level": "hard"}, ["no task of that kind", "'hard'"]),
    ({"train_size": -3}, ["train_size is -3", "at least 0"]),
    ({"test_size": 2.5}, ["test_size is 2.5"]),
    ({"validation_size": "many"}, ["validation_size is 'many'"]),
    ({"train_size": True}, ["train_size is True"]),
    ({"train_size": 0, "validation_size": 0, "test_size": 0}, ["Every split has 0 rows"]),
    ({"seed": "7"}, ["seed is '7'", "integer"]),
    ({"style": "drak"}, ["style 'drak'", "Did you mean 'dark'?", "classic, dark, varied"]),
    ({"answer_format": "opne"}, ["answer_format 'opne'", "choice, open"]),
    ({"modality": "audio"}, ["modality 'audio'", "image, text"]),
    ({"min_pixels": 896 * 896 + 1}, ["min_pixels is 802817", "896 x 896"]),
    ({"min_pixels": 0}, ["min_pixels is 0"]),
]


def is_one_line(error, parts):
    text = str(error.value)
    assert "\n" not in text
    assert all(part in text for part in parts), text
    return True


@pytest.mark.parametrize(("request_", "parts"), REQUESTS, ids=[str(r) for r, _ in REQUESTS])
def test_a_bad_request_is_refused_when_it_is_made(request_, parts):
    """Catches values that pass, errors of another kind, and messages without the way out."""
    request_ = {"name": "sokoban", **request_}
    with pytest.raises(GameQAError) as error:
        GameQAConfig(**request_)
    assert is_one_line(error, parts)
    for streaming in (True, False):
        with pytest.raises(GameQAError) as error:
            load_dataset("gameqa", streaming=streaming, **request_)
        assert is_one_line(error, parts)
    with pytest.raises(GameQAError) as error:
        gameqa.load_dataset(request_.pop("name"), **request_)
    assert is_one_line(error, parts)


def test_an_unknown_option_names_the_nearest():
    """Catches the TypeError of a dataclass, which does not tell what options there are."""
    for load in (
        lambda: GameQA(config_name="sokoban", plot_levels="easy"),
        lambda: load_dataset("gameqa", "sokoban", plot_levels="easy"),
    ):
        with pytest.raises(GameQAError) as error:
            load()
        assert is_one_line(error, ["option 'plot_levels'", "Did you mean 'plot_level'?"])


def test_files_of_ones_own_are_no_option():
    """Catches data_files that are silently ignored."""
    with pytest.raises(GameQAError) as error:
        load_dataset("gameqa", "sokoban", data_dir="rows")
    assert is_one_line(error, ["option 'data_dir'"])


def test_an_endless_split_cannot_be_written():
    """Catches a build that never ends."""
    with pytest.raises(GameQAError) as error:
        load_dataset("gameqa", "sokoban", train_size=None)
    assert is_one_line(error, ["endless train split", "streaming=True"])


def test_a_stream_takes_no_num_proc():
    """Catches an argument that would be ignored."""
    with pytest.raises(GameQAError) as error:
        gameqa.load_dataset("sokoban", streaming=True, num_proc=2)
    assert is_one_line(error, ["num_proc"])


@pytest.mark.parametrize("below", ["", "/deeper"])
@pytest.mark.parametrize("streaming", [False, True])
def test_an_unwritable_cache_is_named(tmp_path, below, streaming):
    """Catches a traceback of `os`; a file in the way stops even root, as tests may be."""
    (tmp_path / "file").write_text("in the way")
    place = str(tmp_path / "file") + below
    with pytest.raises(GameQAError) as error:
        load_dataset("gameqa", "sokoban", cache_dir=place, streaming=streaming)
    assert is_one_line(error, [f"Cannot write to {place}: ", "cache_dir"])


FULL = """
import datasets, gameqa.builders, resource
datasets.disable_progress_bars()
builder = gameqa.builders.GameQA(config_name="sokoban", cache_dir="cache", train_size=400)
resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, 300_000))
try:
    builder.download_and_prepare(num_proc=NUM_PROC)
except gameqa.GameQAError as error:
    print(error)
"""


@pytest.mark.parametrize("num_proc", [1, 2])
def test_a_disk_that_fills_up_is_told_in_one_line(num_proc, python):
    """Catches the nested tracebacks of `datasets`; a limit on files stands in for the disk."""
    pytest.importorskip("resource")
    out = python(FULL.replace("NUM_PROC", str(num_proc))).stdout
    assert out.startswith("Cannot write to cache: File too large.")
    assert out.count("\n") == 1


def test_a_generator_that_finds_nothing_names_the_address(monkeypatch):
    """Catches the error of an engine that is lost in those of `datasets`."""
    monkeypatch.setattr("gameqa.engine.MAX_DRAWS", 0)
    with pytest.raises(GenerationError, match="sokoban-v"):
        load_dataset("gameqa", "sokoban", train_size=3)
