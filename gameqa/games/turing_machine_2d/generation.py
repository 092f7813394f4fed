"""How machines are made: rules are invented during the run, so that it stays on the board."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from gameqa.games.turing_machine_2d.rules import MOVES, Cell, Head, Rule, State, Step, distance
from gameqa.rng import Rng

_ATTEMPTS = 60  # on one substream


@dataclass(frozen=True)
class Knobs:
    """What makes a machine easy or hard.

    Attributes:
        boards: numbers of rows and columns.
        symbols, states: how many there are.
        steps: least and greatest number of steps asked about.
        entry: of the window of steps at which a state is entered: lowest and highest first value,
            and size.
    """

    boards: tuple[tuple[int, int], ...]
    symbols: int
    states: int
    steps: tuple[int, int]
    entry: tuple[int, int, int]

    @property
    def horizon(self) -> int:
        """Number of steps that stay on the board: options look two steps ahead."""
        return self.steps[1] + 2


class Way(NamedTuple):
    """From which cell to which a head is to get, and in how many steps."""

    start: Cell
    end: Cell
    steps: int


def machines(
    knobs: Knobs,
    board: tuple[int, int],
    rng: Rng,
    *,
    entry: int | None = None,
    way: Way | None = None,
) -> Iterator[State]:
    """Yield machines that stay on the board.

    Args:
        knobs: the level.
        board: rows and columns.
        rng: the substream.
        entry: number of the step at which some other state than the first is entered for the
            first time.
        way: where the head starts and gets; anywhere if None.
    """
    for _ in range(_ATTEMPTS):
        state = _machine(knobs, board, rng, entry, way)
        if state is not None:
            yield state


@lru_cache(maxsize=64)
def _exits(rows: int, cols: int) -> tuple[tuple[str, ...], ...]:
    """Return for every cell the moves that stay on the board."""
    return tuple(
        tuple(move for move, (dr, dc) in MOVES.items() if 0 <= r + dr < rows and 0 <= c + dc < cols)
        for r in range(rows)
        for c in range(cols)
    )


def _machine(
    knobs: Knobs, board: tuple[int, int], rng: Rng, entry: int | None, way: Way | None
) -> State | None:
    rows, cols = board
    symbols, states = knobs.symbols, knobs.states
    exits = _exits(rows, cols)
    lot = rng.random
    start = int(lot() * rows * cols) if way is None else way.start[0] * cols + way.start[1]
    first = int(lot() * states)
    # The state that is to be entered at a given step only.
    target = (first + 1 + int(lot() * (states - 1))) % states
    # Most runs end at the border, so that nothing is drawn before it is needed.
    rules: dict[tuple[int, int], Rule] = {}
    shown: dict[int, int] = {}
    cells: dict[int, int] = {}
    at, state = start, first
    for number in range(1, knobs.horizon + 1):
        if at not in cells:
            shown[at] = cells[at] = int(lot() * symbols)
        key = state, cells[at]
        rule = rules.get(key)
        if rule is None:
            move = exits[at][int(lot() * len(exits[at]))]
            then = int(lot() * states)
            if entry is not None and number <= entry:
                then = (target + 1 + int(lot() * (states - 1))) % states
                then = target if number == entry else then
            rules[key] = rule = Rule(int(lot() * symbols), move, then)
        elif rule.move not in exits[at] or (
            entry is not None
            and number <= entry
            and (rule.next_state == target) != (number == entry)
        ):
            return None
        cells[at] = rule.write
        dr, dc = MOVES[rule.move]
        at, state = at + dr * cols + dc, rule.next_state
        if way is not None and number <= way.steps:
            row, col = divmod(at, cols)
            if distance((row, col), way.end) > way.steps - number:
                return None
    names = tuple(MOVES)
    table = tuple(
        rules.get((q, s)) or Rule(rng.below(symbols), rng.choice(names), rng.below(states))
        for q in range(states)
        for s in range(symbols)
    )
    flat = [shown[i] if i in shown else int(lot() * symbols) for i in range(rows * cols)]
    grid = tuple(tuple(flat[r * cols : (r + 1) * cols]) for r in range(rows))
    return State(grid, Head(*divmod(start, cols), first), symbols, states, table, knobs.horizon)


def must_reread(steps: int) -> bool:
    """Whether a run of so many steps has to read a symbol that it has changed."""
    return steps >= 4


def is_lively(state: State, steps: Sequence[Step]) -> bool:
    """Whether a run leads somewhere, uses what it has written, and does not just go in circles."""
    if len({step.after.cell for step in steps} | {state.head.cell}) < 3:
        return False
    if len({step.after.state for step in steps} | {state.head.state}) < 2:
        return False
    if must_reread(len(steps)) and not any(
        step.symbol != state.grid[step.before.row][step.before.col] for step in steps
    ):
        return False
    cells: dict[Cell, int] = {}
    configurations = [(state.head, dict(cells))]
    for step in steps:
        cell = step.before.cell
        if step.rule.write == state.grid[cell[0]][cell[1]]:
            cells.pop(cell, None)
        else:
            cells[cell] = step.rule.write
        configurations.append((step.after, dict(cells)))
    return all(
        first != second for first, second in zip(configurations, configurations[2:], strict=False)
    )
