"""Failures of the outside world, told to the user in one line."""

from __future__ import annotations

import contextlib
import os
import re
import sys
from collections.abc import Iterator

from gameqa.errors import GameQAError

# How a worker's exception looks once its traceback has come through a pipe as text.
_REMOTE = re.compile(r"^(?:OSError|\w+Error): \[Errno (\d+)\] .*$", re.MULTILINE)


@contextlib.contextmanager
def writing_to(directory: str | os.PathLike[str], advice: str) -> Iterator[None]:
    """Turn what goes wrong while files are written into a `GameQAError` of one line.

    Args:
        directory: where they are written.
        advice: how to write elsewhere.

    Raises:
        GameQAError: the directory cannot be written to, or is on a full disk; or a sample could
            not be made, in which case its own error is raised again.
    """
    try:
        yield
    except Exception as error:
        if not isinstance(error, (OSError, *_wrappers())):
            raise
        for cause in _causes(error):
            if isinstance(cause, GameQAError):
                raise cause from error
            reason = _reason(cause, os.path.abspath(directory))
            if reason:
                raise GameQAError(f"Cannot write to {directory}: {reason}. {advice}") from error
        raise


def _wrappers() -> tuple[type[Exception], ...]:
    """Return what `datasets` wraps errors in, without importing it: a second, for every worker."""
    exceptions = sys.modules.get("datasets.exceptions")
    return () if exceptions is None else (exceptions.DatasetGenerationError,)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what led to it, the immediate reason last."""
    chain: list[BaseException] = []
    at: BaseException | None = error
    while at is not None and at not in chain:
        chain.append(at)
        at = at.__cause__ or at.__context__
    yield from reversed(chain)


def _reason(error: BaseException, directory: str) -> str:
    """Return why writing failed; nothing when the error is about something else."""
    if isinstance(error, OSError) and error.errno is not None:
        path = os.path.abspath(os.fsdecode(error.filename)) if error.filename else directory
        concerned = os.path.commonpath([path, directory]) in (path, directory)
        return os.strerror(error.errno) if concerned else ""
    remote = _REMOTE.search(str(error))
    return os.strerror(int(remote[1])) if remote else ""
