"""How games are played, and which of their boards are offered."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from gameqa.errors import GameQAError
from gameqa.games.ultra_tictactoe.rules import FREE, MIDDLE, POINTS, Position, State, replay
from gameqa.rng import Rng

BOARDS_A_GAME = 4
"""How many fitting boards of one game are offered, should the first be of another split."""

GAMES_FOR_CONTESTED = 10
"""In how many games a board with more than a plain open line is looked for."""

FEWEST = range(5, 71)
MOST = range(10, 81)
"""What least and greatest numbers of pieces may be: beyond, no move scores or few are left."""


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        pieces: least and greatest number of pieces on the board.
        points: the highest number of points asked for in one grid.
        contested: whether the best cell is mostly one of several that matter.
        greedy: least and greatest share of moves that score as much as they can at once.
        mark_last: whether the last move is tinted where the question tells it.
    """

    pieces: tuple[int, int]
    points: int
    contested: bool
    greedy: tuple[float, float] = (0.0, 1.0)
    mark_last: bool = False

    def __post_init__(self) -> None:
        low, high = self.pieces
        if low not in FEWEST or high not in MOST or low > high:
            raise GameQAError(
                f"pieces go from {FEWEST[0]} to {FEWEST[-1]} up to {MOST[0]} to {MOST[-1]}, "
                f"not from {low} to {high}"
            )

    @property
    def fill(self) -> float:
        """The mean number of pieces in a grid."""
        return sum(self.pieces) / 18

    @property
    def legal_moves(self) -> range:
        """The numbers of legal moves that are asked for: five around the usual one."""
        return _five(9 - self.fill, 1, 5)

    @property
    def middles(self) -> range:
        """The numbers of filled middle cells that are asked for."""
        return _five(self.fill, 0, 4)


def _five(centre: float, lowest: int, highest: int) -> range:
    first = max(lowest, min(highest, round(centre) - 2))
    return range(first, first + 5)


@lru_cache(maxsize=1 << 15)  # there are 3 ** 9 grids
def _best(mine: int, theirs: int) -> tuple[int, ...]:
    """Return the free positions of a grid that score most."""
    free = FREE[mine | theirs]
    most = max(POINTS[mine | 1 << at] for at in free)
    return tuple(at for at in free if POINTS[mine | 1 << at] == most)


def play(knobs: Knobs, rng: Rng, least_greedy: float = 0.0) -> tuple[int, ...]:
    """Play one game, up to the level's greatest number of pieces.

    Args:
        knobs: the level.
        rng: the substream.
        least_greedy: raises the least share of greedy moves.

    Returns:
        The moves without one that ends the game, so that a move is left on every board.
    """
    low, high = knobs.greedy
    low = max(low, min(least_greedy, high))
    greedy = low + (high - low) * rng.random()
    marks = [0] * 9, [0] * 9
    moves: list[int] = []
    grid = MIDDLE
    for number in range(knobs.pieces[1]):
        mine, theirs = marks[number & 1], marks[~number & 1]
        free = FREE[mine[grid] | theirs[grid]]
        if not free:
            break
        if rng.random() < greedy:
            free = _best(mine[grid], theirs[grid])
        at = free[int(rng.random() * len(free))]
        mine[grid] |= 1 << at
        moves.append(9 * grid + at)
        grid = at
    if marks[0][grid] | marks[1][grid] == 511:
        moves.pop()
    return tuple(moves)


def states(
    knobs: Knobs,
    rng: Rng,
    fits: Callable[[Position], bool],
    *,
    least_greedy: float = 0.0,
    mark_last: bool = False,
) -> Iterator[State]:
    """Yield boards of one game that fit, in random order.

    Args:
        knobs: the level.
        rng: the substream.
        fits: tells whether a board suits.
        least_greedy: as in `play`.
        mark_last: as in `State`.
    """
    moves = play(knobs, rng, least_greedy)
    low = knobs.pieces[0]
    counts = [board.count for board in replay(moves) if board.count >= low and fits(board)]
    for count in rng.sample(counts, min(len(counts), BOARDS_A_GAME)):
        yield State(moves[:count], mark_last)


def is_contested(position: Position) -> bool:
    """Whether cells of different gain score in the forced grid, or the opponent could score too."""
    gains = {gain for gain in position.gains(position.mover).values() if gain}
    return len(gains) > 1 or any(position.gains(1 - position.mover).values())


def contested_states(
    knobs: Knobs, rng: Rng, fits: Callable[[Position], bool], *, mark_last: bool = False
) -> Iterator[State]:
    """Yield contested boards that fit, of several games; in the end plain ones, if there are any.

    Args:
        knobs: the level.
        rng: the substream.
        fits: tells whether a board suits.
        mark_last: as in `State`.
    """
    plain: list[State] = []
    for _ in range(GAMES_FOR_CONTESTED):
        for state in states(knobs, rng, fits, mark_last=mark_last):
            if is_contested(state.position):
                yield state
            else:
                plain.append(state)
    yield from plain[:BOARDS_A_GAME]
