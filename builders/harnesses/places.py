"""Where a dataset is that a harness is pointed at: a folder here, or a repository on the Hub."""

from __future__ import annotations

import os

from gameqa.errors import GameQAError

BUILDER = "gameqa"
"""The name under which `datasets` makes rows itself."""


def place_of(dataset: str | os.PathLike[str]) -> str:
    """Return a folder's absolute path, or the name of a repository as it is.

    A name that is neither is an error at once: the Hub would be asked for it several times first.

    Raises:
        GameQAError: there is no such folder, and this is no name of a repository.
    """
    name = os.fspath(dataset)
    folder = os.path.abspath(os.path.expanduser(name))
    if os.path.isdir(folder):
        return folder
    if name == BUILDER or (name.count("/") == 1 and name[0] not in "./~" and name[-1] != "/"):
        return name
    raise GameQAError(
        f"There is no folder {name!r}; name one with rows (`gameqa build` makes it), or a dataset "
        "on the Hub as user/name."
    )
