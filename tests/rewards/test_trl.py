"""TRL's rewards are `gameqa.grade`, whatever form a completion has."""

import pytest

import gameqa
from gameqa.builders.rewards.trl import accuracy_reward, format_reward

SAMPLES = [
    gameqa.sample("tictactoe", task="cell_colour", index=1),
    gameqa.sample("sokoban", task="minimum_moves", answer_format="open", index=2),
    gameqa.sample("snake", task="head_position", answer_format="open", index=3),
]


def responses(sample):
    wrong = "A" if sample.answer != "A" else "B"
    return [
        f"<think>Let me see.</think>\n<answer>{sample.answer}</answer>",
        f"The answer is {sample.answer}.",
        f"<answer>{wrong}</answer>",
        f"<answer>{sample.answer}</answer> or <answer>{wrong}</answer>",
        "",
    ]


CASES = [(sample, text) for sample in SAMPLES for text in responses(sample)]


@pytest.mark.parametrize(
    "said",
    [
        lambda text: text,
        lambda text: [{"role": "assistant", "content": text}],
        lambda text: [{"role": "assistant", "content": [{"type": "text", "text": text}]}],
    ],
    ids=["text", "messages", "parts"],
)
def test_accuracy_is_the_grade(said):
    """Catches rules of the reward's own, mixed-up rows, and a form of completion read as empty."""
    given = accuracy_reward(
        [said(text) for _, text in CASES],
        grading=[gameqa.grading_spec(sample) for sample, _ in CASES],
        prompts=["not looked at"] * len(CASES),
    )
    assert given == [float(gameqa.grade(sample, text).correct) for sample, text in CASES]
    assert 0 < sum(given) < len(given)


def test_format_is_judged_by_the_style_of_the_prompt():
    """Catches a run with boxed answers whose format reward waits for tags."""
    texts = ["<answer>A</answer>", "\\boxed{A}", "So it is A.", ""]
    assert format_reward(texts) == [1, 0, 0, 0]
    assert format_reward(texts, answer_style="boxed") == [0, 1, 0, 0]
    assert format_reward(texts, answer_style=["boxed", "boxed", "plain", "plain"]) == [0, 1, 1, 0]
    with pytest.raises(gameqa.GameQAError, match=r"'boxd'.*Did you mean 'boxed'"):
        format_reward(texts, answer_style=["boxd"] * 4)


def test_a_dataset_without_the_column_is_told_which_view_makes_it():
    """Catches a reward that silently gives zeros for a dataset of another shape."""
    with pytest.raises(gameqa.GameQAError, match=r"no column 'grading'; it has: answer.*trl_grpo"):
        accuracy_reward(["A"], answer=["A"])


def test_tool_calls_without_text_are_wrong_and_no_error():
    """Catches a run that dies of a completion that has no content."""
    completion = [{"role": "assistant", "content": None}]
    assert accuracy_reward([completion], [gameqa.grading_spec(SAMPLES[0])]) == [0.0]
    assert format_reward([completion, []]) == [0.0, 0.0]
