"""The five questions about a colour Sudoku."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from gameqa.answers import Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.sudoku import generation
from gameqa.games.sudoku.generation import Knobs, quota_bounds
from gameqa.games.sudoku.rules import (
    COLOURS,
    KINDS,
    Layout,
    State,
    candidates,
    number,
    position,
    seen,
)
from gameqa.grids import side_neighbours
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_COLOUR = Word(tuple(COLOURS), aliases={"grey": "gray", "cyan": "aqua"})

_ALIKE = {
    "red": ("orange", "pink"),
    "orange": ("red", "yellow"),
    "yellow": ("orange", "pink"),
    "green": ("aqua", "gray"),
    "aqua": ("green", "blue"),
    "blue": ("aqua", "purple"),
    "purple": ("blue", "gray"),
    "pink": ("red", "yellow"),
    "gray": ("green", "purple"),
}
"""The colours that are most easily taken for each other."""


def _rules(state: State) -> str:
    high, wide = state.box
    return (
        f"This is a colour Sudoku of {state.size} x {state.size} cells, divided into boxes of "
        f"{high} x {wide} cells. When it is finished, every row, every column and every box "
        f"contains each of the {state.size} colours ({', '.join(state.colors)}) exactly once. "
        "White cells are empty. Cells are written (row, column), both counted from 1 at the "
        "top-left corner."
    )


def _colours(state: State, mask: int) -> str:
    return listing(state.names(mask), "no colour")


def _name(state: State, cell: int) -> str:
    return str(position(state.size, cell))


class _ColourTask(Task[State, Knobs]):
    """A task whose answer is one of the colours."""

    kind = _COLOUR

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"colour": rng.choice(knobs.colours)}

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(state.colors, solution.value)


class ColorAt(_ColourTask):
    """The colour of a filled cell."""

    slug = "color_at"
    question_id = 1
    description = "Colour of a filled cell"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {**super().plan(knobs, form, rng), "alike": rng.chance(0.7)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.plain_states(plan.knobs, rng, plan["colour"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        wanted = state.colors.index(plan["colour"]) + 1
        values = state.flat
        cells = [cell for cell, value in enumerate(values) if value == wanted]
        alike = [state.colors.index(n) + 1 for n in _ALIKE[plan["colour"]] if n in state.colors]
        near = side_neighbours(state.size, state.size)
        confusing = [cell for cell in cells if any(values[o] in alike for o in near[cell])]
        if plan["alike"] and confusing:
            cells = confusing
        return {"cell": list(position(state.size, rng.choice(cells)))}

    def ask(self, state: State, query: Query) -> str:
        r, c = query["cell"]
        return f"{_rules(state)}\nWhich colour does the cell ({r}, {c}) have?"

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(state.color(state.flat[number(state, query["cell"])]))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        r, c = query["cell"]
        row = [state.color(value) if value else "empty" for value in state.grid[r - 1]]
        return (
            f"Row {r}, from left to right, reads: {', '.join(row)}.\n"
            f"In column {c} of that row stands {solution.value}."
        )


class CountColor(Task[State, Knobs]):
    """How many cells show a colour."""

    slug = "count_color"
    question_id = 2
    description = "Number of cells that show a colour"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        absent = rng.chance(0.04)
        count = 0 if absent else rng.integers(1, len(knobs.colours) + 1)
        return {"colour": rng.choice(knobs.colours), "count": count}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.counted_states(plan.knobs, rng, plan["colour"], plan["count"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"color": plan["colour"]}

    def ask(self, state: State, query: Query) -> str:
        return f"{_rules(state)}\nHow many cells of the board shown are {query['color']}?"

    def solve(self, state: State, query: Query) -> Solution:
        value = state.colors.index(query["color"]) + 1
        return Solution(state.flat.count(value), value)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        color = query["color"]
        lines = []
        total = 0
        for r, row in enumerate(state.grid, 1):
            found = [(r, c) for c, value in enumerate(row, 1) if value == solution.facts]
            total += len(found)
            where = listing(found, f"no {color} cell")
            lines.append(f"Row {r}: {where}; {total} so far.")
        return f"Looking for {color} row by row:\n" + "\n".join(lines)


class CountCandidates(Task[State, Knobs]):
    """How many colours an empty cell can have by direct exclusion."""

    slug = "count_candidates"
    question_id = 3
    description = "Number of candidates of an empty cell"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "count": rng.integers(1, knobs.candidates + 1),
            # With no other empty cell in its row, column or box one glance decides.
            "glance": rng.chance(0.15),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.open_cell_states(plan.knobs, rng, plan["count"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        values = state.flat
        cells = [
            cell
            for cell, value in enumerate(values)
            if not value
            and candidates(state, values, cell).bit_count() == plan["count"]
            and (plan["glance"] or not _alone(state.layout, values, cell))
        ]
        return {"cell": list(position(state.size, rng.choice(cells)))} if cells else None

    def ask(self, state: State, query: Query) -> str:
        r, c = query["cell"]
        return (
            f"{_rules(state)}\nThe cell ({r}, {c}) is empty. How many of the {state.size} colours "
            "could be put there if only the filled cells shown in its row, its column and its box "
            "exclude a colour, without thinking further ahead?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        mask = candidates(state, state.flat, number(state, query["cell"]))
        return Solution(mask.bit_count(), mask)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        r, c = query["cell"]
        row, column, box = seen(state, state.flat, number(state, query["cell"]))
        union = state.names(row | column | box)
        left = state.names(solution.facts)
        return (
            f"Row {r} has {_colours(state, row)}.\n"
            f"Column {c} has {_colours(state, column)}.\n"
            f"The box of ({r}, {c}) has {_colours(state, box)}.\n"
            f"Together they exclude {plural(len(union), 'colour')}: {listing(union)}.\n"
            f"Of the {state.size} colours that leaves {listing(left)}: "
            f"{state.size} - {len(union)} = {len(left)}."
        )


def _alone(shape: Layout, values: list[int], cell: int) -> bool:
    """Whether a cell is the only empty one of its row, its column or its box."""
    return any(
        all(values[other] for other in shape.units[kind][place] if other != cell)
        for kind, place in enumerate(shape.places[cell])
    )


class CountLinesByEmpties(Task[State, Knobs]):
    """How many rows, columns or boxes have more than some number of empty cells."""

    slug = "count_lines_by_empties"
    question_id = 4
    description = "Number of rows, columns or boxes with more than a number of empty cells"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        size = len(knobs.colours)
        choices = {
            answer: [t for t in (1, 2, 3) if self._is_possible(knobs, t, answer)]
            for answer in range(size + 1)
        }
        answers = [answer for answer, thresholds in choices.items() if thresholds]
        # None and all of them are too easy to guess; only small boards lack other answers.
        weights = [0.25 if answer in (0, size) else 1.0 for answer in answers]
        answer = rng.weighted(answers, weights)
        return {
            "kind": rng.weighted((0, 1, 2), (0.4, 0.4, 0.2)),
            "answer": answer,
            "threshold": rng.choice(choices[answer]),
        }

    @staticmethod
    def _is_possible(knobs: Knobs, threshold: int, answer: int) -> bool:
        least, most = quota_bounds(knobs, threshold, answer)
        return threshold < len(knobs.colours) and least <= knobs.empty[1] and most >= knobs.empty[0]

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.quota_states(
            plan.knobs, rng, plan["kind"], plan["threshold"], plan["answer"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"lines": KINDS[plan["kind"]], "more_than": plan["threshold"]}

    def ask(self, state: State, query: Query) -> str:
        lines = "boxes" if query["lines"] == "box" else f"{query['lines']}s"
        return (
            f"{_rules(state)}\nHow many of the {state.size} {lines} have more than "
            f"{plural(query['more_than'], 'empty cell')} on the board shown?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        values = state.flat
        units = state.layout.units[KINDS.index(query["lines"])]
        empty = [[cell for cell in unit if not values[cell]] for unit in units]
        return Solution(sum(len(cells) > query["more_than"] for cells in empty), empty)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        shape = state.layout
        kind = KINDS.index(query["lines"])
        lines, counted = [], []
        for i, empty in enumerate(solution.facts):
            name = f"{query['lines']} {i + 1}"
            if query["lines"] == "box":
                unit = shape.units[kind][i]
                name = f"the box from {_name(state, unit[0])} to {_name(state, unit[-1])}"
            if len(empty) > query["more_than"]:
                counted.append(name)
            where = f" ({', '.join(_name(state, cell) for cell in empty)})" if empty else ""
            lines.append(f"{name[0].upper()}{name[1:]}: {len(empty)} empty{where}.")
        return (
            "\n".join(lines)
            + f"\nMore than {query['more_than']}: {listing(counted)}; that makes {len(counted)}."
        )


@dataclass(frozen=True)
class _Found:
    """A cell of the chain: the colours excluded, and those left."""

    cell: int
    row: int
    column: int
    box: int
    left: int


class DeduceColor(_ColourTask):
    """The colour of a cell once two others are worked out."""

    slug = "deduce_color"
    question_id = 5
    description = "Colour of a cell after two others are worked out"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.chain_states(plan.knobs, rng, plan["colour"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        wanted = state.colors.index(plan["colour"]) + 1
        found = [chain for chain, value in _chains(state) if value == wanted]
        if not found:
            return None
        first, second, last = (list(position(state.size, cell)) for cell in rng.choice(found))
        return {"first": first, "second": second, "cell": last}

    def ask(self, state: State, query: Query) -> str:
        (r1, c1), (r2, c2), (r, c) = query["first"], query["second"], query["cell"]
        return (
            f"{_rules(state)}\nWork out the colour of the empty cell ({r1}, {c1}) and then, with "
            f"this colour filled in, that of the empty cell ({r2}, {c2}). Once both are filled in, "
            f"which colour must the empty cell ({r}, {c}) have? At each step only one colour is "
            "not yet in the row, column or box of the cell."
        )

    def solve(self, state: State, query: Query) -> Solution:
        values = state.flat
        steps = []
        for key in ("first", "second", "cell"):
            cell = number(state, query[key])
            left = candidates(state, values, cell)
            steps.append(_Found(cell, *seen(state, values, cell), left))
            if left.bit_count() != 1:
                raise ValueError(f"{query[key]} is not decided by its row, column and box")
            values[cell] = left.bit_length() - 1
        return Solution(state.color(values[steps[-1].cell]), steps)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = []
        filled: list[int] = []
        for i, step in enumerate(solution.facts, 1):
            r, c = position(state.size, step.cell)
            if i == 3:
                before = state.names(candidates(state, state.flat, step.cell))
                lines.append(f"At first ({r}, {c}) could be {listing(before, link='or')}.")
            used = [_name(state, cell) for cell in filled if cell in state.layout.peers[step.cell]]
            told = f", counting what was just found at {listing(used)}" if used else ""
            lines.append(
                f"{i}. ({r}, {c}){told}: row {r} has {_colours(state, step.row)}; column {c} has "
                f"{_colours(state, step.column)}; its box has {_colours(state, step.box)}. "
                f"Together these are {_colours(state, step.row | step.column | step.box)}, so only "
                f"{_colours(state, step.left)} is left for ({r}, {c})."
            )
            filled.append(step.cell)
        return "\n".join(lines)


def _chains(state: State) -> Iterator[tuple[tuple[int, int, int], int]]:
    """Yield all chains of three cells in which both steps are needed, and the last one's value.

    With two candidates left the last cell needs the second cell, which needs the first; with
    three it needs both directly.
    """
    values = state.flat
    peers = state.layout.peers
    left = {cell: candidates(state, values, cell) for cell, v in enumerate(values) if not v}
    open_peers = {cell: [other for other in peers[cell] if other in left] for cell in left}
    for first, one in left.items():
        if one.bit_count() != 1:
            continue
        for second, before in left.items():
            if second == first:
                continue
            other = before & ~one if first in open_peers[second] else before
            if other.bit_count() != 1:
                continue
            for last in open_peers[second]:
                has = left[last]
                if last == first or not has & other:
                    continue
                direct = first in open_peers[last] and bool(has & one)
                if has.bit_count() == 2 and not direct and before != other:
                    yield (first, second, last), (has & ~other).bit_length() - 1
                elif has.bit_count() == 3 and direct and one != other:
                    yield (first, second, last), (has & ~other & ~one).bit_length() - 1


TASKS: tuple[Task[State, Knobs], ...] = (
    ColorAt(),
    CountColor(),
    CountCandidates(),
    CountLinesByEmpties(),
    DeduceColor(),
)
