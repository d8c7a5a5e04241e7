"""Gamma-Gamma: what a customer's purchases are worth (Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value").

A customer's purchases vary around a mean of their own (gamma: shape p); the means differ by customer (v is gamma: shape
q, rate v). It assumes that the mean does not go with how often somebody buys.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import gammaln, psi

from connector.kpi.models.fitting import PART, Array, Cases, NotFitted, highest, weighted

_STARTS = ((1.0, 3.0, 1.0), (6.0, 4.0, 0.5), (2.0, 10.0, 5.0), (0.5, 1.5, 1.0))


@dataclass(frozen=True)
class Buyers:
    """Customers with x > 0 purchases of a positive mean value."""

    x: Array
    mean: Array

    @cached_property
    def kinds(self) -> tuple[Array, Array]:
        """Each number of purchases once, and how many have it."""
        unique, count = np.unique(self.x, return_counts=True)
        return unique, count.astype(np.float64)

    @cached_property
    def logarithms(self) -> tuple[float, float]:
        """What no parameter changes: the sums of the means' logarithms, and of x times those of all that was spent."""
        log_mean = np.log(self.mean)
        return float(log_mean.sum()), weighted(self.x, log_mean + np.log(self.x))


@dataclass(frozen=True)
class GammaGamma:
    """A fitted model. `v` is an amount, in the unit of the means it was fitted to."""

    p: float
    q: float
    v: float
    log_likelihood: float

    def expected(self, x: Array, mean: Array) -> Array:
        """The expected value of a coming purchase, after x purchases with this mean. x = 0: that of all customers."""
        worth: Array = self.p * (self.v + x * mean) / (self.p * x + self.q - 1)
        return worth


def fit(x: Array, mean: Array) -> GammaGamma:
    """The most likely parameters, from customers with x > 0 purchases of a positive mean value. Raises NotFitted."""
    scale = float(np.median(mean))  # so that the search is the same in yen and in euro
    buyers = Buyers(x, mean / scale)
    step = len(x) // PART
    part = Buyers(buyers.x[::step], buyers.mean[::step]) if step > 1 else None
    top = highest(_cases(buyers), _STARTS, _cases(part) if part is not None else None)
    p, q, v = top.parameters
    if q <= 1:
        raise NotFitted("bound")  # below this the mean over all customers is infinite
    return GammaGamma(p, q, v * scale, top.log_likelihood - len(x) * float(np.log(scale)))


def _cases(buyers: Buyers) -> Cases:
    return Cases(lambda parameters: likelihood(parameters, buyers), float(len(buyers.x)))


def likelihood(parameters: Array, buyers: Buyers) -> tuple[float, Array]:
    """The log-likelihood of p, q, v, and its derivative by each."""
    p, q, v = (float(one) for one in parameters)
    x, spent, cases = buyers.x, buyers.x * buyers.mean + v, float(len(buyers.x))
    kinds, weight = buyers.kinds
    of_means, of_spent = buyers.logarithms
    log_all = np.log(spent)
    all_once, all_by_x = float(log_all.sum()), weighted(x, log_all)
    total = (
        weighted(weight, gammaln(p * kinds + q) - gammaln(p * kinds)) - cases * float(gammaln(q))
        + cases * q * float(np.log(v)) + p * of_spent - of_means - p * all_by_x - q * all_once
    )  # fmt: skip
    both = psi(p * kinds + q)
    slope = np.array(
        [
            weighted(weight, kinds * (both - psi(p * kinds))) + of_spent - all_by_x,
            weighted(weight, both) + cases * float(np.log(v) - psi(q)) - all_once,
            cases * q / v - float(np.sum((p * x + q) / spent)),
        ]
    )
    return total, slope
