"""Rules of Sokoban: the board, one move, and a sequence of moves.

Cells are ``(row, column)``, 0-based from the top-left corner, border walls included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Cell = tuple[int, int]

MOVES: dict[str, Cell] = {"Up": (-1, 0), "Right": (0, 1), "Down": (1, 0), "Left": (0, -1)}
"""Moves and their steps, in the fixed order in which ties between plans are broken."""

OPPOSITE = {"Up": "Down", "Down": "Up", "Left": "Right", "Right": "Left"}


@dataclass(frozen=True)
class State:
    """A board.

    Attributes:
        walls: rows of 0 (floor) and 1 (wall); the outermost ring is wall.
        player: the player's cell.
        boxes: the boxes' cells, sorted.
        targets: the marked cells, sorted, as many as there are boxes.
    """

    walls: tuple[tuple[int, ...], ...]
    player: Cell
    boxes: tuple[Cell, ...]
    targets: tuple[Cell, ...]

    @property
    def rows(self) -> int:
        """Number of rows, border included."""
        return len(self.walls)

    @property
    def cols(self) -> int:
        """Number of columns, border included."""
        return len(self.walls[0])

    def is_wall(self, cell: Cell) -> bool:
        """Whether a cell is wall."""
        return self.walls[cell[0]][cell[1]] == 1

    def floor(self) -> list[Cell]:
        """Return all cells that are not wall, in reading order."""
        return [
            (r, c) for r, row in enumerate(self.walls) for c, wall in enumerate(row) if not wall
        ]


@dataclass(frozen=True)
class Step:
    """What one move of a sequence did.

    Attributes:
        move: the move's name.
        start, end: the mover's cell before and after; equal when the move was blocked.
        pushed_to: the cell to which a box went, None without a push.
        blocked_by: ``"wall"``, ``"box"``, or for a box that cannot be pushed ``"stuck box"``.
    """

    move: str
    start: Cell
    end: Cell
    pushed_to: Cell | None = None
    blocked_by: str | None = None


def step_from(cell: Cell, move: str) -> Cell:
    """Return the neighbour of a cell in a move's direction."""
    dr, dc = MOVES[move]
    return cell[0] + dr, cell[1] + dc


def try_move(state: State, player: Cell, boxes: frozenset[Cell], move: str) -> Step:
    """Move the player one step; a blocked move changes nothing."""
    ahead = step_from(player, move)
    if state.is_wall(ahead):
        return Step(move, player, player, blocked_by="wall")
    if ahead not in boxes:
        return Step(move, player, ahead)
    beyond = step_from(ahead, move)
    if state.is_wall(beyond) or beyond in boxes:
        return Step(move, player, player, blocked_by="stuck box")
    return Step(move, player, ahead, pushed_to=beyond)


def boxes_after(boxes: frozenset[Cell], step: Step) -> frozenset[Cell]:
    """Return where the boxes stand after a step."""
    return boxes if step.pushed_to is None else boxes - {step.end} | {step.pushed_to}


def play(state: State, moves: Sequence[str]) -> Iterator[Step]:
    """Play a sequence of moves from the state, blocked moves included."""
    player, boxes = state.player, frozenset(state.boxes)
    for move in moves:
        step = try_move(state, player, boxes, move)
        player, boxes = step.end, boxes_after(boxes, step)
        yield step


def glide(
    state: State, start: Cell, moves: Sequence[str], obstacles: frozenset[Cell]
) -> Iterator[Step]:
    """Move a token by itself over the floor; walls and ``obstacles`` block it."""
    cell = start
    for move in moves:
        ahead = step_from(cell, move)
        if state.is_wall(ahead):
            step = Step(move, cell, cell, blocked_by="wall")
        elif ahead in obstacles:
            step = Step(move, cell, cell, blocked_by="box")
        else:
            step = Step(move, cell, ahead)
        cell = step.end
        yield step


def distance(a: Cell, b: Cell) -> int:
    """Return the Manhattan distance of two cells."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1])
