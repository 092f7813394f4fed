"""What the local Hub keeps: repositories with commits and branches, and the content of files."""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FIRST_PARENT = "0" * 40


class RefusedError(Exception):
    """A request that the Hub answers with an error.

    Attributes:
        status: the HTTP status.
        code: the Hub's ``X-Error-Code``, if it has one for this.
    """

    def __init__(self, status: int, message: str, code: str = "") -> None:
        super().__init__(message)
        self.status, self.code = status, code


@dataclass(frozen=True)
class File:
    """One file of one commit."""

    size: int
    oid: str
    sha256: str
    is_lfs: bool

    @property
    def etag(self) -> str:
        return self.sha256 if self.is_lfs else self.oid


@dataclass
class Commit:
    oid: str
    parent: str
    title: str
    files: dict[str, File]


@dataclass
class Repo:
    name: str
    private: bool
    branches: dict[str, str] = field(default_factory=dict)
    commits: dict[str, Commit] = field(default_factory=dict)

    def at(self, revision: str) -> Commit:
        oid = self.branches.get(revision, revision)
        if oid not in self.commits:
            raise RefusedError(404, f"Invalid rev id: {revision}", "RevisionNotFound")
        return self.commits[oid]

    def add(self, branch: str, title: str, files: dict[str, File]) -> Commit:
        parent = self.branches.get(branch, FIRST_PARENT)
        listing = "\n".join(f"{path} {file.etag}" for path, file in sorted(files.items()))
        text = f"{self.name} {parent} {title} {len(self.commits)}\n{listing}"
        commit = Commit(hashlib.sha1(text.encode()).hexdigest(), parent, title, files)
        self.commits[commit.oid] = commit
        self.branches[branch] = commit.oid
        return commit

    def history(self, branch: str = "main") -> list[Commit]:
        """Return the commits of a branch, the newest first."""
        found = []
        oid = self.branches[branch]
        while oid in self.commits:
            found.append(self.commits[oid])
            oid = found[-1].parent
        return found


class Store:
    """All repositories, and files by the SHA-256 of their content, on disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.repos: dict[str, Repo] = {}
        self.lock = threading.RLock()
        for name in ("objects", "drafts", "xet"):
            (folder / name).mkdir(parents=True, exist_ok=True)

    def path(self, sha256: str) -> Path:
        return self.folder / "objects" / sha256

    def has(self, sha256: str) -> bool:
        return self.path(sha256).exists()

    def repo(self, name: str) -> Repo:
        if name not in self.repos:
            raise RefusedError(404, "Repository not found", "RepoNotFound")
        return self.repos[name]

    def create(self, name: str, private: bool) -> Repo:
        if name in self.repos:
            raise RefusedError(409, "You already created this dataset repo")
        repo = self.repos[name] = Repo(name, private)
        repo.add("main", "initial commit", {".gitattributes": self.keep(b"*.parquet lfs\n")})
        return repo

    def keep(self, content: bytes) -> File:
        """Keep a regular file."""
        sha256 = hashlib.sha256(content).hexdigest()
        self.path(sha256).write_bytes(content)
        oid = hashlib.sha1(b"blob %d\0" % len(content) + content).hexdigest()
        return File(len(content), oid, sha256, is_lfs=False)

    def accept(self, draft: Path, sha256: str) -> None:
        """Take an uploaded file in if it is what it was announced to be."""
        with open(draft, "rb") as file:
            found = hashlib.sha256()
            while block := file.read(1 << 20):
                found.update(block)
        if found.hexdigest() != sha256:
            draft.unlink()
            raise RefusedError(400, f"content is {found.hexdigest()}, announced was {sha256}")
        os.replace(draft, self.path(sha256))

    def commit(self, repo: Repo, branch: str, lines: list[dict[str, Any]], *, xet: bool) -> Commit:
        """Apply the lines of a commit, all or none."""
        header, *operations = lines
        if header["key"] != "header" or not header["value"].get("summary"):
            raise RefusedError(400, "a commit starts with a header and a summary")
        parent = header["value"].get("parentCommit")
        with self.lock:
            if branch not in repo.branches:
                raise RefusedError(404, f"Invalid rev id: {branch}", "RevisionNotFound")
            if parent and parent != repo.branches[branch]:
                raise RefusedError(412, "A commit has happened since. Refresh and try again.")
            files = dict(repo.at(branch).files)
            for operation in operations:
                self._apply(operation["key"], operation["value"], files, xet=xet)
            return repo.add(branch, header["value"]["summary"], files)

    def _apply(self, key: str, value: dict[str, Any], files: dict[str, File], *, xet: bool) -> None:
        import base64

        path = value["path"]
        if key == "file":
            files[path] = self.keep(base64.b64decode(value["content"], validate=True))
        elif key == "lfsFile":
            sha256, size = value["oid"], value.get("size")
            if self.has(sha256):
                kept = self.path(sha256).stat().st_size
                if size not in (None, kept):
                    raise RefusedError(422, f"{path} has another size")
                size = kept  # a copy on the server names the content and not its size
            elif not xet or size is None:
                raise RefusedError(422, f"{path} points to {sha256}, which was never uploaded")
            pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\n"
            oid = hashlib.sha1((pointer + f"size {size}\n").encode()).hexdigest()
            files[path] = File(size, oid, sha256, is_lfs=True)
        elif key in ("deletedFile", "deletedFolder"):
            prefix = path.rstrip("/") + "/"
            gone = [
                p for p in files if (p == path if key == "deletedFile" else p.startswith(prefix))
            ]
            if not gone:
                raise RefusedError(404, "A file with this name doesn't exist", "EntryNotFound")
            for each in gone:
                del files[each]
        else:
            raise RefusedError(400, f"unknown operation {key}")
