"""A dataset as a folder of Parquet files: resumable, and never taken for whole before it is.

While it is built, everything lies in ``.incomplete/``, which `datasets` does not look into: the
recipe in ``recipe.json``, finished files in ``data/``. At the end ``data/`` moves up in one step
and ``manifest.json`` is written.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import platform
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

from gameqa.builders.failures import writing_to
from gameqa.builders.features import features
from gameqa.builders.recipe import Recipe
from gameqa.builders.shard_file import ShardPlan, is_complete, plan_shards
from gameqa.builders.workers import build_shards
from gameqa.errors import GameQAError

SHARD_ROWS = 1_000

_ADVICE = (
    "Choose another directory, or make room there and run the same command again: "
    "it goes on where it stopped."
)


class Build:
    """A recipe and the folder that it is built in."""

    def __init__(
        self, recipe: Recipe, directory: Path, shard_rows: int = SHARD_ROWS, command: str = ""
    ) -> None:
        """Plan the files; nothing is touched yet.

        Args:
            recipe: what to build.
            directory: where; made if need be.
            shard_rows: the most rows that a file holds.
            command: how it was asked for, kept in the manifest.

        Raises:
            GameQAError: a split is endless.
        """
        self.recipe = recipe
        self.directory = directory
        self.plans = plan_shards(recipe, shard_rows)
        self.command = command
        self._settled = {**recipe.as_dict(), "shard_rows": shard_rows}
        self._workshop = directory / ".incomplete"
        self._draft = self._workshop / "data"
        self._data = directory / "data"
        self._manifest = directory / "manifest.json"

    @property
    def rows(self) -> int:
        """How many rows all files have together."""
        return sum(len(plan.rows) for plan in self.plans)

    def missing(self) -> list[ShardPlan]:
        """Make the folder ready and return the files that are still to be built.

        Raises:
            GameQAError: the folder holds a build of another recipe, or cannot be written to.
        """
        with writing_to(self.directory, _ADVICE):
            self.directory.mkdir(parents=True, exist_ok=True)
            self._refuse_others()
            if self._is_whole():
                return []
            self._draft.mkdir(parents=True, exist_ok=True)
            _write_json(self._workshop / "recipe.json", {"recipe": self._settled})
            self._manifest.unlink(missing_ok=True)
            if self._data.exists():  # stopped while finishing, or damaged since
                for file in self._data.iterdir():
                    os.replace(file, self._draft / file.name)
                self._data.rmdir()
            return [p for p in self.plans if not is_complete(self.recipe, p, self._draft)]

    def run(self, num_proc: int = 1, progress: Callable[[int], object] = lambda rows: None) -> None:
        """Build what is missing, and finish.

        Args:
            num_proc: how many processes share the work.
            progress: called with numbers of rows as they are made.

        Raises:
            GameQAError: the folder cannot be written to, or a row cannot be made.
        """
        missing = self.missing()
        with writing_to(self.directory, _ADVICE):
            if missing:
                schema = features().arrow_schema
                build_shards(self.recipe, missing, self._draft, schema, num_proc, progress)
            if not self._is_whole():
                self._finish()
            shutil.rmtree(self._workshop, ignore_errors=True)

    def _finish(self) -> None:
        names = {plan.file_name for plan in self.plans}
        for file in self._draft.iterdir():
            if file.name not in names:
                file.unlink()
        manifest = self._describe(self._draft)
        os.replace(self._draft, self._data)
        _write_json(self._manifest, manifest)

    def _describe(self, folder: Path) -> dict[str, Any]:
        splits: dict[str, Any] = {}
        for plan in self.plans:
            content = (folder / plan.file_name).read_bytes()
            split = splits.setdefault(plan.split, {"rows": 0, "files": []})
            split["rows"] += len(plan.rows)
            split["files"].append(
                {
                    "name": f"data/{plan.file_name}",
                    "rows": len(plan.rows),
                    "bytes": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            )
        return {
            "command": self.command,
            "recipe": self._settled,
            "digest": self.recipe.digest(),
            "versions": _versions(),
            "splits": splits,
        }

    def _is_whole(self) -> bool:
        """Return whether the manifest is there and every file has the size that it tells."""
        splits = _read_json(self._manifest).get("splits", {})
        files = [file for split in splits.values() for file in split["files"]]
        sizes = {self.directory / file["name"]: file["bytes"] for file in files}
        return bool(sizes) and all(
            path.is_file() and path.stat().st_size == size for path, size in sizes.items()
        )

    def _refuse_others(self) -> None:
        stored = _read_json(self._manifest) or _read_json(self._workshop / "recipe.json")
        theirs = stored.get("recipe")
        if theirs is None:
            if self._data.exists():
                raise GameQAError(
                    f"{self.directory} has a folder data/ that `gameqa build` did not write: "
                    "choose another directory."
                )
            return
        for name, ours in self._settled.items():
            if theirs.get(name) != ours:
                raise GameQAError(
                    f"{self.directory} holds a build of another recipe: {name} is "
                    f"{json.dumps(theirs.get(name))} there and {json.dumps(ours)} here. "
                    "Choose another directory, or remove that one."
                )


def _versions() -> dict[str, str]:
    packages = ("gameqa", "numpy", "pyarrow", "datasets")
    found = {"python": platform.python_version()}
    for package in packages:
        try:
            found[package] = importlib.metadata.version(package)
        except importlib.metadata.PackageNotFoundError:
            continue  # gameqa run from a checkout
    return found


def _read_json(path: Path) -> dict[str, Any]:
    """Return a file's content; nothing when it is not there or not ours."""
    try:
        content = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


def _write_json(path: Path, content: dict[str, Any]) -> None:
    for stale in path.parent.glob(f".{path.name}.*"):
        stale.unlink(missing_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    os.replace(draft, path)
