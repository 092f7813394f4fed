"""Where a build lies in a repository that may hold others too, and what its configs are called."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from gameqa.builders.hub.finished import DATA, FinishedBuild
from gameqa.builders.releases.layout import DEFAULT, Configs
from gameqa.errors import GameQAError

CARD = "card"
"""The folder of the card's pictures: all of it is generated."""

README = "README.md"


@dataclass(frozen=True)
class Placement:
    """A build's place in a repository.

    Attributes:
        name: "" for the build at the repository's root, whose configs keep their names; else the
            folder that it lies in, and the name of its default config. Its other configs are
            called ``<name>-<config>``.
    """

    name: str = ""

    def __post_init__(self) -> None:
        """Refuse names that cannot be both a folder and a config."""
        if self.name and (
            not re.fullmatch(r"\w[\w.-]*", self.name) or self.name in (DATA, CARD, DEFAULT)
        ):
            raise GameQAError(
                f"config name {self.name!r}: a name has letters, digits, '_', '-' and '.', and is "
                f"none of {DATA}, {CARD}, {DEFAULT}."
            )

    @property
    def prefix(self) -> str:
        """What stands before the names of the build's files."""
        return f"{self.name}/" if self.name else ""

    def config(self, own: str) -> str:
        """Return what a config of the build is called in the repository."""
        if not self.name:
            return own
        return self.name if own == DEFAULT else f"{self.name}-{own}"

    def configs(self, build: FinishedBuild) -> Configs:
        """Return the build's configs with their names and patterns in the repository."""
        return {
            self.config(own): {
                split: [self.prefix + pattern for pattern in patterns]
                for split, patterns in splits.items()
            }
            for own, splits in build.configs.items()
        }

    def owns(self, patterns: Iterable[str]) -> bool:
        """Return whether a config of such files belongs to the build in this place."""
        return all(pattern.startswith(f"{self.prefix}{DATA}/") for pattern in patterns)

    def stale(
        self, present: Iterable[str], kept: Iterable[str], others: Mapping[str, Iterable[str]]
    ) -> list[str]:
        """Return the files of a former build in this place.

        Args:
            present: all files of the repository.
            kept: those that the new build has too.
            others: by config that is not the build's, the patterns of its files.
        """
        generated = (f"{self.prefix}{DATA}/", f"{self.prefix}{CARD}/", f"{self.prefix}audit.json")
        foreign = [pattern for patterns in others.values() for pattern in patterns]
        kept = set(kept)
        return [
            path
            for path in present
            if path.startswith(generated)
            and path not in kept
            and not any(fnmatchcase(path, pattern) for pattern in foreign)
        ]
