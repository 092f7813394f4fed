"""The questions about an Ultra Tic-Tac-Toe board: what is on it, what follows, what scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Coordinate, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.ultra_tictactoe import generation
from gameqa.games.ultra_tictactoe.generation import Knobs
from gameqa.games.ultra_tictactoe.rules import (
    FREE,
    MARKS,
    MIDDLE,
    PLAYERS,
    POINTS,
    Position,
    State,
    cell_name,
    cell_of,
    grid_of,
    lines_of,
    pair_name,
)
from gameqa.games.ultra_tictactoe.tasks_counting import (
    CountLegalMoves,
    CountMiddleCells,
    CountPieces,
    GridPoints,
)
from gameqa.games.ultra_tictactoe.tasks_shared import RULES, UltraTask, last_move_of, told
from gameqa.grids import bits
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural


class CellOwner(UltraTask):
    """Whose mark is in a cell."""

    slug = "cell_owner"
    question_id = 1
    description = "Who owns a cell"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word((*PLAYERS, "nobody"), {"X": PLAYERS[0], "O": PLAYERS[1], "empty": "nobody"})

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"cell": rng.below(81), "owner": rng.choice((0, 1, None))}

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        return bool(position.owner(plan["cell"]) == plan["owner"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"cell": list(cell_name(plan["cell"]))}

    def ask(self, state: State, query: Query) -> str:
        return f"{RULES}Who has marked cell {tuple(query['cell'])}?"

    def solve(self, state: State, query: Query) -> Solution:
        owner = state.position.owner(cell_of(query["cell"]))
        return Solution("nobody" if owner is None else PLAYERS[owner], owner)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        i, j, row, col = query["cell"]
        found = (
            "This cell is empty."
            if solution.facts is None
            else f"There is an {MARKS[solution.facts]}, the mark of the {solution.value}."
        )
        return (
            f"Grid ({i}, {j}) is in grid row {i} from the top, grid column {j} from the left.\n"
            f"The cell is in row {row}, column {col} of that grid.\n{found}"
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others((*PLAYERS, "nobody"), solution.value)


class DeduceForcedGrid(UltraTask):
    """Which grid the next move must go to, from the pieces alone."""

    slug = "deduce_forced_grid"
    question_id = 6
    description = "Which grid the next move must go to, the last move unknown"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Coordinate(("i", "j"))

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"grid": rng.below(9), "mover": rng.below(2)}

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        return bool(position.forced == plan["grid"] and position.mover == plan["mover"])

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"mover": MARKS[state.position.mover]}

    def ask(self, state: State, query: Query) -> str:
        mover = query["mover"]
        player = PLAYERS[MARKS.index(mover)]
        return (
            f"{RULES}The board shown was reached by these rules. The {player} ({mover}) moves "
            "next; the last move is not told.\nIn which grid must this move be made?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        mover = MARKS.index(query["mover"])
        own, other = state.position.marks[mover], state.position.marks[1 - mover]
        table = []
        for grid in range(9):
            called = sum(mask >> grid & 1 for mask in other)
            opening = int(grid == MIDDLE and mover == 0)
            table.append((called, opening, own[grid].bit_count()))
        waiting = [g for g, (called, opening, made) in enumerate(table) if called + opening > made]
        if len(waiting) != 1:
            raise ValueError("no game leads to this board")
        return Solution(pair_name(waiting[0]), table)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        mover = query["mover"]
        other = MARKS[1 - MARKS.index(mover)]
        lines = [
            f"Each {other} at position (row, col) of any grid called for an {mover} in grid "
            f"(row, col). All these calls have been answered except the last one."
        ]
        if mover == MARKS[0]:
            lines.append("The opening X in grid (2, 2) is one more, called for by the rules.")
        for grid, (called, opening, made) in enumerate(solution.facts):
            name = pair_name(grid)
            asked = f"{called} + 1 for the opening = {called + opening}" if opening else str(called)
            left = called + opening - made
            verdict = "one is still to come" if left else "all answered"
            lines.append(
                f"{name}: {other} at position {name} of all grids: {asked}; "
                f"{mover} in grid {name}: {made}; {verdict}."
            )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others([pair_name(grid) for grid in range(9)], solution.value)


class BestScoringMove(UltraTask):
    """The legal cell that scores most at once."""

    slug = "best_scoring_move"
    question_id = 7
    description = "Which legal cell scores most at once"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = Coordinate(("i", "j", "row", "col"), (1, 3, 2, 1))
    forms = (Form.OPEN,)
    marks_last = True

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"at": rng.below(9)}

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        grid, at = position.forced, plan["at"]
        taken = position.taken(grid)
        mine = position.marks[position.mover][grid]
        gain = POINTS[mine | 1 << at] - POINTS[mine]
        if taken >> at & 1 or not gain or taken.bit_count() > 6:
            return False
        return all(POINTS[mine | 1 << p] - POINTS[mine] < gain for p in FREE[taken] if p != at)

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        if not plan.knobs.contested:
            return super().states(plan, rng)
        return generation.contested_states(
            plan.knobs,
            rng,
            lambda position: self.fits(position, plan),
            mark_last=plan.knobs.mark_last,
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return last_move_of(state)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{RULES}{told(query)}\nWhich cell scores {query['mover']} the most points in this "
            "very move? There is exactly one such cell."
        )

    def solve(self, state: State, query: Query) -> Solution:
        grid, player = grid_of(query["last_move"][2:]), MARKS.index(query["mover"])
        mine, theirs = (state.position.marks[side][grid] for side in (player, 1 - player))
        new = {
            at: [name for name in lines_of(mine | 1 << at) if name not in lines_of(mine)]
            for at in FREE[mine | theirs]
        }
        best = max(new, key=lambda at: len(new[at]))
        return Solution(cell_name(9 * grid + best), (grid, mine, theirs, new))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        grid, mine, theirs, new = solution.facts
        mover = query["mover"]
        other = MARKS[1 - MARKS.index(mover)]
        lines = [
            f"The last move was at row {query['last_move'][2]}, column {query['last_move'][3]} of "
            f"its grid, so {mover} must move in grid {pair_name(grid)}.",
            f"There, {mover} is at (row, col): {listing(map(pair_name, bits(mine)))}; "
            f"{other} at: {listing(map(pair_name, bits(theirs)))}.",
            "What each empty cell would complete:",
        ]
        for at, names in new.items():
            score = f", {plural(len(names), 'point')}" if names else ""
            lines.append(f"{pair_name(at)}: {listing(names, 'nothing')}{score}.")
        at = grid_of(solution.value[2:])
        return "\n".join(
            [*lines, f"The most comes from {pair_name(at)}: {plural(len(new[at]), 'point')}."]
        )


TASKS: tuple[Task[State, Knobs], ...] = (
    CellOwner(),
    CountLegalMoves(),
    CountMiddleCells(),
    CountPieces(),
    GridPoints(),
    DeduceForcedGrid(),
    BestScoringMove(),
)
