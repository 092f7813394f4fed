"""Made-up cases, fair unless a test plants something."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

import pytest

from gameqa.builders.audit.case import Case, Place

Plant = Callable[[random.Random, dict[str, Any]], None]


def made_up(count: int = 400, plant: Plant | None = None, level: str = "Easy") -> list[Case]:
    """Return fair choice cases: a window of four numbers, the answer uniform inside it."""
    made = []
    for number in range(count):
        rng = random.Random(f"{level} {number}")
        start = rng.randrange(1, 20)
        options = [str(start + k) for k in range(4)]
        rng.shuffle(options)
        fields: dict[str, Any] = {
            "question": f"How many gems are in row {rng.randrange(9)}, column {rng.randrange(9)}?",
            "options": options,
            "answer": rng.choice(options),
            "picture": f"picture {level} {number}",
            "split": ("train", "train", "validation", "test")[number % 4],
        }
        if plant:
            plant(rng, fields)
        options = tuple(fields["options"])
        place = Place("made_up", "count", level, "choice" if options else "open")
        made.append(
            Case(
                data_id=f"made_up-v1-count-{level.lower()}-{number}",
                place=place,
                split=fields["split"],
                question=fields["question"],
                options=options,
                answer=fields["answer"],
                picture=fields["picture"],
                content=f"{fields['picture']} {fields['question']}",
                wrong=fields.get("wrong"),
                measure=fields.get("measure", 10.0),
                told=fields.get("told", frozenset()),
                described=fields.get("described", 0),
                shown=fields.get("shown"),
            )
        )
    return made


@pytest.fixture
def cases() -> Callable[..., list[Case]]:
    """Make up cases; see `made_up`."""
    return made_up
