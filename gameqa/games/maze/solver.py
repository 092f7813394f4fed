"""What leads where: the route from the player to the goal, and the dead ends of a branch."""

from __future__ import annotations

from collections.abc import Sequence

from gameqa.games.maze.rules import State
from gameqa.moves import OPPOSITE, STEPS, Cell, step_from


class Ways:
    """All simple ways that start at the player, one to each open cell.

    Attributes:
        depth: for every open cell the number of moves of the way to it, the nearest cells first.
    """

    def __init__(self, state: State) -> None:
        """Spread out from the player."""
        self.cols = cols = state.cols
        flat = [wall for row in state.walls for wall in row]
        steps = [(move, dr * cols + dc) for move, (dr, dc) in STEPS.items()]
        self.start = start = state.player[0] * cols + state.player[1]
        self.depth = {start: 0}
        self._came = {start: (start, "")}
        frontier = [start]
        for cell in frontier:
            length = self.depth[cell] + 1
            for move, step in steps:
                ahead = cell + step
                if not flat[ahead] and ahead not in self.depth:
                    self.depth[ahead] = length
                    self._came[ahead] = cell, move
                    frontier.append(ahead)

    def to(self, cell: int) -> tuple[str, ...]:
        """Return the moves to a cell, given by its number in reading order."""
        moves = []
        while cell != self.start:
            cell, move = self._came[cell]
            moves.append(move)
        return tuple(reversed(moves))

    def common(self, moves: Sequence[str]) -> dict[int, int]:
        """Return for every cell how many first moves the way to it shares with a list."""
        step = {move: dr * self.cols + dc for move, (dr, dc) in STEPS.items()}
        shared = {self.start: 0}
        cell = self.start
        for number, move in enumerate(moves, 1):
            ahead = cell + step[move]
            if self._came.get(ahead, (0, ""))[1] != move:
                break
            cell = ahead
            shared[cell] = number
        for cell in self.depth:
            if cell not in shared:
                shared[cell] = shared[self._came[cell][0]]
        return shared


def route(state: State) -> tuple[str, ...]:
    """Return the moves of the one simple way from the player to the goal."""
    return Ways(state).to(state.goal[0] * state.cols + state.goal[1])


def dead_ends(state: State, cell: Cell, move: str) -> list[Cell]:
    """Return where every way ends that leaves a cell in one direction and never turns back.

    In a tree these ways are all that there is behind a branch.
    """
    ends = []
    pending = [(cell, move)]
    while pending:
        start, move = pending.pop()
        ahead = step_from(start, move)
        onward = [exit_ for exit_ in state.exits(ahead) if exit_ != OPPOSITE[move]]
        if not onward:
            ends.append(ahead)
        pending += [(ahead, exit_) for exit_ in onward]
    return sorted(ends)
