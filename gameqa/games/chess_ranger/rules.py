"""Rules of Chess Ranger: which captures a position allows, and what is left after one.

Squares are numbered ``8 * row + col`` with row 0 for rank 8, so that reading order ascends. A
piece is the number ``8 * square + kind``, and a position the ascending tuple of its pieces.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

Position = tuple[int, ...]
Capture = tuple[int, int]
"""The capturing and the captured piece."""

LETTERS = "PRNBQK"
KINDS = ("pawn", "rook", "knight", "bishop", "queen", "king")

_STRAIGHT = ((-1, 0), (0, 1), (1, 0), (0, -1))
_DIAGONAL = ((-1, -1), (-1, 1), (1, 1), (1, -1))
_STEPS: tuple[tuple[tuple[int, int], ...], ...] = (
    ((-1, -1), (-1, 1)),
    _STRAIGHT,
    tuple((r, c) for r in (-2, -1, 1, 2) for c in (-2, -1, 1, 2) if abs(r) != abs(c)),
    _DIAGONAL,
    _STRAIGHT + _DIAGONAL,
    _STRAIGHT + _DIAGONAL,
)
_SLIDES = (False, True, False, True, True, False)

Rays = tuple[tuple[int, ...], ...]
"""Squares in every direction of a piece, the nearest first; one a direction unless it slides."""


def _rays(square: int, kind: int, backwards: bool) -> Rays:
    rays = []
    for dr, dc in _STEPS[kind]:
        if backwards:
            dr, dc = -dr, -dc
        r, c = square // 8 + dr, square % 8 + dc
        ray = []
        while 0 <= r < 8 and 0 <= c < 8:
            ray.append(8 * r + c)
            if not _SLIDES[kind]:
                break
            r, c = r + dr, c + dc
        if ray:
            rays.append(tuple(ray))
    return tuple(rays)


SOURCES: tuple[tuple[Rays, ...], ...] = tuple(
    tuple(_rays(square, kind, backwards=True) for square in range(64)) for kind in range(6)
)
"""By kind and square: the squares from which such a piece could capture on it."""


def _targets(square: int, kind: int) -> dict[int, int]:
    targets = {}
    for ray in _rays(square, kind, backwards=False):
        between = 0
        for target in ray:
            targets[target] = between
            between |= 1 << target
    return targets


_TARGETS = [_targets(piece >> 3, piece & 7) if piece & 7 < 6 else {} for piece in range(512)]
"""By piece: the squares it reaches, each with the mask of squares that have to be empty."""


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        position: its pieces.
    """

    position: Position

    @property
    def fen(self) -> str:
        """The board in Forsyth's notation, all letters capital."""
        kinds = {square_of(piece): LETTERS[kind_of(piece)] for piece in self.position}
        ranks = []
        for row in range(8):
            text = "".join(kinds.get(8 * row + col, ".") for col in range(8))
            for gap in range(8, 0, -1):
                text = text.replace("." * gap, str(gap))
            ranks.append(text)
        return "/".join(ranks)


def piece(square: int, kind: int) -> int:
    """Return the piece of a kind on a square."""
    return square << 3 | kind


def square_of(piece: int) -> int:
    """Return a piece's square."""
    return piece >> 3


def kind_of(piece: int) -> int:
    """Return a piece's kind, an index of `KINDS`."""
    return piece & 7


def square_name(square: int) -> str:
    """Write a square, e.g. ``d5``."""
    return "abcdefgh"[square % 8] + str(8 - square // 8)


def square_number(name: str) -> int:
    """Read a square."""
    return 8 * (8 - int(name[1])) + "abcdefgh".index(name[0])


def captures(position: Position) -> list[tuple[int, int]]:
    """Return the legal captures as indices of the capturing and the captured piece."""
    squares = [piece >> 3 for piece in position]
    occupied = 0
    for square in squares:
        occupied |= 1 << square
    found = []
    for i, mover in enumerate(position):
        targets = _TARGETS[mover]
        for j, square in enumerate(squares):
            between = targets.get(square)
            if between is not None and not occupied & between:
                found.append((i, j))
    return found


def after(position: Position, i: int, j: int) -> Position:
    """Return the position after piece ``i`` captured piece ``j``."""
    left = list(position)
    left[j] = position[j] & ~7 | position[i] & 7
    del left[i]
    return tuple(left)


def moves(position: Position) -> Iterator[tuple[Capture, Position]]:
    """Yield every legal capture with the position after it."""
    for i, j in captures(position):
        yield (position[i], position[j]), after(position, i, j)


def has_idle_piece(position: Position) -> bool:
    """Whether some piece neither attacks another one nor is attacked."""
    return len({index for capture in captures(position) for index in capture}) < len(position)
