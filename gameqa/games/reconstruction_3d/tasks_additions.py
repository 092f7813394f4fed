"""Two questions about voxels to add until the silhouettes equal their targets."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

from gameqa.answers import CellSet, Integer
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.reconstruction_3d import generation, solver
from gameqa.games.reconstruction_3d.generation import Knobs, extend, grow, grow_evenly, make_state
from gameqa.games.reconstruction_3d.rules import (
    HEIGHTS,
    VIEW_NAMES,
    VIEWS,
    Cell,
    State,
    allowed,
    cells_of,
    component,
    frontier,
    is_connected,
    line_of,
    mask_of,
    matrix_of,
    places,
    silhouette,
    singles,
)
from gameqa.games.reconstruction_3d.words import (
    COORDINATES,
    SEEN,
    VIEW_RULES,
    cell_text,
    cells_text,
    places_text,
    rows_text,
)
from gameqa.options import Option
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_TARGETS_A_STRUCTURE = 8
_FRESH = (0.0, 0.8)
_MOST_SLACK = 2
_MOST_SUBSETS = 120
_VARIANTS = 16
_RIVALS = 40

_ADDING = (
    "Voxels may be added in empty cells, and none may be removed; afterwards the structure must "
    "be connected, that is, every voxel must be reachable from every other through shared faces."
)


def _targets(state: State, views: Iterable[str]) -> dict[str, int]:
    return {view: state.target(view) for view in views}


def _gap_count(mask: int, target: int, views: Iterable[str]) -> int:
    return sum((silhouette(target, view) & ~silhouette(mask, view)).bit_count() for view in views)


def _unfinished(
    knobs: Knobs, added: int, views: Sequence[str], rng: Rng
) -> Iterator[tuple[int, int]]:
    """Yield structures with targets that they do not meet, made by ``added`` voxels or more."""
    shown, missing = generation.draw_sizes(knobs, added, rng)
    mask = grow_evenly(shown, knobs.least_seen, rng)
    if mask is None:
        return
    for _ in range(_TARGETS_A_STRUCTURE):
        target = extend(mask, missing, rng, rng.choice(_FRESH))
        full = all(silhouette(target, view) == 0o777 for view in VIEWS)
        if _gap_count(mask, target, views) >= knobs.least_gaps and not full:
            yield mask, target


class AdditionChoice(Task[State, Knobs]):
    """Which set of voxels completes the structure within the budget."""

    slug = "addition_choice"
    question_id = 4
    description = "Which set of added voxels reaches the targets within the budget"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = CellSet(("x", "y", "z"))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        least, most = knobs.set_sizes
        if rng.chance(0.5):
            # Two sizes, four sets each: the answer is in either half equally often.
            size = rng.integers(least, most)
            size, other = rng.shuffled([size, size + 1])
        else:
            size = other = rng.integers(least, most + 1)
        return {
            "views": rng.weighted((VIEWS, VIEWS[:1], VIEWS[1:]), (0.5, 0.25, 0.25)),
            "size": size,
            "other": other,
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        knobs, size = plan.knobs, plan["size"]
        mask = grow(generation.draw_sizes(knobs, size, rng)[0], knobs.least_seen, rng)
        if mask is None:
            return
        for _ in range(_TARGETS_A_STRUCTURE):
            added, least = _additions(mask, plan, rng)
            if least:
                remaining = rng.integers(size, least + _MOST_SLACK + 1)
                yield make_state(mask, mask | added, remaining)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        query: Query = {"views": list(plan["views"])}
        if not plan.is_choice:
            return query
        # Four pairs: a set that is right for a target, and one that all but is. The target of the
        # first pair is the one shown, the others are drawn just as that one was: whatever the
        # sets tell about themselves, all pairs tell it alike.
        mask, budget = state.mask, state.remaining or 0
        shown = _targets(state, plan["views"])
        listed: list[int] = []
        added, least = mask_of(state.hidden_target) & ~mask, budget
        for _ in range(_RIVALS):
            if least + _MOST_SLACK >= budget and added not in listed:
                other = _near_miss(mask, added, plan, budget, shown, listed, rng)
                if other is not None:
                    listed += [added, other]
                elif not listed:
                    return None
            if len(listed) == 8:
                sets = [[list(cell) for cell in cells_of(one)] for one in listed]
                return {**query, "listed": sets[0], "others": sorted(sets[1:])}
            added, least = _additions(mask, plan, rng)
            if solver.is_feasible(mask, added, shown, budget):
                least = -budget
        return None

    def ask(self, state: State, query: Query) -> str:
        views = query["views"]
        if len(views) == 2:
            goal = "both projections equal their targets"
        else:
            rest = next(view for view in VIEWS if view not in views)
            goal = (
                f"the {VIEW_NAMES[views[0]]} projection equals its target (the "
                f"{VIEW_NAMES[rest]} target plays no part)"
            )
        listed = "listed" in query
        which = "Which set of voxels" if listed else "Give a set of voxels that"
        return (
            f'{COORDINATES} {SEEN} {VIEW_RULES}\n{_ADDING} The line "Voxels that may be '
            f'added" says how many may be added at most.\n{which} can be added so that '
            f"{goal}{'?' if listed else '.'}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        if "listed" in query:
            return Solution(_cells(query["listed"]))
        added = solver.fewest(state.mask, _targets(state, query["views"]))
        return Solution(cells_of(added or 0))

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        cells = _cells(value)
        if any(not 1 <= part <= 3 for cell in cells for part in cell):
            return False
        targets = _targets(state, query["views"])
        return solver.is_feasible(state.mask, mask_of(cells), targets, state.remaining or 0)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        targets = _targets(state, query["views"])
        lines = [f"At most {state.remaining} voxels may be added."]
        for view, target in targets.items():
            gap = places(target & ~silhouette(state.mask, view))
            lines.append(
                f"{VIEW_NAMES[view]} target: {rows_text(matrix_of(target))}; the structure has "
                f"{rows_text(matrix_of(silhouette(state.mask, view)))}; still to fill: "
                f"{places_text(gap, view)}."
            )
        for option in options:
            lines.append(f"{option.letter}: {_verdict(state, mask_of(option.value), targets)}")
        if not options:
            text = cells_text(solution.value)
            lines.append(f"{text}: {_verdict(state, mask_of(solution.value), targets)}")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return [_cells(cells) for cells in query["others"]]


def _cells(cells: Iterable[Sequence[int]]) -> tuple[Cell, ...]:
    return tuple(sorted((x, y, z) for x, y, z in cells))


def _verdict(state: State, added: int, targets: Mapping[str, int]) -> str:
    """Say what is wrong with a set of added voxels, or why nothing is."""
    mask, budget = state.mask, state.remaining or 0
    count = added.bit_count()
    faults = []
    if count > budget:
        faults.append(f"{count} voxels are more than {budget}")
    held = component(mask | added, mask & -mask)
    loose = cells_of(added & ~held)
    if loose:
        verb = "is" if len(loose) == 1 else "are"
        faults.append(f"{cells_text(loose)} {verb} not connected to the structure")
    for view, target in targets.items():
        own = silhouette(mask | added, view)
        name = VIEW_NAMES[view]
        gap, extra = places(target & ~own), places(own & ~target)
        if gap:
            verb = "stays" if len(gap) == 1 else "stay"
            faults.append(f"{places_text(gap, view)} of {name} {verb} empty")
        if extra:
            verb = "is" if len(extra) == 1 else "are"
            faults.append(f"{places_text(extra, view)} of {name} {verb} filled but must be empty")
    if faults:
        return f"fails: {'; '.join(faults)}."
    met = "both targets are" if len(targets) == 2 else f"the {VIEW_NAMES[next(iter(targets))]} "
    met += "" if len(targets) == 2 else "target is"
    return f"{plural(count, 'voxel')}, no more than {budget}, all connected, and {met} met."


def _additions(mask: int, plan: Plan[Knobs], rng: Rng) -> tuple[int, int]:
    """Draw voxels to add, and return them and the fewest that have their silhouettes.

    Their target is reached by all of them; the fewest are 0 where it is not fit to be asked.
    """
    views, size, knobs = plan["views"], plan["size"], plan.knobs
    whole = extend(mask, size, rng, rng.choice(_FRESH))
    added = whole & ~mask
    full = all(silhouette(whole, view) == 0o777 for view in VIEWS)
    if full or _gap_count(mask, whole, views) < knobs.least_gaps or added.bit_count() < size:
        return added, 0
    targets = {view: silhouette(whole, view) for view in views}
    best = solver.fewest(mask, targets, size)
    least = size if best is None else best.bit_count()
    return added, least if least + _MOST_SLACK >= size else 0


def _near_miss(
    mask: int,
    added: int,
    plan: Plan[Knobs],
    budget: int,
    shown: Mapping[str, int],
    taken: Sequence[int],
    rng: Rng,
) -> int | None:
    """Draw a set that all but does what ``added`` does, and is wrong for the target shown.

    It meets the target but hangs loose, or takes more than the budget, or one voxel is misplaced.
    """
    targets = {view: silhouette(mask | added, view) for view in plan["views"]}
    size = plan["other"]
    kind = rng.weighted(("loose", "over", "misplaced"), (0.5, 0.2, 0.3))
    # Which of the two touches itself more, and which is higher, must tell nothing.
    wanted = rng.below(3) - 1, rng.below(3) - 1
    best, best_miss = None, 99
    for one in chain(
        _variants(mask, added, targets, size, kind, rng),
        _variants(mask, added, targets, size, "misplaced", rng),
    ):
        if not best_miss:
            break
        whole = mask | one
        if one == added or one in taken or solver.is_feasible(mask, one, shown, budget):
            continue
        if solver.is_feasible(mask, one, targets, budget):
            continue
        miss = sum(
            abs(_sign(telltale(one) - telltale(added)) - sign)
            for telltale, sign in zip((_touching, _height), wanted, strict=True)
        )
        if not is_connected(whole) and not solver.meets(whole, targets):
            miss += 4  # wrong for two reasons: only where there is nothing better
        if miss < best_miss:
            best, best_miss = one, miss
    return best


def _variants(
    mask: int, added: int, targets: Mapping[str, int], size: int, kind: str, rng: Rng
) -> Iterator[int]:
    """Yield sets of a size much like ``added``."""
    if kind != "misplaced":
        free = list(singles(allowed(mask, dict(targets))))
        count = 0
        for subset in _subsets(free, size, rng):
            whole = mask | sum(subset)
            if solver.meets(whole, targets) and is_connected(whole) == (kind == "over"):
                count += 1
                yield whole & ~mask
        if count:
            return
    for _ in range(_VARIANTS):
        one = added
        # One voxel goes elsewhere; where sizes differ, one goes away or one more comes.
        if size <= added.bit_count():
            one &= ~rng.choice(list(singles(one)))
        if one.bit_count() < size:
            around = list(singles(frontier(mask | one)))
            if not around:
                return
            one |= rng.choice(around)
        yield one


def _subsets(free: Sequence[int], size: int, rng: Rng) -> Iterable[Sequence[int]]:
    if math.comb(len(free), size) <= _MOST_SUBSETS:
        return combinations(free, size)
    return (rng.sample(free, size) for _ in range(_MOST_SUBSETS))


_LAYERS = [mask_of((x, y, z) for x in (1, 2, 3) for y in (1, 2, 3)) for z in (1, 2, 3)]


def _touching(one: int) -> float:
    return sum((frontier(bit) & one).bit_count() for bit in singles(one)) / one.bit_count()


def _height(one: int) -> float:
    return sum((one & layer).bit_count() * z for z, layer in enumerate(_LAYERS)) / one.bit_count()


def _sign(value: float) -> int:
    return (value > 0) - (value < 0)


class MinAdditions(Task[State, Knobs]):
    """The fewest voxels that complete the structure."""

    slug = "min_additions"
    question_id = 5
    description = "Fewest voxels to add to reach both targets"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        minimum = rng.integers(knobs.minimum[0], knobs.minimum[1] + 1)
        return {
            "minimum": minimum,
            # One voxel is never a bridge: the cell that it fills would not be filled without it.
            "bridge": rng.chance(knobs.bridge) and minimum > 1,
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        minimum = plan["minimum"]
        for mask, target in _unfinished(plan.knobs, minimum, VIEWS, rng):
            targets = {view: silhouette(target, view) for view in VIEWS}
            least = solver.bound(mask, targets)
            if least > minimum or (least < minimum) != plan["bridge"]:
                continue
            added = solver.fewest(mask, targets, minimum)
            if added is not None and added.bit_count() == minimum:
                yield make_state(mask, target)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{COORDINATES} {SEEN} {VIEW_RULES} Beside the structure, a target is shown for each "
            f"of the two projections.\n{_ADDING}\nWhat is the smallest number of voxels that have "
            "to be added so that both projections equal their targets?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        added = solver.fewest(state.mask, _targets(state, VIEWS)) or 0
        return Solution(added.bit_count(), cells_of(added))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        mask, targets = state.mask, _targets(state, VIEWS)
        lines = []
        for view, target in targets.items():
            lines.append(
                f"{VIEW_NAMES[view]} target: {rows_text(matrix_of(target))}; the structure has "
                f"{rows_text(matrix_of(silhouette(mask, view)))}."
            )
        gaps = solver.missing(mask, targets)
        terms = []
        for z in (3, 2, 1):
            found = {view: places(gap & HEIGHTS[z - 1]) for view, gap in gaps.items()}
            if any(found.values()):
                most = max(map(len, found.values()))
                terms.append(str(most))
                lines.append(
                    f"z = {z}: still to fill in Y-Z {places_text(found['front'], 'front')}, in X-Z "
                    f"{places_text(found['side'], 'side')}. One voxel fills one cell of each view "
                    f"at its own height, so at least {plural(most, 'voxel')} here."
                )
        least = solver.bound(mask, targets)
        added_up = f"{' + '.join(terms)} = " if len(terms) > 1 else ""
        lines.append(f"So at least {added_up}{plural(least, 'voxel')}.")
        if least < solution.value:
            lines += _why_more(mask, targets, least, solution.value)
        lines.append(_check(mask, solution.facts))
        return "\n".join(lines)


def _why_more(mask: int, targets: Mapping[str, int], least: int, best: int) -> list[str]:
    """Say why fewer voxels than the answer fill the silhouettes only without being connected."""
    lines = []
    free = cells_of(allowed(mask, dict(targets)))
    lines.append("A voxel may go only where both targets are filled: " + cells_text(free) + ".")
    for view, gap in solver.missing(mask, targets).items():
        for place in places(gap):
            able = [cell for cell in free if line_of(cell, view) == place]
            lines.append(
                f"{VIEW_NAMES[view]} {places_text([place], view)} can be filled from "
                f"{cells_text(able)}."
            )
    for size in range(least, best):
        sets = list(solver.filling_sets(mask, targets, size))
        what = plural(size, "voxel")
        if not sets:
            lines.append(f"No set of {what} among these fills all of that.")
            continue
        lines.append(
            f"Sets of {what} that fill all of that: {len(sets)}, but each leaves something "
            f"unconnected{', e.g.' if len(sets) > 3 else ':'} "
            + "; ".join(
                f"{cells_text(cells_of(added))} (loose: {cells_text(_loose(mask, added))})"
                for added in sets[:3]
            )
            + "."
        )
    return lines


def _loose(mask: int, added: int) -> tuple[Cell, ...]:
    return cells_of(added & ~component(mask | added, mask & -mask))


def _check(mask: int, added: Sequence[Cell]) -> str:
    """Add a set of voxels one by one, each next to what is there, and look at the result."""
    steps, whole, left = [], mask, list(added)
    while left:
        cell = next(cell for cell in left if mask_of([cell]) & frontier(whole))
        left.remove(cell)
        whole |= mask_of([cell])
        steps.append(cell_text(cell))
    final = [
        f"{VIEW_NAMES[view]} {rows_text(matrix_of(silhouette(whole, view)))}" for view in VIEWS
    ]
    each = "each " if len(steps) > 1 else ""
    return (
        f"{plural(len(added), 'voxel')} will do: add {listing(steps)}, {each}next to the "
        f"structure. Then {final[0]} and {final[1]}, as the targets."
    )
