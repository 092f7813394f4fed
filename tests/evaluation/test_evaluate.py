"""`gameqa.evaluate`: what counts, what is reported, what is refused."""

import json
import random
from collections import Counter

import pytest

import gameqa
from gameqa.errors import GameQAError
from gameqa.evaluation import DIMENSIONS, Evaluation, Outcome, Result

LETTERS = "ABCDEFGH"
LEVELS = ("Easy", "Medium", "Hard")


def letter(row):
    return LETTERS[: len(row["options"])]


@pytest.fixture(scope="module")
def rows():
    """Real rows of two games, 300 of them, without pictures."""
    made = []
    for index in range(150):
        for game in ("sokoban", "jewel2"):
            made.append(gameqa.sample(game, index=index, split="test", modality="text").row())
    return made


def test_gold_scores_all_and_garbage_nothing(rows):
    """Catches right answers counted as wrong, and noise counted as right."""
    gold = gameqa.evaluate(rows, {row["data_id"]: row["answer"] for row in rows})
    assert (gold.overall.correct, gold.overall.n, gold.accuracy) == (300, 300, 1.0)
    assert all(group.accuracy == 1 for name in DIMENSIONS for group in gold.by(name).values())
    garbage = gameqa.evaluate(rows, ["lorem ipsum %%% \x00"] * len(rows))
    assert garbage.overall.correct == 0
    assert garbage.overall.outcomes[Outcome.NO_ANSWER] + garbage.overall.outcomes[
        Outcome.WRONG
    ] == len(rows)


def test_a_guesser_is_at_chance(rows):
    """Catches a chance level that is not what guessing reaches."""
    rng = random.Random(7)
    choices = [row for row in rows if row["options"]]
    assert len(choices) > 150
    guesses = gameqa.evaluate(choices, [rng.choice(letter(row)) for row in choices])
    low, high = guesses.overall.interval
    assert low < guesses.overall.chance < high
    assert not guesses.overall.is_above_chance


def test_always_a_scores_as_often_as_a_is_right(rows):
    """Catches a count that is off by rows or options."""
    choices = [row for row in rows if row["options"]]
    always = gameqa.evaluate(choices, ["<answer>A</answer>"] * len(choices))
    assert always.overall.correct == sum(row["answer"] == "A" for row in choices)
    for level, group in always.by("plot_level").items():
        of_level = [row for row in choices if row["plot_level"] == level]
        assert group.n == len(of_level)
        assert group.correct == sum(row["answer"] == "A" for row in of_level)


def test_chance_by_hand(row):
    """Catches another number of options, or a constant answer taken over all tasks together."""

    def open_rows(task, count):
        made = [
            gameqa.sample("sokoban", task=task, index=i, split="test", answer_format="open")
            for i in range(count)
        ]
        return made, Counter(m.answer for m in made).most_common(1)[0][1] / count

    moves, best_move = open_rows("minimum_moves", 7)
    walks, best_distance = open_rows("box_target_distance", 12)
    assert best_move != best_distance
    rows = [row(0, options=["1", "2"], answer="A"), row(1), *moves, *walks]
    evaluation = gameqa.evaluate([r if isinstance(r, dict) else r.row() for r in rows], {})
    chances = [r.chance for r in evaluation.results]
    assert chances == [0.5, 0.25, *[best_move] * 7, *[best_distance] * 12]
    assert evaluation.by("task")["sokoban/box_target_distance"].chance == pytest.approx(
        best_distance
    )
    assert evaluation.by("answer_type")["choice"].chance == pytest.approx(0.375)
    assert evaluation.overall.chance == pytest.approx(sum(chances) / 21)


def test_a_constant_answer_counts_wherever_it_is_accepted():
    """Catches a chance below what a constant answer reaches where several answers are right."""
    rows = [
        gameqa.sample(
            "tictactoe", task="best_move", index=i, split="test", answer_format="open"
        ).row()
        for i in range(60)
    ]
    chance = gameqa.evaluate(rows, {}).overall.chance
    best = max(
        gameqa.evaluate(rows, [answer] * len(rows)).accuracy
        for answer in {row["answer"] for row in rows}
    )
    assert chance == pytest.approx(best)
    assert chance >= max(
        sum(row["answer"] == answer for row in rows) / len(rows)
        for answer in {row["answer"] for row in rows}
    )


def test_groups_and_their_order(row):
    """Catches levels in alphabetical order, and tasks of one name in two games thrown together."""
    rows = [row(n, plot_level=level) for n, level in enumerate(("Hard", "Easy", "Medium"))]
    rows.append(row(9, game="maze"))
    evaluation = gameqa.evaluate(rows, ["B", "A", "B", "B"])
    assert list(evaluation.by("plot_level")) == list(LEVELS)
    assert {n: (g.correct, g.n) for n, g in evaluation.by("plot_level").items()} == {
        "Easy": (1, 2),
        "Medium": (1, 1),
        "Hard": (1, 1),
    }
    assert set(evaluation.by("task")) == {"sokoban/minimum_moves", "maze/minimum_moves"}
    with pytest.raises(GameQAError, match="Did you mean 'plot_level'"):
        evaluation.by("plot_levl")


def test_missing_repeated_conflicting_and_unknown_are_reported(row):
    """Catches rows that drop out of the count, and the luckier of two responses."""
    rows = [row(n) for n in range(5)]
    records = [
        {"data_id": "row-0", "response": "B"},
        {"data_id": "row-1", "response": "B"},
        {"data_id": "row-1", "response": "B"},
        {"data_id": "row-2", "response": "A"},
        {"data_id": "row-2", "response": "B"},
        {"data_id": "row-2", "response": "B"},
        {"data_id": "row-3", "response": None},
        {"data_id": "row-9", "response": "B"},
        {"data_id": "row-9", "response": "C"},
    ]
    for order in (records, records[::-1]):
        evaluation = gameqa.evaluate(rows, iter(order))
        assert (evaluation.overall.n, evaluation.overall.correct) == (5, 2)
        assert evaluation.ids("missing") == ["row-3", "row-4"]
        assert evaluation.ids("conflicting") == ["row-2"]
        assert evaluation.repeated == ("row-1",)
        assert evaluation.unknown == ("row-9",)
        with pytest.raises(GameQAError, match="Did you mean 'missing'"):
            evaluation.ids("mising")


@pytest.mark.parametrize(
    ("response", "outcome"),
    [
        ("<answer>B</answer>", "correct"),
        ("So the answer is B: down.", "correct"),
        ("<answer>C</answer>", "wrong"),
        ("up", "wrong"),
        ("<answer>B</answer> or rather <answer>C</answer>", "contradictory"),
        ("<answer>B, C</answer>", "contradictory"),
        ("<answer>B: up</answer>", "contradictory"),
        ("Answer: B\nAnswer: C", "contradictory"),
        ("", "no answer"),
        ("<think>it may be B", "no answer"),
        ("I cannot see any picture, sorry about that.", "no answer"),
        (None, "missing"),
    ],
)
def test_outcomes_of_choices(row, response, outcome):
    """Catches outcomes that tell the wrong story of a response."""
    (result,) = gameqa.evaluate([row(0)], [response]).results
    assert result.outcome == outcome, result
    assert result.reason
    assert outcome != "wrong" or result.extracted


def test_outcomes_of_open_questions():
    """Catches the same where the answer is a text, not a letter."""
    sample = gameqa.sample("sokoban", task="minimum_moves", answer_format="open")
    other = str(int(sample.answer) + 1)
    told = {
        sample.answer: "correct",
        f"<answer>{other}</answer>": "wrong",
        f"Answer: {sample.answer}\nAnswer: {other}": "contradictory",
        f"\\boxed{{{sample.answer}}} and \\boxed{{{other}}}": "contradictory",
        "no idea": "no answer",
    }
    for response, outcome in told.items():
        (result,) = gameqa.evaluate([sample], [response]).results
        assert result.outcome == outcome, result


def test_all_forms_of_rows_and_responses_give_the_same(rows):
    """Catches a form that is read in another order or loses rows."""
    import datasets

    samples = [gameqa.sample("sokoban", index=i, split="test") for i in range(20)]
    dicts = [sample.row() for sample in samples]
    dataset = datasets.Dataset.from_list([{**d, "image": None} for d in dicts])
    texts = ["A"] * 20
    ids = [d["data_id"] for d in dicts]
    forms = [
        texts,
        tuple(texts),
        dict(zip(ids, texts, strict=True)),
        [{"data_id": i, "response": t} for i, t in zip(ids, texts, strict=True)][::-1],
    ]
    (first, *others) = [
        gameqa.evaluate(each, form)
        for each in (dicts, samples, dataset, iter(dicts))
        for form in (forms if not hasattr(each, "__next__") else forms[:1])
    ]
    assert all(other == first for other in others)


def test_pictures_are_not_decoded():
    """Catches an evaluation that opens every picture of a dataset, which takes most of the time."""
    import datasets

    dicts = [gameqa.sample("sokoban", index=i).row() for i in range(2)]
    for each in dicts:
        each["image"] = {"bytes": b"not a picture", "path": None}
    dataset = datasets.Dataset.from_list(dicts).cast_column("image", datasets.Image())
    assert gameqa.evaluate(dataset, [d["answer"] for d in dicts]).accuracy == 1
    stream = dataset.to_iterable_dataset()
    assert gameqa.evaluate(stream, [d["answer"] for d in dicts]).accuracy == 1


@pytest.mark.parametrize(
    ("change", "responses", "message"),
    [
        ({}, ["B"], "1 responses for 2 rows"),
        ({}, "BB", "one string"),
        ({}, ["B", 3], "Response number 1 is int"),
        ({}, {"row-0": ["B"]}, "Response 'row-0' is list"),
        ({}, [{"data_id": "row-0"}], "number 0 has no 'response'; it has: data_id"),
        ({}, [{"data_id": "row-0", "response": "B"}, "B"], "number 1 is str among records"),
        ({}, {"row-7": "B", "row-8": "B"}, "None of the 2 ids.*'row-7', the rows with 'row-0'"),
        ({"data_id": "row-0"}, [], "Two rows have the id 'row-0'"),
        ({"answer": None}, [], "Row number 1 has no column 'answer'"),
    ],
)
def test_bad_input_is_one_line(row, change, responses, message):
    """Catches input that is evaluated although it cannot be meant."""
    with pytest.raises(GameQAError, match=message) as caught:
        gameqa.evaluate([row(0), row(1, **change)], responses)
    assert "\n" not in str(caught.value)


def test_no_rows_and_a_dict_of_splits_are_refused(row):
    """Catches a division by zero, and names of splits taken for rows."""
    with pytest.raises(GameQAError, match="no rows"):
        gameqa.evaluate([], [])
    with pytest.raises(GameQAError, match="dict of splits"):
        gameqa.evaluate({"test": [row(0)]}, [])
    with pytest.raises(GameQAError, match="Row number 0 is str"):
        gameqa.evaluate(["row"], ["B"])


def test_json_and_back(rows):
    """Catches anything that JSON loses, groups that differ from the rows, and foreign files."""
    texts = ["A"] * 280 + [None] * 20
    evaluation = gameqa.evaluate(rows, texts, name="always A")
    data = json.loads(json.dumps(evaluation.as_dict()))
    assert Evaluation.from_dict(data) == evaluation
    assert data["overall"]["n"] == 300
    assert len(data["missing"]) == 20
    assert set(data["groups"]) == set(DIMENSIONS)
    for dimension in DIMENSIONS:
        assert sum(group["n"] for group in data["groups"][dimension].values()) == 300
    for change, message in (
        ({"schema": "x"}, "no evaluation"),
        ({"schema_version": 2}, "version 2"),
        ({"rows": [[1, 2]]}, "damaged"),
        ({"columns": data["columns"][:-1]}, "damaged"),
    ):
        with pytest.raises(GameQAError, match=message):
            Evaluation.from_dict({**data, **change})
    with pytest.raises(GameQAError, match="no evaluation"):
        Evaluation.from_dict([])


def test_evaluation_needs_neither_datasets_nor_matplotlib(tmp_path):
    """Catches an import that a trainer's reward worker would have to wait for."""
    import subprocess
    import sys

    code = (
        "import sys, gameqa; gameqa.evaluate; from gameqa.evaluation import Result;"
        "print({'datasets', 'pyarrow', 'matplotlib', 'jinja2', 'pandas', 'scipy'}"
        " & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, check=True
    )
    assert done.stdout == "set()\n"
    assert Result.__dataclass_fields__
