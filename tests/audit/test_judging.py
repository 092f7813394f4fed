"""What falls short is named, exceptions cover what they say, and idle ones are reported."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

import gameqa
from gameqa.builders.audit import levels, texts
from gameqa.builders.audit.auditing import audit_rows
from gameqa.builders.audit.exceptions import Excuse, read_excuses
from gameqa.builders.audit.judging import EXCUSED, FAIL, WARN, excuse, judge
from gameqa.builders.audit.measuring import measure_task
from gameqa.builders.audit.reading import read_case
from gameqa.builders.audit.settings import Bounds
from gameqa.errors import GameQAError
from gameqa.registry import all_games


def findings(cases: list[Any]) -> list[tuple[str, str, str]]:
    cells = measure_task(cases, with_classifier=False)
    found = judge(cells, Bounds())
    return [(f.place.plot_level, f.check, f.status) for f in found if f.status == FAIL]


def hardness(value: float) -> Any:
    return lambda rng, fields: fields.update(measure=value)


def test_levels_swapped(cases: Any) -> None:
    """Catches a Hard that is no harder than Medium."""
    rising = [*cases(120, hardness(1.0)), *cases(120, hardness(2.0), "Medium")]
    assert findings([*rising, *cases(120, hardness(3.0), "Hard")]) == []
    assert findings([*rising, *cases(120, hardness(1.5), "Hard")]) == [("Hard", "levels", FAIL)]


def test_few_samples_only_warn(cases: Any) -> None:
    """Catches a small build that "falls short" by chance."""

    def plant(rng: random.Random, fields: dict[str, Any]) -> None:
        fields["answer"] = fields["options"][0]

    for count, status in ((60, WARN), (240, FAIL)):
        found = judge(measure_task(cases(count, plant), with_classifier=False), Bounds())
        assert {f.status for f in found if f.check == "rank"} == {status}


def test_every_game_has_a_measure_that_reads_its_rows() -> None:
    """Catches a game whose levels are not measured, and a measure of a key that is not there."""
    own = [g for g in all_games() if type(g).__module__.startswith("gameqa.games.")]
    assert sorted(levels.MEASURES) == [game.slug for game in own]
    for game in own:
        for task in game.tasks:
            made = gameqa.sample(game, task=task.slug, plot_level="medium", modality="text")
            assert read_case(made).measure is not None, made.data_id


def test_a_question_that_tells_the_board(cases: Any) -> None:
    """Catches a question that repeats what the picture should show, rules not counted."""
    rules = "A snake moves one cell at a time and dies at walls."

    def plant(told: bool) -> Any:
        def planted(rng: random.Random, fields: dict[str, Any]) -> None:
            cells = ", ".join(f"({rng.randrange(9)}, {rng.randrange(9)})" for _ in range(9))
            described = texts.runs(f"{rules} The snake covers {cells}.")
            question = f"{rules} How long is it?" + (f" It covers {cells}." if told else "")
            fields["told"] = described & texts.runs(question)
            fields["described"] = len(described)

        return planted

    assert findings(cases(plant=plant(True))) == [("Easy", "told", FAIL)]
    assert findings(cases(plant=plant(False))) == []


def test_a_wrong_answer_among_real_rows_is_named() -> None:
    """Catches answers believed instead of recomputed."""
    rows = [gameqa.sample("snake", task=2, index=index).row() for index in range(12)]
    assert audit_rows(rows, excuses=[], with_classifier=False).failures == []
    rows[5]["answer"] = str(int(rows[5]["answer"]) + 1)
    (failure,) = audit_rows(rows, excuses=[], with_classifier=False).failures
    assert failure.check == "recomputed" and rows[5]["data_id"] in failure.text


def test_a_column_that_is_missing_is_named() -> None:
    """Catches a traceback where a dataset is not of ours."""
    row = gameqa.sample("snake").row()
    del row["query"]
    with pytest.raises(GameQAError, match="query"):
        audit_rows([row], with_classifier=False)
    with pytest.raises(GameQAError, match="no rows"):
        audit_rows([], with_classifier=False)


EXCUSE = Excuse("made_up", ("count",), ("Easy",), (), "rank", 0.9, "three boards in all")


def test_exceptions_cover_what_they_say_and_no_more(cases: Any) -> None:
    """Catches an exception that hides another task, level or check, or one that got worse."""

    def plant(rng: random.Random, fields: dict[str, Any]) -> None:
        fields["answer"] = min(fields["options"], key=int)

    cells = measure_task(cases(plant=plant), with_classifier=False)
    found = [f for f in judge(cells, Bounds()) if f.check == "rank"]
    for own, covers in [
        (replace(EXCUSE, bound=1.0), True),
        (EXCUSE, False),  # up to 90 % only
        (replace(EXCUSE, bound=1.0, levels=()), True),
        (replace(EXCUSE, bound=1.0, levels=("Hard",)), False),
        (replace(EXCUSE, bound=1.0, tasks=("other",)), False),
        (replace(EXCUSE, bound=1.0, forms=("open",)), False),
        (replace(EXCUSE, bound=1.0, check="constant"), False),
    ]:
        marked, _ = excuse(found, [own], cells)
        assert [f.status == EXCUSED for f in marked] == [covers], own


def test_an_exception_that_nothing_needs_is_reported(cases: Any) -> None:
    """Catches a list that keeps what was mended long ago; what was not audited is left alone."""
    cells = measure_task(cases(), with_classifier=False)
    elsewhere = replace(EXCUSE, game="another")
    assert excuse([], [EXCUSE, elsewhere], cells) == ([], [EXCUSE])


def test_the_projects_own_list_can_be_read() -> None:
    """Catches an entry about a game, task or level that is not there, or without a reason."""
    games = {game.slug: game for game in all_games()}
    for own in read_excuses():
        for task in own.tasks:
            games[own.game].task(task)
        assert set(own.levels) <= {level.value for level in games[own.game].levels}
        assert len(own.reason) > 30, own


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("{", "Cannot read"),
        ("game: snake", "not a list"),
        ("- {game: snake, check: rank, bound: 1}", "lacks 'reason'"),
        ("- {game: snake, check: ranks, bound: 1, reason: x}", "'rank'"),
        ("- {game: snake, check: rank, bound: 1, reason: x, level: easy}", "'levels'"),
    ],
)
def test_a_bad_list_of_exceptions(tmp_path: Path, text: str, message: str) -> None:
    """Catches an entry that is silently ignored."""
    path = tmp_path / "list.yaml"
    path.write_text(text)
    with pytest.raises(GameQAError, match=message):
        read_excuses(path)


def test_a_picture_is_itself_however_it_is_stored() -> None:
    """Catches duplicates missed between a palette picture, its bytes and its RGB pixels."""
    made = gameqa.sample("sokoban")
    image = made.image
    assert image is not None
    ways = [
        made.row(),
        {**made.row(), "image": image.convert("RGB")},
        {**made.row(), "image": image},
    ]
    cases = [read_case(made), *map(read_case, ways)]
    assert len({case.picture for case in cases}) == 1
    assert len({case.shown[:2] + case.shown[3:] for case in cases if case.shown}) == 1
    other = read_case(gameqa.sample("sokoban", index=1))
    assert other.picture != cases[0].picture
