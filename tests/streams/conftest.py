"""What the tests of streams share: a cache of their own, and a count of the rows that are made."""

import datasets
import pytest

from gameqa import engine

datasets.disable_progress_bars()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """The cache of `datasets`, empty, and nobody's but this test's."""
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", tmp_path / "cache")


@pytest.fixture
def made(monkeypatch):
    """The addresses of the rows that were made, in order."""
    addresses = []
    make = engine.make

    def counting(game, task, address, **options):
        addresses.append(str(address))
        return make(game, task, address, **options)

    monkeypatch.setattr(engine, "make", counting)
    return addresses
