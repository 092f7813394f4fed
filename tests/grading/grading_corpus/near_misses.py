"""What comes close to a right answer and is wrong, for every kind of answer.

`values` gives other values of the same kind; whoever uses them asks the task whether one of them
is right too. `texts` gives texts that are wrong whatever the task says, because they state
something else, nothing, or several things.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from gameqa import answers
from gameqa.answers import AnswerKind
from gameqa.cards import TWIN, Card


def values(value: Any, kind: AnswerKind) -> list[Any]:
    """Return other values of a kind, near a value."""
    found = []
    for other in _values(value, kind):
        if other != value and other not in found:
            found.append(other)
    return found


def _values(value: Any, kind: AnswerKind) -> Iterator[Any]:
    if isinstance(kind, answers.Integer):
        for step in (-100, -10, -5, -3, -2, -1, 1, 2, 3, 5, 7, 10, 100):
            yield value + step
        yield from (-value, 2 * value, value * 10, value * 10 + 1, value // 10, 10**20 + value)
    elif isinstance(kind, answers.Decimal):
        unit = 10**-kind.places
        for steps in (-100, -50, -10, -3, -2, -1.5, 1.5, 2, 3, 10, 50, 100):
            yield value + steps * unit
        yield from (1 - value, value / 10, value * 10, 1 + value, -value)
    elif isinstance(kind, answers.Coordinate):
        yield from _cells_near(value)
    elif isinstance(kind, answers.NamedNumbers):
        yield from (cell for cell in _cells_near(value) if min(cell) >= 0)
    elif isinstance(kind, answers.CellAndWord):
        row, col, word = value
        yield from ((*cell, word) for cell in _cells_near((row, col)) if min(cell) >= 0)
        yield from ((row, col, other) for other in kind.vocabulary)
    elif isinstance(kind, answers.CellSet):
        cells = [tuple(cell) for cell in value]
        for at, cell in enumerate(cells):
            rest = cells[:at] + cells[at + 1 :]
            if rest:
                yield tuple(sorted(rest))
            for other in _cells_near(cell):
                if other not in cells:
                    yield tuple(sorted([*rest, other]))
                    yield tuple(sorted([*cells, other]))
    elif isinstance(kind, answers.Box):
        for at in range(4):
            for step in (-1, 1, 2):
                other = list(value)
                other[at] += step
                if min(other) >= 0:
                    yield tuple(other)
        top, left, bottom, right = value
        yield from ((left, top, right, bottom), (bottom, right, top, left))
        yield from ((top, right, bottom, left), (top, left, right, bottom))
    elif isinstance(kind, answers.Matrix):
        rows = [list(row) for row in value]
        for r in range(kind.rows):
            for c in range(kind.cols):
                other = [list(row) for row in rows]
                other[r][c] = kind.symbols[
                    (kind.symbols.index(other[r][c]) + 1) % len(kind.symbols)
                ]
                yield tuple(map(tuple, other))
        yield tuple(map(tuple, reversed(rows)))
        yield tuple(tuple(reversed(row)) for row in rows)
        yield tuple(zip(*rows, strict=True))
        yield tuple(tuple(1 - c for c in row) for row in rows)
    elif isinstance(kind, answers.Moves | answers.CountedMoves):
        yield from _sequences_near(tuple(value), kind.vocabulary)
    elif isinstance(kind, answers.Labelled):
        for other in _sequences_near(tuple(value), kind.vocabulary):
            if other:
                yield other
    elif isinstance(kind, answers.Command):
        words = value.split()
        numbers = [at for at, word in enumerate(words) if word.isdigit()]
        for at in numbers:
            for step in (-1, 1, 2, 10):
                if int(words[at]) + step >= 0:
                    yield " ".join([*words[:at], str(int(words[at]) + step), *words[at + 1 :]])
        for one, other in pairwise(numbers):
            swapped = list(words)
            swapped[one], swapped[other] = words[other], words[one]
            yield " ".join(swapped)
        for way in ("up", "down", "left", "right"):
            if words[-1] in ("up", "down", "left", "right"):
                yield " ".join([*words[:-1], way])
        if words[0] in ("swap", "clear") and len(numbers) == 2:
            yield f"clear {words[1]} {words[2]}"
            yield f"swap {words[1]} {words[2]} up"
        if words[0] in ("card", "deal", "send", "no"):
            for pattern in kind.patterns:
                parts = ["1" if part.startswith("<") else part for part in pattern.split()]
                yield " ".join(parts)
    elif isinstance(kind, answers.History):
        first, later = value
        yield from ((first + step, later) for step in (-1, 1, 2) if first + step >= 0)
        for at, (time, number) in enumerate(later):
            yield first, later[:at] + later[at + 1 :]
            for step in (-1, 1, 2):
                changed = [*later[:at], (time + step, number), *later[at + 1 :]]
                if [t for t, _ in changed] == sorted({t for t, _ in changed}) and time + step > 0:
                    yield first, tuple(changed)
                if number + step >= 0:
                    yield first, (*later[:at], (time, number + step), *later[at + 1 :])
        last = later[-1][0] if later else 0
        yield from ((first, (*later, (last + extra, first))) for extra in (1, 2, 3))
    elif isinstance(kind, answers.Word):
        yield from kind.vocabulary
    elif isinstance(kind, answers.WordSet):
        size = len(kind.vocabulary)
        here = sum(1 << kind.vocabulary.index(word) for word in value)
        for mask in range(1, 1 << size):
            if bin(mask ^ here).count("1") <= 2 or size <= 4:
                yield tuple(word for at, word in enumerate(kind.vocabulary) if mask >> at & 1)
    elif isinstance(kind, answers.OrWord):
        if value == kind.word:
            yield from _of_other_kind(kind.kind)
        else:
            yield kind.word
            yield from _values(value, kind.kind)
    elif isinstance(kind, answers.Ranking):
        yield from _rankings(value, kind.labels)
    elif isinstance(kind, answers.PlayingCard):
        for step in (-2, -1, 1, 2):
            if 1 <= value.rank + step <= 13:
                yield Card(value.rank + step, value.suit)
        yield from (Card(value.rank, suit) for suit in "SHDC")
        yield Card(14 - value.rank, TWIN[value.suit])
        yield Card(value.rank % 13 + 1, TWIN[value.suit])
    elif isinstance(kind, answers.Phrase):
        yield from _phrases_near(value)
    elif kind.name == "slot":
        k, x, y = value
        for cell in _cells_near((k, x, y)):
            if min(cell) >= 0:
                yield type(value)(*cell)


def _cells_near(cell: Sequence[int]) -> Iterator[tuple[int, ...]]:
    """Yield a cell off by one or more, with parts swapped or reversed, and far off."""
    for at in range(len(cell)):
        for step in (-1, 1, 2, -2, 10, 100):
            yield (*cell[:at], cell[at] + step, *cell[at + 1 :])
        for other in range(at + 1, len(cell)):
            swapped = list(cell)
            swapped[at], swapped[other] = cell[other], cell[at]
            yield tuple(swapped)
    yield tuple(reversed(cell))
    yield tuple(part + 1 for part in cell)
    yield tuple(part - 1 for part in cell)
    yield tuple(-part for part in cell)
    yield tuple([cell[0]] * len(cell))


def _sequences_near(value: tuple[str, ...], vocabulary: Sequence[str]) -> Iterator[Any]:
    for at in range(min(len(value), 12)):
        if len(value) > 1:
            yield value[:at] + value[at + 1 :]
        yield (*value[:at], value[at], *value[at:])
        for word in vocabulary:
            yield (*value[:at], word, *value[at + 1 :])
    for word in vocabulary:
        yield (*value, word)
        yield (word, *value)
    yield tuple(reversed(value))
    yield value + value


def _of_other_kind(kind: AnswerKind) -> Iterator[Any]:
    if isinstance(kind, answers.Coordinate):
        yield from ((row, col) for row in range(4) for col in range(4))
    elif isinstance(kind, answers.WordSet):
        yield from ((word,) for word in kind.vocabulary)
        yield tuple(kind.vocabulary)
    elif isinstance(kind, answers.PlayingCard):
        yield from (Card(rank, suit) for rank in (1, 7, 10, 13) for suit in "SHDC")


def _rankings(value: Any, labels: Sequence[str]) -> Iterator[Any]:
    """Yield all the ways to rank the labels, equals in groups."""

    def split(rest: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], ...]]:
        if not rest:
            yield ()
        for mask in range(1, 1 << len(rest)):
            group = tuple(label for at, label in enumerate(rest) if mask >> at & 1)
            for more in split(tuple(label for label in rest if label not in group)):
                yield (group, *more)

    yield from split(tuple(labels))


def _phrases_near(value: str) -> Iterator[str]:
    """Yield a phrase with a number changed, a word exchanged for its opposite, or parts swapped."""
    for found in re.finditer(r"\d+", value):
        for step in (-2, -1, 1, 2, 3, 10):
            number = int(found[0]) + step
            if number >= 0:
                yield value[: found.start()] + str(number) + value[found.end() :]
    exchanges = [
        ("solvable: ", "unsolvable: at most "),
        ("unsolvable: at most ", "solvable: "),
        ("true", "false"),
        ("false", "true"),
        ("not deadlocked", "deadlocked"),
        (": deadlocked", ": not deadlocked"),
        ("Pinky", "Blinky"),
        ("Blinky", "Pinky"),
        ("cascade", "free cell"),
        ("free cell", "cascade"),
        ("Spade", "Heart"),
        ("Heart", "Club"),
        ("Club", "Diamond"),
        ("Diamond", "Spade"),
        ("misses", "stays"),
        ("stays", "misses"),
        ("misses", "removes 3"),
        ("stays", "removes 2"),
        ("Yes", "No"),
        ("No, 0, 0", "Yes, 2, 1"),
        ("No, 0, 0", "Yes, 3, 1"),
        ("Tab", "Foundation "),
        ("Waste Pile", "Tab1"),
        ("None of these moves is valid", "Move from Tab1 to Tab2"),
        ("None of these moves is both valid and effective", "Move from Waste Pile to Tab3"),
        ("dark ", ""),
        ("light ", "dark "),
        ("red", "blue"),
        ("blue", "green"),
        ("green", "purple"),
        ("cyan", "red"),
        ("gray", "black"),
    ]
    for one, other in exchanges:
        start = value.find(one)
        while start >= 0:
            yield value[:start] + other + value[start + len(one) :]
            start = value.find(one, start + 1)
    found = re.fullmatch(r"(Move from )?(.+) to (.+)", value)
    if found:
        yield f"{found[1] or ''}{found[3]} to {found[2]}"
    if re.fullmatch("[a-h][1-8]", value):
        file, rank = "abcdefgh".index(value[0]), int(value[1])
        for step in (-2, -1, 1, 2):
            if 0 <= file + step < 8:
                yield "abcdefgh"[file + step] + value[1]
        yield "abcdefgh"[rank - 1] + str(file + 1)


def texts(right: str, wrong: str) -> list[str]:
    """Return texts that state several answers, none, or the contrary, whatever the kind.

    Args:
        right: the canonical text of the right answer.
        wrong: that of a wrong one.
    """
    return [
        "",
        " ",
        "...",
        "?",
        "unknown",
        "I don't know",
        "None of the above",
        "N/A",
        "null",
        "[]",
        "()",
        "\\boxed{}",
        f"not {right}",
        f"Not {right}.",
        f"anything but {right}",
        f"{right} or {wrong}",
        f"{wrong} or {right}",
        f"{right} / {wrong}",
        f"either {right} or {wrong}",
        f"{right}, maybe {wrong}",
        f"{right}, not {wrong}",
        f"{right}; {wrong} is possible too",
        f"maybe {right}",
        f"perhaps {right}?",
        f"{right}?",
        f"at least {right}",
        f"more than {right}",
        f"less than {right}",
        f"It is not {right}",
        f"It isn't {right}",
        f"{right} is wrong",
        f"{right} is not correct",
        f"The wrong answer is {right}",
        f"{right}{right}",
        f"x{right}x",
        f"{wrong} {right}",
        f"{right} {wrong}",
        f"{right}\n{wrong}",
        f"first {wrong}, later {right}",
        f"{right} unless {wrong}",
        f"if {wrong} then {right}",
        f"never {right}",
    ]


def choice(letter: str, options: Sequence[str]) -> list[str]:
    """Return what is wrong where the option of a letter is right."""
    letters = [chr(ord("A") + at) for at in range(len(options))]
    own = options[letters.index(letter)]
    found: list[str] = []
    for other, text in zip(letters, options, strict=True):
        if other == letter:
            continue
        found += [
            other,
            f"({other})",
            other.lower(),
            f"Option {other}",
            f"{other}.",
            f"\\text{{{other}}}",
        ]
        found += [f"{other}: {text}", f"{other}. {text}", f"({other}) {text}"]
        # The letter of one option, the text of another.
        found += [
            f"{letter}: {text}",
            f"{letter}. {text}",
            f"({letter}) {text}",
            f"{letter} ({text})",
        ]
        found += [f"{other}: {own}", f"{other} ({own})"]
        found += [f"{letter} or {other}", f"{other}, {letter}", f"{letter}/{other}"]
        found += [f"{letter} and {other}", f"{letter}{other}", f"{letter} {other}"]
        found += [f"{letter}, {other}", f"{letter}: {own} or {other}: {text}"]
        found += [f"{letter} is wrong, {other} is right", f"Between {letter} and {other}"]
        found += [f"{letter} not {other}", f"{letter}\n{other}"]
        if not (len(text) == 1 and text.isalpha()):
            found.append(text)
    found += [
        "".join(letters),
        ", ".join(letters),
        " ".join(letters),
        "\n".join(letters),
        "\n".join(f"{name}: {text}" for name, text in zip(letters, options, strict=True)),
        "; ".join(f"{name}. {text}" for name, text in zip(letters, options, strict=True)),
        "all of them",
        "All of the above",
        "None of the above",
        f"not {letter}",
        f"anything but {letter}",
        f"{letter}?",
        f"maybe {letter}",
        f"{letter}{letter}",
        f"{letter}1",
        f"x{letter}",
        f"{letter} is wrong",
        f"{letter} is not correct",
        f"It isn't {letter}",
        "Z",
        "I",
        "",
        "...",
        "option",
        "Option",
        f"{letter}: something else",
        f"{letter}. {own} and more",
        f"Not option {letter}",
        "the first one",
        f"{letter}-",
        f"{ord(letter) - 64}",
    ]
    if not (len(own) == 1 and own.isalpha()):
        found += [f"{own} {own}", f"not {own}", f"{own} or {options[letters.index(letter) - 1]}"]
        found += [f"{own[:-1]}", f"{own}x", f"{own[1:]}"]
    own_texts = {"".join(own.split()).lower()}
    wrong: list[str] = []
    for text in found:
        same = "".join(text.split()).lower()
        # Cut at its end, a text may be another way to write the option, or its letter.
        # Where options are letters themselves, "D C" may be letter D with its text C.
        with_text = {f"{letter}{sign}{own}".lower() for sign in ("", ",", "/", ":", "and")}
        if same not in own_texts | with_text | {letter.lower()} and text not in wrong:
            wrong.append(text)
    return wrong
