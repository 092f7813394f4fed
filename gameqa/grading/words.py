"""How words, sets, orders, cards and phrases are read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from gameqa.answers import Labelled, OrWord, Phrase, PlayingCard, Ranking, Word, WordSet
from gameqa.cards import RANKS, SUITS, Card, read_card
from gameqa.errors import GameQAError
from gameqa.grading.digits import with_digits
from gameqa.grading.reading import read_core, reads, unreadable
from gameqa.grading.statements import is_clean, is_number, items, tokens

_ARTICLES = frozenset("a an the".split())
_GLUE = frozenset("-_")
_NOUNS = frozenset(
    "color colour colored coloured marble marbles one ones piece letter shape block tetromino "
    "direction cell ghost side face ball state symbol outcome player square degrees degree only "
    "cubes cube captures capture number numbers angle angles moves move rotation rotations".split()
)
"""Words that may stand beside a word of a vocabulary without changing what it says."""

_LONGEST = 64
"""Tokens of one word of a vocabulary with all that stands beside it."""
_AND = frozenset({",", ";", "and", "&", "\n", "/", "+"})


def folded(text: str) -> tuple[str, ...]:
    """Return the tokens of a text that count when words are compared."""
    return tuple(word for word in tokens(text) if word not in _GLUE)


def word_of(
    words: Sequence[str], vocabulary: Sequence[str], aliases: Mapping[str, str]
) -> str | None:
    """Return the word of a vocabulary that all tokens together are; None where they are none."""
    if len(words) > _LONGEST:
        return None
    spoken = {folded(name): name for name in vocabulary}
    for alias, name in aliases.items():
        spoken.setdefault(folded(alias), name)
    words = tuple(word for word in words if word not in _GLUE and word not in "()[]\"'")
    nouns = _NOUNS - {word for name in spoken for word in name}
    while True:
        if words in spoken:
            return spoken[words]
        numbers = tuple(with_digits(words))
        if numbers in spoken:
            return spoken[numbers]
        if words and (words[0] in _ARTICLES or words[0] in nouns or words[0] == ":"):
            words = words[1:]
        elif words and words[-1] in nouns:
            words = words[:-1]
        else:
            break
    return _after_subject(words, spoken)


def _after_subject(words: Sequence[str], spoken: Mapping[tuple[str, ...], str]) -> str | None:
    """Read ``the snake hits itself`` as the phrase ``hits itself``."""
    for start in range(1, min(4, len(words) - 1)):
        rest = tuple(words[start:])
        subject = words[:start]
        if rest in spoken and len(rest) > 1 and is_clean([*subject]):
            said = {word for name in spoken for word in name} - _ARTICLES
            return None if said & {*subject} else spoken[rest]
    return None


@reads(Word)
def read_word(kind: Word, core: str) -> str:
    """Read one word of the vocabulary, whatever its case, hyphens and article."""
    value = word_of(tokens(core), kind.vocabulary, kind.aliases)
    if value is None:
        raise unreadable(core, kind.name)
    return value


@reads(WordSet)
def read_word_set(kind: WordSet, core: str) -> tuple[str, ...]:
    """Read words in any order, each once, with commas, ``and`` or line breaks between them."""
    parts: list[list[str]] = [[]]
    words = tokens(items(core).replace("\n", " , "))
    if len(words) > 2 and words[0] + words[-1] in ("()", "[]"):
        words = words[1:-1]
    for word in words:
        if word in _AND:
            parts.append([])
        else:
            parts[-1].append(word)
    found: list[str] = []
    names = {folded(name): name for name in kind.vocabulary}
    for part in parts:
        if not part:
            continue
        if "-" in part and not any("-" in name for name in kind.vocabulary):
            raise unreadable(core, kind.name)
        value = _one_of(part, kind.vocabulary, names)
        if value is None:
            raise unreadable(core, kind.name)
        found += value
    if not found or len(set(found)) != len(found):
        raise unreadable(core, kind.name)
    return tuple(sorted(found, key=kind.vocabulary.index))


def _one_of(
    part: Sequence[str], vocabulary: Sequence[str], names: Mapping[tuple[str, ...], str]
) -> list[str] | None:
    one = word_of(part, vocabulary, {})
    if one is not None:
        return [one]
    # Words with nothing but blanks between them, e.g. "up left".
    each = [names.get((word,)) for word in part]
    return None if None in each else [name for name in each if name is not None]


@reads(OrWord, cells=True)
def read_or_word(kind: OrWord, core: str) -> Any:
    """Read the word itself, or what the wrapped kind reads."""
    words = [word for word in folded(core) if word not in "()[]"]
    while words and words[0] in ("there", "is", "are", "the", "pile", "it"):
        words.pop(0)
    own = list(folded(kind.word))
    if words[: len(own)] == own:
        rest = words[len(own) :]
        if not rest or (
            rest[0] == "of" and len(rest) <= 5 and is_clean(rest) and "above" not in rest
        ):
            return kind.word
    return read_core(kind.kind, core)


@reads(Phrase)
def read_phrase(kind: Phrase, core: str) -> str:
    """Read the phrase itself, or one of the other wordings that its game declares."""
    try:
        return kind.read(core)
    except GameQAError as error:
        raise unreadable(core, kind.name) from error


_BESIDE_LABEL = frozenset("cube label number choice fork branch at go take turn point step".split())


@reads(Labelled)
def read_labelled(kind: Labelled, core: str) -> tuple[str, ...]:
    """Read a word for each label, in any order: ``1: up, 2: left-forward``."""
    words = [word for word in tokens(core) if word not in _BESIDE_LABEL]
    labels = [at for at, word in enumerate(words) if is_number(word)]
    found: dict[int, str] = {}
    if not labels or any(word not in "([" for word in words[: labels[0]]):
        raise unreadable(core, kind.name)
    for at, end in zip(labels, [*labels[1:], len(words)], strict=True):
        rest = words[at + 1 : end]
        while rest and rest[0] in ("-", ":", "=", ".", ")", "]", "->", "is", ","):
            rest.pop(0)
        while rest and rest[-1] in (",", ";", "(", "[", "and", ".", ")", "]"):
            rest.pop()
        value = word_of(rest, kind.vocabulary, {})
        label = words[at].rstrip(".")
        if value is None or not label.isdecimal() or len(label) > 4 or int(label) in found:
            raise unreadable(core, kind.name)
        found[int(label)] = value
    if sorted(found) != list(range(1, 1 + len(found))):
        raise unreadable(core, kind.name)
    return tuple(found[label] for label in sorted(found))


@reads(Ranking)
def read_ranking(kind: Ranking, core: str) -> tuple[tuple[str, ...], ...]:
    """Read labels in ascending or descending order: ``1 = 3 < 2`` or ``2 > 3 = 1``."""
    words = [word for word in tokens(core) if word not in _BESIDE_LABEL and word not in "()[]#"]
    signs = words[1::2]
    descends = ">" in signs
    if len(words) % 2 == 0 or not set(signs) <= {"=", ">" if descends else "<"}:
        raise unreadable(core, kind.name)
    labels = {folded(label): label for label in kind.labels}
    groups: list[list[str]] = [[]]
    for at, word in enumerate(words):
        if at % 2 and word != "=":
            groups.append([])
        elif at % 2 == 0:
            label = labels.get((word,))
            if label is None:
                raise unreadable(core, kind.name)
            groups[-1].append(label)
    if sorted(label for group in groups for label in group) != sorted(kind.labels):
        raise unreadable(core, kind.name)
    ordered = reversed(groups) if descends else groups
    return tuple(tuple(sorted(group, key=kind.labels.index)) for group in ordered)


_RANKS = {name.lower(): rank for rank, name in enumerate(RANKS, 1)}
_RANKS |= {"ace": 1, "jack": 11, "queen": 12, "king": 13}
_SUITS = {letter.lower(): letter for letter in SUITS}
_SUITS |= {name.lower(): letter for letter, name in SUITS.items()}
_SUITS |= {f"{name.lower()}s": letter for letter, name in SUITS.items()}
_BESIDE_CARD = frozenset("of the card - _ / : ( ) [ ] , a an".split())


@reads(PlayingCard)
def read_playing_card(kind: PlayingCard, core: str) -> Card:
    """Read one card: ``(Spade, 10)``, ``10 of spades``, ``Ten of Spades``, ``10S``, ``♠10``."""
    card = read_card(core)
    if card is not None:
        return card
    words = with_digits(tokens(core))
    named = [word for word in words if word not in _BESIDE_CARD or (word == "a" and len(words) < 4)]
    if len(named) == 1 and len(named[0]) == 2:
        named = list(named[0])
    if len(named) == 3 and named[0] == "a":
        named = named[1:]
    if len(named) == 2:
        for rank, suit in (named, named[::-1]):
            if rank in _RANKS and suit in _SUITS:
                return Card(_RANKS[rank], _SUITS[suit])
    raise unreadable(core, kind.name)
