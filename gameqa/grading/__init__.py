"""Grading by rule: whether a response gives the right answer, with no judge and no network.

    >>> import gameqa
    >>> gameqa.grade(sample, "<think>…</think><answer>(3, 4)</answer>").correct

Pure functions of their arguments: no clock, no signal, no global state. Safe in threads and
processes; a response never raises.
"""

from __future__ import annotations

from gameqa.grading.grader import Grade, grade
from gameqa.grading.layout import has_format
from gameqa.grading.spec import grading_spec

__all__ = ["Grade", "grade", "grading_spec", "has_format"]
