"""Supervised fine-tuning with TRL on a stream of gameqa: the analysis is what the model learns.

    pip install "gameqa[train]"
    python examples/trl_sft.py --steps 5                                      # tiny, on a CPU
    python examples/trl_sft.py --model Qwen/Qwen2.5-VL-3B-Instruct --config in_domain \\
        --steps 2000 --batch-size 4 --accumulate 4 --workers 4

Run the same command with --resume to go on from the last checkpoint, at the next row of the stream.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

import torch
from datasets import load_dataset
from tiny_model import tiny_model
from trl import SFTConfig, SFTTrainer

import gameqa  # noqa: F401  (teaches load_dataset the name "gameqa")
from gameqa.builders import views
from gameqa.prompts import ANSWER_STYLES


def make_trainer(args: argparse.Namespace) -> SFTTrainer:
    rows = load_dataset(
        "gameqa",
        args.config,
        split="train",
        streaming=True,
        train_size=None,
        plot_level=args.plot_level,
    )
    model, processor = tiny_model() if args.model == "tiny" else (args.model, None)
    return SFTTrainer(
        model=model,
        processing_class=processor,
        train_dataset=views.trl_sft(rows, answer_style=args.answer_style),
        args=SFTConfig(
            output_dir=args.out,
            max_steps=args.steps,
            save_steps=args.save_steps,
            per_device_train_batch_size=args.batch_size,
            gradient_accumulation_steps=args.accumulate,
            learning_rate=args.learning_rate,
            max_length=None,  # a cut would go through the tokens of the picture
            dataloader_num_workers=args.workers,
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
    parser.add_argument("--batch-size", type=int, default=4, help="rows a device and step")
    parser.add_argument("--accumulate", type=int, default=1, help="batches a step")
    parser.add_argument("--learning-rate", type=float, default=2e-5)
    parser.add_argument("--workers", type=int, default=0, help="processes that make rows")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--out", default="trl-sft", help="folder of the checkpoints")
    parser.add_argument("--resume", action="store_true", help="go on from the last checkpoint")
    return parser.parse_args(words)


if __name__ == "__main__":
    arguments = read_arguments()
    make_trainer(arguments).train(resume_from_checkpoint=arguments.resume or None)
