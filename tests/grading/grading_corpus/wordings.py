"""How models word a right answer, for every kind of answer."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from gameqa import answers
from gameqa.answers import AnswerKind
from gameqa.cards import RANKS, SUITS, Card, rank_word

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen"
).split()
_TENS = "_ _ twenty thirty forty fifty sixty seventy eighty ninety".split()


def spelled(number: int) -> str:
    """Return a number below 1,000 in words."""
    if number < 20:
        return _ONES[number]
    if number < 100:
        tens, ones = divmod(number, 10)
        return _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    hundreds, rest = divmod(number, 100)
    return f"{_ONES[hundreds]} hundred" + (f" and {spelled(rest)}" if rest else "")


def wide(text: str) -> str:
    """Return a text in full-width characters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def integer(value: int, kind: Any) -> list[str]:
    n = str(value)
    out = [
        n,
        f"{n}.0",
        f"= {n}",
        f"({n})",
        f"{n} moves",
        f"{n} cells",
        f"{n} steps",
        f"{n} red gems",
        f"exactly {n}",
        f"a total of {n}",
        f"There are {n} of them",
        f"There are {n} flags on the board",
        f"The number of cells in row 3 is {n}",
        f"The minimum number of moves is {n}",
        f"The snake's length is {n}",
        f"It takes {n} moves to reach the food",
        f"The way from (1, 2) to (3, 4) has length {n}",
        f"In total: {n}",
        f"n = {n}",
        f"\\text{{moves}} = {n}",
        f"{n}\\text{{ moves}}",
        f"{n}\\ \\mathrm{{cells}}",
        f"\\mathbf{{{n}}}",
        f"I count {n}",
        f"She needs {n} moves",
        f"The letter L occurs {n} times",
        f"It appears {n} times",
        f"{n} points",
        wide(n),
        f"**{n}** moves",
        f"Column {n}",
        f"step {n}",
        f"The best column is {n}",
        f"The score is +{n}" if value > 0 else f"It is {n}",
    ]
    if 0 <= value < 1000:
        word = spelled(value)
        out += [word, word.capitalize(), f"{word} moves", f"{word} ({n})", f"{n} ({word})"]
        out += [f"There are {word} balls", f"\\text{{{word}}}"]
    if value > 1:
        out += [f"{value - 1} + 1 = {n}", f"The total is 2 \\times {n} - {n} = {n} points"]
    if value >= 1000:
        out += [f"{value:,}", f"{value:,}".replace(",", "{,}")]
    if value < 0:
        out += [n.replace("-", "−"), f"minus {-value}", f"- {-value}"]
    return out


def decimal(value: float, kind: answers.Decimal) -> list[str]:
    text = kind.text(value)
    exact = round(value, 7)
    out = [
        text,
        f"{exact:.5f}",
        f"about {text}",
        f"approximately {text}",
        f"≈ {text}",
        f"~{text}",
        f"\\approx {text}",
        f"({text})",
        f"{value * 100:.2f}%",
        f"{value * 100:.2f} %",
        f"{value * 100:.2f}\\%",
        f"{value * 100:.3f} percent",
        f"The fraction is {text}",
        f"The share of covered cells is {text}",
        f"{text} of the cells",
        f"fraction = {text}",
        wide(text),
        f"\\mathbf{{{text}}}",
    ]
    if 0 < value < 1:
        out += [text[1:]]
    over = next((q for q in range(1, 400) if abs(round(value * q) - value * q) < 1e-7), None)
    if over and over > 1:
        top = round(value * over)
        out += [
            f"{top}/{over}",
            f"\\frac{{{top}}}{{{over}}}",
            f"\\dfrac{{{top}}}{{{over}}}",
            f"{top} / {over}",
            f"{top}/{over} = {text}",
            f"{top}/{over} ≈ {text}",
            f"\\frac{{{top}}}{{{over}}} \\approx {text}",
            f"{top} out of {over}",
            f"{2 * top}/{2 * over}",
        ]
    return out


def _names(axes: Sequence[str]) -> list[str]:
    return [{"col": "column"}.get(axis, axis) for axis in axes]


def coordinate(value: Sequence[int], kind: answers.Coordinate) -> list[str]:
    return cell_texts(value, kind.axes)


def cell_texts(value: Sequence[int], axes: Sequence[str]) -> list[str]:
    parts = [str(part) for part in value]
    names = _names(axes)
    pairs = list(zip(names, parts, strict=True))
    joined = ", ".join(parts)
    return [
        f"({joined})",
        f"({','.join(parts)})",
        f"[{joined}]",
        joined,
        ",".join(parts),
        f"( {' , '.join(parts)} )",
        f"\\left({joined}\\right)",
        f"({', '.join(parts)})".replace(",", ",\\,"),
        "\\{" + joined + "\\}",
        "{" + joined + "}",
        f"({joined}).",
        "（" + "，".join(parts) + "）",
        wide(f"({','.join(parts)})"),
        "、".join(parts),
        ", ".join(f"{name} {part}" for name, part in pairs),
        ", ".join(f"{name} {part}" for name, part in reversed(pairs)),
        "(" + ", ".join(f"{name} {part}" for name, part in pairs) + ")",
        " and ".join(f"{name} {part}" for name, part in pairs),
        ", ".join(f"{name} = {part}" for name, part in pairs),
        ", ".join(f"{name}={part}" for name, part in pairs),
        ", ".join(f"{name}: {part}" for name, part in pairs),
        ", ".join(f"{name.capitalize()}: {part}" for name, part in pairs),
        "\n".join(f"{name}: {part}" for name, part in pairs),
        ", ".join(f"\\text{{{name} }}{part}" for name, part in pairs),
        f"({', '.join(names)}) = ({joined})",
        f"({', '.join(reversed(names))}) = ({', '.join(reversed(parts))})",
        f"the cell ({joined})",
        f"The cell is at ({joined})",
        f"The position is ({joined})",
        f"It is at ({joined})",
        f"at position ({joined})",
        f"The player ends at ({joined})",
        f"The star in region 3 is ({joined})",
        f"Cell [{joined}]",
        f"position: ({joined})",
        f"the {pairs[0][0]} is {pairs[0][1]}" + "".join(f", the {n} is {p}" for n, p in pairs[1:]),
        "**" + joined + "**",
        f"`({joined})`",
    ]


def cells(value: Sequence[Sequence[int]], kind: answers.CellSet) -> list[str]:
    one = [f"({', '.join(map(str, cell))})" for cell in value]
    tight = [text.replace(" ", "") for text in one]
    square = [text.replace("(", "[").replace(")", "]") for text in one]
    names = [
        "(" + ", ".join(f"{n}={p}" for n, p in zip(kind.axes, cell, strict=True)) + ")"
        for cell in value
    ]
    return [
        ", ".join(one),
        ", ".join(reversed(one)),
        ",".join(tight),
        " and ".join(one),
        "; ".join(one),
        " ".join(one),
        "\n".join(one),
        "[" + ", ".join(one) + "]",
        "[" + ", ".join(square) + "]",
        ", ".join(square),
        "{" + ", ".join(one) + "}",
        "\\{" + ", ".join(one) + "\\}",
        "\\left\\{" + ", ".join(reversed(one)) + "\\right\\}",
        "、".join(one),
        wide(",".join(tight)),
        "The cells are " + ", ".join(one),
        "The added voxels are at " + " and ".join(one),
        "cells = [" + ", ".join(tight) + "]",
        ", ".join(names),
        "$" + ", ".join(one) + "$",
        "**" + ", ".join(one) + "**",
    ]


def box(value: Sequence[int], kind: Any) -> list[str]:
    top, left, bottom, right = value
    return [
        f"({top}, {left}) to ({bottom}, {right})",
        f"({top},{left}) to ({bottom},{right})",
        f"({top}, {left})-({bottom}, {right})",
        f"({top}, {left}) – ({bottom}, {right})",
        f"({top}, {left}) → ({bottom}, {right})",
        f"({top}, {left}) \\to ({bottom}, {right})",
        f"({top}, {left}) \\text{{ to }} ({bottom}, {right})",
        f"[{top}, {left}] to [{bottom}, {right}]",
        f"[[{top}, {left}], [{bottom}, {right}]]",
        f"(({top}, {left}), ({bottom}, {right}))",
        f"({top}, {left}), ({bottom}, {right})",
        f"({top}, {left}) and ({bottom}, {right})",
        f"from ({top}, {left}) to ({bottom}, {right})",
        f"From ({top}, {left}) To ({bottom}, {right})",
        f"top left ({top}, {left}), bottom right ({bottom}, {right})",
        f"Top-left: ({top}, {left}), bottom-right: ({bottom}, {right})",
        f"bottom right ({bottom}, {right}), top left ({top}, {left})",
        f"rows {top} to {bottom}, columns {left} to {right}",
        f"rows {top}-{bottom} and columns {left}-{right}",
        f"columns {left}-{right}, rows {top}-{bottom}",
        f"(row {top}, column {left}) to (row {bottom}, column {right})",
        f"The piece covers ({top}, {left}) to ({bottom}, {right})",
        wide(f"({top},{left})") + " to " + wide(f"({bottom},{right})"),
    ]


def matrix(value: Sequence[Sequence[int]], kind: Any) -> list[str]:
    rows = [list(map(str, row)) for row in value]
    lists = [f"[{', '.join(row)}]" for row in rows]
    inner = " \\\\ ".join(" & ".join(row) for row in rows)
    return [
        f"[{', '.join(lists)}]",
        f"[{','.join(text.replace(' ', '') for text in lists)}]",
        "[\n " + ",\n ".join(lists) + "\n]",
        "\n".join(lists),
        "\n".join(" ".join(row) for row in rows),
        "\n".join(", ".join(row) for row in rows),
        "; ".join(" ".join(row) for row in rows),
        "[" + "; ".join(" ".join(row) for row in rows) + "]",
        "((" + "), (".join(", ".join(row) for row in rows) + "))",
        f"\\begin{{bmatrix}} {inner} \\end{{bmatrix}}",
        f"\\begin{{pmatrix}} {inner} \\end{{pmatrix}}",
        f"\\begin{{bmatrix}}{inner.replace(' ', '')}\\end{{bmatrix}}",
        f"\\begin{{array}}{{{'c' * len(rows[0])}}} {inner} \\end{{array}}",
        f"\\left[\\begin{{matrix}} {inner} \\end{{matrix}}\\right]",
        f"The matrix is [{', '.join(lists)}]",
        f"M = [{', '.join(lists)}]",
        f"The projection is:\n[{', '.join(lists)}]",
        f"```\n[{', '.join(lists)}]\n```",
        f"```python\n[{', '.join(lists)}]\n```",
        wide(f"[{','.join(text.replace(' ', '') for text in lists)}]"),
        "{{" + "}, {".join(", ".join(row) for row in rows) + "}}",
    ]


def cell_and_word(value: Any, kind: answers.CellAndWord) -> list[str]:
    row, col, word = value
    return [
        kind.text(value),
        f"({row}, {col}), {word}",
        f"({row},{col}),{word}",
        f"({row}, {col}) {word}",
        f"({row}, {col}), {word.upper()}",
        f"({row}, {col}), {word.capitalize()}",
        f"({row}, {col}, {word})",
        f'({row}, {col}, "{word}")',
        f"[{row}, {col}], {word}",
        f"[{row}, {col}, {word}]",
        f"{row}, {col}, {word}",
        f"({row}, {col}), facing {word}",
        f"({row}, {col}) facing {word}",
        f"({row}, {col}) and {word}",
        f"({row}, {col}), direction {word}",
        f"({row}, {col}); direction: {word}",
        f"row {row}, column {col}, {word}",
        f"row {row}, column {col}, facing {word}",
        f"column {col}, row {row}, facing {word}",
        f"(row {row}, column {col}), {word}",
        f"Row: {row}, Column: {col}, Direction: {word}",
        f"{word} at ({row}, {col})",
        f"({row}, {col}), \\text{{{word}}}",
        f"\\left({row}, {col}\\right), \\text{{{word}}}",
        f"The ant is at ({row}, {col}), facing {word}",
        f"It is at ({row}, {col}) and faces {word}",
        f"（{row}，{col}），{word}",
        f"position ({row}, {col}), direction {word}",
    ]


def moves(value: Sequence[str], kind: Any) -> list[str]:
    out = [
        kind.text(value),
        " -> ".join(value),
        "->".join(value),
        " → ".join(value),
        "→".join(value),
        " \\to ".join(value),
        " \\rightarrow ".join(f"\\text{{{word}}}" for word in value),
        ", ".join(value),
        ",".join(value),
        "; ".join(value),
        " ".join(value),
        "\n".join(value),
        "，".join(value),
        "、".join(value),
        ", then ".join(value),
        " then ".join(value),
        ", ".join(value).upper(),
        ", ".join(value).lower(),
        "[" + ", ".join(value) + "]",
        "[" + ", ".join(f'"{word}"' for word in value) + "]",
        "(" + ", ".join(value) + ")",
        "The sequence is " + ", ".join(value),
        "The moves are: " + " -> ".join(value),
        " -> ".join(f"**{word}**" for word in value),
        "`" + " -> ".join(value) + "`",
    ]
    if len(value) > 1:
        out += [
            "\n".join(f"{number}. {word}" for number, word in enumerate(value, 1)),
            "\n".join(f"- {word}" for word in value),
            ", ".join(value[:-1]) + " and " + value[-1],
        ]
    if {word.lower() for word in kind.vocabulary} == {"up", "down", "left", "right"}:
        runs = [(word, len(list(same))) for word, same in groupby(value)]
        out += [
            ", ".join(word if count == 1 else f"{word} x{count}" for word, count in runs),
            ", ".join(f"{word} x{count}" for word, count in runs),
            ", ".join(f"{word} ×{count}" for word, count in runs),
            ", ".join(f"{word} ({count})" for word, count in runs),
            ", ".join(f"{word} {count}" for word, count in runs),
            ", ".join(f"{count} {word}" for word, count in runs),
            ", ".join(f"{word} {count} times" for word, count in runs),
            ", ".join(f"{word} \\times {count}" for word, count in runs),
            ", ".join(f"move {word} {count} steps" for word, count in runs),
            " -> ".join(f"{word} x{count}" for word, count in runs),
            ", ".join(f"{word} {spelled(count)}" for word, count in runs),
            ", ".join(word[0].upper() for word in value),
            " ".join(word[0].upper() for word in value),
        ]
    return out


def command(value: str, kind: answers.Command) -> list[str]:
    words = value.split()
    out = [
        value,
        value.upper(),
        value.capitalize(),
        f"The command is {value}",
        f"The best command is: {value}",
        f"`{value}`",
        f"**{value}**",
        f"\\text{{{value}}}",
        f"\\texttt{{{value}}}",
        f'"{value}"',
        "  ".join(words),
        f"```\n{value}\n```",
    ]
    if words[0] in ("clear", "swap"):
        verb, x, y, *way = words
        end = f" {way[0]}" if way else ""
        out += [
            f"{verb} ({x}, {y}){end}",
            f"{verb} ({x},{y}){end}",
            f"{verb} [{x}, {y}]{end}",
            f"{verb} {x}, {y}" + (f", {way[0]}" if way else ""),
            f"{verb}({x}, {y}" + (f", {way[0]})" if way else ")"),
            f"{verb} x={x}, y={y}{end}",
            f"{verb} the gem at ({x}, {y}){end}",
            f"{verb} {spelled(int(x))} {spelled(int(y))}{end}",
            wide(f"{verb}") + f" {wide(x)} {wide(y)}{end}",
            f"{verb} {x} {y}{end}.",
        ]
        if way:
            out += [f"{verb} ({x}, {y}) to the {way[0]}", f"{verb} {x} {y} \\text{{{way[0]}}}"]
    if words[0] == "card":
        out += [
            f"move {value}",
            f"Move the {value}",
            value.replace(" of ", " from "),
            f"Move {value.replace(' of ', ' from ')}",
            value.replace(" to ", " onto "),
            value.replace("pile", "the pile"),
            value.replace("card", "Card"),
        ]
    return out


def history(value: Any, kind: Any) -> list[str]:
    first, later = value
    out = [
        kind.text(value),
        " → ".join([str(first), *(f"{n} (step {t})" for t, n in later)]),
        "->".join([str(first), *(f"{n}(step {t})" for t, n in later)]),
        " -> ".join([str(first), *(f"{n} (Step {t})" for t, n in later)]),
        " \\to ".join([str(first), *(f"{n} (\\text{{step }}{t})" for t, n in later)]),
        " \\rightarrow ".join([str(first), *(f"{n}\\ (\\text{{step }} {t})" for t, n in later)]),
        " -> ".join([str(first), *(f"{n} (at step {t})" for t, n in later)]),
        " -> ".join([str(first), *(f"{n} (after step {t})" for t, n in later)]),
        " -> ".join([str(first), *(f"{n} [step {t}]" for t, n in later)]),
        ", then ".join([str(first), *(f"{n} at step {t}" for t, n in later)]),
        ", ".join([str(first), *(f"{n} (step {t})" for t, n in later)]),
        "; ".join([str(first), *(f"{n} (step {t})" for t, n in later)]),
        ", ".join([f"starts as {first}", *(f"becomes {n} at step {t}" for t, n in later)]),
        ", ".join([f"initially {first}", *(f"then {n} in step {t}" for t, n in later)]),
        "\n".join([str(first), *(f"step {t}: {n}" for t, n in later)]),
        "，".join([str(first), *(f"{n}（step {t}）" for t, n in later)]),
        f"The history is {kind.text(value)}",
        f"`{kind.text(value)}`",
        f"**{kind.text(value)}**",
        wide(str(first)) + "".join(f" → {n} (step {t})" for t, n in later),
    ]
    return out


def word(value: str, kind: answers.Word) -> list[str]:
    return [
        value,
        value.lower(),
        value.upper(),
        value.capitalize(),
        f"{value}.",
        f"\\text{{{value}}}",
        f"\\mathrm{{{value}}}",
        f"\\textbf{{{value}}}",
        f"**{value}**",
        f"*{value}*",
        f"`{value}`",
        f'"{value}"',
        f"'{value}'",
        f"“{value}”",
        f"It is {value}",
        f"It's {value}",
        f"({value})",
        f"Result: {value}",
        f"The result is {value}",
        f"The word runs {value}",
        f"The result in row 3, column 4 is {value}",
        f"I think it is {value}",
        f"So it is {value}!",
        f"「{value}」",
        f'It\'s "{value}".',
        wide(value),
    ]


def word_set(value: Sequence[str], kind: answers.WordSet) -> list[str]:
    back = list(reversed(value))
    out = [
        ", ".join(value),
        ", ".join(back),
        ",".join(back),
        " and ".join(value),
        "; ".join(value),
        "\n".join(value),
        "、".join(back),
        "，".join(value),
        ", ".join(value).upper(),
        ", ".join(value).lower(),
        "{" + ", ".join(back) + "}",
        "\\{" + ", ".join(value) + "\\}",
        "[" + ", ".join(value) + "]",
        "[" + ", ".join(f"'{w}'" for w in value) + "]",
        "(" + ", ".join(value) + ")",
        ", ".join(f"\\text{{{w}}}" for w in value),
        ", ".join(f"**{w}**" for w in value),
        "The set is " + ", ".join(value),
        "They are " + " and ".join(back),
        "/".join(value),
        " & ".join(value),
    ]
    if len(value) > 1:
        out += [
            ", ".join(value[:-1]) + " and " + value[-1],
            ", ".join(value[:-1]) + ", and " + value[-1],
            "\n".join(f"- {w}" for w in value),
        ]
    else:
        out += [f"only {value[0]}"]
    if "90" in kind.vocabulary:
        out += [
            ", ".join(f"{w}°" for w in value),
            ", ".join(f"{w} degrees" for w in value),
            " and ".join(f"{w}^\\circ" for w in value),
            ", ".join(f"{w}^{{\\circ}}" for w in back),
        ]
    return out


def phrase(value: str, kind: answers.Phrase) -> list[str]:
    """Wordings that any phrase must survive; the games' own are in `of_our_games`."""
    return [
        value,
        value.lower(),
        value.upper(),
        f"{value}.",
        f"\\text{{{value}}}",
        f"\\mathrm{{{value}}}",
        f"**{value}**",
        f"*{value}*",
        f"`{value}`",
        f'"{value}"',
        f"“{value}”",
        f"It is {value}",
        f"The result is {value}",
        f"Result: {value}",
        f"So it is {value}!",
        value.replace(" ", "  "),
        wide(value).replace("\u3000", " "),
        f"```\n{value}\n```",
        *of_our_games(value),
    ]


def of_our_games(value: str) -> list[str]:
    """Return what else says the same as a phrase of one of our games."""
    if found := re.fullmatch(r"([a-h])([1-8])", value):
        a, b = found.groups()
        return [f"The square is {value}", f"square {value}", f"{a} {b}", f"{a}-{b}", f"({value})"]
    if found := re.fullmatch(r"solvable: (\d+) captures", value):
        n = found[1]
        return [
            f"Solvable, {n} captures",
            f"solvable with {n} captures",
            f"It is solvable in {n} captures",
            f"solvable: {n}",
        ]
    if found := re.fullmatch(r"unsolvable: at most (\d+) captures", value):
        n = found[1]
        return [
            f"Unsolvable, at most {n} captures",
            f"not solvable, at most {n} captures",
            f"unsolvable with at most {n} captures",
            f"unsolvable: at most {n}",
        ]
    if found := re.fullmatch(r"([a-z ]+) to ([a-z ]+)", value):
        one, other = found.groups()
        texts = [f"from {one} to {other}", f"{one} -> {other}", f"{one} → {other}"]
        texts += [f"{one} \\to {other}", f"It changes from {one} to {other}"]
        return [*texts, *(text.replace("gray", "grey") for text in texts)]
    if found := re.fullmatch(r"\((\w+), (\w+)\) from (.+) to (.+)", value):
        suit, rank, source, target = found.groups()
        word = {"A": "Ace", "J": "Jack", "Q": "Queen", "K": "King"}.get(rank, rank)
        return [
            f"Move ({suit}, {rank}) from {source} to {target}",
            f"Move the {word} of {suit}s from {source} to {target}",
            f"{suit} {word} from {source} to {target}",
            f"({suit},{rank}) from {source} to {target}",
            f"({suit}, {rank}) from {source} → {target}",
        ]
    if found := re.fullmatch(r"Move from (.+) to (.+)", value):
        source, target = found.groups()
        spaced = [re.sub(r"Tab(\d)", r"Tab \1", place) for place in (source, target)]
        return [
            f"{source} to {target}",
            f"{source} -> {target}",
            f"{source} → {target}",
            f"Move the card from {source} to {target}",
            f"move from {spaced[0]} to {spaced[1]}",
            f"Move from {source.replace(' Pile', '')} to {target}",
        ]
    if found := re.fullmatch(r"A (\w+), B (\w+), C (\w+): (.+)", value):
        a, b, c, end = found.groups()
        return [
            f"A: {a}, B: {b}, C: {c}; {end}",
            f"A is {a}, B is {b}, C is {c}: {end}",
            f"A {a}, B {b}, C {c}, so the game is {end}",
            f"A={a}, B={b}, C={c}, {end}",
            f"A {a}, B {b} and C {c}: {end}",
        ]
    if found := re.fullmatch(r"caught by (\w+)", value):
        return [f"Pac-Man is {value}", f"He gets {value}", f"caught by the ghost {found[1]}"]
    if found := re.fullmatch(r"(\d+) (beans?), score (\d+)", value):
        n, beans, score = found.groups()
        return [
            f"{n} {beans} and score {score}",
            f"{n} {beans}, score: {score}",
            f"{n} {beans}; score {score}",
            f"Pac-Man eats {n} {beans}, score {score}",
            f"{n} {beans}, the new score is {score}",
        ]
    if found := re.fullmatch(r"removes (\d+)", value):
        return [f"It removes {found[1]} marbles", f"{value} marbles", f"{found[1]} marbles removed"]
    if value in ("misses", "stays"):
        return [f"It {value}", f"the marble {value}", f"The shot {value}"]
    if found := re.fullmatch(r"(Yes|No), (\d+), (\d+)", value):
        return ["({}, {}, {})".format(*found.groups()), "{},{},{}".format(*found.groups())]
    return []


def labelled(value: Sequence[str], kind: Any) -> list[str]:
    pairs = list(enumerate(value, 1))
    return [
        kind.text(value),
        ", ".join(f"{n}: {w}" for n, w in pairs),
        ", ".join(f"{n} - {w}" for n, w in pairs),
        ", ".join(f"{n}={w}" for n, w in pairs),
        ", ".join(f"{n} = {w}" for n, w in pairs),
        ", ".join(f"{n}–{w}" for n, w in pairs),
        "; ".join(f"{n}-{w}" for n, w in pairs),
        ",".join(f"{n}-{w}" for n, w in pairs),
        ", ".join(f"{n}-{w}" for n, w in reversed(pairs)),
        ", ".join(f"{n}-{w}" for n, w in pairs).upper(),
        "\n".join(f"{n}-{w}" for n, w in pairs),
        "\n".join(f"{n}: {w}" for n, w in pairs),
        "\n".join(f"{n}. {w}" for n, w in pairs),
        ", ".join(f"({n}) {w}" for n, w in pairs),
        ", ".join(f"{n} → {w}" for n, w in pairs),
        ", ".join(f"{n} {w}" for n, w in pairs),
        "，".join(f"{n}：{w}" for n, w in pairs),
        ", ".join(f"cube {n}: {w}" for n, w in pairs),
        ", ".join(f"{n}-{w.replace('-', ' ')}" for n, w in pairs),
        "The choices are " + ", ".join(f"{n}-{w}" for n, w in pairs),
        "\\text{" + ", ".join(f"{n}-{w}" for n, w in pairs) + "}",
        "**" + ", ".join(f"{n}-{w}" for n, w in pairs) + "**",
    ]


def ranking(value: Sequence[Sequence[str]], kind: Any) -> list[str]:
    up = " < ".join(" = ".join(group) for group in value)
    down = " > ".join(" = ".join(reversed(group)) for group in reversed(value))
    return [
        up,
        down,
        up.replace(" ", ""),
        down.replace(" ", ""),
        " < ".join(" = ".join(reversed(group)) for group in value),
        up.replace("<", "\\lt"),
        down.replace(">", "\\gt"),
        f"${up}$",
        f"\\text{{{up}}}",
        f"`{up}`",
        f"**{up}**",
        f"The relation is {up}",
        f"The order is: {up}",
        f"Heights: {down}",
        up.replace("<", "＜").replace("=", "＝"),
        wide(up),
        up.replace("<", "&lt;"),
        "  ".join(up.split(" ")),
        f"({up})",
        f'"{up}"',
        " < ".join(" = ".join(f"cube {label}" for label in group) for group in value),
        " < ".join(" = ".join(f"Cube {label}" for label in group) for group in value),
    ]


_SIGNS = {"S": "♠", "H": "♥", "D": "♦", "C": "♣"}


def card(value: Card, kind: Any) -> list[str]:
    suit, rank, word = SUITS[value.suit], RANKS[value.rank - 1], rank_word(value.rank)
    out = [
        kind.text(value),
        value.pair,
        value.words,
        f"({suit},{rank})",
        f"{suit} {rank}",
        f"{suit}s {word}",
        f"{word} of {suit}s",
        f"{word} of {suit}",
        f"{rank} of {suit}s",
        f"the {word} of {suit}s",
        f"The card is the {word} of {suit}s",
        f"The top card is {value.pair}",
        f"{word} of {suit}s".lower(),
        f"{word} of {suit}s".upper(),
        f"{_SIGNS[value.suit]}{rank}",
        f"{rank}{_SIGNS[value.suit]}",
        f"{rank}{_SIGNS[value.suit]}\ufe0f",
        f"{rank}\\{suit.lower()}suit",
        f"\\{suit.lower()}suit {rank}",
        f"\\text{{{word} of {suit}s}}",
        f"{value.code}",
        f"[{suit}, {rank}]",
        f"{suit}-{rank}",
        f"{suit}: {rank}",
        f"（{suit}，{rank}）",
        wide(f"({suit},{rank})"),
        f"**{value.pair}**",
    ]
    if 2 <= value.rank <= 10:
        out += [f"{_ONES[value.rank]} of {suit}s", f"{_ONES[value.rank].capitalize()} of {suit}s"]
    return out


def numbers(value: Sequence[int], kind: answers.NamedNumbers) -> list[str]:
    pairs = list(zip(kind.names, value, strict=True))
    return [
        kind.text(value),
        ", ".join(f"{n}: {v}" for n, v in pairs),
        ", ".join(f"{n} = {v}" for n, v in pairs),
        ", ".join(f"{n}={v}" for n, v in pairs),
        "; ".join(f"{n} {v}" for n, v in pairs),
        " and ".join(f"{n} {v}" for n, v in pairs),
        ", ".join(f"{n} {v}" for n, v in reversed(pairs)),
        ", ".join(f"{n.capitalize()} {v}" for n, v in pairs),
        "\n".join(f"{n}: {v}" for n, v in pairs),
        "(" + ", ".join(f"{n} {v}" for n, v in pairs) + ")",
        ", ".join(f"\\text{{{n} }}{v}" for n, v in pairs),
        ", ".join(f"{n} {spelled(v)}" for n, v in pairs),
        "，".join(f"{n} {v}" for n, v in pairs),
        f"({', '.join(n for n, _ in pairs)}) = ({', '.join(str(v) for _, v in pairs)})",
        "(" + ", ".join(str(v) for _, v in pairs) + ")",
        ", ".join(str(v) for _, v in pairs),
        "It is in " + ", ".join(f"{n} {v}" for n, v in pairs),
        ", ".join(f"{n} is {v}" for n, v in pairs),
        "**" + ", ".join(f"{n} {v}" for n, v in pairs) + "**",
        ", ".join(f"the {n} is {v}" for n, v in pairs),
        "`" + ", ".join(f"{n} {v}" for n, v in pairs) + "`",
    ]


def slot(value: Any, kind: Any) -> list[str]:
    k, x, y = value
    return [
        kind.text(value),
        f"[{x}, {y}] on level {k}",
        f"[{x},{y}] on Level {k}",
        f"[{x}, {y}] at level {k}",
        f"({x}, {y}) on Level {k}",
        f"({x}, {y}), Level {k}",
        f"[{x}, {y}], level {k}",
        f"Level {k}, [{x}, {y}]",
        f"Level {k}: [{x}, {y}]",
        f"level {k}, slot [{x}, {y}]",
        f"slot [{x}, {y}] on Level {k}",
        f"Slot ({x}, {y}) of level {k}",
        f"x = {x}, y = {y}, level = {k}",
        f"x={x}, y={y}, k={k}",
        f"level {k}, x {x}, y {y}",
        f"y = {y}, x = {x}, level {k}",
        f"The best slot is [{x}, {y}] on Level {k}",
        f"[{x}, {y}] \\text{{ on Level }} {k}",
        f"\\text{{[{x}, {y}] on Level {k}}}",
        f"[{x}，{y}] on Level {k}",
        f"**[{x}, {y}] on Level {k}**",
        wide(f"[{x},{y}]") + f" on Level {k}",
    ]


def or_word(value: Any, kind: answers.OrWord) -> list[str]:
    if value != kind.word:
        return right(value, kind.kind)
    out = word(value, answers.Word((value,)))
    if value == "none":
        out += ["none of them", "None of these", "There is none"]
    return out


_BY_KIND: dict[type[AnswerKind], Callable[[Any, Any], list[str]]] = {
    answers.Integer: integer,
    answers.Decimal: decimal,
    answers.NamedNumbers: numbers,
    answers.Coordinate: coordinate,
    answers.CellAndWord: cell_and_word,
    answers.CellSet: cells,
    answers.Box: box,
    answers.Matrix: matrix,
    answers.Moves: moves,
    answers.CountedMoves: moves,
    answers.Command: command,
    answers.History: history,
    answers.Word: word,
    answers.WordSet: word_set,
    answers.OrWord: or_word,
    answers.Labelled: labelled,
    answers.Ranking: ranking,
    answers.PlayingCard: card,
}


def right(value: Any, kind: AnswerKind) -> list[str]:
    """Return wordings of a value, the canonical text among them."""
    if isinstance(kind, answers.Phrase):
        texts = phrase(value, kind)
    elif kind.name == "slot":
        texts = slot(value, kind)
    else:
        texts = _BY_KIND[type(kind)](value, kind)
    return list(dict.fromkeys(texts))


def choice(letter: str, options: Sequence[str]) -> list[str]:
    """Return wordings of the option of a letter."""
    own = options[ord(letter) - ord("A")]
    low = letter.lower()
    texts = [
        letter,
        low,
        f"({letter})",
        f"({low})",
        f"[{letter}]",
        f"{letter}.",
        f"{letter})",
        f"Option {letter}",
        f"option ({letter})",
        f"Option {letter}.",
        f"Choice {letter}",
        f"**{letter}**",
        f"**({letter})**",
        f"\\text{{{letter}}}",
        f"\\mathrm{{{letter}}}",
        f"\\textbf{{{letter}}}",
        f"\\text{{({letter})}}",
        f"\\mathbf{{{letter}}}",
        f"`{letter}`",
        f'"{letter}"',
        f"「{letter}」",
        f"选项{letter}",
        wide(letter),
        wide(f"({letter})"),
        f"{letter}: {own}",
        f"{letter}. {own}",
        f"{letter}) {own}",
        f"({letter}) {own}",
        f"{letter} - {own}",
        f"{letter} ({own})",
        f"{letter}：{own}",
        f"Option {letter}: {own}",
        f"**{letter}: {own}**",
        f"**{letter}**: {own}",
        f"It is {letter}",
        f"I choose {letter}",
        f"I choose option {letter}",
        f"My choice is ({letter})",
        f"{letter} is correct",
        f"Option {letter} is the correct answer",
        f"{letter}, since the others fail",
    ]
    folded = ["".join(text.lower().split()) for text in options]
    is_letter = len(own) == 1 and own.isalpha()
    if folded.count("".join(own.lower().split())) == 1 and not is_letter:
        texts += [own, own.upper(), own.lower(), own.replace(", ", ","), f"{own}.", f'"{own}"']
        texts += [f"\\text{{{own}}}", f"**{own}**"]
    return list(dict.fromkeys(texts))
