"""Rules of Jewel2: the gems, the two commands, what a command eliminates, and how gems fall.

Cells are ``(x, y)``: row and column, 0-based from the top-left corner. Inside, a board is a flat
sequence of symbols in reading order and a cell is its index ``x * n + y``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

BASIC = "ABCDE"
SPECIAL = "abcde+|"
UNKNOWN = "?"
"""A gem that came from above and that nobody can know."""

SIDES: dict[str, tuple[int, int]] = {
    "up": (-1, 0),
    "down": (1, 0),
    "left": (0, -1),
    "right": (0, 1),
}
"""The positions of a swap, in the order in which ties between commands are broken."""

_OPPOSITE = {"up": "down", "down": "up", "left": "right", "right": "left"}


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        size: number of rows and of columns.
        cells: the symbols in reading order.
        total: the counter "Total Cleared".
    """

    size: int
    cells: str
    total: int

    def rows(self) -> list[str]:
        """Return the symbols row by row."""
        return rows_of(self.cells, self.size)


class Command(NamedTuple):
    """A command: ``clear x y`` when ``side`` is empty, else ``swap x y side``."""

    x: int
    y: int
    side: str = ""

    def __str__(self) -> str:
        return f"swap {self.x} {self.y} {self.side}" if self.side else f"clear {self.x} {self.y}"

    @classmethod
    def read(cls, text: str) -> Command:
        """Read what ``str`` wrote."""
        _, x, y, *side = text.split(" ")
        return cls(int(x), int(y), *side)


class Reason:
    """Why a command is rejected."""

    NO_LINE = "no line"
    SPECIAL = "special"
    EQUAL = "equal"
    OFF_BOARD = "off board"
    UNKNOWN = "unknown"


class Way:
    """By what a command eliminates gems."""

    LINE = "line"
    CROSS = "cross"
    COLOUR = "colour"
    COLUMN = "column"
    AREA = "area"
    SWAP = "swap"


def twin(command: Command) -> Command:
    """Return the same swap seen from the other gem; a clear is its own twin."""
    if not command.side:
        return command
    dx, dy = SIDES[command.side]
    return Command(command.x + dx, command.y + dy, _OPPOSITE[command.side])


@dataclass(frozen=True)
class Effect:
    """What a command does.

    Attributes:
        gone: the cells whose gems are eliminated; empty when the command is rejected.
        way: one of `Way`, or the `Reason` of the rejection.
    """

    gone: frozenset[int]
    way: str

    @property
    def count(self) -> int:
        """How many gems are eliminated."""
        return len(self.gone)


_REJECTED = {
    reason: Effect(frozenset(), reason)
    for reason in (Reason.NO_LINE, Reason.SPECIAL, Reason.EQUAL, Reason.OFF_BOARD, Reason.UNKNOWN)
}


def rows_of(cells: Sequence[str], n: int) -> list[str]:
    """Cut a flat board into its rows."""
    return ["".join(cells[at : at + n]) for at in range(0, n * n, n)]


def neighbour(at: int, n: int, side: str) -> int | None:
    """Return the cell on a side of another, None off the board."""
    dx, dy = SIDES[side]
    x, y = at // n + dx, at % n + dy
    return x * n + y if 0 <= x < n and 0 <= y < n else None


@cache
def area(n: int) -> tuple[frozenset[int], ...]:
    """Return for each cell itself and the up to eight cells around it."""
    return tuple(
        frozenset(
            i * n + j
            for i in range(max(0, x - 1), min(n, x + 2))
            for j in range(max(0, y - 1), min(n, y + 2))
        )
        for x in range(n)
        for y in range(n)
    )


def runs(cells: Sequence[str], n: int, at: int) -> tuple[range, range]:
    """Return the unbroken runs of equal gems through a cell: in its row and in its column."""
    gem = cells[at]
    first = at - at % n
    left, right = at, at + 1
    while left > first and cells[left - 1] == gem:
        left -= 1
    while right < first + n and cells[right] == gem:
        right += 1
    top, bottom = at, at + n
    while top >= n and cells[top - n] == gem:
        top -= n
    while bottom < n * n and cells[bottom] == gem:
        bottom += n
    return range(left, right), range(top, bottom, n)


def effect(cells: Sequence[str], n: int, command: Command) -> Effect:
    """Return what a command does on a board of side ``n``; the board may hold unknown gems."""
    at = command.x * n + command.y
    gem = cells[at]
    if command.side:
        return _swap(cells, n, at, neighbour(at, n, command.side))
    if gem in BASIC:
        across, down = runs(cells, n, at)
        found = _lines(across, down)
        crossed = len(across) >= 3 and len(down) >= 3
        return Effect(found, Way.CROSS if crossed else Way.LINE) if found else _no_line()
    if gem == UNKNOWN:
        return _REJECTED[Reason.UNKNOWN]
    if gem == "|":
        return Effect(frozenset(range(command.y, n * n, n)), Way.COLUMN)
    if gem == "+":
        return Effect(area(n)[at], Way.AREA)
    colour = gem.upper()
    same = {i for i, other in enumerate(cells) if other == colour}
    return Effect(frozenset(same | {at}), Way.COLOUR)


def _swap(cells: Sequence[str], n: int, at: int, other: int | None) -> Effect:
    if other is None:
        return _REJECTED[Reason.OFF_BOARD]
    one, two = cells[at], cells[other]
    if one in SPECIAL or two in SPECIAL:
        return _REJECTED[Reason.SPECIAL]
    if UNKNOWN in (one, two):
        return _REJECTED[Reason.UNKNOWN]
    if one == two:
        return _REJECTED[Reason.EQUAL]
    moved = exchanged(cells, at, other)
    found = _lines(*runs(moved, n, at)) | _lines(*runs(moved, n, other))
    return Effect(found, Way.SWAP) if found else _no_line()


def _lines(*candidates: range) -> frozenset[int]:
    return frozenset(cell for run in candidates if len(run) >= 3 for cell in run)


def _no_line() -> Effect:
    return _REJECTED[Reason.NO_LINE]


def exchanged(cells: Sequence[str], one: int, two: int) -> list[str]:
    """Return the board with two gems exchanged."""
    moved = list(cells)
    moved[one], moved[two] = moved[two], moved[one]
    return moved


def after(cells: Sequence[str], n: int, command: Command) -> str:
    """Return the board after a command, with `UNKNOWN` for the new gems."""
    done = effect(cells, n, command)
    if not done.gone:
        return "".join(cells)
    left = list(cells)
    if command.side:
        at = command.x * n + command.y
        other = neighbour(at, n, command.side)
        assert other is not None
        left = exchanged(cells, at, other)
    out = [UNKNOWN] * (n * n)
    for y in range(n):
        to = (n - 1) * n + y
        for at in range(to, -1, -n):
            if at not in done.gone:
                out[to] = left[at]
                to -= n
    return "".join(out)


@cache
def commands(n: int) -> tuple[Command, ...]:
    """Return all commands that stay on the board: clears first, then by row, column and side."""
    cells = [(x, y) for x in range(n) for y in range(n)]
    return (
        *(Command(x, y) for x, y in cells),
        *(
            Command(x, y, side)
            for x, y in cells
            for side in SIDES
            if neighbour(x * n + y, n, side) is not None
        ),
    )


@lru_cache(maxsize=64)
def effects(cells: str, n: int) -> dict[Command, Effect]:
    """Return what each command does that is not a swap of two equal gems, in `commands` order."""
    found: dict[Command, Effect] = {}
    for command in commands(n):
        if command.side in ("up", "left"):
            # Its twin came before and does the same; it is missing where the gems are equal.
            known = found.get(twin(command))
            if known is not None:
                found[command] = known
            continue
        done = effect(cells, n, command)
        if done.way != Reason.EQUAL:
            found[command] = done
    return found
