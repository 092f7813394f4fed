"""The audit as JSON: `audit.json`, which the dataset card and later audits read."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

import gameqa
from gameqa.builders.audit.auditing import Audit
from gameqa.builders.audit.case import Place
from gameqa.registry import get_game, list_games

SCHEMA = 1
"""Raised when a reader of older files would be misled."""


def as_record(audit: Audit) -> dict[str, Any]:
    """Return an audit as JSON-able data.

    ``cells`` holds a record for each (game, task, plot_level, form): ``samples``, ``right``,
    ``guesses`` (by guesser: ``right``, ``chance``, ``low``, ``high``, ``rule``), ``distinct``
    (``duplicates``, ``expected`` share in 10,000, ``answers``, ``entropy`` ...), ``told``,
    ``measure`` and ``pictures``. ``findings`` holds what falls short; ``idle_exceptions`` what is
    listed and not needed.
    """
    games = sorted({cell.place.game for cell in audit.cells})
    known = list_games()
    return {
        "schema": SCHEMA,
        "gameqa": gameqa.__version__,
        "engines": {slug: get_game(slug).version for slug in games if slug in known},
        "source": audit.source,
        "samples": audit.samples,
        "bounds": asdict(audit.bounds),
        "passes": audit.passes,
        "cells": [
            {
                **_place(cell.place),
                "samples": cell.samples,
                "right": cell.right,
                "wrong": [list(entry) for entry in cell.wrong],
                "guesses": {
                    guess.guesser: {
                        "right": _round(guess.right),
                        "chance": _round(guess.chance),
                        "low": _round(guess.low),
                        "high": _round(guess.high),
                        "rule": guess.rule,
                    }
                    for guess in cell.guesses
                },
                "distinct": {name: _round(value) for name, value in asdict(cell.distinct).items()},
                "told": _round(cell.told),
                "measure": _round(cell.measure),
                "measure_error": _round(cell.measure_error),
                "pictures": None
                if cell.pictures is None
                else {name: _round(value) for name, value in asdict(cell.pictures).items()},
            }
            for cell in audit.cells
        ],
        "seen": [
            {
                **_place(own.place),
                "style": own.style,
                "data_id": own.data_id,
                "labels": own.labels,
                "missing": list(own.missing),
                "contrast": own.contrast.normal,
                "contrast_deuteranopia": own.contrast.deuteranopia,
                "lost": [list(pair) for pair in own.contrast.lost],
            }
            for own in audit.seen
        ],
        "findings": [
            {
                **_place(finding.place),
                "check": finding.check,
                "value": _round(finding.value),
                "bound": _round(finding.bound),
                "status": finding.status,
                "text": finding.text,
                "reason": finding.reason,
            }
            for finding in audit.findings
        ],
        "idle_exceptions": [str(own) for own in audit.idle],
    }


def as_json(audit: Audit) -> str:
    """Return an audit as the text of `audit.json`: the same audit, the same text."""
    return json.dumps(as_record(audit), indent=1, ensure_ascii=False) + "\n"


def _place(place: Place) -> dict[str, str]:
    return {
        "game": place.game,
        "task": place.task,
        "plot_level": place.plot_level,
        "form": place.form,
    }


def _round(value: Any) -> Any:
    """Return numbers to six places: as exact as anyone needs, and free of a machine's last bit."""
    return round(value, 6) if isinstance(value, float) else value
