"""What goes wrong between here and the Hub, told in one line."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterator

from huggingface_hub import constants
from huggingface_hub.errors import (
    HfHubHTTPError,
    HFValidationError,
    LocalEntryNotFoundError,
    LocalTokenNotFoundError,
    RepositoryNotFoundError,
    RevisionNotFoundError,
)

from gameqa.errors import GameQAError

_LOG_IN = "log in by `hf auth login`, or set HF_TOKEN to a token that may write"


@contextlib.contextmanager
def talking_to_hub(repo: str, advice: str) -> Iterator[None]:
    """Turn what the Hub or the line to it answers into a `GameQAError` of one line.

    Args:
        repo: the repository that is talked about.
        advice: what to do when the connection is lost.

    Raises:
        GameQAError: the Hub refused, or could not be reached.
    """
    try:
        yield
    except GameQAError:
        raise
    except Exception as error:
        # The client wraps what happens in its threads: the reason is further down.
        for cause in _causes(error):
            message = _message(cause, repo, advice)
            if message:
                raise GameQAError(message) from error
        raise


def _causes(error: BaseException) -> Iterator[BaseException]:
    at: BaseException | None = error
    seen: list[BaseException] = []
    while at is not None and at not in seen:
        seen.append(at)
        yield at
        at = at.__cause__


def _message(error: BaseException, repo: str, advice: str) -> str:
    """Return what to tell a user; nothing when the error is about something else."""
    if isinstance(error, LocalTokenNotFoundError):
        return f"No token for the Hub: {_LOG_IN}."
    if isinstance(error, HFValidationError):
        return f"{repo!r} is no name of a repository; it is written user/name."
    if isinstance(error, HfHubHTTPError):
        return _refusal(error, repo, advice)
    if _is_of_connection(error):
        cause = error.__cause__ or error
        return f"The connection to {constants.ENDPOINT} failed ({_short(cause)}). {advice}"
    return ""


def _refusal(error: HfHubHTTPError, repo: str, advice: str) -> str:
    status = error.response.status_code if error.response is not None else 0
    told = f" ({error.server_message})" if error.server_message else ""
    if status == 401:
        return f"The Hub knows no token for {repo}: {_LOG_IN}{told}."
    if status == 403:
        return f"Your token may not write to {repo}: ask its owner, or {_LOG_IN}{told}."
    if isinstance(error, RevisionNotFoundError):
        return f"{repo} has no such revision{told}."
    if isinstance(error, RepositoryNotFoundError):
        return (
            f"The Hub has no dataset {repo}, or it is private and your token may not see it{told}."
        )
    return f"The Hub answered {status} for {repo}{told or f' ({_short(error)})'}. {advice}"


def _is_of_connection(error: BaseException) -> bool:
    """Return whether an error is one of the transport: of httpx, requests, a socket, or Xet."""
    if isinstance(error, ConnectionError | TimeoutError | LocalEntryNotFoundError):
        return True
    modules = {kind.__module__.partition(".")[0] for kind in type(error).__mro__}
    return bool(modules & {"httpx", "httpx2", "requests", "urllib3", "hf_xet"}) or (
        isinstance(error, RuntimeError | OSError) and "xet" in str(error).lower()
    )


def _short(error: BaseException) -> str:
    text = re.sub(r"\s+", " ", str(error)).strip() or type(error).__name__
    return text if len(text) <= 160 else text[:159] + "…"
