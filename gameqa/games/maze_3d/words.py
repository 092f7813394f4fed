"""What the picture shows, as text, and the words that questions and analyses share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gameqa.games.maze_3d.rules import BACK, UP, Cell, Run, State
from gameqa.text import listing, plural

RULES = (
    "The maze shown is built of cubes that float in the air; the ground below is no part of it. "
    "A player on top of a cube can walk onto a cube of the same height that shares a side face "
    "with it, and can climb a ladder, up or down, between the two cubes that it joins; there is "
    "no other way to move. Exactly one route leads from the start cube to the goal cube without "
    "turning back."
)
DIRECTIONS = "The directions are left-forward, right-forward and up."


def describe(state: State) -> str:
    """List the axes, the start, the goal, all cubes and ladders, and the numbered cubes."""

    def by_height(cell: Cell) -> Cell:
        return cell[2], cell[0], cell[1]

    cubes = sorted(state.cubes, key=by_height)
    ladders = sorted(state.ladders, key=lambda ladder: by_height(ladder.base))
    lines = [
        "A maze of unit cubes, each written as its cell [l, r, h]: l grows to left-forward, r to "
        "right-forward and h upwards.",
        f"Start: {cell_text(state.start)}",
        f"Goal: {cell_text(state.goal)}",
        f"Cubes: {', '.join(map(cell_text, cubes))}",
        "Ladders, base cube and top cube: "
        + "; ".join(f"{cell_text(ladder.base)} and {cell_text(ladder.top)}" for ladder in ladders),
        "Numbered cubes: "
        + ", ".join(f"{label} at {cell_text(pos)}" for label, pos, _ in state.markers),
    ]
    return "\n".join(lines)


def cell_text(cell: Cell) -> str:
    """Write a cell, e.g. ``[2, 0, 3]``."""
    return str(list(cell))


def run_text(run: Run) -> str:
    """Write steps in one direction, e.g. ``left-forward 2 cubes`` or ``up a ladder``."""
    if run.direction in (UP, BACK[UP]):
        return f"{run.direction} a ladder"
    return f"{run.direction} {plural(len(run.cells), 'cube')}"


def runs_text(runs: Iterable[Run]) -> str:
    """Write a path."""
    return ", ".join(map(run_text, runs)) or "nowhere"


def labels_text(labels: Sequence[object], noun: str) -> str:
    """Write numbers with their noun, e.g. ``cubes 1 and 3``."""
    return f"{noun}{'' if len(labels) == 1 else 's'} {listing(labels)}"
