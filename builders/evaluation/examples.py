"""Wrong responses to look at: which are chosen, and how a page shows them."""

from __future__ import annotations

import string
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gameqa.builders.pages import Page
from gameqa.evaluation import Evaluation, Outcome, Result

_SHOWN_CHARACTERS = 3_000


@dataclass(frozen=True)
class Example:
    """A wrong response to look at.

    Attributes:
        model: whose response it is.
        result: what became of it.
        question: the row's question.
        options: the row's options.
        response: what the model wrote.
        png: the row's picture; None in text modality.
    """

    model: str
    result: Result
    question: str
    options: Sequence[str]
    response: str
    png: bytes | None


def choose_examples(evaluation: Evaluation, most: int) -> list[int]:
    """Return the places of wrong responses that show much: of each outcome and game in turn.

    Args:
        evaluation: whose responses.
        most: how many at most.
    """
    queues: dict[tuple[str, str], list[int]] = {}
    for place, result in enumerate(evaluation.results):
        if result.outcome not in (Outcome.CORRECT, Outcome.MISSING, Outcome.CONFLICTING):
            queues.setdefault((result.outcome, result.game), []).append(place)
    by_outcome: dict[str, list[list[int]]] = {}
    for (outcome, _), places in sorted(queues.items()):
        by_outcome.setdefault(outcome, []).append(places)
    turns: list[list[int]] = []
    for parts in by_outcome.values():  # within an outcome: one of each game, then the next of each
        depth = max(map(len, parts))
        turns.append([part[turn] for turn in range(depth) for part in parts if turn < len(part)])
    chosen = [
        turn[number]
        for number in range(max(map(len, turns), default=0))
        for turn in turns
        if number < len(turn)
    ]
    return sorted(chosen[:most])


def add_examples(page: Page, examples: Iterable[Example], several: bool) -> None:
    """Add the examples to a page, if there are any.

    Args:
        page: the page.
        examples: what to show, in order.
        several: whether to say whose response each is.
    """
    shown = list(examples)
    if not shown:
        return
    page.heading("Wrong responses")
    page.paragraph("Some of them, of every outcome and game in turn. A click enlarges a picture.")
    for example in shown:
        result = example.result
        title = f"{result.task}, {result.plot_level}: {result.outcome}"
        page.card(
            f"{example.model}: {title}" if several else title,
            {
                "Question": example.question,
                "Response": _shortened(example.response),
                "Taken as the answer": _taken(result),
                "Right answer": _expected(example),
                "Why it is wrong": result.reason,
                "Row": result.data_id,
            },
            example.png,
        )


def _taken(result: Result) -> str:
    if result.outcome is Outcome.NO_ANSWER or result.extracted is None:
        return "nothing"
    return result.extracted


def _expected(example: Example) -> str:
    """Return the right answer; of a choice, with the option's text."""
    expected = example.result.expected
    of_letter = dict(zip(string.ascii_uppercase, example.options, strict=False))
    return f"{expected}: {of_letter[expected]}" if expected in of_letter else expected


def _shortened(response: str) -> str:
    """Return a response, of a long one its end: that is where answers stand."""
    if len(response) <= _SHOWN_CHARACTERS:
        return response or "(empty)"
    left_out = len(response) - _SHOWN_CHARACTERS
    return f"… ({left_out:,} characters before)\n{response[-_SHOWN_CHARACTERS:]}"
