"""`gameqa verify`: whatever is wrong with a release is found and named."""

import json

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from click.testing import CliRunner

from gameqa.builders.command_line import cli
from gameqa.builders.hub import push, verify
from gameqa.errors import GameQAError


@pytest.fixture
def command():
    def run(*words, code=0):
        result = CliRunner().invoke(cli, ["verify", *map(str, words)])
        assert result.exit_code == code, result.output
        return result.output

    return run


def shard(folder, game="sokoban", number=0):
    return sorted(folder.glob(f"data/{game}/train-*.parquet"))[number]


def change(path, row, **columns):
    """Change a row of a Parquet file and nothing else."""
    table = pq.read_table(path)
    rows = table.to_pylist()
    rows[row].update(columns)
    pq.write_table(pa.Table.from_pylist(rows, schema=table.schema), path)
    return rows[row]["data_id"]


def test_a_release_that_is_right(command, folder):
    """Catches rows that are left out, and a right release that fails."""
    assert "48 rows in 9 files, 0 wrong" in command(folder)
    assert "0 wrong, pictures too" in command(folder, "--pictures", "--config", "sokoban")
    assert "in 6 files, 0 wrong" in command(folder, "--config", "sokoban", "--num-proc", "2")


def test_a_wrong_answer_is_named(command, folder):
    """Catches a wrong row that is passed over, with right checksums or wrong ones."""
    path = shard(folder)
    old = pq.read_table(path).to_pylist()[3]
    wrong = "B" if old["answer"] != "B" else "C"
    name = change(path, 3, answer=wrong)
    out = command(folder, code=1)
    where = path.relative_to(folder).as_posix()
    assert f"{where} row 3 ({name}): answer is {wrong!r}, recomputed it is {old['answer']!r}" in out
    assert f"{where}: has " in out, "the manifest's checksum does not fit either"
    assert "2 wrong" in out
    assert "row 3" in command(path, code=1)


def test_a_picture_of_another_row_is_named(command, folder):
    """Catches pictures that are never looked at."""
    path = shard(folder)
    rows = pq.read_table(path).to_pylist()
    change(path, 1, image=rows[2]["image"])
    assert "row 1" not in command(folder, code=1)
    assert "row 1 " in command(folder, "--pictures", code=1)


def test_files_that_are_missing_added_or_moved_are_named(command, folder):
    """Catches a release that lacks rows, has rows of nobody, or mixes its splits."""
    gone, kept = shard(folder), shard(folder, number=1)
    gone.unlink()
    stray = kept.with_name("train-00009-of-00010.parquet")
    stray.write_bytes(kept.read_bytes())
    test = next(folder.glob("data/tictactoe/test-*.parquet"))
    test.write_bytes(shard(folder, "tictactoe").read_bytes())
    out = command(folder, code=1)
    assert f"{gone.relative_to(folder).as_posix()}: is missing" in out
    assert f"{stray.relative_to(folder).as_posix()}: is not in the manifest" in out
    assert "it lies in a file of the test split" in out
    kept.write_bytes(b"no Parquet")
    assert "cannot be read" in command(folder, code=1)


def test_rows_in_a_file_of_json_lines(command, folder, tmp_path):
    """Catches a format that users export to and cannot check."""
    rows = pq.read_table(shard(folder)).to_pylist()
    path = tmp_path / "rows.jsonl"
    for row in rows:
        row["image"] = {"path": "elsewhere.png"}
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert "6 rows in 1 files, 0 wrong" in command(path)
    rows[0]["task"] = "another"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows) + "[]\n")
    out = command(path, "--show", "1", code=1)
    assert "rows.jsonl row 0" in out
    assert "... and 1 more" in out


def test_a_release_on_the_hub(here, folder, tmp_path):
    """Catches files of the Hub that are not the manifest's, and rows that are wrong there."""
    push(folder, "user/tiny")
    reports = list(verify("user/tiny", configs=["tictactoe"], pictures=True))
    assert [report.rows for report in reports] == [4, 6, 6]
    assert not any(report.failures for report in reports)
    repo = here.store.repo("user/tiny")
    path = tmp_path / "changed.parquet"
    name = shard(folder).relative_to(folder).as_posix()
    path.write_bytes(shard(folder).read_bytes())
    change(path, 5, answer="Z")
    files = {**repo.at("main").files, name: here.store.keep(path.read_bytes())}
    del files[shard(folder, number=1).relative_to(folder).as_posix()]
    repo.add("main", "tampered", files)
    found = [str(failure) for report in verify("user/tiny") for failure in report.failures]
    assert len(found) == 3
    assert f"{name} row 5 " in found[1]
    assert "is missing" in found[2]
    here.fail("resolve", status=403)
    with pytest.raises(GameQAError):
        list(verify("user/tiny"))


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("nowhere", "no folder, no file, and no dataset's name"),
        ("user/nothing", "no dataset user/nothing"),
        ("rows.csv", "ends in .parquet"),
        ("empty", "no Parquet"),
    ],
)
def test_what_cannot_be_verified_is_refused(here, tmp_path, monkeypatch, command, target, message):
    """Catches an empty check that passes."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "rows.csv").write_text("a")
    (tmp_path / "empty").mkdir()
    out = command(target, code=2)
    assert message in out
    assert out.count("\n") == 1
