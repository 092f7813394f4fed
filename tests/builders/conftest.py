"""What the builder's tests share: a cache of their own, digests, and fresh processes."""

import hashlib
import json
import os
import subprocess
import sys

import datasets
import pytest

datasets.disable_progress_bars()


@pytest.fixture(autouse=True)
def cache(tmp_path, monkeypatch):
    """The cache of `datasets`, empty, and nobody's but this test's."""
    path = tmp_path / "cache"
    monkeypatch.setattr(datasets.config, "HF_DATASETS_CACHE", path)
    return path


@pytest.fixture
def digest():
    """Fingerprint of the rows of a dataset or stream, PNG bytes and order included."""

    def fingerprint(dataset):
        state = hashlib.blake2b(digest_size=8)
        for row in dataset.cast_column("image", datasets.Image(decode=False)):
            image = row.pop("image")
            state.update(json.dumps(row, sort_keys=True).encode())
            state.update(image["bytes"] if image else b"no image")
        return state.hexdigest()

    return fingerprint


@pytest.fixture
def python(tmp_path):
    """Run code in a fresh interpreter, in an empty folder unless told otherwise."""

    def run(code="", *args, cwd=None, check=True, **env):
        folder = cwd or tmp_path / "empty"
        folder.mkdir(parents=True, exist_ok=True)
        done = subprocess.run(
            [sys.executable, *(["-c", code] if code else []), *map(str, args)],
            cwd=folder,
            env={**os.environ, "HF_HOME": str(tmp_path / "hf"), "HF_HUB_OFFLINE": "1", **env},
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert not check or done.returncode == 0, done.stderr
        return done

    return run
