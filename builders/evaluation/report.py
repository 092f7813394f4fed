"""An evaluation as a page: accuracies with intervals and chance, tasks, wrong responses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from gameqa.builders.evaluation.examples import Example, add_examples
from gameqa.builders.evaluation.screen import few_rows, interval, p_value, percent
from gameqa.builders.pages import Cell, Page, charts
from gameqa.builders.pages.page import Tone
from gameqa.evaluation import Evaluation, Group, Outcome, compare

_CHARTS = {
    "category": "By category",
    "domain": "By domain",
    "qa_type": "By type of question",
    "qa_level": "By level of the question",
    "plot_level": "By level of the board",
    "answer_type": "By kind of answer",
    "game": "By game",
}
_SHOWN_IDS = 5

_READING = (
    "An accuracy is the share of rows whose response is right, by `gameqa.grade`: by rule, with "
    "no judge model. Its interval is Wilson's, 95 %. Rows without a response count as wrong.",
    "Chance is what a guesser reaches who knows the task but does not see the picture. Of a choice "
    "it is 1 in the number of options. Of an open task it is the share of its rows that the best "
    "constant answer gets right: picked with these rows' right answers known, so over few rows it "
    "flatters the guesser, never the model. A group's chance is the mean over its rows. An "
    "accuracy is called above chance, and green, where even its interval's lower end is.",
)


def report_page(
    evaluations: Sequence[Evaluation], source: str = "", examples: Iterable[Example] = ()
) -> Page:
    """Return a page on one or several models.

    >>> report_page([evaluation]).write("report.html")

    Args:
        evaluations: of models on the same rows.
        source: where the rows come from, e.g. ``"sokoban, test"``.
        examples: wrong responses to show, in order.

    Raises:
        GameQAError: the models were evaluated on different rows, or the extra ``report`` is not
            installed.
    """
    names = [evaluation.name for evaluation in evaluations]
    rows = evaluations[0].overall.n
    page = Page(
        f"Evaluation of {_listed(names)}",
        f"{rows:,} rows{f' of {source}' if source else ''}, graded by rule.",
    )
    page.figures(
        {
            **{f"{e.name}: accuracy": f"{percent(e.accuracy)} %" for e in evaluations[:6]},
            "chance": f"{percent(evaluations[0].overall.chance)} %",
            "rows": rows,
        }
    )
    page.heading("Models" if len(names) > 1 else "Summary")
    _summary(page, evaluations)
    if len(evaluations) > 1:
        _differences(page, evaluations)
    page.heading("Where they are right" if len(names) > 1 else "Where it is right")
    page.paragraph("Accuracy with its 95 % interval; in brackets the number of rows.")
    for dimension, title in _CHARTS.items():
        if len(evaluations[0].by(dimension)) > 1:
            _chart(page, evaluations, dimension, title)
    page.heading("Tasks")
    _tasks(page, evaluations)
    add_examples(page, examples, several=len(names) > 1)
    page.heading("How to read this")
    for text in _READING:
        page.paragraph(text)
    return page


def _summary(page: Page, evaluations: Sequence[Evaluation]) -> None:
    page.table(
        ["model", "rows", "right", "accuracy", "95 % interval", "chance"],
        [
            [
                evaluation.name,
                evaluation.overall.n,
                evaluation.overall.correct,
                _accuracy(evaluation.overall),
                interval(evaluation.overall.interval),
                _percent(evaluation.overall.chance),
            ]
            for evaluation in evaluations
        ],
    )
    if note := few_rows(evaluations[0]):
        page.paragraph(note)
    page.heading("Responses", level=3)
    page.table(
        ["model", *(str(outcome) for outcome in Outcome)],
        [
            [
                evaluation.name,
                *(evaluation.overall.outcomes[outcome] for outcome in Outcome),
            ]
            for evaluation in evaluations
        ],
        caption="What became of each row's response; only the first column counts as right.",
    )
    misfits = [text for evaluation in evaluations for text in _misfits(evaluation)]
    if misfits:
        page.items(misfits)


def _misfits(evaluation: Evaluation) -> Iterable[str]:
    for what, ids in (
        ("no response, counted as wrong", evaluation.ids(Outcome.MISSING)),
        ("several responses that differ, counted as wrong", evaluation.ids(Outcome.CONFLICTING)),
        ("the same response sent twice, counted once", evaluation.repeated),
        ("no row of that id, not counted", evaluation.unknown),
    ):
        if ids:
            shown = ", ".join(f"`{data_id}`" for data_id in ids[:_SHOWN_IDS])
            more = f" and {len(ids) - _SHOWN_IDS:,} more" if len(ids) > _SHOWN_IDS else ""
            yield f"{evaluation.name}: {what} ({len(ids):,}): {shown}{more}"


def _differences(page: Page, evaluations: Sequence[Evaluation]) -> None:
    page.heading("Differences", level=3)
    page.table(
        [
            "first",
            "second",
            "points",
            "95 % interval",
            "only first right",
            "only second right",
            "p",
        ],
        [
            [
                pair.first,
                pair.second,
                Cell(pair.difference, f"{100 * pair.difference:+.1f}"),
                interval(pair.interval),
                pair.only_first,
                pair.only_second,
                Cell(pair.p_value, p_value(pair.p_value)),
            ]
            for pair in compare(evaluations)
        ],
        caption="First minus second, row by row: Newcombe's interval for paired shares and "
        "McNemar's exact test. With many pairs, some will differ by luck.",
    )


def _chart(page: Page, evaluations: Sequence[Evaluation], dimension: str, title: str) -> None:
    groups = [(evaluation.name, evaluation.by(dimension)) for evaluation in evaluations]
    first = groups[0][1]
    labels = [f"{name} ({group.n:,})" for name, group in first.items()]

    def series(value: Any) -> dict[str, list[float]]:
        return {name: [100 * value(group) for group in by.values()] for name, by in groups}

    values = series(lambda group: group.accuracy)
    lows = series(lambda group: group.interval[0])
    highs = series(lambda group: group.interval[1])
    marks = [100 * group.chance for group in first.values()]
    if len(evaluations) == 1:
        name = evaluations[0].name
        figure = charts.bars(
            labels,
            values[name],
            lows=lows[name],
            highs=highs[name],
            marks=marks,
            unit="%",
            title=title,
        )
    else:
        figure = charts.bars(
            labels, values, lows=lows, highs=highs, marks=marks, unit="%", title=title
        )
    page.chart(figure)


def _tasks(page: Page, evaluations: Sequence[Evaluation]) -> None:
    columns = ["task", "rows", "chance"]
    for evaluation in evaluations:
        name = f"{evaluation.name}: " if len(evaluations) > 1 else ""
        columns += [f"{name}accuracy", f"{name}95 % interval"]
    groups = [evaluation.by("task") for evaluation in evaluations]
    rows: list[list[Any]] = []
    for task, group in groups[0].items():
        row: list[Any] = [task, group.n, _percent(group.chance)]
        for by in groups:
            row += [_accuracy(by[task]), interval(by[task].interval)]
        rows.append(row)
    page.table(columns, rows, caption="Accuracy above chance is green.")


def _accuracy(group: Group) -> Cell:
    tone: Tone = "good" if group.is_above_chance else ""
    return Cell(group.accuracy, f"{percent(group.accuracy)} %", tone)


def _percent(share: float) -> Cell:
    return Cell(share, f"{percent(share)} %")


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
