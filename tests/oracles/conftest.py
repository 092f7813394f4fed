"""How many answers did the oracles judge? Counted here, told in one closing line.

`gameqa.sample` hands every test samples that notice when their answer is read. An answer counts
once for each test that reads it and passes; a test that fails is a disagreement. The counts travel
in the test's report, so that they also add up over processes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

import gameqa
from gameqa import engine
from gameqa.registry import all_games
from gameqa.sample import Sample

_PROPERTY = "answers"
_make, _draw = gameqa.sample, engine.draw_picture
_read: dict[str, set[str]] = defaultdict(set)


class _Watched(Sample):
    """A sample that notes that its answer was read, and draws its picture when it is looked at.

    Few oracles look at pictures, and thousands of samples that some of them keep would fill the
    memory with them.
    """

    def __getattribute__(self, name: str) -> Any:
        own = object.__getattribute__(self, "__dict__")
        if name == "answer":
            cell = f"{own['game']}/{own['task']}/{own['plot_level']}"
            _read[cell].add(f"{own['data_id']} {own['answer_type']}")
        elif name == "picture" and isinstance(own["picture"], partial):
            return own["picture"]().picture
        return object.__getattribute__(self, name)


def _watched(*args: Any, **kwargs: Any) -> Sample:
    engine.draw_picture = lambda *_: partial(_make, *args, **kwargs)
    try:
        made = _make(*args, **kwargs)
    finally:
        engine.draw_picture = _draw
    watched = object.__new__(_Watched)
    watched.__dict__.update(made.__dict__)
    return watched


@pytest.fixture(autouse=True)
def _watch_samples(monkeypatch: pytest.MonkeyPatch) -> None:
    # For these tests alone: others in the same process look at pictures, and change them.
    monkeypatch.setattr(gameqa, "sample", _watched)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Iterator[None]:
    _read.clear()
    result = yield
    counts = {cell: len(answers) for cell, answers in _read.items()}
    item.user_properties.append((_PROPERTY, counts))
    return result


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    passed = [dict(report.user_properties) for report in terminalreporter.stats.get("passed", ())]
    failed = [*terminalreporter.stats.get("failed", ()), *terminalreporter.stats.get("error", ())]
    answers = 0
    least: Counter[str] = Counter()
    for properties in passed:
        for cell, count in properties.get(_PROPERTY, {}).items():
            answers += count
            least[cell] = max(least[cell], count)
    if not answers:
        return
    cells = {
        f"{game.slug}/{task.slug}/{level.value}"
        for game in all_games()
        for task in game.tasks
        for level in game.levels
    }
    lowest = min(least.values())
    terminalreporter.write_line(
        f"oracles: {answers:,} answers compared by {len(passed):,} tests, in {len(least):,} of "
        f"{len(cells):,} cells (game, task, plot level) with at least {lowest:,} each; "
        f"{len(failed):,} disagreements.",
        red=bool(failed),
        green=not failed,
    )
