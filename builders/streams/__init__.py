"""Streams: mixtures and curricula beside the streams of the configs, all resumable.

>>> from gameqa.builders.streams import AccuracyCurriculum, stream
>>> curriculum = AccuracyCurriculum(window=64)
>>> rows = stream("in_domain", weights={"sokoban": 2, "maze": 1}, curriculum=curriculum)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from gameqa.builders.streams.accuracy import AccuracyCurriculum
    from gameqa.builders.streams.curriculum import Curriculum, RowCurriculum, StepCurriculum
    from gameqa.builders.streams.streaming import stream

# Imported on first use: the builder, which `stream` needs too, imports this package for its rows.
_HOMES = {
    "AccuracyCurriculum": "accuracy",
    "Curriculum": "curriculum",
    "RowCurriculum": "curriculum",
    "StepCurriculum": "curriculum",
    "stream": "streaming",
}

__all__ = ["AccuracyCurriculum", "Curriculum", "RowCurriculum", "StepCurriculum", "stream"]


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
