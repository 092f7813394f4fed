"""gameqa as a dataset of VLMEvalKit: the TSV that it reads, and the class that scores it.

    gameqa harness vlmevalkit gameqa-bench --out ~/LMUData/GameQA.tsv

and in VLMEvalKit's run.py, before anything else:

    from gameqa.builders.harnesses import vlmevalkit; vlmevalkit.register("GameQA")

Then ``python run.py --data GameQA --model ...`` asks and scores. Without the class VLMEvalKit would
take the file for a multiple-choice set of its own, show the options twice, and ask a judge.
"""

from __future__ import annotations

import csv
import hashlib
import importlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from string import ascii_uppercase
from typing import Any

from gameqa.builders.extras import needs
from gameqa.builders.failures import writing_to
from gameqa.builders.harnesses.dataset_rows import picture_base64
from gameqa.errors import GameQAError
from gameqa.grading import grade, grading_spec
from gameqa.prompts import check_style, prompt_text

_LETTERS = ascii_uppercase[:12]
_FIRST = ("index", "image", "question", "answer")
_LAST = ("category", "l2-category", "split", "data_id", "task", "plot_level", "grading")
COLUMNS = (*_FIRST, *_LETTERS, *_LAST)
"""The columns of the file."""


def write_tsv(
    rows: Iterable[Mapping[str, Any]],
    out: str | os.PathLike[str],
    *,
    split: str = "test",
    answer_style: str = "tag",
    progress: Callable[[int], object] = lambda rows: None,
) -> int:
    """Write rows as a TSV file of VLMEvalKit, whole or not at all; return how many.

    Args:
        rows: rows of gameqa, with pictures.
        out: the file, ``<name of the dataset>.tsv`` in VLMEvalKit's data folder (~/LMUData).
        split: the name of the split that they are of.
        answer_style: where the prompt wants the answer: "tag", "boxed" or "plain".
        progress: called with 1 for each row written.

    Raises:
        GameQAError: the style is unknown, a row has no picture or lacks a column, two rows are the
            same, there are none, or the file cannot be written.
    """
    check_style(answer_style)
    target = Path(out).expanduser()
    if target.suffix != ".tsv":
        raise GameQAError(f"VLMEvalKit reads .tsv files: name {target} so.")
    draft = target.with_name(f".{target.name}.{os.getpid()}")
    seen: set[str] = set()
    with writing_to(target.parent, "Choose another place with --out."):
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            with open(draft, "w", encoding="utf-8", newline="") as file:
                lines = csv.writer(file, delimiter="\t", lineterminator="\n")
                lines.writerow(COLUMNS)
                for row in rows:
                    line = line_of(row, split, answer_style)
                    if line["index"] in seen:
                        raise GameQAError(f"Row {row['data_id']} is there twice.")
                    seen.add(line["index"])
                    lines.writerow([line[column] for column in COLUMNS])
                    progress(1)
            if not seen:
                raise GameQAError("There are no rows to write.")
            os.replace(draft, target)
        finally:
            draft.unlink(missing_ok=True)
    return len(seen)


def line_of(row: Mapping[str, Any], split: str, answer_style: str = "tag") -> dict[str, str]:
    """Return a row as a line of the file.

    Pictures are PNG; VLMEvalKit's own encoder makes JPEG. VLMEvalKit keeps pictures and responses
    under the index and does not look whether the file has changed since; so the index is a hash of
    what is asked.

    Raises:
        GameQAError: the row has no picture, lacks a column, or has too many options.
    """
    picture = picture_base64(row)
    if picture is None:
        raise GameQAError(f"Row {row['data_id']} has no picture: VLMEvalKit would leave it out.")
    options = list(row["options"])
    if len(options) > len(_LETTERS):
        raise GameQAError(f"Row {row['data_id']} has {len(options)} options, at most 12 fit.")
    question, spec = prompt_text(row, answer_style), grading_spec(row)
    what = "\0".join((row["data_id"], question, spec, picture)).encode()
    return {
        "index": f"{row['game']}-{hashlib.blake2b(what, digest_size=8).hexdigest()}",
        "image": picture,
        "question": question,
        "answer": row["answer"],
        **dict.fromkeys(_LETTERS, ""),
        **dict(zip(_LETTERS, options, strict=False)),
        "category": row["category"],
        "l2-category": row["game"],
        "split": split,
        "data_id": row["data_id"],
        "task": row["task"],
        "plot_level": row["plot_level"],
        "grading": spec,
    }


def register(name: str = "GameQA") -> type:
    """Tell VLMEvalKit that the file ``<name>.tsv`` in its data folder is ours; return the class.

    Raises:
        GameQAError: VLMEvalKit, or something that it needs, is not installed.
    """
    made = dataset_class(name)
    known = importlib.import_module("vlmeval.dataset").DATASET_CLASSES
    known[:] = [made, *(each for each in known if getattr(each, "NAME", None) != name)]
    return made


def dataset_class(name: str = "GameQA") -> type:
    """Return a dataset class of VLMEvalKit that scores by `gameqa.grade`.

    Raises:
        GameQAError: VLMEvalKit, or something that it needs, is not installed.
    """
    with needs("vlmevalkit", "Datasets of VLMEvalKit"):
        image_base = importlib.import_module("vlmeval.dataset.image_base")
        smp = importlib.import_module("vlmeval.smp")

    def load_data(self: Any, dataset: str) -> Any:
        file = Path(smp.LMUDataRoot()) / f"{dataset}.tsv"
        if not file.is_file():
            raise GameQAError(
                f"{file} is not there; `gameqa harness vlmevalkit DATASET --out {file}` writes it."
            )
        return _table(file)

    def build_prompt(self: Any, line: Any) -> list[dict[str, str]]:
        if isinstance(line, int):
            line = self.data.iloc[line]
        pictures = [{"type": "image", "value": path} for path in self.dump_image(line)]
        return [*pictures, {"type": "text", "value": line["question"]}]

    def evaluate(self: Any, eval_file: str, **judge_kwargs: Any) -> Any:
        result, graded = scores(self.data, _table(Path(eval_file)))
        smp.dump(graded, smp.get_intermediate_file_path(eval_file, "_graded", "tsv"))
        smp.dump(result, smp.get_intermediate_file_path(eval_file, "_acc", "csv"))
        return result

    return type(
        "GameQA",
        (image_base.ImageBaseDataset,),
        {
            "__module__": __name__,
            "__doc__": "gameqa's questions, scored by rule; no judge is asked.",
            "TYPE": "VQA",
            "NAME": name,
            "DATASET_URL": {name: ""},
            "DATASET_MD5": {},
            "DEFAULT_JUDGE": "exact_matching",
            "load_data": load_data,
            "build_prompt": build_prompt,
            "evaluate": evaluate,
        },
    )


def scores(data: Any, predictions: Any) -> tuple[Any, Any]:
    """Grade predictions.

    Args:
        data: the lines that were asked about, a data frame.
        predictions: a data frame with ``index`` and ``prediction``.

    Returns:
        A data frame of one line, ``Overall`` and the accuracy in 0..1 of each category and game;
        and one of all lines, each with ``hit``, what was taken as its answer, and why. A line
        without a prediction is wrong.

    Raises:
        GameQAError: a prediction is there twice, or is about no line of the data.
    """
    import pandas as pd  # only now: VLMEvalKit brings it

    given: dict[str, str] = {}
    known = set(map(str, data["index"]))
    for index, prediction in zip(predictions["index"], predictions["prediction"], strict=True):
        if str(index) not in known:
            raise GameQAError(f"The prediction for {index!r} is about no line of the dataset.")
        if str(index) in given:
            raise GameQAError(f"There are two predictions for {index!r}.")
        given[str(index)] = str(prediction)
    graded = data[["index", "data_id", "category", "l2-category", "task", "plot_level"]].copy()
    grades = [
        grade(spec, given.get(str(index)))
        for index, spec in zip(data["index"], data["grading"], strict=True)
    ]
    graded["hit"] = [int(each.correct) for each in grades]
    graded["extracted"] = [each.extracted for each in grades]
    graded["reason"] = [each.reason for each in grades]
    means = {"Overall": graded["hit"].mean()}
    for column in ("category", "l2-category"):
        means.update(graded.groupby(column, sort=False)["hit"].mean())
    return pd.DataFrame([means]), graded


def _table(file: Path) -> Any:
    """Return a table with every cell as the text that it is: "NA" and "007" are answers, too."""
    import pandas as pd

    if file.suffix == ".xlsx":
        return pd.read_excel(file, dtype=str, keep_default_na=False)
    if file.suffix in (".tsv", ".csv"):
        separator = "\t" if file.suffix == ".tsv" else ","
        return pd.read_csv(file, sep=separator, dtype=str, keep_default_na=False)
    if file.suffix == ".json":
        return pd.read_json(file, dtype=False)
    raise GameQAError(f"{file} must be a .tsv, .csv, .xlsx or .json file.")
