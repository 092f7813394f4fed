"""What the tests of releases share: builds, their bytes, and a cache of their own."""

import datasets
import pytest

from gameqa.builders.build import Build
from gameqa.builders.recipe import make_recipe

datasets.disable_progress_bars()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """The cache of `datasets`, empty, and nobody's but this test's."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


@pytest.fixture
def small():
    """Plan a small build of six files."""

    def plan(target):
        recipe = make_recipe("sokoban", train_size=40, validation_size=10, test_size=10)
        return Build(recipe, target, 10, "command")

    return plan


@pytest.fixture
def content():
    """Return the bytes of all files of a folder, by name."""

    def read(folder):
        return {
            path.relative_to(folder).as_posix(): path.read_bytes()
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }

    return read


@pytest.fixture
def whole(small, content, tmp_path):
    """The bytes of the small build, made plainly."""
    small(tmp_path / "whole").run()
    return content(tmp_path / "whole")
