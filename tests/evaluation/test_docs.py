"""What docs/evaluation.md says is true."""

import re
import shlex
import shutil
from pathlib import Path

from click.testing import CliRunner

from gameqa.builders.command_line import cli

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "evaluation.md").read_text(encoding="utf-8")


def test_its_code_and_commands_run_in_order(tmp_path, monkeypatch):
    """Catches a name, argument or option that the page has and the library does not."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("datasets.config.HF_DATASETS_CACHE", tmp_path / "cache")
    names = {"model": lambda image, text: f"I see {image.size}, so <answer>A</answer>"}
    blocks = re.findall(r"```(python|bash)\n(.*?)```", PAGE, re.DOTALL)
    assert len(blocks) >= 6
    for language, text in blocks:
        if language == "python":
            exec(text, names)
            if Path("predictions.jsonl").exists():
                shutil.copy("predictions.jsonl", "other-model.jsonl")
        else:
            for line in text.splitlines():
                outcome = CliRunner().invoke(cli, shlex.split(line)[1:])
                assert outcome.exit_code == 0, (line, outcome.output)
    assert {path.name for path in tmp_path.iterdir()} >= {
        "result.json",
        "report.html",
        "always-b.html",
    }


def test_its_outcomes_and_groups_are_those_there_are():
    """Catches an outcome, group or key of predictions that is added or renamed."""
    from gameqa.builders.evaluation.predictions import ID_KEYS, RESPONSE_KEYS
    from gameqa.evaluation import DIMENSIONS, Outcome

    table = PAGE.split("| outcome | when | counts |")[1].split("\n\n")[0]
    assert re.findall(r"^\| `([a-z ]+)` \|", table, re.M) == [outcome.value for outcome in Outcome]
    for name in (*DIMENSIONS, *ID_KEYS, *RESPONSE_KEYS):
        assert f"`{name}`" in PAGE
