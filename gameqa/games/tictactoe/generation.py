"""Which boards there are, and how one is drawn.

Tic-tac-toe is small: all boards are listed once a process, up to rotation and reflection. A sample
is a draw with replacement, so boards come again in a long dataset; `gameqa.games.tictactoe.census`
says how many different questions there are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gameqa.games.tictactoe.rules import (
    EMPTY,
    IMAGES,
    OTHER,
    State,
    canonical,
    empties,
    image,
    is_over,
    mover,
    put,
    threats,
    winner,
)
from gameqa.games.tictactoe.solver import judge
from gameqa.rng import Rng

WINNING, BLOCKING, DEEP = "winning", "blocking", "deep"
"""Why the best move is best: it wins at once, it blocks, or one has to look further ahead."""

RESULTS = ("O", "X", "draw")
MOST_EMPTY = 7
"""How many cells are empty at most where a colour is asked for: all three colours are there."""

CANDIDATES = 8
"""How many boards one substream offers."""

_KINDS = {"corner": (0, 2, 6, 8), "edge": (1, 3, 5, 7), "centre": (4,)}
_KIND_OF = {place: kind for kind, places in _KINDS.items() for place in places}


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        reason: why the best move is best.
        over: share of boards on which the game is over, where the best move is asked for.
    """

    reason: str
    over: float = 0.12


Boards = dict[int, list[str]]
"""Canonical boards by their number of empty cells."""


Pair = tuple[int, int]
"""Two places up to symmetry: the smallest of their eight images."""

Reply = tuple[str, int]
"""A canonical board and the place of the last move on it."""


@dataclass(frozen=True)
class Catalogue:
    """All reachable boards up to symmetry.

    Attributes:
        asked: for each reason and kind of best cell the boards on which a best move can be asked.
        over: for each result the finished boards.
        last: boards with one empty cell that completes no line.
        replies: for each reason and `Pair` of a move and a best reply the boards on which the reply
            is asked for, the move made already; sensible moves apart from others.
    """

    asked: dict[tuple[str, str], Boards]
    over: dict[str, Boards]
    last: Boards
    replies: dict[str, dict[Pair, dict[bool, list[Reply]]]]


# How often, in thousandths, a move and the best reply lie to each other as a pair does. The move is
# named in the question and must not tell the reply: these shares come from a linear program. It
# gives every cell the reply equally often, no pair of few boards a large share, and then makes
# the likeliest reply to a known move as unlikely as can be (0.13 to 0.16; 0.125 is chance).
_SHARES: dict[str, dict[Pair, int]] = {
    WINNING: {
        (0, 1): 111,
        (0, 2): 111,
        (0, 4): 56,
        (0, 5): 111,
        (0, 8): 56,
        (1, 0): 111,
        (1, 3): 111,
        (1, 4): 56,
        (1, 6): 111,
        (1, 7): 56,
        (4, 0): 56,
        (4, 1): 56,
    },
    BLOCKING: {
        (0, 1): 102,
        (0, 2): 102,
        (0, 4): 51,
        (0, 8): 51,
        (1, 0): 49,
        (1, 3): 120,
        (1, 4): 60,
        (1, 6): 80,
        (1, 7): 60,
        (4, 0): 162,
        (4, 1): 162,
    },
    DEEP: {
        (0, 1): 60,
        (0, 2): 89,
        (0, 4): 72,
        (0, 5): 144,
        (0, 8): 20,
        (1, 0): 160,
        (1, 3): 160,
        (1, 4): 39,
        (1, 6): 160,
        (1, 7): 80,
        (4, 0): 15,
    },
}


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """List all boards that alternate play can produce."""
    found = Catalogue({}, {}, {}, {})
    layer = {EMPTY * 9}
    while layer:
        ahead: set[str] = set()
        for board in sorted(layer):
            free = len(empties(board))
            if is_over(board):
                result = winner(board) or "draw"
                found.over.setdefault(result, {}).setdefault(free, []).append(board)
                continue
            ahead |= {canonical(put(board, place, mover(board))) for place in empties(board)}
            if free == 1 and winner(put(board, board.index(EMPTY), mover(board))) is None:
                found.last.setdefault(free, []).append(board)
            reason = reason_of(board)
            if reason is not None:
                for kind in {kind_of(place): None for place in judge(board).best}:
                    group = found.asked.setdefault((reason, kind), {})
                    group.setdefault(free, []).append(board)
                _add_replies(found.replies.setdefault(reason, {}), board)
        layer = ahead
    return found


def _add_replies(replies: dict[Pair, dict[bool, list[Reply]]], after: str) -> None:
    for move in moves_to(after):
        is_sensible = move in judge(put(after, move, EMPTY)).optimal
        for pair in {pair_of(move, best): None for best in judge(after).best}:
            replies.setdefault(pair, {}).setdefault(is_sensible, []).append((after, move))


def moves_to(after: str) -> list[int]:
    """Return the places that may have been taken last."""
    last = OTHER[mover(after)]
    return [place for place, sign in enumerate(after) if sign == last]


@lru_cache(maxsize=81)
def pair_of(one: int, other: int) -> Pair:
    """Return a pair of places up to symmetry."""
    return min((places.index(one), places.index(other)) for places in IMAGES)


def kind_of(place: int) -> str:
    """Return whether a place is a corner, an edge or the centre."""
    return _KIND_OF[place]


def reason_of(board: str) -> str | None:
    """Return why the best move on an unfinished board is best, None if it cannot be asked for.

    The player to move must not be lost, at most three moves keep the value, and at least two
    do not.
    """
    judged = judge(board)
    worse = len(judged.values) - len(judged.optimal)
    if judged.value < 0 or len(judged.optimal) > 3 or worse < 2:
        return None
    if threats(board, mover(board)):
        return WINNING
    return BLOCKING if threats(board, OTHER[mover(board)]) else DEEP


def draw_kind(rng: Rng) -> str:
    """Draw the kind of a best cell such that all nine cells are best equally often."""
    return kind_of(rng.below(9))


def _draw(boards: Boards, rng: Rng) -> str:
    """Draw a number of empty cells, a board that has it, and one of its images."""
    board = rng.choice(boards[rng.choice(sorted(boards))])
    return image(board, rng.choice(IMAGES))


def states(boards: Boards, rng: Rng) -> Iterator[State]:
    """Yield some boards of a group, each in a random one of its images."""
    for _ in range(CANDIDATES):
        yield State(_draw(boards, rng))


def draw_pair(reason: str, rng: Rng) -> Pair:
    """Draw how a move and its best reply lie to each other, see `_SHARES`."""
    shares = _SHARES[reason]
    return rng.weighted(list(shares), list(shares.values()))


def states_before(replies: Mapping[bool, Sequence[Reply]], rng: Rng) -> Iterator[State]:
    """Yield boards from which the last move of a reply leads to its board, in random images.

    Args:
        replies: those after sensible moves, which come first, and those after others.
        rng: the substream.
    """
    every = [reply for group in replies.values() for reply in group]
    for number in range(CANDIDATES):
        likely = replies.get(True, every) if number < CANDIDATES // 2 else every
        # Where several moves keep the value, those that are no options would point to the answer.
        few = [rng.choice(likely) for _ in range(4)]
        after, move = min(few, key=lambda reply: len(judge(reply[0]).optimal))
        yield State(image(put(after, move, EMPTY), rng.choice(IMAGES)))


def all_images(groups: Iterable[Boards]) -> list[str]:
    """Return all boards of some groups in all their images, each once."""
    boards = {board for group in groups for same in group.values() for board in same}
    return sorted({image(board, places) for board in boards for places in IMAGES})
