"""Whether shares rise or fall along ordered bands: the Cochran-Armitage test. Pure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from statistics import NormalDist

LEAST = 5
"""Cases that every band needs; below that no p value is given (definitions, 6.2)."""


def trend(bands: Sequence[tuple[int, int]]) -> float | None:
    """The two-sided p value of no trend, for (successes, trials) of bands scored 0, 1, 2, …

    None for fewer than two bands, for a band of fewer than `LEAST` trials, and where nothing or everything succeeded.
    Cochran 1954, Biometrics 10:417; Armitage 1955, Biometrics 11:375; without continuity correction, as Agresti,
    Categorical Data Analysis, section 5.3.5.
    """
    if len(bands) < 2 or any(trials < LEAST for _, trials in bands):
        return None
    total = sum(trials for _, trials in bands)
    share = sum(successes for successes, _ in bands) / total
    mean = sum(score * trials for score, (_, trials) in enumerate(bands)) / total
    spread = sum(trials * (score - mean) ** 2 for score, (_, trials) in enumerate(bands))
    variance = share * (1 - share) * spread
    if variance <= 0:
        return None
    moved = sum((score - mean) * successes for score, (successes, _) in enumerate(bands))
    return 2 * (1 - NormalDist().cdf(abs(moved) / math.sqrt(variance)))
