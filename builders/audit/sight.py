"""Pictures looked at closely: a few of every task, level and style, for labels and contrast."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from gameqa import engine
from gameqa.builders.audit import labels
from gameqa.builders.audit.case import Case, Place, bare_question
from gameqa.builders.audit.contrast import HARDLY, Contrast, contrast
from gameqa.builders.audit.judging import FAIL, Finding
from gameqa.builders.audit.reading import image_of, indexed, opened_image
from gameqa.drawing import STYLES
from gameqa.game import Game, Task
from gameqa.sample import Form, Level, Split

VARIED = "varied"
_OF_ROWS = 2  # pictures of a place that are looked at in a dataset


@dataclass(frozen=True)
class Seen:
    """What was found in one picture.

    Attributes:
        place: whose picture it is.
        style: its style; "" where unknown.
        data_id: the sample.
        labels: how many labels its question, options and answer use.
        missing: those that were not found, or not in line.
        contrast: of its neighbouring areas.
    """

    place: Place
    style: str
    data_id: str
    labels: int
    missing: tuple[str, ...]
    contrast: Contrast


class Looks:
    """Looks at the first few pictures of every place of a dataset."""

    def __init__(self) -> None:
        self._seen: list[Seen] = []
        self._counts: Counter[Place] = Counter()

    def look(self, row: Mapping[str, Any], case: Case) -> None:
        """Look at a row's picture if few of its place were looked at before."""
        image = image_of(row)
        if image is None or self._counts[case.place] >= _OF_ROWS:
            return
        self._counts[case.place] += 1
        indices, palette = indexed(opened_image(image)[1])
        needed = labels.wanted(case.question, case.options, case.answer)
        self._seen.append(_seen(case.place, "", case.data_id, needed, indices, palette))

    def seen(self) -> list[Seen]:
        """Return what was found so far."""
        return list(self._seen)


def look_at_task(
    game: Game[Any, Any], task: Task[Any, Any], form: Form, levels: Iterable[Level], seed: int
) -> list[Seen]:
    """Look at one sample of each level and style."""
    seen = []
    for number, (level, style) in enumerate(product(levels, STYLES)):
        address = engine.address_of(game, task, level, Split.TRAIN, seed, number)
        made = engine.make(game, task, address, style=style, answer_format=form)
        picture = made.picture
        if picture is None:
            continue
        answer = made.answer if not made.options else ""
        needed = labels.wanted(bare_question(made.question, made.options), made.options, answer)
        place = Place(game.slug, task.slug, level.value, form.value)
        seen.append(_seen(place, style, made.data_id, needed, picture.indices, picture.palette))
    return seen


def _seen(
    place: Place,
    style: str,
    data_id: str,
    needed: labels.Wanted,
    indices: npt.NDArray[Any],
    palette: npt.NDArray[np.uint8],
) -> Seen:
    _, back = np.unique(palette, axis=0, return_inverse=True)
    codes = back.reshape(-1)[indices].astype(np.int32)
    return Seen(
        place=place,
        style=style,
        data_id=data_id,
        labels=len(needed.all),
        missing=labels.missing(codes, needed),
        contrast=contrast(indices, palette),
    )


def judge(seen: Sequence[Seen]) -> list[Finding]:
    """Return which pictures lack labels, or have neighbours that some cannot tell apart."""
    findings = []
    for own in seen:
        style = f" in {own.style}" if own.style else ""
        if own.missing:
            share = 1 - len(own.missing) / max(own.labels, 1)
            text = f"{own.data_id}{style} lacks the labels {', '.join(own.missing)}"
            findings.append(Finding(own.place, "labels", max(share, 0.0), 1.0, FAIL, text))
        if own.style == VARIED:
            continue  # turns the hues of decoration only: what has a meaning shows in the others
        for one, other, normal, left in own.contrast.lost:
            text = (
                f"{own.data_id}{style}: {one} next to {other}, a difference of {normal:g} that "
                f"is {left:g} without green cones"
            )
            findings.append(Finding(own.place, "contrast", left, HARDLY, FAIL, text))
    return findings
