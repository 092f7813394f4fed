"""How grids are made: a word, starts that lead nowhere, and other letters around them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from gameqa.games.word_search.rules import (
    ALPHABET,
    DIRECTIONS,
    Cell,
    Placement,
    State,
    hits,
    path,
    strings,
)
from gameqa.games.word_search.vocabulary import UNWANTED
from gameqa.rng import Rng

Letters = dict[Cell, str]

_REPAIRS = 8
"""Rounds in which second occurrences of a word are broken up; each leaves hardly any."""

LOOK_ALIKES = ("OQCGD", "ILTJ", "MNW", "UVY", "EF", "PRB", "SZ", "KX", "AH")
"""Letters that are taken for each other; every letter is in exactly one group."""

GROUP_OF = {letter: group for group in LOOK_ALIKES for letter in group}

_UNWANTED = re.compile("|".join(part for word in UNWANTED for part in (word, word[::-1])))


@dataclass(frozen=True)
class Knobs:
    """What makes a grid easy or hard.

    Attributes:
        sizes: least and greatest number of rows and of columns.
        counts: of the window of letter counts: lowest and highest first value.
        decoys: least and greatest number of starts of the word that lead nowhere.
        own_letters: share of the other letters that are taken from the word.
    """

    sizes: tuple[int, int]
    counts: tuple[int, int]
    decoys: tuple[int, int] = (2, 6)
    own_letters: float = 0.5


def is_clean(size: int, letters: str) -> bool:
    """Whether no unwanted string stands in a square of letters, in any direction."""
    return _UNWANTED.search(strings(size, size, letters)) is None


def _state(size: int, letters: str, *words: Placement) -> State:
    return State(tuple(letters[r * size : (r + 1) * size] for r in range(size)), words)


def lettered(size: int, rng: Rng, alphabet: str = ALPHABET) -> State | None:
    """Fill a grid at random, each letter of ``alphabet`` equally likely."""
    letters = "".join(alphabet[i] for i in rng.array(size * size, len(alphabet)).tolist())
    return _state(size, letters) if is_clean(size, letters) else None


def with_count(size: int, letter: str, times: int, alike: bool, rng: Rng) -> State | None:
    """Fill a grid in which a letter occurs a given number of times.

    Args:
        size: rows and columns.
        letter: the letter.
        times: how often.
        alike: whether letters that look like it are three times as frequent as the others.
        rng: the substream.
    """
    rest = ALPHABET.replace(letter, "")
    if alike:
        rest += 2 * GROUP_OF[letter].replace(letter, "")
    flat = [rest[i] for i in rng.array(size * size, len(rest)).tolist()]
    for cell in rng.sample(range(size * size), times):
        flat[cell] = letter
    letters = "".join(flat)
    return _state(size, letters) if is_clean(size, letters) else None


def fits(size: int, start: Cell, direction: str, length: int) -> bool:
    """Whether a word lies in the grid from a cell in a direction."""
    row, col = path(start, direction, length)[-1]
    return 1 <= row <= size and 1 <= col <= size


@lru_cache(maxsize=4096)
def starts(size: int, directions: tuple[str, ...], length: int) -> tuple[range, range]:
    """Return the rows and columns from which a word lies in the grid in all directions."""
    steps = [DIRECTIONS[direction] for direction in directions]
    low, high = length, size - length + 1
    rows, cols = (
        range(
            low if any(step[axis] < 0 for step in steps) else 1,
            (high if any(step[axis] > 0 for step in steps) else size) + 1,
        )
        for axis in (0, 1)
    )
    return rows, cols


def write(letters: Letters, start: Cell, direction: str, text: str) -> bool:
    """Write letters from a cell on, if the cells are empty or hold them already."""
    cells = list(zip(path(start, direction, len(text)), text, strict=True))
    if any(letters.get(cell, letter) != letter for cell, letter in cells):
        return False
    letters.update(cells)
    return True


def finished(
    knobs: Knobs, size: int, letters: Letters, placed: Placement, rng: Rng
) -> State | None:
    """Add starts of the word that lead nowhere, and all other letters.

    Args:
        knobs: the level.
        size: rows and columns.
        letters: what stands in the grid already, the word included.
        placed: the word.
        rng: the substream.

    Returns:
        None where a second occurrence of the word, or an unwanted string, cannot be mended.
    """
    word = placed.word
    names = tuple(DIRECTIONS)
    for _ in range(rng.integers(knobs.decoys[0], knobs.decoys[1] + 1)):
        start, direction = (1 + rng.below(size), 1 + rng.below(size)), rng.choice(names)
        if fits(size, start, direction, len(word)):
            write(letters, start, direction, word[: rng.integers(2, len(word))])
    lot, share = rng.random, knobs.own_letters
    fixed = {(r - 1, c - 1) for r, c in letters}
    flat = [
        letters.get((r, c))
        or (word[int(lot() * len(word))] if lot() < share else ALPHABET[int(lot() * 26)])
        for r in range(1, size + 1)
        for c in range(1, size + 1)
    ]
    apart = [letter for letter in ALPHABET if letter not in word]
    for _ in range(_REPAIRS):
        text = "".join(flat)
        found = hits(size, size, text, word)
        if len(found) == 1:
            return _state(size, text, placed) if is_clean(size, text) else None
        for cells in found:
            free = [cell for cell in cells if divmod(cell, size) not in fixed]
            if free:
                flat[rng.choice(free)] = rng.choice(apart)
    return None
