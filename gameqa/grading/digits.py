"""Whole numbers in digits and in words."""

from __future__ import annotations

from collections.abc import Sequence

from gameqa.grading.statements import is_number

_DIGITS = 4000
"""Digits of a number that is read at all; Python itself converts no more than 4,300."""

_UNITS = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen".split()
    )
}
_TENS = {
    word: 10 * number
    for number, word in enumerate(
        "twenty thirty forty fifty sixty seventy eighty ninety".split(), 2
    )
}


def whole(token: str) -> int | None:
    """Return the whole number that a token is, ``3.0`` included; None where it is none."""
    if not is_number(token):
        return None
    digits, _, places = token.partition(".")
    if places.strip("0") or len(digits) > _DIGITS or (digits[0] == "0" and len(digits) > 1):
        return None
    return int(digits)


def with_digits(words: Sequence[str]) -> list[str]:
    """Return tokens with number words (``twenty-one``, ``one hundred and five``) in digits."""
    out: list[str] = []
    at = 0
    while at < len(words):
        number, end = _number(words, at)
        out.append(words[at] if number is None else str(number))
        at = max(end, at + 1)
    return out


def _number(words: Sequence[str], at: int) -> tuple[int | None, int]:
    """Return the number that starts at a word, and where it ends."""
    value, end = _below_hundred(words, at)
    if value is None:
        return None, at
    if end < len(words) and words[end] == "hundred" and 0 < value < 10:
        value, end = value * 100, end + 1
        start = end + (end < len(words) and words[end] == "and")
        rest, rest_end = _below_hundred(words, start)
        if rest is not None:
            value, end = value + rest, rest_end
    return value, end


def _below_hundred(words: Sequence[str], at: int) -> tuple[int | None, int]:
    if at >= len(words):
        return None, at
    if words[at] in _UNITS:
        return _UNITS[words[at]], at + 1
    if words[at] not in _TENS:
        return None, at
    value, end = _TENS[words[at]], at + 1
    start = end + (end < len(words) and words[end] == "-")
    if start < len(words) and 0 < _UNITS.get(words[start], 0) < 10:
        return value + _UNITS[words[start]], start + 1
    return value, end
