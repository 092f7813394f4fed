"""The corpus over all tasks: each response with whether it is right, by the task's own word."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import gameqa
from gameqa.errors import GameQAError
from gameqa.game import Game, Task
from gameqa.registry import all_games
from gameqa.sample import Sample
from grading_corpus import near_misses, wordings, wrappers

# Sentences do not go into sentences, nor several lines on one.
_SENTENCES = frozenset(
    "tag, sentence|sentence|sentence, final|sentence, correct|sentence goes on|sentence with cause"
    "|Chinese sentence".split("|")
)
_ONE_LINE = _SENTENCES | frozenset(
    "bold|tag, bold|label|label, after reasoning|label, bold|label and answer bold|label, final"
    "|label, colon outside|label, capitals|label, then remarks|label and tag agree|Chinese label"
    "|quoted|maths|boxed, maths|boxed text|heading, final|maths in tag|bare with stop".split("|")
)
_NO_DRESS = frozenset("quoted|bold|tag, bold|label and answer bold|sentence, final".split("|"))
_IN_MATHS = frozenset("maths|boxed, maths|boxed text|maths in tag|boxed, display".split("|"))
_STATEMENT = re.compile(
    r"\b(?:is|are|has|needs|takes|ends|count|think|choose|starts|faces|correct|they|it's)\b|[=:≈]|since",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Case:
    """One response and what it deserves.

    Attributes:
        kind: the answer kind's name, or ``"choice"``.
        sample: what it answers.
        response: what is graded.
        is_right: what the grade must be.
        form: how it was made, for the report.
    """

    kind: str
    sample: Sample
    response: str
    is_right: bool
    form: str


def samples(number: int, start: int = 0) -> Iterator[tuple[Game[Any, Any], Task[Any, Any], Sample]]:
    """Yield samples of every task in every form that it is served in."""
    for game in all_games():
        for task in game.tasks:
            for form in task.forms:
                for index in range(start, start + number):
                    sample = gameqa.sample(
                        game,
                        task=task.slug,
                        index=index,
                        answer_format=form,
                        modality="text",
                    )
                    yield game, task, sample


def cases(
    game: Game[Any, Any], task: Task[Any, Any], sample: Sample, share: float = 1.0
) -> Iterator[Case]:
    """Yield right and wrong responses to a sample.

    Args:
        game: its game.
        task: its task.
        sample: the sample.
        share: of the products of wordings and wrappers, which are many; every wording and every
            wrapper occurs at least once.
    """
    coin = random.Random(sample.data_id + sample.answer_type)
    if sample.answer_type == "choice":
        right_texts = wordings.choice(sample.answer, sample.options)
        wrong_texts = near_misses.choice(sample.answer, sample.options)
        canonical = sample.answer
        other = next(chr(65 + i) for i in range(8) if chr(65 + i) != sample.answer)
    else:
        state, query = game.decode(json.loads(sample.state)), json.loads(sample.query)
        value = task.kind.parse(sample.answer)
        right_texts = wordings.right(_exact(task, state, query, value), task.kind)
        canonical = sample.answer
        near = [
            other
            for other in near_misses.values(value, task.kind)
            if not _accepted(task, state, query, other)
        ]
        shown = [text for text in (_text(task, other) for other in near) if text is not None]
        other = shown[coin.randrange(len(shown))]
        wrong_texts = [*shown, *near_misses.texts(canonical, other)]
        # A wrong value in other words must be as wrong as in its canonical text.
        for wrong in coin.sample(near, min(len(near), 4)):
            if _text(task, wrong) is not None and _is_ordinary(wrong):
                wrong_texts += wordings.right(wrong, task.kind)
        wrong_texts = [
            text for text in dict.fromkeys(wrong_texts) if not _is_right(task, state, query, text)
        ]
    kind = sample.answer_type
    yield from _product(kind, sample, right_texts, canonical, True, share, coin)
    yield from _product(kind, sample, wrong_texts, other, False, share, coin)
    for name, form in wrappers.WRONG.items():
        yield Case(kind, sample, wrappers.fill(form, canonical, other), False, name)


def _exact(task: Task[Any, Any], state: Any, query: Any, value: Any) -> Any:
    """Return the value before it is rounded to its canonical text."""
    return task.solve(state, query).value if task.kind.name == "decimal" else value


def _product(
    kind: str,
    sample: Sample,
    texts: list[str],
    plain: str,
    is_right: bool,
    share: float,
    coin: random.Random,
) -> Iterator[Case]:
    forms = list(wrappers.RIGHT)
    for name in forms:
        yield Case(kind, sample, wrappers.fill(wrappers.RIGHT[name], plain), is_right, name)
    for text in texts:
        fitting = [name for name in forms if fits(text, name)]
        chosen = [name for name in fitting if coin.random() < share] or [coin.choice(fitting)]
        for name in chosen:
            response = wrappers.fill(wrappers.RIGHT[name], text)
            yield Case(kind, sample, response, is_right, f"{name} | {text}")


def fits(text: str, wrapper: str) -> bool:
    """Return whether anyone would write a text in a wrapper."""
    if "\n" in text and wrapper in _ONE_LINE:
        return False
    if _STATEMENT.search(text) and wrapper in _SENTENCES:
        return False
    if text[-1:] in (".", "!", "?") and wrapper in _SENTENCES | {"bare with stop"}:
        return False
    if text[:1] in "\"'*`“「" and wrapper in _NO_DRESS | _IN_MATHS:
        return False
    if wrapper in _IN_MATHS and any(sign in text for sign in "$`*&%"):
        return False
    return not ("{" in text and wrapper == "boxed text") and not (
        text[:1] in "$`" and wrapper == "sentence, final"
    )


def _accepted(task: Task[Any, Any], state: Any, query: Any, value: Any) -> bool:
    if value == task.solve(state, query).value:
        return True
    try:
        return task.accepts(state, query, value)
    except (LookupError, ValueError, TypeError, ArithmeticError, AttributeError):
        return False


def _text(task: Task[Any, Any], value: Any) -> str | None:
    """Return a value's canonical text; None where it is none of its kind."""
    try:
        return task.kind.text(value)
    except (GameQAError, LookupError, ValueError, TypeError):
        return None


def _is_right(task: Task[Any, Any], state: Any, query: Any, text: str) -> bool:
    """Return whether a text is a right answer by the strict reading of its kind."""
    try:
        value = task.kind.parse(text.strip())
    except (GameQAError, ValueError):
        return False
    return _accepted(task, state, query, value)


def _is_ordinary(value: Any) -> bool:
    """Return whether a value is one that people would word at all."""
    numbers = re.findall(r"\d+", repr(value))
    return all(len(number) < 6 or "." in repr(value) for number in numbers)
