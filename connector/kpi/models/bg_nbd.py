"""BG/NBD: how often customers buy, and when they stop (Fader, Hardie & Lee 2005, Marketing Science 24(2)).

While a customer lives, purchases come at random at a rate that differs by customer (gamma: shape r, rate alpha);
after each purchase the customer may be gone, with a probability that differs too (beta: a, b). Of each customer the
model knows x repeat purchases, the age t_x at the last one, and the age T now. All ages are in weeks.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.special import gammaln, hyp2f1, psi

from connector.kpi.models.fitting import PART, Array, Cases, Places, highest, weighted

_STARTS = ((0.25, 4.5, 0.8, 2.5), (1.0, 10.0, 1.0, 1.0), (0.1, 1.0, 0.5, 5.0), (2.0, 30.0, 0.2, 2.0))


@dataclass(frozen=True)
class Customers:
    """Customers with the same past as one row: x, t_x and T (weeks), and how many have it."""

    x: Array
    t_x: Array
    age: Array  # T
    count: Array

    @cached_property
    def purchases(self) -> tuple[Array, Places]:
        """Each number of repeat purchases once, and where each row has its own among them."""
        unique, place = np.unique(self.x, return_inverse=True)
        return unique, place

    def every(self, step: int) -> Customers:
        """One row of each `step`, in their order."""
        return Customers(*(column[::step] for column in (self.x, self.t_x, self.age, self.count)))


def merged(x: Array, t_x: Array, age: Array) -> tuple[Customers, Places]:
    """Customers with equal rows counted together, and for each one given the row it is in."""
    order = np.lexsort((age, t_x, x))
    rows = np.column_stack((x, t_x, age))[order]
    begins = np.ones(len(rows), dtype=bool)
    begins[1:] = (rows[1:] != rows[:-1]).any(axis=1)
    place = np.empty(len(rows), dtype=np.intp)
    place[order] = np.cumsum(begins) - 1
    alone = rows[begins]
    return Customers(alone[:, 0], alone[:, 1], alone[:, 2], np.bincount(place).astype(np.float64)), place


@dataclass(frozen=True)
class BgNbd:
    """A fitted model. `alpha` in weeks."""

    r: float
    alpha: float
    a: float
    b: float
    log_likelihood: float

    def alive(self, customers: Customers) -> Array:
        """The probability that each row's customers still buy. 1 for those who bought once: the model cannot tell."""
        return 1 / (1 + self._odds_of_gone(customers))

    def expected(self, customers: Customers, weeks: Array) -> Array:
        """Expected purchases of each row's customers in the next `weeks`: one column for each span asked for."""
        r, alpha, a, b = self.r, self.alpha, self.a, self.b
        if abs(a - 1) < 1e-6:
            a = 1 + 1e-6  # at 1 the formula is 0/0; it is smooth there, so a step beside it gives the same digits
        x, age = customers.x[:, None], customers.age[:, None]
        past = weeks[None, :] / (alpha + age + weeks[None, :])
        # Euler's transformation of the published form: its parameters stay small where x is large.
        bought = 1 - (1 - past) ** (a - 1) * hyp2f1(a + b - 1 - r, a - 1, a + b + x - 1, past)
        chance = (1 + self._odds_of_gone(customers))[:, None]
        found: Array = (a + b + x - 1) / (a - 1) * bought / chance
        return np.maximum(found, 0.0)

    def _odds_of_gone(self, customers: Customers) -> Array:
        x = customers.x
        again = x > 0
        since = np.log(self.alpha + customers.age) - np.log(self.alpha + customers.t_x)
        # Above this the chance of being alive is 0 in every digit.
        exponent = np.minimum((self.r + x) * since, 600.0)
        odds: Array = np.where(again, self.a / np.where(again, self.b + x - 1, 1.0) * np.exp(exponent), 0.0)
        return odds


def fit(customers: Customers) -> BgNbd:
    """The most likely parameters. Raises NotFitted."""
    step = len(customers.x) // PART
    top = highest(_cases(customers), _STARTS, _cases(customers.every(step)) if step > 1 else None)
    r, alpha, a, b = top.parameters
    return BgNbd(r, alpha, a, b, top.log_likelihood)


def _cases(customers: Customers) -> Cases:
    return Cases(lambda parameters: likelihood(parameters, customers), float(customers.count.sum()))


def likelihood(parameters: Array, customers: Customers) -> tuple[float, Array]:
    """The log-likelihood of r, alpha, a, b (the paper's A1 to A4), and its derivative by each."""
    r, alpha, a, b = (float(one) for one in parameters)
    x, t_x, age, count = customers.x, customers.t_x, customers.age, customers.count
    kinds, place = customers.purchases
    # What depends on x alone is computed once for each x there is.
    by_x = (
        gammaln(r + kinds) - gammaln(r) + r * np.log(alpha)
        + gammaln(a + b) - gammaln(a + b + kinds) + gammaln(b + kinds) - gammaln(b)
    )  # fmt: skip
    again = x > 0
    log_age, log_last = np.log(alpha + age), np.log(alpha + t_x)
    others = np.where(again, b + x - 1, 1.0)
    lives = -(r + x) * log_age
    gone = np.where(again, np.log(a) - np.log(others) - (r + x) * log_last, -np.inf)
    total = weighted(count, by_x[place] + np.logaddexp(lives, gone))
    share_gone = np.where(again, 1 / (1 + np.exp(np.minimum(lives - gone, 700.0))), 0.0)
    share_lives = 1 - share_gone
    weight = np.bincount(place, weights=count, minlength=len(kinds)).astype(np.float64)
    cases = float(count.sum())
    shared = psi(a + b) * cases - weighted(weight, psi(a + b + kinds))
    slope = np.array(
        [
            weighted(weight, psi(r + kinds)) + cases * (np.log(alpha) - psi(r))
            - weighted(count, share_lives * log_age + share_gone * log_last),
            cases * r / alpha
            - weighted(count, (r + x) * (share_lives / (alpha + age) + share_gone / (alpha + t_x))),
            shared + weighted(count, share_gone) / a,
            shared + weighted(weight, psi(b + kinds)) - cases * psi(b)
            - weighted(count, share_gone / others),
        ]
    )  # fmt: skip
    return total, slope
