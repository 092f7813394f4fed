"""Which positions can be reduced to one piece, by an exact search over captures."""

from __future__ import annotations

from functools import lru_cache

from gameqa.games.chess_ranger.rules import Capture, Position, after, captures, moves


class Search:
    """An exhaustive search that remembers every position it met."""

    def __init__(self) -> None:
        """Start with nothing known."""
        self._least: dict[Position, int] = {}

    def least(self, position: Position) -> int:
        """Return the smallest number of pieces to which captures can reduce a position."""
        known = self._least.get(position)
        if known is not None:
            return known
        best = len(position)
        for i, j in captures(position):
            best = min(best, self.least(after(position, i, j)))
            if best == 1:
                break
        self._least[position] = best
        return best

    def solves(self, position: Position) -> bool:
        """Whether a position can be reduced to one piece."""
        return self.least(position) == 1

    def line(self, position: Position) -> tuple[list[Capture], Position]:
        """Return captures that lead to the smallest number of pieces, and what they leave."""
        line = []
        goal = self.least(position)
        while len(position) > goal:
            capture, position = next(
                (capture, left) for capture, left in moves(position) if self.least(left) == goal
            )
            line.append(capture)
        return line, position


@lru_cache(maxsize=16)
def search(root: Position) -> Search:
    """Return the search of a board; drawing, solving and explaining one sample share it."""
    return Search()


def reachable(position: Position, limit: int) -> list[Position] | None:
    """Return all positions that captures lead to, itself first, or None if above the limit."""
    found = {position: None}
    queue = [position]
    for one in queue:
        for _, left in moves(one):
            if left not in found:
                if len(found) == limit:
                    return None
                found[left] = None
                queue.append(left)
    return queue
