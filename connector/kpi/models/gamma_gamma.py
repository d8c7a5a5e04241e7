"""Gamma-Gamma: what a customer's purchases are worth (Fader & Hardie 2013, "The Gamma-Gamma Model of Monetary Value").

A customer's purchases vary around a mean of their own (gamma: shape p); the means differ by customer (v is gamma: shape
q, rate v). It assumes that the mean does not go with how often somebody buys.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaln, psi

from connector.kpi.models.fitting import Array, NotFitted, highest, weighted

_STARTS = ((1.0, 3.0, 1.0), (6.0, 4.0, 0.5), (2.0, 10.0, 5.0), (0.5, 1.5, 1.0))


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
    scaled = mean / scale
    cases = float(len(x))
    top = highest(lambda parameters: likelihood(parameters, x, scaled), _STARTS, cases)
    p, q, v = top.parameters
    if q <= 1:
        raise NotFitted("bound")  # below this the mean over all customers is infinite
    return GammaGamma(p, q, v * scale, top.log_likelihood - cases * float(np.log(scale)))


def likelihood(parameters: Array, x: Array, mean: Array) -> tuple[float, Array]:
    """The log-likelihood of p, q, v, and its derivative by each."""
    p, q, v = (float(one) for one in parameters)
    kinds, place = np.unique(x, return_inverse=True)
    weight = np.bincount(place, minlength=len(kinds)).astype(np.float64)
    cases = float(len(x))
    log_all = np.log(x * mean + v)
    by_x = gammaln(p * kinds + q) - gammaln(p * kinds)
    total = (
        weighted(weight, by_x) - cases * float(gammaln(q)) + cases * q * float(np.log(v))
        + float(np.sum((p * x - 1) * np.log(mean) + p * x * np.log(x) - (p * x + q) * log_all))
    )  # fmt: skip
    both = psi(p * kinds + q)
    slope = np.array(
        [
            weighted(weight, kinds * (both - psi(p * kinds)))
            + float(np.sum(x * (np.log(mean) + np.log(x) - log_all))),
            weighted(weight, both) + cases * float(np.log(v) - psi(q)) - float(np.sum(log_all)),
            cases * q / v - float(np.sum((p * x + q) / (x * mean + v))),
        ]
    )  # fmt: skip
    return total, slope
