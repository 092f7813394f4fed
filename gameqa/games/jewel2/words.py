"""The board as text, the gems' names, the rules in words, and an effect told step by step."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gameqa.games.jewel2.rules import (
    BASIC,
    SPECIAL,
    UNKNOWN,
    Command,
    State,
    Way,
    effect,
    exchanged,
    neighbour,
    rows_of,
    runs,
)
from gameqa.text import grid

LOOKS = {
    "A": "red diamond",
    "B": "green diamond",
    "C": "blue diamond",
    "D": "yellow diamond",
    "E": "purple diamond",
    "a": "red round gem",
    "b": "green round gem",
    "c": "blue round gem",
    "d": "yellow round gem",
    "e": "purple round gem",
    "+": "black ball with a plus",
    "|": "cyan bar",
}
"""What each kind looks like; the picture's legend gives the symbols."""

CELLS = (
    "Cells are written (x, y): x is the row and y the column, both counted from 0 at the top-left "
    "corner."
)
KINDS = "Gems A to E are basic, gems a to e, + and | are special; A and a are different kinds."
CLEAR = """The command "clear x y" acts on the gem at (x, y).
- Basic gem: take the unbroken run of equal gems through (x, y) in its row and the one in its \
column. Each of these two runs that has at least three gems is eliminated; if neither has, the \
command is rejected and nothing happens.
- a to e: it eliminates itself and all basic gems of its colour on the board (a all A, b all B ...).
- |: it eliminates its whole column, itself included.
- +: it eliminates itself and the up to eight gems around it, diagonals included.
A special gem that is eliminated by another gem does nothing itself."""
SWAP = """The command "swap x y pos" exchanges the gem at (x, y) with its neighbour at pos (up, \
down, left or right). It is rejected, and the board stays as it is, if one of the two gems is \
special, if both are of the same kind, or if after the exchange neither of the two cells lies in \
an unbroken run of at least three equal gems in its row or column. Otherwise all such runs through \
the two cells are eliminated; a cell in two runs counts once."""
COUNTER = "Every gem that is eliminated adds 1 to Total Cleared."

_REJECTED = "the command is rejected, 0 gems are eliminated"


def describe(state: State) -> str:
    """Write the board, the counter and the key."""
    key = [", ".join(f"{symbol} {LOOKS[symbol]}" for symbol in kinds) for kinds in (BASIC, SPECIAL)]
    return (
        f"The board, row and column numbers at the edges:\n{grid(state.rows())}\n"
        f"Total Cleared: {state.total}\n"
        f"Legend, basic gems: {key[0]}.\nLegend, special gems: {key[1]}."
    )


def name(symbol: str) -> str:
    """Return a kind as symbol and look, e.g. ``A (red diamond)``."""
    return f"{symbol} ({LOOKS[symbol]})"


def cell(at: int, n: int) -> str:
    """Write a cell."""
    return f"({at // n}, {at % n})"


def cell_list(cells: Iterable[int], n: int) -> str:
    """Write cells in reading order."""
    return ", ".join(cell(at, n) for at in sorted(cells))


def gems(count: int) -> str:
    """Write a number of gems, e.g. ``1 gem``."""
    return f"{count} gem{'' if count == 1 else 's'}"


def board(cells: Sequence[str], n: int) -> str:
    """Write a board for an analysis, unknown gems as question marks."""
    return grid(rows_of(cells, n))


def tell(cells: Sequence[str], n: int, command: Command) -> list[str]:
    """Tell step by step what a command does, up to the number of gems that it eliminates.

    On a board with unknown gems that is the number that it eliminates for certain.
    """
    done = effect(cells, n, command)
    at = command.x * n + command.y
    if command.side:
        return _tell_swap(cells, n, command)
    gem = cells[at]
    if gem == UNKNOWN:
        place = cell(at, n)
        return [f"At {place} there is a new gem; it need not lie in a line: 0 gems for certain."]
    if gem in BASIC:
        lines = [f"At {cell(at, n)} there is {name(gem)}, a basic gem."]
        lines += _tell_runs(cells, n, at)
        if not done.gone:
            return [*lines, f"Neither run has three gems: {_nothing(cells)}."]
        return [
            *lines,
            _union(
                cells, n, [at] if done.way == Way.CROSS else [], done.way == Way.CROSS, done.count
            ),
        ]
    head = f"At {cell(at, n)} there is {name(gem)}, a special gem. "
    if done.way == Way.COLUMN:
        return [
            f"{head}It eliminates all of column {command.y}: {cell_list(done.gone, n)}.",
            f"That is {gems(done.count)}.",
        ]
    others = cell_list(done.gone - {at}, n) or "none"
    if done.way == Way.COLOUR:
        what = f"itself and every {gem.upper()} on the board: {others}"
    else:
        clipped = " (the rest would lie off the board)" if done.count < 9 else ""
        what = f"itself and the gems around it: {others}{clipped}"
    return [f"{head}It eliminates {what}.", f"That is 1 + {done.count - 1} = {gems(done.count)}."]


def _tell_swap(cells: Sequence[str], n: int, command: Command) -> list[str]:
    at = command.x * n + command.y
    other = neighbour(at, n, command.side)
    assert other is not None
    one, two = cells[at], cells[other]
    pair = f"{one} at {cell(at, n)} and {two} at {cell(other, n)}"
    for symbol in (one, two):
        if symbol in SPECIAL:
            return [
                f"The command would exchange {pair}.",
                f"{name(symbol)} is a special gem: {_REJECTED}.",
            ]
    if UNKNOWN in (one, two):
        return [
            f"The command would exchange {pair}.",
            "A new gem (?) may be special, and then the command is rejected: 0 gems for certain.",
        ]
    moved = exchanged(cells, at, other)
    done = effect(cells, n, command)
    lines = [
        f"The command exchanges {pair}; neither is special, so look for lines after the exchange."
    ]
    touched = 0
    corners = []
    for place in sorted((at, other)):
        lines += [f"{moved[place]} is now at {cell(place, n)}.", *_tell_runs(moved, n, place)]
        long = sum(len(run) >= 3 for run in runs(moved, n, place))
        touched += long
        corners += [place] if long == 2 else []
    if not done.gone:
        return [*lines, f"No run of three arises: {_nothing(cells)}."]
    return [*lines, _union(cells, n, corners, touched > 1, done.count)]


def _tell_runs(cells: Sequence[str], n: int, at: int) -> list[str]:
    lines = []
    for run, place in zip(runs(cells, n, at), (f"Row {at // n}", f"Column {at % n}"), strict=True):
        verdict = "eliminated" if len(run) >= 3 else "too short"
        lines.append(
            f"- {place}: the run of {cells[at]} is {cell_list(run, n)}; "
            f"{gems(len(run))}, {verdict}."
        )
    return lines


def _union(cells: Sequence[str], n: int, shared: Sequence[int], several: bool, count: int) -> str:
    sure = " for certain" if UNKNOWN in cells else ""
    if not several:
        return f"In all {gems(count)} are eliminated{sure}."
    once = f", {' and '.join(cell(at, n) for at in shared)} counted once" if shared else ""
    return f"Together these runs hold {gems(count)}{once}: {count} are eliminated{sure}."


def _nothing(cells: Sequence[str]) -> str:
    return "0 gems are eliminated for certain" if UNKNOWN in cells else _REJECTED
