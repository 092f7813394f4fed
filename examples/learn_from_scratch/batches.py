"""Rows of a gameqa stream as tensors: small pictures, words as numbers, answers."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np
import torch
from datasets import load_dataset
from PIL import Image
from torch import Tensor
from torch.utils.data import DataLoader

import gameqa  # noqa: F401  (teaches load_dataset the name "gameqa")

SIDE = 96  # pixels of the picture that the network sees
WORDS = 4096  # words are hashed into this many numbers; 0 is no word
QUESTION_WORDS, OPTION_WORDS, OPTIONS = 20, 10, 8


class Batch(NamedTuple):
    """B rows. Unused options are zeros; `options_given` says how many there are."""

    pictures: Tensor  # uint8, B x 3 x SIDE x SIDE
    question: Tensor  # int64, B x QUESTION_WORDS
    options: Tensor  # int64, B x OPTIONS x OPTION_WORDS
    options_given: Tensor  # int64, B
    answer: Tensor  # int64, B: 0 for A, 1 for B ...


def train_batches(
    task: str, plot_level: str, seed: int, batch_size: int, workers: int
) -> Iterator[Batch]:
    """Batches without an end; every row is new."""
    rows = _stream(task, plot_level, split="train", train_size=None, seed=seed)
    return iter(
        DataLoader(
            rows,
            batch_size=batch_size,
            collate_fn=collate,
            num_workers=workers,
            prefetch_factor=4 if workers else None,
        )
    )


def test_batch(task: str, plot_level: str, rows: int) -> Batch:
    """The test split in one batch: boards that cannot occur in training, whatever the seed."""
    loader = DataLoader(
        _stream(task, plot_level, split="test", test_size=rows), batch_size=64, collate_fn=collate
    )
    return Batch(*map(torch.cat, zip(*loader, strict=True)))


def _stream(task: str, plot_level: str, **options: Any) -> Any:
    game, name = task.split("/")
    return load_dataset(
        "gameqa", game, tasks=[name], plot_level=plot_level, streaming=True, **options
    )


def collate(rows: list[dict[str, Any]]) -> Batch:
    return Batch(
        torch.from_numpy(np.stack([_small(row["image"]) for row in rows])),
        torch.tensor([_words(_asked(row["question"]), QUESTION_WORDS) for row in rows]),
        torch.tensor(
            [
                [_words(text, OPTION_WORDS) for text in (row["options"] + [""] * OPTIONS)[:OPTIONS]]
                for row in rows
            ]
        ),
        torch.tensor([len(row["options"]) for row in rows]),
        torch.tensor([ord(row["answer"]) - ord("A") for row in rows]),
    )


def _small(picture: Image.Image) -> np.ndarray:
    pixels = picture.convert("RGB").resize((SIDE, SIDE), Image.Resampling.BOX)
    return np.asarray(pixels).transpose(2, 0, 1)


def _asked(question: str) -> str:
    """The sentence that asks: the rules before it are the same in every row of a task."""
    return question.split("\n\nOptions:")[0].splitlines()[-1]


def _words(text: str, length: int) -> list[int]:
    found = re.findall(r"\d+|[a-z_]+|[<>=]", text.lower())[-length:]
    return [zlib.crc32(word.encode()) % (WORDS - 1) + 1 for word in found] + [0] * (
        length - len(found)
    )
