"""How hard is a board? The measure that each game's page names for its plot levels.

Read from a row's own ``state``, ``query`` and answer, so that a downloaded release can be measured
without the engine that made it. A game that is not listed is not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Data = Mapping[str, Any]


@dataclass(frozen=True)
class Measure:
    """What makes a game's boards harder.

    Attributes:
        name: what is counted.
        of: the number, from task, state, query and the answer's text.
    """

    name: str
    of: Callable[[str, Data, Data, str], float]


def measure(game: str, task: str, state: Data, query: Data, answer: str) -> float | None:
    """Return how hard a row's board is; None for a game whose measure is not known."""
    known = MEASURES.get(game)
    return None if known is None else float(known.of(task, state, query, answer))


def name_of(game: str) -> str | None:
    """Return what a game's measure counts."""
    known = MEASURES.get(game)
    return None if known is None else known.name


def _area(task: str, state: Data, query: Data, answer: str) -> float:
    return int(state["rows"]) * int(state["cols"])


def _side(key: str) -> Callable[[str, Data, Data, str], float]:
    return lambda task, state, query, answer: float(state[key])


def _length(key: str) -> Callable[[str, Data, Data, str], float]:
    return lambda task, state, query, answer: float(len(state[key]))


def _cards_a_cascade(task: str, state: Data, query: Data, answer: str) -> float:
    cascades: list[list[str]] = state["cascades"]
    return sum(map(len, cascades)) / len(cascades)


def _cards_in_sight(task: str, state: Data, query: Data, answer: str) -> float:
    faces: int = sum(len(pile["face_up"]) for pile in state["tableau"])
    return faces + sum(pile is not None for pile in state["foundations"]) + bool(state["waste"])


def _minecraft(task: str, state: Data, query: Data, answer: str) -> float:
    if task == "scenery_recog":
        return len(answer.split(", "))
    return int(answer)  # cubes of the heap, or blocks to place


def _voxels(task: str, state: Data, query: Data, answer: str) -> float:
    return max(len(state["voxels"]), len(state.get("hidden_target") or ()))


def _cube_turns(task: str, state: Data, query: Data, answer: str) -> float:
    if task == "move_prediction":
        return len(query["turns"])
    return int(answer) if task.endswith("_solve") else len(state["scramble"])


def _enemies(task: str, state: Data, query: Data, answer: str) -> float:
    grid: list[str] = state["grid"]
    return sum(cell != "." for row in grid for cell in row)


def _empty_cells(task: str, state: Data, query: Data, answer: str) -> float:
    grid: list[list[int]] = state["grid"]
    return sum(cell == 0 for row in grid for cell in row)


_LINES = [
    *[[(i, k) for k in range(3)] for i in range(3)],
    *[[(k, i) for k in range(3)] for i in range(3)],
    [(k, k) for k in range(3)],
    [(k, 2 - k) for k in range(3)],
]


def _foresight(task: str, state: Data, query: Data, answer: str) -> float:
    """Return 0 for a finished board, 1 to win at once, 2 to block, 3 to see further ahead."""
    board = {(r, c): mark for r, row in enumerate(state["board"]) for c, mark in enumerate(row)}
    marks = [mark for mark in board.values() if mark]
    mover, other = ("O", "X") if len(marks) % 2 == 0 else ("X", "O")  # O begins
    if task == "best_reply":
        cell = tuple(query["move"])
        if board[cell]:
            return 0
        board[cell] = mover
        mover, other = other, mover
    lines = [[board[cell] for cell in line] for line in _LINES]
    if any(line in (["X"] * 3, ["O"] * 3) for line in lines) or all(board.values()):
        return 0
    if any(line.count(mover) == 2 and "" in line for line in lines):
        return 1
    return 2 if any(line.count(other) == 2 and "" in line for line in lines) else 3


MEASURES: dict[str, Measure] = {
    "chess_ranger": Measure("pieces", _length("pieces")),
    "color_hue": Measure("side of the board", _side("size")),
    "freecell": Measure("cards a cascade", _cards_a_cascade),
    "jewel2": Measure("side of the board", _side("size")),
    "klondike": Measure("face-up cards and open piles", _cards_in_sight),
    "langtons_ant": Measure("cells", _area),
    "lifegame": Measure("cells", _area),
    "maze": Measure("cells", _area),
    "maze_3d": Measure("cubes", _length("cubes")),
    "minecraft": Measure("kinds, cubes, or blocks to place", _minecraft),
    "minesweeper": Measure("cells", _area),
    "pacman": Measure("side of the board", _side("n")),
    "pyramid_chess": Measure("side of the base", _side("n")),
    "reconstruction_3d": Measure("voxels", _voxels),
    "rhythm_game": Measure("cells", _area),
    "rubiks_cube": Measure("turns", _cube_turns),
    "snake": Measure("side of the board", _side("n")),
    "sokoban": Measure("cells", _area),
    "space_invaders": Measure("enemies", _enemies),
    "spider_solitaire": Measure("piles", _side("num_piles")),
    "star_battle": Measure("side of the board", _side("size")),
    "sudoku": Measure("empty cells", _empty_cells),
    "tangram": Measure("side of the board", _side("size")),
    "tents": Measure("cells", _area),
    "tetris": Measure("cells", _area),
    "tictactoe": Measure("plies to look ahead", _foresight),
    "turing_machine_2d": Measure("cells", _area),
    "ultra_tictactoe": Measure("pieces", _length("moves")),
    "word_search": Measure("cells", _area),
    "zuma": Measure("marbles", _length("marbles")),
}
"""Each game's measure, as its page has it."""
