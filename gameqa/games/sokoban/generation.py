"""How boards are made: layouts, starts from the exact table, and boards of several boxes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gameqa.games.sokoban.rules import MOVES, Cell, State, distance, step_from
from gameqa.games.sokoban.solver import (
    Walls,
    bits_of,
    distances,
    flood,
    floor_mask,
)
from gameqa.rng import Rng

MIN_FLOOR = 12
STARTS_A_LAYOUT = 20


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        sides: least and greatest number of rows and of columns (each drawn), border included.
        wall_density: least and greatest share of interior cells that become wall.
        sequence: number of moves in the sequences of two tasks.
        first_minimum: range of the smallest option of `minimum_moves`; options are two apart.
        distances: of the window of box distances: lowest and highest first value, and size.
        walk: least and greatest length of a shortest walk.
        two_lengths: share of shortest walks offered among sequences of two lengths; small boards
            have too few goals for it.
        box_weights: how often boards of several-box tasks have one, two, three ... boxes.
    """

    sides: tuple[int, int]
    sequence: int
    first_minimum: tuple[int, int]
    distances: tuple[int, int, int]
    walk: tuple[int, int]
    two_lengths: float = 0.5
    wall_density: tuple[float, float] = (0.10, 0.18)
    box_weights: tuple[float, ...] = (0.5, 0.3, 0.2)


def draw_layout(knobs: Knobs, rng: Rng, least_side: int = 0) -> Walls:
    """Draw border and interior walls; only the largest connected piece of floor stays floor."""
    while True:
        rows, cols = (
            max(least_side, rng.integers(knobs.sides[0], knobs.sides[1] + 1)) for _ in range(2)
        )
        low, high = knobs.wall_density
        density = low + (high - low) * rng.random()
        inside = [r * cols + c for r in range(1, rows - 1) for c in range(1, cols - 1)]
        floor = sum(1 << cell for cell in inside if not rng.chance(density))
        largest, rest = 0, floor
        while rest:
            piece = flood(rest & -rest, floor, cols)
            rest &= ~piece
            if piece.bit_count() > largest.bit_count():
                largest = piece
        if MIN_FLOOR <= largest.bit_count() <= len(inside) - 2:
            return tuple(
                tuple(0 if largest >> r * cols + c & 1 else 1 for c in range(cols))
                for r in range(rows)
            )


def one_box_states(
    knobs: Knobs,
    rng: Rng,
    *,
    minimum: int | None = None,
    box_distance: int | None = None,
    allow_straight: bool = True,
) -> Iterator[State]:
    """Yield solvable boards with one box, up to `STARTS_A_LAYOUT` of one layout.

    Args:
        knobs: the level.
        rng: the substream.
        minimum: the wanted least number of moves to solve the board.
        box_distance: the wanted Manhattan distance of box and target.
        allow_straight: whether the solution may be one straight walk and push.
    """
    # On six cells a side plans of more than ten moves are rare.
    walls = draw_layout(knobs, rng, least_side=7 if minimum is not None and minimum > 10 else 0)
    cols = len(walls[0])
    floor = list(bits_of(floor_mask(walls)))
    target = divmod(rng.choice(floor), cols)
    boxes = -1
    if box_distance is not None:
        boxes = sum(
            1 << cell for cell in floor if distance(divmod(cell, cols), target) == box_distance
        )
        if not boxes:
            return
    table = distances(walls, target)
    least, most = 2, len(table.layers) - 1
    if most < least:
        return
    for _ in range(STARTS_A_LAYOUT):
        if minimum is None:
            # A bucket of plan lengths first: short plans are far more numerous than long ones.
            third = (most - least + 3) // 3
            low = least + third * rng.below(3)
            wanted = min(most, rng.integers(low, low + third))
        else:
            wanted = minimum
        for player, box in table.starts(wanted, rng, boxes):
            state = State(walls, player, (box,), (target,))
            if (allow_straight or not _is_straight(state, wanted)) and can_push(state):
                yield state
                break


def _is_straight(state: State, moves: int) -> bool:
    (pr, pc), (br, bc), (tr, tc) = state.player, state.boxes[0], state.targets[0]
    in_line = pr == br == tr or pc == bc == tc
    return in_line and moves == distance(state.player, state.targets[0]) - 1


def reach(state: State) -> list[Cell]:
    """Return the cells to which the player can walk, its own included."""
    return [divmod(cell, state.cols) for cell in bits_of(_reach(state)[0])]


def _reach(state: State) -> tuple[int, int]:
    """Return the cells within the player's reach and the cells free of boxes, as masks."""
    cols = state.cols
    free = floor_mask(state.walls)
    for r, c in state.boxes:
        free &= ~(1 << r * cols + c)
    return flood(1 << state.player[0] * cols + state.player[1], free, cols), free


def can_push(state: State) -> bool:
    """Whether the player can walk to some box and push it."""
    cols = state.cols
    within, free = _reach(state)
    for r, c in state.boxes:
        box = r * cols + c
        for dr, dc in MOVES.values():
            step = dr * cols + dc
            if within >> box - step & 1 and free >> box + step & 1:
                return True
    return False


def several_box_state(knobs: Knobs, boxes: int, rng: Rng) -> State | None:
    """Make a solvable board by random pulls, pushes undone, from a solved one.

    Args:
        knobs: the level.
        boxes: how many boxes.
        rng: the substream.
    """
    walls = draw_layout(knobs, rng)
    cols = len(walls[0])
    floor = floor_mask(walls)
    cells = list(bits_of(floor))
    targets = rng.sample(cells, boxes)
    goal = occupied = sum(1 << cell for cell in targets)
    player = rng.choice([cell for cell in cells if not goal >> cell & 1])
    steps = [dr * cols + dc for dr, dc in MOVES.values()]
    wanted_pulls = boxes * (2 + rng.below(4))
    for pulls in range(4 * wanted_pulls):
        free = floor & ~occupied
        within = flood(1 << player, free, cols)
        if pulls >= wanted_pulls and 2 * (occupied & ~goal).bit_count() >= boxes:
            state = State(
                walls,
                divmod(rng.choice(list(bits_of(within))), cols),
                tuple(divmod(box, cols) for box in bits_of(occupied)),
                tuple(divmod(cell, cols) for cell in sorted(targets)),
            )
            return state if can_push(state) else None
        # From `side`, next to a box, the player steps back and draws the box after itself.
        choices = [
            (box - step, step)
            for box in bits_of(occupied)
            for step in steps
            if within >> box - step & 1 and free >> box - 2 * step & 1
        ]
        if not choices:
            return None
        side, step = rng.choice(choices)
        occupied ^= 1 << side + step | 1 << side
        player = side - step
    return None


def free_neighbours(state: State) -> list[Cell]:
    """Return the cells next to the player that are neither wall nor box."""
    cells = [step_from(state.player, move) for move in MOVES]
    return [cell for cell in cells if not state.is_wall(cell) and cell not in state.boxes]
