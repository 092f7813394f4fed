"""gameqa as a task of inspect_ai.

    inspect eval gameqa/gameqa --model ... -T dataset=gameqa-bench -T config=out_of_domain

or in Python, of any rows: ``inspect_ai.eval(task_of(rows), model=...)``. Pictures go along as data
URIs, and every response is scored by `gameqa.grade`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from gameqa.builders.extras import needs
from gameqa.builders.harnesses.dataset_rows import load_rows, picture_base64
from gameqa.errors import GameQAError
from gameqa.grading import grade, grading_spec
from gameqa.prompts import check_style, prompt_text

with needs("inspect", "Tasks of inspect_ai"):
    from inspect_ai import Task, task
    from inspect_ai.dataset import MemoryDataset, Sample
    from inspect_ai.model import ChatMessageUser, ContentImage, ContentText
    from inspect_ai.scorer import (
        CORRECT,
        INCORRECT,
        Score,
        Scorer,
        Target,
        accuracy,
        grouped,
        scorer,
        stderr,
    )
    from inspect_ai.solver import TaskState, generate

_SHOWN = ("game", "category", "domain", "task", "qa_type", "qa_level", "plot_level")


@task  # type: ignore[untyped-decorator]
def gameqa(
    dataset: str = "gameqa-bench",
    config: str | None = None,
    split: str = "test",
    answer_style: str = "tag",
) -> Task:
    """Evaluate a dataset.

    Args:
        dataset: a folder that `gameqa build` wrote, or a dataset on the Hub.
        config: one of its configs, e.g. a game; its default one when None.
        split: which rows.
        answer_style: where the prompt wants the answer: "tag", "boxed" or "plain".

    Raises:
        GameQAError: there is no such dataset, config, split or style.
    """
    return task_of(load_rows(dataset, config, split), answer_style=answer_style)


def task_of(rows: Iterable[Mapping[str, Any]], *, answer_style: str = "tag") -> Task:
    """Return a task that asks about rows.

    Args:
        rows: rows of gameqa: a dataset, or a list of `gameqa.Sample.row()`.
        answer_style: where the prompt wants the answer: "tag", "boxed" or "plain".

    Raises:
        GameQAError: the style is unknown, there are no rows, or one lacks a column.
    """
    check_style(answer_style)
    samples = [sample_of(row, answer_style) for row in rows]
    if not samples:
        raise GameQAError("There are no rows to ask about.")
    return Task(dataset=MemoryDataset(samples), solver=generate(), scorer=gameqa_grade())


def sample_of(row: Mapping[str, Any], answer_style: str = "tag") -> Sample:
    """Return a row as a sample of inspect_ai, its grading spec in the metadata.

    Raises:
        GameQAError: the row lacks a column.
    """
    picture = picture_base64(row)
    content: list[Any] = []
    if picture is not None:
        content.append(ContentImage(image=f"data:image/png;base64,{picture}"))
    content.append(ContentText(text=prompt_text(row, answer_style)))
    return Sample(
        id=row["data_id"],
        input=[ChatMessageUser(content=content)],
        target=row["answer"],
        metadata={**{name: row[name] for name in _SHOWN}, "grading": grading_spec(row)},
    )


_METRICS = [accuracy(), stderr(), grouped(accuracy(), "category", all=False)]


@scorer(metrics=_METRICS)  # type: ignore[untyped-decorator]
def gameqa_grade() -> Scorer:
    """Score a response by `gameqa.grade`: right or wrong, with what was read and why."""

    async def score(state: TaskState, target: Target) -> Score:
        found = grade(state.metadata["grading"], state.output.completion)
        return Score(
            value=CORRECT if found.correct else INCORRECT,
            answer=found.extracted,
            explanation=found.reason,
        )

    return score
