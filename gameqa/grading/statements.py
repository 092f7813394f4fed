"""The answer inside a sentence: ``The minimum number of moves is 7`` states ``7``.

A sentence is read as subject, verb, answer. The subject must be free of words that turn its
meaning round or leave it open, and what follows the verb must be an answer as a whole: a reader
never picks a number or a word out of the middle.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

DOUBTFUL = frozenset(
    "not no never none neither nor or either but if unless except excluding without than wrong "
    "incorrect false cannot cant isn aren wasn don doesn didn won couldn wouldn shouldn impossible "
    "maybe perhaps possibly probably may might could guess about approximately around nearly "
    "almost roughly least most more less fewer minus plus times twice half double triple dozen "
    "dozens pair pairs couple hundred hundreds thousand thousands million squared cubed percent "
    "percentage th st nd rd ish other another instead rather however though wait also later "
    "actually hmm correction alternatively assuming suppose unsure unknown different previous "
    "between per mod and root sum product difference ratio".split()
)
"""Words that a subject or a unit may not have."""

# A few of them are harmless in a subject: "the sum of the two rolls is 7", "the least number".
_IN_SUBJECT = DOUBTFUL - frozenset(
    "sum product difference ratio and least most between per times percentage".split()
)

_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[a-z]+|->|[^\s]")
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|equals?|becomes?|has|have|contains?|needs?|takes?|requires?|shows?"
    r"|holds?|gets?|gives?|counts?|see|find|found|faces?|ends?(?: up)?|lands?|stands?|lies|sits"
    r"|stays?|moves?|goes|go|scores?|earns?|clears?|eliminates?|removes?|changes|choose|pick|play"
    r"|totals?|measures?|covers?|reads?|touches|causes?|yields?|made|writes?|runs?|occurs?"
    r"|appears?)\b(?: equal to)?|[:=]",
    re.IGNORECASE,
)
_CONNECTIVE = re.compile(
    r"(?:so|thus|therefore|hence|ok|okay|well|sure|finally|then|now"
    r"|in (?:total|conclusion|all|short)|overall|altogether|exactly|only|a total of"
    r"|there (?:is|are|were|will be)"
    r"|(?:my |the )?(?:final |correct |right )?answer(?: (?:is|would be|must be|should be))?"
    r"|it(?:'s| is| would be| will be| becomes)|that(?:'s| is)|this is"
    r"|i (?:choose|pick|think|believe|count|see|get|find)|we (?:get|have|need|find|count)|you need"
    r"|he|she|it|they|result|given|at(?! least| most)|in|on|located|simply|just|being|the|that"
    r"|答案(?:是|为)?|最终|是|为)[,:]? ?(?=\W|\b)",
    re.IGNORECASE,
)
_DIGITS = "0123456789"
_STARTS = " \n,;:\"'`"
_ENDS = _STARTS + ".!"
_SENTENCE = re.compile(r"[.!](?=\s)")
_CAUSE = re.compile(
    r"[,(]? ?\b(?:because|since|as (?:the|it|he|there|this|that|a|all|shown)\b)", re.I
)


def tokens(text: str) -> list[str]:
    """Return numbers, words in lower case, arrows and single signs, in order."""
    return _TOKEN.findall(text.lower())


def is_number(token: str) -> bool:
    """Return whether a token is a number in ASCII digits; ``²`` and its like are none."""
    return token[0] in _DIGITS


def cores(text: str, digits: bool = True) -> Iterator[str]:
    """Yield what may be the answer of a sentence, the sentence itself first.

    Args:
        text: plain text.
        digits: whether the subject may hold numbers in parentheses, as ``the way from (1, 2)``.
    """
    text = _bare(text)
    yield text
    if len(text) > _LONGEST_SENTENCE:
        return
    for shorter in _without_connectives(text):
        text = shorter
        yield text
    for verb in islice(_VERB.finditer(text), 12):
        subject, name = text[: verb.start()], verb[0].lower()
        if not _is_subject(subject, digits):
            return
        # "What is asked for is 7", but not "moves left moves right".
        if name != "is" and name in tokens(subject):
            return
        rest = _bare(text[verb.end() :])
        if rest:
            yield _bare(text[verb.start() :])
            yield rest
            yield from _without_connectives(rest)


def _without_connectives(text: str) -> Iterator[str]:
    """Yield a text without its first ``so``, then without ``it is``, while something is left."""
    for _ in range(5):
        found = _CONNECTIVE.match(text)
        text = _bare(text[found.end() :]) if found else ""
        if not text:
            return
        yield text


def without_cause(text: str) -> list[str]:
    """Return a text, and the same up to each of its first four ``because``, the longest first."""
    ends = [found.start() for found in islice(_CAUSE.finditer(text), 4)]
    return [text, *(text[:end] for end in reversed(ends) if end)]


def beginnings(text: str) -> list[str]:
    """Return a text's first three sentences together, the first two, and the first."""
    ends = [found.start() for found in islice(_SENTENCE.finditer(text), 3)]
    return [text[:end] for end in reversed(ends) if text[end + 1 :].strip()]


_LONGEST_SENTENCE = 400
_BULLET = re.compile(r" {0,4}[-•] (.*)\Z")
_NUMBERED = re.compile(r" {0,4}([0-9]{1,3})[.)] (.*)\Z")


def items(text: str) -> str:
    """Return the lines of a list without their bullets or numbers 1, 2, 3 ..."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2:
        return text
    bullets = [_BULLET.match(line) for line in lines]
    if all(bullets):
        return "\n".join(match[1] for match in bullets if match)
    found = [_NUMBERED.match(line) for line in lines]
    if all(match and int(match[1]) == number for number, match in enumerate(found, 1)):
        return "\n".join(match[2] for match in found if match)
    return text


def is_clean(words: list[str]) -> bool:
    """Return whether all are plain words, none of them doubtful."""
    return all(word.isascii() and word.isalpha() and word not in DOUBTFUL for word in words)


def _bare(text: str) -> str:
    return text.lstrip(_STARTS).rstrip(_ENDS)


def _is_subject(text: str, digits: bool) -> bool:
    words = tokens(text)
    if len(words) > 24 or any(word in _IN_SUBJECT for word in words):
        return False
    if "\n" in text or ":" in words or ";" in words:
        return False
    if not words:
        return True
    if not words[0].isalpha() or words[0] in ("least", "most"):
        return False
    for before, word in pairwise(words):
        if word in ("least", "most") and before != "the":
            return False
        # A number on its own would be an answer of its own.
        is_named = before.isalpha() or before in "_#" or (digits and before in "([,-")
        if is_number(word) and not is_named:
            return False
    return "?" not in words
