"""Time a sample of every game, task and level on one core: state, texts, picture and PNG.

    python benchmarks/samples.py --samples 200 --json samples.json sokoban jewel2

Each cell is warmed up by one sample per style variant it meets (themes and tables are made once a
process) and then timed sample by sample. The table's last line is the mean over all cells, which
the project wants at or below 2 ms, with no cell above 20 ms at Hard.
"""

from __future__ import annotations

import argparse
import json
import platform
import subprocess
import sys
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import fmean, quantiles

import gameqa
from gameqa.drawing import STYLES, encoder_name
from gameqa.registry import get_game
from gameqa.sample import Level


@dataclass(frozen=True)
class Timing:
    """What one cell took, in milliseconds a sample, and how large its pictures are."""

    game: str
    task: str
    plot_level: str
    mean_ms: float
    p95_ms: float
    worst_ms: float
    mean_png_bytes: float


def time_cell(game: str, task: str, level: Level, samples: int, style: str) -> Timing:
    """Time ``samples`` samples of one cell."""
    taken, sizes = [], []
    for index in range(-3, samples):
        start = time.perf_counter()
        made = gameqa.sample(
            game,
            task=task,
            plot_level=level,
            index=index % samples,
            style=style,
            seed=int(index < 0),
        )
        png = made.png
        if index >= 0:
            taken.append(1000 * (time.perf_counter() - start))
            sizes.append(len(png or b""))
    p95 = quantiles(taken, n=20)[-1] if samples > 1 else taken[0]
    return Timing(game, task, level.value, fmean(taken), p95, max(taken), fmean(sizes))


def time_import(module: str, repeats: int = 5) -> float:
    """Return the least time, in seconds, that a new process takes to import a module."""
    code = f"import time; t = time.perf_counter(); import {module}; print(time.perf_counter() - t)"
    return min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(repeats)
    )


_FIRST_ROW = """
import time, datasets, gameqa
start = time.perf_counter()
next(iter(datasets.load_dataset("gameqa", {config!r}, split="train", streaming=True)))
print(time.perf_counter() - start)
"""


def time_first_row(config: str, repeats: int = 3) -> float:
    """Return the least time, in seconds, from ``load_dataset(streaming=True)`` to its first row."""
    code = _FIRST_ROW.format(config=config)
    return min(
        float(subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout)
        for _ in range(repeats)
    )


def main() -> None:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("games", nargs="*", help="games to time (default: all)")
    parser.add_argument("--samples", type=int, default=100, help="samples a cell (default: 100)")
    parser.add_argument("--style", choices=STYLES, default="classic")
    parser.add_argument("--json", type=Path, help="also write the numbers to this file")
    options = parser.parse_args()
    games = [get_game(name) for name in options.games or gameqa.list_games()]

    print(f"{'game':20}{'task':26}{'level':8}{'mean ms':>9}{'p95 ms':>9}{'worst':>9}{'PNG kB':>8}")
    cells: list[Timing] = []
    for game in games:
        for task in game.tasks:
            for level in game.levels:
                cell = time_cell(game.slug, task.slug, level, options.samples, options.style)
                cells.append(cell)
                print(
                    f"{cell.game:20}{cell.task:26}{cell.plot_level:8}{cell.mean_ms:9.2f}"
                    f"{cell.p95_ms:9.2f}{cell.worst_ms:9.2f}{cell.mean_png_bytes / 1000:8.1f}"
                )
    print("\nmean of each game, ms a sample:")
    for game in games:
        mean = fmean(cell.mean_ms for cell in cells if cell.game == game.slug)
        print(f"  {game.slug:20}{mean:9.2f}")
    mean = fmean(cell.mean_ms for cell in cells)
    slowest = max(cells, key=lambda cell: cell.mean_ms)
    start = {
        "import_s": time_import("gameqa"),
        "first_row_s": {game.slug: time_first_row(game.slug) for game in games},
    }
    print(
        f"\nmean over all cells: {mean:.2f} ms a sample, {1000 / mean:,.0f} samples/s on one core"
    )
    print(
        f"slowest cell: {slowest.game}/{slowest.task} {slowest.plot_level}, "
        f"{slowest.mean_ms:.2f} ms"
    )
    print(f"import gameqa: {start['import_s']:.3f} s")
    for slug, seconds in start["first_row_s"].items():
        print(f"first streamed row of {slug}: {seconds:.3f} s")
    print(f"{encoder_name()}, Python {platform.python_version()}, {platform.machine()}")
    if options.json:
        report = {
            "encoder": encoder_name(),
            "python": platform.python_version(),
            "machine": platform.machine(),
            "samples": options.samples,
            "style": options.style,
            "mean_ms": mean,
            **start,
            "cells": [asdict(cell) for cell in cells],
        }
        options.json.write_text(json.dumps(report, indent=1) + "\n")


if __name__ == "__main__":
    main()
