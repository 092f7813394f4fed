"""What holds for any response: it never raises, and its dress does not change its grade."""

from __future__ import annotations

import os
import random
import re
from typing import Any

import pytest
from grading_corpus import corpus, wrappers
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import gameqa
from gameqa.errors import GameQAError
from gameqa.grading.grader import READER_FAILED
from gameqa.sample import Form

SAMPLES = int(os.environ.get("GAMEQA_SAMPLES", "40"))


def _one_of_each_kind() -> list[tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for _, _, sample in corpus.samples(1):
        found.setdefault(sample.answer_type, (gameqa.grading_spec(sample), sample.answer))
    return list(found.values())


SPECS = _one_of_each_kind()
PIECES = st.sampled_from(
    "<answer> </answer> <think> </think> \\boxed{ } { ( ) [ ] , . : ; = -> - + 7 0 1 (3,4) A B "
    "row column up left Spade of not or is the answer Answer: ** ` $ \\frac \\text{ \\\\ \n _ # ? "
    "％ （ 。 答案 seven -0 1e9 ½ ² \x00 \ud800 İ ß".split(" ")
)
# The same responses in every run: what fails here fails for everybody.
REPRODUCIBLE = settings(derandomize=True, deadline=None, suppress_health_check=list(HealthCheck))
RESPONSES = st.one_of(
    st.text(),
    st.lists(PIECES, max_size=40).map(" ".join),
    st.lists(PIECES, max_size=40).map("".join),
)


@settings(REPRODUCIBLE, max_examples=150)
@given(RESPONSES, st.sampled_from(SPECS))
def test_no_response_raises(response: str, pair: tuple[str, str]) -> None:
    """Catches an exception, or a grade that is neither right nor wrong."""
    grade = gameqa.grade(pair[0], response)
    assert grade.score == float(grade.correct)
    assert grade.reason and "\n" not in grade.reason
    assert READER_FAILED not in grade.reason
    assert grade == gameqa.grade(pair[0], response)


@settings(REPRODUCIBLE, max_examples=100)
@given(RESPONSES, st.sampled_from(SPECS), st.text(" \n\t\r\u3000", max_size=9))
def test_space_round_a_response_changes_nothing(
    response: str, pair: tuple[str, str], space: str
) -> None:
    """Catches a grade that depends on blanks before or after the response or in the tag."""
    grade = gameqa.grade(pair[0], response)
    assert gameqa.grade(pair[0], space + response + space).correct == grade.correct
    inside = gameqa.grade(pair[0], f"<answer>{response}</answer>").correct
    assert gameqa.grade(pair[0], f"<answer>{space}{response}{space}</answer>").correct == inside


@settings(REPRODUCIBLE, max_examples=100)
@given(st.text(), st.sampled_from(SPECS))
def test_what_is_thought_does_not_count(thought: str, pair: tuple[str, str]) -> None:
    """Catches an answer read from the thinking, and thinking that spoils the answer after it."""
    thought = thought.replace("<", "").replace("◁", "")
    spec, answer = pair
    assert gameqa.grade(spec, f"<think>{thought}</think><answer>{answer}</answer>").correct
    assert not gameqa.grade(spec, f"<think>{thought}<answer>{answer}</answer>").correct
    assert not gameqa.grade(spec, f"<think>{thought}<answer>{answer}</answer></think>").correct


@pytest.mark.parametrize("number", range(len(SPECS)))
def test_canonical_text_is_right_in_every_form(number: int) -> None:
    """Catches a wrapper that loses the answer of some kind."""
    spec, answer = SPECS[number]
    for name, form in wrappers.RIGHT.items():
        assert gameqa.grade(spec, wrappers.fill(form, answer)).correct, name


def _mutated(text: str, coin: random.Random) -> str:
    """Change a text by a few letters or tokens, as a careless or cheating model might."""
    for _ in range(coin.randint(1, 3)):
        at = coin.randrange(len(text) + 1)
        tokens = re.findall(r"\w+|\W", text) or [""]
        place = coin.randrange(len(tokens))
        change = coin.randrange(7)
        if change == 0:
            text = text[:at] + text[at + 1 :]
        elif change == 1:
            text = text[:at] + coin.choice("0123456789,()[]-=<> ABCDabcd.xX") + text[at:]
        elif change == 2:
            tokens.pop(place)
            text = "".join(tokens)
        elif change == 3:
            other = coin.randrange(len(tokens))
            tokens[place], tokens[other] = tokens[other], tokens[place]
            text = "".join(tokens)
        elif change == 4:
            text = "".join([*tokens[:place], tokens[place], " ", *tokens[place:]])
        elif change == 5:
            words = "not or and up left 1 2 row column true false Spade none at least".split()
            text = " ".join([*tokens[:place], coin.choice(words), *tokens[place:]])
        else:
            text = re.sub(
                r"\d+", lambda n: str(int(n[0][:9]) + coin.choice((-1, 0, 0, 1))), text, count=2
            )
    return text


def _bare(text: str) -> str:
    """Take away what can never matter, for the strict reading: blanks, case, brackets' kinds."""
    text = text.lower().translate(str.maketrans("[]{}", "()()"))
    return re.sub(r"[\s.,;:\"'()=\-]+", " ", text).strip()


def _essence(text: str) -> tuple[list[str], list[str]]:
    """Return the numbers of an answer and its longer words; who is right must have all of them."""
    numbers = re.findall(r"\d+", re.sub(r"(?<=\d)\.0+\b", "", text))
    return sorted(numbers), [word[:4] for word in re.findall("[a-z]{2,}", text.lower())]


def _loses_something(kind: str, answer: str, text: str) -> bool:
    """Return whether a text lacks a number or a word of an answer, or turns it round."""
    if re.findall(r"\b(?:not|or|least|none)\b", text) != re.findall(
        r"\b(?:not|or|least|none)\b", answer
    ):
        return True
    *_, before, after = ["", *text.strip(" =").split("=")]
    if kind == "integer" or _essence(before) == _essence(after):  # "2 + 1 = 3", "h2 = h2"
        text = after
    elif verb := re.match(r"[a-z]+s\b", answer):  # "removes 3": a subject may stand before it
        text = text[max(0, text.find(verb[0])) :]
    numbers, words = _essence(answer)
    if kind == "numbers":  # their names may be left out
        words = []
    if kind in (
        "sequence",
        "moves",
        "labelled",
        "decimal",
        "card",
        "card_or_Empty",
    ):  # "up x2", "UUR", "0.60"
        return False
    if kind == "box":  # either of two orders, if named
        return set(numbers) != set(_essence(text)[0])
    optional = set("faci pile card from move bean capt marb scor leve the of on to at with".split())
    lost = bool(numbers) and numbers != _essence(text)[0]
    return lost or bool({*words} - {*_essence(text)[1]} - optional)


def _fuzz(samples: int, mutations: int) -> tuple[int, int]:
    coin = random.Random(samples * mutations)
    graded = accepted = 0
    for game, task, sample in corpus.samples(samples):
        if sample.answer_type == "choice":
            continue
        spec = gameqa.grading_spec(sample)
        for _ in range(mutations):
            text = _mutated(sample.answer, coin)
            grade = gameqa.grade(spec, f"<answer>{text}</answer>")
            graded += 1
            strict = _strict(game, task, sample, text.strip())
            if strict is not None:
                # Strictly it is an answer: then the verdict must be the task's.
                assert grade.correct == strict, (sample.data_id, sample.answer, text, grade)
            elif grade.correct and not _several_right(task):
                accepted += 1
                lost = _loses_something(sample.answer_type, sample.answer, text)
                assert not lost, (sample.data_id, sample.answer, text, grade)
    return graded, accepted


def _strict(game: Any, task: Any, sample: Any, text: str) -> bool | None:
    import json

    if task.kind.name in ("slot", "decimal"):
        return None  # their `parse` is itself lenient
    try:
        value = task.kind.parse(text)
        shape = [re.sub(r"[\s,]", "", re.sub(r"\d", "0", t)) for t in (text, sample.answer)]
        if task.kind.name == "matrix" and shape[0] != shape[1]:
            return None  # its `parse` overlooks brackets, `grade` does not
        is_card = task.kind.name.startswith("card")  # read by `gameqa.cards`, in any writing
        if not is_card and _bare(task.kind.text(value)) != _bare(text):
            return None
    except (GameQAError, ValueError):
        return None
    state, query = game.decode(json.loads(sample.state)), json.loads(sample.query)
    return bool(task.accepts(state, query, value))


def _several_right(task: Any) -> bool:
    from gameqa.grading.spec import accepts_several

    return accepts_several(task)


def test_fuzz() -> None:
    """Catches a mutated answer that is accepted although it lacks or adds something."""
    graded, _ = _fuzz(1, 12)
    assert graded > 1_500


@pytest.mark.deep
def test_fuzz_at_length() -> None:
    """Catches what a few mutations do not find."""
    graded, accepted = _fuzz(max(3, SAMPLES // 100), 300)
    assert graded > 100_000
    assert accepted


@pytest.mark.parametrize("form", list(Form), ids=str)
def test_gold_answers_are_right_and_shuffled_ones_wrong(form: Form) -> None:
    """Catches a gold answer that is refused, and the answer of another row that is accepted."""
    check_rows(form, 2)


@pytest.mark.deep
@pytest.mark.parametrize("form", list(Form), ids=str)
def test_gold_answers_of_many_rows(form: Form) -> None:
    """The same on 200 rows of every task."""
    print(check_rows(form, int(os.environ.get("GAMEQA_GOLD_ROWS", "200"))))


def check_rows(form: Form, number: int) -> tuple[int, int]:
    """Grade gold answers in every form, and answers of other rows, of every task."""
    import json

    from gameqa.registry import all_games

    right = wrong = 0
    for game in all_games():
        for task in game.tasks:
            if form not in task.forms:
                continue
            rows = [
                gameqa.sample(game, task=task.slug, index=i, answer_format=form, modality="text")
                for i in range(number)
            ]
            specs = [gameqa.grading_spec(row) for row in rows]
            for at, (row, spec) in enumerate(zip(rows, specs, strict=True)):
                for name, wrapper in wrappers.RIGHT.items():
                    grade = gameqa.grade(spec, wrappers.fill(wrapper, row.answer))
                    assert grade.correct, (row.data_id, name, row.answer, grade)
                    right += 1
                other = rows[(at + 1 + at % max(1, number - 1)) % number].answer
                if form is Form.OPEN:
                    state = game.decode(json.loads(row.state))
                    value = task.kind.parse(other)
                    if task.accepts(state, json.loads(row.query), value):
                        continue
                elif other == row.answer:
                    continue
                # Every wrapper has its turn among the rows of a task.
                for name, wrapper in list(wrappers.RIGHT.items())[at % 9 :: 9]:
                    grade = gameqa.grade(spec, wrappers.fill(wrapper, other))
                    assert not grade.correct, (row.data_id, name, row.answer, other, grade)
                    wrong += 1
    return right, wrong
