"""What the views write is what the rewards read: from a row to its reward, for every trainer."""

from __future__ import annotations

import subprocess
import sys
import types
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import gameqa
from gameqa.builders import views
from gameqa.builders.rewards import easyr1, openrlhf, trl, verl
from gameqa.builders.rewards.__main__ import FILES, path_of
from gameqa.builders.rewards.swift import GameQA, GameQAFormat, gameqa_plugin
from gameqa.game import Task


def one_of_each_kind() -> list[gameqa.Sample]:
    """Return a choice, and an open sample of every kind of answer and every task with several."""
    found: dict[object, gameqa.Sample] = {}
    for slug in gameqa.list_games():
        game = gameqa.get_game(slug)
        for task in game.tasks:
            key = (type(task.kind), type(task).accepts is not Task.accepts)
            if key not in found:
                sample = gameqa.sample(slug, task=task.slug, answer_format="open")
                found[key if sample.answer_type != "choice" else "choice"] = sample
    found["choice"] = gameqa.sample("sokoban", task="minimum_moves", index=3)
    return list(found.values())


SAMPLES = one_of_each_kind()
STYLES = {"tag": "<answer>{}</answer>", "boxed": "\\boxed{{{}}}"}
HOSTILE = ["", "\0", "<answer>" * 5000, "\\boxed{" * 5000, "\ud800", "[" * 20000]


class Tensor(list):
    """As much of a tensor as the reward for OpenRLHF makes."""

    def tolist(self) -> list[float]:
        return list(self)


@pytest.fixture(autouse=True)
def torch(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand in for torch where it is not installed: OpenRLHF brings it."""
    try:
        import torch  # noqa: F401
    except ModuleNotFoundError:
        made = types.SimpleNamespace(tensor=lambda values, dtype: Tensor(values), float32="float32")
        monkeypatch.setitem(sys.modules, "torch", made)


def by_trl(rows, responses):
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    said = [[{"role": "assistant", "content": text}] for text in responses]
    return list(
        zip(
            trl.accuracy_reward(completions=said, **columns),
            trl.format_reward(completions=said, **columns),
            strict=True,
        )
    )


def by_verl(rows, responses):
    made = [
        verl.compute_score(
            data_source=row["data_source"],
            solution_str=text,
            ground_truth=row["reward_model"]["ground_truth"],
            extra_info=row["extra_info"],
        )
        for row, text in zip(rows, responses, strict=True)
    ]
    assert all(each["score"] == each["acc"] for each in made)
    return [(each["acc"], each["format"]) for each in made]


def by_easyr1(rows, responses, answer_style="tag"):
    inputs = [
        {"response": text, "response_length": len(text), "ground_truth": row["answer"]}
        for row, text in zip(rows, responses, strict=True)
    ]
    made = easyr1.compute_score(inputs, format_weight=0.2, answer_style=answer_style)
    for each in made:
        assert each["overall"] == pytest.approx(0.8 * each["accuracy"] + 0.2 * each["format"])
    return [(each["accuracy"], each["format"]) for each in made]


def by_swift(rows, responses):
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    made = [reward(args=None)(responses, **columns) for reward in (GameQA, GameQAFormat)]
    return list(zip(*made, strict=True))


def by_openrlhf(rows, responses, answer_style="tag"):
    prompts = [f"<|user|>\n{row['prompt']}<|assistant|>\n" for row in rows]
    # In the query, the picture's placeholder is a run of tokens, and the end of the turn is there.
    queries = [
        p.replace("<image>", "<image>" * 64) + text + "<|im_end|>"
        for p, text in zip(prompts, responses, strict=True)
    ]
    reward = openrlhf.make_reward_func(answer_style=answer_style)
    made = reward(queries, prompts, [row["label"] for row in rows])
    logs = made["extra_logs"]
    assert made["rewards"].tolist() == made["scores"].tolist() == logs["accuracy"].tolist()
    return list(zip(logs["accuracy"].tolist(), logs["format"].tolist(), strict=True))


TRAINERS = {
    "trl-grpo": by_trl,
    "verl": by_verl,
    "easyr1": by_easyr1,
    "ms-swift": by_swift,
    "openrlhf": by_openrlhf,
}


@pytest.fixture(params=TRAINERS)
def trainer(request):
    """How a trainer makes rewards of responses, and its rows."""

    def rewards(responses, style="tag"):
        rows = views.as_view(SAMPLES, request.param, answer_style=style)
        settings = {"answer_style": style} if request.param in ("easyr1", "openrlhf") else {}
        return TRAINERS[request.param](rows, responses, **settings)

    return rewards


def test_the_samples_cover_the_kinds():
    """Catches a round trip that only ever sees letters."""
    assert len({sample.answer_type for sample in SAMPLES}) >= 12, len(SAMPLES)


@pytest.mark.parametrize("style", STYLES)
def test_gold_is_one(trainer, style):
    """Catches a spec written elsewhere than the reward looks, or one that loses something."""
    said = [f"<think>Hm.</think>{STYLES[style].format(sample.answer)}" for sample in SAMPLES]
    assert trainer(said, style) == [(1.0, 1.0)] * len(SAMPLES)


def test_wrong_is_zero_and_keeps_its_format(trainer):
    """Catches a reward that takes any answer, and a format that counts as accuracy."""
    wrong = ["B" if sample.answer == "A" else "A" for sample in SAMPLES]
    assert trainer([f"<answer>{text}</answer>" for text in wrong]) == [(0.0, 1.0)] * len(SAMPLES)


def test_right_without_the_format_is_right(trainer):
    """Catches accuracy that is denied to an answer for its form."""
    said = [f"Answer: {sample.answer}" for sample in SAMPLES]
    assert trainer(said) == [(1.0, 0.0)] * len(SAMPLES)


@pytest.mark.parametrize("response", HOSTILE, ids=range(len(HOSTILE)))
def test_no_response_raises(trainer, response):
    """Catches a training run that dies of what its model wrote."""
    assert trainer([response] * len(SAMPLES)) == [(0.0, 0.0)] * len(SAMPLES)


def test_rows_without_a_spec_are_one_clear_line():
    """Catches zeros for a dataset in another trainer's format, or an error nobody understands."""
    calls = {
        "trl-grpo": lambda: trl.accuracy_reward(["A"], answer=["A"]),
        "verl": lambda: verl.compute_score("x", "A", "A", {"index": 3}),
        "easyr1": lambda: easyr1.compute_score([{"response": "A", "ground_truth": ""}]),
        "ms-swift": lambda: GameQA()(["A"], solution=["A"]),
        "openrlhf": lambda: openrlhf.reward_func(["QuestionA"], ["Question"], [""]),
    }
    for view, call in calls.items():
        with pytest.raises(gameqa.GameQAError, match=rf"finds no .*--format {view}") as caught:
            call()
        assert "\n" not in str(caught.value)
    with pytest.raises(gameqa.GameQAError, match="is not JSON"):
        easyr1.compute_score([{"response": "A", "ground_truth": "B"}])
    with pytest.raises(gameqa.GameQAError, match="extra_info"):
        verl.compute_score("x", "A", "A", None)


def test_weights_are_bounded():
    """Catches a format weight in percent."""
    with pytest.raises(gameqa.GameQAError, match=r"10; it must be from 0 to 1"):
        openrlhf.make_reward_func(format_weight=10)
    row = views.verl(SAMPLES[0])
    said = f"Answer: {SAMPLES[0].answer}"
    made = verl.compute_score("x", said, "", row["extra_info"], format_weight=0.25)
    assert made == {"score": 0.75, "acc": 1.0, "format": 0.0}


def test_the_response_is_what_follows_the_prompt():
    """Catches the prompt's own <answer> being graded, whatever becomes of it in the query."""
    prompt = "<img>Where?\n\nWrite it between <answer> and </answer>.<|assistant|>\n"
    assert openrlhf.response_of(prompt + "B</s>", prompt) == "B"
    expanded = prompt.replace("<img>", "<img>" * 9)
    assert openrlhf.response_of(expanded + "B<|im_end|>\n<|endoftext|>", prompt) == "B"
    assert openrlhf.response_of(expanded + prompt + "C", prompt) == prompt + "C"
    assert openrlhf.response_of(prompt[20:] + "B", prompt) == "B", "a prompt cut off at its head"
    assert openrlhf.response_of(prompt, prompt) == ""
    with pytest.raises(gameqa.GameQAError, match="does not hold its prompt's end"):
        openrlhf.response_of("something else", prompt)


def test_verl_may_call_from_many_threads():
    """Catches global state and signals, which work in the main thread only."""
    row = views.verl(SAMPLES[0])
    said = ["<answer>%s</answer>" % (SAMPLES[0].answer if i % 2 else "no") for i in range(64)]

    def score(text):
        return verl.compute_score("x", text, "", row["extra_info"])["score"]

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(score, said)) == [float(i % 2) for i in range(64)]


def test_swift_finds_both_names(monkeypatch):
    """Catches a plugin that registers nothing, or classes that are no ORM of ms-swift."""

    class ORM:
        pass

    rewards = types.SimpleNamespace(ORM=ORM, orms={})
    monkeypatch.setitem(sys.modules, "swift", types.ModuleType("swift"))
    monkeypatch.setitem(sys.modules, "swift.rewards", rewards)
    assert gameqa_plugin.register()
    assert set(rewards.orms) == {"gameqa", "gameqa_format"}
    reward = rewards.orms["gameqa"](args=object())
    assert isinstance(reward, ORM)
    assert type(reward).__name__ == "GameQA"
    spec = gameqa.grading_spec(SAMPLES[0])
    assert reward([SAMPLES[0].answer], grading=[spec], messages=[[]]) == [1.0]


@pytest.mark.parametrize("name", FILES)
def test_a_trainer_may_load_the_file_by_its_path(name, tmp_path):
    """Catches a file that needs its package around it, or imports what the trainer has not yet."""
    path = path_of(name)
    program = (
        "import importlib.util, sys\n"
        f"spec = importlib.util.spec_from_file_location('reward_func', {str(path)!r})\n"
        "module = importlib.util.module_from_spec(spec)\n"
        "spec.loader.exec_module(module)\n"
        "assert not {'torch', 'datasets'} & set(sys.modules), 'heavy'\n"
        "print(sorted(dir(module)))\n"
    )
    made = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert made.returncode == 0, made.stderr
    wanted = {"trl": "accuracy_reward", "swift": "register", "openrlhf": "reward_func"}
    assert wanted.get(name, "compute_score") in made.stdout


def test_the_folder_of_the_plugin_for_swift_hides_nothing():
    """Catches a neighbour named like a package: ms-swift puts the plugin's folder on the path."""
    names = {file.stem for file in path_of("swift").parent.glob("*.py")}
    assert names == {"__init__", "gameqa_plugin"}


def test_the_command_prints_paths(capsys):
    """Catches the line in the documentation that finds a file."""
    from gameqa.builders.rewards.__main__ import main

    assert main(["verl"]) == 0
    assert Path(capsys.readouterr().out.strip()).name == "verl.py"
    assert main(["verll"]) == 2
    assert "Did you mean 'verl'" in capsys.readouterr().err
