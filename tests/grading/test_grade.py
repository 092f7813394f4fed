"""Where an answer is looked for, what contradicts it, and failures that others are known for."""

from __future__ import annotations

import json
import pickle
from concurrent.futures import ThreadPoolExecutor

import pytest

import gameqa
from gameqa import answers
from gameqa.errors import GameQAError
from gameqa.grading import has_format
from gameqa.prompts import prompt_text

CELL = {"v": 1, "kind": "coordinate", "answer": "(3, 4)"}
CELL["reader"] = {"type": "coordinate", "axes": ["row", "column"]}
SEVEN = {"v": 1, "kind": "integer", "answer": "7"}
SQUARE = {
    "v": 1,
    "kind": "phrase",
    "answer": "d5",
    "reader": {"type": "phrase", "pattern": "[a-h][1-8]", "form": "A square."},
}
SLOT = {"v": 1, "kind": "slot", "answer": "[1, 0] on Level 0"}
SLOT |= {"game": "pyramid_chess", "task": "best_placement"}
MATRIX = {"v": 1, "kind": "matrix", "answer": "[[0, 0], [0, 1]]"}
MATRIX["reader"] = {"type": "matrix", "rows": 2, "cols": 2, "symbols": [0, 1]}
OPTIONS = ["up", "down", "up, left", "7"]
CHOICE = {"v": 1, "kind": "choice", "answer": "B", "options": OPTIONS}


def is_right(target: dict[str, object], response: object) -> bool:
    """Grade by the spec as a mapping and as JSON, which must not differ."""
    grade = gameqa.grade(target, response)
    assert grade == gameqa.grade(json.dumps(target), response)
    assert grade.score == float(grade.correct)
    assert grade.reason
    assert "\n" not in grade.reason
    return grade.correct


@pytest.mark.parametrize(
    ("target", "response", "right"),
    [
        (CELL, "(3, 5)", False),
        (CELL, "(3,4)", True),
        (SLOT, "[1, 2] at level 0", False),
        (SLOT, "[1, 0] at level 0", True),
        (MATRIX, "[[0,1],[1,1]]", False),
        (MATRIX, "[[0,0],[0,1]]", True),
        (SQUARE, "The square is d5", True),
        (SQUARE, "The square is d4", False),
    ],
)
def test_known_failures_of_the_public_grader(
    target: dict[str, object], response: str, right: bool
) -> None:
    """Catches the wrong grades that were measured on the only public rule grader."""
    assert is_right(target, response) is right
    assert is_right(target, f"<think>…</think><answer>{response}</answer>") is right


@pytest.mark.parametrize(
    ("response", "right"),
    [
        # The order: tag, box, answer line, after the thinking, bare.
        ("The answer is 8, or so I thought. <answer>7</answer>", True),
        ("<answer>8</answer> The answer is 7", False),
        ("<think>8</think> \\boxed{7}", True),
        ("8 + 1 is 9.\nAnswer: 7", True),
        ("<think>7</think>8", False),
        ("<think>8</think>7", True),
        ("7", True),
        # Several marks must agree, whatever their order.
        ("<answer>7</answer> <answer>7 moves</answer>", True),
        ("<answer>8</answer> <answer>7</answer>", False),
        ("<answer>7</answer> \\boxed{8}", False),
        ("\\boxed{8} <answer>7</answer>", False),
        ("\\boxed{7} <answer>seven</answer>", True),
        ("Answer: 8\n<answer>7</answer>", False),
        ("The answer is 8. No: the answer is 7.", False),
        ("The answer is not 8. The answer is 7.", True),
        ("<answer>7 or 8</answer> <answer>7</answer>", False),
        ("\\boxed{8.5} \\boxed{7}", False),
        ("Answer: 7.5\nAnswer: 7", False),
        ("Put it in <answer>your answer</answer>. <answer>7</answer>", True),
        ("It goes between <answer> and </answer>: <answer>7</answer>", True),
        ("I use <answer> tags. <answer>7</answer>", True),
        # Thinking does not count, cut-off responses neither.
        ("<think><answer>7</answer>", False),
        ("<think>a</think><think>b <answer>7</answer>", False),
        ("<think>it is 7</think>", False),
        ("no tag before it</think>7", True),
        ("<answer>7", False),
        ("<answer>7</answer><answer>7", False),
        ("\\boxed{7", False),
        ("", False),
        ("</think>", False),
    ],
)
def test_extraction(response: str, right: bool) -> None:
    """Catches a changed order of extraction, and a contradiction that is passed over."""
    assert is_right(SEVEN, response) is right


@pytest.mark.parametrize(
    ("response", "right"),
    [
        ("7.0", True),
        ("7.5", False),
        ("07", False),
        ("-7", False),
        ("7%", False),
        ("1,234", False),
        ("7²", False),
        ("7 + 0", False),
        ("7 or 8", False),
        ("7-8", False),
        ("7 and a half", False),
        ("7th", False),
        ("~7", False),
        (">= 7", False),
        ("77", False),
        ("seven hundred", False),
        ("７", True),
        ("Seven.", True),
        ("$7$ moves", True),
        ("n = 7", True),
        ("4 + 3 = 7", True),
        ("10 - 2×2 + 1 = 7 moves", True),
        ("4 + 4 = 7", False),
        ("4 + 3 = 7 = 8", False),
        ("8 = 7", False),
        ("7 = 4 + 3", False),
        ("3 + 4 = -7", False),
    ],
)
def test_integer(response: str, right: bool) -> None:
    """Catches a number picked out of something that is not that number."""
    assert is_right(SEVEN, f"<answer>{response}</answer>") is right


@pytest.mark.parametrize(
    ("response", "right"),
    [
        ("column 4, row 3", True),
        ("column 3, row 4", False),
        ("(column, row) = (4, 3)", True),
        ("(4, 3)", False),
        ("x = 3, y = 4", False),
        ("3.4", False),
        ("34", False),
        ("(3, 4, 0)", False),
        ("(3, 4), (3, 5)", False),
        ("((3, 4))", False),
        ("(3, 4]", False),
        ("row 3", False),
        ("(-3, 4)", False),
    ],
)
def test_coordinate(response: str, right: bool) -> None:
    """Catches axes that are read in the wrong order, and cells with a part too much or too few."""
    assert is_right(CELL, f"<answer>{response}</answer>") is right


@pytest.mark.parametrize(
    ("response", "right"),
    [
        ("B", True),
        ("b", True),
        ("(B)", True),
        ("B.", True),
        ("**B**", True),
        ("Option B", True),
        ("B: down", True),
        ("down", True),
        ("B: up", False),
        ("A: down", False),
        ("B or C", False),
        ("A B C D", False),
        ("ABCD", False),
        ("A: up\nB: down\nC: up, left\nD: 7", False),
        ("downwards", False),
        ("not B", False),
        ("B?", False),
        ("E", False),
        ("2", False),
    ],
)
def test_choice(response: str, right: bool) -> None:
    """Catches a letter found by substring, and a letter that its text contradicts."""
    assert is_right(CHOICE, f"<answer>{response}</answer>") is right
    assert is_right(CHOICE, response) is right


@pytest.mark.parametrize(
    ("response", "right"),
    [
        ("The answer is B. This is because the ball fell.", True),
        ("The answer is B. I counted twice.", True),
        ("The answer is B. A marble blocks the way.", True),
        ("The answer is B. C is plausible too.", False),
        ("The answer is B. A is plausible too.", False),
        ("The answer is B. Up.", False),
        ("The answer is B. 7 moves.", False),
        ("The answer is B. However, C fits as well.", False),
        ("The answer is B, down.", True),
        ("Answer: B\nC", False),
        ("Answer: B\n\nThe others are blocked.", True),
    ],
)
def test_what_follows_a_letter(response: str, right: bool) -> None:
    """Catches a letter whose text, or second thoughts, are taken for a sentence of its own."""
    assert is_right(CHOICE, response) is right


def test_option_letters_beat_option_texts() -> None:
    """Catches a bare letter that is read as the text of another option."""
    target = {"v": 1, "kind": "choice", "answer": "A", "options": ["B", "A", "C"]}
    assert is_right(target, "A")
    assert not is_right(target, "B")
    assert is_right(target, "A: B")


@pytest.mark.parametrize("response", [None, 7, b"7", ["7"], {"answer": "7"}, float("nan")])
def test_what_is_no_text_is_wrong(response: object) -> None:
    """Catches an exception, or a pass, for a response that is no string."""
    grade = gameqa.grade(SEVEN, response)
    assert not grade.correct
    assert grade.extracted is None


@pytest.mark.parametrize(
    "target",
    [
        None,
        7,
        [],
        "",
        "not json",
        "[1]",
        {},
        {"v": 2, "kind": "integer", "answer": "7"},
        {"v": 1, "kind": "integer"},
        {"v": 1, "answer": "7"},
        {"v": 1, "kind": "no such kind", "answer": "7"},
        {"v": 1, "kind": "integer", "answer": "seven"},
        {"v": 1, "kind": "choice", "answer": "B"},
        {"v": 1, "kind": "choice", "answer": "E", "options": OPTIONS},
        {"v": 1, "kind": "choice", "answer": "B", "options": 7},
        {"v": 1, "kind": "coordinate", "answer": "(3, 4)"},
        {"v": 1, "kind": "slot", "answer": "[1, 0] on Level 0"},
        {"v": 1, "kind": "slot", "answer": "[1, 0] on Level 0", "game": "chess", "task": "x"},
        {**MATRIX, "reader": {"type": "matrix", "rows": "2"}},
        {**MATRIX, "reader": 7},
        {"answer": "7", "answer_type": "integer"},
        {"answer": "7"},
        {"game": "sokoban"},
    ],
)
def test_broken_targets_raise_one_line(target: object) -> None:
    """Catches a broken row or spec that quietly grades everything as wrong."""
    with pytest.raises(GameQAError) as error:
        gameqa.grade(target, "7")  # type: ignore[arg-type]
    assert "\n" not in str(error.value)


def test_rows_samples_and_specs_agree() -> None:
    """Catches a target that is graded by other rules than the same question in another shape."""
    for form in ("choice", "open"):
        sample = gameqa.sample("tictactoe", task="best_move", index=4, answer_format=form)
        row = sample.row()
        row["image"] = object()  # whatever a loaded row holds: only text columns count
        loaded = {**row, "options": tuple(row["options"])}
        targets = [sample, row, loaded, gameqa.grading_spec(row), gameqa.grading_spec(sample)]
        texts = [sample.answer, "(0, 0)", "(1, 1)", "(2, 2)", "none", "A", "B", "C", ""]
        for text in texts:
            assert len({gameqa.grade(target, text) for target in targets}) == 1
        assert gameqa.grade(row, sample.answer).correct


def test_a_broken_state_is_an_error_and_not_a_wrong_answer() -> None:
    """Catches a row whose state cannot be read, graded as if the response were wrong."""
    row = gameqa.sample("tictactoe", task="best_move", answer_format="open").row()
    for broken in ("{", "[]", "7", '{"board": 3}'):
        with pytest.raises(GameQAError):
            gameqa.grade({**row, "state": broken}, "(9, 9)")


def test_several_right_answers() -> None:
    """Catches a task with several right answers of which only the one in the row is taken."""
    found = 0
    for index in range(12):
        sample = gameqa.sample("jewel2", task="find_gem", index=index, answer_format="open")
        spec = gameqa.grading_spec(sample)
        cells = [(x, y) for x in range(9) for y in range(9)]
        right = [cell for cell in cells if gameqa.grade(spec, str(cell)).correct]
        assert str(sample.answer) in map(str, right)
        found += len(right) > 1
    assert found


def test_grades_from_threads_and_pickles() -> None:
    """Catches shared state: eight threads and a pickled target give the grades of one thread."""
    pairs = []
    for game in ("sokoban", "maze", "jewel2", "tetris"):
        for index in range(12):
            sample = gameqa.sample(game, index=index, answer_format="open", modality="text")
            spec = pickle.loads(pickle.dumps(gameqa.grading_spec(sample)))
            pairs += [(spec, sample.answer), (spec, f"<answer>{index}</answer>"), (spec, "B")]
    alone = [gameqa.grade(spec, text) for spec, text in pairs]
    assert pickle.loads(pickle.dumps(alone)) == alone
    with ThreadPoolExecutor(8) as threads:
        futures = [threads.submit(gameqa.grade, *pair) for pair in pairs * 8]
        assert [future.result() for future in futures] == alone * 8


def test_formats() -> None:
    """Catches a format reward for a response whose answer a reader would have to search."""
    assert has_format("<think>so</think><answer>B</answer>")
    assert has_format("so it is \\boxed{\\frac{1}{2}}.", "boxed")
    assert has_format("B", "plain")
    for text in ("B", "<answer></answer>", "<answer>B", "<answer>B</answer><answer>B</answer>"):
        assert not has_format(text)
        assert not has_format(text, "boxed")
    for text in ("<think><answer>B</answer></think>", "<think>so <answer>B</answer>", "", None, 3):
        assert not has_format(text)
        assert not has_format(text, "plain")
    with pytest.raises(GameQAError, match="answer_style"):
        has_format("B", "tags")


def test_prompts() -> None:
    """Catches a prompt that does not say where the answer has to stand."""
    sample = gameqa.sample("sokoban", task="minimum_moves", modality="text")
    row = sample.row()
    assert prompt_text(row, "plain") == sample.question
    for style, mark in (("tag", "<answer>"), ("boxed", "\\boxed{}")):
        text = prompt_text(sample, style)
        assert text == prompt_text(row, style)
        assert text.startswith(sample.question + "\n\n")
        assert mark in text[len(sample.question) :]
    with pytest.raises(GameQAError, match="Did you mean 'tag'"):
        prompt_text(row, "tags")
    with pytest.raises(GameQAError, match="'question'"):
        prompt_text({"answer_type": "choice"})


def test_a_kind_of_another_package() -> None:
    """Catches a kind without a reader of ours that is not read by its own `read`."""

    class Fruit(answers.AnswerKind):
        name = "fruit"
        form = "Answer with a fruit."

        def text(self, value: object) -> str:
            return str(value)

        def parse(self, text: str) -> str:
            if text not in ("apple", "pear"):
                raise KeyError(text)
            return text

    from gameqa.grading.reading import UnreadableError, read_open

    assert read_open(Fruit(), "It is apple.") == "apple"
    with pytest.raises(UnreadableError):
        read_open(Fruit(), "apples")


@pytest.mark.parametrize(
    ("target", "response", "outcome"),
    [
        (SEVEN, "7", "right"),
        (SEVEN, "<answer>8</answer>", "wrong"),
        (CHOICE, "C", "wrong"),
        (CHOICE, "A: down", "contradictory"),
        (CHOICE, "B, C", "contradictory"),
        (SEVEN, "<answer>7</answer> or <answer>8</answer>", "contradictory"),
        (SEVEN, "<answer>seven or eight</answer> <answer>7</answer>", "contradictory"),
        (SEVEN, "Answer: 7. Wait, no.", "contradictory"),
        (SEVEN, "<answer></answer>", "no answer"),
        (SEVEN, "<think>7", "no answer"),
        (SEVEN, "I do not see a picture.", "no answer"),
        (SEVEN, None, "no answer"),
    ],
)
def test_outcomes(target: dict[str, object], response: object, outcome: str) -> None:
    """Catches hedging that is told as a wrong answer, and silence that is told as hedging."""
    grade = gameqa.grade(target, response)
    assert (grade.outcome, grade.correct) == (outcome, outcome == "right"), grade
