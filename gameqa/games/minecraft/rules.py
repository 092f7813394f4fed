"""A world of blocks on flat ground: what is in it, and what crossing and climbing cost.

Cells are ``(x, y, z)``, y up; y = 0 is the first layer above the ground, and ground cells, written
``(x, z)``, lie below it. The height of a block is y + 1.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

Cell = tuple[int, int, int]
Ground = tuple[int, int]

KINDS = ("Brick", "Gold Ore", "Diamond Ore", "TNT", "Pumpkin", "Ladder", "River", "Lava")
"""What a scene may hold, in the order in which options name it."""

BLOCKS = {
    "brick": "Brick",
    "gold_ore": "Gold Ore",
    "diamond_ore": "Diamond Ore",
    "tnt": "TNT",
    "pumpkin": "Pumpkin",
    "stone": "Stone",
    "plain": "plain block",
}
"""Kinds of block as stored, and what they are called."""

TARGETS = ("pumpkin", "gold_ore", "diamond_ore")

HEAD = 2
"""The height at which the player's head is on the ground: two blocks tall."""


@dataclass(frozen=True)
class State:
    """A scene.

    Attributes:
        scene: ``"scenery"``, ``"cuboid"``, ``"river"``, ``"tower"`` or ``"river_tower"``.
        blocks: cells and kinds of all blocks above the ground but the target, sorted.
        ladders: cells of blocks that carry ladders, sorted.
        water, lava: ground cells, sorted.
        player: the ground cell where the player stands, if there is one.
        target: cell and kind of the target, if there is one.
        extent: least and greatest x, least and greatest z of the ground.
        camera: azimuth and elevation of the viewer, in degrees.
        look: numbers of the ground's and of the plain blocks' colours.
    """

    scene: str
    blocks: tuple[tuple[Cell, str], ...]
    ladders: tuple[Cell, ...]
    water: tuple[Ground, ...]
    lava: tuple[Ground, ...]
    player: Ground | None
    target: tuple[Cell, str] | None
    extent: tuple[int, int, int, int]
    camera: tuple[int, int]
    look: tuple[int, int]

    def ground(self) -> Iterator[Ground]:
        """Yield all ground cells by rows of z."""
        left, right, back, front = self.extent
        for z in range(back, front + 1):
            for x in range(left, right + 1):
                yield x, z

    def land(self) -> set[Ground]:
        """Return the ground cells that are not water."""
        return set(self.ground()).difference(self.water)

    def under_target(self) -> int:
        """Return how many blocks the target stands on."""
        return 0 if self.target is None else self.target[0][1]

    def has_ladder(self) -> bool:
        """Whether the target's column carries ladders."""
        return bool(self.ladders)


def turn(x: int, z: int, size: int, quarters: int) -> Ground:
    """Turn a cell of a square ground, counted from 0, by some quarters."""
    for _ in range(quarters % 4):
        x, z = z, size - 1 - x
    return x, z


def neighbours(cell: Ground) -> tuple[Ground, Ground, Ground, Ground]:
    """Return the four ground cells beside one."""
    x, z = cell
    return (x - 1, z), (x + 1, z), (x, z - 1), (x, z + 1)


class Map:
    """The ground as masks: one bit a cell, rows of z, an idle bit at the end of each row."""

    def __init__(self, state: State) -> None:
        left, right, back, front = state.extent
        self.left, self.back, self.stride = left, back, right - left + 2
        row = (1 << (self.stride - 1)) - 1
        self.inside = sum(row << self.stride * i for i in range(front - back + 1))
        self.water = self.mask(state.water)
        self.land = self.inside & ~self.water

    def mask(self, cells: Iterable[Ground]) -> int:
        """Return the mask of some cells."""
        return sum(1 << ((z - self.back) * self.stride + x - self.left) for x, z in cells)

    def cells(self, mask: int) -> tuple[Ground, ...]:
        """Return the cells of a mask, sorted."""
        found = []
        while mask:
            low = mask & -mask
            mask ^= low
            z, x = divmod(low.bit_length() - 1, self.stride)
            found.append((x + self.left, z + self.back))
        return tuple(sorted(found))

    def around(self, mask: int) -> int:
        """Return all cells beside some cell of a mask."""
        return (mask << 1 | mask >> 1 | mask << self.stride | mask >> self.stride) & self.inside

    def flood(self, start: int, within: int) -> int:
        """Return the cells that can be reached from a mask without leaving another."""
        found, before = start, 0
        while found != before:
            before = found
            found |= self.around(found) & within
        return found

    def banks(self, state: State) -> tuple[int, int]:
        """Return the land on the player's side of the river, and the land on the other side.

        Stepping stones, land amid the water, belong to neither.
        """
        assert state.player is not None
        own = self.flood(self.mask([state.player]), self.land)
        rest = self.land & ~own
        other = 0
        while rest:
            piece = self.flood(rest & -rest, rest)
            rest &= ~piece
            if piece.bit_count() > other.bit_count():
                other = piece
        return own, other


@dataclass(frozen=True)
class Crossing:
    """A cheapest way over the river.

    Attributes:
        cost: how many blocks have to be placed.
        path: ground cells from the last one on the player's bank to the first on the other.
        reached: water cells that k blocks, and no fewer, are needed to stand on, for k from 1 to
            the cost.
    """

    cost: int
    path: tuple[Ground, ...]
    reached: tuple[tuple[Ground, ...], ...]


def crossing(state: State) -> Crossing:
    """Find a cheapest way over the river: only water cells cost, a block each."""
    ground = Map(state)
    own, other = ground.banks(state)
    layers = [own]  # what can be stood on with 0, 1, 2 ... blocks, and no fewer
    seen = own
    while not ground.around(layers[-1]) & other:
        wet = ground.around(layers[-1]) & ground.water & ~seen
        # Stepping stones cost nothing: they belong to the layer that leads to them.
        if not wet:
            raise ValueError("there is no other bank")
        layers.append(ground.flood(wet, ground.land & ~seen & ~other))
        seen |= layers[-1]
    step = _lowest(ground.around(layers[-1]) & other)
    path = [step]
    for layer in reversed(layers):
        step = _lowest(ground.around(step) & layer)
        path.append(step)
        if step & ground.land and layer != own:
            # From a stone back to the water cell that led to it.
            step = _lowest(ground.around(step) & layer & ground.water)
            path.append(step)
    return Crossing(
        len(layers) - 1,
        tuple(ground.cells(one)[0] for one in reversed(path)),
        tuple(ground.cells(layer & ground.water) for layer in layers[1:]),
    )


def _lowest(mask: int) -> int:
    return mask & -mask


def climbing_cost(blocks: int, has_ladder: bool) -> int:
    """Return how many blocks the player needs to get at a target on that many blocks."""
    return 0 if has_ladder else max(0, blocks + 1 - HEAD)


def same_bank(state: State) -> bool:
    """Whether player and target are on one side of the river (or there is none)."""
    assert state.target is not None
    if not state.water:
        return True
    (x, _, z), _ = state.target
    ground = Map(state)
    return bool(ground.banks(state)[0] & ground.mask([(x, z)]))


def kinds_present(state: State) -> tuple[str, ...]:
    """Return the kinds of `KINDS` that a scene holds."""
    found = {BLOCKS[kind] for _, kind in state.blocks}
    if state.ladders:
        found.add("Ladder")
    if state.water:
        found.add("River")
    if state.lava:
        found.add("Lava")
    return tuple(kind for kind in KINDS if kind in found)
