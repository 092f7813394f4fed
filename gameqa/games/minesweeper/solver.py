"""What follows from a board: which cells are surely mines or safe, and consistent layouts.

A *layout* is a set of hidden cells that hold the mines not yet flagged. It is consistent if every
revealed number and the number of all mines come out right.
"""

from __future__ import annotations

from gameqa.games.minesweeper.rules import View
from gameqa.grids import bits

TOTAL = -1
"""Stands for the number of all mines where a `Rule` names the number it comes from."""

Rule = tuple[int, int, int]
"""A set of hidden cells, how many mines it holds, and the cell whose number says so."""


class Solver:
    """Exact reasoning about one view."""

    def __init__(self, view: View) -> None:
        """Turn the numbers and the total into rules about the hidden cells."""
        self.view = view
        self.rules: list[Rule] = []
        for cell, number in enumerate(view.numbers):
            mask = view.near[cell] & view.hidden
            if number > 0 and mask:
                flags = (view.near[cell] & view.flagged).bit_count()
                self.rules.append((mask, number - flags, cell))
        self.rules.append((view.hidden, view.mines - view.flagged.bit_count(), TOTAL))
        # Hidden cells next to no revealed cell are all alike: only their total counts.
        self.sea = view.hidden & ~view.frontier

    def propagate(self, mines: int, safe: int) -> tuple[int, int] | None:
        """Draw all conclusions that single rules allow.

        Args:
            mines: hidden cells taken to be mines.
            safe: hidden cells taken to be safe.

        Returns:
            Both sets enlarged, or None where some rule cannot be met.
        """
        again = True
        while again:
            again = False
            for mask, count, _ in self.rules:
                left = count - (mask & mines).bit_count()
                unknown = mask & ~(mines | safe)
                if left < 0 or left > unknown.bit_count():
                    return None
                if unknown:
                    if left == 0:
                        safe |= unknown
                        again = True
                    elif left == unknown.bit_count():
                        mines |= unknown
                        again = True
        return mines, safe

    def layout(self, mines: int = 0, safe: int = 0) -> int | None:
        """Find a consistent layout with these cells mines and these safe, or None."""
        found = self.propagate(mines, safe)
        if found is None:
            return None
        mines, safe = found
        unknown = self.view.frontier & ~(mines | safe)
        if unknown:
            cell = unknown & -unknown
            result = self.layout(mines, safe | cell)
            return self.layout(mines | cell, safe) if result is None else result
        rest = self.sea & ~(mines | safe)
        for _ in range(self.rules[-1][1] - mines.bit_count()):
            mines |= rest & -rest
            rest &= rest - 1
        return mines

    def classify(self) -> tuple[int, int]:
        """Return the hidden cells that are surely mines, and those that are surely safe."""
        found = self.propagate(0, 0)
        if found is None:
            raise ValueError("no layout is consistent with this board")
        mines, safe = found
        could_be_mine = mines
        could_be_safe = safe
        unknown = self.view.hidden & ~(mines | safe)
        while unknown:
            cell = unknown & -unknown
            unknown ^= cell
            for needed, as_mine in ((could_be_mine, True), (could_be_safe, False)):
                if needed & cell:
                    continue
                layout = self.layout(mines | cell * as_mine, safe | cell * (not as_mine))
                if layout is None:
                    # The opposite is certain and may help with the rest.
                    found = self.propagate(mines | cell * (not as_mine), safe | cell * as_mine)
                    assert found is not None, "one of both must be possible"
                    mines, safe = found
                    could_be_mine |= mines
                    could_be_safe |= safe
                else:
                    could_be_mine |= layout
                    could_be_safe |= self.view.hidden & ~layout
                    if 0 < (layout & self.sea).bit_count() < self.sea.bit_count():
                        could_be_mine |= self.sea & ~safe
                        could_be_safe |= self.sea & ~mines
        return mines, safe

    def status(self, cell: int) -> bool | None:
        """Return whether a hidden cell is surely a mine, surely none (False), or open (None)."""
        bit = 1 << cell
        if self.layout(mines=bit) is None:
            return False
        return True if self.layout(safe=bit) is None else None

    def number(self, cell: int) -> int | None:
        """Return the number of a surely safe cell, or None where a neighbour is open."""
        total = (self.view.near[cell] & self.view.flagged).bit_count()
        for other in bits(self.view.near[cell] & self.view.hidden):
            is_mine = self.status(other)
            if is_mine is None:
                return None
            total += is_mine
        return total
