"""Moving over a grid: the four directions, cells reached on a free plane, and runs of moves.

Cells are ``(row, column)``, 0-based from the top-left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

Cell = tuple[int, int]

STEPS: dict[str, Cell] = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
"""The four directions and their steps, in the order in which they are listed."""

OPPOSITE = {"up": "down", "down": "up", "left": "right", "right": "left"}

_NAMES = {step: name for name, step in STEPS.items()}


def step_from(cell: Cell, move: str) -> Cell:
    """Return the neighbour of a cell in a direction."""
    dr, dc = STEPS[move]
    return cell[0] + dr, cell[1] + dc


def direction(start: Cell, end: Cell) -> str:
    """Return the direction from a cell to its neighbour."""
    return _NAMES[end[0] - start[0], end[1] - start[1]]


def distance(a: Cell, b: Cell) -> int:
    """Return the Manhattan distance of two cells."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def track(start: Cell, moves: Iterable[str]) -> list[Cell]:
    """Return the cells of a walk on a plane without obstacles, the start first."""
    cells = [start]
    r, c = start
    for move in moves:
        dr, dc = STEPS[move]
        r, c = r + dr, c + dc
        cells.append((r, c))
    return cells


def runs(moves: Iterable[str]) -> list[tuple[str, int]]:
    """Return the maximal straight runs of a walk as directions and lengths."""
    return [(move, len(list(same))) for move, same in groupby(moves)]


def spelled(path: Iterable[tuple[str, int]]) -> tuple[str, ...]:
    """Return the moves of which `runs` made the given runs."""
    return tuple(move for move, count in path for _ in range(count))


def swapped(moves: Sequence[str], sideways: bool) -> tuple[str, ...]:
    """Return the mirror image of a walk: left and right swapped, or else up and down."""
    pair = ("left", "right") if sideways else ("up", "down")
    return tuple(OPPOSITE[move] if move in pair else move for move in moves)
