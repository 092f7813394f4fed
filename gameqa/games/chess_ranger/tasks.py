"""The five questions about a board of Chess Ranger."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations
from typing import Any

from gameqa.answers import Integer, OrWord, Phrase, Word, WordSet
from gameqa.game import Plan, Query, Solution, Task
from gameqa.games.chess_ranger import generation, words
from gameqa.games.chess_ranger.generation import Knobs
from gameqa.games.chess_ranger.rules import (
    KINDS,
    Position,
    State,
    has_idle_piece,
    kind_of,
    moves,
    square_name,
    square_number,
    square_of,
)
from gameqa.games.chess_ranger.solver import Search, reachable, search
from gameqa.options import Option, others
from gameqa.rng import Rng
from gameqa.sample import Form, Level, QAType
from gameqa.text import listing, plural

_NO_PIECE = "no piece"
_CLASSES = (*KINDS, _NO_PIECE)
_NUMBERS = ("1", "2", "3", "4")
_SUBSETS = [chosen for size in range(1, 5) for chosen in combinations(_NUMBERS, size)]

_PROOF_POSITIONS = 25
_REFUTATION_POSITIONS = 12
_BOARDS = 20
"""Boards tried on one substream."""

_RULES = (
    "This is solitaire chess. All pieces are on one side, and every move is a capture: a piece "
    "captures another one as in chess, by moving onto its square; the captured piece is removed, "
    "and the capturing piece keeps its kind. Rooks, bishops and queens cannot jump over pieces. "
    "Pawns capture one step diagonally towards the higher ranks and never promote. Kings may be "
    "captured, and there is no check. The puzzle is solved when a single piece is left."
)
_BOARD = "The board shown holds chess pieces of one side."


def _draw_count(bounds: tuple[int, int], rng: Rng) -> int:
    return rng.integers(bounds[0], bounds[1] + 1)


def _proof(position: Position, limit: int) -> list[str] | None:
    """Return every position that captures lead to with what can be done there, if not too many."""
    found = reachable(position, limit)
    if found is None:
        return None
    number = {one: index for index, one in enumerate(found, 1)}
    lines = []
    for one, index in number.items():
        follow = [f"{words.move(capture)} gives {number[left]}" for capture, left in moves(one)]
        what = "; ".join(follow) if follow else f"no capture, stuck with {len(one)} pieces"
        lines.append(f"- Position {index} ({words.pieces(one)}): {what}.")
    return lines


def _stuck(known: Search, position: Position) -> str:
    """Tell how far a position can be reduced, by an example."""
    line, left = known.line(position)
    rest = f"{words.pieces(left)} remain and no capture is left"
    return f"e.g. {words.line(line)}, then {rest}" if line else rest


_COUNT = r"(\d+)(?: captures?)?"
_AT_MOST = "(?:at most|up to|a maximum of|maximum|max)"


class CapturesToSolve(Task[State, Knobs]):
    """Whether the board can be solved, and with how many captures."""

    slug = "captures_to_solve"
    question_id = 1
    description = "Whether the board can be solved, and the number of captures"
    qa_type = QAType.STATE_PREDICTION
    qa_level = Level.HARD
    kind = Phrase(
        "(solvable:|unsolvable: at most) [1-9][0-9]* captures",
        'Answer with "solvable: N captures" or "unsolvable: at most N captures", a number for N.',
        {
            rf"solvable[:,]?(?: in| with| by| after)? {_COUNT}": r"solvable: \1 captures",
            rf"(?:un|not )solvable[:,;]?(?: with| after)? {_AT_MOST} {_COUNT}(?: possible)?": (
                r"unsolvable: at most \1 captures"
            ),
        },
    )

    @staticmethod
    def _value(is_solvable: bool, count: int) -> str:
        return f"{'solvable:' if is_solvable else 'unsolvable: at most'} {count} captures"

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        solvable, count = rng.chance(0.5), _draw_count(knobs.captures, rng)
        return {"solvable": solvable, "captures": count}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        count = plan["captures"] + (1 if plan["solvable"] else 2)
        make = generation.solvable_boards if plan["solvable"] else generation.shifted_boards
        for _ in range(_BOARDS):
            yield from make(generation.draw_kinds(count, rng), rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        # An idle piece must not tell solvable boards from the others.
        if plan["solvable"]:
            return None if has_idle_piece(state.position) else {}
        return {} if search(state.position).least(state.position) == 2 else None

    def ask(self, state: State, query: Query) -> str:
        return (
            f"{_RULES}\nCan the board shown be solved, and how many captures does that take? If "
            "it cannot, what is the largest number of captures that can be made one after another?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        position = state.position
        least = search(position).least(position)
        return Solution(self._value(least == 1, len(position) - least), least)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        position, least = state.position, solution.facts
        known = search(position)
        count = len(position)
        lines = [
            f"The {count} pieces ({words.KEY}): {words.pieces(position)}.",
            f"Every capture removes one piece, so a solution has {count} - 1 = {count - 1} "
            "captures.",
        ]
        if least == 1:
            line, left = known.line(position)
            lines.append(f"A solution: {words.line(line)}. Only {words.pieces(left)} is left.")
            return "\n".join(lines)
        line, left = known.line(position)
        proof = _proof(position, _PROOF_POSITIONS)
        if proof is not None:
            lines += ["All positions that can arise, the board being position 1:", *proof]
        else:
            lines.append("What the first captures can lead to:")
            for capture, after in moves(position):
                lines.append(
                    f"- {words.move(capture)}: never fewer than {known.least(after)} pieces, "
                    f"{_stuck(known, after)}."
                )
        lines.append(
            f"A single piece is never reached. The smallest number is {least}, by "
            f"{words.line(line)}, leaving {words.pieces(left)}: {count} - {least} = "
            f"{plural(count - least, 'capture')}."
        )
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        low, high = plan.knobs.captures
        values = [self._value(s, n) for s in (True, False) for n in range(low, high + 1)]
        return others(values, solution.value)


class CountPieceKind(Task[State, Knobs]):
    """How many pieces of a kind there are."""

    slug = "count_piece_kind"
    question_id = 2
    description = "Number of pieces of a kind"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.MEDIUM
    kind = Integer()
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        count = rng.weighted(range(4), (0.15, 0.3, 0.3, 0.25))
        return {"kind": rng.below(len(KINDS)), "count": count}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        kind, count = plan["kind"], plan["count"]
        rest = _draw_count(plan.knobs.counted, rng) - count
        for _ in range(_BOARDS):
            kinds = [kind] * count + generation.draw_kinds(rest, rng, without=kind)
            yield from generation.solvable_boards(kinds, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"kind": KINDS[plan["kind"]]}

    def ask(self, state: State, query: Query) -> str:
        return f"{_BOARD}\nHow many {query['kind']}s are on the board?"

    def solve(self, state: State, query: Query) -> Solution:
        kind = KINDS.index(query["kind"])
        found = [piece for piece in state.position if kind_of(piece) == kind]
        return Solution(len(found), found)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        squares = [square_name(square_of(piece)) for piece in solution.facts]
        return (
            f"{_told(state)}\n"
            f"Squares with a {query['kind']}: {listing(squares)}. That makes {solution.value}."
        )


def _told(state: State) -> str:
    """List the pieces rank by rank."""
    lines = ["The pieces from rank 8 down to rank 1:"]
    for row in range(8):
        here = [piece for piece in state.position if square_of(piece) // 8 == row]
        if here:
            named = [f"{KINDS[kind_of(p)]} {square_name(square_of(p))}" for p in here]
            lines.append(f"- Rank {8 - row}: {', '.join(named)}.")
    return "\n".join(lines)


class FindSinglePiece(Task[State, Knobs]):
    """Where the only piece of a kind is."""

    slug = "find_single_piece"
    question_id = 3
    description = "The square of the only piece of a kind"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Phrase(
        "[a-h][1-8]",
        "Answer with one square, e.g. d5.",
        {r"\(?(?:square )?([a-h])[ -]?([1-8])\)?(?: square)?": r"\1\2"},
    )
    forms = (Form.OPEN,)

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"kind": rng.below(len(KINDS))}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        kind = plan["kind"]
        count = _draw_count(plan.knobs.pieces, rng)
        for _ in range(_BOARDS):
            rest = generation.draw_kinds(count - 2, rng, without=kind)
            # Another kind that repeats: the piece has to be recognised, not just to be alone.
            yield from generation.solvable_boards([kind, rest[0], *rest], rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        return {"kind": KINDS[plan["kind"]]}

    def ask(self, state: State, query: Query) -> str:
        return f"{_BOARD} There is exactly one {query['kind']}.\nOn which square is it?"

    def solve(self, state: State, query: Query) -> Solution:
        kind = KINDS.index(query["kind"])
        (found,) = (piece for piece in state.position if kind_of(piece) == kind)
        return Solution(square_name(square_of(found)))

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        file, rank = solution.value
        return (
            f"{_told(state)}\nThe only {query['kind']} is in the file labelled {file} and in the "
            f"rank labelled {rank}."
        )


class PieceAtSquare(Task[State, Knobs]):
    """Which kind of piece is on a square."""

    slug = "piece_at_square"
    question_id = 4
    description = "The kind of piece on a square"
    qa_type = QAType.TARGET_PERCEPTION
    qa_level = Level.EASY
    kind = Word(_CLASSES, {"none": _NO_PIECE, "empty": _NO_PIECE})

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        return {"class": rng.below(len(_CLASSES)), "beside": rng.chance(0.7)}

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        wanted = plan["class"]
        count = _draw_count(plan.knobs.pieces, rng)
        for _ in range(_BOARDS):
            kinds = generation.draw_kinds(count, rng)
            if wanted < len(KINDS):
                kinds[0] = wanted
            yield from generation.solvable_boards(kinds, rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        occupied = {square_of(piece): kind_of(piece) for piece in state.position}
        if plan["class"] < len(KINDS):
            squares = [square for square, kind in occupied.items() if kind == plan["class"]]
        else:
            squares = [
                square
                for square in range(64)
                if square not in occupied
                and (not plan["beside"] or any(_touch(square, other) for other in occupied))
            ]
        return {"square": square_name(rng.choice(squares))}

    def ask(self, state: State, query: Query) -> str:
        return f"{_BOARD}\nWhich kind of piece is on square {query['square']}?"

    def solve(self, state: State, query: Query) -> Solution:
        square = square_number(query["square"])
        for piece in state.position:
            if square_of(piece) == square:
                return Solution(KINDS[kind_of(piece)])
        return Solution(_NO_PIECE)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        file, rank = query["square"]
        row = [p for p in state.position if square_name(square_of(p))[1] == rank]
        named = [f"{KINDS[kind_of(p)]} {square_name(square_of(p))}" for p in row]
        what = "is empty" if solution.value == _NO_PIECE else f"holds a {solution.value}"
        return (
            f"Square {file}{rank} is where the file labelled {file} crosses the rank labelled "
            f"{rank}.\nPieces on rank {rank}: {listing(named)}. So {file}{rank} {what}."
        )

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        return others(_CLASSES, solution.value)


def _touch(a: int, b: int) -> bool:
    return max(abs(a // 8 - b // 8), abs(a % 8 - b % 8)) == 1


class GoodFirstMoves(Task[State, Knobs]):
    """Which of four captures keep the puzzle solvable."""

    slug = "good_first_moves"
    question_id = 5
    description = "Which of four captures keep the puzzle solvable"
    qa_type = QAType.STRATEGY_OPTIMIZATION
    qa_level = Level.HARD
    kind = OrWord(
        WordSet(_NUMBERS, "Answer with the numbers of all such captures, commas between them.")
    )

    def plan(self, knobs: Knobs, form: Form, rng: Rng) -> Mapping[str, Any]:
        good: tuple[str, ...] = () if rng.chance(1 / 8) else rng.choice(_SUBSETS)
        return {
            "good": good,
            "pieces": _draw_count(knobs.pieces, rng),
            "solvable": bool(good) or rng.chance(0.5),
        }

    def states(self, plan: Plan[Knobs], rng: Rng) -> Iterator[State]:
        make = generation.solvable_boards if plan["solvable"] else generation.shifted_boards
        for _ in range(_BOARDS):
            yield from make(generation.draw_kinds(plan["pieces"], rng), rng)

    def draw(self, state: State, plan: Plan[Knobs], rng: Rng) -> Query | None:
        position = state.position
        legal = list(moves(position))
        if len(legal) < len(_NUMBERS):
            return None
        known = search(position)
        if not plan["solvable"] and known.least(position) != 2:
            return None
        good = [capture for capture, left in legal if known.solves(left)]
        bad = [capture for capture, left in legal if not known.solves(left)]
        wanted = len(plan["good"])
        if len(good) < wanted or len(bad) < max(4 - wanted, plan.knobs.needs_care):
            return None
        good, bad = rng.sample(good, wanted), rng.sample(bad, 4 - wanted)
        listed = [(good if number in plan["good"] else bad).pop() for number in _NUMBERS]
        return {"captures": [[square_name(square_of(piece)) for piece in pair] for pair in listed]}

    def ask(self, state: State, query: Query) -> str:
        # The squares are not told: with them much of the answer could be had without the board.
        return (
            f"{_RULES}\nFour captures that are possible on the board shown are marked by arrows "
            "numbered 1 to 4, each leading from the capturing piece to the captured one.\nAfter "
            "which of these captures, made as the first move, can the puzzle still be solved?"
        )

    def solve(self, state: State, query: Query) -> Solution:
        known = search(state.position)
        at = {
            (square_name(square_of(mover)), square_name(square_of(victim))): (
                (mover, victim),
                left,
            )
            for (mover, victim), left in moves(state.position)
        }
        listed = [at[mover, victim] for mover, victim in query["captures"]]
        good = tuple(
            number for number, (_, left) in zip(_NUMBERS, listed, strict=True) if known.solves(left)
        )
        return Solution(good or "none", listed)

    def explain(
        self, state: State, query: Query, solution: Solution, options: Sequence[Option]
    ) -> str:
        known = search(state.position)
        lines = [f"The pieces ({words.KEY}): {words.pieces(state.position)}."]
        for number, (capture, after) in zip(_NUMBERS, solution.facts, strict=True):
            head = f"{number}. {words.move(capture)} leaves {words.pieces(after)}."
            if known.solves(after):
                line, left = known.line(after)
                lines.append(
                    f"{head} Solved by {words.line(line)}, which leaves {words.pieces(left)}: good."
                )
                continue
            proof = _proof(after, _REFUTATION_POSITIONS)
            if proof is None:
                lines.append(
                    f"{head} No order of captures gets below {known.least(after)} pieces, "
                    f"{_stuck(known, after)}: bad."
                )
            elif len(proof) == 1:
                lines.append(f"{head} No capture is possible: bad.")
            else:
                lines.append(f"{head} All positions that can arise, this one being position 1:")
                lines += [*proof, f"None of them is a single piece, so capture {number} is bad."]
        lines.append(f"Captures that keep the puzzle solvable: {self.kind.text(solution.value)}.")
        return "\n".join(lines)

    def distractors(
        self, state: State, query: Query, solution: Solution, plan: Plan[Knobs], rng: Rng
    ) -> Sequence[Any] | None:
        if solution.value == "none":
            return rng.sample(_SUBSETS, 7)
        return ["none", *rng.sample(others(_SUBSETS, solution.value), 6)]


TASKS: tuple[Task[State, Knobs], ...] = (
    CapturesToSolve(),
    CountPieceKind(),
    FindSinglePiece(),
    PieceAtSquare(),
    GoodFirstMoves(),
)
