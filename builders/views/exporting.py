"""An export: a view of a dataset as files, whole or not at all.

Everything is written into a folder beside the one asked for, which gets its name in one step at the
end. So a folder of that name is always complete, and what a crash left behind is cleared away by
the next run.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from itertools import chain, islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from gameqa.builders.failures import writing_to
from gameqa.builders.row_files import Row
from gameqa.builders.views.formats import View
from gameqa.builders.views.settings import Settings
from gameqa.builders.views.sources import Source
from gameqa.errors import GameQAError, unknown

STORAGES = ("parquet", "json")

_NOTE = "export.json"
_AT_ONCE = 256
_ADVICE = "Choose another directory, or make room there and run the same command again."


class Export:
    """A view of some rows, and the folder that it is written to."""

    def __init__(
        self,
        view: View,
        settings: Settings,
        sources: Sequence[Source],
        out: Path,
        *,
        storage: str | None = None,
        about: dict[str, Any] | None = None,
    ) -> None:
        """Plan the files; nothing is touched yet.

        Args:
            view: the format.
            settings: of prompts and targets.
            sources: the splits.
            out: the folder; it must not hold anything else.
            storage: "parquet", or "json" with pictures as files; the view's own when None.
            about: what the rows come from, kept in export.json.

        Raises:
            GameQAError: the storage is unknown, or not one that the trainer reads.
        """
        self.storage = view.storage if storage is None else storage
        if self.storage not in STORAGES:
            raise unknown("storage", storage, STORAGES)
        if self.storage == "json" and view.typed:
            raise GameQAError(
                f"{view.name} takes pictures, not the names of files: leave out --storage json."
            )
        self.view, self.settings, self.sources, self.out = view, settings, list(sources), out
        self._draft = out.parent / f".{out.name}.incomplete"
        self._note = {
            "format": view.name,
            "storage": self.storage,
            "answer_style": settings.answer_style,
            "think": settings.think,
            "rows": {source.split: source.count for source in self.sources},
            **(about or {}),
        }

    def is_done(self) -> bool:
        """Return whether the folder holds this very export.

        Raises:
            GameQAError: it holds something else.
        """
        if not self.out.exists():
            return False
        if self.out.is_dir() and not any(self.out.iterdir()):
            return False
        try:
            if json.loads((self.out / _NOTE).read_bytes()) == self._note:
                return True
        except (OSError, ValueError):
            pass
        raise GameQAError(
            f"{self.out} is there and is not this export: choose another directory, or remove it."
        )

    def run(self, progress: Callable[[int], object] = lambda rows: None) -> None:
        """Write the files.

        Args:
            progress: called with numbers of rows as they are written.

        Raises:
            GameQAError: the folder is taken or cannot be written to, or a row cannot be made.
        """
        if self.is_done():
            return
        with writing_to(self.out.parent, _ADVICE):
            shutil.rmtree(self._draft, ignore_errors=True)
            self._draft.mkdir(parents=True)
            try:
                with_pictures = False
                for source in self.sources:
                    with_pictures = self._write(source, progress)
                if self.view.name == "llama-factory":
                    _write_json(self._draft / "dataset_info.json", self._listing(with_pictures))
                _write_json(self._draft / _NOTE, self._note)
                if self.out.is_dir():
                    self.out.rmdir()  # empty, or it would not have come so far
                os.replace(self._draft, self.out)
            finally:
                shutil.rmtree(self._draft, ignore_errors=True)

    def file_name(self, split: str) -> str:
        """Return the name of a split's file."""
        return f"{split}.{'parquet' if self.storage == 'parquet' else 'jsonl'}"

    def _write(self, source: Source, progress: Callable[[int], object]) -> bool:
        """Write a split; return whether its rows have pictures."""
        rows = source.rows()
        first = next(rows, None)
        with_pictures = first is not None and first.get("image") is not None
        every = rows if first is None else chain([first], rows)
        path = self._draft / self.file_name(source.split)
        if self.storage == "parquet":
            self._write_parquet(path, every, with_pictures, progress)
        else:
            self._write_lines(path, every, progress)
        return with_pictures

    def _write_parquet(
        self,
        path: Path,
        rows: Iterator[Row],
        with_pictures: bool,
        progress: Callable[[int], object],
    ) -> None:
        schema = self.view.features(with_pictures).arrow_schema
        if not self.view.typed:
            schema = schema.remove_metadata()
        with pq.ParquetWriter(path, schema) as writer:
            while batch := list(islice(rows, _AT_ONCE)):
                made = [self.view.row(row, self.settings) for row in batch]
                writer.write_table(pa.Table.from_pylist(made, schema=schema))
                progress(len(batch))

    def _write_lines(
        self, path: Path, rows: Iterator[Row], progress: Callable[[int], object]
    ) -> None:
        with open(path, "w", encoding="utf-8", newline="\n") as file:
            for row in rows:
                made = self.view.row(row, self.settings)
                if "images" in made:
                    made["images"] = [
                        self._write_picture(f"images/{row['game']}/{row['data_id']}.png", image)
                        for image in made["images"]
                    ]
                file.write(json.dumps(made, ensure_ascii=False) + "\n")
                progress(1)

    def _write_picture(self, name: str, image: Row | bytes) -> str:
        path = self._draft / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(image if isinstance(image, bytes) else image["bytes"])
        return name

    def _listing(self, with_pictures: bool) -> dict[str, Any]:
        """Return LLaMA-Factory's dataset_info.json: gameqa, and gameqa_<split> for the others."""
        columns = {"messages": "messages", **({"images": "images"} if with_pictures else {})}
        tags = {
            "role_tag": "role",
            "content_tag": "content",
            "user_tag": "user",
            "assistant_tag": "assistant",
        }
        return {
            "gameqa" if source.split == "train" else f"gameqa_{source.split}": {
                "file_name": self.file_name(source.split),
                "formatting": "sharegpt",
                "columns": columns,
                "tags": tags,
            }
            for source in self.sources
        }


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
