"""Perfect play: what every move is worth, and which moves are best."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from gameqa.games.tictactoe.rules import (
    OTHER,
    canonical,
    empties,
    is_over,
    mover,
    put,
    threats,
    winner,
)

_WIN = 10


@lru_cache(maxsize=1024)
def _score(board: str) -> int:
    """Return what a canonical board is worth to the player to move; faster wins are worth more."""
    if winner(board):
        return -_WIN
    places = empties(board)
    if not places:
        return 0
    player = mover(board)
    return max(_later(-_score(canonical(put(board, place, player)))) for place in places)


def _later(score: int) -> int:
    """Move a win or loss one step towards a draw."""
    return score - (score > 0) + (score < 0)


def _sign(score: int) -> int:
    return (score > 0) - (score < 0)


@dataclass(frozen=True)
class Judgement:
    """What the moves on an unfinished board are worth.

    Attributes:
        value: 1, 0 or -1 for the player to move: a win, draw or loss with perfect play.
        best: the places that keep the value and win as fast, or lose as late, as can be.
        optimal: the places that keep the value.
        values: for every empty place the value after a move there.
    """

    value: int
    best: tuple[int, ...]
    optimal: tuple[int, ...]
    values: dict[int, int]


@lru_cache(maxsize=8192)
def judge(board: str) -> Judgement:
    """Judge all moves on an unfinished board."""
    player = mover(board)
    scores = {
        place: _later(-_score(canonical(put(board, place, player)))) for place in empties(board)
    }
    top = max(scores.values())
    return Judgement(
        _sign(top),
        tuple(place for place, score in scores.items() if score == top),
        tuple(place for place, score in scores.items() if _sign(score) == _sign(top)),
        {place: _sign(score) for place, score in scores.items()},
    )


def best_moves(board: str) -> tuple[int, ...]:
    """Return the best places; none when the game is over."""
    return () if is_over(board) else judge(board).best


def reply_to(board: str, move: int) -> str | None:
    """Return the board on which the other player is to reply to a move, None if there is none."""
    if is_over(board) or board[move] != ".":
        return None
    after = put(board, move, mover(board))
    return None if is_over(after) else after


def line_of_play(board: str) -> list[tuple[str, int]]:
    """Return best play from a board to its end as players and places, first places preferred."""
    moves = []
    while not is_over(board):
        player, place = mover(board), judge(board).best[0]
        moves.append((player, place))
        board = put(board, place, player)
    return moves


def is_fork(board: str, place: int) -> bool:
    """Whether the player to move makes two threats at once by a move."""
    player = mover(board)
    after = put(board, place, player)
    return len(threats(after, player)) >= 2 and not threats(board, OTHER[player])
