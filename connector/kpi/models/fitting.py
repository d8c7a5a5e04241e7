"""Maximum likelihood from several starts, and what makes a fit unusable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import OptimizeResult, minimize

Array = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]
"""Where each value stands among others."""

Likelihood = Callable[[Array], tuple[float, Array]]
"""Parameters, all positive -> the log-likelihood and its derivative by each parameter."""

LOWEST, HIGHEST = 1e-5, 1e6
"""A parameter that runs to one of these has no finite best value: the data do not tell it."""
_NEAR = 1.05  # so close to a bound counts as at it
_AGREE = 1e-3  # two starts that end within this log-likelihood found the same top
_FLAT = 1e-5  # largest slope left, per case and per parameter's logarithm
_OFF_THE_MAP = 1e10  # stands for a likelihood that is no number

PART = 10_000
"""So many rows show where the top is; of more only a part is asked from every start."""


class NotFitted(Exception):
    """There is no usable fit. `reason`: bound (a parameter runs off) or convergence (no start reached a top)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Cases:
    """The likelihood of some cases, and how many they are."""

    likelihood: Likelihood
    count: float


@dataclass(frozen=True)
class Top:
    """The best parameters found, and the log-likelihood there."""

    parameters: tuple[float, ...]
    log_likelihood: float


def highest(whole: Cases, starts: Sequence[Sequence[float]], part: Cases | None = None) -> Top:
    """The parameters with the highest likelihood of all cases, the best of several starts.

    Searched in the logarithms, so that every parameter stays positive. With a `part` of the cases the starts are tried
    on these, and all cases are asked only from where that led. Raises NotFitted where a parameter of the best one
    stands at a bound, and where no top was reached.
    """
    places = [np.log(np.asarray(start, dtype=np.float64)) for start in starts]
    if part is not None:
        found = [_search(part, place).x for place in places]
        # From a bound no slope leads back, where all cases together would have had a top.
        places = [start if _at_bound(end) else end for start, end in zip(places, found, strict=True)]
    known: dict[tuple[float, ...], OptimizeResult] = {}
    near = [tuple(np.round(place, 2)) for place in places]
    for key, place in zip(near, places, strict=True):
        if key not in known:
            known[key] = _search(whole, place)
    ends = [known[key] for key in near if np.isfinite(known[key].fun) and known[key].fun < _OFF_THE_MAP]
    if not ends:
        raise NotFitted("convergence")
    best = min(ends, key=lambda end: float(end.fun))
    if _at_bound(best.x):
        raise NotFitted("bound")
    if float(np.max(np.abs(_downhill(whole, best.x)[1]))) > _FLAT:
        raise NotFitted("convergence")
    same = [end for end in ends if (float(end.fun) - float(best.fun)) * whole.count < _AGREE]
    if len(same) < min(2, len(starts)):
        raise NotFitted("convergence")  # a top that only one start found may not be the highest
    return Top(tuple(float(one) for one in np.exp(best.x)), -float(best.fun) * whole.count)


def _at_bound(logarithms: Array) -> bool:
    parameters = np.exp(logarithms)
    return bool(np.any((parameters < LOWEST * _NEAR) | (parameters > HIGHEST / _NEAR)))


def _search(cases: Cases, start: Array) -> OptimizeResult:
    return minimize(
        lambda logarithms: _downhill(cases, logarithms),
        start,
        jac=True,
        method="SLSQP",
        bounds=[(np.log(LOWEST), np.log(HIGHEST))] * len(start),
        options={"maxiter": 500, "ftol": 1e-15},
    )


def _downhill(cases: Cases, logarithms: Array) -> tuple[float, Array]:
    """What is made as low as possible: the likelihood's negative per case, and its slope by each logarithm."""
    parameters = np.exp(logarithms)
    value, slope = cases.likelihood(parameters)
    if not np.isfinite(value) or not np.all(np.isfinite(slope)):
        return _OFF_THE_MAP, np.zeros_like(logarithms)  # the line search steps back
    return -value / cases.count, -slope * parameters / cases.count


def weighted(weights: Array, values: Array) -> float:
    """The sum of the values times their weights.

    Not as a dot product: that would go to the linear algebra library, whose threads cost more here than they do.
    """
    return float(np.sum(weights * values))
