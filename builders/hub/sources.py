"""Where the rows to verify lie: a built folder, a single file, or a dataset on the Hub."""

from __future__ import annotations

import contextlib
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

from gameqa.builders.hub.failures import talking_to_hub
from gameqa.builders.hub.finished import (
    DATA,
    MANIFEST,
    DataFile,
    FinishedBuild,
    open_build,
    read_files,
)
from gameqa.builders.hub.placement import Placement
from gameqa.builders.row_files import ENDINGS, files_below
from gameqa.errors import GameQAError, unknown

_ADVICE = "Run the same command again."


@dataclass(frozen=True)
class Source:
    """Files of rows, and what manifests say about them.

    Attributes:
        root: the folder, or the dataset's name on the Hub.
        revision: the commit on the Hub; None for a folder.
        files: the names of the files, sorted.
        known: by name, what a manifest says about a file.
        recipes: by name, the recipe that a file was built by.
        strays: files that lie among those of a manifest but are not in it.
    """

    root: str
    revision: str | None
    files: tuple[str, ...]
    known: Mapping[str, DataFile] = field(default_factory=dict)
    recipes: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    strays: tuple[str, ...] = ()

    @contextlib.contextmanager
    def fetched(self, name: str) -> Iterator[Path]:
        """Provide a file as a local one for a while; one that is not there does not exist then."""
        if self.revision is None:
            yield Path(self.root) / name
            return
        from huggingface_hub import hf_hub_download
        from huggingface_hub.errors import RemoteEntryNotFoundError

        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / name
            with talking_to_hub(self.root, _ADVICE), contextlib.suppress(RemoteEntryNotFoundError):
                hf_hub_download(
                    self.root,
                    name,
                    repo_type="dataset",
                    revision=self.revision,
                    local_dir=folder,
                )
            yield path


def find_source(target: str, configs: Sequence[str] = (), revision: str | None = None) -> Source:
    """Find out what a target is and which files it has.

    Args:
        target: a folder, a file, or the name of a dataset on the Hub.
        configs: only the files of these configs; all when empty.
        revision: of a dataset on the Hub.

    Raises:
        GameQAError: there are no rows there, or no such config.
    """
    path = Path(target)
    if path.is_file():
        if path.suffix not in (*ENDINGS, ".json"):
            raise GameQAError(f"{path}: a file of rows ends in {', '.join(ENDINGS)} or .json.")
        return Source(str(path.parent), None, (path.name,))
    if path.is_dir():
        names = [file.relative_to(path).as_posix() for file in files_below(path)]
        if (path / MANIFEST).exists() or (path / ".incomplete").exists():
            return _known(target, None, names, [(Placement(), open_build(path))], configs)
        if not names:
            raise GameQAError(f"{path} has no {MANIFEST}, and no Parquet or JSON-lines files.")
        return _known(target, None, names, [], configs)
    if not re.fullmatch(r"[\w-][\w.-]*/[\w-][\w.-]*", target):
        raise GameQAError(f"{target} is no folder, no file, and no dataset's name (user/name).")
    return _on_hub(target, configs, revision)


def _on_hub(repo_id: str, configs: Sequence[str], revision: str | None) -> Source:
    from huggingface_hub import HfApi

    with talking_to_hub(repo_id, f"There is no folder {repo_id} here either. {_ADVICE}"):
        api = HfApi(library_name="gameqa")
        commit = api.repo_info(repo_id, repo_type="dataset", revision=revision).sha
        names = api.list_repo_files(repo_id, repo_type="dataset", revision=commit)
    there = Source(repo_id, str(commit), ())
    builds = []
    for name in names:
        folder, _, file = name.rpartition("/")
        if file == MANIFEST and "/" not in folder:
            with there.fetched(name) as path:
                manifest = json.loads(path.read_bytes())
            build = FinishedBuild(Path(folder), manifest, read_files(manifest))
            builds.append((Placement(folder), build))
    rows = [name for name in names if name.endswith(".parquet")]
    if not rows:
        raise GameQAError(f"{repo_id} has no Parquet files.")
    return _known(repo_id, str(commit), rows, builds, configs)


def _known(
    root: str,
    revision: str | None,
    names: Iterable[str],
    builds: Sequence[tuple[Placement, FinishedBuild]],
    configs: Sequence[str],
) -> Source:
    known: dict[str, DataFile] = {}
    recipes: dict[str, Mapping[str, Any]] = {}
    patterns: dict[str, list[str]] = {}
    for place, build in builds:
        for file in build.files:
            known[place.prefix + file.name] = file
            recipes[place.prefix + file.name] = build.manifest["recipe"]
        for config, splits in place.configs(build).items():
            patterns[config] = [pattern for of in splits.values() for pattern in of]
    for config in configs:
        if config not in patterns:
            raise unknown(f"config of {root}", config, patterns)
    homes = tuple(f"{place.prefix}{DATA}/" for place, _ in builds)
    strays = [name for name in names if name.startswith(homes) and name not in known]
    chosen = [pattern for config in configs for pattern in patterns[config]]
    files = sorted(
        name
        for name in {*names, *known}
        if name not in strays
        and (not configs or any(fnmatchcase(name, pattern) for pattern in chosen))
    )
    return Source(root, revision, tuple(files), known, recipes, tuple(sorted(strays)))
