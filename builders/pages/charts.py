"""Charts in the house style: bars, histograms and curves, the same bytes on every run.

Colours are told apart by colour-blind readers, and series differ in marker or dash as well. An SVG
carries colours for light and for dark surroundings; a PNG is a card of its own with a white ground.
Each chart is a `matplotlib.figure.Figure`; pyplot and its global state are not used.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from gameqa.builders.extras import needs
from gameqa.builders.pages.theme import (
    FAINT,
    GRID,
    INK,
    SERIES,
    legend,
    level_line,
    new_chart,
    png,
    svg,
)
from gameqa.errors import GameQAError

__all__ = ["bars", "curves", "histogram", "png", "svg"]

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

Numbers = Sequence[float]
Missing = Sequence[float | None]

_MARKERS = "osD^vP"
_DASHES = ("-", (0, (5, 1.5)), (0, (1.5, 1.2)), (0, (5, 1.5, 1.5, 1.5)))


def bars(
    labels: Sequence[str],
    values: Numbers | Mapping[str, Numbers],
    *,
    lows: Numbers | Mapping[str, Numbers] | None = None,
    highs: Numbers | Mapping[str, Numbers] | None = None,
    marks: Missing | None = None,
    texts: Sequence[str] | None = None,
    title: str = "",
    unit: str = "",
    mark_label: str = "chance",
) -> Figure:
    """Draw one horizontal bar a label; of several series, one point with its interval a label each.

    Args:
        labels: what is compared, from top to bottom.
        values: a number a label, in ``unit``; or such numbers by the name of a series.
        lows: lower ends of the intervals, likewise; None for none.
        highs: upper ends of the intervals.
        marks: a number a label to hold the values against, drawn as a tick; None where there is
            none.
        texts: what to write at the right of each label's row; the values of a single series when
            None.
        title: above the chart.
        unit: written behind the numbers, e.g. ``"%"`` (numbers then lie in 0..100) or ``" ms"``.
        mark_label: what the marks are, for the legend.

    Raises:
        GameQAError: there is nothing to draw, numbers do not fit the labels, or matplotlib is
            missing.
    """
    named = isinstance(values, Mapping)
    series = _by_name(values)
    low, high = _by_name(lows), _by_name(highs)
    for numbers in (*series.values(), *low.values(), *high.values(), marks, texts):
        if numbers is not None and len(numbers) != len(labels):
            raise GameQAError(f"{len(numbers)} numbers for {len(labels)} bars.")
    if not labels or not series:
        raise GameQAError("A bar chart needs at least one bar.")
    pitch = 0.27 + 0.13 * (len(series) - 1)
    is_named = named or marks is not None
    figure, axes = new_chart(
        0.55 + 0.3 * bool(title) + 0.25 * is_named + pitch * len(labels), title
    )
    for place, (name, numbers) in enumerate(series.items()):
        offset = (place + 0.5) / len(series) * 0.72 - 0.36 if len(series) > 1 else 0.0
        at = [row + offset for row in range(len(labels))]
        _series_of_bars(axes, at, numbers, low.get(name), high.get(name), place, name, len(series))
    if marks is not None:
        known = [(row, mark) for row, mark in enumerate(marks) if mark is not None]
        axes.plot(
            [mark for _, mark in known],
            [row for row, _ in known],
            linestyle="none",
            marker="|",
            markersize=max(14.0, 55 * pitch),
            markeredgewidth=2,
            color=INK,
            label=mark_label,
            clip_on=False,
            zorder=4,
        )
    if texts is None and len(series) == 1:
        texts = [_number(value, unit) for value in next(iter(series.values()))]
    for row, text in enumerate(texts or ()):
        axes.text(1.01, row, text, transform=axes.get_yaxis_transform(), va="center", color=FAINT)
    axes.set_yticks(range(len(labels)), labels, color=INK)
    axes.set_ylim(len(labels) - 0.4, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color=GRID, linewidth=0.8)
    _value_axis(axes, unit)
    if is_named:
        legend(figure, axes)
    return figure


def histogram(
    values: Numbers | Mapping[str, float],
    *,
    bins: int | Numbers = 30,
    level: float | None = None,
    level_label: str = "expected",
    title: str = "",
    x_label: str = "",
    y_label: str = "count",
) -> Figure:
    """Draw how often values occur: numbers are put into bins, counts by name are drawn as given.

    Args:
        values: numbers; or counts by name, in the order to draw.
        bins: how many bins, or their edges; for numbers only.
        level: a height to hold the counts against, drawn as a line.
        level_label: what the level is.
        title: above the chart.
        x_label: what the numbers are.
        y_label: what is counted.

    Raises:
        GameQAError: there is nothing to draw, or matplotlib is missing.
    """
    if len(values) == 0:
        raise GameQAError("A histogram needs at least one value.")
    figure, axes = new_chart(2.9 + 0.3 * bool(title), title)
    if isinstance(values, Mapping):
        axes.bar(range(len(values)), list(values.values()), color=SERIES[0], width=0.8, zorder=2)
        crowded = sum(len(name) + 2 for name in values) > 95
        axes.set_xticks(range(len(values)), list(values), color=INK, rotation=90 if crowded else 0)
        axes.tick_params(axis="x", length=0)
    else:
        edges = bins if isinstance(bins, int) else list(bins)
        axes.hist(list(values), bins=edges, color=SERIES[0], rwidth=0.92, zorder=2)
    axes.grid(axis="y", color=GRID, linewidth=0.8)
    axes.set_xlabel(x_label, color=FAINT)
    axes.set_ylabel(y_label, color=FAINT)
    level_line(figure, axes, level, level_label)
    return figure


def curves(
    series: Mapping[str, tuple[Numbers, Numbers]],
    *,
    bands: Mapping[str, tuple[Numbers, Numbers]] | None = None,
    level: float | None = None,
    level_label: str = "chance",
    title: str = "",
    x_label: str = "",
    y_label: str = "",
) -> Figure:
    """Draw curves, such as learning curves.

    Args:
        series: abscissas and ordinates by name.
        bands: lower and upper ordinates by the name of a curve, drawn as a shade.
        level: an ordinate to hold them against, drawn as a dashed line.
        level_label: what the level is.
        title: above the chart.
        x_label: what the abscissas are.
        y_label: what the ordinates are.

    Raises:
        GameQAError: there is nothing to draw, a curve's lengths differ, or matplotlib is missing.
    """
    if not series:
        raise GameQAError("A chart of curves needs at least one curve.")
    figure, axes = new_chart(3.3 + 0.3 * bool(title), title)
    for place, (name, (xs, ys)) in enumerate(series.items()):
        if len(xs) != len(ys):
            raise GameQAError(f"The curve {name!r} has {len(xs)} abscissas, {len(ys)} ordinates.")
        color = SERIES[place % len(SERIES)]
        dash: Any = _DASHES[place % len(_DASHES)]
        axes.plot(list(xs), list(ys), color=color, linestyle=dash, linewidth=1.8, label=name)
        if bands and name in bands:
            low, high = map(list, bands[name])
            axes.fill_between(list(xs), low, high, color=color, alpha=0.18, linewidth=0)
    axes.grid(color=GRID, linewidth=0.8)
    axes.set_xlabel(x_label, color=FAINT)
    axes.set_ylabel(y_label, color=FAINT)
    level_line(figure, axes, level, level_label)
    if level is None:
        legend(figure, axes)
    return figure


def _series_of_bars(
    axes: Axes,
    at: Numbers,
    values: Numbers,
    lows: Numbers | None,
    highs: Numbers | None,
    place: int,
    name: str,
    of: int,
) -> None:
    color = SERIES[place % len(SERIES)]
    if of == 1:
        axes.barh(at, list(values), height=0.62, color=color, alpha=0.5, label=name, zorder=2)
    if lows is not None and highs is not None:
        line = INK if of == 1 else color
        axes.hlines(at, list(lows), list(highs), colors=line, linewidth=1.2, zorder=3)
    if of > 1:
        axes.plot(
            list(values),
            list(at),
            linestyle="none",
            marker=_MARKERS[place % len(_MARKERS)],
            markersize=4.5,
            color=color,
            label=name,
            clip_on=False,
            zorder=3,
        )


def _value_axis(axes: Axes, unit: str) -> None:
    with needs("report", "Charts"):
        from matplotlib.ticker import FuncFormatter
    low, high = axes.get_xlim()
    axes.set_xlim(min(low, 0), 100 if unit == "%" and high <= 106 else high)
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: _number(value, unit, True)))


def _number(value: float, unit: str, tick: bool = False) -> str:
    if unit == "%":
        text = f"{value:.0f}" if tick else f"{value:.1f}"
    else:
        text = f"{value:,.0f}" if value == int(value) else f"{value:,.3g}"
    return f"{text}{' %' if unit == '%' else unit}"


def _by_name(values: Numbers | Mapping[str, Numbers] | None) -> Mapping[str, Numbers]:
    if values is None:
        return {}
    return values if isinstance(values, Mapping) else {"": values}
