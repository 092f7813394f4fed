"""How sure a share is: intervals for one proportion and for the difference of two paired ones."""

from __future__ import annotations

import math
from statistics import NormalDist

import numpy as np

CONFIDENCE = 0.95


def wilson(correct: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Return Wilson's score interval of a proportion (Wilson 1927), its ends in 0..1.

    Unlike the textbook interval it stays inside 0..1 and holds for few trials and for shares near
    0 and 1.

    Args:
        correct: successes.
        n: trials, at least 1.
        confidence: how often such intervals hold the true share.
    """
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = correct / n
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    low = (share + z * z / (2 * n) - spread) / (1 + z * z / n)
    high = (share + z * z / (2 * n) + spread) / (1 + z * z / n)
    # Exactly 0 and 1 at the ends, where rounding errors would leave 1e-17.
    return (0.0 if correct == 0 else low, 1.0 if correct == n else high)


def paired_difference(
    both: int, only_first: int, only_second: int, neither: int, confidence: float = CONFIDENCE
) -> tuple[float, float]:
    """Return an interval of the difference between two models' accuracies on the same rows.

    Newcombe's hybrid score interval (Newcombe 1998, "Improved confidence intervals for the
    difference between binomial proportions based on paired data", method 10): it joins the Wilson
    intervals of both accuracies and allows for their correlation. It needs no random numbers, and
    does not shrink to nothing where the models never disagree.

    Args:
        both: rows that both models got right.
        only_first: rows that only the first got right.
        only_second: rows that only the second got right.
        neither: rows that neither got right.
        confidence: how often such intervals hold the true difference.
    """
    n = both + only_first + only_second + neither
    first, second = both + only_first, both + only_second
    low1, high1 = wilson(first, n, confidence)
    low2, high2 = wilson(second, n, confidence)
    share1, share2 = first / n, second / n
    phi = _correlation(both, only_first, only_second, neither)
    down1, up1, down2, up2 = share1 - low1, high1 - share1, share2 - low2, high2 - share2
    below = math.sqrt(max(0.0, down1**2 - 2 * phi * down1 * up2 + up2**2))
    above = math.sqrt(max(0.0, down2**2 - 2 * phi * down2 * up1 + up1**2))
    difference = (only_first - only_second) / n
    return max(-1.0, difference - below), min(1.0, difference + above)


def _correlation(a: int, b: int, c: int, d: int) -> float:
    """Return the phi coefficient of a 2 x 2 table with the paper's continuity correction."""
    margins = (a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    product = float(a * d - b * c)
    if product > 0:
        product = max(product - (a + b + c + d) / 2, 0.0)
    return product / math.sqrt(margins)


def mcnemar(only_first: int, only_second: int) -> float:
    """Return the exact two-sided p-value of McNemar's test (McNemar 1947).

    Args:
        only_first: rows that only the first model got right.
        only_second: rows that only the second got right.
    """
    n, k = only_first + only_second, min(only_first, only_second)
    if n == 0:
        return 1.0
    # log of C(n, i) / 2^n for i = 0..k, as a running sum of ratios: exact enough, never too large.
    i = np.arange(1, k + 1)
    logs = np.concatenate([[0.0], np.cumsum(np.log(n - i + 1) - np.log(i))]) - n * math.log(2)
    return min(1.0, 2 * float(np.exp(logs).sum()))
