"""`gameqa audit` as a user calls it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

import gameqa
from gameqa.builders.command_line import cli

SMALL = ["--samples", "12", "--tasks", "snake_length", "--no-classifier"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(cli, ["audit", *map(str, arguments)])


def test_report(tmp_path: Path) -> None:
    """Catches a report that lacks a cell, or differs from one run to the next."""
    pytest.importorskip("jinja2")
    pytest.importorskip("matplotlib")
    result = run("snake", *SMALL, "--report", tmp_path / "one")
    assert result.exit_code == 0, result.output
    assert "snake_length" in result.output and "Passes" in result.output
    record = json.loads((tmp_path / "one" / "audit.json").read_text())
    assert record["schema"] == 1 and record["passes"] and record["samples"] == 36
    assert [cell["plot_level"] for cell in record["cells"]] == ["Easy", "Medium", "Hard"]
    assert all(cell["right"] == 12 for cell in record["cells"])
    assert {own["style"] for own in record["seen"]} == {"classic", "dark", "varied"}
    page = (tmp_path / "one" / "audit.html").read_text()
    assert "snake_length" in page and "<html" in page
    assert sorted(path.name for path in (tmp_path / "one").iterdir()) == [
        "audit.html",
        "audit.json",
    ]
    run("snake", *SMALL, "--report", tmp_path / "two", "--quiet")
    for name in ("audit.json", "audit.html"):
        assert (tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes()


def test_rows_of_a_build(tmp_path: Path) -> None:
    """Catches an audit of files that believes what they say."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    folder = tmp_path / "rows" / "data"
    folder.mkdir(parents=True)
    rows: list[dict[str, Any]] = [
        gameqa.sample("snake", task="snake_length", index=index).row() for index in range(12)
    ]
    pq.write_table(pa.Table.from_pylist(rows), folder / "train-00000-of-00001.parquet")
    good = run("--rows", tmp_path / "rows", "--no-classifier")
    assert good.exit_code == 0 and "12 answers recomputed as they are, 0 not" in good.output
    rows[3]["answer"] = "99"
    pq.write_table(pa.Table.from_pylist(rows), folder / "train-00000-of-00001.parquet")
    bad = run("--rows", tmp_path / "rows", "--no-classifier", "--quiet")
    assert bad.exit_code == 1 and rows[3]["data_id"] in bad.output


def test_rows_in_lines_of_json(tmp_path: Path) -> None:
    """Catches a format that users export to and cannot audit."""
    path = tmp_path / "rows.jsonl"
    rows: list[dict[str, Any]] = [
        gameqa.sample("snake", task="snake_length", index=index).row() for index in range(12)
    ]
    for row in rows:
        row["image"] = {"path": "elsewhere.png"}
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    good = run("--rows", path, "--no-classifier")
    assert good.exit_code == 0 and "12 answers recomputed as they are, 0 not" in good.output
    path.write_text(path.read_text() + '{"game": "snake"}\n')
    bad = run("--rows", path, "--no-classifier")
    assert bad.exit_code == 2 and "lacks the column" in bad.output


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "one of the two"),
        (["snake", "--rows", "x"], "one of the two"),
        (["snak"], "snake"),
        (["snake", "--tasks", "snake_lenght"], "snake_length"),
        (["snake", "--plot-level", "harder"], "hard"),
        (["--rows", "nowhere"], "nowhere"),
        (["snake", "--exceptions", "nowhere.yaml"], "nowhere.yaml"),
    ],
)
def test_errors_are_one_line(arguments: list[str], message: str) -> None:
    """Catches a traceback, and a mistake that is reported after an hour's work."""
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    lines = [line for line in result.output.splitlines() if line.startswith("Error")]
    assert len(lines) == 1 and message.lower() in result.output.lower(), result.output


@pytest.mark.deep
def test_processes_do_not_change_the_numbers(tmp_path: Path) -> None:
    """Catches results that depend on who did the work, or in which order it came back."""
    for number in (1, 2):
        run("snake", "--samples", "20", "--report", tmp_path / str(number), "--num-proc", number)
    one, two = ((tmp_path / name / "audit.json").read_bytes() for name in ("1", "2"))
    assert one == two
