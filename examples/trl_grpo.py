"""GRPO with TRL on an endless stream of gameqa: rewarded by rule, no judge and no files.

    pip install "gameqa[train]"
    python examples/trl_grpo.py --steps 5                                     # tiny, on a CPU
    python examples/trl_grpo.py --model Qwen/Qwen2.5-VL-3B-Instruct --config in_domain \\
        --steps 500 --generations 8 --batch-size 8 --accumulate 8 --completion-length 1024

Run the same command with --resume to go on from the last checkpoint, at the next row of the stream.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import torch
from datasets import load_dataset
from tiny_model import tiny_model
from trl import GRPOConfig, GRPOTrainer

import gameqa  # noqa: F401  (teaches load_dataset the name "gameqa")
from gameqa.builders import views
from gameqa.builders.rewards.trl import accuracy_reward, format_reward
from gameqa.prompts import ANSWER_STYLES


def make_trainer(args: argparse.Namespace) -> GRPOTrainer:
    rows = load_dataset(
        "gameqa",
        args.config,
        split="train",
        streaming=True,
        train_size=None,
        plot_level=args.plot_level,
    )

    model, processor = tiny_model() if args.model == "tiny" else (args.model, None)
    return GRPOTrainer(
        model=model,
        processing_class=processor,
        reward_funcs=[accuracy_reward, format_reward],
        train_dataset=views.trl_grpo(rows, answer_style=args.answer_style),
        args=GRPOConfig(
            output_dir=args.out,
            max_steps=args.steps,
            save_steps=args.save_steps,
            per_device_train_batch_size=args.batch_size,
            gradient_accumulation_steps=args.accumulate,
            num_generations=args.generations,
            max_completion_length=args.completion_length,
            learning_rate=args.learning_rate,
            reward_weights=[1.0, 0.1],
            shuffle_dataset=False,  # the stream is mixed and balanced already
            bf16=torch.cuda.is_available(),
            logging_steps=1,
            report_to="none",
            seed=args.seed,
        ),
    )


def read_arguments(words: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--model", default="tiny", help="a model's name on the Hub, or its folder")
    parser.add_argument("--config", default="in_domain", help="a game, a category, in_domain, all")
    parser.add_argument("--plot-level", choices=["easy", "medium", "hard"], help="all if not given")
    parser.add_argument("--answer-style", choices=ANSWER_STYLES, default="tag")
    parser.add_argument("--steps", type=int, default=5)
    parser.add_argument("--save-steps", type=int, default=100)
    parser.add_argument("--batch-size", type=int, default=4, help="completions a device and step")
    parser.add_argument("--accumulate", type=int, default=1, help="batches a step")
    parser.add_argument("--generations", type=int, default=4, help="completions of a prompt")
    parser.add_argument("--completion-length", type=int, default=32, help="in tokens")
    parser.add_argument("--learning-rate", type=float, default=1e-6)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="trl-grpo", help="folder of the checkpoints")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    return parser.parse_args(words)


if __name__ == "__main__":
    arguments = read_arguments()
    make_trainer(arguments).train(resume_from_checkpoint=arguments.resume or None)
