"""Four questions about a structure and its silhouettes; those about additions are next door."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Coordinate, Integer, Matrix, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.reconstruction_3d import generation
from gameqa.games.reconstruction_3d.generation import (
    Knobs,
    change,
    extend,
    grow,
    grow_evenly,
    make_state,
)
from gameqa.games.reconstruction_3d.rules import (
    CELLS,
    VIEW_NAMES,
    VIEWS,
    Cell,
    State,
    allowed,
    bit_of,
    cells_of,
    frontier,
    is_adjacent,
    line_of,
    mask_of,
    matrix_of,
    places,
    silhouette,
    singles,
)
from gameqa.games.reconstruction_3d.sight import exposure, is_seen
from gameqa.games.reconstruction_3d.tasks_additions import AdditionChoice, MinAdditions
from gameqa.games.reconstruction_3d.words import (
    COORDINATES,
    SEEN,
    VIEW_RULES,
    cell_text,
    cells_text,
    places_text,
    rows_text,
)
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import plural

_TRIES = 30


class VoxelCount(Task[State, Knobs]):
    """How many voxels are shown."""

    slug = "voxel_count"
    question_id = 0
    description = "How many voxels the structure has"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"count": rng.integers(knobs.shown[0], knobs.shown[1] + 1)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        state = generation.partial_state(plan.knobs, plan["count"], rng)
        if state is not None:
            yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return f"{COORDINATES} {SEEN}\nHow many voxels does the structure shown consist of?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(len(state.voxels))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines, counts = [], []
        for z in (1, 2, 3):
            layer = [cell for cell in state.voxels if cell[2] == z]
            counts.append(str(len(layer)))
            lines.append(f"Layer z = {z}: {cells_text(layer)}, {plural(len(layer), 'voxel')}.")
        return "\n".join([*lines, f"{' + '.join(counts)} = {solution.value}."])


class VoxelPosition(Task[State, Knobs]):
    """Which of six cells holds a voxel."""

    slug = "voxel_position"
    question_id = 1
    description = "Which of the listed cells holds a voxel"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Coordinate(("x", "y", "z"))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "count": rng.integers(knobs.shown_position[0], knobs.shown_position[1] + 1),
            "true": rng.below(6),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        # First the six cells, then a structure that has just the wanted one of them; and only
        # such sets of cells for which each could have been the one, so that cells alone tell
        # nothing.
        cells = _draw_cells(plan["count"], rng.spawn("cells"))
        true = cells[plan["true"]]
        for cell in (*others(cells, true), true):
            state = _first(_holding(cell, cells, plan, rng) for _ in range(_TRIES))
            if state is None:
                return
        for _ in range(_TRIES):
            if state is not None:
                yield state
            state = _holding(true, cells, plan, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        cells = _draw_cells(plan["count"], rng.spawn("cells"))
        return {"cells": [list(cell) for cell in cells]}

    def ask(self, state: State, query: Query) -> str:
        listed = cells_text(map(_cell, query["cells"]))
        return (
            f"{COORDINATES} {SEEN}\n"
            f"Exactly one of the cells {listed} holds a voxel of the structure shown. Which one?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        held = [cell for cell in map(_cell, query["cells"]) if cell in state.voxels]
        return Solution(held[0])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        mask = state.mask
        lines = [
            f"Voxels at z = {z}: {cells_text(cell for cell in state.voxels if cell[2] == z)}."
            for z in (1, 2, 3)
        ]
        letters = {option.value: f"{option.letter}: " for option in options}
        cells = [option.value for option in options] or list(map(_cell, query["cells"]))
        for cell in cells:
            near = [other for other in state.voxels if is_adjacent(cell, other)]
            where = f"next to the voxel{'s' if len(near) > 1 else ''} {cells_text(near)}"
            if cell == solution.value:
                seen = _seen_words(exposure(bit_of(cell), mask))
                text = f"is among them, {where}; {seen} can be seen."
            elif near:
                text = f"is not: the place {where} is free, and in sight."
            else:
                text = "is not: there is no voxel at this place, nor next to it."
            lines.append(f"{letters.get(cell, '')}{cell_text(cell)} {text}")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([_cell(cell) for cell in query["cells"]], solution.value)


def _cell(numbers: Sequence[int]) -> Cell:
    x, y, z = numbers
    return x, y, z


def _seen_words(share: float) -> str:
    if share > 0.95:
        return "all of its three near sides"
    return "most of it" if share > 0.5 else "a part of it"


def _first(states: Iterable[State | None]) -> State | None:
    return next((state for state in states if state is not None), None)


def _draw_cells(count: int, rng: Rng) -> list[Cell]:
    """Draw six cells near each other, sorted, none walled in by others of them."""
    while True:
        blob = extend(bit_of(rng.choice(CELLS)), 8 if count < 10 else 11, rng)
        cells = sorted(rng.sample(cells_of(blob), 6))
        mask = mask_of(cells)
        # Inner cells are hard to keep in sight in a large structure.
        inner = sum(max(cell) < 3 for cell in cells)
        if inner <= (2 if count < 10 else 1) and all(
            frontier(bit_of(cell)) & ~mask for cell in cells
        ):
            return cells


def _holding(cell: Cell, cells: Sequence[Cell], plan: Plan[Knobs], rng: Rng) -> State | None:
    """Make a state that holds one of the cells; the rest are empty, and seen to be."""
    knobs = plan.knobs
    empty = mask_of(cells) & ~bit_of(cell)
    mask = grow(plan["count"], knobs.least_seen, rng, bit_of(cell), empty)
    if mask is None or (frontier(mask) & empty).bit_count() < 3:
        return None
    if not all(is_seen(bit, mask | bit, knobs.least_seen) for bit in singles(empty)):
        return None
    missing = rng.integers(knobs.missing[0], knobs.missing[1] + 1)
    for _ in range(4):
        target = extend(mask, missing, rng)
        fitting = allowed(mask, {view: silhouette(target, view) for view in VIEWS})
        if (fitting & empty).bit_count() >= 2:
            return make_state(mask, target)
    return None


_MATCHES = ("neither", "Y-Z", "X-Z", "both")
_MATCH_TEXTS = {
    "neither": "neither projection matches its target",
    "Y-Z": "only the Y-Z projection matches its target",
    "X-Z": "only the X-Z projection matches its target",
    "both": "both projections match their targets",
}


class ProjectionMatch(Task[State, Knobs]):
    """Which of the two projections match the targets."""

    slug = "projection_match"
    question_id = 2
    description = "Which projections of the structure match the targets"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Word(_MATCHES)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        size = knobs.draw_target(0, rng) - rng.below(3)
        return {"match": rng.choice(_MATCHES), "size": max(3, size)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        mask = grow_evenly(plan["size"], plan.knobs.least_seen, rng)
        if mask is None:
            return
        for _ in range(40):
            target = change(mask, 1 + rng.below(4), rng)
            if target is not None and _match(mask, target) == plan["match"]:
                gaps = [
                    (silhouette(mask, view) ^ silhouette(target, view)).bit_count()
                    for view in VIEWS
                ]
                if max(gaps) <= 2:
                    yield make_state(mask, target)
                    return

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{COORDINATES} {SEEN} {VIEW_RULES} Beside the structure, a target is shown for each "
            "of the two projections.\nWhich projections of the structure equal their targets?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        same = [silhouette(state.mask, view) == state.target(view) for view in VIEWS]
        return Solution(_MATCHES[same[0] + 2 * same[1]])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = []
        for view in VIEWS:
            name, own, target = VIEW_NAMES[view], silhouette(state.mask, view), state.target(view)
            lines.append(
                f"{name} projection of the structure: {rows_text(matrix_of(own))}.\n"
                f"{name} target: {rows_text(matrix_of(target))}."
            )
            if own == target:
                lines.append("They are equal.")
            else:
                lines.append(
                    f"They differ: filled only in the projection: "
                    f"{places_text(places(own & ~target), view)}; only in the target: "
                    f"{places_text(places(target & ~own), view)}."
                )
        text = _MATCH_TEXTS[solution.value]
        return "\n".join([*lines, f"So {text}."])

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(_MATCHES, solution.value)

    def option_text(self, state: State, query: Query, value: Any) -> str:
        text = _MATCH_TEXTS[value]
        return text[0].upper() + text[1:]


def _match(mask: int, target: int) -> str:
    same = [silhouette(mask, view) == silhouette(target, view) for view in VIEWS]
    return _MATCHES[same[0] + 2 * same[1]]


class ProjectionAfterAdding(Task[State, Knobs]):
    """A projection after some voxels are added."""

    slug = "projection_after_adding"
    question_id = 3
    description = "A projection after adding the listed voxels"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Matrix(3, 3, (0, 1))
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "view": rng.choice(VIEWS),
            "count": 1 + rng.below(3),
            "shown": generation.draw_sizes(knobs, 0, rng)[0],
            "changes": rng.chance(0.7),
            "full": rng.chance(0.1),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        for _ in range(4):
            state = generation.partial_state(plan.knobs, plan["shown"], rng)
            if state is not None:
                yield state

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        view, mask = plan["view"], state.mask
        before = silhouette(mask, view)
        for _ in range(20):
            grown = mask
            for _ in range(plan["count"]):
                around = list(singles(frontier(grown)))
                if not plan["changes"]:
                    around = [bit for bit in around if not silhouette(bit, view) & ~before]
                if not around:
                    return None
                grown |= rng.choice(around)
            after = silhouette(grown, view)
            if (after != before) == plan["changes"] and (plan["full"] or after != 0o777):
                return {"view": view, "added": [list(c) for c in cells_of(grown & ~mask)]}
        return None

    def ask(self, state: State, query: Query) -> str:
        count = len(query["added"])
        added = cells_text(map(_cell, query["added"]))
        view, axis = query["view"], "y" if query["view"] == "front" else "x"
        return (
            f"{COORDINATES} {SEEN} {VIEW_RULES}\n"
            f"{'A voxel is' if count == 1 else 'Voxels are'} added to the structure shown at "
            f"{added}; the targets and any limit play no part here. What is the "
            f"{VIEW_NAMES[view]} projection ({view} view) of the structure afterwards? Give its "
            f"rows from the top, z = 3, 2, 1, each with the columns {axis} = 1, 2, 3: 1 for "
            "filled, 0 for empty."
        )

    def solve(self, state: State, query: Query) -> Solution:
        added = mask_of(map(_cell, query["added"]))
        return Solution(matrix_of(silhouette(state.mask | added, query["view"])))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        view = query["view"]
        name = VIEW_NAMES[view]
        filled = silhouette(state.mask, view)
        lines = [f"{name} projection before: {rows_text(matrix_of(filled))}."]
        for cell in map(_cell, query["added"]):
            place = places_text([line_of(cell, view)], view)
            new = silhouette(bit_of(cell), view) & ~filled
            filled |= new
            state_of = "so far empty, now filled" if new else "filled already"
            lines.append(f"{cell_text(cell)} falls on {place}, {state_of}.")
        return "\n".join([*lines, f"{name} projection after: {rows_text(solution.value)}."])


TASKS: tuple[Task[State, Knobs], ...] = (
    VoxelCount(),
    VoxelPosition(),
    ProjectionMatch(),
    ProjectionAfterAdding(),
    AdditionChoice(),
    MinAdditions(),
)
