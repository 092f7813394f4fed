"""A report as one HTML file that needs no network: text, tables, charts and pictures."""

from __future__ import annotations

import base64
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import gameqa
from gameqa.builders.extras import needs
from gameqa.builders.pages import charts
from gameqa.builders.whole_file import write_whole
from gameqa.errors import GameQAError

if TYPE_CHECKING:
    from matplotlib.figure import Figure

Align: TypeAlias = Literal["left", "right"]
Tone: TypeAlias = Literal["", "good", "bad", "faint"]


@dataclass(frozen=True)
class Cell:
    """A table's cell that is shown otherwise than it sorts.

    Attributes:
        value: what the column is sorted by; a number, or a text.
        text: what is shown.
        tone: how it is shown: ``"good"``, ``"bad"``, ``"faint"``, or plainly.
    """

    value: float | str | None
    text: str
    tone: Tone = ""


class Page:
    """A report, put together from top to bottom.

    Text is escaped wherever it is shown; what stands between backticks is set as code. The same
    calls make the same bytes.

    >>> page = Page("Audit", lead="Sokoban, 1,000 samples a task.")
    >>> page.heading("Guessers")
    >>> page.table(["task", "accuracy"], [["minimum_moves", 0.25]])
    >>> page.write("audit.html")
    """

    def __init__(self, title: str, lead: str = "") -> None:
        """Begin a page.

        Args:
            title: its title and first heading.
            lead: what it is about, in a sentence or two.
        """
        self.title = title
        self.lead = lead
        self._blocks: list[dict[str, Any]] = []

    def heading(self, text: str, level: int = 2) -> None:
        """Begin a section (level 2), or a part of one (level 3). Sections are listed at the top."""
        self._add("heading", text=text, level=level, anchor=f"section-{len(self._blocks)}")

    def paragraph(self, text: str) -> None:
        """Add a paragraph; a blank line in the text begins another."""
        for part in re.split(r"\n\s*\n", text.strip()):
            self._add("paragraph", text=part)

    def items(self, texts: Iterable[str]) -> None:
        """Add a list with a dot before each text."""
        self._add("items", texts=list(texts))

    def code(self, text: str) -> None:
        """Add a block of code, a command or whatever keeps its line breaks."""
        self._add("code", text=text)

    def figures(self, figures: Mapping[str, object]) -> None:
        """Add the few numbers that matter most, large, each under its name."""
        self._add("figures", figures={name: _shown(value) for name, value in figures.items()})

    def table(
        self,
        columns: Sequence[str],
        rows: Iterable[Sequence[object]],
        caption: str = "",
        align: Sequence[Align] | None = None,
    ) -> None:
        """Add a table; a click on a column's head sorts by it.

        Args:
            columns: the heads.
            rows: a text, number, None (nothing) or `Cell` for each column.
            caption: what the table tells.
            align: of each column; None sets columns of numbers to the right, others to the left.

        Raises:
            GameQAError: a row has not as many cells as there are columns.
        """
        cells = [[_cell(value) for value in row] for row in rows]
        for row in cells:
            if len(row) != len(columns):
                raise GameQAError(f"A row of {len(row)} cells in a table of {len(columns)}.")
        sides = align or [
            "right" if _is_numeric([row[place] for row in cells]) else "left"
            for place in range(len(columns))
        ]
        self._add("table", columns=list(columns), rows=cells, caption=caption, align=list(sides))

    def chart(self, figure: Figure, caption: str = "") -> None:
        """Add a chart of `gameqa.builders.pages.charts`, or any matplotlib figure."""
        self._add("chart", svg=charts.svg(figure), caption=caption)

    def picture(self, png: bytes, caption: str = "", width: int | None = None) -> None:
        """Add a picture.

        Args:
            png: the bytes of a PNG.
            caption: what is to be seen.
            width: pixels that it is shown wide; its own when None.
        """
        self._add("picture", source=_data_uri(png), caption=caption, width=width)

    def card(self, title: str, texts: Mapping[str, str], png: bytes | None = None) -> None:
        """Add a case to look at: named texts beside a picture.

        Args:
            title: what case it is.
            texts: by name, line breaks kept; long ones scroll.
            png: the bytes of a PNG, shown small and, clicked on, at its own size.
        """
        source = None if png is None else _data_uri(png)
        self._add("card", title=title, texts=dict(texts), source=source)

    def html(self) -> str:
        """Return the page.

        Raises:
            GameQAError: jinja2 is missing.
        """
        with needs("report", "HTML pages"):
            import jinja2
        environment = jinja2.Environment(
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        environment.filters["spans"] = _spans
        template = resources.files("gameqa.builders.pages").joinpath("page.html")
        return environment.from_string(template.read_text(encoding="utf-8")).render(
            title=self.title,
            lead=self.lead,
            blocks=self._blocks,
            sections=[b for b in self._blocks if b["kind"] == "heading" and b["level"] == 2],
            version=gameqa.__version__,
        )

    def write(self, path: str | os.PathLike[str]) -> Path:
        """Write the page, whole or not at all, and return where it is.

        Raises:
            GameQAError: the file cannot be written, or jinja2 is missing.
        """
        return write_whole(path, self.html())

    def _add(self, kind: str, **block: Any) -> None:
        self._blocks.append({"kind": kind, **block})


def _cell(value: object) -> Cell:
    if isinstance(value, Cell):
        return value
    if value is None:
        return Cell(None, "")
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return Cell(value, _shown(value))
    return Cell(str(value), str(value))


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return f"{value:,}"
    return f"{value:,.3f}" if isinstance(value, float) else str(value)


def _is_numeric(cells: Sequence[Cell]) -> bool:
    known = [cell.value for cell in cells if cell.value is not None]
    return bool(known) and all(isinstance(value, (int, float)) for value in known)


def _data_uri(png: bytes) -> str:
    return "data:image/png;base64," + base64.b64encode(png).decode("ascii")


def _spans(text: str) -> list[tuple[bool, str]]:
    """Divide a text at backticks into pieces, each with whether it is code."""
    pieces = text.split("`")
    if len(pieces) % 2 == 0:  # an odd backtick is a backtick
        return [(False, text)]
    return [(place % 2 == 1, piece) for place, piece in enumerate(pieces)]
