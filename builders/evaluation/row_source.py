"""The rows that predictions are about: made again from a recipe, or read from files."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from gameqa.builders.recipe import Recipe
from gameqa.builders.row_files import files_of, read_rows
from gameqa.errors import GameQAError, unknown


class RowSource(ABC):
    """Rows in a fixed order.

    Attributes:
        title: where they come from, for people.
        origin: the same as JSON-able data.
    """

    title: str
    origin: dict[str, Any]

    @abstractmethod
    def __len__(self) -> int: ...

    @abstractmethod
    def __iter__(self) -> Iterator[dict[str, Any]]:
        """Yield each row's columns but the picture."""

    @abstractmethod
    def with_pictures(self, places: Sequence[int]) -> list[dict[str, Any]]:
        """Return some rows, by their places in ascending order, with ``image`` as PNG bytes."""


class RecipeRows(RowSource):
    """Rows that are made again; the same recipe makes the same ones."""

    def __init__(self, recipe: Recipe, splits: Sequence[str]) -> None:
        """Choose the rows; none is made yet.

        Raises:
            GameQAError: the recipe has no such split, or it is endless.
        """
        self._recipe = recipe
        names = list(dict.fromkeys(split.name for split in recipe.splits))
        for name in splits:
            if name not in names:
                raise unknown(f"split of {recipe.config}", name, names)
        self._splits = [split for split in recipe.splits if split.name in splits]
        for split in self._splits:
            if split.rows is None:
                raise GameQAError(f"The {split.name} split is endless: give it a number of rows.")
        self._rows = [
            (split, number) for split in self._splits for number in range(split.rows or 0)
        ]
        self.title = f"{recipe.config}, {' and '.join(dict.fromkeys(splits))}"
        self.origin = {"splits": list(dict.fromkeys(splits)), "recipe": recipe.as_dict()}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        for split in self._splits:
            for sample in self._recipe.samples(split, range(split.rows or 0)):
                columns = vars(sample)
                yield {name: value for name, value in columns.items() if name != "picture"}

    def with_pictures(self, places: Sequence[int]) -> list[dict[str, Any]]:
        rows = []
        for place in places:
            split, number = self._rows[place]
            (sample,) = self._recipe.samples(split, [number])
            rows.append({**sample.row(), "image": sample.png})
        return rows


class FileRows(RowSource):
    """Rows of a build or a downloaded release: Parquet or JSON Lines."""

    def __init__(self, path: Path, splits: Sequence[str]) -> None:
        """Find and read the files.

        Args:
            path: a file; or a folder whose files' names begin with the split's, as those of
                `gameqa build` do.
            splits: which files of a folder.

        Raises:
            GameQAError: there is no such file or split, or a file cannot be read.
        """
        self._files = _files_of(path, splits)
        self._rows = [row for file in self._files for row in read_rows(file, leave_out=["image"])]
        self.title = str(path) if path.is_file() else f"{path}, {' and '.join(splits)}"
        self.origin = {"files": [str(file) for file in self._files]}

    def __len__(self) -> int:
        return len(self._rows)

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return iter(self._rows)

    def with_pictures(self, places: Sequence[int]) -> list[dict[str, Any]]:
        wanted, found, at = set(places), [], 0
        for file in self._files if places else ():
            for row in read_rows(file):
                if at in wanted:
                    image = row.get("image")
                    png = image.get("bytes") if isinstance(image, dict) else None
                    found.append({**row, "image": png})
                at += 1
        return found


def _files_of(path: Path, splits: Sequence[str]) -> list[Path]:
    files = files_of(path)
    if path.is_file():
        return files
    names = list(dict.fromkeys(_split_of(file) for file in files))
    for split in splits:
        if split not in names:
            raise unknown(f"split in {path}", split, names)
    return [file for file in files if _split_of(file) in splits]


def _split_of(file: Path) -> str:
    """Return the split that a file's name begins with, e.g. of ``test-00000-of-00003.parquet``."""
    return file.stem.partition("-")[0]
