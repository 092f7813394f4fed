"""Rules of the machine: the board it writes on, its rule table, one step, and a run.

Cells are ``(row, column)``, 0-based from the top-left corner; a run never leaves the board.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

Cell = tuple[int, int]

MOVES: dict[str, Cell] = {"up": (-1, 0), "right": (0, 1), "down": (1, 0), "left": (0, -1)}


class Head(NamedTuple):
    """Where the head is and its state."""

    row: int
    col: int
    state: int

    @property
    def cell(self) -> Cell:
        """The head's cell."""
        return self.row, self.col


class Rule(NamedTuple):
    """What the machine does in one state on one symbol."""

    write: int
    move: str
    next_state: int


@dataclass(frozen=True)
class State:
    """A machine before its first step.

    Attributes:
        grid: rows of symbols.
        head: the head.
        n_symbols, n_states: how many symbols and states there are, each counted from 0.
        rules: the rules, ordered by state and then by symbol.
        horizon: number of steps that stay on the board.
    """

    grid: tuple[tuple[int, ...], ...]
    head: Head
    n_symbols: int
    n_states: int
    rules: tuple[Rule, ...]
    horizon: int

    @property
    def rows(self) -> int:
        """Number of rows."""
        return len(self.grid)

    @property
    def cols(self) -> int:
        """Number of columns."""
        return len(self.grid[0])

    def rule(self, state: int, symbol: int) -> Rule:
        """Return the rule for a state and a symbol."""
        return self.rules[state * self.n_symbols + symbol]


class Step(NamedTuple):
    """What one step did.

    Attributes:
        before, after: the head before and after it.
        symbol: the symbol read.
        written_at: number of the step that wrote it, 0 if the board shows it.
        rule: the rule applied.
    """

    before: Head
    symbol: int
    written_at: int
    rule: Rule
    after: Head


def run(state: State, count: int, *, writes: bool = True, slip: int = 0) -> list[Step]:
    """Let the machine make ``count`` steps; the options are the mistakes that people make.

    Args:
        state: the machine.
        count: number of steps.
        writes: whether symbols change.
        slip: number of a step that takes the rule of the next symbol, 0 for none.

    Returns:
        The steps; fewer than asked for where a mistake leads off the board.
    """
    rows, cols = state.rows, state.cols
    written: dict[Cell, tuple[int, int]] = {}
    head = state.head
    steps = []
    for number in range(1, count + 1):
        row, col, now = head
        symbol, at = written.get((row, col)) or (state.grid[row][col], 0)
        looked_up = (symbol + 1) % state.n_symbols if number == slip else symbol
        rule = state.rules[now * state.n_symbols + looked_up]
        dr, dc = MOVES[rule.move]
        if not (0 <= row + dr < rows and 0 <= col + dc < cols):
            break
        if writes:
            written[row, col] = rule.write, number
        after = Head(row + dr, col + dc, rule.next_state)
        steps.append(Step(head, symbol, at, rule, after))
        head = after
    return steps


def symbol_after(state: State, steps: Sequence[Step], cell: Cell) -> tuple[int, int]:
    """Return a cell's symbol after some steps, and the step that wrote it or 0."""
    for number in range(len(steps), 0, -1):
        if steps[number - 1].before.cell == cell:
            return steps[number - 1].rule.write, number
    return state.grid[cell[0]][cell[1]], 0


def distance(a: Cell, b: Cell) -> int:
    """Return the Manhattan distance of two cells."""
    return abs(a[0] - b[0]) + abs(a[1] - b[1])
