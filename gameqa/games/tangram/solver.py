"""Where two removed pieces can go back: every position of one, tested against the other."""

from __future__ import annotations

from gameqa.games.tangram.rules import Cell, Mask, State, cells_of, mask_of


def placements(hole: list[Cell], asked: Mask, other: Mask) -> list[Cell]:
    """Return the corners (top row, left column) of every completion, in reading order.

    Both pieces stay as they are drawn and together fill the hole.

    Args:
        hole: the empty cells.
        asked: the piece whose positions are returned.
        other: the piece that has to fill the rest.
    """
    free = set(hole)
    cells = cells_of(asked)
    first = cells[0]
    found = []
    for r, c in hole:
        top, left = r - first[0], c - first[1]
        placed = {(top + row, left + col) for row, col in cells}
        if placed <= free and mask_of(free - placed) == other:
            found.append((top, left))
    return found


def asked_and_other(state: State, label: int) -> tuple[Mask, Mask]:
    """Return the asked piece and the other one of a tray of two, as drawn."""
    other = next(piece for piece in state.tray if piece.label != label)
    return state.shown(label).mask, other.mask
