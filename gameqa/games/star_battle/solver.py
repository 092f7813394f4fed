"""How a board with some stars goes on: its completions, and the deductions that find them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from gameqa.games.star_battle.rules import Cell, State, legal_cells, touch

Unit = tuple[str, int]
"""A row, column or region: its kind and number."""


def completions(state: State) -> Iterator[tuple[Cell, ...]]:
    """Yield the ways to add the missing stars, each sorted by row."""
    rows: dict[int, list[tuple[Cell, int]]] = {}
    taken = {star[0] for star in state.stars}
    for r in range(state.size):
        if r not in taken:
            rows[r] = []
    for cell in legal_cells(state):
        rows[cell[0]].append((cell, 1 << cell[1] | 1 << state.size + state.region_at(cell)))
    open_rows = list(rows.values())
    chosen: list[Cell] = []

    def search(depth: int, used: int) -> Iterator[tuple[Cell, ...]]:
        if depth == len(open_rows):
            yield tuple(chosen)
            return
        for cell, mask in open_rows[depth]:
            # Stars of rows further up than the last one chosen cannot touch this cell.
            if not mask & used and not (chosen and touch(chosen[-1], cell)):
                chosen.append(cell)
                yield from search(depth + 1, used | mask)
                chosen.pop()

    return search(0, 0)


def only_completion(state: State) -> tuple[Cell, ...] | None:
    """Return the missing stars where there is exactly one way to add them."""
    found = completions(state)
    first = next(found, None)
    return first if first is not None and next(found, None) is None else None


def is_completable(state: State, cell: Cell) -> bool:
    """Whether some completion has a star in that cell."""
    with_it = State(state.regions, tuple(sorted((*state.stars, cell))), state.solution)
    return next(completions(with_it), None) is not None


@dataclass(frozen=True)
class Step:
    """One deduction: a star that is forced, or a cell that cannot have one.

    Attributes:
        cell: the cell in question.
        forced_by: the row, column or region for which the cell is the only one left; None where
            the step rules the cell out.
        trail: when ruled out, what a star there would lead to, as sentences without full stop.
    """

    cell: Cell
    forced_by: Unit | None = None
    trail: tuple[str, ...] = ()


class _Board:
    """The cells still possible and the units still without a star; placing makes a new board."""

    def __init__(self, state: State, possible: Iterable[Cell], open_units: Iterable[Unit]) -> None:
        self.state = state
        self.possible = list(possible)
        self.open_units = list(open_units)

    def units_of(self, cell: Cell) -> tuple[Unit, Unit, Unit]:
        return ("row", cell[0]), ("column", cell[1]), ("region", self.state.region_at(cell))

    def cells_of(self, unit: Unit) -> list[Cell]:
        return [cell for cell in self.possible if unit in self.units_of(cell)]

    def placed(self, star: Cell) -> _Board:
        taken = self.units_of(star)
        rest = [
            cell
            for cell in self.possible
            if not touch(cell, star) and not set(taken) & set(self.units_of(cell))
        ]
        return _Board(self.state, rest, (unit for unit in self.open_units if unit not in taken))

    def without(self, cell: Cell) -> _Board:
        return _Board(self.state, (c for c in self.possible if c != cell), self.open_units)

    def tightest(self) -> tuple[Unit, list[Cell]]:
        """Return the open unit with the fewest possible cells, and these."""
        sized = ((unit, self.cells_of(unit)) for unit in self.open_units)
        return min(sized, key=lambda found: len(found[1]))


def deductions(state: State) -> list[Step]:
    """Deduce the missing stars of a board with exactly one completion, step by step.

    A cell that is the only one left for a row, column or region gets the star; where there is no
    such cell, one is ruled out because a star there would leave some unit without a cell.
    """
    open_rows = set(range(state.size)) - {r for r, _ in state.stars}
    open_columns = set(range(state.size)) - {c for _, c in state.stars}
    units: list[Unit] = [("row", r) for r in sorted(open_rows)]
    units += [("column", c) for c in sorted(open_columns)]
    units += [("region", number) for number in state.open_regions()]
    board = _Board(state, legal_cells(state), units)
    steps: list[Step] = []
    while board.open_units:
        unit, cells = board.tightest()
        if len(cells) == 1:
            steps.append(Step(cells[0], forced_by=unit))
            board = board.placed(cells[0])
            continue
        step = _ruled_out(board)
        steps.append(step)
        board = board.without(step.cell)
    return steps


def _ruled_out(board: _Board) -> Step:
    """Find a cell that cannot have a star, by the shortest argument; cases only if need be."""
    for cases in (False, True):
        trails = [(cell, _refutation(board.placed(cell), cases)) for cell in board.possible]
        found = [Step(cell, trail=trail) for cell, trail in trails if trail]
        if found:
            return min(found, key=lambda step: len(step.trail))
    raise ValueError("the board has more than one completion")


def _refutation(board: _Board, cases: bool) -> tuple[str, ...]:
    """Return why a board has no completion, or nothing where that cannot be told."""
    trail: list[str] = []
    while board.open_units:
        unit, cells = board.tightest()
        if not cells:
            return (*trail, f"no cell is left for {unit_name(unit)}")
        if len(cells) > 1:
            if not cases:
                return ()
            for cell in cells:
                why = _refutation(board.placed(cell), cases)
                if not why:
                    return ()
                trail.append(f"with {cell} for {unit_name(unit)}, {', then '.join(why)}")
            return tuple(trail)
        trail.append(f"{unit_name(unit)} would need {cells[0]}")
        board = board.placed(cells[0])
    return ()


def unit_name(unit: Unit) -> str:
    """Write a unit, e.g. ``row 3``."""
    return f"{unit[0]} {unit[1]}"
