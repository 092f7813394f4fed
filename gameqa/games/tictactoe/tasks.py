"""The three questions about a tic-tac-toe board."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from gameqa.answers import Coordinate, OrWord, Word
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.tictactoe import generation, words
from gameqa.games.tictactoe.generation import (
    MOST_EMPTY,
    RESULTS,
    WINNING,
    Boards,
    Knobs,
    kind_of,
    pair_of,
    reason_of,
)
from gameqa.games.tictactoe.rules import (
    EMPTY,
    OTHER,
    State,
    cell_of,
    empties,
    is_over,
    line_through,
    mover,
    place_of,
    put,
    threats,
)
from gameqa.games.tictactoe.solver import best_moves, judge, reply_to
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType

NONE = "none"
SHOWN_CELLS = 7

_COLOURS = {"O": "red", "X": "blue", EMPTY: "white"}
_RESULT_WEIGHTS = (0.45, 0.45, 0.1)  # there are only three full draws, up to symmetry
_PATIENCE = 200
_REPLY = "reply"
_CASES = {_REPLY: 0.87, "occupied": 0.05, "win": 0.05, "last": 0.02, "over": 0.01}

_BOARD = (
    "This is a tic-tac-toe board. Cells are written (row, column), both counted from 0 at the "
    "top-left corner."
)
_RULES = (
    f"{_BOARD} O moves first, and the players take turns. Whoever first owns all three cells of a "
    "row, a column or a diagonal wins. The best move keeps the best result (win, draw or loss) "
    "that can be had against perfect play; if that is a win, it wins in as few moves as possible."
)


def _boards(plan: Plan[Knobs]) -> Boards:
    """Return the boards that suit a plan's result, or its kind of best cell."""
    all_ = generation.catalogue()
    if plan["result"] is not None:
        return all_.over[plan["result"]]
    return all_.asked.get((plan.knobs.reason, plan["kind"]), {})


def _over(share: float, rng: Rng) -> str | None:
    return rng.weighted(RESULTS, _RESULT_WEIGHTS) if rng.chance(share) else None


class CellColour(Task[State, Knobs]):
    """The colour of a cell."""

    slug = "cell_colour"
    question_id = 1
    description = "Colour of a cell"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word(tuple(_COLOURS.values()))
    patience = _PATIENCE

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "sign": rng.choice(tuple(_COLOURS)),
            # Of the cell asked about: a centre is seldom empty, unless it is asked for so.
            "asked": generation.draw_kind(rng),
            "kind": generation.draw_kind(rng),
            "result": _over(knobs.over, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(_boards(plan), rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        if len(empties(state.board)) > MOST_EMPTY:
            return None
        places = [
            place
            for place, sign in enumerate(state.board)
            if sign == plan["sign"] and kind_of(place) == plan["asked"]
        ]
        return {"cell": list(cell_of(rng.choice(places)))} if places else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_BOARD} Cells with an O are red, cells with an X are blue, and empty cells are "
            f"white.\nWhat colour is the cell {tuple(query['cell'])}?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        return Solution(_COLOURS[state.at(query["cell"])])

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        row, col = query["cell"]
        sign = state.at((row, col))
        holds = "is empty" if sign == EMPTY else f"holds an {sign}"
        return (
            f"Row {row} is the {('top', 'middle', 'bottom')[row]} row, column {col} the "
            f"{('left', 'middle', 'right')[col]} column.\n"
            f"The cell where they meet {holds}, so it is {solution.value}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(tuple(_COLOURS.values()), solution.value)


class _Best(Task[State, Knobs]):
    """A task that asks for a best move, on a board that `_asked` finds."""

    qa_type = QAType.STRATEGY_OPTIMIZATION
    kind = OrWord(Coordinate(), NONE)
    patience = _PATIENCE

    def _asked(self, state: State, query: Query) -> str | None:
        """Return the unfinished board on which a move is asked for, None if there is none."""
        raise NotImplementedError

    def solve(self, state: State, query: Query) -> Solution:
        board = self._asked(state, query)
        if board is None:
            return Solution(NONE)
        best = [cell_of(place) for place in best_moves(board)]
        target = tuple(query["target"])
        return Solution(target if target in best else best[0], board)

    def accepts(self, state: State, query: Query, value: Any) -> bool:
        board = self._asked(state, query)
        if board is None or value == NONE:
            return board is None and value == NONE
        return value in [cell_of(place) for place in best_moves(board)]

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        board = solution.facts or state.board
        keep = {place_of(query["move"])} if "move" in query else set()
        dropped: set[int] = set()
        if solution.value != NONE:
            keep.add(place_of(solution.value))
            # Other moves that keep the value would be right under some reading of "best".
            dropped = set(judge(board).optimal) - keep
            # At least one wrong option is a move that can be made.
            keep.add(rng.choice([at for at in empties(board) if at not in keep | dropped]))
        # Any cells make way, free or not: if taken ones did, the options would show the board.
        spare = rng.shuffled([at for at in range(9) if at not in keep | dropped])
        dropped |= set(spare[: 9 - len(dropped) - SHOWN_CELLS])
        shown = [cell_of(place) for place in range(9) if place not in dropped]
        return others([*shown, NONE], solution.value)

    @staticmethod
    def _why(board: str, value: Any, options: Sequence[Option]) -> list[str]:
        shown = [place_of(o.value) for o in options if o.value != NONE] if options else range(9)
        free = [place for place in shown if board[place] == EMPTY]
        return [words.turn(board), *words.reasons(board, place_of(value), free)]


class BestMove(_Best):
    """The best move of the player to move."""

    slug = "best_move"
    question_id = 2
    description = "Best move of the player to move"
    qa_level = Level.MEDIUM

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {
            "kind": generation.draw_kind(rng),
            "result": _over(knobs.over, rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        return generation.states(_boards(plan), rng)

    def _asked(self, state: State, query: Query) -> str | None:
        return None if is_over(state.board) else state.board

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        if plan["result"] is not None:
            return {"target": None}
        places = [at for at in best_moves(state.board) if kind_of(at) == plan["kind"]]
        return {"target": list(cell_of(rng.choice(places)))} if places else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_RULES}\nWhat is the best move for the player whose turn it is? If the game is over "
            f"already, answer {NONE}."
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        if solution.value == NONE:
            return f"{words.ending(state.board)}\nNobody moves any more."
        return "\n".join(self._why(state.board, solution.value, options))


class BestReply(_Best):
    """The best reply of the other player to a given move."""

    slug = "best_reply"
    question_id = 3
    description = "Best reply of the opponent to a given move"
    qa_level = Level.HARD

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        case = rng.weighted(tuple(_CASES), tuple(_CASES.values()))
        return {
            "case": case,
            "pair": generation.draw_pair(knobs.reason, rng),
            "kind": generation.draw_kind(rng),
            "result": _over(float(case == "over"), rng),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        all_ = generation.catalogue()
        if plan["case"] == _REPLY:
            replies = all_.replies[plan.knobs.reason][plan["pair"]]
            return generation.states_before(replies, rng)
        boards = {
            "win": all_.asked[WINNING, plan["kind"]],
            "last": all_.last,
        }.get(plan["case"])
        return generation.states(_boards(plan) if boards is None else boards, rng)

    def _asked(self, state: State, query: Query) -> str | None:
        return reply_to(state.board, place_of(query["move"]))

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        board = state.board
        free = empties(board)
        if plan["case"] == _REPLY:
            found = self._replies(board, plan)
            if not found:
                return None
            move, reply = rng.choice(found)
            return {"move": list(cell_of(move)), "target": list(cell_of(reply))}
        if plan["case"] == "occupied":
            moves = [place for place in range(9) if place not in free]
        elif plan["case"] == "win":
            moves = threats(board, mover(board))
        else:
            moves = free or list(range(9))
        return {"move": list(cell_of(rng.choice(moves))), "target": None} if moves else None

    @staticmethod
    def _replies(board: str, plan: Plan[Knobs]) -> list[tuple[int, int]]:
        """Return the moves and best replies that come out as planned."""
        found = []
        for move in empties(board):
            after = reply_to(board, move)
            if after is not None and reason_of(after) == plan.knobs.reason:
                best = judge(after).best
                found += [(move, at) for at in best if pair_of(move, at) == plan["pair"]]
        return found

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_RULES}\nThe player whose turn it is wants to play {tuple(query['move'])}. What is "
            f"the other player's best reply? Answer {NONE} if that move cannot be made because the "
            "cell is taken or the game is over, or if it leaves nothing to reply to because it "
            "wins or fills the board."
        )

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        board, move = state.board, place_of(query["move"])
        cell = cell_of(move)
        if is_over(board):
            return f"{words.ending(board)}\nNo move can be made."
        player = mover(board)
        first = words.turn(board)
        if board[move] != EMPTY:
            return f"{first}\nThe cell {cell} holds an {board[move]} already, so it is taken."
        after = put(board, move, player)
        line = line_through(after, move)
        if line is not None:
            return f"{first}\n{player} at {cell} completes the line {words.cells(line)} and wins."
        if EMPTY not in after:
            return f"{first}\n{player} at {cell} completes no line and fills the board: a draw."
        return "\n".join(
            [
                first,
                f"The cell {cell} is empty; {player} there completes no line, and empty cells are "
                f"left, so {OTHER[player]} replies.",
                *self._why(after, solution.value, options)[1:],
            ]
        )


TASKS: tuple[Task[State, Knobs], ...] = (CellColour(), BestMove(), BestReply())
