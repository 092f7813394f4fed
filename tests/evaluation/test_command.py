"""`gameqa evaluate`: predictions in, table, JSON and page out."""

import base64
import json
import random
import sys

import pytest
from click.testing import CliRunner

import gameqa
from gameqa.builders.command_line import cli
from gameqa.builders.recipe import make_recipe
from gameqa.evaluation import Evaluation

OPTIONS = ["--config", "sokoban", "--test-size", "40", "--seed", "3"]


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def invoke(*words, code=0):
        result = CliRunner().invoke(cli, ["evaluate", *map(str, words)])
        assert result.exit_code == code, result.output
        return result.output

    return invoke


@pytest.fixture(scope="module")
def rows():
    recipe = make_recipe("sokoban", test_size=40, seed=3)
    split = recipe.split("test")
    return [sample.row() for sample in recipe.samples(split, range(40))]


def write(path, rows, respond, keys=("data_id", "response")):
    with open(path, "w", encoding="utf-8") as file:
        for row in rows:
            record = dict(zip(keys, (row["data_id"], respond(row)), strict=True))
            file.write(json.dumps(record, ensure_ascii=False) + "\n")


def test_gold_and_a_guesser_side_by_side(run, rows, tmp_path):
    """Catches rows that are not those of the predictions, and models that change places."""
    rng = random.Random(1)
    write("gold.jsonl", rows, lambda row: row["answer"])
    letters = {row["data_id"]: rng.choice("ABCD") for row in rows}
    write("guess.jsonl", rows, lambda row: letters[row["data_id"]], ("id", "prediction"))
    out = run("gold.jsonl", "guess.jsonl", *OPTIONS, "--json", "deep/x.json", "--by", "task")
    (line,) = (line for line in out.splitlines() if line.startswith("all "))
    right = sum(row["answer"] == letters[row["data_id"]] for row in rows)
    words = line.split()
    assert words[1] == "40"
    assert words[3] == "100.0"
    assert f"{100 * right / 40:.1f}" in words
    assert "gold - guess" in out
    assert "sokoban/minimum_moves" in out
    assert "PLOT LEVEL" not in out

    data = json.loads((tmp_path / "deep" / "x.json").read_text())
    assert (data["schema"], data["schema_version"]) == ("gameqa.evaluations", 1)
    gold, guess = map(Evaluation.from_dict, data["evaluations"])
    assert (gold.name, gold.accuracy, guess.overall.correct) == ("gold", 1.0, right)
    assert gold.results == gameqa.evaluate(rows, [row["answer"] for row in rows]).results
    (pair,) = data["differences"]
    assert (pair["only_first"], pair["only_second"]) == (40 - right, 0)
    assert data["rows"]["recipe"]["seed"] == 3


def test_rows_of_a_build_and_of_a_file(run, rows, tmp_path):
    """Catches Parquet or JSON Lines that are read in other columns, splits or order."""
    build = ["build", "sokoban", "--out", "rows", "--train-size", 5, "--validation-size", 0]
    build += ["--test-size", 40, "--seed", 3, "--shard-rows", 17]
    assert CliRunner().invoke(cli, list(map(str, build))).exit_code == 0
    with open("rows.jsonl", "w") as file:
        for row in rows:
            file.write(json.dumps({**row, "image": None}) + "\n")
    write(
        "half.jsonl", rows, lambda row: row["answer"] if row["plot_level"] == "Easy" else "no idea"
    )
    made = run("half.jsonl", *OPTIONS)
    for source in ("rows", "rows.jsonl"):
        read = run("half.jsonl", "--rows", source)
        assert read.split("\n\n", 1)[1] == made.split("\n\n", 1)[1]
    # The page takes its pictures from the files.
    run("half.jsonl", "--rows", "rows", "--html", "page.html", "--examples", 30)
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    wrong = [row for row in rows if row["plot_level"] != "Easy"]
    assert 10 < len(wrong) <= 30
    places = [page.index(base64.b64encode(row["image"]["bytes"]).decode()) for row in wrong]
    ids = [page.index(row["data_id"]) for row in wrong]
    assert sorted(places + ids) == [at for pair in zip(places, ids, strict=True) for at in pair]
    part = run("half.jsonl", "--rows", "rows/data/test-00000-of-00003.parquet", "--by", "domain")
    (line,) = (line for line in part.splitlines() if line.startswith("  of unknown id"))
    assert line.split()[-1] == str(40 - int(part.split(": ")[1].split()[0]))


def test_the_page_shows_wrong_responses_with_their_pictures(run, rows, tmp_path):
    """Catches a response beside the picture or question of another row."""
    wrong = next(row for row in rows if row["options"] and row["answer"] != "A")

    def respond(row):
        if row["data_id"] == wrong["data_id"]:
            return "<think>Hm & <b>hm</b></think> <answer>A</answer>"
        return row["answer"]

    write("model.jsonl", rows, respond)
    run("model.jsonl", *OPTIONS, "--html", "page.html")
    text = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert base64.b64encode(wrong["image"]["bytes"]).decode() in text
    assert text.count('<section class="card') == 1
    assert "Hm &amp; &lt;b&gt;hm&lt;/b&gt;" in text
    assert wrong["data_id"] in text
    run("model.jsonl", *OPTIONS, "--html", "none.html", "--examples", "0")
    assert '<section class="card' not in (tmp_path / "none.html").read_text(encoding="utf-8")


def test_text_rows_and_two_splits(run, tmp_path):
    """Catches pictures that are expected where there are none, and a split that is left out."""
    recipe = make_recipe("all", test_size=6, modality="text", answer_format="open")
    rows = [
        sample.row()
        for name in ("test", "test_ood")
        for sample in recipe.samples(recipe.split(name), range(6))
    ]
    write("m.jsonl", rows, lambda row: "no idea")
    words = ["--test-size", 6, "--modality", "text", "--answer-format", "open"]
    out = run("m.jsonl", "--config", "all", "--split", "test,test_ood", *words, "--html", "p.html")
    assert out.startswith("all, test and test_ood: 12 rows\n")
    (line,) = (line for line in out.splitlines() if line.startswith("  no answer "))
    assert line.split()[-1] == "12"


def test_what_does_not_fit_is_reported(run, rows):
    """Catches ids that are missing, unknown or repeated and not told."""
    write("m.jsonl", rows[2:], lambda row: row["answer"])
    with open("m.jsonl", "a") as file:
        file.write('\n{"data_id": "sokoban-v0-x", "response": "B"}\n')
        file.write(json.dumps({"data_id": rows[5]["data_id"], "response": rows[5]["answer"]}))
    out = run("m.jsonl", *OPTIONS)
    assert f"missing, counted as wrong: {rows[0]['data_id']}, {rows[1]['data_id']}\n" in out
    assert "of unknown id, not counted: sokoban-v0-x\n" in out
    (line,) = (line for line in out.splitlines() if "sent twice, alike" in line)
    assert line.split()[-1] == "1"


GOOD = '{"data_id": "x", "response": "B"}\n'


@pytest.mark.parametrize(
    ("content", "parts"),
    [
        (GOOD + '{"data_id": "y", "resp', ["m.jsonl, line 2: this is not JSON"]),
        (GOOD + "\n[1]\n", ["m.jsonl, line 3: this is a list"]),
        ('{"id": "x", "answer": "B"}', ["line 1: there is no response", "id, answer"]),
        ('{"response": "B"}', ["line 1: there is no id"]),
        ('{"data_id": "x", "response": ["B"]}', ["line 1: the response is a list"]),
        ('{"data_id": 3, "response": "B"}', ["line 1: the id is a number"]),
        ("[" * 100_000, ["line 1: this is not JSON"]),
        ("\xff\xfe", ["line 1: this is not JSON"]),
        ("", ["m.jsonl holds no predictions"]),
        (GOOD, ["None of the 1 ids", "'x'", "sokoban-v"]),
    ],
)
def test_broken_predictions_name_file_and_line(run, tmp_path, content, parts):
    """Catches tracebacks, and files of which only the readable part counts."""
    (tmp_path / "m.jsonl").write_bytes(content.encode("latin-1"))
    out = run("m.jsonl", *OPTIONS, code=2)
    assert out.startswith("Error: ")
    assert out.count("\n") == 1
    assert all(part in out for part in parts), out


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("m.jsonl", ["--config NAME", "--rows PATH"]),
        ("m.jsonl --config sokoban --rows rows", ["--config NAME", "--rows PATH"]),
        ("none.jsonl --config sokoban", ["Cannot read none.jsonl: No such file"]),
        ("m.jsonl --config sokobann", ["Did you mean 'sokoban'?"]),
        ("m.jsonl --config sokoban --split tset", ["Did you mean 'test'?"]),
        ("m.jsonl --config sokoban --by levl", ["Unknown grouping 'levl'"]),
        ("m.jsonl --rows nowhere", ["nowhere is neither a file nor a folder"]),
        ("m.jsonl --rows empty", ["empty holds no .parquet or .jsonl files"]),
        ("m.jsonl --rows m.jsonl --seed 3", ["--seed says nothing about rows"]),
        ("m.jsonl --rows m.jsonl --split test", ["--split says nothing about rows"]),
        ("m.jsonl --rows m.jsonl", ["Row number 0 has no column 'game'"]),
        (
            "m.jsonl --rows bad.parquet",
            ["Cannot read bad.parquet: it is not a whole Parquet"],
        ),
        ("m.jsonl --rows folder --split train", ["split in folder 'train'", "Allowed: test"]),
    ],
)
def test_bad_requests_are_one_line(run, tmp_path, words, parts):
    """Catches options that are quietly ignored, and messages without a way out."""
    (tmp_path / "m.jsonl").write_text(GOOD)
    (tmp_path / "bad.parquet").write_text("PAR1")
    (tmp_path / "empty").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "test.jsonl").write_text(GOOD)
    out = run(*words.split(), code=2)
    assert out.startswith("Error: ")
    assert out.count("\n") == 1, out
    assert all(part in out for part in parts), out


def test_a_missing_extra_is_told_before_the_work(run, monkeypatch):
    """Catches an hour of rows that ends without the page that was asked for."""
    monkeypatch.setitem(sys.modules, "jinja2", None)
    out = run("never-read.jsonl", *OPTIONS, "--html", "page.html", code=2)
    assert 'pip install "gameqa[report]"' in out
    assert out.count("\n") == 1


def test_help_teaches(run):
    """Catches a command without examples and without the form of its input."""
    out = run("--help")
    assert out.count("  gameqa evaluate ") >= 4
    assert '{"data_id": ' in out
