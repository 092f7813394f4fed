"""What the Hub's tests share: the local server, small releases, and clients in fresh processes."""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

import huggingface_hub
import pytest

sys.path.insert(0, str(Path(__file__).parent))

from hub_server import Hub

from gameqa.builders.build import Build
from gameqa.builders.releases.reading import read_release

RELEASE = """
name: tiny
title: Tiny GameQA
description: A release of two games for tests.
games: [sokoban, tictactoe]
splits:
  train: {rows: 36}
  test: {rows: 12}
seed: 3
png_encoder: zlib
shard_rows: 6
"""


@pytest.fixture(scope="session")
def builds(tmp_path_factory):
    """Build a release from its YAML text once; the folder is everybody's, copy it to change it."""
    made = {}

    def build(text=RELEASE):
        if text not in made:
            folder = tmp_path_factory.mktemp("build")
            (folder / "recipe.yaml").write_text(text)
            release = read_release(str(folder / "recipe.yaml"))
            work = Build(
                release.recipe,
                folder / "out",
                release.shard_rows,
                "gameqa build tiny.yaml",
                release.about,
            )
            work.run()
            made[text] = folder / "out"
        return made[text]

    return build


@pytest.fixture
def folder(builds, tmp_path):
    """A finished release of two games, this test's own."""
    return Path(shutil.copytree(builds(), tmp_path / "tiny"))


@pytest.fixture
def hub(tmp_path):
    """A local Hub, empty, nobody's but this test's."""
    with Hub(tmp_path / "hub") as server:
        yield server


@pytest.fixture
def here(hub, monkeypatch):
    """Point this process to the local Hub, where it is logged in as "user"."""
    constants = huggingface_hub.constants
    template = constants.HUGGINGFACE_CO_URL_TEMPLATE.replace(constants.ENDPOINT, hub.url)
    monkeypatch.setattr(constants, "HUGGINGFACE_CO_URL_TEMPLATE", template)
    monkeypatch.setattr(constants, "ENDPOINT", hub.url)
    monkeypatch.setattr(constants, "HF_HUB_DISABLE_XET", True)
    monkeypatch.setenv("HF_TOKEN", "hf_user")
    return hub


@pytest.fixture
def client(hub, tmp_path):
    """Run Python code in a fresh process that knows no Hub but the local one."""

    def run(code, *args, check=True, token="hf_user", xet=False, **env):
        folder = tmp_path / "client"
        folder.mkdir(exist_ok=True)
        surroundings = {
            **{k: v for k, v in os.environ.items() if not k.startswith(("HF_", "HUGGING"))},
            "HF_ENDPOINT": hub.url,
            "HF_HOME": str(tmp_path / "home"),
            "HF_HUB_DISABLE_XET": "0" if xet else "1",
            "HF_HUB_DISABLE_TELEMETRY": "1",
            **({"HF_TOKEN": token} if token else {}),
            **env,
        }
        done = subprocess.run(
            [sys.executable, "-c", textwrap.dedent(code), *map(str, args)],
            cwd=folder,
            env=surroundings,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert not check or done.returncode == 0, done.stdout + done.stderr
        return done

    return run


@pytest.fixture
def gameqa(client):
    """Run the command `gameqa` in a fresh process."""

    def run(*words, code=0, **options):
        main = "from gameqa.builders.command_line import main; main()"
        done = client(main, *words, check=False, **options)
        assert done.returncode == code, done.stdout + done.stderr
        return done.stdout + done.stderr

    return run


def rows_of(text):
    """Read what a client printed as JSON in its last line."""
    return json.loads(text.strip().splitlines()[-1])
