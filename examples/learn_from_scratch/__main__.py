"""Train a small network from scratch on streams of gameqa, and plot how it learns to look.

    pip install "gameqa[report]" torch
    python examples/learn_from_scratch                                # a task of each category
    python examples/learn_from_scratch --tasks sudoku/color_at --steps 600 --plot-level easy

Two networks see the same rows; to one of them every picture is blank. Both are tested on boards of
the test split, which cannot occur in training. What the first learns and the second does not is in
the pictures. Nothing is written but the results: rows are made while the networks learn. Tasks that
`curves.json` has already are not run again, so an interrupted run goes on with the next task.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import time
from pathlib import Path
from typing import Any

import torch
from batches import Batch, test_batch, train_batches
from network import Looker
from plot import draw
from torch import nn
from torch.nn import functional
from tqdm import tqdm

TASKS = {  # a task of each category, and the steps it is given
    "minecraft/scenery_recog": 160,
    "zuma/loaded_color": 200,
    "sudoku/color_at": 240,
    "sokoban/player_position": 120,
}


class Learner:
    """A network, its optimizer, and whether it is shown the pictures."""

    def __init__(self, sees: bool, steps: int, seed: int, device: str) -> None:
        torch.manual_seed(seed)
        self.sees, self.device = sees, device
        self.network = Looker().to(device)
        self.optimizer = torch.optim.AdamW(self.network.parameters(), lr=3e-3, weight_decay=0.01)
        self.schedule = torch.optim.lr_scheduler.LambdaLR(
            self.optimizer,
            lambda step: min(1.0, (step + 1) / 30) * (1 + math.cos(math.pi * step / steps)) / 2,
        )

    def logits(self, batch: Batch) -> torch.Tensor:
        pictures = batch.pictures if self.sees else torch.zeros_like(batch.pictures[:1])
        return self.network(pictures, batch.question, batch.options, batch.options_given)

    def learn(self, batch: Batch) -> None:
        loss = functional.cross_entropy(self.logits(batch), batch.answer)
        if not torch.isfinite(loss):
            raise RuntimeError(f"the loss is {loss.item()}")
        self.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), 1.0)
        self.optimizer.step()
        self.schedule.step()

    @torch.no_grad()
    def correct(self, batch: Batch) -> int:
        return int((self.logits(batch).argmax(dim=1) == batch.answer).sum())


def run(task: str, args: argparse.Namespace) -> dict[str, Any]:
    """Train on a task, and return both curves and what was measured."""
    steps = args.steps or TASKS.get(task, 300)
    test = _to(test_batch(task, args.plot_level, args.test_rows), args.device)
    learners = {
        name: Learner(name == "seen", steps, args.seed, args.device) for name in ("seen", "blank")
    }
    result: dict[str, Any] = {
        "plot_level": args.plot_level,
        "test_rows": args.test_rows,
        "chance": float((1 / test.options_given).mean()),
        "rows": [0],
        "correct": {name: [learner.correct(test)] for name, learner in learners.items()},
    }
    began, waited, tested, used = time.perf_counter(), 0.0, 0.0, []
    batches = train_batches(task, args.plot_level, args.seed, args.batch_size, args.workers)
    bar = tqdm(range(1, steps + 1), desc=task, unit="step")
    for step in bar:
        asked = time.perf_counter()
        batch = next(batches)
        if step == 1:
            began = time.perf_counter()  # the start of the workers is not the stream's speed
        else:
            waited += time.perf_counter() - asked
        batch = _to(batch, args.device)
        for learner in learners.values():
            learner.learn(batch)
        if step % args.test_every == 0 or step == steps:
            asked = time.perf_counter()
            result["rows"].append(step * args.batch_size)
            for name, learner in learners.items():
                result["correct"][name].append(learner.correct(test))
            bar.set_postfix({k: v[-1] / args.test_rows for k, v in result["correct"].items()})
            used += _gpu_utilisation(args.device)
            tested += time.perf_counter() - asked
    seconds = time.perf_counter() - began - tested
    result["rows_a_second"] = (steps - 1) * args.batch_size / seconds
    result["share_waited"] = waited / seconds
    result["gpu_utilisation"] = sum(used) / len(used) if used else None
    return result


def stream_speed(task: str, args: argparse.Namespace, batches: int = 10) -> float:
    """Rows a second that the stream gives when nothing else is done with them."""
    stream = train_batches(task, args.plot_level, args.seed + 1, args.batch_size, args.workers)
    next(stream)
    began = time.perf_counter()
    for _ in range(batches):
        next(stream)
    return batches * args.batch_size / (time.perf_counter() - began)


def _to(batch: Batch, device: str) -> Batch:
    return Batch(*(tensor.to(device, non_blocking=True) for tensor in batch))


def _gpu_utilisation(device: str) -> list[int]:
    """Percent of the last moment in which the GPU was at work; nothing without GPU or pynvml."""
    if not device.startswith("cuda"):
        return []
    try:
        return [torch.cuda.utilization()]
    except ModuleNotFoundError:
        return []


def read_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="learn_from_scratch",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--tasks", nargs="+", default=list(TASKS), metavar="GAME/TASK")
    parser.add_argument("--plot-level", choices=["easy", "medium", "hard"], default="easy")
    parser.add_argument("--steps", type=int, help="of each task; as TASKS says if not given")
    parser.add_argument("--batch-size", type=int, default=64)
    parser.add_argument("--test-rows", type=int, default=500)
    parser.add_argument("--test-every", type=int, default=20, help="in steps")
    parser.add_argument("--workers", type=int, default=1, help="processes that make rows")
    parser.add_argument("--threads", type=int, help="of PyTorch; as many as it likes if not given")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--out", type=Path, default=Path("learn-from-scratch"))
    return parser.parse_args()


def main() -> None:
    args = read_arguments()
    if args.threads:
        torch.set_num_threads(args.threads)
    args.out.mkdir(parents=True, exist_ok=True)
    kept = args.out / "curves.json"
    results = json.loads(kept.read_text()) if kept.exists() else {}
    for task in args.tasks:
        if task not in results:
            speed = stream_speed(task, args)
            results[task] = {**run(task, args), "stream_rows_a_second": speed}
            new = kept.with_suffix(".new")
            new.write_text(json.dumps(results, indent=1))
            os.replace(new, kept)
        _tell(task, results[task])
    draw({task: results[task] for task in args.tasks}, args.out / "learning-curves.png")
    print(f"The curves: {args.out / 'learning-curves.png'}")


def _tell(task: str, result: dict[str, Any]) -> None:
    seen, blank = (result["correct"][name][-1] / result["test_rows"] for name in ("seen", "blank"))
    print(
        f"{task} ({result['plot_level']}): {seen:.1%} right with pictures, {blank:.1%} without, "
        f"chance {result['chance']:.1%}; the stream alone {result['stream_rows_a_second']:.0f} "
        f"rows/s, training {result['rows_a_second']:.0f} rows/s, "
        f"{result['share_waited']:.0%} of its time waiting for the stream"
        + (f", GPU {result['gpu_utilisation']:.0f} %" if result["gpu_utilisation"] else "")
    )


if __name__ == "__main__":
    main()
