"""Where an export takes its rows from: made now from a recipe, or read from a built release."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from gameqa.builders.manifest import from_json
from gameqa.builders.recipe import Recipe, SplitRecipe
from gameqa.builders.releases.layout import DEFAULT, configs_of
from gameqa.builders.row_files import Row, count_rows, read_rows
from gameqa.errors import GameQAError, unknown


@dataclass(frozen=True)
class Source:
    """One split of what is exported.

    Attributes:
        split: its name.
        count: how many rows it has.
        rows: yields them, pictures undecoded.
    """

    split: str
    count: int
    rows: Callable[[], Iterator[Row]]


def from_recipe(recipe: Recipe) -> list[Source]:
    """Return the splits of a recipe.

    Raises:
        GameQAError: one is endless.
    """
    return [_made(recipe, split) for split in recipe.splits]


def _made(recipe: Recipe, split: SplitRecipe) -> Source:
    count = split.rows
    if count is None:
        raise GameQAError(f"The {split.name} split is endless (size None): give it a number.")

    def rows() -> Iterator[Row]:
        return (sample.row() for sample in recipe.samples(split, range(count)))

    return Source(split.name, count, rows)


def from_build(folder: Path, config: str | None) -> tuple[list[Source], str]:
    """Return the splits of a config of a folder that `gameqa build` wrote, and its digest.

    Raises:
        GameQAError: the folder is none, is not finished, or has no such config.
    """
    manifest_file = folder / "manifest.json"
    content = manifest_file.read_bytes() if manifest_file.is_file() else None
    manifest = from_json(content)
    if "configs" not in manifest:
        raise GameQAError(
            f"{folder} has no manifest.json of a finished build: --rows takes a folder that "
            "`gameqa build` wrote."
        )
    configs = configs_of(manifest)
    name = DEFAULT if config is None else config
    if name not in configs:
        raise unknown(f"config of {folder}", name, configs)
    sources = []
    for split, patterns in configs[name].items():
        files = [file for pattern in patterns for file in sorted(folder.glob(pattern))]
        if not files:
            raise GameQAError(f"{folder} lacks the files of {split}: {', '.join(patterns)}.")
        sources.append(_read(split, files))
    return sources, str(manifest.get("digest", ""))


def _read(split: str, files: list[Path]) -> Source:
    count = sum(map(count_rows, files))
    return Source(split, count, lambda: chain.from_iterable(map(read_rows, files)))
