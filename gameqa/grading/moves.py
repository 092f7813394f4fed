"""How sequences, commands and histories are read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from gameqa.answers import Command, CountedMoves, History, Moves
from gameqa.grading.digits import whole, with_digits
from gameqa.grading.reading import reads, unreadable
from gameqa.grading.statements import is_number, items, tokens
from gameqa.grading.words import folded

_SEPARATORS = frozenset({"->", ",", ";", ">", "then", "and", "|"})
_MOST = 999
"""The most steps of one counted run."""
_DIRECTIONS = frozenset("up down left right".split())
_BESIDE_MOVE = frozenset("move go moves step steps time times cell cells square squares".split())


@reads(Moves)
def read_moves(kind: Moves, core: str) -> tuple[str, ...]:
    """Read a sequence of words of the vocabulary, whatever stands between them."""
    moves = _sequence(core, kind.vocabulary)
    if not moves:
        raise unreadable(core, kind.name)
    return moves


@reads(CountedMoves)
def read_counted_moves(kind: CountedMoves, core: str) -> tuple[str, ...]:
    """Read moves with or without counts: ``down x2, right`` or ``down, down, right``."""
    moves = _sequence(core, kind.vocabulary)
    if not moves:
        raise unreadable(core, kind.name)
    return moves


def _sequence(core: str, vocabulary: Sequence[str]) -> tuple[str, ...] | None:
    names = {folded(name): name for name in vocabulary}
    may_count = not any(is_number(name) for name in vocabulary)
    if set(map(str.lower, vocabulary)) == _DIRECTIONS:
        names |= {(name[0].lower(),): name for name in vocabulary}
    text = items(core)
    words = tokens(text.replace("\n", " , "))
    if len(words) > 2 and words[0] + words[-1] in ("()", "[]"):
        words = words[1:-1]
    moves: list[str] = []
    for part in _parts([word for word in words if word not in "\"'"]):
        read = _run(part, names) if may_count else None
        read = read or _words(part, names)
        if not read or len(moves) > 10_000:
            return None
        moves += read
    return tuple(moves)


def _parts(words: Sequence[str]) -> Iterator[list[str]]:
    part: list[str] = []
    for word in words:
        if word in _SEPARATORS:
            if part:
                yield part
            part = []
        else:
            part.append(word)
    if part:
        yield part


def _run(part: Sequence[str], names: dict[tuple[str, ...], str]) -> list[str] | None:
    """Read one run: ``down``, ``down x2``, ``down (2)``, ``2 x down``, ``down 2 times`` ..."""
    words = [w for w in with_digits(part) if w not in _BESIDE_MOVE and w not in "().:"]
    words = ["2" if word == "twice" else "1" if word == "once" else word for word in words]
    times = [word for word in words if word in ("x", "*")]
    words = [word for word in words if word not in ("x", "*")]
    counts = [word for word in words if is_number(word)]
    name = names.get(tuple(word for word in words if not is_number(word)))
    if name is None or len(counts) > 1 or len(times) > len(counts):
        return None
    count = whole(counts[0]) if counts else 1
    if count is None or not 0 < count <= _MOST:
        return None
    return [name] * count


def _words(part: Sequence[str], names: dict[tuple[str, ...], str]) -> list[str] | None:
    """Read words with only blanks between them."""
    read = [names.get((word,)) for word in part]
    return None if None in read else [name for name in read if name is not None]


_BESIDE_COMMAND = frozenset(
    "( ) [ ] , ; : ' \" = the a an move gem at cell command new and from position coordinates "
    "direction please card".split()
)
_ALIKE = {"of": {"of", "from", "in"}, "to": {"to", "onto", "->"}}


@reads(Command)
def read_command(kind: Command, core: str) -> str:
    """Read one command; brackets, commas and articles round its parts may stand or fall."""
    words = with_digits(folded(re.sub("-(?=[0-9])", "negative ", core)))
    if len(words) <= 64:
        for pattern in kind.patterns:
            value = _matched(words, pattern.split(" "))
            if value is not None:
                return kind.parse(value)
    raise unreadable(core, kind.name)


def _matched(words: Sequence[str], parts: Sequence[str]) -> str | None:
    out: list[str] = []
    at = 0
    for part in parts:
        name = part[1:-1] if part.startswith("<") else None
        allowed = None if name else {*part.split("|"), *_ALIKE.get(part, ())}
        if part in ("a", "the"):
            out.append(part)
            continue
        spelled = folded(part)
        while at < len(words):
            if name and whole(words[at]) is not None:
                out.append(str(whole(words[at])))
                at += 1
                break
            if allowed and words[at] in allowed:
                out.append(words[at] if "|" in part else part)
                at += 1
                break
            if len(spelled) > 1 and tuple(words[at : at + len(spelled)]) == spelled:
                out.append(part)
                at += len(spelled)
                break
            is_own_name = name is not None and words[at] == name.lower()
            may_skip = words[at] in _BESIDE_COMMAND or (words[at] == "to" and "to" not in parts)
            if not may_skip and not is_own_name:
                return None
            at += 1
        else:
            return None
    rest = [word for word in words[at:] if word not in _BESIDE_COMMAND]
    return None if rest else " ".join(out)


_BESIDE_HISTORY = frozenset(
    "then becomes become changes changed to at in after on initially starts started start initial "
    "it , ; -> ( ) [ ] . and by value symbol = as is with from : the @ |".split()
)


@reads(History)
def read_history(kind: History, core: str) -> tuple[int, tuple[tuple[int, int], ...]]:
    """Read a first number, then numbers with their steps: ``2 -> 2 (step 5) -> 3 (step 7)``."""
    words = [w for w in with_digits(tokens(core)) if w not in _BESIDE_HISTORY]
    words = ["step" if word in ("steps", "t") else word for word in words]
    first = whole(words[0]) if words else None
    later: list[tuple[int, int]] = []
    if first is None or len(words) % 3 != 1:
        raise unreadable(core, kind.name)
    step_first = words[1:2] == ["step"]
    for at in range(1, len(words), 3):
        triple = words[at : at + 3]
        number, step = (triple[2], triple[1]) if step_first else (triple[0], triple[2])
        label = triple[0] if step_first else triple[1]
        value, time = whole(number), whole(step)
        if label != "step" or value is None or time is None:
            raise unreadable(core, kind.name)
        later.append((time, value))
    if later != sorted(dict(later).items()):
        raise unreadable(core, kind.name)
    return first, tuple(later)
