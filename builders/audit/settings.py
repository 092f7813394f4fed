"""What the audit asks for: the bounds of every check, each where the promise is made."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Bounds:
    """What passes.

    Attributes:
        few: samples of a cell below which guessers and levels only warn: chance would fail them.
        above_chance: by how much a guesser may beat chance in a choice task.
        constant: how often one answer may be right in an open task.
        duplicates: share of exact duplicates in 10,000 samples.
        told: share of the board in words that a question may repeat.
        pixels: the least number of pixels of a picture.
        side: the longest side of a picture.
        colours: how many colours a picture may have.
        file: the largest picture file in bytes.
    """

    few: int = 100
    above_chance: float = 0.05
    constant: float = 0.40
    duplicates: float = 0.001
    told: float = 0.25
    pixels: int = 200_000
    side: int = 896
    colours: int = 256
    file: int = 90_000
