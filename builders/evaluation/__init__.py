"""Evaluation as files and pages: predictions read, rows made again, results shown.

What is right and how sure that is, `gameqa.evaluation` says; this room only brings in and shows.
"""

from __future__ import annotations

from gameqa.builders.evaluation.examples import Example, choose_examples
from gameqa.builders.evaluation.report import report_page
from gameqa.builders.evaluation.screen import screen_table

__all__ = ["Example", "choose_examples", "report_page", "screen_table"]
