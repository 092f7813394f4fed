"""Exact distances on a board with one box, and walking distances, by searches over bit masks.

A set of player cells is one integer with a bit per cell; the wall border keeps shifts from
wrapping round, so a step of the whole set is four shifts and a mask.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import lru_cache

from gameqa.games.sokoban.rules import MOVES, Cell, State, step_from
from gameqa.rng import Rng

Walls = tuple[tuple[int, ...], ...]


def floor_mask(walls: Walls) -> int:
    """Return the floor as a bit mask, bit ``row * cols + col``."""
    bits = "".join("".join("0" if wall else "1" for wall in row) for row in walls)
    return int(bits[::-1], 2)


def spread(mask: int, cols: int) -> int:
    """Return the neighbours of a set of cells."""
    return mask << 1 | mask >> 1 | mask << cols | mask >> cols


def flood(start: int, floor: int, cols: int) -> int:
    """Return all cells of ``floor`` that can be walked to from the set ``start``."""
    reached = start & floor
    while True:
        grown = (reached | spread(reached, cols)) & floor
        if grown == reached:
            return reached
        reached = grown


def bits_of(mask: int) -> Iterator[int]:
    """Yield the positions of the bits that are set, lowest first."""
    while mask:
        low = mask & -mask
        yield low.bit_length() - 1
        mask ^= low


class Distances:
    """The least number of moves to solve every placement of player and box on one layout.

    Attributes:
        layers: for each number of moves, the player cells (a mask) for each box cell (an index)
            from which the board is solved in just that many moves.
    """

    def __init__(self, walls: Walls, target: Cell) -> None:
        """Search backwards from all solved placements, one level a move."""
        self.cols = len(walls[0])
        self.target = target[0] * self.cols + target[1]
        floor = floor_mask(walls)
        steps = [dr * self.cols + dc for dr, dc in MOVES.values()]
        layer = {self.target: floor & ~(1 << self.target)}
        seen = dict(layer)
        self.layers = [layer]
        while layer:
            reached: dict[int, int] = {}
            for box, players in layer.items():
                walked = spread(players, self.cols) & floor & ~(1 << box)
                if walked:
                    reached[box] = reached.get(box, 0) | walked
                for step in steps:
                    # A push moved the player onto `before`, where the box had been.
                    before = box - step
                    if players >> before & 1 and floor >> before - step & 1:
                        reached[before] = reached.get(before, 0) | 1 << before - step
            layer = {}
            for box, players in reached.items():
                new = players & ~seen.get(box, 0)
                if new:
                    layer[box] = new
                    seen[box] = seen.get(box, 0) | new
            if layer:
                self.layers.append(layer)

    def of(self, player: Cell, box: Cell) -> int | None:
        """Return the least number of moves from a placement, None where it has no solution."""
        p, b = player[0] * self.cols + player[1], box[0] * self.cols + box[1]
        for moves, layer in enumerate(self.layers):
            if layer.get(b, 0) >> p & 1:
                return moves
        return None

    def starts(self, moves: int, rng: Rng, boxes: int = -1) -> Iterator[tuple[Cell, Cell]]:
        """Yield the placements (player, box) that need just that many moves, in random order.

        Args:
            moves: the wanted number of moves.
            rng: decides the order.
            boxes: a mask of the cells where the box may stand; all by default.
        """
        if not 0 <= moves < len(self.layers):
            return
        places = [
            (player, box)
            for box, players in sorted(self.layers[moves].items())
            if boxes >> box & 1
            for player in bits_of(players)
        ]
        for player, box in rng.shuffled(places):
            yield divmod(player, self.cols), divmod(box, self.cols)


@lru_cache(maxsize=8)
def distances(walls: Walls, target: Cell) -> Distances:
    """Return the table of a layout; the last few are kept, since many states share a layout."""
    return Distances(walls, target)


def shortest_plan(state: State) -> list[str]:
    """Return a solution of a one-box board with the fewest moves.

    Among equally good moves the first of Up, Right, Down, Left is taken, so the plan is unique.

    Raises:
        ValueError: the board has no solution.
    """
    table = distances(state.walls, state.targets[0])
    player, box = state.player, state.boxes[0]
    left = table.of(player, box)
    if left is None:
        raise ValueError("the board has no solution")
    plan = []
    while left:
        for move in MOVES:
            ahead = step_from(player, move)
            pushed = step_from(ahead, move) if ahead == box else box
            if state.is_wall(ahead) or state.is_wall(pushed):
                continue
            if table.of(ahead, pushed) == left - 1:
                plan.append(move)
                player, box, left = ahead, pushed, left - 1
                break
    return plan


def walking_layers(state: State) -> list[int]:
    """Return the cells at each walking distance from the player as masks, boxes being walls."""
    return layers_from(state.player[0] * state.cols + state.player[1], free_mask(state), state.cols)


def free_mask(state: State) -> int:
    """Return the floor without the boxes as a bit mask."""
    free = floor_mask(state.walls)
    for r, c in state.boxes:
        free &= ~(1 << r * state.cols + c)
    return free


def layers_from(cell: int, free: int, cols: int) -> list[int]:
    """Return the cells of ``free`` at each walking distance from a cell as masks."""
    layer = seen = 1 << cell
    layers = [layer]
    while layer:
        layer = spread(layer, cols) & free & ~seen
        seen |= layer
        if layer:
            layers.append(layer)
    return layers


def walking_distance(state: State, goal: Cell) -> int | None:
    """Return the least number of steps from the player to a cell, None where there is no way."""
    bit = goal[0] * state.cols + goal[1]
    for steps, layer in enumerate(walking_layers(state)):
        if layer >> bit & 1:
            return steps
    return None


def shortest_walk(state: State, goal: Cell, rng: Rng | None = None) -> list[str] | None:
    """Return a shortest walk from the player to a cell, boxes being walls.

    Args:
        state: the board.
        goal: the cell to reach.
        rng: chooses among shortest walks; without it the fixed order of moves does.
    """
    bit = goal[0] * state.cols + goal[1]
    layers = walking_layers(state)
    if not any(layer >> bit & 1 for layer in layers):
        return None
    return walk_back(layers, state.cols, goal, rng)


def walk_back(layers: Sequence[int], cols: int, goal: Cell, rng: Rng | None = None) -> list[str]:
    """Return a shortest walk to a cell of one of the layers that `walking_layers` found."""
    bit = goal[0] * cols + goal[1]
    steps = next(steps for steps, layer in enumerate(layers) if layer >> bit & 1)
    walk: list[str] = []
    moves = _flat_steps(cols)
    for layer in reversed(layers[:steps]):
        ways = [way for way in moves if layer >> bit - way[1] & 1]
        move, step = ways[0] if rng is None or len(ways) == 1 else rng.choice(ways)
        walk.append(move)
        bit -= step
    return walk[::-1]


@lru_cache(maxsize=32)
def _flat_steps(cols: int) -> tuple[tuple[str, int], ...]:
    return tuple((move, dr * cols + dc) for move, (dr, dc) in MOVES.items())
