"""How scenes are made: rivers, things on land, towers and heaps, seen from where all shows."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from gameqa.games.minecraft.rules import (
    TARGETS,
    Cell,
    Ground,
    Map,
    State,
    crossing,
    neighbours,
    turn,
)
from gameqa.games.minecraft.sight import is_clear
from gameqa.games.minecraft.skins import GROUNDS, PLAINS
from gameqa.rng import Rng

CAMERAS = tuple(
    (azimuth + turns, up) for turns in (0, 90, 180, 270) for azimuth in (32, 56) for up in (33, 43)
)
"""Azimuth and elevation of the viewers, well away from the axes."""

SIZES = {"scenery": 10, "cuboid": 10, "river": 11, "tower": 8, "river_tower": 12}
"""The side of the square ground of each scene."""

_CAMERA_TRIES = 6
_RIVER_TRIES = 60
_DOUBLED = ("brick", "gold_ore", "diamond_ore")
_NAMES = {
    "Brick": "brick",
    "Gold Ore": "gold_ore",
    "Diamond Ore": "diamond_ore",
    "TNT": "tnt",
    "Pumpkin": "pumpkin",
}


@dataclass(frozen=True)
class Knobs:
    """What makes a scene easy or hard.

    Attributes:
        fixed_kinds: how many kinds are in a scenery whatever the options say.
        instances: most things of a kind in a scenery.
        cubes: least and greatest number of cubes.
        heaps: share of stepped heaps among the cubes.
        crossing: least and greatest number of blocks over the river.
        climbing: greatest number of blocks to get the target of task 4.
        both: least and greatest number of blocks in task 5.
        irregular: whether rivers have uneven banks and stepping stones.
        detour: share of crossings, on irregular rivers, for which the way straight ahead is not
            the cheapest.
        same_bank: share of task 5 with player and target on one bank, where the answer allows it.
    """

    fixed_kinds: int
    instances: int
    cubes: tuple[int, int]
    heaps: float
    crossing: tuple[int, int]
    climbing: int
    both: tuple[int, int]
    irregular: bool = False
    detour: float = 0.5
    same_bank: float = 0.3


# ----------------------------------------------------------------------------------- what is seen


def seen_from(state: State, rng: Rng) -> State | None:
    """Return the scene from a side from which it is clear, or None."""
    for camera in rng.sample(CAMERAS, _CAMERA_TRIES):
        turned = replace(state, camera=camera)
        if is_clear(turned):
            return turned
    return None


def draw_look(rng: Rng) -> tuple[int, int]:
    """Draw the colours of ground and plain blocks."""
    return rng.below(len(GROUNDS)), rng.below(len(PLAINS))


def _blank(scene: str, rng: Rng) -> State:
    side = SIZES[scene] - 1
    return State(scene, (), (), (), (), None, None, (0, side, 0, side), (32, 33), draw_look(rng))


def _on_some_ground(blank: State, rng: Rng) -> tuple[State, int]:
    """Return a scene on ground of one of five sizes, and its side.

    Straight rivers and cuboids on one ground are so few that their pictures come again.
    """
    size = SIZES[blank.scene] + rng.integers(-2, 3)
    return replace(blank, extent=(0, size - 1, 0, size - 1)), size


# ---------------------------------------------------------------------------------------- scenery


def scenery(kinds: Iterable[str], knobs: Knobs, rng: Rng) -> State | None:
    """Make a scene with exactly these kinds of thing."""
    blank = _blank("scenery", rng)
    size = SIZES["scenery"]
    kinds = list(kinds)
    water: list[Ground] = []
    if "River" in kinds:
        width = rng.integers(1, 4)
        start = rng.integers(1, size - width)
        water = [(i, start + j) for i in range(size) for j in range(width)]
        if rng.chance(0.5):
            water = [(z, x) for x, z in water]
    free = set(blank.ground()) - set(water)
    lava: list[Ground] = []
    if "Lava" in kinds:
        first = rng.choice(sorted(free))
        lava = [first]
        beside = [cell for cell in neighbours(first) if cell in free]
        if beside and rng.chance(0.5):
            lava.append(rng.choice(beside))
        free -= _around(lava)
    blocks: list[tuple[Cell, str]] = []
    ladders: list[Cell] = []
    for kind in rng.shuffled([k for k in kinds if k not in ("River", "Lava")]):
        for _ in range(rng.integers(1, knobs.instances + 1)):
            placed = _place(kind, free, rng)
            if placed is None:
                return None
            name = _NAMES.get(kind, "stone")
            blocks += [(cell, name) for cell in placed]
            if kind == "Ladder":
                ladders += placed
            free -= _around([(x, z) for x, _, z in placed])
    return replace(
        blank,
        blocks=tuple(sorted(blocks)),
        ladders=tuple(sorted(ladders)),
        water=tuple(sorted(water)),
        lava=tuple(sorted(lava)),
    )


def _place(kind: str, free: set[Ground], rng: Rng) -> list[Cell] | None:
    """Draw where a thing stands: one block, two beside each other, or two in a stack."""
    cells = sorted(free)
    if not cells:
        return None
    x, z = rng.choice(cells)
    if kind == "Ladder":
        return [(x, 0, z), (x, 1, z)]
    if _NAMES[kind] in _DOUBLED:
        shape = rng.below(3)
        if shape == 1:
            return [(x, 0, z), (x, 1, z)]
        beside = [cell for cell in neighbours((x, z)) if cell in free]
        if shape == 2 and beside:
            other = rng.choice(beside)
            return [(x, 0, z), (other[0], 0, other[1])]
    return [(x, 0, z)]


def _around(cells: Iterable[Ground]) -> set[Ground]:
    return {(x + dx, z + dz) for x, z in cells for dx in (-1, 0, 1) for dz in (-1, 0, 1)}


# ------------------------------------------------------------------------------------------ cubes


def cuboids(low: int, high: int) -> Mapping[int, list[tuple[int, int, int]]]:
    """Return the cuboids of each number of cubes: sides along the ground, then the height."""
    found: dict[int, list[tuple[int, int, int]]] = {}
    for a in range(2, 7):
        for b in range(2, 7):
            for h in range(1, 6):
                if low <= a * b * h <= high:
                    found.setdefault(a * b * h, []).append((a, b, h))
    return found


def pile(count: int, is_heap: bool, knobs: Knobs, rng: Rng) -> State | None:
    """Make a solid pile of that many cubes: a cuboid, or columns that get lower to the viewer."""
    blank, size = _on_some_ground(_blank("cuboid", rng), rng)
    if is_heap:
        rows, cols = rng.integers(4, 7), rng.integers(4, 7)
        if not rows * cols + 2 < count < rows * cols * 5 - 2:
            return None
        heights = _heap(rows, cols, count, rng)
    else:
        rows, cols, tall = rng.choice(cuboids(*knobs.cubes)[count])
        heights = {(i, j): tall for i in range(rows) for j in range(cols)}
    left, back = rng.integers(1, size - rows), rng.integers(1, size - cols)
    camera = rng.choice(CAMERAS)
    blocks = []
    for (i, j), tall in heights.items():
        # Back from the turned ground, where the viewer stands at the far corner.
        x, z = turn(left + i, back + j, size, -(camera[0] // 90))
        blocks += [((x, y, z), "plain") for y in range(tall)]
    return replace(blank, blocks=tuple(sorted(blocks)), camera=camera)


def _heap(rows: int, cols: int, count: int, rng: Rng) -> dict[Ground, int]:
    """Take cubes off the near upper corners of a cuboid until ``count`` are left."""
    heights = {(i, j): 5 for i in range(rows) for j in range(cols)}
    left = rows * cols * 5
    while left > count:
        corners = [
            (i, j)
            for (i, j), tall in heights.items()
            if tall > 1 and heights.get((i + 1, j), 0) < tall and heights.get((i, j + 1), 0) < tall
        ]
        i, j = rng.choice(corners)
        heights[i, j] -= 1
        left -= 1
    return heights


# ----------------------------------------------------------------------------------------- rivers


def river(scene: str, cost: int, knobs: Knobs, detour: bool, rng: Rng) -> Iterator[State]:
    """Yield scenes with a river that takes ``cost`` blocks to cross, and a player beside it."""
    for _ in range(_RIVER_TRIES if knobs.irregular else 4):
        blank, size = _blank(scene, rng), SIZES[scene]
        if not knobs.irregular:
            blank, size = _on_some_ground(blank, rng)
        bands = _bands(size, cost, knobs.irregular, rng)
        if bands is None:
            continue
        water = {(i, j) for i, (start, end) in enumerate(bands) for j in range(start, end)}
        if knobs.irregular:
            water -= _stones(bands, rng)
        player = _beside_water(bands, size, rng)
        if player is None:
            continue
        ahead = sum((player[0], j) in water for j in range(size))
        if rng.chance(0.5):
            water = {(z, x) for x, z in water}
            player = player[1], player[0]
        state = replace(blank, water=tuple(sorted(water)), player=player)
        if not knobs.irregular or ((ahead > cost) == detour and crossing(state).cost == cost):
            yield state


def _bands(size: int, cost: int, irregular: bool, rng: Rng) -> list[tuple[int, int]] | None:
    """Draw where the water starts and ends in each cross-section of the river."""
    width = cost + (rng.weighted((0, 1, 2), (0.15, 0.6, 0.25)) if irregular else 0)
    if width > size - 4:
        return None
    start = rng.integers(2, size - 1 - width)
    if not irregular:
        return [(start, start + width)] * size
    bands = []
    shift = 0
    for _ in range(size):
        shift = max(-1, min(1, shift + rng.integers(-1, 2)))
        first = start + shift
        last = first + max(1, width + rng.integers(-1, 2))
        bands.append((max(1, first), min(size - 1, last)))
    return bands


def _stones(bands: list[tuple[int, int]], rng: Rng) -> set[Ground]:
    """Draw up to three stepping stones, each with water, or the ground's end, all round it."""
    stones: set[Ground] = set()
    amid = []
    for i in range(len(bands)):
        near = bands[max(0, i - 1) : i + 2]
        first, last = max(start for start, _ in near), min(end for _, end in near)
        amid += [(i, j) for j in range(first + 1, last - 1)]
    for _ in range(rng.below(4)):
        if amid:
            stone = rng.choice(amid)
            stones.add(stone)
            taken = _around(_around([stone]))
            amid = [cell for cell in amid if cell not in taken]
    return stones


def _beside_water(bands: list[tuple[int, int]], size: int, rng: Rng) -> Ground | None:
    """Draw a cell one to four cells away from the water straight ahead, not at an end."""
    i = rng.integers(1, size - 1)
    start, end = bands[i]
    away = rng.integers(1, 5)
    j = start - away if rng.chance(0.5) else end - 1 + away
    return (i, j) if 0 <= j < size else None


# ----------------------------------------------------------------------------------------- towers


def with_tower(
    state: State, blocks: int, has_ladder: bool, same: bool | None, rng: Rng
) -> State | None:
    """Add a target on a tower: on the player's bank, or on the other, or anywhere."""
    ground = Map(state)
    land = ground.land if same is None else ground.banks(state)[0 if same else 1]
    left, right, back, front = state.extent
    assert state.player is not None
    # Not near the player, nor beside water.
    away = _around(_around([state.player])) | _around(state.water)
    cells = [
        (x, z)
        for x, z in ground.cells(land)
        if left < x < right and back < z < front and (x, z) not in away
    ]
    if not cells:
        return None
    x, z = rng.choice(cells)
    tower = [(x, y, z) for y in range(blocks)]
    return replace(
        state,
        blocks=tuple((cell, "plain") for cell in tower),
        ladders=tuple(tower) if has_ladder else (),
        target=((x, blocks, z), rng.choice(TARGETS)),
    )


def lone_player(rng: Rng) -> State:
    """Make dry ground with a player on it."""
    size = SIZES["tower"]
    player = rng.integers(1, size - 1), rng.integers(1, size - 1)
    return replace(_blank("tower", rng), player=player)


def is_whole(state: State) -> bool:
    """Whether the river has exactly two banks, and stones for all other land."""
    ground = Map(state)
    own, other = ground.banks(state)
    stones = ground.land & ~own & ~other
    return bool(other) and not ground.around(stones) & stones
