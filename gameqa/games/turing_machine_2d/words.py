"""The machine as text."""

from __future__ import annotations

from gameqa.games.turing_machine_2d.rules import State
from gameqa.text import grid


def describe(state: State) -> str:
    """Write the board as symbol numbers, the head's cell in brackets, and the rule table."""
    cells = [[f" {symbol} " for symbol in row] for row in state.grid]
    row, col, now = state.head
    cells[row][col] = f"[{state.grid[row][col]}]"
    # Numbers stand above the symbols, whose brackets need room on both sides.
    rows = [[str(r), *line] for r, line in enumerate(cells)]
    rows.insert(0, ["", *(f" {c} " for c in range(state.cols))])
    lines = [
        "The board, row and column numbers at the edges, symbols by their numbers:",
        grid(rows, numbered=False),
        f"The head is on the cell in brackets; its state is {now}.",
        f"Symbols: 0 to {state.n_symbols - 1}. States: 0 to {state.n_states - 1}.",
        "The rule table:",
    ]
    for number, rule in enumerate(state.rules):
        q, s = divmod(number, state.n_symbols)
        lines.append(
            f"state {q}, symbol {s}: write {rule.write}, move {rule.move}, "
            f"next state {rule.next_state}"
        )
    return "\n".join(lines)
