"""Maximum likelihood from several starts, and what makes a fit unusable."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

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


class NotFitted(Exception):
    """There is no usable fit. `reason`: bound (a parameter runs off) or convergence (no start reached a top)."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True)
class Top:
    """The best parameters found, and the log-likelihood there."""

    parameters: tuple[float, ...]
    log_likelihood: float


def highest(likelihood: Likelihood, starts: Sequence[Sequence[float]], cases: float) -> Top:
    """The parameters with the highest likelihood of `cases` cases, the best of several starts.

    Searched in the logarithms, so that every parameter stays positive. Raises NotFitted where a parameter of the best
    one stands at a bound, and where no top was reached.
    """

    def downhill(logarithms: Array) -> tuple[float, Array]:
        parameters = np.exp(logarithms)
        value, slope = likelihood(parameters)
        if not np.isfinite(value) or not np.all(np.isfinite(slope)):
            return 1e10, np.zeros_like(logarithms)  # off the map: the line search steps back
        return -value / cases, -slope * parameters / cases

    bounds = [(np.log(LOWEST), np.log(HIGHEST))] * len(starts[0])
    ends = [
        minimize(
            downhill,
            np.log(np.asarray(start, dtype=np.float64)),
            jac=True,
            method="SLSQP",
            bounds=bounds,
            options={"maxiter": 500, "ftol": 1e-15},
        )
        for start in starts
    ]
    ends = [end for end in ends if np.isfinite(end.fun) and end.fun < 1e9]
    if not ends:
        raise NotFitted("convergence")
    best = min(ends, key=lambda end: float(end.fun))
    parameters = tuple(float(one) for one in np.exp(best.x))
    if any(one < LOWEST * _NEAR or one > HIGHEST / _NEAR for one in parameters):
        raise NotFitted("bound")
    if float(np.max(np.abs(downhill(best.x)[1]))) > _FLAT:
        raise NotFitted("convergence")
    same = [end for end in ends if (float(end.fun) - float(best.fun)) * cases < _AGREE]
    if len(same) < min(2, len(starts)):
        raise NotFitted("convergence")  # a top that only one start found may not be the highest
    return Top(parameters, -float(best.fun) * cases)


def weighted(weights: Array, values: Array) -> float:
    """The sum of the values times their weights.

    Not as a dot product: that would go to the linear algebra library, whose threads cost more here than they do.
    """
    return float(np.sum(weights * values))
