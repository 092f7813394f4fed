"""Rules of word search: the grid, the eight directions, and where a word occurs.

Cells are ``(row, column)``, 1-based from the top-left corner, as printed in the picture.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

Cell = tuple[int, int]

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

DIRECTIONS: dict[str, Cell] = {
    "right": (0, 1),
    "left": (0, -1),
    "down": (1, 0),
    "up": (-1, 0),
    "down-right": (1, 1),
    "down-left": (1, -1),
    "up-right": (-1, 1),
    "up-left": (-1, -1),
}

ALIASES = {
    f"diagonal-{across}-{down}": f"{down}-{across}"
    for across in ("right", "left")
    for down in ("down", "up")
}
"""The published names of the diagonal directions, and what else people say."""
ALIASES |= {f"{name}ward{s}": name for name in ("right", "left", "down", "up") for s in ("s", "")}
ALIASES |= {f"to the {name}": name for name in ("right", "left")}
ALIASES |= {f"diagonally {name}": name for name in DIRECTIONS if "-" in name}


class Placement(NamedTuple):
    """Where a word stands.

    Attributes:
        word: the word.
        row, col: the cell of its first letter.
        direction: where the next letters are.
    """

    word: str
    row: int
    col: int
    direction: str


@dataclass(frozen=True)
class State:
    """A grid.

    Attributes:
        grid: rows of letters.
        words: the words that are hidden in it on purpose.
    """

    grid: tuple[str, ...]
    words: tuple[Placement, ...] = ()

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.grid)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.grid[0])

    def letter(self, cell: Cell) -> str:
        """Return the letter of a cell."""
        return self.grid[cell[0] - 1][cell[1] - 1]

    def has(self, cell: Cell) -> bool:
        """Whether a cell lies in the grid."""
        return 1 <= cell[0] <= self.rows and 1 <= cell[1] <= self.cols

    def read(self, start: Cell, direction: str, count: int) -> str:
        """Read letters from a cell on; fewer than ``count`` where the grid ends."""
        cells = path(start, direction, count)
        return "".join(self.letter(cell) for cell in cells if self.has(cell))


def path(start: Cell, direction: str, count: int) -> list[Cell]:
    """Return ``count`` cells in a direction, in the grid or not."""
    dr, dc = DIRECTIONS[direction]
    return [(start[0] + i * dr, start[1] + i * dc) for i in range(count)]


@lru_cache(maxsize=64)
def _lines(rows: int, cols: int) -> tuple[tuple[int, int, int, int], ...]:
    """Return every row, column and diagonal: first cell (0-based) and step, in one direction."""
    lines = [(r, 0, 0, 1) for r in range(rows)] + [(0, c, 1, 0) for c in range(cols)]
    for start in (*((r, 0) for r in range(rows)), *((0, c) for c in range(1, cols))):
        lines.append((*start, 1, 1))
    for start in (*((r, cols - 1) for r in range(rows)), *((0, c) for c in range(cols - 1))):
        lines.append((*start, 1, -1))
    return tuple(lines)


@lru_cache(maxsize=64)
def _order(rows: int, cols: int) -> tuple[int, ...]:
    """Return the numbers of the cells along all lines, a separator's number between them."""
    order = []
    for r, c, dr, dc in _lines(rows, cols):
        while 0 <= r < rows and 0 <= c < cols:
            order.append(r * cols + c)
            r, c = r + dr, c + dc
        order.append(rows * cols)
    return tuple(order)


def strings(rows: int, cols: int, letters: str) -> str:
    """Return all rows, columns and diagonals in one string, a bar after each.

    Args:
        rows, cols: the size of the grid.
        letters: its letters in reading order.
    """
    return "".join(itemgetter(*_order(rows, cols))(letters + "|"))


def hits(rows: int, cols: int, letters: str, word: str) -> list[list[int]]:
    """Return the cells of every occurrence of a word, in any direction, numbered from 0."""
    text, order = strings(rows, cols, letters), _order(rows, cols)
    found = []
    for wanted in (word, word[::-1]):
        at = text.find(wanted)
        while at >= 0:
            found.append(list(order[at : at + len(word)]))
            at = text.find(wanted, at + 1)
    return found


def occurrences(state: State, word: str) -> Iterator[tuple[Cell, str]]:
    """Yield start and direction of every occurrence of a word, in reading order."""
    for r, row in enumerate(state.grid, 1):
        for c, letter in enumerate(row, 1):
            if letter == word[0]:
                for direction in DIRECTIONS:
                    if state.read((r, c), direction, len(word)) == word:
                        yield (r, c), direction
