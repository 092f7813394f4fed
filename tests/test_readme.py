"""What the README says is true."""

from __future__ import annotations

import importlib.util
import json
import re
import shlex
from pathlib import Path

import pytest
from click.testing import CliRunner

import gameqa
from gameqa.builders.command_line import cli
from gameqa.builders.configs import OPTIONS

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_table_lists_the_games_and_tasks_that_there_are() -> None:
    """Catches a game or task that was added, renamed or removed without `make readme`."""
    spec = importlib.util.spec_from_file_location("update_readme", ROOT / "docs/update_readme.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    assert module.with_table(README) == README, "run `make readme`"


def test_its_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches a command of the README that the command line does not understand."""
    monkeypatch.chdir(tmp_path)
    first = gameqa.sample("sokoban", split="test")
    prediction = {"data_id": first.data_id, "response": first.answer}
    Path("predictions.jsonl").write_text(json.dumps(prediction), encoding="utf-8")
    commands = [
        shlex.split(line.split("#")[0])[1:]
        for block in re.findall(r"```bash\n(.*?)```", README, re.DOTALL)
        for line in block.splitlines()
        if line.startswith("gameqa ")
    ]
    assert len(commands) >= 3
    for command in commands:
        small = ["200" if part == "5000" else part for part in command]
        outcome = CliRunner().invoke(cli, small)
        assert outcome.exit_code == 0, (command, outcome.output)


def test_its_options_are_those_of_the_configs() -> None:
    """Catches an option that the README lists and the builder does not have, and the reverse."""
    table = README.split("| keyword | values | default |")[1].split("\n\n")[0]
    assert set(
        re.findall(r"`(\w+)`", "\n".join(re.findall(r"^\| ([^|]*) \|", table, re.M)))
    ) == set(OPTIONS)


def test_its_sample_works() -> None:
    """Catches an argument of `gameqa.sample` that the README has and the function does not."""
    call = re.search(r"gameqa\.sample\((.*)\)", README)
    assert call is not None
    made = eval(f"gameqa.sample({call[1]})", {"gameqa": gameqa})
    assert made.answer
