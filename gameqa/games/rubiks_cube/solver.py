"""How far a cube, or one face of it, is from solved: exact up to six quarter turns.

The search meets in the middle. All 1195 positions within three turns of a goal are known, each
with the turns that lead to the goal; from the cube at hand all sequences of up to three turns are
tried, the shortest first, until one ends in a known position. The first hit is a shortest way,
and the first of all shortest ways in the order of `TURNS`.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import numpy as np
import numpy.typing as npt

from gameqa.games.rubiks_cube.rules import FACES, SOURCES, TURNS, Stickers, centres
from gameqa.rng import Rng

REACH = 3
LIMIT = 2 * REACH
"""The greatest distance that is found."""

Turns = tuple[str, ...]
_Vector = npt.NDArray[np.uint8]


class _Words:
    """The shortest turn sequences up to `REACH`, one for each position that they lead to.

    Attributes:
        words: the sequences, by length, those of one length in the order of `TURNS`.
        counts: how many are no longer than 0, 1, 2, ... turns.
        sources: of each word, where the sticker at each place comes from.
        targets: of each word, where the sticker at each place goes.
    """

    def __init__(self) -> None:
        steps = [np.array(SOURCES[turn], np.uint8) for turn in TURNS]
        start = np.arange(54, dtype=np.uint8)
        self.words: list[Turns] = [()]
        self.counts = [1]
        found = {start.tobytes(): start}
        layer: list[tuple[Turns, _Vector]] = [((), start)]
        for _ in range(REACH):
            grown: list[tuple[Turns, _Vector]] = []
            for word, sources in layer:
                for turn, step in zip(TURNS, steps, strict=True):
                    after = sources[step]
                    if found.setdefault(after.tobytes(), after) is after:
                        grown.append(((*word, turn), after))
            layer = grown
            self.words += [word for word, _ in layer]
            self.counts.append(len(self.words))
        self.sources = np.stack(list(found.values()))
        self.targets = np.argsort(self.sources, axis=1)


@cache
def _words() -> _Words:
    return _Words()


def positions(turns: int) -> int:
    """Return to how many positions of the cube at most ``turns`` <= `REACH` turns lead."""
    return _words().counts[turns]


def _rows(vectors: _Vector) -> Iterator[bytes]:
    data = vectors.tobytes()
    return (data[at : at + 54] for at in range(0, len(data), 54))


# A goal is a face, or None for the whole cube. All that counts of the stickers is which of them
# belong to the face, or to which face each belongs.
def _vector(stickers: Stickers, face: str | None) -> _Vector:
    if face is not None:
        own = stickers[9 * FACES.index(face) + 4]
        return np.array([colour == own for colour in stickers], np.uint8)
    home = {colour: index for index, colour in enumerate(centres(stickers))}
    return np.array([home[colour] for colour in stickers], np.uint8)


@cache
def _known(face: str | None) -> dict[bytes, Turns]:
    """Every position within `REACH` turns of a goal, and its first shortest way there."""
    words = _words()
    goal = _vector(tuple(place // 9 for place in range(54)), face)
    known: dict[bytes, Turns] = {}
    for row, word in zip(_rows(goal[words.targets]), words.words, strict=True):
        known.setdefault(row, word)
    return known


def solution(stickers: Stickers, face: str | None = None) -> Turns | None:
    """Return the first shortest way to solve a face or the cube; None beyond `LIMIT` turns."""
    words, known = _words(), _known(face)
    vector = _vector(stickers, face)
    first = 0
    for last in words.counts:
        for at, row in enumerate(_rows(vector[words.sources[first:last]]), first):
            if row in known:
                return words.words[at] + known[row]
        first = last
    return None


def any_solution(stickers: Stickers, face: str, rng: Rng) -> Turns | None:
    """Return a random shortest way to solve a face; None beyond `LIMIT` turns."""
    first = solution(stickers, face)
    if first is None:
        return None
    words, known = _words(), _known(face)
    middle = len(first) // 2
    low, high = (words.counts[middle - 1] if middle else 0), words.counts[middle]
    rows = _rows(_vector(stickers, face)[words.sources[low:high]])
    ways = [
        word + known[row]
        for row, word in zip(rows, words.words[low:high], strict=True)
        if len(known.get(row, ())) == len(first) - middle
    ]
    return rng.choice(ways)


def most_right(stickers: Stickers, face: str, turns: int) -> int:
    """Return the most right stickers a face can have within ``turns`` <= `REACH` turns."""
    words = _words()
    vector = _vector(stickers, face)
    at = 9 * FACES.index(face)
    after = vector[words.sources[: words.counts[turns], at : at + 9]]
    return int(after.sum(axis=1).max())


def fewest_wrong(stickers: Stickers, turns: int) -> int:
    """Return the fewest misplaced stickers the cube can have after 1 to ``turns`` turns."""
    words = _words()
    after = _vector(stickers, None)[words.sources[1 : words.counts[turns]]]
    return int((after != np.arange(54) // 9).sum(axis=1).min())
