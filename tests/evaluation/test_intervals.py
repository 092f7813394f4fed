"""Intervals and tests, against SciPy, published numbers and simulation."""

import numpy as np
import pytest
from scipy.stats import binomtest

from gameqa.evaluation import mcnemar, paired_difference, wilson


@pytest.mark.parametrize("n", [1, 2, 7, 30, 300, 100_000])
def test_wilson_is_scipys(n):
    """Catches a slip in the formula, the ends 0 and n included."""
    for correct in {0, 1, n // 3, n // 2, n - 1, n}:
        for confidence in (0.9, 0.95, 0.99):
            theirs = binomtest(correct, n).proportion_ci(confidence, method="wilson")
            ours = wilson(correct, n, confidence)
            assert ours == pytest.approx((theirs.low, theirs.high), abs=1e-12)
            assert 0 <= ours[0] <= correct / n <= ours[1] <= 1


@pytest.mark.parametrize(
    ("b", "c"), [(0, 0), (0, 1), (5, 5), (12, 2), (1, 40), (300, 250), (5_000, 5_400), (0, 3_000)]
)
def test_mcnemar_is_the_exact_binomial_test(b, c):
    """Catches one-sided values, values above 1, and overflow for many rows."""
    expected = binomtest(b, b + c).pvalue if b + c else 1.0
    assert mcnemar(b, c) == pytest.approx(expected, rel=1e-9, abs=1e-300)
    assert mcnemar(c, b) == mcnemar(b, c)


def test_paired_difference_is_the_published_one():
    """Catches a slip in the formula: the first example of Newcombe 1998, method 10."""
    assert paired_difference(36, 12, 2, 0) == pytest.approx((0.0569, 0.3404), abs=5e-5)


@pytest.mark.parametrize(
    "table", [(40, 30, 10, 20), (90, 5, 5, 0), (0, 50, 50, 0), (10, 0, 0, 10), (20, 80, 0, 0)]
)
def test_paired_difference_is_symmetric_and_inside(table):
    """Catches an interval of the wrong sign, outside -1..1, or without the difference."""
    a, b, c, d = table
    low, high = paired_difference(a, b, c, d)
    assert paired_difference(a, c, b, d) == pytest.approx((-high, -low))
    assert -1 <= low <= (b - c) / sum(table) <= high <= 1


def test_paired_difference_is_near_the_bootstrap():
    """Catches an interval that ignores the pairing: against resampled rows."""
    table = np.array([120, 60, 30, 90])
    low, high = paired_difference(*map(int, table))
    draws = np.random.default_rng(0).multinomial(300, table / 300, size=20_000)
    ends = np.quantile((draws[:, 1] - draws[:, 2]) / 300, [0.025, 0.975])
    assert (low, high) == pytest.approx(tuple(ends), abs=0.01)


@pytest.mark.parametrize("cells", [(0.5, 0.2, 0.1, 0.2), (0.05, 0.05, 0.02, 0.88)])
def test_paired_difference_covers(cells):
    """Catches intervals that are too short: how many of 2,000 hold the true difference."""
    tables = np.random.default_rng(1).multinomial(80, cells, size=2_000)
    true = cells[1] - cells[2]
    held = sum(
        low <= true <= high
        for low, high in (paired_difference(*map(int, table)) for table in tables)
    )
    assert 0.93 <= held / 2_000 <= 0.99
