"""How many different questions each split holds.

The space is small, and a sample is a function of its address alone: nobody keeps a list of what was
asked before. So a dataset may be of any size, but it wraps: rows are drawn with replacement, and
beyond the numbers of `distinct_questions` questions must come again (their options may be others,
or in another order). Splits stay apart all the same, since all images of a board are in one.

Different questions, that is boards with what is asked about them, in train / validation / test:

    task          Easy                     Medium                 Hard
    cell_colour   8946 / 5598 / 4734     6516 / 4536 / 3438     5760 / 3564 / 2502
    best_move     994 / 622 / 526        724 / 504 / 382        768 / 444 / 330
    best_reply    6382 / 3714 / 3374     4190 / 2454 / 2082     3414 / 1790 / 1306
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from gameqa.games.tictactoe.generation import MOST_EMPTY, WINNING, all_images, catalogue, reason_of
from gameqa.games.tictactoe.rules import EMPTY, canonical, empties, mover, threats
from gameqa.games.tictactoe.solver import best_moves, judge, reply_to
from gameqa.sample import Split
from gameqa.splits import split_of


def distinct_questions(task: str, reason: str) -> dict[Split, int]:
    """Count the different questions of a task in each split.

    Args:
        task: the task's slug.
        reason: the plot level's, see `gameqa.games.tictactoe.generation.Knobs`.
    """
    counts = Counter(
        split_of("tictactoe", canonical(board)) for board, *_ in set(questions(task, reason))
    )
    return {split: counts[split] for split in Split}


def questions(task: str, reason: str) -> Iterator[tuple[str, int, int]]:
    """Yield boards with the cell that the question names and the one offered as right, or -1."""
    all_ = catalogue()
    asked = all_images(boards for (why, _), boards in all_.asked.items() if why == reason)
    over = all_images(all_.over.values())
    if task == "cell_colour":
        boards = [board for board in asked + over if len(empties(board)) <= MOST_EMPTY]
        yield from ((board, place, -1) for board in boards for place in range(9))
    elif task == "best_move":
        yield from ((board, -1, place) for board in asked for place in best_moves(board))
        yield from ((board, -1, -1) for board in over)
    else:
        yield from _replies(reason, asked)
        winning = (boards for (why, _), boards in all_.asked.items() if why == WINNING)
        for board in all_images(winning):
            yield from ((board, place, -1) for place in threats(board, mover(board)))
        for board in all_images([all_.last]):
            yield board, board.index(EMPTY), -1
        for board in over:
            yield from ((board, place, -1) for place in empties(board) or range(9))


def _replies(reason: str, asked: list[str]) -> Iterator[tuple[str, int, int]]:
    before = set()
    for after in asked:
        last = "X" if mover(after) == "O" else "O"
        for place, sign in enumerate(after):
            if sign != EMPTY:
                yield after, place, -1
            if sign == last:
                before.add(after[:place] + EMPTY + after[place + 1 :])
    for board in sorted(before):
        for place in empties(board):
            reply = reply_to(board, place)
            if reply is not None and reason_of(reply) == reason:
                yield from ((board, place, best) for best in judge(reply).best)
