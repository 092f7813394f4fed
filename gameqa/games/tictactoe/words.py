"""The board as text, and why a move is best."""

from __future__ import annotations

from collections.abc import Sequence

from gameqa.games.tictactoe.rules import (
    LINES,
    OTHER,
    State,
    cell_of,
    is_over,
    mover,
    put,
    threats,
    winner,
)
from gameqa.games.tictactoe.solver import judge, line_of_play
from gameqa.text import grid, listing

_KEY = "O red, X blue, . empty (white)"


def describe(state: State) -> str:
    """Write the board as a grid of signs with row and column numbers."""
    rows = [state.board[at : at + 3] for at in (0, 3, 6)]
    return f"The board, row and column numbers at the edges:\n{grid(rows)}\nKey: {_KEY}."


def cells(places: Sequence[int]) -> str:
    """Write places as a list of cells."""
    return listing(cell_of(place) for place in places)


def turn(board: str) -> str:
    """Tell whose turn it is, and why."""
    os, xs = board.count("O"), board.count("X")
    count = f"There {'is' if os == 1 else 'are'} {os} O and {xs} X"
    return f"{count}, and O moves first, so it is {mover(board)}'s turn."


def ending(board: str) -> str:
    """Tell why a game is over."""
    player = winner(board)
    if player is None:
        return "All nine cells are filled and nobody owns a line: the game is over."
    line = next(line for line in LINES if {board[place] for place in line} == {player})
    return f"{player} owns the line {cells(line)}: the game is over."


def reasons(board: str, chosen: int, shown: Sequence[int]) -> list[str]:
    """Tell why a move is best on an unfinished board on which its mover is not lost.

    Args:
        board: the board.
        chosen: the place of the move.
        shown: the empty places that are compared with it.
    """
    player = mover(board)
    other = OTHER[player]
    judged = judge(board)
    wins, blocks = threats(board, player), threats(board, other)
    rivals = [place for place in shown if place not in judged.best]
    equal = [place for place in judged.best if place != chosen]
    also = f" Just as good: {cells(equal)}." if equal else ""
    if wins:
        line = f"At {cell_of(chosen)} {player} completes a line and wins at once.{also}"
        return [line, f"A move to {_either(rivals)} completes no line."]
    if blocks:
        return [
            f"No cell completes a line for {player}.",
            f"With its next move {other} would complete a line at {cells(blocks)}, so {player} has "
            f"to take that cell; after any other move {other} wins there.",
        ]
    goal = "wins" if judged.value > 0 else "keeps the draw"
    compared = [chosen, *rivals]
    return [
        "Neither player can complete a line with one move, so look further ahead. With best play "
        "of both afterwards:",
        *(f"- {cell_of(place)}: {_played(board, place)}" for place in compared),
        f"So {cell_of(chosen)} {goal}, and {_either(rivals)} does not.{also}",
    ]


def _either(places: Sequence[int]) -> str:
    return listing(cell_of(place) for place in places).replace(") and (", ") or (")


def _played(board: str, place: int) -> str:
    """Play best moves after a move, and tell double threats and the result."""
    parts = []
    for number, (player, at) in enumerate(
        [(mover(board), place), *line_of_play(put(board, place, mover(board)))]
    ):
        board = put(board, at, player)
        text = f"{player} {cell_of(at)}" if number else ""
        double = threats(board, player)
        if not is_over(board) and len(double) > 1 and not threats(board, OTHER[player]):
            text = f"{text}, threatening {cells(double)}".lstrip(", ")
        if text:
            parts.append(text)
    result = winner(board)
    end = f"{result} wins" if result else "a draw"
    return f"{'; '.join(parts)}: {end}." if parts else f"{end}."
