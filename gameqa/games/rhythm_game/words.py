"""The chart as text, and how cells and presses are told."""

from __future__ import annotations

from gameqa.games.rhythm_game.rules import PARTS, Press, State

_SIGNS = dict(zip(PARTS, ".CRHBT", strict=True))
_WIDTH = 3


def describe(state: State) -> str:
    """Write the chart from its top row down to row 1, columns below."""
    columns = range(1, state.cols + 1)
    lines = [
        f"{row:2}" + "".join(f"{_SIGNS[state.part((row, col))]:>{_WIDTH}}" for col in columns)
        for row in range(state.rows, 0, -1)
    ]
    numbers = "  " + "".join(f"{col:{_WIDTH}}" for col in columns)
    return "\n".join(
        [
            "The chart, row numbers at the left and column numbers below:",
            *lines,
            numbers,
            "The chart falls towards row 1, which is pressed first.",
            "Key: . empty, C click (10 points), R reverse (15 points, mirrors the chart), H snake "
            "head, B snake body, T snake tail (a snake of length L: L x (2L + 7) points; its head "
            "is its lowest cell, its tail the highest).",
        ]
    )


def told(press: Press) -> str:
    """Tell what is met and what it scores."""
    block = press.block
    where = f"({press.row}, {press.col})"
    if block.kind != "snake":
        return f"{block.kind} at {where}, {press.points} points"
    if press.row > block.row:
        part = "tail" if press.row == block.top else "body"
        return (
            f"snake {part} at {where}; its head at ({block.row}, {block.col}) was not pressed, "
            "0 points"
        )
    n = block.length
    return (
        f"snake from {where} to ({block.top}, {block.col}), length {n}, "
        f"{n} x (2 x {n} + 7) = {press.points} points"
    )
