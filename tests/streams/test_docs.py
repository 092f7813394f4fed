"""The pages about streams and formats: what they show runs."""

import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

from gameqa.builders import views
from gameqa.builders.command_line import cli

DOCS = Path(__file__).resolve().parents[2] / "docs"


def blocks(page, language):
    text = (DOCS / page).read_text(encoding="utf-8")
    return re.findall(rf"```{language}\n(.*?)```", text, re.DOTALL)


@pytest.mark.parametrize("page", ["streaming.md", "training-formats.md"])
def test_python_runs_from_top_to_bottom(page, tmp_path, monkeypatch):
    """Catches a name or argument that a page has and the library does not."""
    monkeypatch.chdir(tmp_path)
    without_torch = [block for block in blocks(page, "python") if "torch" not in block]
    assert without_torch
    exec(compile("\n".join(without_torch), page, "exec"), {})


def test_commands_run(tmp_path, monkeypatch):
    """Catches an option of `gameqa export` that is not there."""
    monkeypatch.chdir(tmp_path)
    for block in blocks("training-formats.md", "bash"):
        for line in block.splitlines():
            words = shlex.split(line.replace("--train-size 200", "--train-size 5"))
            sizes = ["--validation-size", "0", "--test-size", "0"]
            outcome = CliRunner().invoke(cli, [*words[1:], *sizes])
            assert outcome.exit_code == 0, outcome.output


def test_the_formats_are_all_listed():
    """Catches a format that the page or the command's help does not tell of."""
    page = (DOCS / "training-formats.md").read_text(encoding="utf-8")
    shown = CliRunner().invoke(cli, ["export", "--help"]).output
    for name in views.VIEWS:
        assert f"| `{name}`, `{name.replace('-', '_')}` |" in page
        assert f"  {name} " in shown
