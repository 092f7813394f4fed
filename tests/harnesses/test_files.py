"""The files for harnesses, and what scores their responses, without the harnesses themselves."""

from __future__ import annotations

import importlib.util
import io

import pandas as pd
import pytest
import yaml
from click.testing import CliRunner
from PIL import Image

import gameqa
from gameqa.builders.command_line import cli
from gameqa.builders.harnesses import vlmevalkit
from gameqa.builders.harnesses.dataset_rows import load_rows
from gameqa.builders.harnesses.lmms_eval import FOLDER, write_task
from gameqa.sample import Category

SAMPLES = [
    *(gameqa.sample(game) for game in ("maze_3d", "tetris", "tents", "sokoban")),
    gameqa.sample("snake", task="head_position", answer_format="open"),
    gameqa.sample("word_search", task="cell_letter", index=1, answer_format="open"),
]
ROWS = [sample.row() for sample in SAMPLES]


SMALL = ["--train-size", "2", "--validation-size", "2", "--test-size", "4"]


class Loader(yaml.SafeLoader):
    """Reads ``!function utils.name`` as that text."""


Loader.add_constructor("!function", lambda loader, node: loader.construct_scalar(node))


def functions(folder):
    """Return the module utils of a task folder, loaded by its path as lmms-eval does."""
    spec = importlib.util.spec_from_file_location("utils", folder / "utils.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_written_task_is_the_packaged_one_with_the_settings(tmp_path):
    """Catches a setting that is lost, or that breaks the YAML, and a copy that lacks a part."""
    where = "user/it's: a #name"
    settings = {"config": "out_of_domain", "split": "test_ood", "answer_style": "boxed"}
    folder = write_task(tmp_path / "task", where, name="ood", **settings)
    assert sorted(file.name for file in folder.iterdir()) == ["ood.yaml", "utils.py"]
    written = yaml.load((folder / "ood.yaml").read_text("utf-8"), Loader)
    packaged = yaml.load((FOLDER / "gameqa.yaml").read_text("utf-8"), Loader)
    style = written["lmms_eval_specific_kwargs"]["default"].pop("answer_style")
    assert packaged["lmms_eval_specific_kwargs"]["default"].pop("answer_style") == "tag"
    changed = {name: written[name] for name in written if written[name] != packaged.get(name)}
    assert (style, changed) == (
        "boxed",
        {
            "task": "ood",
            "dataset_path": where,
            "dataset_name": "out_of_domain",
            "test_split": "test_ood",
        },
    )
    utils = functions(folder)
    for key, value in written.items():
        if str(value).startswith("utils."):
            assert callable(getattr(utils, value.removeprefix("utils."))), key
    with pytest.raises(gameqa.GameQAError, match="is there already"):
        write_task(folder, "user/other")


def test_the_task_scores_every_category():
    """Catches a metric that the YAML does not list, which lmms-eval leaves out in silence."""
    utils = functions(FOLDER)
    packaged = yaml.load((FOLDER / "gameqa.yaml").read_text("utf-8"), Loader)
    listed = {entry["metric"] for entry in packaged["metric_list"]}
    assert listed == {"gameqa_acc", "gameqa_format"} | {
        f"gameqa_acc_{category.slug}" for category in Category
    }
    for row in ROWS:
        right = utils.process_results(row, [f"<answer>{row['answer']}</answer>"])
        assert set(right) <= listed
        assert set(right.values()) == {1.0}
        assert set(utils.process_results(row, ["no"]).values()) == {0.0}
    row = {**ROWS[0], "image": Image.open(io.BytesIO(ROWS[0]["image"]["bytes"]))}
    assert [picture.mode for picture in utils.doc_to_visual(row)] == ["RGB"]
    assert utils.doc_to_visual({**row, "image": None}) == []
    settings = {"pre_prompt": "Look. ", "post_prompt": " Go.", "answer_style": "boxed"}
    text = utils.doc_to_text(row, settings)
    assert text.startswith(f"Look. {row['question']}")
    assert text.endswith("\\boxed{}. Go.")


def test_the_tsv_holds_the_rows(tmp_path):
    """Catches line breaks, tabs and quotes that tear a line, and a picture encoded again."""
    file = tmp_path / "GameQA.tsv"
    odd = {**ROWS[4], "data_id": "odd", "question": 'a\tb\r\n"c"\rd'}
    assert vlmevalkit.write_tsv([*ROWS, odd], file, split="test") == len(ROWS) + 1
    table = vlmevalkit._table(file)
    assert tuple(table.columns) == vlmevalkit.COLUMNS
    for row, line in zip(ROWS, table.to_dict("records"), strict=False):
        assert line["image"] == vlmevalkit.picture_base64(row)
        assert line["question"] == gameqa.prompts.prompt_text(row, "tag")
        assert [line[letter] for letter in "ABCDEFGH"[: len(row["options"])]] == row["options"]
        assert gameqa.grade(line["grading"], row["answer"]).correct
        assert (line["category"], line["l2-category"]) == (row["category"], row["game"])
    assert table["question"].iloc[-1].startswith(odd["question"])


def test_another_picture_or_question_has_another_index():
    """Catches pictures and responses of an older file, which VLMEvalKit keeps under the index."""
    plain, dark = gameqa.sample("sokoban").row(), gameqa.sample("sokoban", style="dark").row()
    lines = [
        vlmevalkit.line_of(plain, "test"),
        vlmevalkit.line_of(plain, "test"),
        vlmevalkit.line_of(dark, "test"),
        vlmevalkit.line_of(plain, "test", "boxed"),
    ]
    assert plain["data_id"] == dark["data_id"]
    assert lines[0] == lines[1]
    assert len({line["index"] for line in lines}) == 3


def test_a_tsv_is_whole_or_not_there(tmp_path):
    """Catches half a file that VLMEvalKit would take for all."""

    def breaking():
        yield ROWS[0]
        raise RuntimeError("the power fails")

    file = tmp_path / "GameQA.tsv"
    with pytest.raises(RuntimeError):
        vlmevalkit.write_tsv(breaking(), file)
    for rows, said in [
        ([], "no rows"),
        ([ROWS[0], ROWS[0]], "there twice"),
        ([{**ROWS[0], "image": None}], "has no picture"),
    ]:
        with pytest.raises(gameqa.GameQAError, match=said):
            vlmevalkit.write_tsv(rows, file)
    with pytest.raises(gameqa.GameQAError, match=r"\.tsv"):
        vlmevalkit.write_tsv(ROWS, tmp_path / "GameQA.csv")
    assert list(tmp_path.iterdir()) == []


def test_scores_go_by_the_index(tmp_path):
    """Catches scores by line number, and predictions that are missing or too many in silence."""
    vlmevalkit.write_tsv(ROWS, tmp_path / "GameQA.tsv")
    data = vlmevalkit._table(tmp_path / "GameQA.tsv")
    said = data[["index"]].assign(prediction=[f"<answer>{row['answer']}</answer>" for row in ROWS])
    result, graded = vlmevalkit.scores(data, said.iloc[::-1])
    assert result["Overall"].tolist() == [1.0]
    assert set(result.columns) >= {"Overall", *map(str, Category), "snake", "sokoban"}
    result, graded = vlmevalkit.scores(data, said.iloc[1:])
    assert graded["hit"].tolist() == [0, 1, 1, 1, 1, 1]
    with pytest.raises(gameqa.GameQAError, match="two predictions"):
        vlmevalkit.scores(data, pd.concat([said, said.iloc[:1]]))
    with pytest.raises(gameqa.GameQAError, match="about no line"):
        vlmevalkit.scores(data, said.replace({"index": {said["index"][0]: "other"}}))


def test_predictions_are_read_as_text(tmp_path):
    """Catches answers that pandas reads as numbers or as nothing."""
    said = ["NA", "007", "0.50", "None", ""]
    table = pd.DataFrame({"index": list("abcde"), "prediction": said})
    table.to_csv(tmp_path / "p.tsv", sep="\t", index=False)
    assert vlmevalkit._table(tmp_path / "p.tsv")["prediction"].tolist() == said
    with pytest.raises(gameqa.GameQAError, match=r"must be a \.tsv"):
        vlmevalkit._table(tmp_path / "p.pkl")


def test_the_commands_write_what_the_functions_do(tmp_path, monkeypatch):
    """Catches an option that gets lost on the way, and errors of more than a line."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments):
        return CliRunner().invoke(cli, ["harness", *arguments])

    built = CliRunner().invoke(cli, ["build", "sokoban", "--out", "rows", *SMALL])
    assert built.exit_code == 0, built.output
    done = run("vlmevalkit", "rows", "--out", "GameQA.tsv", "--answer-style", "boxed")
    assert done.exit_code == 0, done.output
    table = vlmevalkit._table(tmp_path / "GameQA.tsv")
    assert table["data_id"].tolist() == load_rows("rows")["data_id"]
    assert table["question"].str.contains("boxed").all()
    done = run("lmms-eval", "rows", "--out", "task", "--name", "soko", "--split", "validation")
    assert done.exit_code == 0, done.output
    task = yaml.load((tmp_path / "task" / "soko.yaml").read_text("utf-8"), Loader)
    assert (task["dataset_path"], task["test_split"]) == (str(tmp_path / "rows"), "validation")
    for arguments, said in [
        (("vlmevalkit", "rowz", "--out", "a.tsv"), "There is no folder 'rowz'"),
        (("lmms-eval", "here/and/there", "--out", "b"), "There is no folder 'here/and/there'"),
        (("vlmevalkit", "rows", "--split", "tset", "--out", "a.tsv"), "Cannot load tset of rows"),
        (("lmms-eval", "rows", "--answer-style", "boxd", "--out", "b"), "Did you mean 'boxed'"),
        (("lmms-eval", "rows", "--name", "my task", "--out", "b"), "'my task' must be letters"),
    ]:
        failed = run(*arguments)
        assert failed.exit_code == 2
        assert said in failed.output
        assert len(failed.output.strip().splitlines()) == 1, failed.output


def test_a_missing_package_is_named_with_its_extra():
    """Catches a traceback where a line is enough."""
    if importlib.util.find_spec("vlmeval") is None:
        with pytest.raises(gameqa.GameQAError, match=r'pip install "gameqa\[vlmevalkit\]"'):
            vlmevalkit.register()
    if importlib.util.find_spec("inspect_ai") is None:
        with pytest.raises(gameqa.GameQAError, match=r'pip install "gameqa\[inspect\]"'):
            importlib.import_module("gameqa.builders.harnesses.inspect_ai")
