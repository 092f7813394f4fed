"""What one straight drop can clear: every orientation in every column, rows held as bits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gameqa.games.tetris.rules import TURNS, State, Turn


@dataclass(frozen=True)
class Drop:
    """A placement: an orientation, where its box comes to rest, and the rows it completes."""

    turn: Turn
    top: int
    left: int
    cleared: tuple[int, ...]


def bit_rows(state: State) -> list[int]:
    """Return the locked cells row by row; bit i stands for column i."""
    return [sum(1 << c for c, cell in enumerate(row) if cell) for row in state.locked]


def column_tops(rows: Sequence[int], cols: int) -> list[int]:
    """Return for every column the row of its highest locked cell, the number of rows if none."""
    tops = [len(rows)] * cols
    seen = 0
    for r, row in enumerate(rows):
        new = row & ~seen
        seen |= row
        while new:
            low = new & -new
            tops[low.bit_length() - 1] = r
            new ^= low
    return tops


def landing(tops: Sequence[int], turn: Turn, left: int) -> int:
    """Return the row of a box's top after a straight drop; negative if it does not fit in."""
    return min(tops[left + i] - low for i, low in enumerate(turn.under)) - 1


def drops(rows: Sequence[int], cols: int, shape: str) -> Iterator[Drop]:
    """Yield all legal straight drops of a piece."""
    tops, full = column_tops(rows, cols), (1 << cols) - 1
    for turn in TURNS[shape]:
        for left in range(cols - turn.width + 1):
            top = landing(tops, turn, left)
            if top >= 0:
                cleared = tuple(
                    top + i
                    for i, mask in enumerate(turn.masks)
                    if rows[top + i] | mask << left == full
                )
                yield Drop(turn, top, left, cleared)


def most_cleared(rows: Sequence[int], cols: int, shape: str) -> int:
    """Return the largest number of rows that one straight drop completes."""
    return max((len(drop.cleared) for drop in drops(rows, cols, shape)), default=0)


def most_anywhere(rows: Sequence[int], cols: int, shape: str) -> int:
    """Return the largest number of rows completed by any position in which the piece rests.

    Positions under overhangs count, whether or not the piece can get there.
    """
    full, best = (1 << cols) - 1, 0
    missing = [full & ~row for row in rows]
    for turn in TURNS[shape]:
        high = len(turn.masks)
        for top in range(len(rows) - high + 1):
            below = missing[top : top + high]
            lefts: set[int] = {
                _first(gap) - _first(mask)
                for gap, mask in zip(below, turn.masks, strict=True)
                if gap.bit_count() == mask.bit_count()
            }
            for left in lefts:
                if not 0 <= left <= cols - turn.width:
                    continue
                masks = [mask << left for mask in turn.masks]
                if any(mask & ~gap for gap, mask in zip(below, masks, strict=True)):
                    continue
                count = sum(mask == gap for gap, mask in zip(below, masks, strict=True))
                if count > best and _rests(rows, masks, top):
                    best = count
    return best


def _first(bits: int) -> int:
    return (bits & -bits).bit_length()


def _rests(rows: Sequence[int], masks: Sequence[int], top: int) -> bool:
    """Whether a piece at that place cannot move down one row."""
    if top + len(masks) == len(rows):
        return True
    return any(rows[top + i + 1] & mask for i, mask in enumerate(masks))


def completable(turn: Turn) -> list[int]:
    """Return the rows of an orientation that a straight drop can complete on some board.

    In every column in which the piece has a cell at or below that row, the row's cell has to be
    its own: a locked cell there would have stopped it higher up.
    """
    return [
        r
        for r, mask in enumerate(turn.masks)
        if all(mask >> col & 1 or low < r for col, low in enumerate(turn.under))
    ]
