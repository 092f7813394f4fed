"""Is this folder a build that is finished and undamaged, and what is in it?"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from gameqa.builders.releases.layout import Configs, configs_of
from gameqa.errors import GameQAError

MANIFEST = "manifest.json"
DATA = "data"

_BLOCK = 1 << 20


@dataclass(frozen=True)
class DataFile:
    """One file of a build, as the manifest has it.

    Attributes:
        name: its path below the manifest's folder, with forward slashes.
        split: the split that its rows belong to.
        rows: how many rows it holds.
        size: in bytes.
        sha256: of its content, in hexadecimal.
    """

    name: str
    split: str
    rows: int
    size: int
    sha256: str

    def matches(self, patterns: Iterable[str]) -> bool:
        """Return whether one of a config's patterns names this file."""
        return any(fnmatchcase(self.name, pattern) for pattern in patterns)


@dataclass(frozen=True)
class FinishedBuild:
    """A folder that `gameqa build` finished.

    Attributes:
        folder: where it is.
        manifest: the content of its ``manifest.json``.
        files: its data files, in the manifest's order.
    """

    folder: Path
    manifest: Mapping[str, Any]
    files: tuple[DataFile, ...]

    @property
    def configs(self) -> Configs:
        """The patterns of the files of each config and split; the default config is the first."""
        return configs_of(self.manifest)

    @property
    def name(self) -> str:
        """The name of the recipe: a config, or a release."""
        return str(self.manifest["recipe"]["config"])

    @property
    def about(self) -> Mapping[str, str]:
        """Title and description of a release; nothing for a plain config."""
        return dict(self.manifest.get("about", {}))

    @property
    def rows(self) -> int:
        """How many rows all files hold."""
        return sum(file.rows for file in self.files)

    @property
    def size(self) -> int:
        """How many bytes all files have."""
        return sum(file.size for file in self.files)

    def check(self, progress: Callable[[int], object] = lambda size: None) -> None:
        """Compare every file with the manifest.

        Args:
            progress: called with numbers of bytes as they are read.

        Raises:
            GameQAError: a file is missing, or is not the one that was built.
        """
        for file in self.files:
            wrong = damage(self.folder / file.name, file.size, file.sha256, progress)
            if wrong:
                raise GameQAError(
                    f"{self.folder / file.name} {wrong}: run the command that built it again, "
                    f"which makes what is missing or damaged ({self.manifest.get('command')})."
                )


def open_build(folder: str | Path) -> FinishedBuild:
    """Read the manifest of a folder that `gameqa build` finished.

    Raises:
        GameQAError: there is no such folder, or nothing was built in it, or not to the end.
    """
    folder = Path(folder)
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_bytes())
        files = read_files(manifest)
        configs_of(manifest)
    except FileNotFoundError as error:
        raise GameQAError(_not_there(folder)) from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GameQAError(
            f"{path} is no manifest of this version of `gameqa build` "
            f"({type(error).__name__}: {error}): build the folder again."
        ) from error
    return FinishedBuild(folder, manifest, files)


def read_files(manifest: Mapping[str, Any]) -> tuple[DataFile, ...]:
    """Return the files that a manifest lists.

    Raises:
        KeyError: it is not the content of a manifest.
        TypeError: likewise.
    """
    return tuple(
        DataFile(file["name"], split, file["rows"], file["bytes"], file["sha256"])
        for split, content in manifest["splits"].items()
        for file in content["files"]
    )


def damage(
    path: Path, size: int, sha256: str, progress: Callable[[int], object] = lambda size: None
) -> str:
    """Return what is wrong with a file, "" when nothing is."""
    if not path.is_file():
        return "is missing"
    if path.stat().st_size != size:
        return f"has {path.stat().st_size:,} bytes, not {size:,}"
    found = hashlib.sha256()
    for block in _blocks(path):
        found.update(block)
        progress(len(block))
    if found.hexdigest() != sha256:
        return f"has SHA-256 {found.hexdigest()[:16]}…, not {sha256[:16]}…"
    return ""


def _blocks(path: Path) -> Iterator[bytes]:
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            yield block


def _not_there(folder: Path) -> str:
    if not folder.is_dir():
        return f"There is no folder {folder}: name one that `gameqa build` wrote."
    if any(path.exists() for path in (folder / ".incomplete", folder / DATA)):
        return f"{folder} is not finished: run the command that builds it again; it goes on there."
    return f"{folder} has no {MANIFEST}: name a folder that `gameqa build` wrote."
