"""What docs/releases.md says is true."""

import re
import shlex
from pathlib import Path

from click.testing import CliRunner

from gameqa.builders.command_line import cli
from gameqa.builders.releases import list_releases, read_release
from gameqa.builders.releases.reading import _KEYS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "releases.md").read_text(encoding="utf-8")


def test_its_recipe_is_read_and_shows_every_key(tmp_path):
    """Catches a key that was renamed, or is missing from the page."""
    (text,) = re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)
    (tmp_path / "mine.yaml").write_text(text)
    recipe = read_release(str(tmp_path / "mine.yaml")).recipe
    assert recipe.as_dict()["splits"]["train"] == 8_000
    assert set(re.findall(r"^(\w+):", text, re.MULTILINE)) == set(_KEYS)


def test_its_commands_run(tmp_path, monkeypatch):
    """Catches a command that the command line does not understand; whole releases are left out."""
    monkeypatch.chdir(tmp_path)
    (block,) = re.findall(r"```bash\n(.*?)```", PAGE, re.DOTALL)
    commands = [shlex.split(line.split("#")[0])[1:] for line in block.splitlines()]
    for command in commands[:-1]:
        done = CliRunner().invoke(cli, command)
        assert done.exit_code == 0, done.output
    assert (tmp_path / "small-5k" / "data" / "sokoban").is_dir()


def test_its_table_lists_the_recipes():
    """Catches a recipe that the page forgets."""
    listed = re.findall(r"^\| `(gameqa-\w+)`", PAGE, re.MULTILINE)
    assert sorted(listed) == list_releases()
