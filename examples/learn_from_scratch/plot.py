"""The learning curves of several tasks in one picture, each with its interval and its chance."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

import gameqa
from gameqa.builders.pages import charts
from gameqa.evaluation import wilson

NAMES = {"seen": "with the picture", "blank": "the picture blanked"}


def draw(results: Mapping[str, Mapping[str, Any]], path: Path) -> None:
    """Write a chart of every task, two a row; the shades are Wilson intervals of 95 %."""
    panels = [_panel(task, result) for task, result in results.items()]
    width, height = panels[0].size
    sheet = Image.new("RGB", (2 * width, -(-len(panels) // 2) * height), "white")
    for place, panel in enumerate(panels):
        sheet.paste(panel, (place % 2 * width, place // 2 * height))
    new = path.with_suffix(".new")
    sheet.save(new, format="PNG", optimize=True)
    os.replace(new, path)


def _panel(task: str, result: Mapping[str, Any]) -> Image.Image:
    n = result["test_rows"]
    series, bands = {}, {}
    for name, label in NAMES.items():
        correct = result["correct"][name]
        low, high = zip(*(wilson(c, n) for c in correct), strict=True)
        series[label] = (result["rows"], [c / n for c in correct])
        bands[label] = (low, high)
    category = gameqa.sample(task.split("/")[0]).category
    figure = charts.curves(
        series,
        bands=bands,
        level=result["chance"],
        title=f"{task}, {result['plot_level']} ({category})",
        x_label="rows of the stream seen",
        y_label="right on the test split",
    )
    figure.axes[0].set_ylim(0, 1.03)  # the same in every panel
    return Image.open(io.BytesIO(charts.png(figure, dpi=90))).convert("RGB")
