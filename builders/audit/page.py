"""The audit as one HTML page: the sum, what falls short, the numbers of every cell, the list."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from gameqa.builders.audit.auditing import Audit
from gameqa.builders.audit.judging import CHECKS, EXCUSED, FAIL, WARN, Finding
from gameqa.builders.audit.telling import COLUMNS, numbers
from gameqa.builders.pages import Page, charts
from gameqa.builders.pages.page import Cell as Shown

_WHAT = {
    "recomputed": "the answer follows again from state and query",
    "constant": "best constant answer, chosen on one half, tried on the other",
    "rank": "best option rank or letter, likewise",
    "twin": "the answer of other samples with the same question and options",
    "classifier": "a classifier of question and option texts, trained on one half",
    "told": "share of the board in words that the question repeats",
    "duplicates": "same picture, same question, extrapolated to 10,000 samples",
    "splits": "pictures in more than one split",
    "levels": "mean hardness of the boards rises with the level",
    "pictures": "size, bytes, colours",
    "labels": "labels of the coordinates asked about are drawn, in line",
    "contrast": "neighbouring areas differ without green cones, too",
}


def as_page(found: Audit) -> Page:
    """Return the report of an audit; `Page.write` makes it a file."""
    page = Page("Audit", lead=f"{found.source}.")
    right = sum(cell.right for cell in found.cells)
    page.figures(
        {
            "samples": found.samples,
            "cells": len(found.cells),
            "answers recomputed": f"{100 * right / max(found.samples, 1):.2f} %",
            "failures": len(found.failures),
            "warnings": len(found.warnings),
            "listed": sum(finding.status == EXCUSED for finding in found.findings),
        }
    )
    _sum_up(page, found)
    _short(page, "Failures", found, FAIL)
    _short(page, "Warnings", found, WARN)
    _listed(page, found)
    _advantages(page, found)
    _numbers(page, found)
    _looks(page, found)
    return page


def _sum_up(page: Page, found: Audit) -> None:
    page.heading("Checks")
    counts = Counter((finding.check, finding.status) for finding in found.findings)
    page.table(
        ["check", "what", "failures", "warnings", "listed"],
        [
            [
                check,
                _WHAT[check],
                _toned(counts[check, FAIL], "bad"),
                counts[check, WARN],
                counts[check, EXCUSED],
            ]
            for check in CHECKS
        ],
    )


def _toned(count: int, tone: str) -> Shown:
    return Shown(count, f"{count:,}", "bad" if count and tone == "bad" else "good")


def _short(page: Page, title: str, found: Audit, status: str) -> None:
    own = [finding for finding in found.findings if finding.status == status]
    page.heading(title)
    if not own:
        page.paragraph("None.")
        return
    if status == WARN:
        page.paragraph("Above a bound, but so little that these samples cannot tell.")
    page.table(
        ["where", "check", "value", "bound", "what"],
        [_row(finding) for finding in own],
    )


def _row(finding: Finding) -> list[object]:
    return [
        str(finding.place),
        finding.check,
        round(finding.value, 4),
        round(finding.bound, 4),
        finding.text,
    ]


def _listed(page: Page, found: Audit) -> None:
    page.heading("Listed exceptions")
    groups: dict[tuple[str, str, str], list[Finding]] = defaultdict(list)
    for finding in found.findings:
        if finding.status == EXCUSED:
            groups[finding.place.game, finding.check, finding.reason].append(finding)
    if groups:
        page.table(
            ["game", "check", "findings", "tasks", "worst", "reason"],
            [
                [
                    game,
                    check,
                    len(own),
                    ", ".join(sorted({finding.place.task for finding in own})),
                    round(max(finding.value for finding in own), 4),
                    reason,
                ]
                for (game, check, reason), own in sorted(groups.items())
            ],
        )
    else:
        page.paragraph("None was needed.")
    if found.idle:
        page.paragraph("Listed, but not needed by these samples; off the list if that stays so:")
        page.items([str(own) for own in found.idle])


def _advantages(page: Page, found: Audit) -> None:
    """Show by game how much the best guesser of the worst choice cell beats chance."""
    worst: dict[str, tuple[float, float, float]] = {}
    for cell in found.cells:
        for guess in cell.guesses:
            if guess.chance and guess.guesser != "twin":
                here = (guess.advantage, guess.low - guess.chance, guess.high - guess.chance)
                worst[cell.place.game] = max(worst.get(cell.place.game, here), here)
    if not worst:
        return
    page.heading("Guessers that never see the picture")
    games = sorted(worst)
    page.chart(
        charts.bars(
            games,
            [100 * worst[game][0] for game in games],
            lows=[100 * worst[game][1] for game in games],
            highs=[100 * worst[game][2] for game in games],
            marks=[100 * found.bounds.above_chance] * len(games),
            title="Points above chance, the best guesser of each game's worst choice cell",
            mark_label="bound",
        ),
        caption="The worst of many cells lies above zero by luck alone; the intervals are of 95 %.",
    )


def _numbers(page: Page, found: Audit) -> None:
    page.heading("Every cell")
    page.paragraph(
        "Shares in percent. RIGHT: answers recomputed. CONST, RANK, TWIN, CLASSIF: right guesses "
        "without the picture. TOLD: of the board in words, in the question. DUPL: duplicates among "
        "these samples. BITS: entropy of the answers. HARD: mean of the game's measure of its "
        "boards. kB: mean size of a picture's file."
    )
    page.table(
        [column.lower() for column in COLUMNS],
        [
            [
                cell.place.game,
                cell.place.task,
                cell.place.plot_level,
                cell.place.form,
                *map(_number, numbers(cell)),
            ]
            for cell in found.cells
        ],
    )


def _number(text: str) -> Shown:
    return Shown(float(text.replace(",", "")) if text else None, text)


def _looks(page: Page, found: Audit) -> None:
    if not found.seen:
        return
    page.heading("Pictures looked at closely")
    page.paragraph(
        "Least CIEDE2000 difference of neighbouring areas, for normal eyes and without green "
        "cones; shading makes close neighbours that mean the same. Lost: pairs plain to most and "
        "hardly told apart without green cones."
    )
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for number, own in enumerate(found.seen):
        groups[own.place.game, own.style].append(number)
    rows: list[Sequence[object]] = []
    for (game, style), places in sorted(groups.items()):
        looked = [found.seen[number] for number in places]
        normal = [own.contrast.normal for own in looked if own.contrast.normal is not None]
        blind = [o.contrast.deuteranopia for o in looked if o.contrast.deuteranopia is not None]
        rows.append(
            [
                game,
                style,
                len(looked),
                sum(own.labels for own in looked),
                sum(len(own.missing) for own in looked),
                min(normal, default=None),
                min(blind, default=None),
                len({pair[:2] for own in looked for pair in own.contrast.lost}),
            ]
        )
    page.table(
        ["game", "style", "pictures", "labels", "missing", "least", "without green", "lost"], rows
    )
