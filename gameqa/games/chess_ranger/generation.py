"""How boards are made: captures undone from a single piece, so that a solution exists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gameqa.games.chess_ranger.rules import (
    KINDS,
    SOURCES,
    Position,
    State,
    has_idle_piece,
    kind_of,
    piece,
    square_of,
)
from gameqa.rng import Rng

QUEEN = KINDS.index("queen")

_MOST_QUEENS = 2
_SHIFTS = 12
"""Unsolvable boards tried that come from one solvable board."""


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        pieces: least and greatest number of pieces.
        counted: the same where pieces of a kind are counted.
        captures: least and greatest number of captures in the answers of `captures_to_solve`.
        needs_care: whether some legal first capture has to be a mistake.
    """

    pieces: tuple[int, int]
    counted: tuple[int, int]
    captures: tuple[int, int]
    needs_care: bool = False


def draw_kinds(count: int, rng: Rng, without: int | None = None) -> list[int]:
    """Draw kinds of pieces, each equally likely, with no more than a few queens.

    Args:
        count: how many.
        rng: the substream.
        without: a kind that must not be among them.
    """
    allowed = [kind for kind in range(len(KINDS)) if kind != without]
    kinds: list[int] = []
    for _ in range(count):
        if kinds.count(QUEEN) == _MOST_QUEENS and QUEEN in allowed:
            allowed.remove(QUEEN)
        kinds.append(rng.choice(allowed))
    return kinds


def solvable(kinds: Sequence[int], rng: Rng) -> Position | None:
    """Place pieces of these kinds by undoing captures, the last capture of the solution first.

    Returns:
        A position that can be solved, or None where no capture could be undone.
    """
    board = {rng.below(64): kinds[0]}
    for kind in kinds[1:]:
        for square in rng.shuffled(sorted(board)):
            origins = _origins(board, square)
            if origins:
                break
        else:
            return None
        board[rng.choice(origins)] = board[square]
        board[square] = kind
    return tuple(sorted(piece(square, kind) for square, kind in board.items()))


def _origins(board: dict[int, int], square: int) -> list[int]:
    """Return the empty squares from which the piece on ``square`` can have captured there."""
    origins = []
    for ray in SOURCES[board[square]][square]:
        for origin in ray:
            if origin in board:
                break
            origins.append(origin)
    return origins


def solvable_boards(kinds: Sequence[int], rng: Rng) -> Iterator[State]:
    """Yield a solvable board of these kinds, or none where their order leads nowhere."""
    position = solvable(rng.shuffled(kinds), rng)
    if position is not None:
        yield State(position)


def shifted_boards(kinds: Sequence[int], rng: Rng) -> Iterator[State]:
    """Yield boards that are solvable but for one piece on another square; some still are."""
    position = solvable(rng.shuffled(kinds), rng)
    if position is None:
        return
    empty = sorted(set(range(64)) - set(map(square_of, position)))
    for _ in range(_SHIFTS):
        moved = rng.below(len(position))
        left = [*position[:moved], *position[moved + 1 :]]
        left.append(piece(rng.choice(empty), kind_of(position[moved])))
        shifted = tuple(sorted(left))
        if not has_idle_piece(shifted):
            yield State(shifted)
