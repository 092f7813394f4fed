"""Releases: datasets that are described by a recipe in YAML, built by `gameqa build`.

The five that ship with gameqa lie here as ``*.yaml``; `gameqa recipes` lists them.
"""

from gameqa.builders.releases.layout import configs_of
from gameqa.builders.releases.reading import list_releases, read_release
from gameqa.builders.releases.release import Release

__all__ = ["Release", "configs_of", "list_releases", "read_release"]
