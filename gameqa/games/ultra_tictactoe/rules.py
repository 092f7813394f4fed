"""Rules of Ultra Tic-Tac-Toe: where a move may go, what it scores, and what a board shows.

Grids, and positions in a grid, are numbered 0 to 8 in reading order; cell ``9 * grid + position``.
People read cells as ``(i, j, row, col)``, all 1 to 3: see `cell_name`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from gameqa.grids import bits

MARKS = "XO"
"""The marks of the first and the second player, who are numbered 0 and 1."""

PLAYERS = ("first player", "second player")

MIDDLE = 4
"""The middle grid, and the middle position of each grid."""

LINES: dict[str, int] = {
    "row 1": 0b000000111,
    "row 2": 0b000111000,
    "row 3": 0b111000000,
    "column 1": 0b001001001,
    "column 2": 0b010010010,
    "column 3": 0b100100100,
    "the diagonal from the top left": 0b100010001,
    "the diagonal from the top right": 0b001010100,
}
"""The lines of a grid as masks of positions."""

POINTS = tuple(sum(mask & line == line for line in LINES.values()) for mask in range(512))
"""How many lines a mask of own marks completes."""

FREE = tuple(tuple(p for p in range(9) if not taken >> p & 1) for taken in range(512))
"""The positions that a mask of taken ones leaves."""

Name = tuple[int, ...]


def pair_name(number: int) -> Name:
    """Return a grid, or a position in one, as people read it: (row, column) from 1."""
    return 1 + number // 3, 1 + number % 3


def cell_name(cell: int) -> Name:
    """Return a cell as people read it: (i, j, row, col)."""
    return pair_name(cell // 9) + pair_name(cell % 9)


def cell_of(name: Sequence[int]) -> int:
    """Return the cell of that name."""
    i, j, row, col = name
    return 27 * i + 9 * j + 3 * row + col - 40


def grid_of(name: Sequence[int]) -> int:
    """Return the grid, or the position, of that name."""
    return 3 * name[0] + name[1] - 4


class Position:
    """A board in the course of a game, changed by every move.

    Attributes:
        marks: for each player the masks of the nine grids.
        count: pieces on the board.
        last: the cell of the last move, -1 before the first.
    """

    def __init__(self) -> None:
        """Start with the empty board."""
        self.marks = ([0] * 9, [0] * 9)
        self.count = 0
        self.last = -1

    @property
    def mover(self) -> int:
        """The player to move."""
        return self.count & 1

    @property
    def forced(self) -> int:
        """The grid that the next move must go to."""
        return self.last % 9 if self.count else MIDDLE

    def free(self) -> tuple[int, ...]:
        """Return the positions in the forced grid that are empty; none when the game is over."""
        return FREE[self.taken(self.forced)]

    def taken(self, grid: int) -> int:
        """Return the mask of a grid's pieces."""
        return self.marks[0][grid] | self.marks[1][grid]

    def put(self, cell: int) -> None:
        """Put the mover's piece on a cell."""
        self.marks[self.count & 1][cell // 9] |= 1 << cell % 9
        self.count += 1
        self.last = cell

    def owner(self, cell: int) -> int | None:
        """Return the player whose piece is on a cell."""
        for player, masks in enumerate(self.marks):
            if masks[cell // 9] >> cell % 9 & 1:
                return player
        return None

    def middles(self) -> list[int | None]:
        """Return who owns the middle position of every grid."""
        return [self.owner(9 * grid + MIDDLE) for grid in range(9)]

    def gains(self, player: int) -> dict[int, int]:
        """Return how many lines a piece of a player would complete on each cell of `free`."""
        mine = self.marks[player][self.forced]
        return {at: POINTS[mine | 1 << at] - POINTS[mine] for at in self.free()}


def replay(moves: Sequence[int]) -> Iterator[Position]:
    """Yield the board after every move: always the same object, so look before the next."""
    position = Position()
    for cell in moves:
        position.put(cell)
        yield position


@dataclass(frozen=True)
class State:
    """A game in progress.

    Attributes:
        moves: the cells taken so far, X's first.
        mark_last: whether the last move is tinted in the picture and told in the text view.
    """

    moves: tuple[int, ...]
    mark_last: bool = False

    @cached_property
    def position(self) -> Position:
        """The board after all moves; not to be changed."""
        position = Position()
        for cell in self.moves:
            position.put(cell)
        return position

    @cached_property
    def board(self) -> tuple[str, ...]:
        """The nine grids as strings of nine signs: X, O, or . for an empty cell."""
        signs = ["."] * 81
        for number, cell in enumerate(self.moves):
            signs[cell] = MARKS[number & 1]
        text = "".join(signs)
        return tuple(text[at : at + 9] for at in range(0, 81, 9))


def lines_of(mask: int) -> list[str]:
    """Return the names of the lines that a mask of own marks completes."""
    return [name for name, line in LINES.items() if mask & line == line]


def names_of(mask: int) -> list[Name]:
    """Return the positions of a mask as people read them."""
    return [pair_name(at) for at in bits(mask)]
