"""The board as text, and how pieces and captures are written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gameqa.games.chess_ranger.rules import (
    KINDS,
    LETTERS,
    Capture,
    Position,
    State,
    kind_of,
    square_name,
    square_of,
)

KEY = ", ".join(f"{letter} {kind}" for letter, kind in zip(LETTERS, KINDS, strict=True))


def describe(state: State, captures: Sequence[tuple[str, str]]) -> str:
    """Write the board from rank 8 down to rank 1, files below, and the arrows drawn on it."""
    signs = ["."] * 64
    for piece in state.position:
        signs[square_of(piece)] = LETTERS[kind_of(piece)]
    lines = [f"{8 - row} {' '.join(signs[8 * row : 8 * row + 8])}" for row in range(8)]
    arrows = [f"{n} from {start} to {end}" for n, (start, end) in enumerate(captures, 1)]
    return "\n".join(
        [
            "The board, rank numbers at the left and file letters below:",
            *lines,
            "  a b c d e f g h",
            f"Key: . empty square, {KEY}.",
            "All pieces are on one side; pawns capture towards the higher ranks.",
            *([f"Numbered arrows: {'; '.join(arrows)}."] if arrows else []),
        ]
    )


def placed(piece: int) -> str:
    """Write a piece with its square, e.g. ``Nd6``."""
    return LETTERS[kind_of(piece)] + square_name(square_of(piece))


def pieces(position: Position) -> str:
    """Write all pieces of a position."""
    return ", ".join(map(placed, position))


def move(capture: Capture) -> str:
    """Write a capture, e.g. ``Nd6xc4``."""
    mover, victim = capture
    return f"{placed(mover)}x{square_name(square_of(victim))}"


def line(captures: Iterable[Capture]) -> str:
    """Write captures one after another."""
    return ", ".join(map(move, captures))
