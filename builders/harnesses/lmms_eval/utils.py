"""What gameqa.yaml calls: picture, prompt, right answer and score of a row.

lmms-eval loads this file by its path, here or in the copy that `gameqa harness lmms-eval` writes.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import gameqa
from gameqa.grading import has_format
from gameqa.prompts import prompt_text
from gameqa.sample import Category

Doc = Mapping[str, Any]


def doc_to_visual(doc: Doc) -> list[Any]:
    """Return the picture as RGB, in a list of one; of none in text modality."""
    image = doc.get("image")
    return [] if image is None else [image.convert("RGB")]


def doc_to_text(doc: Doc, lmms_eval_specific_kwargs: Mapping[str, Any] | None = None) -> str:
    """Return the prompt.

    Args:
        doc: the row.
        lmms_eval_specific_kwargs: of the YAML: ``pre_prompt``, ``post_prompt``, and
            ``answer_style`` ("tag", "boxed" or "plain").

    Raises:
        GameQAError: the style is unknown, or the row lacks a column.
    """
    settings = lmms_eval_specific_kwargs or {}
    prompt = prompt_text(doc, settings.get("answer_style", "tag"))
    return f"{settings.get('pre_prompt', '')}{prompt}{settings.get('post_prompt', '')}"


def doc_to_target(doc: Doc) -> str:
    """Return the right answer, for the log."""
    return str(doc["answer"])


def process_results(doc: Doc, results: Sequence[Any]) -> dict[str, float]:
    """Return a response's scores: whether it is right, over all and in its category, and its form.

    The form is good if an answer is marked in one of the two ways that can be asked for.

    Raises:
        GameQAError: the row cannot be graded by. No response raises.
    """
    score = gameqa.grade(doc, results[0]).score
    marked = any(has_format(results[0], style) for style in ("tag", "boxed"))
    category = Category.parse(doc["category"]).slug
    return {"gameqa_acc": score, "gameqa_format": float(marked), f"gameqa_acc_{category}": score}
