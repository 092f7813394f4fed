"""The log of a curriculum: what the training loop said and where the readers were, in one order.

In memory it serves one process. In a file, one JSON object a line, it is shared: whoever adds a
line appends it whole, whoever reads goes on where it stopped reading.
"""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from gameqa.errors import GameQAError

Entry = dict[str, Any]

_ADVICE = "choose another path, or remove that file"


class CurriculumLog:
    """What happened to a curriculum, in the order in which it was added.

    Attributes:
        path: the file; None is memory.
        events: what the training loop said.
        blocks: by number of a block, how many events there were when a reader began it.
    """

    def __init__(self, path: str | os.PathLike[str] | None, head: Entry) -> None:
        """Open the log, or begin it with an entry that tells what kind it is.

        Raises:
            GameQAError: the file cannot be written or belongs to something else.
        """
        self.path = None if path is None else Path(path)
        self._head = head
        self._owner = os.getpid()
        self._begin()
        if self.path is not None and not self.path.exists():
            self._replace_file([head])

    def _begin(self) -> None:
        self._lock = threading.RLock()
        self._clear()
        self._inode = -1

    def _clear(self) -> None:
        self.events: list[Entry] = []
        self.blocks: dict[int, int] = {}
        self._read = 0

    def entries(self) -> list[Entry]:
        """Return everything after the head, as it can be put back by `replace`."""
        with self._lock:
            self.refresh()
            begun = [{"block": block, "after": after} for block, after in self.blocks.items()]
            return [*self.events, *begun]

    def refresh(self) -> None:
        """Take in what other processes added.

        Raises:
            GameQAError: the file cannot be read, or is not a log of this curriculum.
        """
        with self._lock:
            if self.path is None:
                self._refuse_copies()
            else:
                self._catch_up(self.path)

    def _take_in(self, entry: Entry) -> None:
        if "block" in entry:  # the first reader that began it decided
            self.blocks.setdefault(entry["block"], entry["after"])
        else:
            self.events.append(entry)

    def add(self, entry: Entry) -> None:
        """Append an entry, for all processes that read the file.

        Raises:
            GameQAError: the file cannot be written.
        """
        with self._lock:
            if self.path is None:
                self._refuse_copies()
                self._take_in(entry)
                return
            line = (json.dumps(entry) + "\n").encode()
            try:
                # One write to a file opened for appending: lines of processes do not mingle.
                handle = os.open(self.path, os.O_WRONLY | os.O_APPEND)
                try:
                    os.write(handle, line)
                finally:
                    os.close(handle)
            except OSError as error:
                raise self._failure(error) from error

    def replace(self, entries: Iterable[Entry]) -> None:
        """Put other entries after the head: those of a checkpoint.

        Raises:
            GameQAError: the file cannot be written.
        """
        with self._lock:
            entries = list(entries)
            self._clear()
            if self.path is not None:
                self._replace_file([self._head, *entries])
                return
            for entry in entries:
                self._take_in(entry)

    def __getstate__(self) -> dict[str, Any]:
        """Keep path and head only: another process reads the file for itself."""
        if self.path is None:
            raise _alone()
        return {"path": self.path, "_head": self._head, "_owner": self._owner}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)
        self._begin()

    def _refuse_copies(self) -> None:
        if os.getpid() != self._owner:
            raise _alone()

    def _catch_up(self, path: Path) -> None:
        try:
            with open(path, "rb") as file:
                inode = os.fstat(file.fileno()).st_ino
                if inode != self._inode:  # not read yet, or replaced by that of a checkpoint
                    self._clear()
                    self._inode = inode
                file.seek(self._read)
                new = file.read()
        except OSError as error:
            raise self._failure(error) from error
        whole = new[: new.rfind(b"\n") + 1]
        try:
            entries = [json.loads(line) for line in whole.splitlines()]
        except ValueError as error:
            raise GameQAError(f"{path} is not a curriculum's log: {_ADVICE}.") from error
        if not self._read and entries[:1] != [self._head]:
            raise GameQAError(
                f"{path} is not the log of this curriculum, {json.dumps(self._head)}; it begins "
                f"with {json.dumps(entries[:1])}: {_ADVICE}."
            )
        for entry in entries if self._read else entries[1:]:
            self._take_in(entry)
        self._read += len(whole)

    def _replace_file(self, entries: list[Entry]) -> None:
        assert self.path is not None
        draft = self.path.with_name(f".{self.path.name}.{os.getpid()}")
        try:
            draft.parent.mkdir(parents=True, exist_ok=True)
            draft.write_text("".join(json.dumps(entry) + "\n" for entry in entries))
            os.replace(draft, self.path)
        except OSError as error:
            raise self._failure(error) from error

    def _failure(self, error: OSError) -> GameQAError:
        return GameQAError(
            f"The curriculum's log {self.path} cannot be read or written: {error.strerror}."
        )


def _alone() -> GameQAError:
    return GameQAError(
        "A curriculum without a file is seen by its own process only, not by the workers of a "
        'DataLoader: give it one, e.g. path="curriculum.jsonl", or use num_workers=0.'
    )
