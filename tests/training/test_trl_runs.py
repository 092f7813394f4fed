"""The TRL examples run: on the stream's rows, in order, with pictures, rewarded as `grade` says.

In an environment of their own (`make trainers`): PyTorch and TRL are not among what gameqa needs.
The model has random weights, so a short fine-tuning first teaches it to write *some* letter in the
right place; otherwise every reward would be zero, and nothing would be seen to work.
"""

import math
import sys
from collections import Counter
from itertools import islice
from pathlib import Path

import pytest

import gameqa

torch = pytest.importorskip("torch", reason="runs in the environment of `make trainers`")
pytest.importorskip("trl", reason="runs in the environment of `make trainers`")

sys.path.append(str(Path(__file__).resolve().parents[2] / "examples"))

import trl_grpo  # noqa: E402
import trl_sft  # noqa: E402
from datasets import load_dataset  # noqa: E402
from tiny_model import tiny_model  # noqa: E402

from gameqa.builders import views  # noqa: E402
from gameqa.builders.rewards.trl import accuracy_reward, format_reward  # noqa: E402

torch.set_num_threads(1)

GAME = ["--config", "tictactoe", "--plot-level", "easy"]
PROMPTS_A_STEP, GENERATIONS = 2, 4
GRPO = [*GAME, "--generations", str(GENERATIONS), "--learning-rate", "1e-3"]
GRPO += ["--batch-size", str(PROMPTS_A_STEP * GENERATIONS), "--completion-length", "16"]


def rows(count):
    stream = load_dataset(
        "gameqa", "tictactoe", split="train", streaming=True, train_size=None, plot_level="easy"
    )
    return list(islice(stream, count))


def losses(trainer):
    return [entry["loss"] for entry in trainer.state.log_history if "loss" in entry]


def watch(trainer):
    """Let a trainer keep what its model is given, a dictionary of tensors a step."""
    seen, step = [], trainer.compute_loss

    def compute_loss(model, inputs, *args, **kwargs):
        seen.append({name: value for name, value in inputs.items() if torch.is_tensor(value)})
        return step(model, inputs, *args, **kwargs)

    trainer.compute_loss = compute_loss
    return seen


def same(one, other):
    return one.keys() == other.keys() and all(torch.equal(one[name], other[name]) for name in one)


def forget_checkpoint(trainer, step):
    """Let a resumed run find the checkpoint before."""
    last = Path(trainer.args.output_dir) / f"checkpoint-{step}"
    last.rename(last.with_name(f"forgotten-{step}"))


@pytest.fixture(scope="module")
def writes_letters(tmp_path_factory):
    """The folder of a tiny model that writes ``<answer>`` and a letter, seldom the right one."""
    out = tmp_path_factory.mktemp("letters")
    words = [*GAME, "--learning-rate", "6e-3", "--batch-size", "8", "--steps", "60", "--out", out]
    trainer = trl_sft.make_trainer(trl_sft.read_arguments(list(map(str, words))))

    def only_answer(row):
        said = row["completion"][0]["content"]
        text = said if isinstance(said, str) else said[-1]["text"]
        return {"completion": [{"role": "assistant", "content": text[text.index("<answer>") :]}]}

    trainer.args.lr_scheduler_type = "constant"
    trainer.train_dataset = trainer.train_dataset.map(only_answer)
    trainer.train()
    first, *_, last = losses(trainer)
    assert float(last) < 0.1 * float(first)
    trainer.save_model(out)
    return str(out)


@pytest.fixture(scope="module")
def grpo(writes_letters, tmp_path_factory):
    """A function that runs the GRPO example and returns trainer, completions, rewards, inputs."""
    out = tmp_path_factory.mktemp("grpo")

    def run(*more):
        words = [*GRPO, "--model", writes_letters, "--out", str(out), *more]
        arguments = trl_grpo.read_arguments(words)
        trainer = trl_grpo.make_trainer(arguments)
        said = []

        def spy(reward):
            def spying(completions, **columns):
                given = reward(completions, **columns)
                texts = [c[-1]["content"] for c in completions]
                said.extend(zip(columns["data_id"], texts, given, strict=True))
                return given

            return spying

        assert trainer.reward_funcs == [accuracy_reward, format_reward]
        trainer.reward_funcs = [spy(accuracy_reward), format_reward]
        seen = watch(trainer)
        trainer.train(resume_from_checkpoint=arguments.resume or None)
        return trainer, said, seen

    return run


@pytest.fixture(scope="module")
def whole_run(grpo):
    return grpo("--steps", "4", "--save-steps", "2")


def test_grpo_rewards_are_those_of_grade(whole_run):
    """Catches a reward that pairs completions with other rows, or has rules of its own."""
    trainer, said, _ = whole_run
    by_id = {row["data_id"]: row for row in rows(8)}
    assert len(said) == 4 * PROMPTS_A_STEP * GENERATIONS
    for data_id, text, reward in said:
        assert reward == float(gameqa.grade(by_id[data_id], text).correct), (data_id, text)
    assert {reward for _, _, reward in said} == {0.0, 1.0}
    assert all(math.isfinite(float(loss)) for loss in losses(trainer))
    logged = [entry for entry in trainer.state.log_history if "rewards/format_reward/mean" in entry]
    assert len(logged) == 4
    assert sum(float(entry["rewards/format_reward/mean"]) for entry in logged) > 2
    assert any(float(entry["grad_norm"]) > 0 for entry in logged)


def test_grpo_takes_the_rows_of_the_stream_in_order(whole_run):
    """Catches a stream that is shuffled, skipped, or repeated by more than the group's size."""
    _, said, _ = whole_run
    taken = [data_id for data_id, _, _ in said]
    expected = [row["data_id"] for row in rows(4 * PROMPTS_A_STEP)]
    assert taken == [data_id for data_id in expected for _ in range(GENERATIONS)]


def test_grpo_shows_each_prompt_its_own_picture(whole_run):
    """Catches prompts without pictures, and groups that are given another prompt's picture."""
    _, _, seen = whole_run
    for inputs in seen:
        shown = Counter(
            (tuple(prompt.tolist()), picture.numpy().tobytes())
            for prompt, picture in zip(inputs["prompt_ids"], inputs["pixel_values"], strict=True)
        )
        assert list(shown.values()) == [GENERATIONS] * PROMPTS_A_STEP
        assert len({picture for _, picture in shown}) == PROMPTS_A_STEP


def test_grpo_goes_on_with_the_next_row(grpo, whole_run):
    """Catches a resumed run that sees the first rows again, or leaves some out."""
    whole, said, _ = whole_run
    forget_checkpoint(whole, 4)
    trainer, resumed, _ = grpo("--steps", "4", "--resume")
    assert trainer.state.global_step == 4
    assert [entry[0] for entry in resumed] == [entry[0] for entry in said[len(said) // 2 :]]


@pytest.fixture(scope="module")
def sft(tmp_path_factory):
    """A function that runs the SFT example and returns the trainer and what its model was given."""
    out = tmp_path_factory.mktemp("sft")

    def run(*more):
        arguments = trl_sft.read_arguments([*GAME, "--out", str(out), *more])
        trainer = trl_sft.make_trainer(arguments)
        seen = watch(trainer)
        trainer.train(resume_from_checkpoint=arguments.resume or None)
        return trainer, seen

    return run


def test_sft_takes_the_rows_of_the_stream_and_goes_on(sft):
    """Catches rows lost, repeated or out of order, at the start and after a resume."""
    whole, seen = sft("--steps", "3", "--save-steps", "2")
    assert all(math.isfinite(float(loss)) for loss in losses(whole))
    plain = load_dataset(
        "gameqa", "tictactoe", split="train", streaming=True, train_size=None, plot_level="easy"
    )
    expected = list(islice(views.trl_sft(plain), 12))
    assert len(seen) == 3
    for step, inputs in enumerate(seen):
        assert same(inputs, whole.data_collator(expected[4 * step : 4 * step + 4]))
    forget_checkpoint(whole, 3)
    _, resumed = sft("--steps", "3", "--resume")
    assert len(resumed) == 1
    assert same(resumed[0], seen[2])


def test_pictures_reach_the_model(tmp_path):
    """Catches a pipeline in which the model could as well be blind."""
    arguments = trl_sft.read_arguments([*GAME, "--out", str(tmp_path)])
    trainer = trl_sft.make_trainer(arguments)
    batch = trainer.data_collator(list(islice(trainer.train_dataset, 4)))
    pictures = batch["pixel_values"]
    assert len({picture.numpy().tobytes() for picture in pictures}) == 4
    model = tiny_model()[0]
    given = model(**batch)
    given.loss.backward()
    tower = {
        name: weight.grad for name, weight in model.named_parameters() if "vision_model" in name
    }
    assert tower
    assert all(grad is not None and bool(grad.abs().sum() > 0) for grad in tower.values())
    with torch.no_grad():
        swapped = model(**{**batch, "pixel_values": pictures.roll(1, 0)})
    assert not torch.allclose(swapped.logits, given.logits)
