"""How numbers are read: digits, words, thousands, signs, units, percentages and fractions."""

from __future__ import annotations

import re
from collections.abc import Sequence

from gameqa.answers import Decimal, Integer, NamedNumbers
from gameqa.grading import cells
from gameqa.grading.digits import whole, with_digits
from gameqa.grading.reading import ContradictoryError, reads, unreadable
from gameqa.grading.statements import is_clean, is_number, tokens

_BOUNDS = frozenset("under below above over past until to".split())
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?:,[0-9]{3})+(?![0-9,])")
_GLUED = re.compile(r"[A-Za-z][0-9]|[0-9][A-Za-z]")
_SUM = re.compile(r"[0-9]{1,9}(?: ?[-+*·x] ?[0-9]{1,9}){1,31}")
_APPROXIMATE = re.compile(r"(?:approximately|approx\.?|about|around|roughly|circa|[~≈])+ ?", re.I)
_DECIMAL = re.compile(
    r"(?P<number>[0-9]{1,9}(?:\.[0-9]{0,18})?|\.[0-9]{1,18})"
    r"(?: ?(?:/|out of|of) ?(?P<over>[1-9][0-9]{0,8})| ?(?P<percent>%|percent|per cent))?"
)


@reads(Integer)
def read_integer(kind: Integer, core: str) -> int:
    """Read one whole number, perhaps with its unit: ``7``, ``seven moves``, ``1,234``, ``-3``.

    A sum before it is read too, if it is right: ``2 x 10 + 5 = 25``.
    """
    core = _THOUSANDS.sub(lambda found: found[0].replace(",", ""), core)
    calculation, equals, result = core.rpartition("=")
    if equals and _SUM.fullmatch(calculation.strip()):
        value: int = read_integer(kind, result.strip())
        if _calculated(calculation) != value:
            raise ContradictoryError(f"{core[:80]!r} is not true")
        return value
    if _GLUED.search(core):
        raise unreadable(core, "whole number")
    words = _unwrapped(with_digits(tokens(core)))
    at = [place for place, word in enumerate(words) if is_number(word)]
    if len(at) == 2 and words[at[0]] == words[at[1]] and _is_repeated(words, *at):
        # "seven (7)": the number twice.
        del words[at[0] + 1 : at[1] + 2]
        at = at[:1]
    number = whole(words[at[0]]) if len(at) == 1 else None
    if number is None:
        raise unreadable(core, "whole number")
    before, after = words[: at[0]], words[at[0] + 1 :]
    sign = 1
    if before and before[-1] in ("-", "minus", "negative", "+"):
        sign = 1 if before.pop() == "+" else -1
    if before and before[-1] == "#":
        before.pop()
    if after in (["time"], ["times"]):
        after = []  # "occurs 3 times"; in front of more words it multiplies
    if len(before) > 3 or len(after) > 8 or not is_clean(before) or _BOUNDS & {*before}:
        raise unreadable(core, "whole number")
    if after and not is_clean([word for word in after if word not in "-'"]):
        raise unreadable(core, "whole number")
    if after and after[0] in "-'":
        raise unreadable(core, "whole number")
    return sign * number


def _calculated(text: str) -> int:
    """Return what numbers with signs between them come to, products first."""
    total, sign, product = 0, 1, 1
    for number, operator in re.findall(r"([0-9]+) ?([-+*·x]?)", text):
        product *= int(number)
        if operator in ("+", "-", ""):
            total += sign * product
            sign, product = -1 if operator == "-" else 1, 1
    return total


def _is_repeated(words: Sequence[str], first: int, second: int) -> bool:
    return second == first + 2 and words[first + 1] == "(" and words[second + 1 :][:1] == [")"]


def _unwrapped(words: list[str]) -> list[str]:
    while len(words) > 2 and words[0] + words[-1] in ("()", "[]"):
        words = words[1:-1]
    return words


@reads(Decimal)
def read_decimal(kind: Decimal, core: str) -> float:
    """Read a decimal number, a percentage or a fraction, or two of them that are equal."""
    sides = re.split("[=≈]|approximately equal to", core.lower())
    values = [_share(side, kind) for side in sides if side.strip()]
    if not values or len(values) > 3:
        raise unreadable(core, "decimal")
    value = values[-1]
    if any(abs(value - other) > 0.5 * 10**-kind.places + 1e-9 for other in values):
        raise ContradictoryError(f"{core[:80]!r} states different numbers")
    return value


def _share(side: str, kind: Decimal) -> float:
    text = _APPROXIMATE.sub("", side.strip().rstrip("."), count=1)
    if text[:1] + text[-1:] in ("()", "[]"):
        text = text[1:-1]
    found = _DECIMAL.match(text.strip())
    if found is None or not is_clean(tokens(text.strip()[found.end() :])):
        raise unreadable(side, kind.name)
    number = float(found["number"])
    if found["percent"]:
        return number / 100
    return number / float(found["over"] or 1)


@reads(NamedNumbers)
def read_named_numbers(kind: NamedNumbers, core: str) -> tuple[int, ...]:
    """Read numbers after their names, in any order, or all of them without names."""
    value = cells.whole_cell(with_digits(tokens(core)), kind.names)
    if value is None or min(value) < 0:
        raise unreadable(core, kind.name)
    return value
