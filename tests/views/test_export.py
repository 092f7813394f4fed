"""`gameqa export`: files that are whole, or not there."""

import json

import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner
from datasets import Image, load_dataset

import gameqa
from gameqa import engine
from gameqa.builders import views
from gameqa.builders.command_line import cli

SIZES = "--train-size 6 --validation-size 0 --test-size 2"


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(words, code=0):
        result = CliRunner().invoke(cli, words.split())
        assert result.exit_code == code, result.output
        return result.output

    return invoke


@pytest.mark.parametrize("name", views.VIEWS)
def test_every_format_is_written_with_its_columns(name, run, tmp_path):
    """Catches a column or row that is lost on the way to the file."""
    out = run(f"export sokoban --format {name} --out rows {SIZES}")
    assert "6 rows" in out
    view = views.get_view(name)
    if view.storage == "json":
        lines = (tmp_path / "rows" / "train.jsonl").read_text(encoding="utf-8").splitlines()
        rows = [json.loads(line) for line in lines]
        listing = json.loads((tmp_path / "rows" / "dataset_info.json").read_text())
        assert listing["gameqa"]["file_name"] == "train.jsonl"
        assert set(listing) == {"gameqa", "gameqa_test"}
    else:
        file = pq.ParquetFile(tmp_path / "rows" / "train.parquet")
        assert (b"huggingface" in (file.schema_arrow.metadata or {})) == view.typed
        rows = file.read().to_pylist()
    assert len(rows) == 6
    assert set(rows[0]) == set(view.columns)
    for index, row in enumerate(rows):
        sample = gameqa.sample("sokoban", index=index)
        made = row["image"] if view.pictures == "image" else row["images"][0]
        made = (tmp_path / "rows" / made).read_bytes() if isinstance(made, str) else made
        assert (made if isinstance(made, bytes) else made["bytes"]) == sample.png
    note = json.loads((tmp_path / "rows" / "export.json").read_text())
    assert note["format"] == name
    assert note["rows"] == {"train": 6, "test": 2}
    assert "nothing to do" in run(f"export sokoban --format {name} --out rows {SIZES}")


def test_text_has_no_pictures(run, tmp_path):
    """Catches a pictures' column that readers would find empty."""
    for name in views.VIEWS:
        run(f"export sokoban --format {name} --out {name} --modality text {SIZES}")
    columns = pq.read_schema(tmp_path / "verl" / "train.parquet").names
    assert "images" not in columns
    listing = json.loads((tmp_path / "llama-factory" / "dataset_info.json").read_text())
    assert listing["gameqa"]["columns"] == {"messages": "messages"}
    assert not (tmp_path / "llama-factory" / "images").exists()


def test_rows_of_a_build_are_exported(run, tmp_path):
    """Catches a built release that is read incompletely or in another order."""
    run(f"build sokoban --out built --shard-rows 4 {SIZES}")
    run("export --rows built --format trl-grpo --out from-build")
    run(f"export sokoban --format trl-grpo --out direct {SIZES}")
    first, second = (
        pq.read_table(tmp_path / name / "train.parquet") for name in ("from-build", "direct")
    )
    assert first.equals(second)
    rows = load_dataset("parquet", data_files="direct/train.parquet", cache_dir="cache")["train"]
    assert rows.features["image"] == Image()
    assert rows[0]["image"].mode == "P"


def test_a_crash_leaves_nothing_that_looks_whole(run, tmp_path, monkeypatch):
    """Catches an export that is half written under its name, and leftovers that stay."""
    make, calls = engine.make, []

    def failing(*args, **options):
        calls.append(args)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return make(*args, **options)

    monkeypatch.setattr(engine, "make", failing)
    run(f"export sokoban --format verl --out rows {SIZES}", code=1)
    assert list(tmp_path.iterdir()) == []
    monkeypatch.setattr(engine, "make", make)
    (tmp_path / ".rows.incomplete").mkdir()  # of a process that was killed
    run(f"export sokoban --format verl --out rows {SIZES}")
    assert [path.name for path in tmp_path.iterdir()] == ["rows"]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("sokoban --format verrl --out x", ["format 'verrl'", "Did you mean 'verl'?"]),
        ("--format verl --out x", ["Name a config"]),
        ("sokobann --format verl --out x", ["config 'sokobann'"]),
        ("sokoban --format verl --out x --answer-style boxd", ["answer_style 'boxd'"]),
        ("sokoban --format verl --out x --storage csv", ["storage 'csv'"]),
        ("sokoban --format trl-grpo --out x --storage json", ["trl-grpo takes pictures"]),
        ("sokoban --format verl --out full", ["full is there and is not this export"]),
        ("--rows full --format verl --out x", ["full has no manifest.json"]),
        ("--rows full --seed 3 --format verl --out x", ["--seed is for rows that are made now"]),
        ("sokoban --format verl --out full/file/below", ["Cannot write to full/file: "]),
    ],
)
def test_bad_requests_are_one_line(words, parts, run, tmp_path):
    """Catches tracebacks, and a folder of somebody else that is overwritten."""
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("mine")
    out = run(f"export {words}", code=2)
    assert out.startswith("Error: ")
    assert out.count("\n") == 1
    assert all(part in out for part in parts), out
    assert (tmp_path / "full" / "file").read_text() == "mine"
    assert not (tmp_path / "x").exists()
