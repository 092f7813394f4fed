"""Labels are missed when they are gone, colours when they are lost, measures when out of bounds."""

from __future__ import annotations

import random
from typing import Any

import numpy as np
import pytest

import gameqa
from gameqa.builders.audit import labels
from gameqa.builders.audit.case import Shown, bare_question
from gameqa.builders.audit.contrast import contrast
from gameqa.builders.audit.judging import FAIL, judge
from gameqa.builders.audit.measuring import measure_task
from gameqa.builders.audit.settings import Bounds
from gameqa.builders.audit.sight import Looks
from gameqa.builders.audit.sight import judge as judge_seen
from gameqa.drawing import Canvas, Palette

GROUND, INK = (250, 247, 241), (33, 38, 50)


def board(rows: list[str], cols: list[str], shift: int = 0) -> Any:
    """Return the colour codes of an empty board with these labels, one of them shifted."""
    palette = Palette()
    ramp = palette.ramp(GROUND, INK)
    canvas = Canvas(300, 300, palette.index(GROUND), palette)
    for number, text in enumerate(rows):
        canvas.label(text, 20 + shift * (number == 1), 60 + 40 * number, 16, ramp)
    for number, text in enumerate(cols):
        canvas.label(text, 60 + 40 * number, 20, 16, ramp)
    return canvas.array.astype(np.int32)


NEEDED = labels.Wanted(down=("0", "1", "3"), across=("2", "4"))
ALL = ["0", "1", "2", "3", "4"]


def test_labels_are_found_and_missed() -> None:
    """Catches a search that finds labels that are not there."""
    assert labels.missing(board(ALL, ALL), NEEDED) == ()
    assert labels.missing(board(["5", *ALL[1:]], ["5", *ALL[1:]]), NEEDED) == ("0",)
    assert labels.missing(np.zeros((300, 300), np.int32), NEEDED) == ("0", "1", "3", "2", "4")


def test_labels_out_of_line_are_named() -> None:
    """Catches a check that is content with a number anywhere."""
    found = labels.missing(board(ALL, ALL, shift=60), NEEDED)
    assert found and all(label.endswith("out of line") for label in found)
    one_line_only = board(ALL, ["6", "7", "8"])
    assert labels.missing(one_line_only, NEEDED) != ()


def test_what_words_need() -> None:
    """Catches coordinates that are overlooked, and examples taken for coordinates."""
    question = "Which cell of row 5? Answer with one cell, e.g. (7, 8)."
    wanted = labels.wanted(question, ["(1, 2)", "(10, 4)"], "")
    assert wanted == labels.Wanted(("1", "10"), ("2", "4"), ("5",))
    assert labels.wanted("What stands on h5?", [], "e4") == labels.Wanted(("4", "5"), ("e", "h"))
    assert labels.wanted("How many gems are there?", ["3", "4"], "").all == ()


@pytest.mark.parametrize("game", ["sokoban", "chess_ranger", "freecell"])
def test_a_label_painted_over_is_missed(game: str) -> None:
    """Catches a row whose picture lost its labels on the way."""
    made = gameqa.sample(game, task={"sokoban": 4, "chess_ranger": 4, "freecell": 1}[game])
    answer = made.answer if not made.options else ""
    wanted = labels.wanted(bare_question(made.question, made.options), made.options, answer)
    codes = made.picture.indices.astype(np.int32)
    assert wanted.all and labels.missing(codes, wanted) == ()
    assert set(labels.missing(np.full_like(codes, codes[0, 0]), wanted)) == set(wanted.all)


def halves_of(left: tuple[int, int, int], right: tuple[int, int, int]) -> Any:
    indices = np.zeros((100, 100), np.uint8)
    indices[:, 50:] = 1
    return contrast(indices, np.array([left, right], np.uint8))


def test_red_beside_green_is_lost() -> None:
    """Catches a simulation that leaves colours as they are."""
    found = halves_of((200, 60, 60), (120, 110, 60))
    assert len(found.lost) == 1 and found.normal > 2 * found.deuteranopia
    assert halves_of((20, 60, 200), (240, 220, 60)).lost == ()
    assert halves_of((100, 100, 100), (104, 104, 104)).lost == ()  # close for everyone


def test_rows_are_looked_at(cases: Any) -> None:
    """Catches a dataset's pictures that are never opened."""
    made = gameqa.sample("sokoban", task="player_position").row()
    (case,) = cases(1)
    looks = Looks()
    looks.look(made, case)
    (seen,) = looks.seen()
    assert seen.contrast.normal is not None
    blank = gameqa.sample("sokoban", task="player_position", plot_level="hard", index=1)
    picture = blank.picture
    picture.indices[:] = 0
    looks.look({**blank.row(), "image": {"bytes": picture.png()}}, case_of(blank, case))
    assert [finding.check for finding in judge_seen(looks.seen())] == ["labels"]


def case_of(made: Any, like: Any) -> Any:
    from dataclasses import replace

    return replace(like, question=made.question, options=made.options, answer=made.options[0])


@pytest.mark.parametrize(
    "shown",
    [Shown(300, 300, 900, 20), Shown(1200, 400, 900, 20), Shown(500, 500, 200_000, 20)],
    ids=["small", "long", "heavy"],
)
def test_measures_out_of_bounds_fail(cases: Any, shown: Shown) -> None:
    """Catches pictures that are too small to read or too large to send."""

    def plant(rng: random.Random, fields: dict[str, Any]) -> None:
        fields["shown"] = shown if fields["picture"].endswith(" 7") else Shown(500, 500, 900, 20)

    cells = measure_task(cases(plant=plant), with_classifier=False)
    found = judge(cells, Bounds())
    assert [(f.check, f.status) for f in found if f.status == FAIL] == [("pictures", FAIL)]
