"""How sure is a measured share? Intervals of 95 % for shares, advantages and rare counts."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]

Z = 1.959964
"""Standard deviations of a normal distribution on either side of 95 %."""


def share_interval(hits: float, count: int) -> tuple[float, float]:
    """Return Wilson's 95 % interval of a share (E. B. Wilson, JASA 22, 1927).

    Args:
        hits: how often it was so; a fraction where ties were shared.
        count: of how many, at least 1.
    """
    share = hits / count
    spread = Z * math.sqrt(share * (1 - share) / count + Z * Z / (4 * count * count))
    centre = share + Z * Z / (2 * count)
    scale = 1 + Z * Z / count
    return (
        0.0 if hits <= 0 else (centre - spread) / scale,
        1.0 if hits >= count else (centre + spread) / scale,
    )


def advantage_interval(credits: Sequence[float] | Floats, chances: Floats) -> tuple[float, float]:
    """Return the 95 % interval of the mean advantage over chance, chance differing by sample.

    The spread is that of the advantages, but never less than under pure chance: a guesser that was
    always wrong in ten samples is not known to be always wrong.

    Args:
        credits: how right each guess was, 0 to 1.
        chances: how right a random guess would have been.
    """
    advantages = np.asarray(credits, dtype=np.float64) - chances
    variance = max(float(advantages.var()), float((chances * (1 - chances)).mean()))
    spread = Z * math.sqrt(variance / len(advantages))
    mean = float(advantages.mean())
    return mean - spread, mean + spread


def poisson_lower(count: int) -> float:
    """Return the lower end of the exact 95 % interval of the mean of a Poisson count.

    The mean at which so many or more occur with a probability of 2.5 % (F. Garwood, 1936).
    """
    if count == 0:
        return 0.0
    low, high = 0.0, float(count)
    for _ in range(60):
        mean = (low + high) / 2
        log_mean = math.log(mean)
        fewer = sum(math.exp(k * log_mean - mean - math.lgamma(k + 1)) for k in range(count))
        low, high = (mean, high) if 1 - fewer < 0.025 else (low, mean)
    return (low + high) / 2
