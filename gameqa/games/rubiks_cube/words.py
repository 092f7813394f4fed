"""The cube as text, and the phrases that questions and analyses share."""

from __future__ import annotations

from gameqa.games.rubiks_cube.rules import (
    COLOURS,
    FACES,
    STRIPS,
    State,
    Stickers,
    cell_of,
    face_of,
    places_on,
)

NET = (
    "The net shows the outside of the cube, unfolded: U above F, D below F, and the row L, F, R, B "
    "from left to right."
)
CELLS = (
    "Stickers are given as (row, column) of a face; row 0 is the top row and column 0 the left "
    "column of that face as it lies in the net."
)
TURNING = (
    "Turns: a face letter (U, D, L, R, F or B) is a quarter turn of that face clockwise, as seen "
    "when looking straight at it from outside the cube; the letter followed by ' is a quarter "
    "turn counter-clockwise. A turn carries along the adjoining row or column of three stickers "
    "of each of the four neighbouring faces; the centres stay where they are."
)


def describe(state: State) -> str:
    """Write the six faces as three rows of three colour names each."""
    lines = [
        "A Rubik's cube with the faces U, D, L, R, F and B as a net: U above F, D below F, and the "
        "row L, F, R, B.",
        "Each face as it lies in the net: rows 0 to 2 from top to bottom, columns 0 to 2 from left "
        "to right.",
    ]
    for face in FACES:
        lines += [f"Face {face}:", *rows_of(state.stickers, face)]
    return "\n".join(lines)


def rows_of(stickers: Stickers, face: str) -> list[str]:
    """Write a face as three rows of colour names."""
    names = [COLOURS[stickers[place]] for place in places_on(face)]
    return [" ".join(names[row : row + 3]) for row in (0, 3, 6)]


def in_one_line(stickers: Stickers, face: str) -> str:
    """Write a face in one line, its rows parted by strokes."""
    return " / ".join(rows_of(stickers, face))


def numbered_rows(stickers: Stickers, face: str) -> str:
    """Write the rows of a face with their numbers, a line each."""
    rows = enumerate(rows_of(stickers, face))
    return "\n".join(f"Row {row}: {names}." for row, names in rows)


def name(place: int) -> str:
    """Name a place, e.g. ``F (0, 2)``."""
    return f"{face_of(place)} {cell_of(place)}"


def step_back(turn: str, after: int, before: int) -> str:
    """Tell from where a turn brought the sticker at the place ``after``."""
    if after == before:
        return f"{turn} does not move {name(after)}"
    if face_of(after) == turn[0]:
        way = "counter-clockwise" if turn.endswith("'") else "clockwise"
        return f"{turn} turns face {turn[0]} itself {way}: {name(after)} came from {name(before)}"
    strips = STRIPS[turn[0]]
    source = next(strip for strip in strips if before in strip.places)
    target = next(strip for strip in strips if after in strip.places)
    way = " in reverse order" if source.backwards != target.backwards else ""
    return f"{turn} carries {source} to {target}{way}: {name(after)} came from {name(before)}"
