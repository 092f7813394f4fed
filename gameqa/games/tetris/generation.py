"""How boards are made: stacks of pieces that were played, and stacks built around a placement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gameqa.games.tetris.rules import SHAPES, TURNS, State, Turn, gaps, place, shifted
from gameqa.games.tetris.solver import (
    column_tops,
    completable,
    landing,
    most_anywhere,
    most_cleared,
)
from gameqa.rng import Rng

FREE_ROWS = 4
"""Rows at the top that no stack reaches; on low boards a stack to be cleared may leave two."""

_LOOKS = 7
_POSES = 6
_TRIES = 80
_ATTEMPTS = 30
_REACH = {shape: max(len(completable(turn)) for turn in turns) for shape, turns in TURNS.items()}


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        boards: rows, columns and weight of every kind of board.
        height: least and greatest height of the stack, as a share of the rows it may take.
        longest: the longest fall asked for.
    """

    boards: tuple[tuple[int, int, float], ...]
    height: tuple[float, float] = (0.35, 1.0)
    longest: int = 9


def draw_size(knobs: Knobs, rng: Rng) -> tuple[int, int]:
    """Draw rows and columns of a board."""
    rows, cols, _ = rng.weighted(knobs.boards, [weight for *_, weight in knobs.boards])
    return rows, cols


def draw_height(knobs: Knobs, most: int, rng: Rng) -> int:
    """Draw the height of a stack of at most ``most`` rows."""
    low, high = knobs.height
    return max(2, min(most, int(most * (low + (high - low) * rng.random()) + 0.5)))


def state_of(rows: Sequence[int], cols: int, turn: Turn | None, top: int, left: int) -> State:
    """Return the state of bit rows and a falling piece, None for none."""
    locked = tuple(tuple(row >> c & 1 for c in range(cols)) for row in rows)
    return State(locked, None if turn is None else place(turn, top, left))


def played(rows: int, cols: int, height: int, rng: Rng) -> list[int] | None:
    """Play random pieces, each to the best of a few places, up to a height.

    Returns:
        The rows as bits, or None if there are fewer locked cells than columns.
    """
    board, tops, full, misses = [0] * rows, [rows] * cols, (1 << cols) - 1, 0
    while misses < 3:
        turns = TURNS[rng.choice(SHAPES)]
        best, chosen = -1e9, (turns[0], 0, 0)
        for _ in range(_LOOKS):
            turn = rng.choice(turns)
            left = rng.below(cols - turn.width + 1)
            top = landing(tops, turn, left)
            covered = sum(tops[left + i] - low - 1 - top for i, low in enumerate(turn.under))
            score = top + 0.5 * turn.height - 1.5 * covered
            if score > best:
                best, chosen = score, (turn, top, left)
        turn, top, left = chosen
        if top < rows - height:
            misses += 1
            continue
        for i, mask in enumerate(turn.masks):
            board[top + i] |= mask << left
        if full in board[top : top + turn.height]:
            rest = [row for row in board if row != full]
            board = [0] * (rows - len(rest)) + rest
            tops = column_tops(board, cols)
        else:
            for r, c in reversed(turn.cells):
                tops[left + c] = min(tops[left + c], top + r)
    return board if sum(row.bit_count() for row in board) >= cols else None


def pose(board: Sequence[int], cols: int, turn: Turn, rng: Rng) -> tuple[int, int] | None:
    """Draw a place (top, left) in the open from which a piece can fall at least a row."""
    left = rng.below(cols - turn.width + 1)
    end = landing(column_tops(board, cols), turn, left)
    return (rng.below(end), left) if end > 0 else None


def posed_states(
    knobs: Knobs, size: tuple[int, int], turns: Sequence[Turn], rng: Rng
) -> Iterator[State]:
    """Yield states of one played stack with a piece in one of these orientations, or without."""
    rows, cols = size
    board = played(rows, cols, draw_height(knobs, rows - FREE_ROWS, rng), rng)
    if board is None:
        return
    if not turns:
        yield state_of(board, cols, None, 0, 0)
        return
    for _ in range(_POSES):
        turn = rng.choice(turns)
        found = pose(board, cols, turn, rng)
        if found is not None:
            yield state_of(board, cols, turn, *found)


# ------------------------------------------------------------------------------- falling


def falling_states(
    knobs: Knobs,
    size: tuple[int, int],
    step: int,
    fall: int,
    rng: Rng,
    *,
    matters: bool,
    edge: bool,
) -> Iterator[State]:
    """Yield states in which a piece shifted by ``step`` falls a wanted number of rows.

    Args:
        knobs: the level.
        size: rows and columns.
        step: -1 for left, 1 for right.
        fall: the wanted number of rows.
        rng: the substream.
        matters: whether the piece must fall another number of rows when it is not shifted.
        edge: whether no cell of the piece's lowest row may be what stops it.
    """
    rows, cols = size
    most = min(rows - FREE_ROWS, rows - fall - 1)
    board = played(rows, cols, draw_height(knobs, most, rng), rng)
    if board is None:
        return
    tops = column_tops(board, cols)
    empty = state_of(board, cols, None, 0, 0)
    found = 0
    for _ in range(_TRIES):
        turn = rng.choice(TURNS[rng.choice(SHAPES)])
        if edge and len(set(turn.under)) == 1:
            continue
        left = rng.below(cols - turn.width + 1)
        if not 0 <= left + step <= cols - turn.width:
            continue
        end, other = landing(tops, turn, left), landing(tops, turn, left + step)
        # Under an overhang the shifted piece may fall from a place that no drop leads to.
        top = other - fall if rng.chance(0.7) else rng.below(max(1, end))
        if not 0 <= top < end or (matters and end - top == fall):
            continue
        moved = shifted(turn.at(top, left), step)
        if any(empty.is_blocked(cell) for cell in moved):
            continue
        ways = gaps(empty, moved)
        if min(way.rows for way in ways) != fall:
            continue
        low = max(r for r, _ in moved)
        if edge and any(way.rows == fall and way.cell[0] == low for way in ways):
            continue
        yield state_of(board, cols, turn, top, left)
        found += 1
        if found == _POSES:
            return


# ------------------------------------------------------------------------------- clearing


def draw_clearing(cleared: int, rng: Rng) -> str:
    """Draw a piece that can clear that many rows."""
    return rng.choice([shape for shape in SHAPES if _REACH[shape] >= cleared])


def clearing_states(
    knobs: Knobs, size: tuple[int, int], shape: str | None, cleared: int, rng: Rng
) -> Iterator[State]:
    """Yield states in which one drop of a piece clears at most a wanted number of rows.

    A stack is built around a placement. Where nothing is to be cleared it is the placement of some
    other piece, so that all boards look alike and none lacks rows that are nearly full.
    """
    rows, cols = size
    for _ in range(_ATTEMPTS):
        builder, wanted = shape, cleared
        if shape is None or not cleared:
            builder = rng.choice(SHAPES)
            wanted = rng.integers(1, _REACH[builder] + 1)
        assert builder is not None
        free = FREE_ROWS
        if rows <= 2 * FREE_ROWS:
            # Four full rows below four free ones would be the same stack again and again.
            free = rng.integers(FREE_ROWS - 2, FREE_ROWS + (wanted < 3))
        board = _built(knobs, rows, cols, builder, wanted, free, rng)
        if board is None:
            continue
        if shape is None:
            yield state_of(board, cols, None, 0, 0)
            return
        if most_cleared(board, cols, shape) != cleared:
            continue
        if most_anywhere(board, cols, shape) != cleared:
            continue
        for _ in range(_POSES):
            turn = rng.choice([turn for turn in TURNS[shape] if turn.height <= free])
            top = rng.below(free - turn.height + 1)
            yield state_of(board, cols, turn, top, rng.below(cols - turn.width + 1))
        return


def _built(
    knobs: Knobs, rows: int, cols: int, shape: str, wanted: int, free: int, rng: Rng
) -> list[int] | None:
    """Build a stack in which a drop of the piece completes ``wanted`` rows, below ``free`` ones."""
    full = (1 << cols) - 1
    turn = rng.choice([t for t in TURNS[shape] if len(completable(t)) >= wanted])
    chosen = set(rng.sample(completable(turn), wanted))
    left = rng.below(cols - turn.width + 1)
    height = max(turn.height + (wanted > 2), draw_height(knobs, rows - free, rng))
    skyline = rows - height
    # The lowest place has the whole stack above it; most lie nearer to the skyline.
    lowest, highest = rows - turn.height, max(0, skyline - min(chosen))
    if highest > lowest:
        return None
    top = highest + min(rng.below(lowest - highest + 1), rng.below(lowest - highest + 1))
    own = {top + i: mask << left for i, mask in enumerate(turn.masks)}
    board = [0] * rows
    shaft = 0  # columns in which the piece passes a row: nothing may be locked there
    for r in range(rows - 1, -1, -1):
        if r - top in chosen:
            board[r] = full & ~own[r]
        elif r >= skyline:
            # The nearer to the skyline, the emptier.
            most = 3 + 2 * (r < skyline + 2) + cols // 8 * (r == skyline)
            gaps_ = rng.sample(range(cols), rng.integers(1, most + 1))
            board[r] = full & ~sum(1 << c for c in gaps_)
    for i in range(turn.height - 1, -1, -1):
        shaft |= turn.masks[i] << left
        board[top + i] &= ~shaft
        if i in chosen and board[top + i] | own[top + i] != full:
            return None
    for r in range(top):
        board[r] &= ~shaft
    for i, low in enumerate(turn.under):
        below = top + low + 1
        if below < rows and below not in own and rng.chance(0.6):
            board[below] |= 1 << left + i
    if top + turn.height < rows:
        columns = [i for i, low in enumerate(turn.under) if low == turn.height - 1]
        board[top + turn.height] |= 1 << left + rng.choice(columns)
    if full in board or sum(row.bit_count() for row in board) < cols:
        return None
    return board
