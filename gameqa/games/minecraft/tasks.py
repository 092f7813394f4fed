"""The five questions about a scene of blocks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from typing import Any

from gameqa.answers import Integer, WordSet
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.minecraft import generation
from gameqa.games.minecraft.generation import Knobs, cuboids, seen_from, with_tower
from gameqa.games.minecraft.rules import (
    BLOCKS,
    HEAD,
    KINDS,
    Crossing,
    State,
    climbing_cost,
    crossing,
    kinds_present,
    same_bank,
)
from gameqa.games.minecraft.words import LEGEND, block_grounds, ground_text, grounds_text
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

_PLAYER = (
    "The player is the figure on the red cell; it is two blocks tall and owns any number of blocks."
)
_WALKING = (
    "It walks one cell at a time, never diagonally, over land and over placed blocks, but not over "
    "water. A block may be placed in a water cell next to land or to another block; it fills that "
    "cell, flush with the ground, and stays there. Land amid the water costs nothing."
)
_CLIMBING = (
    "To take the target, the player has to stand on the ground or on its own blocks beside the "
    "target's column, with its head, the upper of its two blocks, at least as high as the target. "
    "It cannot step up onto anything; each block placed under its own feet lifts it by one. If the "
    "blocks under the target carry ladders, it climbs these instead and needs no block. Nothing "
    "but the target may be removed, and placed blocks are not taken back."
)


class SceneryRecog(Task[State, Knobs]):
    """Which kinds of thing are in the scene."""

    slug = "scenery_recog"
    question_id = 1
    description = "Which list names the kinds of thing in the scene"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = WordSet(KINDS)
    patience = 200

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        kinds = rng.shuffled(KINDS)
        fixed, toggled = kinds[: knobs.fixed_kinds], kinds[knobs.fixed_kinds :][:3]
        return {
            "fixed": sorted(fixed, key=KINDS.index),
            "toggled": sorted(toggled, key=KINDS.index),
            "present": [kind for kind in toggled if rng.chance(0.5)],
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(4):
            state = generation.scenery([*plan["fixed"], *plan["present"]], plan.knobs, rng)
            if state is not None:
                seen = seen_from(state, rng)
                if seen is not None:
                    yield seen

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"fixed": list(plan["fixed"]), "toggled": list(plan["toggled"])}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"A scene of blocks may hold these things: {LEGEND}. A thing may occur several "
            "times.\nWhich of these things are in the scene shown? Name every one that is there, "
            "and no other."
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(kinds_present(state))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = []
        for kind in KINDS:
            if kind not in solution.value:
                lines.append(f"{kind}: not in the scene.")
                continue
            if kind == "River":
                where = f"a band of {len(state.water)} water cells"
            elif kind == "Lava":
                where = f"at {grounds_text(state.lava)}"
            elif kind == "Ladder":
                where = f"at {block_grounds(state.ladders)}"
            else:
                cells = [cell for cell, name in state.blocks if BLOCKS[name] == kind]
                where = f"{plural(len(cells), 'block')} at {block_grounds(cells)}"
            lines.append(f"{kind}: {where}.")
        return "Ground cells are (x, z).\n" + "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        # All combinations of the toggled kinds: each of them is in exactly half of the options.
        sets = []
        for chosen in product((False, True), repeat=len(query["toggled"])):
            some = [kind for kind, there in zip(query["toggled"], chosen, strict=True) if there]
            sets.append(tuple(kind for kind in KINDS if kind in query["fixed"] or kind in some))
        return others(sets, solution.value)


class CubeCount(Task[State, Knobs]):
    """How many cubes a pile is made of."""

    slug = "cube_count"
    question_id = 2
    description = "Number of cubes in a solid pile"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        is_heap = rng.chance(knobs.heaps)
        low, high = knobs.cubes
        counts = range(low, high + 1) if is_heap else sorted(cuboids(low, high))
        return {"heap": is_heap, "count": rng.choice(counts)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.pile(plan["count"], plan["heap"], plan.knobs, rng)
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            "A solid pile of equal cubes stands on the ground shown: every column of it is filled "
            "from the ground up to its top, with no holes, and all columns behind the front ones "
            "are at least as high as those before them.\nHow many cubes is the pile made of?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(len(state.blocks))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        columns = Counter((x, z) for (x, _, z), _ in state.blocks)
        xs, zs = sorted({x for x, _ in columns}), sorted({z for _, z in columns})
        long, deep = len(xs), len(zs)
        where = (
            f"On the ground the pile takes x = {xs[0]} to {xs[-1]}, that is {long} cells, and "
            f"z = {zs[0]} to {zs[-1]}, that is {deep} cells"
        )
        heights = Counter(columns.values())
        if len(heights) == 1:
            tall = next(iter(heights))
            return (
                f"{where}; it is {plural(tall, 'layer')} high everywhere.\n"
                f"{long} x {deep} x {tall} = {solution.value}."
            )
        lines = [f"{where}. Heights of its columns from x = {xs[0]} on, row by row:"]
        for z in zs:
            row = " ".join(str(columns[x, z]) for x in xs)
            lines.append(f"z = {z}: {row}, sum {sum(columns[x, z] for x in xs)}")
        sums = [str(sum(columns[x, z] for x in xs)) for z in zs]
        return "\n".join([*lines, f"{' + '.join(sums)} = {solution.value}."])


class CrossRiver(Task[State, Knobs]):
    """The fewest blocks to cross the river."""

    slug = "cross_river"
    question_id = 3
    description = "Fewest blocks to cross the river"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.crossing
        return {"cost": rng.integers(low, high + 1), "detour": rng.chance(knobs.detour)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for state in generation.river("river", plan["cost"], plan.knobs, plan["detour"], rng):
            seen = seen_from(state, rng) if generation.is_whole(state) else None
            if seen is not None:
                yield seen

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_PLAYER} {_WALKING}\nWhat is the smallest number of blocks that the player has to "
            "place to get to the other bank of the river, without leaving the ground shown?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        found = crossing(state)
        return Solution(found.cost, found)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        return "\n".join(_crossing_lines(state, solution.facts))


def _crossing_lines(state: State, found: Crossing) -> list[str]:
    """Tell how wide the river is, and why no way over it is cheaper."""
    water = set(state.water)
    assert state.player is not None
    widths = {}
    left, right, back, front = state.extent
    along_x = _flows_along_x(state)
    for i in range(left, right + 1) if along_x else range(back, front + 1):
        line = [(i, z) if along_x else (z, i) for z in range(*_span(state, along_x))]
        widths[i] = sum(cell in water for cell in line)
    axis = "x" if along_x else "z"
    lines = [f"Ground cells are (x, z); the player stands at {ground_text(state.player)}."]
    if len(set(widths.values())) == 1 and len(found.path) == found.cost + 2:
        lines.append(
            f"The river is a straight band, {plural(found.cost, 'water cell')} wide everywhere "
            f"({axis} = {min(widths)} to {max(widths)}), so every way over it crosses "
            f"{plural(found.cost, 'water cell')}, and one straight across crosses no more."
        )
        return lines
    lines.append(
        f"Water cells straight across, for {axis} = {min(widths)} to {max(widths)}: "
        f"{', '.join(map(str, widths.values()))}."
    )
    bridge = [cell for cell in found.path if cell in water]
    stones = [cell for cell in found.path[1:-1] if cell not in water]
    over = f", using the land at {grounds_text(stones)}," if stones else ""
    lines.append(
        f"Blocks at {grounds_text(bridge)} lead{over} from {ground_text(found.path[0])} to "
        f"{ground_text(found.path[-1])}: {plural(found.cost, 'block')}."
    )
    if found.cost > 1:
        lines.append(
            f"With {plural(found.cost - 1, 'block')} the water cells farthest out that the player "
            f"gets to are {grounds_text(found.reached[found.cost - 2])}: none of them touches the "
            "other bank."
        )
    return lines


def _span(state: State, along_x: bool) -> tuple[int, int]:
    left, right, back, front = state.extent
    return (back, front + 1) if along_x else (left, right + 1)


def _flows_along_x(state: State) -> bool:
    """Whether the river runs from the least to the greatest x."""
    return {state.extent[0], state.extent[1]} <= {x for x, _ in state.water} and all(
        any((x, z) in set(state.water) for z in range(*_span(state, True)))
        for x in range(state.extent[0], state.extent[1] + 1)
    )


def _tower_of(cost: int, rng: Rng) -> tuple[int, bool]:
    """Draw on how many blocks a target stands, and whether they carry ladders."""
    if cost:
        return cost + 1, False
    way = rng.below(3)
    return (way, False) if way < 2 else (1 + rng.below(5), True)


def _climbing_lines(state: State) -> list[str]:
    assert state.target is not None
    (x, _, z), kind = state.target
    under, cost = state.under_target(), climbing_cost(state.under_target(), state.has_ladder())
    name = f"The target, the {BLOCKS[kind]} at ({x}, {z}),"
    if not under:
        return [f"{name} lies on the ground, at height 1; the head is at height {HEAD}: no block."]
    where = f"{name} stands on {plural(under, 'block')}, so its height is {under + 1}."
    if state.has_ladder():
        return [where, "These blocks carry ladders, so it takes no block to get up."]
    lift = f"The head is at height {HEAD} on the ground"
    if not cost:
        return [where, f"{lift}, no lower than the target: no block."]
    return [where, f"{lift}, so the player has to rise by {under + 1} - {HEAD} = {cost}."]


class Climb(Task[State, Knobs]):
    """The fewest blocks to get a target on a tower."""

    slug = "climb"
    question_id = 4
    description = "Fewest blocks to get the target"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        cost = 0 if rng.chance(0.28) else 1 + rng.below(knobs.climbing)
        blocks, has_ladder = _tower_of(cost, rng)
        return {"blocks": blocks, "ladder": has_ladder}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(3):
            state = with_tower(
                generation.lone_player(rng), plan["blocks"], plan["ladder"], None, rng
            )
            seen = None if state is None else seen_from(state, rng)
            if seen is not None:
                yield seen

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_PLAYER} {_CLIMBING}\nThe target is the {_target_name(state)}. What is the smallest "
            "number of blocks that the player has to place to take it?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(climbing_cost(state.under_target(), state.has_ladder()))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = _climbing_lines(state)
        return "\n".join([*lines, f"It takes {plural(solution.value, 'block')}."])


def _target_name(state: State) -> str:
    assert state.target is not None
    kind = state.target[1]
    looks = {
        "pumpkin": "orange Pumpkin",
        "gold_ore": "Gold Ore (grey stone with round yellow spots)",
        "diamond_ore": "Diamond Ore (grey stone with light blue diamonds)",
    }
    return looks[kind]


class CrossRiverClimb(Task[State, Knobs]):
    """The fewest blocks to get a target, over the river where need be."""

    slug = "cross_river_climb"
    question_id = 5
    description = "Fewest blocks to get the target, the river included"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.both
        cost = rng.integers(low, high + 1)
        widest, tallest = knobs.crossing[1], 5
        widths = range(max(1, cost - tallest), min(cost, widest) + 1)
        same = cost <= tallest and (not widths or rng.chance(knobs.same_bank))
        width = 1 + rng.below(widest) if same else rng.choice(widths)
        blocks, has_ladder = _tower_of(cost if same else cost - width, rng)
        return {
            "same": same,
            "width": width,
            "blocks": blocks,
            "ladder": has_ladder,
            "detour": rng.chance(knobs.detour),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        rivers = generation.river("river_tower", plan["width"], plan.knobs, plan["detour"], rng)
        for river in rivers:
            if generation.is_whole(river):
                state = with_tower(river, plan["blocks"], plan["ladder"], plan["same"], rng)
                seen = None if state is None else seen_from(state, rng)
                if seen is not None:
                    yield seen

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_PLAYER} {_WALKING} {_CLIMBING} The target cannot be reached across water.\nThe "
            f"target is the {_target_name(state)}. What is the smallest number of blocks that the "
            "player has to place in all to take it, without leaving the ground shown?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        climb = climbing_cost(state.under_target(), state.has_ladder())
        found = None if same_bank(state) else crossing(state)
        return Solution(climb + (found.cost if found else 0), (climb, found))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        climb, found = solution.facts
        if found is None:
            lines = ["Player and target are on the same bank: the river need not be crossed."]
        else:
            lines = ["The target is on the other bank.", *_crossing_lines(state, found)]
        lines += _climbing_lines(state)
        across = found.cost if found else 0
        return "\n".join([*lines, f"In all {across} + {climb} = {solution.value}."])


TASKS: tuple[Task[State, Knobs], ...] = (
    SceneryRecog(),
    CubeCount(),
    CrossRiver(),
    Climb(),
    CrossRiverClimb(),
)
