"""Where a build is written: a folder, or any place that fsspec reaches (s3://, gs://, hf:// ...).

Both keep one promise: under its name a file is whole or not there. A folder keeps it by temporary
names and renaming, an object store because an upload shows only once it has ended.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
import uuid
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from gameqa.builders.failures import writing_to
from gameqa.errors import GameQAError

# Protocols of servers whose folders must be there before a file is put into them.
_WITH_FOLDERS = {"arrow_hdfs", "ftp", "hdfs", "sftp", "smb", "ssh", "webhdfs"}

_ADVICE = "run the same command again to go on where it stopped."


class Place(ABC):
    """A place for files; their names are relative to it, with forward slashes.

    A place can be pickled: processes and machines are handed it and open it for themselves.

    Attributes:
        url: where it is, as the user wrote it.
        own_memory: whether each process has such a place to itself.
    """

    own_memory = False

    def __init__(self, url: str) -> None:
        self.url = url

    def __str__(self) -> str:
        return self.url

    @abstractmethod
    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        """Return the content of those of the files that are there."""

    @abstractmethod
    def write(self, name: str, content: bytes) -> None:
        """Write a small file."""

    @abstractmethod
    def sizes(self, prefix: str) -> dict[str, int]:
        """Return the sizes in bytes of all files below ``prefix``."""

    @abstractmethod
    def drafts(self, prefix: str) -> contextlib.AbstractContextManager[Path]:
        """Return a folder of this machine to make a file in; it is emptied afterwards.

        Args:
            prefix: where a place that is itself a folder may keep it.
        """

    @abstractmethod
    def take(self, draft: Path, name: str) -> None:
        """Give a file that was made in `drafts` its name here."""

    @abstractmethod
    def move(self, source: str, target: str) -> None:
        """Move all files below one prefix to another; those that another process moved are left."""

    @abstractmethod
    def remove(self, prefix: str) -> None:
        """Remove a file, or all below a prefix; nothing happens where there is none."""


def open_place(target: str | os.PathLike[str]) -> Place:
    """Return the place of a path or URL.

    Raises:
        GameQAError: fsspec does not know the protocol, or its package is not installed.
    """
    url = os.fspath(target)
    protocol, separator, rest = url.partition("://")
    if not separator:
        return Folder(Path(url))
    if protocol in ("file", "local"):
        return Folder(Path(rest))
    return Bucket(url)


class Folder(Place):
    """A folder of this machine, or of a file system that machines share."""

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))
        self._root = path

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        found = {}
        for name in names:
            with contextlib.suppress(FileNotFoundError, NotADirectoryError):
                found[name] = (self._root / name).read_bytes()
        return found

    def write(self, name: str, content: bytes) -> None:
        path = self._root / name
        with self._reaching():
            path.parent.mkdir(parents=True, exist_ok=True)
            draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
            try:
                draft.write_bytes(content)
                os.replace(draft, path)
            finally:
                draft.unlink(missing_ok=True)

    def sizes(self, prefix: str) -> dict[str, int]:
        found = {}
        for folder, _, names in os.walk(self._root / prefix):
            for name in names:
                path = Path(folder, name)
                with contextlib.suppress(FileNotFoundError):
                    found[path.relative_to(self._root).as_posix()] = path.stat().st_size
        return found

    @contextlib.contextmanager
    def drafts(self, prefix: str) -> Iterator[Path]:
        with self._reaching():
            folder = self._root / prefix / uuid.uuid4().hex
            folder.mkdir(parents=True)
            try:
                yield folder
            finally:
                shutil.rmtree(folder, ignore_errors=True)

    def take(self, draft: Path, name: str) -> None:
        with self._reaching():
            path = self._root / name
            path.parent.mkdir(parents=True, exist_ok=True)
            os.replace(draft, path)

    def move(self, source: str, target: str) -> None:
        with self._reaching():
            if not (self._root / target).exists():
                # One step: either nothing is to be seen there, or everything.
                with contextlib.suppress(OSError):
                    os.replace(self._root / source, self._root / target)
            for name in self.sizes(source):
                path = self._root / target / name.removeprefix(f"{source}/")
                path.parent.mkdir(parents=True, exist_ok=True)
                with contextlib.suppress(FileNotFoundError):
                    os.replace(self._root / name, path)

    def remove(self, prefix: str) -> None:
        path = self._root / prefix
        with self._reaching():
            if path.is_dir():
                shutil.rmtree(path, ignore_errors=True)
            else:
                path.unlink(missing_ok=True)

    def _reaching(self) -> contextlib.AbstractContextManager[None]:
        return writing_to(self._root, f"Choose another directory, or make room there and {_ADVICE}")


class Bucket(Place):
    """A place that fsspec reaches by a URL; options of the protocol come from its own settings."""

    def __init__(self, url: str) -> None:
        super().__init__(url.rstrip("/"))
        self.own_memory = url.startswith("memory://")
        _ = self._fs  # a protocol that is unknown is told now

    def __getstate__(self) -> dict[str, Any]:
        return {"url": self.url, "own_memory": self.own_memory}

    @cached_property
    def _fs(self) -> Any:
        import fsspec

        protocol = self.url.partition("://")[0]
        try:
            # No memory of listings: other processes write here too.
            return fsspec.url_to_fs(self.url, use_listings_cache=False)[0]
        except ValueError as error:
            raise GameQAError(f"{self.url}: fsspec knows no protocol {protocol!r}.") from error
        except ImportError as error:
            remedy = '; pip install "gameqa[s3]"' if protocol in ("s3", "s3a") else ""
            raise GameQAError(f"{self.url} needs a package of its own: {error}{remedy}.") from error

    @cached_property
    def _root(self) -> str:
        return str(self._fs._strip_protocol(self.url)).rstrip("/")

    def _path(self, name: str) -> str:
        return f"{self._root}/{name}"

    def _name(self, path: str) -> str:
        return str(path).removeprefix(f"{self._root}/")

    def read(self, names: Iterable[str]) -> dict[str, bytes]:
        paths = [self._path(name) for name in names]
        if not paths:
            return {}
        with self._reaching("read from"):
            contents = self._fs.cat(paths, on_error="return")
            found = {}
            for path, content in contents.items():
                if isinstance(content, bytes):
                    found[self._name(path)] = content
                elif not isinstance(content, FileNotFoundError):
                    raise content
        return found

    def write(self, name: str, content: bytes) -> None:
        with self._reaching():
            self._make_parent(name)
            self._fs.pipe_file(self._path(name), content)

    def sizes(self, prefix: str) -> dict[str, int]:
        with self._reaching("read from"):
            self._fs.invalidate_cache()
            try:
                found = self._fs.find(self._path(prefix), detail=True)
            except FileNotFoundError:
                return {}
            return {self._name(path): int(info["size"]) for path, info in found.items()}

    @contextlib.contextmanager
    def drafts(self, prefix: str) -> Iterator[Path]:
        here = tempfile.gettempdir()
        with (
            writing_to(here, f"Set TMPDIR to a disk with more room and {_ADVICE}"),
            tempfile.TemporaryDirectory(prefix="gameqa-") as folder,
        ):
            yield Path(folder)

    def take(self, draft: Path, name: str) -> None:
        with self._reaching():
            self._make_parent(name)
            self._fs.put_file(str(draft), self._path(name))

    def move(self, source: str, target: str) -> None:
        for name in self.sizes(source):
            moved = f"{target}/{name.removeprefix(f'{source}/')}"
            with self._reaching():
                self._make_parent(moved)
                with contextlib.suppress(FileNotFoundError):
                    self._fs.mv(self._path(name), self._path(moved))

    def remove(self, prefix: str) -> None:
        with self._reaching():
            self._fs.invalidate_cache()
            with contextlib.suppress(FileNotFoundError):
                self._fs.rm(self._path(prefix), recursive=True)

    def _make_parent(self, name: str) -> None:
        """Make the folder of a file where there are such; an object store would make a bucket."""
        if self.url.partition("://")[0] in _WITH_FOLDERS:
            self._fs.makedirs(self._path(name).rpartition("/")[0], exist_ok=True)

    @contextlib.contextmanager
    def _reaching(self, doing: str = "write to") -> Iterator[None]:
        """Tell in one line what the network or a server refused; each protocol has own errors."""
        try:
            yield
        except GameQAError:
            raise
        except Exception as error:
            reason = " ".join(str(error).split()) or type(error).__name__
            raise GameQAError(
                f"Cannot {doing} {self.url}: {reason.rstrip('.')}. When that is mended, {_ADVICE}"
            ) from error
