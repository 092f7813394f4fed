"""How charts look: size, colours for light and dark, and how they become SVG or PNG."""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from gameqa.builders.extras import needs

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

WIDTH = 8.4  # inches; a page shows it about 800 pixels wide
FONT_SIZE = 9.5

# What charts are drawn in: the colour on a light ground, and its stand-in on a dark one.
INK = "#3c424b"
FAINT = "#767d88"
GRID = "#dfe3e8"
SERIES = ("#0067a5", "#c8540a", "#00846a", "#a3508c", "#8a6d00", "#5c6470")
_ON_DARK = {
    INK: "#d4d9e0",
    FAINT: "#9aa3ae",
    GRID: "#333a44",
    "#0067a5": "#5aa9e6",
    "#c8540a": "#f08c4a",
    "#00846a": "#2fbf9b",
    "#a3508c": "#d98cc4",
    "#8a6d00": "#d6b33c",
    "#5c6470": "#a6aeb9",
}
_SETTINGS: Any = {"svg.hashsalt": "gameqa", "svg.fonttype": "none", "font.size": FONT_SIZE}


def new_chart(height: float, title: str) -> tuple[Figure, Axes]:
    """Return an empty chart and its axes.

    Args:
        height: in inches.
        title: above the chart; none when "".
    """
    with needs("report", "Charts"):
        from matplotlib import rc_context
        from matplotlib.figure import Figure
    with rc_context(_SETTINGS):
        figure = Figure(figsize=(WIDTH, height), layout="constrained")
        axes = figure.add_subplot()
    if title:
        figure.suptitle(title, x=0.01, ha="left", color=INK, fontsize=FONT_SIZE + 2, weight="bold")
    axes.set_axisbelow(True)
    axes.spines[:].set_visible(False)
    axes.tick_params(colors=FAINT, length=0)
    return figure, axes


def level_line(figure: Figure, axes: Axes, level: float | None, label: str) -> None:
    """Draw a height to hold a chart against, and name what is drawn."""
    if level is not None:
        axes.axhline(level, color=INK, linewidth=1.2, linestyle=(0, (4, 3)), label=label, zorder=3)
        legend(figure, axes)


def legend(figure: Figure, axes: Axes) -> None:
    """Name what is drawn, below the chart."""
    handles, names = axes.get_legend_handles_labels()
    shown = [(handle, name) for handle, name in zip(handles, names, strict=True) if name]
    if shown:
        figure.legend(
            [handle for handle, _ in shown],
            [name for _, name in shown],
            loc="outside lower left",
            ncols=min(len(shown), 4),
            frameon=False,
            labelcolor=FAINT,
        )


def svg(figure: Figure) -> str:
    """Return a chart as SVG text, fit to stand in an HTML page or in a file of its own.

    Its ground is transparent, and its colours follow the reader's light or dark theme.
    """
    with needs("report", "Charts"):
        from matplotlib import rc_context
    buffer = io.StringIO()
    with rc_context(_SETTINGS):
        figure.savefig(
            buffer,
            format="svg",
            transparent=True,
            metadata={"Date": None, "Creator": None, "Format": None, "Type": None},
        )
    return _themed(buffer.getvalue())


def png(figure: Figure, dpi: int = 160) -> bytes:
    """Return a chart as a PNG on a white ground, legible on light and dark pages.

    Args:
        figure: the chart.
        dpi: pixels an inch; a chart is 8.4 inches wide.
    """
    with needs("report", "Charts"):
        from matplotlib import rc_context
    buffer = io.BytesIO()
    with rc_context(_SETTINGS):
        figure.savefig(
            buffer, format="png", dpi=dpi, facecolor="white", metadata={"Software": None}
        )
    return buffer.getvalue()


_VARIABLES = {color: f"--c{place}" for place, color in enumerate(_ON_DARK)}
_THEME = (
    "<style>.gameqa-chart{"
    + "".join(f"{name}:{color};" for color, name in _VARIABLES.items())
    + "}@media screen and (prefers-color-scheme:dark){.gameqa-chart{"
    + "".join(f"{name}:{_ON_DARK[color]};" for color, name in _VARIABLES.items())
    + "}}.gameqa-chart text{font-family:system-ui,'Segoe UI',Roboto,Helvetica,Arial,sans-serif"
    + "!important}</style>"
)


def _themed(text: str) -> str:
    """Bring matplotlib's SVG into house form: colours by theme, no prolog, no ids of groups."""
    text = text[text.index("<svg") :]
    text = re.sub(r"<metadata>.*?</metadata>\s*", "", text, flags=re.DOTALL)
    text = re.sub(r'<g id="[^"]*"', "<g", text)  # they would repeat on a page with two charts
    for color, name in _VARIABLES.items():
        text = text.replace(color, f"var({name})")
    head, end, rest = text.partition(">")
    return f'{head} class="gameqa-chart"{end}{_THEME}{rest}'
