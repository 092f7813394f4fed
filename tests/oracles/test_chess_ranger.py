"""Chess Ranger: captures by python-chess, and every order of them tried out."""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache

import chess
import pytest

import gameqa
from gameqa.games.chess_ranger import GAME
from gameqa.sample import Sample

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
NAMES = {"P": "pawn", "R": "rook", "N": "knight", "B": "bishop", "Q": "queen", "K": "king"}


def captures(fen: str) -> dict[str, str]:
    """Return the legal captures of a board, e.g. ``Bf8xh6``, with the board after each."""
    board = chess.BaseBoard(fen)
    found = {}
    for start in chess.SquareSet(board.occupied):
        mover = board.piece_at(start)
        assert mover is not None and mover.color == chess.WHITE
        for end in board.attacks(start) & board.occupied:
            after = board.copy()
            after.remove_piece_at(start)
            after.set_piece_at(end, mover)
            name = f"{mover.symbol()}{chess.square_name(start)}x{chess.square_name(end)}"
            found[name] = after.board_fen()
    return found


@cache
def least(fen: str) -> int:
    """Return the smallest number of pieces that captures can leave."""
    return min((least(after) for after in captures(fen).values()), default=count(fen))


def count(fen: str) -> int:
    return sum(sign.isalpha() for sign in fen)


def samples(task: str, answer_format: str = "choice") -> Iterator[Sample]:
    for level in LEVELS:
        for index in range(SAMPLES):
            yield gameqa.sample(
                GAME,
                task=task,
                plot_level=level,
                index=index,
                seed=3,
                answer_format=answer_format,
            )


def fen_of(sample: Sample) -> str:
    """Return the board of the stored pieces, having checked the stored text against it."""
    state = json.loads(sample.state)
    board = chess.BaseBoard(None)
    for kind, square in state["pieces"]:
        board.set_piece_at(chess.parse_square(square), chess.Piece.from_symbol(kind))
    assert board.board_fen() == state["fen"], sample.data_id
    return board.board_fen()


def chosen(sample: Sample) -> str:
    return sample.options["ABCDEFGH".index(sample.answer)]


@pytest.mark.parametrize(
    ("fen", "legal", "good"),
    [
        ("5B2/8/2R4K/7N/6P1/8/8/8", "Bf8xh6 Rc6xh6 Kh6xh5 Pg4xh5", "Bf8xh6 Pg4xh5"),
        (
            "2R5/4B3/8/3P4/4N3/2Q5/8/4R3",
            "Rc8xc3 Ne4xc3 Qc3xc8 Qc3xe1 Re1xe4",
            "Rc8xc3 Ne4xc3",
        ),
        (
            "8/8/3N4/4B3/2B5/4B3/7K/2P3K1",
            "Nd6xc4 Be5xd6 Be5xh2 Be3xc1 Be3xg1 Kh2xg1 Kg1xh2",
            "Nd6xc4 Be5xh2",
        ),
        ("8/2N4R/4N3/5K2/4P3/8/8/8", None, ""),
        ("2B1K3/8/8/3PQ1R1/8/8/8/8", None, ""),
    ],
)
def test_the_page_of_the_game(fen: str, legal: str | None, good: str) -> None:
    """Catches rules, in the engine or here, that differ from the page's check values."""
    board = chess.BaseBoard(fen)
    order = [chess.square(at % 8, 7 - at // 8) for at in range(64)]
    pieces = [
        [board.piece_at(at).symbol(), chess.square_name(at)]  # type: ignore[union-attr]
        for at in order
        if board.piece_at(at)
    ]
    state = GAME.decode({"pieces": pieces})
    assert state.fen == fen
    after = captures(fen)
    if legal is not None:
        assert set(after) == set(legal.split())
    assert {name for name in after if least(after[name]) == 1} == set(good.split())
    assert least(fen) == (1 if good else 2)
    task = GAME.task("captures_to_solve")
    told = "solvable:" if good else "unsolvable: at most"
    assert task.solve(state, {}).value == f"{told} {count(fen) - least(fen)} captures"
    task = GAME.task("good_first_moves")
    for name in after:
        query = {"captures": [re.findall("[a-h][1-8]", name)] * 4}
        value = task.solve(state, query).value
        assert value == (("1", "2", "3", "4") if name in good.split() else "none")


@pytest.mark.parametrize("answer_format", ["choice", "open"])
def test_captures_to_solve(answer_format: str) -> None:
    """Catches a wrong verdict, a wrong number, and verdicts or numbers that are not balanced."""
    verdicts: Counter[str] = Counter()
    for sample in samples("captures_to_solve", answer_format):
        fen = fen_of(sample)
        told = "solvable:" if least(fen) == 1 else "unsolvable: at most"
        answer = chosen(sample) if answer_format == "choice" else sample.answer
        assert answer == f"{told} {count(fen) - least(fen)} captures", sample.data_id
        verdicts[told] += 1
    total = sum(verdicts.values())
    assert abs(verdicts["solvable:"] - total / 2) < 5 * (total / 4) ** 0.5


def test_no_idle_piece_tells_the_verdict() -> None:
    """Catches boards on which a piece that takes part in nothing gives the answer away."""
    for sample in samples("captures_to_solve"):
        fen = fen_of(sample)
        busy = {square for name in captures(fen) for square in re.findall("[a-h][1-8]", name)}
        assert len(busy) == count(fen), sample.data_id


def test_good_first_moves() -> None:
    """Catches illegal listed captures and captures put on the wrong side."""
    for sample in samples("good_first_moves"):
        after = captures(fen_of(sample))
        named = {"".join(re.findall("[a-h][1-8]", name)): name for name in after}
        good = [
            str(number)
            for number, (start, end) in enumerate(json.loads(sample.query)["captures"], 1)
            if least(after[named[start + end]]) == 1
        ]
        assert chosen(sample) == (", ".join(good) or "none"), sample.data_id
        assert "none" in sample.options and len(sample.options) == 8


@pytest.mark.parametrize("task", ["captures_to_solve", "good_first_moves"])
def test_analyses_play_legal_captures(task: str) -> None:
    """Catches solution lines, examples and proofs with captures that the rules do not allow."""
    for sample in samples(task):
        lines = sample.analysis.splitlines()
        for line in lines:
            if found := re.match(r"- Position \d+ \((.*?)\): (.*)", line):
                after = captures(board_of(found[1]))
                told = re.findall("[PRNBQK][a-h][1-8]x[a-h][1-8]", found[2])
                assert sorted(told) == sorted(after), sample.data_id
            elif found := re.search(r"leaves (.*?)\. Solved by (.*?), which leaves", line):
                assert least(replay(board_of(found[1]), found[2])) == 1
                assert count(replay(board_of(found[1]), found[2])) == 1
            elif found := re.match(r"A solution: (.*?)\.", line):
                assert count(replay(fen_of(sample), found[1])) == 1
            elif found := re.search(r"smallest number is (\d+), by (.*?), leaving", line):
                assert count(replay(fen_of(sample), found[2])) == int(found[1])


def board_of(pieces: str) -> str:
    board = chess.BaseBoard(None)
    for piece in pieces.split(", "):
        board.set_piece_at(chess.parse_square(piece[1:]), chess.Piece.from_symbol(piece[0]))
    return board.board_fen()


def replay(fen: str, line: str) -> str:
    for name in line.split(", "):
        fen = captures(fen)[name]
    return fen


def test_perception() -> None:
    """Catches miscounts, wrong squares and wrong kinds."""
    for sample in samples("count_piece_kind"):
        kinds = Counter(NAMES[sign] for sign in fen_of(sample) if sign.isalpha())
        assert sample.answer == str(kinds[json.loads(sample.query)["kind"]]), sample.data_id
    for sample in samples("find_single_piece"):
        board = chess.BaseBoard(fen_of(sample))
        kind = chess.PIECE_NAMES.index(json.loads(sample.query)["kind"])
        (square,) = board.pieces(kind, chess.WHITE)
        assert sample.answer == chess.square_name(square), sample.data_id
    for sample in samples("piece_at_square"):
        board = chess.BaseBoard(fen_of(sample))
        piece = board.piece_at(chess.parse_square(json.loads(sample.query)["square"]))
        assert chosen(sample) == (NAMES[piece.symbol()] if piece else "no piece"), sample.data_id
