"""Rules of tic-tac-toe: boards, whose turn it is, lines, and the eight images of a board.

A board is a text of nine signs in reading order: ``O``, ``X`` or ``.`` for an empty cell.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

Cell = tuple[int, int]

EMPTY = "."
PLAYERS = ("O", "X")
OTHER = {"O": "X", "X": "O"}

LINES = (
    *((3 * r, 3 * r + 1, 3 * r + 2) for r in range(3)),
    *((c, c + 3, c + 6) for c in range(3)),
    (0, 4, 8),
    (2, 4, 6),
)
"""The rows, columns and diagonals as places in the text."""


@dataclass(frozen=True)
class State:
    """A board that alternate play can produce, O moving first."""

    board: str

    def at(self, cell: Cell) -> str:
        """Return the sign of a cell."""
        return self.board[3 * cell[0] + cell[1]]


def cell_of(place: int) -> Cell:
    """Return row and column of a place in the text."""
    return divmod(place, 3)


def place_of(cell: Cell) -> int:
    """Return the place in the text of a row and column."""
    return 3 * cell[0] + cell[1]


def mover(board: str) -> str:
    """Return who moves next, if the game is not over."""
    return "O" if board.count("O") == board.count("X") else "X"


def put(board: str, place: int, player: str) -> str:
    """Return the board after a mark was made."""
    return board[:place] + player + board[place + 1 :]


def empties(board: str) -> list[int]:
    """Return the empty places."""
    return [place for place, sign in enumerate(board) if sign == EMPTY]


def winner(board: str) -> str | None:
    """Return who owns a line."""
    for a, b, c in LINES:
        if board[a] == board[b] == board[c] != EMPTY:
            return board[a]
    return None


def is_over(board: str) -> bool:
    """Whether the game is won or the board is full."""
    return EMPTY not in board or winner(board) is not None


def threats(board: str, player: str) -> list[int]:
    """Return the empty places where a player would complete a line."""
    return [place for place in empties(board) if winner(put(board, place, player)) == player]


def line_through(board: str, place: int) -> tuple[int, ...] | None:
    """Return a full line of one player through a place."""
    for line in LINES:
        if place in line and len({board[at] for at in line}) == 1 and board[place] != EMPTY:
            return line
    return None


def _turned(places: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(places[3 * (2 - c) + r] for r in range(3) for c in range(3))


def _images() -> tuple[tuple[int, ...], ...]:
    found = [tuple(range(9))]
    for _ in range(3):
        found.append(_turned(found[-1]))
    mirrored = [
        tuple(places[3 * r + 2 - c] for r in range(3) for c in range(3)) for places in found
    ]
    return (*found, *mirrored)


IMAGES = _images()
"""The rotations and reflections: image i of a board has at place p what the board has at i[p]."""


def image(board: str, places: tuple[int, ...]) -> str:
    """Return one image of a board."""
    return "".join([board[place] for place in places])


@lru_cache(maxsize=8192)
def canonical(board: str) -> str:
    """Return the smallest of a board's eight images: what decides the split."""
    return min(image(board, places) for places in IMAGES)
