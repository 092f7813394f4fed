"""Rules of the cube: its 54 stickers, the net, and what the twelve quarter turns do to them.

A place is a number: 9 x face + 3 x row + column, faces in the order of `FACES`, row 0 and column 0
at the top and left of the face as it lies in the net (U above F, D below F, the row L F R B).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from operator import itemgetter

Stickers = tuple[int, ...]
"""The colour at each of the 54 places, as an index into `COLOURS`."""

FACES = ("U", "D", "L", "R", "F", "B")
COLOURS = ("yellow", "white", "orange", "red", "blue", "green")
TURNS = tuple(face + way for face in FACES for way in ("", "'"))
"""All quarter turns, in the order in which ties between solutions are broken."""

PLACES = range(54)
CORNERS: dict[str, tuple[int, int, int]] = {
    "ULB": (0, 18, 47),
    "UBR": (2, 45, 29),
    "UFL": (6, 36, 20),
    "URF": (8, 27, 38),
    "DLF": (9, 26, 42),
    "DFR": (11, 44, 33),
    "DBL": (15, 53, 24),
    "DRB": (17, 35, 51),
}
"""The three places of each corner, on the faces that its name lists."""


@dataclass(frozen=True)
class State:
    """A cube as it is held.

    Attributes:
        stickers: the colour at each place.
        scramble: turns that lead here from the solved cube with the same centres; not shown.
    """

    stickers: Stickers
    scramble: tuple[str, ...]


@dataclass(frozen=True)
class Strip:
    """Three places in a line of one face, in the order in which a turn carries them."""

    face: str
    line: str
    number: int
    backwards: bool = False

    @property
    def places(self) -> list[int]:
        """The three places, in carrying order."""
        order = (2, 1, 0) if self.backwards else (0, 1, 2)
        if self.line == "row":
            return [place_of(self.face, self.number, i) for i in order]
        return [place_of(self.face, i, self.number) for i in order]

    def __str__(self) -> str:
        return f"{self.face} {self.line} {self.number}"


def place_of(face: str, row: int, column: int) -> int:
    """Return the number of a place."""
    return 9 * FACES.index(face) + 3 * row + column


def face_of(place: int) -> str:
    """Return the face on which a place lies."""
    return FACES[place // 9]


def cell_of(place: int) -> tuple[int, int]:
    """Return the (row, column) of a place on its face."""
    return divmod(place % 9, 3)


def places_on(face: str) -> range:
    """Return the nine places of a face in reading order; the fifth is its centre."""
    first = place_of(face, 0, 0)
    return range(first, first + 9)


# Where a clockwise turn carries the neighbours' stickers: each strip to the next, the last to the
# first.
STRIPS: dict[str, tuple[Strip, Strip, Strip, Strip]] = {
    "U": (Strip("F", "row", 0), Strip("L", "row", 0), Strip("B", "row", 0), Strip("R", "row", 0)),
    "D": (Strip("F", "row", 2), Strip("R", "row", 2), Strip("B", "row", 2), Strip("L", "row", 2)),
    "F": (
        Strip("U", "row", 2),
        Strip("R", "column", 0),
        Strip("D", "row", 0, True),
        Strip("L", "column", 2, True),
    ),
    "B": (
        Strip("U", "row", 0),
        Strip("L", "column", 0, True),
        Strip("D", "row", 2, True),
        Strip("R", "column", 2),
    ),
    "R": (
        Strip("F", "column", 2),
        Strip("U", "column", 2),
        Strip("B", "column", 0, True),
        Strip("D", "column", 2),
    ),
    "L": (
        Strip("F", "column", 0),
        Strip("D", "column", 0),
        Strip("B", "column", 2, True),
        Strip("U", "column", 0),
    ),
}


def _sources(turn: str) -> tuple[int, ...]:
    """Where the sticker at each place was before a turn."""
    face = turn[0]
    sources = list(PLACES)
    for row in range(3):
        for column in range(3):
            sources[place_of(face, row, column)] = place_of(face, 2 - column, row)
    strips = STRIPS[face]
    for before, after in zip(strips, (*strips[1:], strips[0]), strict=True):
        for source, target in zip(before.places, after.places, strict=True):
            sources[target] = source
    if turn.endswith("'"):
        sources = sorted(PLACES, key=sources.__getitem__)
    return tuple(sources)


SOURCES: dict[str, tuple[int, ...]] = {turn: _sources(turn) for turn in TURNS}
"""For each turn and place: the place from which the turn brings the sticker."""

_TURN: dict[str, Callable[[Stickers], Stickers]] = {
    turn: itemgetter(*sources) for turn, sources in SOURCES.items()
}


def turned(stickers: Stickers, turns: Sequence[str]) -> Stickers:
    """Return the stickers after a sequence of turns."""
    for turn in turns:
        stickers = _TURN[turn](stickers)
    return stickers


def inverse(turn: str) -> str:
    """Return the turn that undoes a turn."""
    return turn[0] if turn.endswith("'") else turn + "'"


def trace_back(place: int, turns: Sequence[str]) -> list[int]:
    """Return where the sticker that ends at ``place`` is, from after all turns to before them."""
    path = [place]
    for turn in reversed(turns):
        path.append(SOURCES[turn][path[-1]])
    return path


def solved(hold: Sequence[int]) -> Stickers:
    """Return the solved cube whose face i has the colour ``hold[i]``."""
    return tuple(hold[place // 9] for place in PLACES)


def centres(stickers: Stickers) -> Stickers:
    """Return the colours of the six centres, which no turn moves."""
    return stickers[4::9]


def right_places(stickers: Stickers, face: str) -> int:
    """Return how many of a face's nine stickers have the colour of its centre."""
    first = 9 * FACES.index(face)
    return stickers[first : first + 9].count(stickers[first + 4])


def wrong_places(stickers: Stickers) -> int:
    """Return how many stickers differ from the centre of their face."""
    return 54 - sum(right_places(stickers, face) for face in FACES)


def _holds() -> tuple[tuple[int, ...], ...]:
    # Two quarter turns of the whole cube, as the face whose colour each face takes over.
    forward, sideways = ("B", "F", "L", "R", "U", "D"), ("U", "D", "F", "B", "R", "L")
    found = [tuple(range(6))]
    for hold in found:
        for roll in (forward, sideways):
            rolled = tuple(hold[FACES.index(face)] for face in roll)
            if rolled not in found:
                found.append(rolled)
    return tuple(found)


HOLDS = _holds()
"""The 24 ways to hold the cube: the colours of the centres in the order of `FACES`."""
