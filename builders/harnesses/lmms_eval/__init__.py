"""The task folder for lmms-eval: gameqa.yaml and utils.py.

    lmms_eval --include_path "$(python -m gameqa.builders.harnesses.lmms_eval)" --tasks gameqa ...

evaluates the build in ./gameqa-bench. `write_task` (``gameqa harness lmms-eval``) writes a folder
for any other dataset.
"""

from __future__ import annotations

import os
import re
import shutil
from pathlib import Path

import yaml

from gameqa.builders.failures import writing_to
from gameqa.builders.harnesses.places import place_of
from gameqa.errors import GameQAError
from gameqa.prompts import check_style

FOLDER = Path(__file__).resolve().parent
"""The folder for ``--include_path``."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*")


def write_task(
    out: str | os.PathLike[str],
    dataset: str,
    *,
    config: str | None = None,
    split: str = "test",
    answer_style: str = "tag",
    name: str = "gameqa",
) -> Path:
    """Write a task folder for a dataset; return it.

    Args:
        out: the folder; it is made, and must not hold other files.
        dataset: a folder with rows (its absolute path is written), or a dataset on the Hub.
        config: one of its configs; its default one when None.
        split: the split to evaluate.
        answer_style: where prompts want the answer: "tag", "boxed" or "plain".
        name: what the task is called in lmms-eval.

    Raises:
        GameQAError: there is no such dataset, a style or name cannot be, the folder is taken or
            cannot be written to.
    """
    check_style(answer_style)
    if not _NAME.fullmatch(name):
        raise GameQAError(f"The task name {name!r} must be letters, digits and underscores.")
    text = (FOLDER / "gameqa.yaml").read_text(encoding="utf-8")
    text = text[text.index("task: gameqa") :]
    for key, value in {
        "task": name,
        "dataset_path": place_of(dataset),
        "test_split": split,
        "    answer_style": answer_style,
    }.items():
        text = _with_value(text, key, value)
    if config is not None:
        text = text.replace("test_split:", f"dataset_name: {_scalar(config)}\ntest_split:", 1)
    target = Path(out)
    draft = target.with_name(f".{target.name}.incomplete")
    with writing_to(target, "Choose another folder."):
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise GameQAError(f"{target} is there already: choose another folder, or remove it.")
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(parents=True)
        shutil.copyfile(FOLDER / "utils.py", draft / "utils.py")
        (draft / f"{name}.yaml").write_text(text, encoding="utf-8")
        os.replace(draft, target)
    return target


def _with_value(text: str, key: str, value: str) -> str:
    line = f"{key}: {_scalar(value)}"
    changed, count = re.subn(rf"^{key}: .*$", lambda _: line, text, flags=re.MULTILINE)
    if count != 1:
        raise GameQAError(f"The task template has {count} lines {key.strip()!r} instead of one.")
    return changed


def _scalar(value: str) -> str:
    """Return a text as YAML writes it on one line."""
    text: str = yaml.safe_dump(value, width=10**6, allow_unicode=True)
    return text.removesuffix("...\n").strip()
