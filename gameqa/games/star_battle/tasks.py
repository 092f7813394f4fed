"""The four questions about a Star Battle board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from gameqa.answers import Coordinate, OrWord
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.star_battle import generation, solver
from gameqa.games.star_battle.generation import Knobs
from gameqa.games.star_battle.rules import (
    CAUSES,
    Cell,
    State,
    conflicts,
    legal_cells,
    side_neighbours,
)
from gameqa.games.star_battle.words import region_name
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

_CELLS = Coordinate()
_NONE = "none"

_RULES = (
    "This is a Star Battle puzzle: when it is finished, every row, every column and every region "
    "holds exactly one star, and no two stars touch, not even diagonally."
)
_COORDINATES = "Cells are written (row, column), both counted from 0 at the top-left corner."

_HIDINGS = 8
"""Choices of the stars shown that are tried on one board."""


def _any_cell(knobs: Knobs, rng: Rng) -> Cell:
    """Draw the cell of a star that is asked for: all cells of the board are equally likely."""
    return rng.below(knobs.size), rng.below(knobs.size)


def _cells_by_row(cells: Sequence[Cell]) -> str:
    rows: dict[int, list[str]] = {}
    for r, c in cells:
        rows.setdefault(r, []).append(str(c))
    return "; ".join(
        f"row {r}: column{'s' if len(columns) > 1 else ''} {', '.join(columns)}"
        for r, columns in rows.items()
    )


def _and(parts: Sequence[str]) -> str:
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else parts)


class LastStar(Task[State, Knobs]):
    """Where a missing star goes."""

    slug = "last_star"
    question_id = 1
    description = "Where a missing star goes"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = _CELLS
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"cell": _any_cell(knobs, rng), "by_row": rng.chance(0.5)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        board = generation.draw_board(plan.knobs, rng, plan["cell"])
        if board is not None:
            stars = [star for star in board.solution if star != plan["cell"]]
            hidings = list(combinations(stars, plan.knobs.hidden - 1))
            for hidden in rng.sample(hidings, min(_HIDINGS, len(hidings))):
                yield generation.shown(board, (star for star in stars if star not in hidden))

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        if solver.only_completion(state) is None:
            return None
        if plan.knobs.hidden == 1:
            return {}
        if plan["by_row"]:
            return {"row": plan["cell"][0]}
        return {"region": state.region_at(plan["cell"])}

    def ask(self, state: State, query: Query) -> str:
        if not query:
            return (
                f"{_RULES} All stars but one are shown. {_COORDINATES}\n"
                "In which cell is the missing star?"
            )
        place = f"row {query['row']}" if "row" in query else region_name(query["region"])
        return (
            f"{_RULES} Some stars are not shown yet, and there is only one way to place them. "
            f"{_COORDINATES}\nIn which cell is the star of {place} when the puzzle is finished?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        missing = solver.only_completion(state)
        if missing is None:
            raise ValueError("the board has no completion, or several")
        for star in missing:
            if query.get("row", star[0]) == star[0] and (
                query.get("region", state.region_at(star)) == state.region_at(star)
            ):
                return Solution(star, missing)
        raise ValueError(f"no star is missing there: {query}")

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        columns = dict(state.stars)
        lines = ["The stars shown, row by row:"]
        for r in range(state.size):
            if r in columns:
                where = region_name(state.regions[r][columns[r]])
                lines.append(f"Row {r}: column {columns[r]}, in {where}.")
            else:
                lines.append(f"Row {r}: no star.")
        taken = set(columns.values())
        free = [str(c) for c in range(state.size) if c not in taken]
        regions = [region_name(number) for number in state.open_regions()]
        if len(free) == 1:
            r, c = solution.value
            lines.append(
                f"Row {r} is the only row without a star and column {c} the only column without "
                f"one: the missing star is at {solution.value}. Check: this cell lies in "
                f"{regions[0]}, the only region without a star, and none of its neighbours, "
                "diagonal ones included, holds a star."
            )
            return "\n".join(lines)
        rows = [str(r) for r in range(state.size) if r not in columns]
        lines.append(
            f"Without a star are rows {_and(rows)}, columns {_and(free)}, and {_and(regions)}. "
            "The cells where these rows and columns cross:"
        )
        for r in map(int, rows):
            cells = [(r, int(c)) for c in free]
            lines.append(f"Row {r}: {'; '.join(_crossing(state, cell) for cell in cells)}.")
        for step in solver.deductions(state):
            if step.forced_by is None:
                why = ", then ".join(step.trail)
                lines.append(f"A star at {step.cell} is impossible: with it, {why}.")
                continue
            lines.append(
                f"{step.cell} is the only cell left for {solver.unit_name(step.forced_by)}: it "
                "gets a star."
            )
            if step.cell == solution.value:
                break
            lines[-1] += " No other star in its row, column or region, or next to it."
        return "\n".join(lines)


def _region(state: State, cell: Cell) -> str:
    return f"region {state.region_at(cell)}"


def _crossing(state: State, cell: Cell) -> str:
    """Tell whether a cell of an open row and column is possible so far."""
    found = conflicts(state, cell)
    if "region" in found:
        return f"not {cell}, since {_region(state, cell)} has a star"
    if "touch" in found:
        return f"not {cell}, which touches the star at {found['touch']}"
    return f"{cell} is possible, in {_region(state, cell)}"


class CellInRegion(Task[State, Knobs]):
    """Which listed cell lies in a region."""

    slug = "cell_in_region"
    question_id = 2
    description = "Which cell lies in the named region"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = _CELLS
    patience = 1000  # far beyond what a list of cells that suits some board ever takes

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # The eight cells come first and the board is made to suit them, so that nothing about
        # them tells which one is right.
        cells = _groups(knobs.size, (2, 2, 2, 2), rng)
        return {
            "cells": cells,
            "right": rng.choice(cells),
            "count": rng.integers(knobs.shown[0], knobs.shown[1] + 1),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        listed = (plan["right"], plan["cells"]) if plan.is_choice else None
        board = generation.draw_board(plan.knobs, rng, listed=listed)
        if board is not None and (not plan.is_choice or self._suits(board, plan)):
            for _ in range(_HIDINGS):
                yield generation.shown(board, rng.sample(board.solution, plan["count"]))

    def _suits(self, board: State, plan: Plan[Knobs]) -> bool:
        """Whether one of the wrong cells lies next to the region of the right one."""
        region = board.region_at(plan["right"])
        return any(
            board.region_at(other) == region
            for cell in others(plan["cells"], plan["right"])
            for other in side_neighbours(cell, board.size)
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        query: Query = {"region": state.region_at(plan["right"])}
        if plan.is_choice:
            query["listed"] = list(plan["right"])
        return query

    def ask(self, state: State, query: Query) -> str:
        which = "Which of these cells lies" if "listed" in query else "Give any one cell that lies"
        return (
            "On this Star Battle board every cell belongs to one coloured region. "
            f"{_COORDINATES}\n{which} in {region_name(query['region'])}"
            f"{'?' if 'listed' in query else '.'}"
        )

    def solve(self, state: State, query: Query) -> Solution:
        cells = state.region(query["region"])
        if "listed" in query:
            row, col = query["listed"]
            return Solution((row, col), cells)
        return Solution(cells[len(cells) // 2], cells)

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        return tuple(value) in state.region(query["region"])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        name = region_name(query["region"])
        lines = [f"The cells of {name}: {_cells_by_row(solution.facts)}."]
        for option in options:
            found = region_name(state.region_at(option.value))
            lines.append(f"{option.letter}: {option.text} lies in {found}.")
        if options:
            lines.append(f"Only {_CELLS.text(solution.value)} lies in {name}.")
        else:
            lines.append("Any of them is right.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["cells"], solution.value)


def _groups(size: int, counts: Sequence[int], rng: Rng) -> list[Cell]:
    """Draw groups of near cells such that every cell has a free one at its side."""
    while True:
        free = [(r, c) for r in range(size) for c in range(size)]
        chosen: list[Cell] = []
        for count in counts:
            first = rng.choice(free)
            near = [cell for cell in free if cell != first and _is_near(cell, first)]
            if len(near) < count - 1:
                break
            chosen += [first, *rng.sample(near, count - 1)]
            free = [cell for cell in free if cell not in chosen]
        if len(chosen) == sum(counts) and all(
            any(other in free for other in side_neighbours(cell, size)) for cell in chosen
        ):
            return chosen


def _is_near(a: Cell, b: Cell) -> bool:
    return abs(a[0] - b[0]) <= 2 and abs(a[1] - b[1]) <= 2


class StarInRegion(Task[State, Knobs]):
    """Which listed cell is the star shown in a region, if there is one."""

    slug = "star_in_region"
    question_id = 3
    description = "Which cell holds the star shown in the named region"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = OrWord(_CELLS, _NONE)
    patience = 1000

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # As in `CellInRegion`: the cells come first.
        able: list[Cell] = []
        while len(able) < 6:
            cells = _groups(knobs.size, (4, 3), rng)
            able = generation.cells_met(knobs.size, cells, alone=False)
        return {
            "cells": cells,
            "right": rng.choice(able),
            "is_shown": not rng.chance(1 / 8),
            "count": rng.integers(knobs.shown[0], knobs.shown[1] + 1),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        right, is_shown = plan["right"], plan["is_shown"]
        wrong = others(plan["cells"], right)
        return generation.boards_with_two_stars(
            plan.knobs, right, wrong, is_shown, plan["count"], rng
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"region": state.region_at(plan["right"])}

    def ask(self, state: State, query: Query) -> str:
        return (
            "On this Star Battle board every cell belongs to one coloured region. A region holds "
            f"at most one star, and some regions hold none yet. {_COORDINATES}\n"
            f"Which cell holds the star shown in {region_name(query['region'])}? "
            f"If that region holds no star, the answer is {_NONE}."
        )

    def solve(self, state: State, query: Query) -> Solution:
        star = state.star_of(query["region"])
        return Solution(_NONE if star is None else star)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        region = query["region"]
        name = region_name(region)
        star = state.star_of(region)
        result = "There is no star in them" if star is None else f"The star is at {star}"
        lines = [f"The cells of {name}: {_cells_by_row(state.region(region))}. {result}."]
        for option in options:
            if option.value == _NONE:
                verdict = "right" if star is None else "wrong"
                lines.append(f'{option.letter}: "{option.text}" is {verdict}, as just seen.')
                continue
            held = "a" if option.value in state.stars else "no"
            where = region_name(state.region_at(option.value))
            lines.append(f"{option.letter}: {option.text} holds {held} star, in {where}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([_NONE, *plan["cells"]], solution.value)


class LegalStarCell(Task[State, Knobs]):
    """In which listed cell a star may be placed now."""

    slug = "legal_star_cell"
    question_id = 4
    description = "In which cell a star may be placed now"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.MEDIUM
    kind = _CELLS
    patience = 1000  # far beyond what a list of cells that suits some board ever takes

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # As in `CellInRegion`: the cells come first.
        board = [(r, c) for r in range(knobs.size) for c in range(knobs.size)]
        alone: list[Cell] = []
        while len(alone) < 6:
            cells = rng.sample(board, 8)
            alone = generation.cells_met(knobs.size, cells, alone=True)
        return {"cells": cells, "right": rng.choice(alone)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        wrong = others(plan["cells"], plan["right"]) if plan.is_choice else []
        return generation.boards_with_one_legal(plan.knobs, plan["right"], wrong, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        if not plan.is_choice:
            return {}
        wrong = others(plan["cells"], plan["right"])
        causes = [conflicts(state, cell) for cell in wrong]
        open_regions = state.open_regions()
        if (
            sum(len(found) == 1 for found in causes) < plan.knobs.single_causes
            or len({cause for found in causes for cause in found}) < len(CAUSES)
            or all(state.region_at(cell) not in open_regions for cell in wrong)
        ):
            return None
        # The right cell has a star in the hidden solution, so that it is right for those as well
        # who think on to the finished puzzle.
        return {"listed": list(plan["right"])}

    def ask(self, state: State, query: Query) -> str:
        which = (
            "In which of these empty cells may a star be placed now?"
            if "listed" in query
            else "Name any one empty cell in which a star may be placed now."
        )
        return (
            f"{_RULES} Only some of the stars are shown. {_COORDINATES}\n{which} Only the stars "
            "shown count: the cell's row, column and region must not hold a star yet, nor any of "
            "the eight cells around it. Whether the puzzle can then be finished does not matter."
        )

    def solve(self, state: State, query: Query) -> Solution:
        if "listed" in query:
            row, col = query["listed"]
            return Solution((row, col))
        cells = legal_cells(state)
        middle = len(cells) // 2
        # Of the right answers one that leads on to a finished puzzle is the better example.
        return Solution(
            next(
                cell
                for cell in cells[middle:] + cells[:middle]
                if solver.is_completable(state, cell)
            )
        )

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        return tuple(value) in legal_cells(state)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        stars = [f"{star} in {region_name(state.region_at(star))}" for star in state.stars]
        lines = [f"The stars shown: {', '.join(stars)}."]
        for option in options:
            found = conflicts(state, option.value)
            if found:
                cause = next(cause for cause in CAUSES if cause in found)
                verdict = f"impossible, {_verdict(state, option.value, cause, found[cause])}"
            else:
                verdict = f"possible, {_all_clear(state, option.value)}"
            lines.append(f"{option.letter}: {option.text} is {verdict}.")
        if not options:
            lines.append(f"{solution.value} is possible, {_all_clear(state, solution.value)}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["cells"], solution.value)


def _verdict(state: State, cell: Cell, cause: str, star: Cell) -> str:
    if cause == "touch":
        return f"since it touches the star at {star}"
    places = {
        "row": f"row {cell[0]}",
        "column": f"column {cell[1]}",
        "region": region_name(state.region_at(cell)),
    }
    return f"since {places[cause]} already holds the star at {star}"


def _all_clear(state: State, cell: Cell) -> str:
    region = region_name(state.region_at(cell))
    return (
        f"since row {cell[0]}, column {cell[1]} and {region} hold no star, nor do the cells around "
        "it"
    )


TASKS: tuple[Task[State, Knobs], ...] = (
    LastStar(),
    CellInRegion(),
    StarInRegion(),
    LegalStarCell(),
)
