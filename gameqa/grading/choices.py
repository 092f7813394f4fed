"""Which option a text names: by its letter, by the letter with its text, or by its text alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from string import ascii_uppercase

from gameqa.grading.reading import ContradictoryError, is_answer, unreadable
from gameqa.grading.statements import cores, without_cause

# A letter on its own, in any brackets: "C", "(c)", "C.", "Option C", "选项C".
_ALONE = re.compile(
    r"(?:(?:the )?(?:option|choice|letter|answer|选项|选) ?:? ?)?[(\[]? ?([A-Za-z]) ?[)\]]?"
    r"(?: is (?:the )?(?:correct|right|true)(?: (?:option|answer|choice|one))?)?",
    re.IGNORECASE,
)
# A letter and then, after a sign, its text: "C: up", "(C) up", "C. up", "C - up", "C (up)".
_WITH_TEXT = re.compile(
    r"(?:(?:the )?(?:option|choice|选项) ?)?"
    r"(?:[(\[] ?([A-Za-z]) ?[)\]] ?[:.,-]? ?|([A-Za-z])(?: ?[:.),\]-] ?| (?=[(\[\"'A-Z0-9])| ))",
    re.IGNORECASE,
)
_SPACED = re.compile(r"\s*([^A-Za-z0-9\s])\s*|\s+")
_LIST = re.compile(r"[A-Za-z](?:[\s,/&;|+]+(?:and |or )?[A-Za-z]\b)+|[A-H]{2,8}")


def read_choice(text: str, options: Sequence[str]) -> str:
    """Return the letter of the option that plain text names.

    Raises:
        UnreadableError: it names none, or several, or a letter with another option's text.
    """
    letters = ascii_uppercase[: len(options)]
    for whole in without_cause(text):
        for core in cores(whole):
            letter = _read(core, letters, options)
            if letter is None:
                continue
            before = whole[: whole.rfind(core)]
            if is_answer(before, lambda text: read_choice(text, options)):
                raise ContradictoryError(f"{whole[:80]!r} names several options")
            return letter
    if _LIST.fullmatch(text):
        raise ContradictoryError(f"{text[:60]!r} names several options")
    raise unreadable(text, "option's letter or text; no")


def _read(core: str, letters: str, options: Sequence[str]) -> str | None:
    alone = _ALONE.fullmatch(core)
    if alone is not None:
        letter = alone[1].upper()
        if letter in letters:
            return letter
    same = [letter for letter, option in zip(letters, options, strict=True) if _same(core, option)]
    if len(same) == 1:
        return same[0]
    found = _WITH_TEXT.match(core)
    if found is None:
        return None
    given = found[1] or found[2]
    letter, rest = given.upper(), core[found.end() :]
    if letter not in letters or not rest or (given == "a" and found[0] == "a "):
        return None
    if _same(rest, options[letters.index(letter)]) or _same(
        _unwrapped(rest), options[letters.index(letter)]
    ):
        return letter
    if any(_same(rest, option) or _same(_unwrapped(rest), option) for option in options):
        raise ContradictoryError(f"{core[:80]!r} gives a letter with the text of another option")
    return None


def _same(text: str, option: str) -> bool:
    """Whether two texts differ in nothing but case, blanks round signs, quotes, a last stop."""
    return _folded(text) == _folded(option)


def _folded(text: str) -> str:
    text = text.strip(" \n\"'").rstrip(".").casefold()
    return _SPACED.sub(lambda found: found[1] or " ", text).strip()


def _unwrapped(text: str) -> str:
    return text[1:-1] if text[:1] + text[-1:] in ("()", "[]") else text
