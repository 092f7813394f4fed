"""How boards are made: pieces grown from seeds, some of them around a piece drawn beforehand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from gameqa.drawing import NAMED
from gameqa.games.tangram.rules import (
    ANGLES,
    Cell,
    Mask,
    Piece,
    State,
    TrayPiece,
    box_of,
    cells_of,
    fitting_angles,
    flipped,
    mask_of,
    turned,
)
from gameqa.games.tangram.solver import placements
from gameqa.grids import side_neighbours
from gameqa.rng import Rng

COLORS = tuple(name for name in NAMED if name not in ("black", "white"))
"""Fills of pieces; black and white are left to print and to holes."""

BOXES = 8
"""Positions offered for a removed piece."""

_LEAST_CELLS = 3
_LEAST_TURNED = 4
_ATTEMPTS = 40
_VARIANTS = 8
"""States yielded of one cut: relabelling costs little, and decides the split anew."""


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        size: least and greatest number of rows and columns.
        pieces: least and greatest number of pieces before any is removed.
        removed: least and greatest number of pieces removed, where a task does not fix it.
        count, area, adjacent: lowest and highest first value of the window of answers.
        jaggedness: least and greatest share of cells that a piece grows at random, not roundly.
    """

    size: tuple[int, int]
    pieces: tuple[int, int]
    removed: tuple[int, int]
    count: tuple[int, int]
    area: tuple[int, int]
    adjacent: tuple[int, int]
    jaggedness: tuple[float, float] = (0.2, 0.9)


def within(bounds: tuple[int, int], rng: Rng) -> int:
    """Draw an integer of a range, both ends included."""
    return rng.integers(bounds[0], bounds[1] + 1)


def cut(
    knobs: Knobs, size: int, count: int, rng: Rng, planted: Sequence[Cell] = ()
) -> list[list[Cell]] | None:
    """Cut a board into pieces, the first of which has the planted cells if there are any.

    Returns:
        The cells of each piece, or None where one came out too small or far too large.
    """
    low, high = knobs.jaggedness
    parts = _grow(size, count, low + (high - low) * rng.random(), rng, planted)
    if parts is None or min(map(len, parts)) < _LEAST_CELLS:
        return None
    if any(2 * len(part) >= size * size and _is_rectangle(part) for part in parts):
        return None
    return parts


def _grow(
    size: int, count: int, jaggedness: float, rng: Rng, planted: Sequence[Cell]
) -> list[list[Cell]] | None:
    near = side_neighbours(size, size)
    parts = [[r * size + c for r, c in planted]] if planted else []
    first = len(parts)
    taken = set(parts[0]) if parts else set()
    free = [cell for cell in range(size * size) if cell not in taken]
    seeds = rng.sample(free, count - first)
    parts += [[seed] for seed in seeds]
    taken.update(seeds)
    rims: list[list[int]] = [[] for _ in range(first)]
    rims += [[cell for cell in near[seed] if cell not in taken] for seed in seeds]
    alive = list(range(first, count))
    left = size * size - len(taken)
    draw = rng.random
    while left:
        if not alive:
            return None  # the planted piece cuts off cells in which no seed lies
        one, other = alive[int(draw() * len(alive))], alive[int(draw() * len(alive))]
        part = one if len(parts[one]) <= len(parts[other]) else other
        rim = [cell for cell in rims[part] if cell not in taken]
        if not rim:
            if len(parts[part]) < _LEAST_CELLS:
                return None
            alive.remove(part)
            continue
        if draw() < jaggedness:
            cell = rim[int(draw() * len(rim))]
        else:
            cell = min(rim, key=_distances(size, parts[part][0]).__getitem__)
        taken.add(cell)
        parts[part].append(cell)
        rim.remove(cell)
        rim += [other for other in near[cell] if other not in taken and other not in rim]
        rims[part] = rim
        left -= 1
    return [[divmod(cell, size) for cell in sorted(part)] for part in parts]


@lru_cache(maxsize=1024)
def _distances(size: int, centre: int) -> list[int]:
    """Return the squared distances of a board's cells from one of them."""
    r, c = divmod(centre, size)
    return [(row - r) ** 2 + (col - c) ** 2 for row in range(size) for col in range(size)]


def _is_rectangle(cells: Iterable[Cell]) -> bool:
    return all(map(all, mask_of(cells)))


def touching(size: int, parts: Sequence[Sequence[Cell]]) -> list[set[int]]:
    """Return for every part the indices of those that share a side with it."""
    owner = {cell: index for index, part in enumerate(parts) for cell in part}
    beside: list[set[int]] = [set() for _ in parts]
    for (r, c), index in owner.items():
        for cell in ((r + 1, c), (r, c + 1)):
            other = owner.get(cell, index)
            if other != index:
                beside[index].add(other)
                beside[other].add(index)
    return beside


def named(parts: Sequence[Sequence[Cell]], beside: Sequence[set[int]], rng: Rng) -> list[Piece]:
    """Give every part a label and a colour that none of its neighbours has.

    Labels are scattered, so that neither the number of pieces nor the missing ones can be told
    from them.
    """
    count = len(parts)
    labels = rng.sample(range(1, max(12, 2 * count) + 1), count)
    colors = [""] * count
    for index in rng.permutation(count):
        taken = {colors[other] for other in beside[index]}
        # A piece with more neighbours than there are colours has never been met.
        colors[index] = rng.choice([color for color in COLORS if color not in taken] or COLORS)
    return [Piece(labels[i], colors[i], tuple(part)) for i, part in enumerate(parts)]


def lift(size: int, pieces: Sequence[Piece], removed: Sequence[Piece]) -> State:
    """Return the state in which some pieces lie in the tray as they lay on the board."""
    tray = tuple(TrayPiece(piece.label, mask_of(piece.cells)) for piece in removed)
    return _state(size, pieces, tray)


def _state(size: int, pieces: Sequence[Piece], tray: tuple[TrayPiece, ...]) -> State:
    ordered = tuple(sorted(pieces, key=lambda piece: piece.label))
    return State(size, ordered, tuple(piece.label for piece in tray), tray)


def _cuts(
    knobs: Knobs, size: int, count: int, rng: Rng, planted: Sequence[Cell] = ()
) -> Iterator[tuple[list[list[Cell]], list[set[int]]]]:
    """Yield boards of one kind and who is next to whom; the planted piece comes first."""
    for _ in range(_ATTEMPTS):
        parts = cut(knobs, size, count, rng, planted)
        if parts is not None:
            yield parts, touching(size, parts)


def states(knobs: Knobs, size: int, count: int, removed: int, rng: Rng) -> Iterator[State]:
    """Yield states of one board with different pieces removed and different labels."""
    for parts, beside in _cuts(knobs, size, count, rng):
        for _ in range(_VARIANTS):
            pieces = named(parts, beside, rng)
            yield lift(size, pieces, rng.sample(pieces, removed))
        return


def beside_states(
    knobs: Knobs, size: int, count: int, removed: int, neighbours: int, rng: Rng
) -> Iterator[tuple[State, int]]:
    """Yield states in which a piece has the wanted number of neighbours left, and its label.

    Of a piece with more neighbours so many are removed; the rest of the removed pieces lie
    elsewhere.
    """
    for parts, beside in _cuts(knobs, size, count, rng):
        fit = [
            index
            for index, near in enumerate(beside)
            if 0 <= len(near) - neighbours <= removed
            and removed - len(near) + neighbours < count - len(near)
        ]
        if not fit:
            continue
        for _ in range(_VARIANTS):
            index = rng.choice(fit)
            near = sorted(beside[index])
            gone = rng.sample(near, len(near) - neighbours)
            far = [i for i in range(count) if i != index and i not in beside[index]]
            gone += rng.sample(far, removed - len(gone))
            pieces = named(parts, beside, rng)
            yield (
                lift(size, pieces, [pieces[i] for i in rng.shuffled(gone)]),
                pieces[index].label,
            )
        return


# ------------------------------------------------------------------------------- turned pieces


def turned_states(
    knobs: Knobs, size: int, count: int, angles: Sequence[int], rng: Rng
) -> Iterator[State]:
    """Yield a state with one piece removed that fits at exactly the given angles.

    Args:
        knobs: the level.
        size: the board's.
        count: of pieces.
        angles: a set of angles that some shape can have, empty for a flipped piece.
        rng: the substream.
    """
    fold = len(angles)
    planted: Sequence[Cell] = ()
    if fold > 1:
        shape = None
        while shape is None:
            shape = symmetric_shape(fold, size * size / count, size - 1, rng)
        top = rng.below(size - len(shape) + 1)
        left = rng.below(size - len(shape[0]) + 1)
        planted = cells_of(shape, top, left)
    for parts, beside in _cuts(knobs, size, count, rng, planted):
        fit = [0] if planted else [i for i in range(count) if _suits(mask_of(parts[i]), fold)]
        if not fit:
            continue
        for _ in range(_VARIANTS):
            pieces = named(parts, beside, rng)
            piece = pieces[rng.choice(fit)]
            back = rng.choice(angles) if angles else rng.choice(ANGLES)
            turn = (360 - back) % 360
            home = mask_of(piece.cells)
            drawn = turned(home if angles else flipped(home), turn)
            yield _state(size, pieces, (TrayPiece(piece.label, drawn, turn, not angles),))
        return


def _suits(mask: Mask, fold: int) -> bool:
    """Whether a shape has no symmetry of rotation and, for ``fold`` 0, none of reflection."""
    if sum(map(sum, mask)) < _LEAST_TURNED or fitting_angles(mask, mask) != (0,):
        return False
    return fold == 1 or not fitting_angles(flipped(mask), mask)


def symmetric_shape(fold: int, cells: float, side: int, rng: Rng) -> Mask | None:
    """Draw a connected shape that looks the same after exactly ``fold`` of the four turns.

    Args:
        fold: 2 or 4.
        cells: how many cells it should have, roughly.
        side: the most rows and columns it may have.
        rng: the substream.

    Returns:
        None where the shape drawn is too large or has another symmetry.
    """
    # The centre lies on a cell, a side or a corner; it maps (r, c) to (down - r, right - c).
    down, right = rng.below(2), rng.below(2)
    if fold == 4:
        right = down

    def orbit(cell: Cell) -> set[Cell]:
        r, c = cell
        same = {cell, (down - r, right - c)}
        return same | {(c, down - r), (down - c, r)} if fold == 4 else same

    shape = orbit((0, 0))
    if down and right:
        shape |= orbit((0, 1))
    wanted = max(_LEAST_TURNED, int(cells * (0.7 + 0.7 * rng.random()) + 0.5))
    while len(shape) < wanted:
        rim = {
            (r + dr, c + dc) for r, c in shape for dr, dc in ((0, 1), (0, -1), (1, 0), (-1, 0))
        } - shape
        shape |= orbit(rng.choice(sorted(rim)))
    mask = mask_of(shape)
    if max(len(mask), len(mask[0])) > side or len(fitting_angles(mask, mask)) != fold:
        return None
    return mask


# ------------------------------------------------------------------------------- two pieces


@lru_cache(maxsize=256)
def _sides(size: int, count: int) -> list[tuple[int, int]]:
    """Sides of boxes that suit a piece of average area and can lie at enough places."""
    area = size * size / count
    return [
        (h, w)
        for h in range(2, size)
        for w in range(2, size)
        if (size - h + 1) * (size - w + 1) >= BOXES
        and area <= h * w <= 2.2 * area
        and max(h, w) <= 2 * min(h, w)
    ]


def boxes(knobs: Knobs, rng: Rng) -> Mapping[str, Any]:
    """Draw a board's measures, the boxes to offer for a piece, and which of them is right.

    All boxes are drawn before the truth among them, and long before the board: nothing about
    them can tell which one it is.
    """
    size, count = within(knobs.size, rng), within(knobs.pieces, rng)
    high, wide = rng.choice(_sides(size, count))
    corners = [(r, c) for r in range(size - high + 1) for c in range(size - wide + 1)]
    pole = rng.choice(corners)
    away = {
        cell: max(abs(cell[0] - pole[0]), abs(cell[1] - pole[1])) + rng.random() for cell in corners
    }
    nearest = sorted(corners, key=lambda cell: away[cell])[: BOXES + rng.below(5)]
    offered = rng.sample(nearest, BOXES)
    listed = [(r, c, r + high - 1, c + wide - 1) for r, c in offered]
    return {"size": size, "count": count, "boxes": listed, "box": rng.choice(listed)}


def pair_states(plan: Mapping[str, Any], knobs: Knobs, rng: Rng) -> Iterator[State]:
    """Yield states with two pieces removed, one of which lay in the planned box.

    Both go back in one way only. Of the planted piece's neighbours that one goes with it whose
    hole holds the most of the offered boxes.
    """
    size, box, offered = plan["size"], plan["box"], plan["boxes"]
    for _ in range(_ATTEMPTS):
        parts = cut(knobs, size, plan["count"], rng, _shape_in(box, rng))
        if parts is None:
            continue
        beside = touching(size, parts)
        mine = mask_of(parts[0])
        best, most = 0, 1
        for other in sorted(beside[0]):
            hole = sorted(parts[0] + parts[other])
            top, left, bottom, right = box_of(hole)
            inside = sum(
                b[0] >= top and b[1] >= left and b[2] <= bottom and b[3] <= right for b in offered
            )
            theirs = mask_of(parts[other])
            if inside > most and mine != theirs and len(placements(hole, mine, theirs)) == 1:
                best, most = other, inside
        for _ in range(_VARIANTS if best else 0):
            pieces = named(parts, beside, rng)
            yield lift(size, pieces, rng.shuffled([pieces[0], pieces[best]]))
        if best:
            return


def _shape_in(box: Sequence[int], rng: Rng) -> list[Cell]:
    """Draw a connected shape that reaches all four sides of a box."""
    top, left, bottom, right = box
    high, wide = bottom - top + 1, right - left + 1
    near = side_neighbours(high, wide)
    most = high * wide
    wanted = rng.integers(max(_LEAST_CELLS, most // 2), max(most * 4 // 5, most // 2 + 1) + 1)
    cells = [rng.below(most)]
    rim = list(near[cells[0]])
    while True:
        cell = rng.choice(rim)
        rim.remove(cell)
        cells.append(cell)
        rim += [other for other in near[cell] if other not in cells and other not in rim]
        if len(cells) >= wanted:
            rows, cols = {c // wide for c in cells}, {c % wide for c in cells}
            if len(rows) == high and len(cols) == wide:
                return [(top + c // wide, left + c % wide) for c in sorted(cells)]
