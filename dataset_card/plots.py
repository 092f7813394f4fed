"""The card's plots: levels, answers and sizes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from gameqa.builders.pages import charts
from gameqa.dataset_card.facts import GAME, PLOT_LEVEL, QA_LEVEL, SPLIT, Facts
from gameqa.sample import Level

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_DPI = 110
_MOST_BINS = 24
_ENOUGH = 30


def plots(facts: Facts) -> Iterator[tuple[str, str, bytes]]:
    """Yield name, caption and PNG of each plot that the data has something to show in."""
    yield "rows", "Rows of each game and split", charts.png(_rows(facts), _DPI)
    yield (
        "levels",
        "Rows by level of the board (plot level) and of the question (QA level)",
        charts.png(_levels(facts), _DPI),
    )
    if facts.letters:
        yield (
            "letters",
            "How often each letter is right; the marks say how often it would be by chance",
            charts.png(_letters(facts), _DPI),
        )
    if constant_shares(facts.answers):
        yield (
            "constant",
            "Open questions: how often the most frequent answer of a task is right, "
            "the mean over the tasks of a game",
            charts.png(_constant(facts), _DPI),
        )
    yield "words", "Length of the questions", charts.png(_lengths(facts.words), _DPI)


def _rows(facts: Facts) -> Figure:
    counts = facts.by(SPLIT, GAME)
    games = sorted({game for _, game in counts})
    splits = list(dict.fromkeys(split for split, _ in counts))
    totals = [sum(counts[split, game] for split in splits) for game in games]
    return charts.bars(games, totals, title="Rows", texts=[f"{total:,}" for total in totals])


def _levels(facts: Facts) -> Figure:
    counts = facts.by(PLOT_LEVEL), facts.by(QA_LEVEL)
    names = [f"{kind} {level.value}" for kind in ("board", "question") for level in Level]
    values = [count[level.value,] for count in counts for level in Level]
    return charts.bars(names, values, title="Levels", texts=[f"{value:,}" for value in values])


def _letters(facts: Facts) -> Figure:
    right: Counter[str] = Counter()
    expected: dict[str, float] = {}
    for (options, answer), count in facts.letters.items():
        right[answer] += count
        for place in range(options):
            letter = chr(ord("A") + place)
            expected[letter] = expected.get(letter, 0.0) + count / options
    letters = sorted(expected)
    total = sum(right.values())
    return charts.bars(
        letters,
        [100 * right[letter] / total for letter in letters],
        marks=[100 * expected[letter] / total for letter in letters],
        title="Right letter",
        unit="%",
    )


def _constant(facts: Facts) -> Figure:
    shares = constant_shares(facts.answers)
    games = sorted({game for game, _ in shares})
    means = []
    for game in games:
        of_game = [share for (owner, _), share in shares.items() if owner == game]
        means.append(100 * sum(of_game) / len(of_game))
    return charts.bars(games, means, title="Best constant answer", unit="%")


def constant_shares(answers: Mapping[tuple[str, str, str], int]) -> dict[tuple[str, str], float]:
    """Return by game and task how often the most frequent open answer is right, from 0 to 1.

    Tasks with too few open rows to tell are left out.
    """
    most: Counter[tuple[str, str]] = Counter()
    totals: Counter[tuple[str, str]] = Counter()
    for (game, task, _), count in answers.items():
        totals[game, task] += count
        most[game, task] = max(most[game, task], count)
    return {
        place: most[place] / total for place, total in sorted(totals.items()) if total >= _ENOUGH
    }


def _lengths(lengths: Mapping[int, int]) -> Figure:
    """Draw a histogram of counted lengths: bins of equal width, a round number of characters."""
    width = next(
        w for w in (25, 50, 100, 250, 500, 1000) if max(lengths) / w <= _MOST_BINS or w == 1000
    )
    bins: Counter[int] = Counter()
    for length, count in lengths.items():
        bins[length // width] += count
    named = {f"{place * width:,}": bins[place] for place in range(max(bins) + 1)}
    return charts.histogram(named, title="Questions", x_label=f"characters, from (bins of {width})")
