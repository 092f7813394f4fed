"""The formats: which columns each trainer reads, and what of a row goes into them.

TRL puts the picture's placeholder in itself, and would show a literal ``<image>`` to the model as
text; the others want one ``<image>`` in the prompt for each picture and check the count. EasyR1 and
OpenRLHF hand a reward a single string, so theirs is the whole grading spec.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from datasets import Features, Image, Value

from gameqa.builders.views.pictures import struct, structs
from gameqa.builders.views.settings import Settings, prompt, spec, target
from gameqa.errors import unknown
from gameqa.prompts import column

Row = dict[str, Any]

_STRING = Value("string")
_MESSAGES = [{"role": _STRING, "content": _STRING}]
_STRUCTS = [{"bytes": Value("binary"), "path": _STRING}]


@dataclass(frozen=True)
class View:
    """A trainer's format.

    Attributes:
        name: its name on the command line.
        about: what reads it.
        make: makes its row from one of ours and the settings.
        columns: their types; the pictures' column is among them.
        pictures: the column of the pictures, left out where there are none.
        storage: how an export is written: "parquet", or "json" with the pictures as files.
        typed: whether the Parquet files say that pictures are pictures; readers that want plain
            structs, or use an older `datasets`, must not see that.
    """

    name: str
    about: str
    make: Callable[[Mapping[str, Any], Settings], Row]
    columns: Mapping[str, Any]
    pictures: str = "images"
    storage: str = "parquet"
    typed: bool = False

    def row(self, row: Mapping[str, Any], settings: Settings) -> Row:
        """Return a row in this format, without the pictures' column where there is none.

        Raises:
            GameQAError: the row lacks a column.
        """
        made = self.make(row, settings)
        if row.get("image") is None:
            del made[self.pictures]
        return made

    def features(self, with_pictures: bool) -> Features:
        """Return the typed columns."""
        return Features(
            {n: type_ for n, type_ in self.columns.items() if with_pictures or n != self.pictures}
        )


def get_view(name: str) -> View:
    """Return the view of that name.

    Raises:
        GameQAError: there is none.
    """
    folded = str(name).strip().lower().replace("_", "-")
    if folded not in VIEWS:
        raise unknown("format", name, VIEWS)
    return VIEWS[folded]


def _user(row: Mapping[str, Any], settings: Settings, *, marked: bool) -> Row:
    return {"role": "user", "content": prompt(row, settings, marked=marked)}


def _assistant(row: Mapping[str, Any], settings: Settings) -> Row:
    return {"role": "assistant", "content": target(row, settings)}


def _trl_grpo(row: Mapping[str, Any], settings: Settings) -> Row:
    return {
        "prompt": [_user(row, settings, marked=False)],
        "image": row.get("image"),
        "grading": spec(row),
        "answer_style": settings.answer_style,
        **{name: column(row, name) for name in ("data_id", "game", "task", "plot_level")},
    }


def _trl_sft(row: Mapping[str, Any], settings: Settings) -> Row:
    return {
        "prompt": [_user(row, settings, marked=False)],
        "completion": [_assistant(row, settings)],
        "image": row.get("image"),
    }


def _verl(row: Mapping[str, Any], settings: Settings) -> Row:
    data_id = column(row, "data_id")
    return {
        "data_source": f"gameqa/{column(row, 'game')}",
        "prompt": [_user(row, settings, marked=True)],
        "images": structs(row),
        "ability": "game",
        "reward_model": {"style": "rule", "ground_truth": column(row, "answer")},
        "extra_info": {
            "index": data_id,
            "answer_style": settings.answer_style,
            **{name: column(row, name) for name in ("game", "task", "plot_level")},
            "grading": spec(row),
        },
    }


def _easyr1(row: Mapping[str, Any], settings: Settings) -> Row:
    return {
        "problem": prompt(row, settings, marked=True),
        "answer": spec(row),
        "images": structs(row),
    }


def _ms_swift(row: Mapping[str, Any], settings: Settings) -> Row:
    # "solution" stays a column; "answer", "output" and the like would become the response.
    return {
        "messages": [_user(row, settings, marked=True)],
        "images": structs(row),
        "solution": column(row, "answer"),
        "task": f"{column(row, 'game')}/{column(row, 'task')}",
        "plot_level": column(row, "plot_level"),
        "data_id": column(row, "data_id"),
        "grading": spec(row),
        "answer_style": settings.answer_style,
    }


def _with_target(row: Mapping[str, Any], settings: Settings) -> Row:
    return {
        "messages": [_user(row, settings, marked=True), _assistant(row, settings)],
        "images": structs(row),
    }


def _openrlhf(row: Mapping[str, Any], settings: Settings) -> Row:
    return {
        "prompt": prompt(row, settings, marked=True),
        "label": spec(row),
        "images": [each["bytes"] for each in structs(row)],  # it would leave out a struct
    }


def _messages(row: Mapping[str, Any], settings: Settings) -> Row:
    picture = struct(row)
    asked: list[Row] = [] if picture is None else [{"type": "image", "text": None}]
    asked.append({"type": "text", "text": prompt(row, settings, marked=False)})
    told = [{"type": "text", "text": target(row, settings)}]
    return {
        "messages": [{"role": "user", "content": asked}, {"role": "assistant", "content": told}],
        "images": structs(row),
    }


_STRINGS = dict.fromkeys(("grading", "answer_style", "data_id", "task", "plot_level"), _STRING)
_VIEWS = (
    View(
        "trl-grpo",
        "TRL's GRPOTrainer (and RLOO): prompt, image, and columns for the rewards",
        _trl_grpo,
        {"prompt": _MESSAGES, "image": Image(), **_STRINGS, "game": _STRING},
        pictures="image",
        typed=True,
    ),
    View(
        "trl-sft",
        "TRL's SFTTrainer: prompt, completion, image",
        _trl_sft,
        {"prompt": _MESSAGES, "completion": _MESSAGES, "image": Image()},
        pictures="image",
        typed=True,
    ),
    View(
        "verl",
        "verl's RLHFDataset",
        _verl,
        {
            "data_source": _STRING,
            "prompt": _MESSAGES,
            "images": _STRUCTS,
            "ability": _STRING,
            "reward_model": {"style": _STRING, "ground_truth": _STRING},
            "extra_info": dict.fromkeys(
                ("index", "answer_style", "game", "task", "plot_level", "grading"), _STRING
            ),
        },
    ),
    View(
        "easyr1",
        "EasyR1: problem, answer (the grading spec), images",
        _easyr1,
        {"problem": _STRING, "answer": _STRING, "images": _STRUCTS},
    ),
    View(
        "ms-swift",
        "ms-swift's GRPO: messages, images, and columns for the rewards",
        _ms_swift,
        {"messages": _MESSAGES, "images": _STRUCTS, "solution": _STRING, **_STRINGS},
    ),
    View(
        "ms-swift-sft",
        "ms-swift's SFT: messages with the target, images",
        _with_target,
        {"messages": _MESSAGES, "images": _STRUCTS},
    ),
    View(
        "llama-factory",
        "LLaMA-Factory's SFT: JSON, pictures as files, dataset_info.json",
        _with_target,
        {"messages": _MESSAGES, "images": _STRUCTS},
        storage="json",
    ),
    View(
        "openrlhf",
        "OpenRLHF: prompt, label (the grading spec), images",
        _openrlhf,
        {"prompt": _STRING, "label": _STRING, "images": [Value("binary")]},
    ),
    View(
        "messages",
        "chat messages with typed parts, as processors' chat templates take them, and images",
        _messages,
        {
            "messages": [{"role": _STRING, "content": [{"type": _STRING, "text": _STRING}]}],
            "images": [Image()],
        },
        typed=True,
    ),
)

VIEWS: dict[str, View] = {view.name: view for view in _VIEWS}
"""The views by name."""
