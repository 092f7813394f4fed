"""What the picture shows, as text, and the words that questions and analyses share."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import permutations

from gameqa.answers import AnswerKind
from gameqa.games.pyramid_chess.rules import COLOURS, EMPTY, PLAYERS, Slot, State
from gameqa.text import grid, listing

BOARD = (
    "This is Pyramid Chess: balls are stacked in square levels, Level 0 on the ground, and each "
    "level has one slot less to a side than the one below it. Slot [x, y] on Level k is the one "
    "in column x and row y of that level, both counted from 0. Above Level 0 it rests on the four "
    "slots [x, y], [x+1, y], [x, y+1] and [x+1, y+1] on Level k-1."
)
PLACING = (
    "A ball may be placed in an empty slot that is on Level 0 or has all four slots below it "
    "filled."
)


class SlotKind(AnswerKind):
    """One slot, e.g. ``[1, 0] on Level 2``."""

    name = "slot"
    form = "Answer with one slot written as [x, y] on Level k, e.g. [1, 0] on Level 2."

    def text(self, value: object) -> str:
        """Write a slot."""
        return str(Slot(*value))  # type: ignore[misc]

    def parse(self, text: str) -> Slot:
        """Read x, y and k in this order, or in any order with their names."""
        named = {
            name[0].lower().replace("l", "k"): int(number)
            for name, number in re.findall(r"\b(x|y|k|level)\b\W{0,3}?(\d+)", text, re.IGNORECASE)
        }
        if set(named) == {"x", "y", "k"}:
            return Slot(named["k"], named["x"], named["y"])
        numbers = [int(number) for number in re.findall(r"\d+", text)]
        if len(numbers) != 3 or re.search(r"-\s*\d", text):
            raise self._reject(text)
        x, y, k = numbers
        return Slot(k, x, y)

    def read(self, text: str) -> Slot:
        """Read ``[1, 0] on Level 2``, ``Level 2, slot (1, 0)``, ``x = 1, y = 0, level 2`` ..."""
        small = " ".join(re.sub(r"[()\[\],;:=]", " ", text.lower()).split())
        small = re.sub(r"\b(?:the|slot|at|on|of|in|position|and)\b ?", "", small).strip()
        for pattern in _SLOTS:
            found = pattern.fullmatch(small)
            if found:
                return Slot(int(found["k"]), int(found["x"]), int(found["y"]))
        raise self._reject(text)


_NUMBER = r"0|[1-9]\d{0,3}"
_X, _Y, _K = rf"x (?P<x>{_NUMBER})", rf"y (?P<y>{_NUMBER})", rf"(?:level|k) (?P<k>{_NUMBER})"
_XY = rf"(?P<x>{_NUMBER}) (?P<y>{_NUMBER})"
_SLOTS = tuple(
    re.compile(" ".join(parts), re.ASCII)
    for parts in ((_XY, _K), (_K, _XY), *permutations((_X, _Y, _K)))
)


def describe(state: State, reserves: bool) -> str:
    """Write one table a level, and whose turn it is."""
    n = state.n
    parts = [
        f"Pyramid Chess on a base of {n} x {n} slots, Levels 0 to {n - 1}. One table a level: "
        "columns are x, from left to right; rows are y, the row y = 0 at the bottom.",
    ]
    for k in range(n):
        side = n - k
        rows = [
            [str(y), *(_symbol(state.at(Slot(k, x, y))) for x in range(side))]
            for y in reversed(range(side))
        ]
        rows.append(["y/x", *map(str, range(side))])
        parts.append(f"Level {k}:\n{grid(rows, numbered=False)}")
    key = f"Key: B ball of {PLAYERS[0]} (blue), R ball of {PLAYERS[1]} (red), . empty slot."
    parts.append("\n".join([key, *status_lines(state, reserves)]))
    return "\n\n".join(parts)


def _symbol(content: int | None) -> str:
    return "." if content is None or content == EMPTY else "BR"[content]


def status_lines(state: State, reserves: bool) -> list[str]:
    """Return whose turn it is and, unless left out, the balls that are not on the board."""
    lines = [f"To move: {PLAYERS[state.to_move]} ({COLOURS[state.to_move]})"]
    if reserves:
        first, second = state.reserve
        lines.append(f"Balls in reserve: {PLAYERS[0]} {first}, {PLAYERS[1]} {second}")
    return lines


def places(slots: Iterable[Slot]) -> str:
    """Write slots of one level without it, e.g. ``[0, 1] and [1, 1]``."""
    return listing(f"[{slot.x}, {slot.y}]" for slot in slots)


def content_text(content: int) -> str:
    """Write what a slot holds."""
    return "empty" if content == EMPTY else COLOURS[content]
