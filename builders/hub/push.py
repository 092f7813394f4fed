"""A finished build, published: files first, then one commit that makes all of it visible."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

from huggingface_hub import CommitOperationAdd, CommitOperationDelete, HfApi
from huggingface_hub.errors import HfHubHTTPError
from huggingface_hub.hf_api import RepoFile
from huggingface_hub.utils.sha import git_hash
from huggingface_hub.utils.tqdm import (
    are_progress_bars_disabled,
    disable_progress_bars,
    enable_progress_bars,
)

from gameqa.builders.hub.failures import talking_to_hub
from gameqa.builders.hub.finished import MANIFEST, FinishedBuild, open_build
from gameqa.builders.hub.placement import README, Placement
from gameqa.errors import GameQAError

Progress: TypeAlias = Callable[[str, int, int], object]
"""Told what is done, how many bytes of it were done just now, and how many there are in all."""

CHECKING, DESCRIBING, UPLOADING = "checking", "describing", "uploading"

_ADVICE = "Run the same command again: what is uploaded is not uploaded twice."
_BATCH_BYTES = 64 << 20
_BATCH_FILES = 16
_TRIES = 5

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Pushed:
    """What became of a push.

    Attributes:
        repo_id: the repository, with its owner.
        commit: the commit that holds the build.
        is_new: whether this push made that commit; not when everything was there already.
        added: how many files it added or changed.
        deleted: how many files of a former build it deleted.
    """

    repo_id: str
    commit: str
    is_new: bool
    added: int
    deleted: int


def push(
    folder: str | Path,
    repo_id: str,
    *,
    revision: str | None = None,
    private: bool | None = None,
    config_name: str = "",
    token: str | None = None,
    progress: Progress = lambda stage, done, total: None,
) -> Pushed:
    """Publish a folder that `gameqa build` finished as a dataset on the Hub.

    Nothing is to be seen in the repository before everything is there: the data files are uploaded
    first, in batches, and one commit then shows them together with the card. Stopped anywhere and
    started again, it uploads what the Hub does not have yet. Files of a former build in the same
    place go in the same commit; other configs, their files, and what people wrote into the card
    stay.

    Args:
        folder: what `gameqa build` wrote.
        repo_id: ``"user/name"``, or a name of your own; made when it is not there.
        revision: the branch; made when it is not there, ``main`` when None.
        private: whether a repository that is made now is private.
        config_name: "" for the repository's root; else the folder, and the name of the default
            config, of one of several builds in the repository.
        token: of the Hub; the one you are logged in with when None.
        progress: told about bytes checked, read for the card, and uploaded.

    Raises:
        GameQAError: the folder is not a finished build, the Hub refuses, or the connection is lost.
    """
    place = Placement(config_name)
    build = open_build(folder)
    build.check(lambda size: progress(CHECKING, size, build.size))
    with talking_to_hub(repo_id, _ADVICE), _no_bars_of_others():
        api = HfApi(token=token, library_name="gameqa")
        full = api.create_repo(repo_id, repo_type="dataset", private=private, exist_ok=True).repo_id
        if private and not api.repo_info(full, repo_type="dataset").private:
            raise GameQAError(
                f"{full} is there already and public: make it private in its settings, "
                "or choose another name."
            )
        if revision is not None:
            api.create_branch(full, branch=revision, repo_type="dataset", exist_ok=True)
        return _Push(api, full, revision, build, place, progress).run()


class _Push:
    """One push into a repository that is there."""

    def __init__(
        self,
        api: HfApi,
        repo_id: str,
        revision: str | None,
        build: FinishedBuild,
        place: Placement,
        progress: Progress,
    ) -> None:
        self._api = api
        self._repo_id = repo_id
        self._revision = revision
        self._build = build
        self._place = place
        self._progress = progress

    def run(self) -> Pushed:
        from gameqa.dataset_card import make_card

        card = make_card(
            self._build,
            repo_id=self._repo_id,
            place=self._place,
            progress=lambda size: self._progress(DESCRIBING, size, self._build.size),
        )
        small = {self._place.prefix + name: content for name, content in card.pictures.items()}
        for name in (MANIFEST, "audit.json"):
            if (self._build.folder / name).is_file():
                small[self._place.prefix + name] = (self._build.folder / name).read_bytes()
        uploaded: dict[str, CommitOperationAdd] = {}
        for _ in range(_TRIES):
            base, present = self._state()
            old = self._read_card(base) if README in present else self._own_card()
            text, others = card.merged_into(old)
            contents = {**small, README: text.encode()}
            additions = self._upload(present, uploaded)
            additions += [
                CommitOperationAdd(path, content)
                for path, content in contents.items()
                if path not in present or _identity(present[path]) not in _identities(content)
            ]
            names = [self._place.prefix + file.name for file in self._build.files]
            stale = self._place.stale(present, [*names, *contents], others)
            if not additions and not stale:
                return Pushed(self._repo_id, base, False, 0, 0)
            deletions = [CommitOperationDelete(path, is_folder=False) for path in stale]
            made = self._commit([*additions, *deletions], base)
            if made is not None:
                return Pushed(self._repo_id, made, True, len(additions), len(stale))
        raise GameQAError(f"Others keep changing {self._repo_id}. {_ADVICE}")

    def _state(self) -> tuple[str, dict[str, RepoFile]]:
        """Return the newest commit and its files."""
        name = self._repo_id
        base = self._api.dataset_info(name, revision=self._revision).sha
        assert base is not None
        tree = self._api.list_repo_tree(name, repo_type="dataset", revision=base, recursive=True)
        return base, {entry.path: entry for entry in tree if isinstance(entry, RepoFile)}

    def _read_card(self, base: str) -> str:
        with tempfile.TemporaryDirectory() as folder:
            path = self._api.hf_hub_download(
                self._repo_id, README, repo_type="dataset", revision=base, local_dir=folder
            )
            return Path(path).read_text(encoding="utf-8")

    def _own_card(self) -> str:
        """Return the folder's own card, which people may have written into, if it has one."""
        path = self._build.folder / README
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def _upload(
        self, present: dict[str, RepoFile], uploaded: dict[str, CommitOperationAdd]
    ) -> list[CommitOperationAdd]:
        """Upload the data files that the commit does not have yet; nobody sees them so far."""
        todo = []
        for file in self._build.files:
            path = self._place.prefix + file.name
            if path in present and _identity(present[path]) == file.sha256:
                continue
            if path not in uploaded:
                uploaded[path] = CommitOperationAdd(path, self._build.folder / file.name)
                uploaded[path].upload_info.sha256 = bytes.fromhex(file.sha256)
            todo.append(uploaded[path])
        total = sum(each.upload_info.size for each in todo)
        for batch in _batches(todo):
            self._api.preupload_lfs_files(
                self._repo_id,
                additions=batch,
                repo_type="dataset",
                revision=self._revision,
                free_memory=False,
            )
            self._progress(UPLOADING, sum(each.upload_info.size for each in batch), total)
        return todo

    def _commit(
        self, operations: list[CommitOperationAdd | CommitOperationDelete], base: str
    ) -> str | None:
        """Make the build visible; return None when another commit came in between."""
        recipe = self._build.manifest["recipe"]
        try:
            made = self._api.create_commit(
                self._repo_id,
                operations,
                commit_message=f"{self._place.name or self._build.name}: {self._build.rows:,} rows",
                commit_description=f"Built by gameqa {recipe['gameqa']}, seed {recipe['seed']}, "
                f"digest {self._build.manifest['digest']}.",
                repo_type="dataset",
                revision=self._revision,
                parent_commit=base,
            )
        except HfHubHTTPError as error:
            if error.response is None or error.response.status_code not in (409, 412):
                raise
            _log.info("Another commit came in between; trying again on top of it.")
            return None
        return str(made.oid)


def _identity(file: RepoFile) -> str:
    """Return what the Hub knows a file's content by."""
    return file.lfs.sha256 if file.lfs else file.blob_id


def _identities(content: bytes) -> tuple[str, str]:
    """Return what the Hub may know that content by, as a large or as a small file."""
    import hashlib

    return hashlib.sha256(content).hexdigest(), git_hash(content)


def _batches(additions: list[CommitOperationAdd]) -> Iterator[list[CommitOperationAdd]]:
    batch: list[CommitOperationAdd] = []
    size = 0
    for each in additions:
        if batch and (len(batch) == _BATCH_FILES or size + each.upload_info.size > _BATCH_BYTES):
            yield batch
            batch, size = [], 0
        batch.append(each)
        size += each.upload_info.size
    if batch:
        yield batch


class _no_bars_of_others:  # noqa: N801 - reads as the statement that it is
    """Keep huggingface_hub from drawing a bar for each file among ours."""

    def __enter__(self) -> None:
        self._disabled = bool(are_progress_bars_disabled())
        if not self._disabled:
            disable_progress_bars()

    def __exit__(self, *_: object) -> None:
        if not self._disabled:
            enable_progress_bars()
