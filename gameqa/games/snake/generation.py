"""How snakes are laid out, and where the food is put."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gameqa.games.snake import solver
from gameqa.games.snake.rules import FOOD, NOTHING, State, legal_moves, play
from gameqa.grids import bits, side_neighbours
from gameqa.moves import STEPS, Cell, distance, step_from
from gameqa.rng import Rng

BOARDS_A_LIST = 400
"""How many boards are tried for one list of moves."""

SUITABLE_BOARDS = 10
"""Among how many boards that suit a list one with a trap is looked for."""

BODIES = 20
"""How many bodies are tried in one substream where the way to the food is asked for."""

TREE = 12
"""How many lists of moves the snake may have left where no way leads to the food."""


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        sides: least and greatest number of rows, which is that of columns too.
        lengths: least and greatest length of the snake.
        counted: the same in the task that asks for the length.
        moves: least and greatest length of a list of moves.
        first: the earliest move of a list at which something may happen.
        excess: classes of ways to the food with their weights: by how many moves the way is longer
            than the Manhattan distance, at least and at most.
        hopeless: share of boards on which no way leads to the food.
        straight: how often the snake goes on straight where it can.
    """

    sides: tuple[int, int]
    lengths: tuple[int, int]
    counted: tuple[int, int]
    moves: tuple[int, int]
    first: int
    excess: tuple[tuple[int, int, float], ...]
    hopeless: float
    straight: float = 0.4


def draw_body(n: int, length: int, straight: float, rng: Rng, curled: bool = False) -> list[Cell]:
    """Lay a snake at random, from its head on.

    Args:
        n: rows and columns of the board.
        length: the wanted number of cells.
        straight: how often it goes on straight where it can.
        rng: the source of all choices.
        curled: whether it mostly stays as near to the head as it can.
    """
    near, cells = side_neighbours(n, n), _cells(n)
    while True:
        at = rng.below(n * n)
        body = [at]
        taken = bytearray(n * n)
        taken[at] = 1
        step = 0
        while len(body) < length:
            free = [cell for cell in near[at] if not taken[cell]]
            if not free:
                break
            if curled and rng.chance(0.8):
                head = cells[body[0]]
                least = min(distance(cells[cell], head) for cell in free)
                ahead = rng.choice([c for c in free if distance(cells[c], head) == least])
            elif step and at + step in free and rng.chance(straight):
                ahead = at + step
            else:
                ahead = rng.choice(free)
            step = ahead - at
            at = ahead
            body.append(at)
            taken[at] = 1
        else:
            return [cells[cell] for cell in body]


@lru_cache(maxsize=64)
def _cells(n: int) -> tuple[Cell, ...]:
    """Return the cells of a board in reading order."""
    return tuple((r, c) for r in range(n) for c in range(n))


def free_cells(n: int, body: Sequence[Cell]) -> list[Cell]:
    """Return the cells that the snake does not cover, in reading order."""
    taken = set(body)
    return [cell for cell in _cells(n) if cell not in taken]


def any_state(n: int, length: int, straight: float, rng: Rng) -> State | None:
    """Make a board on which the snake can move, with the food anywhere."""
    body = tuple(draw_body(n, length, straight, rng))
    state = State(n, body, rng.choice(free_cells(n, body)))
    return state if legal_moves(state, body) else None


def draw_moves(count: int, span: int, rng: Rng) -> list[str]:
    """Draw a list of moves that, on a free plane, visits no cell twice and stays in a square."""
    while True:
        moves: list[str] = []
        cells = [(0, 0)]
        while len(moves) < count:
            open_ = [
                move
                for move in STEPS
                if (ahead := step_from(cells[-1], move)) not in cells
                and all(max(line) - min(line) <= span for line in zip(*cells, ahead, strict=True))
            ]
            if not open_:
                break
            moves.append(rng.choice(open_))
            cells.append(step_from(cells[-1], moves[-1]))
        else:
            return moves


def states_for_moves(
    knobs: Knobs, moves: Sequence[str], outcome: str, trap: bool, rng: Rng
) -> Iterator[State]:
    """Yield boards on which a list of moves has the wanted outcome.

    Args:
        knobs: the level.
        moves: the list.
        outcome: the wanted first event, or `NOTHING`.
        trap: whether boards are preferred on which the list looks dangerous and is not.
        rng: the substream.
    """
    spare: list[State] = []
    for _ in range(BOARDS_A_LIST):
        n = rng.integers(knobs.sides[0], knobs.sides[1] + 1)
        length = rng.integers(knobs.lengths[0], knobs.lengths[1] + 1)
        body = tuple(draw_body(n, length, knobs.straight, rng))
        state = _with_food(State(n, body, (-1, -1)), moves, outcome, knobs.first, rng)
        if state is None:
            continue
        if not trap or has_trap(state, moves):
            yield state
        else:
            spare.append(state)
            if len(spare) >= SUITABLE_BOARDS:
                break
    yield from spare


def _with_food(
    bare: State, moves: Sequence[str], outcome: str, first: int, rng: Rng
) -> State | None:
    """Put food on a board such that the list has the outcome, or return None."""
    steps = list(play(bare, moves))
    event = steps[-1].event
    walk = [step.head for step in steps if step.event is None]
    if outcome == FOOD:
        at = [cell for cell in walk[first - 1 :] if cell not in bare.body]
        return State(bare.n, bare.body, rng.choice(at)) if at else None
    if event != (None if outcome == NOTHING else outcome):
        return None
    if event is not None and len(steps) < first:
        return None
    free = [cell for cell in free_cells(bare.n, bare.body) if cell not in walk]
    return State(bare.n, bare.body, rng.choice(free)) if free else None


def has_trap(state: State, moves: Sequence[str]) -> bool:
    """Whether a list enters a cell that held the snake at the start, or passes by the food."""
    heads = [step.head for step in play(state, moves) if step.event is None]
    return any(head in state.body for head in heads) or any(
        distance(head, state.food) == 1 for head in heads[:-1]
    )


def states_with_way(
    knobs: Knobs, n: int, length: int, least: int, most: int, rng: Rng
) -> Iterator[State]:
    """Yield boards whose way to the food exceeds the Manhattan distance as wanted.

    Whether the snake's own new body makes the way still longer is left to be verified.

    Args:
        knobs: the level.
        n: rows and columns.
        length: the snake's.
        least, most: the wanted excess.
        rng: the substream.
    """
    for _ in range(BODIES):
        body = tuple(draw_body(n, length, knobs.straight, rng))
        bare = State(n, body, (-1, -1))
        seen = sum(1 << r * n + c for r, c in body)
        by_distance: dict[int, list[Cell]] = {}
        for t, layer in enumerate(solver.layers(bare, 2 * n + length)):
            for bit in bits(layer & ~seen):
                cell = divmod(bit, n)
                if t >= 2 and least <= t - distance(cell, body[0]) <= most:
                    by_distance.setdefault(t, []).append(cell)
            seen |= layer
        if by_distance:
            yield State(n, body, rng.choice(by_distance[rng.choice(list(by_distance))]))


def states_without_way(n: int, length: int, stuck: bool, rng: Rng) -> Iterator[State]:
    """Yield boards on which the snake dies soon whatever it does, and without the food.

    Args:
        n: rows and columns.
        length: the snake's.
        stuck: whether it cannot move at all.
        rng: the substream.
    """
    for _ in range(BODIES):
        body = tuple(draw_body(n, length, 0.2, rng, curled=True))
        if not stuck:
            body = _backed(n, body, 1 + rng.below(3), rng)
        bare = State(n, body, (-1, -1))
        reach = solver.tree(bare, TREE)
        if reach is None or (len(reach) == 1) != stuck:
            continue
        heads = {after[0] for _, after in reach}
        cells = [cell for cell in free_cells(n, body) if cell not in heads]
        if cells:
            yield State(n, body, rng.choice(cells))


def _backed(n: int, body: tuple[Cell, ...], moves: int, rng: Rng) -> tuple[Cell, ...]:
    """Return a body from which a few moves lead to the given one."""
    for _ in range(moves):
        tails = [step_from(body[-1], move) for move in STEPS]
        tails = [(r, c) for r, c in tails if 0 <= r < n and 0 <= c < n and (r, c) not in body]
        if not tails:
            break
        body = (*body[1:], rng.choice(tails))
    return body
