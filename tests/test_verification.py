"""`check_row`: right rows pass, and each sort of wrong row is told apart."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image

import gameqa
from gameqa.game import Game
from gameqa.registry import all_games
from gameqa.verification import check_picture, check_row

Row = dict[str, Any]


def row_of(game: str = "sokoban", **options: Any) -> Row:
    return gameqa.sample(game, **options).row()


@pytest.mark.parametrize("game", all_games(), ids=lambda game: game.slug)
def test_right_rows_pass(game: Game[Any, Any]) -> None:
    """Catches a check that a right row fails, in any task, form, modality or style."""
    for place, task in enumerate(game.tasks):
        for form in ("choice", "open"):
            options: Row = {"task": task.slug, "answer_format": form, "index": place}
            sample = gameqa.sample(game, style="varied", **options)
            assert check_row(sample) is None, sample.data_id
            assert check_row(sample.row()) is None, sample.data_id
            told = gameqa.sample(game, modality="text", **options).row()
            assert check_row(told) is None, sample.data_id
        assert check_picture(sample.row(), "varied") is None, sample.data_id


def other_letter(row: Row) -> None:
    row["answer"] = "A" if row["answer"] != "A" else "B"


def swap_options(row: Row) -> None:
    row["options"][0], row["options"][1] = row["options"][1], row["options"][0]


def same_option_twice(row: Row) -> None:
    right = ord(row["answer"]) - ord("A")
    row["options"][(right + 1) % len(row["options"])] = row["options"][right] + " "


def other_state(row: Row) -> None:
    row["state"] = row_of(task="player_position", index=9)["state"]


def unstable_state(row: Row) -> None:
    row["state"] = json.dumps(json.loads(row["state"]), indent=1)


def setting(column: str, value: Any) -> Callable[[Row], None]:
    def change(row: Row) -> None:
        row[column] = value

    return change


def replacing(column: str, old: str, new: str) -> Callable[[Row], None]:
    def change(row: Row) -> None:
        assert old in row[column]
        row[column] = row[column].replace(old, new)

    return change


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (other_letter, "answer is "),
        (setting("answer", None), "answer is None"),
        (setting("answer", 3), "answer is 3"),
        (swap_options, "answer is |question is not"),
        (same_option_twice, "two options are the same"),
        (setting("options", []), "served open|answer_type is 'choice'"),
        (setting("options", "AB"), "options are 'AB'"),
        (setting("options", None), "options are None"),
        (other_state, "answer is |no option is|question is not"),
        (unstable_state, "state is not as the game writes it"),
        (setting("state", "{"), "state cannot be read: JSONDecodeError"),
        (setting("state", None), "state cannot be read"),
        (setting("state", "{}"), "state cannot be read: KeyError"),
        (setting("query", "[1]"), "query is .* not a JSON object"),
        (setting("data_id", "sokoban"), "data_id 'sokoban' is no address"),
        (setting("data_id", None), "data_id None is no address"),
        (replacing("data_id", "sokoban-v", "sokobann-v"), "no game 'sokobann'"),
        (replacing("data_id", "sokoban-v", "sokoban-v9"), "made by version 9"),
        (replacing("data_id", "-player_position-", "-tetris-"), "task of sokoban 'tetris'"),
        (replacing("data_id", "-train-", "-test-"), "belongs to train, not to test"),
        (replacing("data_id", "-easy-", "-hard-"), "plot_level is 'Easy' where 'Hard'"),
        (setting("question_id", 99), "question_id is 99 where"),
        (setting("domain", "out"), "domain is 'out' where 'in' belongs"),
        (setting("qa_level", "Hard"), "qa_level is 'Hard' where"),
        (setting("answer_type", "integer"), "answer_type is 'integer' where 'choice'"),
        (replacing("question", "Options:", "Choices:"), "question is not the one"),
        (replacing("analysis", "So the answer is", "Perhaps it is"), "analysis does not end"),
        (lambda row: row.pop("query"), "lacks the column query"),
        (setting("image", None), "question is not the one"),
    ],
)
def test_each_sort_of_wrong_row_is_told(change: Callable[[Row], None], reason: str) -> None:
    """Catches a wrong row that passes, and one that raises."""
    row = row_of(task="player_position", plot_level="easy", index=2)
    change(row)
    told = check_row(row)
    assert told is not None
    assert "\n" not in told
    assert len(told) < 300
    assert re.search(reason, told), told


def test_a_second_right_option_is_told() -> None:
    """Catches a question with two right options, where a task accepts more than its solution."""
    row = row_of("maze", task="path_to_goal", plot_level="easy", index=1)
    right = row["options"][ord(row["answer"]) - ord("A")]
    wrong = (ord(row["answer"]) - ord("A") + 1) % len(row["options"])
    longer = right + ", " + back_and_forth(right.split(", ")[-1])
    row["question"] = row["question"].replace(row["options"][wrong], longer)
    row["options"][wrong] = longer
    told = check_row(row)
    assert told is not None
    assert told.startswith(f"option {chr(ord('A') + wrong)} is right too: {longer[:40]!r}"[:-1])


def back_and_forth(move: str) -> str:
    opposite = {"up": "down", "down": "up", "left": "right", "right": "left"}
    return f"{opposite[move]}, {move}"


def test_a_query_that_does_not_belong_to_the_state_is_told() -> None:
    """Catches an exception of a game's own code that gets out."""
    row = row_of("maze", task="position_after_moves")
    for query in ("{}", '{"moves": 3}', '{"moves": ["jump"]}'):
        told = check_row({**row, "query": query})
        assert told is not None
        assert told.startswith("state and query have no answer: "), told


def test_an_open_answer_is_held_against_the_canonical_text() -> None:
    """Catches an open answer that is only nearly the right one."""
    row = row_of("sokoban", task="minimum_moves", answer_format="open")
    assert check_row(row) is None
    row["answer"] = f"0{row['answer']}"
    assert "recomputed it is" in str(check_row(row))


def test_a_picture_of_another_state_is_told() -> None:
    """Catches a picture that does not belong to its row, or is none."""
    row, other = row_of(index=0), row_of(index=1)
    assert check_picture(row) is None
    decoded = {**row, "image": Image.open(io.BytesIO(row["image"]["bytes"]))}
    assert check_picture(decoded) is None
    assert "picture is" in str(check_picture({**row, "image": other["image"]}))
    assert "picture is" in str(check_picture(row, "dark"))
    assert "cannot be read" in str(check_picture({**row, "image": {"bytes": b"no picture"}}))
    assert check_picture({**row, "image": None}) == "it has no picture"
