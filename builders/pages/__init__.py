"""Reports as single HTML files, and the charts in them.

    >>> from gameqa.builders.pages import Page, charts
    >>> page = Page("Audit of sokoban", lead="What a guesser gains without the picture.")
    >>> page.chart(charts.bars(["a", "b"], [40.0, 52.5], unit="%"), caption="Accuracy")
    >>> page.write("audit.html")

Needs the extra ``report``: ``pip install "gameqa[report]"``.
"""

from __future__ import annotations

from gameqa.builders.pages import charts
from gameqa.builders.pages.page import Cell, Page

__all__ = ["Cell", "Page", "charts"]
