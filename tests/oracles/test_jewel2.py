"""Jewel2 against an independent oracle: literal simulation of concrete boards from the JSON state.

Boards are lists of lists here, runs come from ``itertools.groupby`` over whole lines, gems fall as
lists of columns, and unknown gems are replaced by concrete ones.
"""

import itertools
import json
import os
import random
import re
from collections import Counter

import pytest

import gameqa
from gameqa.answers import Command
from gameqa.errors import GameQAError
from gameqa.registry import get_game

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))
LEVELS = ("easy", "medium", "hard")
STEPS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
BASIC, SPECIAL = "ABCDE", "abcde+|"


def rows(task, level, form="choice", count=SAMPLES):
    for index in range(count):
        sample = gameqa.sample(
            "jewel2", task=task, plot_level=level, index=index, answer_format=form
        )
        yield sample, json.loads(sample.state), json.loads(sample.query)


def lines(board):
    """All cells in straight blocks of three or more, block by block."""
    n = len(board)
    for i in range(n):
        for cells in ([(i, j) for j in range(n)], [(j, i) for j in range(n)]):
            for gem, block in itertools.groupby(cells, lambda c: board[c[0]][c[1]]):
                block = set(block)
                if gem in BASIC and len(block) >= 3:
                    yield block


def execute(board, text):
    """The eliminated cells and the board on which they are, or None for a rejected command."""
    n = len(board)
    word, x, y, *side = text.split()
    x, y = int(x), int(y)
    if word == "clear":
        gem = board[x][y]
        everywhere = list(itertools.product(range(n), repeat=2))
        if gem in "abcde":
            gone = {(i, j) for i, j in everywhere if board[i][j] == gem.upper()} | {(x, y)}
        elif gem == "|":
            gone = {(i, y) for i in range(n)}
        elif gem == "+":
            gone = {(i, j) for i, j in everywhere if max(abs(i - x), abs(j - y)) <= 1}
        else:
            gone = set().union(*(block for block in lines(board) if (x, y) in block))
        return (gone, board) if gone else None
    i, j = x + STEPS[side[0]][0], y + STEPS[side[0]][1]
    if not (0 <= i < n and 0 <= j < n) or board[x][y] == board[i][j]:
        return None
    if board[x][y] not in BASIC or board[i][j] not in BASIC:
        return None
    board = [row[:] for row in board]
    board[x][y], board[i][j] = board[i][j], board[x][y]
    gone = set().union(*(b for b in lines(board) if (x, y) in b or (i, j) in b))
    return (gone, board) if gone else None


def count(board, text):
    done = execute(board, text)
    return len(done[0]) if done else 0


def fallen(board, text, refill):
    """The board after a command; ``refill(x, y)`` makes each new gem."""
    done = execute(board, text)
    if done is None:
        return board
    gone, board = done
    n = len(board)
    out = [[""] * n for _ in range(n)]
    for y in range(n):
        kept = [board[x][y] for x in range(n) if (x, y) not in gone]
        column = [refill(x, y) for x in range(n - len(kept))] + kept
        for x in range(n):
            out[x][y] = column[x]
    return out


def all_commands(n):
    cells = list(itertools.product(range(n), repeat=2))
    return [f"clear {x} {y}" for x, y in cells] + [
        f"swap {x} {y} {side}" for x, y in cells for side in STEPS
    ]


def number_of(text):
    return 0 if text.startswith(("nothing", "rejected")) else int(text.split()[0])


EXAMPLE = [list(row) for row in ("ECCCD", "AECCC", "EDABC", "DBEAE", "EACce")]


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("clear 0 2", 3),  # the column's block has two
        ("clear 4 3", 9),  # c: eight C and itself
        ("clear 4 4", 7),  # e: six E and itself
        ("clear 2 4", 0),  # two of a column
        ("swap 0 4 down", 4),  # C joins three of row 0
        ("swap 1 4 up", 4),  # the same, seen from the neighbour
        ("swap 4 3 left", 0),  # special
        ("swap 0 1 right", 0),  # two equal gems, though in a finished line
    ],
)
def test_the_example_board(command, wanted):
    """Would catch a rule misread: crosses, colours, equal pairs, twins."""
    from gameqa.games.jewel2.rules import Command as Order
    from gameqa.games.jewel2.rules import effect

    cells = "".join(itertools.chain(*EXAMPLE))
    assert count(EXAMPLE, command) == wanted
    assert effect(cells, 5, Order.read(command)).count == wanted


@pytest.mark.parametrize("level", LEVELS)
def test_counts_and_cells(level):
    """Would catch a specials/basic mix-up, a legend counted in, or two right cells listed."""
    for sample, state, query in rows("count_gem", level):
        assert int(sample.answer) == sum(row.count(query["kind"]) for row in state["board"])
    for sample, state, _ in rows("count_special", level):
        text = "".join(itertools.chain(*state["board"]))
        assert int(sample.answer) == len(re.sub("[A-E]", "", text))
    for sample, state, query in rows("find_gem", level):
        cells = [tuple(map(int, re.findall(r"\d+", text))) for text in sample.options]
        right = [i for i, (x, y) in enumerate(cells) if state["board"][x][y] == query["kind"]]
        assert len(set(cells)) == 8
        assert right == ["ABCDEFGH".index(sample.answer)]
    for sample, state, query in rows("find_gem", level, "open"):
        flat = list(itertools.chain(*state["board"]))
        place = divmod(flat.index(query["kind"]), state["size"])
        assert sample.answer == f"({place[0]}, {place[1]})"


@pytest.mark.parametrize("level", LEVELS)
@pytest.mark.parametrize("task", ["clear_outcome", "swap_outcome"])
def test_one_command(task, level):
    """Would catch a wrong number, a wrong total, a wrong reason, or options that repeat."""
    for sample, state, query in rows(task, level):
        board, command = state["board"], query["command"]
        wanted = count(board, command)
        text = sample.options["ABCDEFGH".index(sample.answer)]
        assert number_of(text) == wanted
        assert len(set(sample.options)) == 8
        for option in sample.options:
            for total in re.findall(r"(?:becomes|stays) (\d+)", option):
                assert int(total) == state["total_cleared"] + number_of(option)
        if task == "swap_outcome":
            _, x, y, side = command.split()
            i, j = int(x) + STEPS[side][0], int(y) + STEPS[side][1]
            pair = board[int(x)][int(y)] + board[i][j]
            assert min(i, j) >= 0
            assert pair[0] != pair[1] or pair[0] in SPECIAL
            assert ("special" in text) == any(gem in SPECIAL for gem in pair)
    for sample, state, query in rows(task, level, "open"):
        assert int(sample.answer) == count(state["board"], query["command"])


@pytest.mark.parametrize("level", LEVELS)
def test_two_commands(level):
    """Would catch a total that some refill undercuts, or one that no refill attains."""
    chance = random.Random(5)
    for sample, state, query in rows("sequence_cleared", level):
        board, (one, two) = state["board"], query["commands"]
        named = tuple(map(int, two.split()[1:3]))
        first = count(board, one)
        totals = set()
        for _ in range(40):
            left = fallen(board, one, lambda x, y: chance.choice(BASIC + SPECIAL))
            totals.add(first + count(left, two))
        # The worst refill: nothing fits anywhere, and a new gem that is named is plain and alone.
        for kind in BASIC:
            left = fallen(board, one, lambda x, y, k=kind, at=named: k if (x, y) == at else "|")
            totals.add(first + count(left, two))
        assert min(totals) == int(sample.answer)


@pytest.mark.parametrize("level", LEVELS)
def test_best_command(level):
    """Would catch a missed better command, a wrong order of ties, or a judge that errs."""
    game = get_game("jewel2")
    task = game.task("best_command")
    for sample, state, query in rows("best_command", level):
        counts = {text: count(state["board"], text) for text in all_commands(state["size"])}
        most = max(counts.values())
        assert sample.answer == next(text for text, gone in counts.items() if gone == most)
        decoded = game.decode(state)
        for text, gone in counts.items():
            assert task.accepts(decoded, query, text) == (gone == most), text
        assert not task.accepts(decoded, query, f"clear {state['size']} 0")
        for kind in SPECIAL:
            assert sum(row.count(kind) for row in state["board"]) <= 1


@pytest.mark.parametrize("level", LEVELS)
def test_explanations_name_the_total(level):
    """Would catch an analysis whose last step is not the answer."""
    for sample, _, _ in rows("sequence_cleared", level):
        *_, total, closing = sample.analysis.splitlines()
        assert total.endswith(f"= {sample.answer}.")
        assert closing == f"So the answer is {sample.answer}."


@pytest.mark.parametrize("level", LEVELS)
def test_shares(level):
    """Would catch outcomes that redraws have bent away from what the page asks for."""
    size = max(SAMPLES, 300)
    slack = 0.08
    sequence = Counter(s.answer for s, _, _ in rows("sequence_cleared", level, count=size))
    assert sequence["0"] / size <= 0.05 + slack / 2
    assert max(sequence.values()) / size <= 0.30 + slack / 2
    clear, basic = Counter(), 0
    for sample, state, query in rows("clear_outcome", level, "open", count=size):
        clear[int(sample.answer)] += 1
        _, x, y = query["command"].split()
        basic += 3 <= int(sample.answer) <= 7 and state["board"][int(x)][int(y)] in BASIC
    assert max(clear.values()) / size <= 1 / 8 + slack
    assert abs(basic / sum(clear[k] for k in range(3, 8)) - 2 / 3) <= 0.12
    best = Counter()
    for sample, state, _ in rows("best_command", level, count=size):
        word, x, y, *_ = sample.answer.split()
        gem = state["board"][int(x)][int(y)]
        best[word if word == "swap" else "basic" if gem in BASIC else "special"] += 1
    for sort, share in {"swap": 0.5, "basic": 0.2, "special": 0.3}.items():
        assert abs(best[sort] / size - share) <= slack
    zeros = Counter(s.answer for s, _, _ in rows("count_gem", level, count=size))["0"]
    assert zeros / size <= 0.05 + slack / 2


def test_commands_as_answers():
    """Would catch a judge of commands that is too strict about brackets, or takes anything."""
    kind = Command("clear <x> <y>", "swap <x> <y> up|down|left|right")
    assert kind.parse("swap (2, 3) up") == kind.text("swap 2 3 up") == "swap 2 3 up"
    assert kind.parse("Clear [1,0]") == "clear 1 0"
    for wrong in ("", "swap 2 3", "clear 1 2 up", "clear 1", "clear 1 2 clear 1 3", "swap 1 2 in"):
        with pytest.raises(GameQAError):
            kind.parse(wrong)
