"""The questions about an Ultra Tic-Tac-Toe board: what is on it, what follows, what scores."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Coordinate, Integer, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.ultra_tictactoe import generation
from gameqa.games.ultra_tictactoe.generation import Knobs
from gameqa.games.ultra_tictactoe.rules import (
    FREE,
    LINES,
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
    names_of,
    pair_name,
)
from gameqa.grids import bits
from gameqa.options import Option, others, window
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_RULES = (
    "This is Ultra Tic-Tac-Toe: nine 3x3 grids, arranged 3x3. Grid (i, j) is in grid row i from "
    "the top and grid column j from the left; cell (i, j, row, col) is in that row and column of "
    "grid (i, j). All four count from 1.\n"
    "The first player writes X, the second player O, in turns. X begins anywhere in the middle "
    "grid (2, 2). After a move to (i, j, row, col) the opponent must move to an empty cell of grid "
    "(row, col). Each row, column or diagonal of three own marks within a grid is one point, "
    "and play in that grid goes on.\n"
)

_OPTIONS = 8


def _owned(player: int | None) -> str:
    return "empty" if player is None else MARKS[player]


def _last_move(state: State) -> dict[str, Any]:
    """Return the part of a query that tells the last move and who moves next."""
    position = state.position
    return {"last_move": list(cell_name(position.last)), "mover": MARKS[position.mover]}


def _told(query: Query) -> str:
    """Tell the last move and who moves next."""
    mover = query["mover"]
    opponent = MARKS[1 - MARKS.index(mover)]
    return (
        f"The last move, already on the board shown, was {opponent} at "
        f"{tuple(query['last_move'])}. Now {mover} moves."
    )


class _Ultra(Task[State, Knobs]):
    """What all tasks share: fitting boards of one random game."""

    least_greedy = 0.0
    marks_last = False
    patience = 40

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        """Tell whether a board has what was planned."""
        return True

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(
            plan.knobs,
            rng,
            lambda position: self.fits(position, plan),
            least_greedy=self.least_greedy,
            mark_last=self.marks_last and plan.knobs.mark_last,
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {}


class _Count(_Ultra):
    """A number out of a list drawn beforehand."""

    kind = Integer()

    def band(self, knobs: Knobs) -> range:
        """Return the numbers of which one is the answer."""
        raise NotImplementedError

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        band = list(self.band(knobs))
        return {"band": band, "value": rng.choice(band)}

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(plan["band"], solution.value) if solution.value in plan["band"] else None


class CellOwner(_Ultra):
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
        return f"{_RULES}Who has marked cell {tuple(query['cell'])}?"

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


class CountLegalMoves(_Count):
    """How many cells the next move may go to."""

    slug = "count_legal_moves"
    question_id = 2
    description = "How many cells the next player may choose from after the last move"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    marks_last = True

    def band(self, knobs: Knobs) -> range:
        return knobs.legal_moves

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        # The middle grid holds one piece more than others, and a grid that a move was made in
        # holds one at least: settled beforehand, so that the told move says nothing.
        drawn = super().plan(knobs, form, rng)
        inside = drawn["value"] < 9 and rng.chance(1 / 9)
        return {**drawn, "middle": rng.chance(1 / 9), "inside": inside}

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        forced = position.forced
        return bool(
            (forced == MIDDLE) == plan["middle"]
            and (position.last // 9 == forced) == plan["inside"]
            and len(position.free()) == plan["value"]
        )

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return _last_move(state)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_RULES}{_told(query)}\nHow many cells may {query['mover']} choose from in this move?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        grid = grid_of(query["last_move"][2:])
        return Solution(len(FREE[state.position.taken(grid)]), grid)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        grid = solution.facts
        marks = [masks[grid] for masks in state.position.marks]
        free = [pair_name(at) for at in FREE[marks[0] | marks[1]]]
        held = "\n".join(
            f"{mark} at (row, col): {listing(names_of(mask))}."
            for mark, mask in zip(MARKS, marks, strict=True)
        )
        return (
            f"The last move was at row {query['last_move'][2]}, column {query['last_move'][3]} of "
            f"its grid, so the next one goes to grid {pair_name(grid)}.\nIn that grid:\n{held}\n"
            f"Empty: {listing(free)}.\nThat makes {plural(len(free), 'empty cell')}."
        )


class CountMiddleCells(_Count):
    """How many of the nine middle cells are filled."""

    slug = "count_middle_cells"
    question_id = 3
    description = "How many of the nine middle cells are filled"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY

    def band(self, knobs: Knobs) -> range:
        return knobs.middles

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        both = zip(*position.marks, strict=True)
        return bool(sum((x | o) >> MIDDLE & 1 for x, o in both) == plan["value"])

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_RULES}The middle cell of a grid is the one at row 2, column 2 of it. In how many "
            "of the nine grids is the middle cell filled, with X or O?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        owners = state.position.middles()
        return Solution(9 - owners.count(None), owners)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [f"{pair_name(g)}: {_owned(owner)}." for g, owner in enumerate(solution.facts)]
        return "\n".join(
            [
                "The middle cell of each grid:",
                *lines,
                f"Filled: {solution.value} of 9.",
            ]
        )


class CountPieces(_Count):
    """How many pieces are on the board."""

    slug = "count_pieces"
    question_id = 4
    description = "How many pieces are on the whole board"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        low, high = knobs.pieces
        if form is Form.OPEN:
            return {"value": rng.integers(low, high + 1)}
        # All numbers shown lie in the level's range: none can be ruled out without counting.
        band = list(window(_OPTIONS, low, max(low, high - _OPTIONS + 1), rng))
        return {"band": band, "value": min(rng.choice(band), high)}

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        return bool(position.count == plan["value"])

    def ask(self, state: State, query: Query) -> str:
        return f"{_RULES}How many pieces, X and O together, are on the whole board shown?"

    def solve(self, state: State, query: Query) -> Solution:
        counts = [
            (x.bit_count(), o.bit_count()) for x, o in zip(*state.position.marks, strict=True)
        ]
        return Solution(sum(map(sum, counts)), counts)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        lines = [
            f"{pair_name(g)}: {x} X + {o} O = {x + o}." for g, (x, o) in enumerate(solution.facts)
        ]
        total = " + ".join(str(x + o) for x, o in solution.facts)
        xs, os = (sum(column) for column in zip(*solution.facts, strict=True))
        relation = "as many X as O" if xs == os else "one X more than O"
        return "\n".join(
            [
                "Grid by grid:",
                *lines,
                f"{total} = {solution.value}.",
                f"Check: {xs} X and {os} O, {relation}, as it must be.",
            ]
        )


class GridPoints(_Count):
    """How many points a player has in one grid."""

    slug = "grid_points"
    question_id = 5
    description = "How many points a player has in one grid"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM

    def band(self, knobs: Knobs) -> range:
        return range(knobs.points + 1)

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(
            plan.knobs,
            rng,
            lambda position: self.fits(position, plan),
            least_greedy=0.5 if plan["value"] == plan.knobs.points else 0.0,
        )

    @staticmethod
    def _suits(mask: int, value: int) -> bool:
        """Whether own marks are worth so much; for no points, two must stand in a line."""
        return (
            POINTS[mask] == value
            and mask.bit_count() >= 3
            and (value > 0 or any((mask & line).bit_count() == 2 for line in LINES.values()))
        )

    def fits(self, position: Position, plan: Plan[Knobs]) -> bool:
        value = plan["value"]
        return any(self._suits(mask, value) for masks in position.marks for mask in masks)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        found = [
            (player, grid)
            for player, masks in enumerate(state.position.marks)
            for grid, mask in enumerate(masks)
            if self._suits(mask, plan["value"])
        ]
        if not found:
            return None
        player, grid = rng.choice(found)
        return {"player": PLAYERS[player], "grid": list(pair_name(grid))}

    def ask(self, state: State, query: Query) -> str:
        player = query["player"]
        return (
            f"{_RULES}How many points does the {player} ({MARKS[PLAYERS.index(player)]}) have "
            f"inside grid {tuple(query['grid'])}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        mask = state.position.marks[PLAYERS.index(query["player"])][grid_of(query["grid"])]
        return Solution(POINTS[mask], mask)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        mask = solution.facts
        mark = MARKS[PLAYERS.index(query["player"])]
        lines = [
            f"In grid {tuple(query['grid'])}, {mark} is at (row, col): {listing(names_of(mask))}."
        ]
        for name, line in LINES.items():
            missing = names_of(line & ~mask)
            full = f"not complete, no {mark} at {listing(missing)}" if missing else "complete"
            lines.append(f"{name}: {full}.")
        return "\n".join([*lines, f"{plural(solution.value, 'complete line')}, one point each."])


class DeduceForcedGrid(_Ultra):
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
            f"{_RULES}The board shown was reached by these rules. The {player} ({mover}) moves "
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


class BestScoringMove(_Ultra):
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
        return _last_move(state)

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_RULES}{_told(query)}\nWhich cell scores {query['mover']} the most points in this "
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
