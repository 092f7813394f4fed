"""The task folder in the real lmms-eval: it loads, runs, and scores what models are worth."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

pytest.importorskip("lmms_eval", reason="needs lmms-eval: `make harnesses`")

from lmms_eval import evaluator
from lmms_eval.api.model import lmms
from lmms_eval.tasks import TaskManager

from gameqa.builders.harnesses.lmms_eval import FOLDER, write_task


class Stub(lmms):
    """A model that is told the row, and is given the prompt and picture as every model is."""

    def __init__(self, respond, marker: str) -> None:
        super().__init__()
        self.respond, self.marker = respond, marker

    def generate_until(self, requests):
        responses = []
        for request in requests:
            prompt, settings, doc_to_visual, number, task, split = request.args
            row = self.task_dict[task][split][number]
            (picture,) = doc_to_visual(row)
            assert picture.mode == "RGB"
            assert picture.size == row["image"].size
            assert prompt.startswith(row["question"])
            assert self.marker in prompt
            assert not settings["until"], "a response would be cut off"
            responses.append(self.respond(row))
        return responses

    def loglikelihood(self, requests):
        raise AssertionError("the task is about what a model writes")

    def generate_until_multi_round(self, requests):
        raise AssertionError("one round")


def run(folder: Path, task: str, respond, marker: str = "<answer>") -> dict:
    manager = TaskManager("ERROR", include_path=str(folder), include_defaults=False)
    results = evaluator.simple_evaluate(
        model=Stub(respond, marker),
        tasks=[task],
        task_manager=manager,
        batch_size=1,
        bootstrap_iters=0,
        log_samples=True,
    )
    return results["results"][task]


@pytest.mark.parametrize("packaged", [True, False], ids=["packaged", "written"])
def test_scores_are_those_of_the_models(rows, bench, model, packaged, tmp_path, monkeypatch):
    """Catches a folder that lmms-eval cannot load, rows mixed up, and a lenient or strict score."""
    respond, (low, high) = model
    if packaged:
        folder, task = FOLDER, "gameqa"
        monkeypatch.chdir(tmp_path)
        os.symlink(bench, "gameqa-bench")
    else:
        folder, task = write_task(tmp_path / "task", bench, name="mine"), "mine"
    result = run(folder, task, respond)
    print(f"\nlmms-eval, {len(rows)} rows, {low:.3f} to {high:.3f} expected: {result}")
    assert low <= result["gameqa_acc,none"] <= high
    assert result["gameqa_format,none"] == 1.0
    assert len([n for n in result if n.startswith("gameqa_acc_") and "stderr" not in n]) == 4


def test_one_game_from_a_folder_of_parquet_files(bench, tmp_path):
    """Catches a folder that only loads where `gameqa build` left its card, and a lost setting."""
    shutil.copytree(Path(bench) / "data" / "sokoban", tmp_path / "rows")
    rows_folder = str(tmp_path / "rows")
    folder = write_task(tmp_path / "task", rows_folder, answer_style="boxed", name="soko")
    result = run(folder, "soko", lambda row: f"\\boxed{{{row['answer']}}}", "\\boxed{}")
    assert result["gameqa_acc,none"] == 1.0
    assert "gameqa_acc_spatial_3d,none" not in result
