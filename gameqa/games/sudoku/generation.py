"""How boards are made: a finished grid, cells emptied to suit a task, colours dealt at random."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from gameqa.games.sudoku.rules import COLOURS, Layout, State, layout
from gameqa.games.sudoku.solver import Board
from gameqa.rng import Rng

COLOURINGS = 8
"""Ways to deal the colours that are tried on one grid: cheap, and each another board."""


@dataclass(frozen=True)
class Knobs:
    """What makes a board easy or hard.

    Attributes:
        box: rows and columns of a box; their product is the number of rows and of colours.
        empty: least and greatest number of empty cells.
        candidates: the most candidates of a cell that is asked about.
    """

    box: tuple[int, int]
    empty: tuple[int, int]
    candidates: int

    @property
    def layout(self) -> Layout:
        """The rows, columns and boxes of the grid."""
        return layout(self.box)

    @property
    def colours(self) -> tuple[str, ...]:
        """The names of the colours."""
        return tuple(COLOURS)[: self.box[0] * self.box[1]]


def full_board(knobs: Knobs, rng: Rng) -> Board:
    """Draw a finished grid."""
    shape = knobs.layout
    # The first row may be dealt freely: colours can be exchanged in any finished grid.
    first = rng.shuffled(range(1, shape.size + 1))
    found = Board(shape, first + [0] * (shape.size**2 - shape.size)).complete(rng)
    assert found is not None, "a grid with one row filled can always be finished"
    return Board(shape, found)


def dig_until(
    board: Board, count: int, order: Sequence[int], allowed: Callable[[int], bool] | None = None
) -> int:
    """Empty cells in the given order until ``count`` are empty; returns how many are.

    Args:
        board: a grid with one solution; it keeps just that one.
        count: the wanted number of empty cells.
        order: the cells to try.
        allowed: whether a cell may be emptied now.
    """
    empty = board.values.count(0)
    for cell in order:
        if empty >= count:
            break
        if (allowed is None or allowed(cell)) and board.dig(cell):
            empty += 1
    return empty


def coloured(
    knobs: Knobs,
    values: Sequence[int],
    solution: Sequence[int],
    rng: Rng,
    pinned: tuple[int, str] | None = None,
) -> Iterator[State]:
    """Yield states of one grid under several random colourings.

    Args:
        knobs: the level.
        values: the grid's numbers in reading order, 0 for empty cells.
        solution: the finished grid's.
        rng: the substream.
        pinned: a number and the colour that it must become.
    """
    size = knobs.layout.size
    for _ in range(COLOURINGS):
        # The legend is shuffled in half of the data, so that a place in it says nothing.
        names = rng.shuffled(knobs.colours) if rng.chance(0.5) else list(knobs.colours)
        deal = rng.shuffled(range(1, size + 1))
        if pinned is not None:
            wanted = names.index(pinned[1]) + 1
            other, own = deal.index(wanted), pinned[0] - 1
            deal[other], deal[own] = deal[own], deal[other]
        new = [0, *deal]
        yield State(
            knobs.box,
            tuple(names),
            _rows([new[v] for v in values], size),
            _rows([new[v] for v in solution], size),
        )


def _rows(values: Sequence[int], size: int) -> tuple[tuple[int, ...], ...]:
    return tuple(tuple(values[i : i + size]) for i in range(0, size * size, size))


def _cells(board: Board, rng: Rng) -> list[int]:
    return rng.shuffled(range(board.layout.size**2))


def _wanted_empty(knobs: Knobs, rng: Rng, least: int = 0) -> int:
    return rng.integers(max(knobs.empty[0], least), knobs.empty[1] + 1)


def plain_states(knobs: Knobs, rng: Rng, colour: str | None = None) -> Iterator[State]:
    """Yield boards with cells emptied at random; a colour that is given occurs on them."""
    board = full_board(knobs, rng)
    solution = list(board.values)
    if dig_until(board, _wanted_empty(knobs, rng), _cells(board, rng)) < knobs.empty[0]:
        return
    shown = rng.choice([value for value in board.values if value])
    pinned = None if colour is None else (shown, colour)
    yield from coloured(knobs, board.values, solution, rng, pinned)


def counted_states(knobs: Knobs, rng: Rng, colour: str, count: int) -> Iterator[State]:
    """Yield boards that show a colour in exactly ``count`` cells."""
    board = full_board(knobs, rng)
    solution = list(board.values)
    value = rng.integers(1, board.layout.size + 1)
    own = rng.shuffled([cell for cell, v in enumerate(solution) if v == value])
    missing = len(own) - count
    wanted = _wanted_empty(knobs, rng, missing)
    dig_until(board, missing, own)
    order = [cell for cell in _cells(board, rng) if solution[cell] != value]
    if dig_until(board, wanted, order) >= knobs.empty[0]:
        yield from coloured(knobs, board.values, solution, rng, (value, colour))


def open_cell_states(knobs: Knobs, rng: Rng, count: int) -> Iterator[State]:
    """Yield boards on which some cell has exactly ``count`` candidates."""
    board = full_board(knobs, rng)
    solution = list(board.values)
    shape = board.layout
    target = rng.below(shape.size**2)
    own = solution[target]
    more = rng.sample([v for v in range(1, shape.size + 1) if v != own], count - 1)
    open_again = [cell for cell in shape.peers[target] if solution[cell] in more]
    if not all(map(board.dig, [target, *rng.shuffled(open_again)])):
        return
    before = board.candidates(target)
    # In its row, column and box other cells should be empty too, or one glance decides.
    near = [
        rng.shuffled(shape.units[kind][place]) for kind, place in enumerate(shape.places[target])
    ]
    order = [cell for trio in zip(*near, strict=True) for cell in trio] + _cells(board, rng)

    def keeps(cell: int) -> bool:
        value = board.values[cell]
        if not value or cell not in shape.peers[target] or before >> value & 1:
            return bool(value)
        others = (board.values[peer] for peer in shape.peers[target] if peer != cell)
        return value in others

    if board.values.count(0) > knobs.empty[1]:
        return
    # One more cell of each line, then anywhere.
    near_first = min(board.values.count(0) + 3, knobs.empty[1])
    dig_until(board, near_first, order, keeps)
    wanted = _wanted_empty(knobs, rng, board.values.count(0))
    if dig_until(board, wanted, _cells(board, rng), keeps) >= knobs.empty[0]:
        yield from coloured(knobs, board.values, solution, rng)


def quota_states(knobs: Knobs, rng: Rng, kind: int, threshold: int, answer: int) -> Iterator[State]:
    """Yield boards with ``answer`` rows (columns, boxes) of more than ``threshold`` empty cells."""
    board = full_board(knobs, rng)
    solution = list(board.values)
    shape = board.layout
    least, most = quota_bounds(knobs, threshold, answer)
    wanted = rng.integers(max(least, knobs.empty[0]), min(most, knobs.empty[1]) + 1)
    lines = range(shape.size)
    chosen = set(rng.sample(lines, answer))
    quota = [threshold + 1 if line in chosen else 0 for line in lines]
    room = [line for line in lines for _ in range(_room(shape, threshold, line in chosen))]
    for line in rng.sample(room, wanted - sum(quota)):
        quota[line] += 1
    for cell in _cells(board, rng):
        line = shape.places[cell][kind]
        if quota[line] and board.dig(cell):
            quota[line] -= 1
    if not any(quota):
        yield from coloured(knobs, board.values, solution, rng)


def _room(shape: Layout, threshold: int, counted: bool) -> int:
    """Return how many cells of a line may be emptied beyond the least number."""
    return min(threshold + 4, shape.size) - threshold - 1 if counted else threshold


def quota_bounds(knobs: Knobs, threshold: int, answer: int) -> tuple[int, int]:
    """Return the least and greatest number of empty cells of `quota_states`."""
    shape = knobs.layout
    least = answer * (threshold + 1)
    rest = (shape.size - answer) * _room(shape, threshold, False)
    return least, least + answer * _room(shape, threshold, True) + rest


def chain_states(knobs: Knobs, rng: Rng, colour: str) -> Iterator[State]:
    """Yield boards with a planted chain of three cells, the last one of the given colour."""
    board = full_board(knobs, rng)
    solution = list(board.values)
    shape = board.layout
    last = rng.below(shape.size**2)
    values = [v for v in range(1, shape.size + 1) if v != solution[last]]
    # Whichever colour the second cell has, it must be open to the last one before.
    rival = rng.choice(values)
    seconds = [cell for cell in shape.peers[last] if solution[cell] == rival]
    second = rng.choice(seconds)
    third = rng.choice([v for v in range(1, shape.size + 1) if v != rival])
    firsts = [c for c in shape.peers[second] if solution[c] == third and c != last]
    planted = dict.fromkeys([last, *seconds, *firsts])
    if len(planted) > knobs.empty[1] or not all(map(board.dig, planted)):
        return
    wanted = _wanted_empty(knobs, rng, len(planted))
    if dig_until(board, wanted, _cells(board, rng)) >= knobs.empty[0]:
        yield from coloured(knobs, board.values, solution, rng, (solution[last], colour))
