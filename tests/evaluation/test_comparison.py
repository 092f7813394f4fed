"""Models side by side."""

import pytest

import gameqa
from gameqa.errors import GameQAError


def test_pairs_are_counted_row_by_row(row):
    """Catches accuracies that are subtracted as if of different rows, and rows out of order."""
    rows = [row(n, plot_level="Easy" if n < 3 else "Hard") for n in range(6)]
    one = gameqa.evaluate(rows, ["B", "B", "B", "A", "A", "B"], "one")
    two = gameqa.evaluate(rows[::-1], ["A", "B", "A", "A", "B", "B"], "two")
    (pair,) = gameqa.compare([one, two])
    assert (pair.both, pair.only_first, pair.only_second, pair.neither) == (2, 2, 1, 1)
    assert pair.difference == pytest.approx(1 / 6)
    assert pair.interval[0] < 1 / 6 < pair.interval[1]
    assert pair.p_value == 1.0
    easy, hard = gameqa.compare([one, two], by="plot_level")
    assert (easy.group, easy.n, easy.difference) == ("Easy", 3, pytest.approx(1 / 3))
    assert (hard.group, hard.n, hard.difference) == ("Hard", 3, 0)
    assert pair.as_dict()["only_first"] == 2


def test_every_pair_in_the_order_given(row):
    """Catches pairs that are left out or turned round."""
    rows = [row(0), row(1)]
    found = gameqa.compare([gameqa.evaluate(rows, ["B", "A"], name) for name in "xyz"])
    assert [(pair.first, pair.second) for pair in found] == [("x", "y"), ("x", "z"), ("y", "z")]


def test_what_cannot_be_compared_is_refused(row):
    """Catches a comparison of different rows, or of the same ids with different answers."""
    rows = [row(0), row(1)]
    one = gameqa.evaluate(rows, ["B", "B"], "one")
    with pytest.raises(GameQAError, match="at least two"):
        gameqa.compare([one])
    with pytest.raises(GameQAError, match="Two evaluations are named 'one'"):
        gameqa.compare([one, one])
    other = gameqa.evaluate(rows[:1], ["B"], "two")
    with pytest.raises(GameQAError, match="2 and 1; 'row-1' is only in one"):
        gameqa.compare([one, other])
    other = gameqa.evaluate([row(0), row(1, answer="3", options=[])], ["B", "3"], "two")
    with pytest.raises(GameQAError, match="'row-1' expects 'B' in one and '3' in the other"):
        gameqa.compare([one, other])
    with pytest.raises(GameQAError, match="Unknown grouping"):
        gameqa.compare([one, gameqa.evaluate(rows, ["B", "B"], "two")], by="colour")
