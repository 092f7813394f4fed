"""The grade of a response: what it gives as its answer, and whether that is right."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import partial
from string import ascii_lowercase
from typing import Any, Literal

from gameqa.answers import Decimal
from gameqa.errors import GameQAError
from gameqa.grading import cells, extraction, moves, numbers, tables, words  # noqa: F401
from gameqa.grading.choices import read_choice
from gameqa.grading.extraction import Mark
from gameqa.grading.normalisation import plain
from gameqa.grading.reading import ContradictoryError, UnreadableError, is_answer, read_open
from gameqa.grading.spec import Target, target_of
from gameqa.grading.statements import beginnings, tokens
from gameqa.sample import Sample

_LONGEST = 4000
"""Characters that an answer may have, or eight times those of the right one."""

_AFTER_OPTION = frozenset(
    "because since as and or is are would could may might seems too true false to from".split()
)
_PLACE_HOLDERS = frozenset(
    "answer your the final letter option here and or tags tag a of my put in inside between".split()
)
READER_FAILED = "the reader failed"
"""Begins the reason of a grade that a mistake of ours made wrong; tests look for it."""

_MOST_LINES = 100
_SECOND_THOUGHTS = frozenset(
    "or and but wait actually however no not hmm alternatively maybe perhaps oops sorry correction "
    "although".split()
)


Outcome = Literal["right", "wrong", "contradictory", "no answer"]


@dataclass(frozen=True)
class Grade:
    """What a response is worth.

    Attributes:
        correct: whether it gives the right answer, and no other.
        score: 1.0 or 0.0; there is no partial credit.
        extracted: the text that was taken as its answer; None where there is none.
        reason: why, in one line, for people; its wording may change.
        outcome: which way it went: "right"; "wrong", where one answer was read and is not right;
            "contradictory", where several are given, or the one given is taken back; "no answer",
            where none could be read.
    """

    correct: bool
    score: float
    extracted: str | None
    reason: str
    outcome: Outcome


def grade(target: Mapping[str, Any] | Sample | str, response: object) -> Grade:
    """Grade a response by rule.

    Args:
        target: a row, a sample, or a grading spec (a mapping or JSON; see `grading_spec`).
        response: what a model wrote; anything but a string is wrong.

    Raises:
        GameQAError: the target is none of these or lacks something. No response raises.
    """
    goal = target_of(target)
    if not isinstance(response, str):
        return _unread(
            None, UnreadableError(f"the response is {type(response).__name__}, not text")
        )
    longest = max(_LONGEST, 8 * len(goal.answer))
    try:
        counts, others = _marks(response, longest)
    except UnreadableError as error:
        return _unread(None, error)
    extracted = counts.text.strip()
    try:
        extracted, value = _read(goal, counts, longest)
        for other in others:
            _check_agreement(goal, value, other, longest)
        if counts.is_line:
            _check_lines_after(goal, value, (counts.text + counts.after)[len(extracted) :])
    except UnreadableError as error:
        return _unread(extracted[:longest], error)
    extracted = extracted.strip()
    if _is_right(goal, value):
        return Grade(True, 1.0, extracted, "right", "right")
    reason = f"read as {_shown(goal, value)}, which is not right"
    return Grade(False, 0.0, extracted, reason, "wrong")


def _marks(response: str, longest: int) -> tuple[Mark, Iterable[Mark]]:
    """Return the mark that counts, and all that must not contradict it.

    Raises:
        UnreadableError: the response is refused as a whole.
    """
    visible = extraction.visible_part(response)
    if visible is None:
        raise UnreadableError("the thinking is not closed: the response was cut off")
    if not visible:
        raise UnreadableError("nothing is written outside the thinking")
    tags, boxes = extraction.tags(visible), extraction.boxes(visible)
    if tags is None or boxes is None:
        raise UnreadableError("the mark of the answer is not closed: the response was cut off")
    strong = dict.fromkeys([*boxes, *tags])
    lines: dict[Mark, None] = {}
    for number, line in enumerate(extraction.answer_lines(visible, longest)):
        if line.is_label or not strong:
            lines[line] = None
        if len(lines) > extraction.MOST or number > _MOST_LINES:
            raise ContradictoryError("there are too many answer lines")
    if len(strong) > extraction.MOST:
        raise ContradictoryError("there are too many marked answers")
    if strong:
        last = (tags or boxes)[-1]
        return Mark(last), [*(Mark(text) for text in strong if text != last), *lines]
    if lines:
        *earlier, line = lines
        return line, earlier
    return Mark(visible), ()


def _read(goal: Target, mark: Mark, longest: int, may_go_on: bool = False) -> tuple[str, Any]:
    """Return the text of a mark that is its answer, and the value that it states.

    Args:
        goal: what is graded against.
        mark: where the answer stands.
        longest: characters that it may have.
        may_go_on: whether an answer line counts although second thoughts follow on it.

    Raises:
        UnreadableError: it states none, or several.
    """
    candidates = [mark.text]
    if mark.is_line:
        candidates += [
            text
            for text in beginnings(mark.text)
            if not _goes_with_letter(goal, text, mark.text[len(text) + 1 :])
        ]
        paragraph = (mark.text + mark.after).split("\n\n", 1)[0]
        if paragraph != mark.text:
            # A table stands on several lines; so a paragraph is tried before its first line.
            candidates.insert(0, paragraph)
    problem = None
    for text in candidates:
        if len(text) > longest:
            raise UnreadableError(f"more than {longest:,} characters are too long for an answer")
        try:
            value = _value(goal, text)
        except UnreadableError as error:
            problem = error
            continue
        if len(text) < len(mark.text) and not may_go_on:
            first = next(
                (word for word in tokens(mark.text[len(text) :][:80]) if word.isalpha()), ""
            )
            if first in _SECOND_THOUGHTS:
                raise ContradictoryError(f"after {text[:60]!r} the answer goes on with {first!r}")
            rest = mark.text[len(text) :]
            if goal.kind is not None and is_answer(rest, partial(read_open, goal.kind)):
                raise ContradictoryError(f"{mark.text[:60]!r} states several answers")
        return text, value
    raise problem or UnreadableError("there is nothing to read")


def _goes_with_letter(goal: Target, text: str, rest: str) -> bool:
    """Whether what follows ``B.`` is an option's text, and not a sentence of its own."""
    if not goal.options or len(tokens(plain(text))) > 3:
        return False
    following = tokens(plain(rest[:200]))
    if len(following) < 2 or not following[0].isalpha():
        return True
    goes_on = following[1].isalpha() or following[1] == "'"
    if following[0] in ("i", "a") and goes_on and following[1] not in _AFTER_OPTION:
        return False  # a sentence of its own: "I counted them."
    letters = ascii_lowercase[: len(goal.options)]
    return following[0] in letters or any(
        following[0] in tokens(option)[:1] for option in goal.options
    )


def _value(goal: Target, text: str) -> Any:
    text = plain(text)
    if not text:
        raise UnreadableError("the answer is empty")
    try:
        if goal.kind is None:
            return read_choice(text, goal.options)
        return read_open(goal.kind, text)
    except UnreadableError:
        raise
    except Exception as error:  # a reader's own mistake must not stop anyone's training
        raise UnreadableError(f"{READER_FAILED}: {error!r}") from error


def _check_agreement(goal: Target, value: Any, other: Mark, longest: int) -> None:
    """Raise UnreadableError where another mark states another value."""
    try:
        text, different = _read(goal, other, longest, may_go_on=True)
    except UnreadableError:
        if _is_passed(other):
            return
        raise ContradictoryError(f"{_one_line(other.text)!r} is marked as an answer too") from None
    if not _agree(goal, value, different):
        raise ContradictoryError(f"{text[:60]!r} is given as an answer too")


def _is_passed(mark: Mark) -> bool:
    """Whether a mark from which nothing can be read contradicts nothing.

    Tags, boxes and short labels that hold something else than an answer are second answers
    (``B or C``, ``7.5``); empty ones, place holders and sentences are talk about the answer.
    """
    said = [token for token in tokens(plain(mark.text[:80])) if token[0].isalnum()]
    if _PLACE_HOLDERS.issuperset(said):
        return True
    is_short = len(mark.text) <= 40 and not set("<\\") & set(mark.text)
    return mark.is_line and not (mark.is_label and is_short)


def _check_lines_after(goal: Target, value: Any, after: str) -> None:
    """Raise UnreadableError where a line below an answer line is another answer."""
    for line in after.split("\n", 13)[1:13]:
        if line.strip() and len(line) <= 200:
            _check_agreement(goal, value, Mark(line, is_line=True), _LONGEST)


def _agree(goal: Target, value: Any, other: Any) -> bool:
    if isinstance(goal.kind, Decimal):
        return bool(abs(value - other) <= 10**-goal.kind.places)
    return bool(value == other)


def _is_right(goal: Target, value: Any) -> bool:
    if goal.kind is None:
        return bool(value == goal.answer)
    wanted = goal.kind.parse(goal.answer)
    if goal.task is None:
        if isinstance(goal.kind, Decimal):
            return bool(abs(value - wanted) <= 0.5 * 10**-goal.kind.places + 1e-9)
        return bool(value == wanted)
    if value == wanted:
        return True
    try:
        return bool(goal.task.accepts(goal.state, goal.query, value))
    except Exception as error:
        # Either the value is so far off that the task stumbles over it, or the state is broken.
        try:
            goal.task.accepts(goal.state, goal.query, wanted)
        except Exception:
            raise GameQAError(
                f"{type(goal.task).__name__} cannot judge by this state and query: {error!r}"
            ) from error
        return False


def _one_line(text: str) -> str:
    return " ".join(text[:60].split())


def _shown(goal: Target, value: Any) -> str:
    if goal.kind is None:
        return str(value)
    try:
        return goal.kind.text(value)[:200]
    except (GameQAError, ValueError, TypeError, LookupError):
        return repr(value)[:200]


def _unread(extracted: str | None, error: UnreadableError) -> Grade:
    outcome: Outcome = "contradictory" if isinstance(error, ContradictoryError) else "no answer"
    return Grade(False, 0.0, extracted, str(error), outcome)
