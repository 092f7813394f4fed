"""What the questions and the analyses have in common: the rules, and a run told step by step."""

from __future__ import annotations

from collections.abc import Sequence

from gameqa.games.turing_machine_2d.rules import State, Step

RULES = (
    "The board shown is the tape of a two-dimensional Turing machine. Every cell holds a symbol, "
    "numbered from 0; the head stands on the marked cell, in the state whose number goes with it. "
    "In the rule table, the head's state and the symbol of its cell select a rule: a symbol to "
    "write, a move and a next state. In every step, in this order: (1) the head reads the symbol "
    "of its cell, which selects the rule; (2) the rule's symbol is written into the cell, in place "
    "of the old one; (3) the head moves one cell up, right, down or left, as the rule says; (4) it "
    "takes the rule's next state. The head stays on the board during all steps asked about. Cells "
    "are written (row, column), both counted from 0 at the top-left corner."
)


def start(state: State) -> str:
    """Tell where the machine starts."""
    return f"The head starts in cell {state.head.cell}, in state {state.head.state}."


def told(steps: Sequence[Step]) -> list[str]:
    """Tell a run, one line a step."""
    lines = []
    for number, (before, symbol, written_at, rule, after) in enumerate(steps, 1):
        origin = f"written in step {written_at}" if written_at else "as shown"
        lines.append(
            f"Step {number}: in cell {before.cell}, state {before.state}, symbol {symbol} "
            f"({origin}). Rule: write {rule.write}, move {rule.move}, next state "
            f"{rule.next_state}. Now in cell {after.cell}, state {after.state}."
        )
    return lines
