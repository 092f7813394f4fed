"""``python -m gameqa.builders.rewards NAME``: the path of the file that a trainer loads."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from gameqa.errors import GameQAError, unknown

FILES = {
    "trl": "trl.py",
    "verl": "verl.py",
    "easyr1": "easyr1.py",
    "swift": "swift/gameqa_plugin.py",
    "openrlhf": "openrlhf.py",
}


def path_of(name: str) -> Path:
    """Return the file with a trainer's reward.

    Raises:
        GameQAError: there is no such trainer.
    """
    if name not in FILES:
        raise unknown("trainer", name, FILES)
    return Path(__file__).resolve().parent / FILES[name]


def main(arguments: Sequence[str]) -> int:
    """Print the path; return the exit code."""
    try:
        if len(arguments) != 1:
            raise GameQAError(f"Name one trainer: {', '.join(FILES)}.")
        print(path_of(arguments[0]))
    except GameQAError as error:
        print(f"Error: {error}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
