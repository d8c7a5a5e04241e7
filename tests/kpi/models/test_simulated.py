"""Invented customers whose parameters are known; and what cannot be fitted."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from connector.kpi.models import bg_nbd, gamma_gamma
from connector.kpi.models.fitting import Array, NotFitted


def drawn(count: int, r: float, alpha: float, a: float, b: float, weeks: float, more: float = 0) -> tuple[Array, ...]:
    """x, t_x and T of customers who came in the first half, and their purchases in `more` weeks after."""
    chance = np.random.default_rng(1)
    rows = []
    for _ in range(count):
        age = weeks - chance.random() * weeks / 2
        rate, quits = chance.gamma(r, 1 / alpha), chance.beta(a, b)
        at, seen, last, later = 0.0, 0, 0.0, 0
        while (at := at + chance.exponential(1 / rate)) <= age + more:
            if at <= age:
                seen, last = seen + 1, at
            else:
                later += 1
            if chance.random() < quits:
                break
        rows.append((seen, last, age, later))
    x, t_x, age, later = np.array(rows).T
    return x, t_x, age, later


def test_the_parameters_come_back_and_the_future_is_met() -> None:
    x, t_x, age, later = drawn(6000, 0.6, 6.0, 0.9, 2.2, 100.0, more=50.0)
    customers, _ = bg_nbd.merged(x, t_x, age)
    model = bg_nbd.fit(customers)
    assert (model.r, model.alpha) == (pytest.approx(0.6, rel=0.15), pytest.approx(6.0, rel=0.2))
    assert model.a / (model.a + model.b) == pytest.approx(0.9 / 3.1, rel=0.15)
    expected = model.expected(customers, np.array([25.0, 50.0]))
    assert float(customers.count @ expected[:, 1]) == pytest.approx(float(later.sum()), rel=0.1)
    assert (expected[:, 0] <= expected[:, 1]).all()
    alive = model.alive(customers)
    assert ((alive >= 0) & (alive <= 1)).all()
    assert (alive[customers.x == 0] == 1).all()


def test_the_expected_number_is_what_the_papers_own_formula_gives() -> None:
    """Ours is transformed so that it holds for customers with hundreds of purchases; here both can be computed."""
    from scipy.special import hyp2f1

    model = bg_nbd.BgNbd(0.243, 4.414, 0.793, 2.426, 0.0)
    x, t_x, age = (np.array(list) for list in ([0.0, 1, 2, 7, 25], [0.0, 5, 30.43, 20, 38], [38.86] * 5))
    customers = bg_nbd.Customers(x, t_x, age, np.ones(5))
    r, alpha, a, b, t = model.r, model.alpha, model.a, model.b, 39.0
    series = hyp2f1(r + x, b + x, a + b + x - 1, t / (alpha + age + t))
    upper = (a + b + x - 1) / (a - 1) * (1 - ((alpha + age) / (alpha + age + t)) ** (r + x) * series)
    lower = 1 + (x > 0) * a / (b + x - 1 + (x == 0)) * ((alpha + age) / (alpha + t_x)) ** (r + x)
    np.testing.assert_allclose(model.expected(customers, np.array([t]))[:, 0], upper / lower, rtol=1e-9)
    busy = bg_nbd.Customers(np.array([900.0]), np.array([199.0]), np.array([200.0]), np.ones(1))
    assert 100 < model.expected(busy, np.array([52.0]))[0, 0] < 300
    beside, at_one = (bg_nbd.BgNbd(0.2, 4, a, 2, 0.0).expected(customers, np.array([t])) for a in (1.00001, 1.0))
    np.testing.assert_allclose(beside, at_one, rtol=1e-4)


def slope_by_steps(function: Callable[[Array], tuple[float, Array]], at: Array) -> Array:
    step = 1e-6
    moved = [np.where(np.arange(len(at)) == place, step, 0.0) for place in range(len(at))]
    return np.array([(function(at + one)[0] - function(at - one)[0]) / (2 * step) for one in moved])


def test_slopes_are_those_of_the_likelihoods() -> None:
    x, t_x, age, _ = drawn(200, 0.6, 6.0, 0.9, 2.2, 100.0)
    customers, _ = bg_nbd.merged(x, t_x, age)
    at = np.array([0.5, 5.0, 0.7, 2.0])
    found = bg_nbd.likelihood(at, customers)[1]
    np.testing.assert_allclose(found, slope_by_steps(lambda one: bg_nbd.likelihood(one, customers), at), rtol=1e-4)
    again = x > 0
    mean = np.random.default_rng(2).gamma(2.0, 20.0, int(again.sum()))
    at = np.array([3.0, 4.0, 12.0])
    buyers = gamma_gamma.Buyers(x[again], mean)
    found = gamma_gamma.likelihood(at, buyers)[1]
    by_steps = slope_by_steps(lambda one: gamma_gamma.likelihood(one, buyers), at)
    np.testing.assert_allclose(found, by_steps, rtol=1e-4)


def test_values_come_back_whatever_the_currencys_size() -> None:
    chance = np.random.default_rng(3)
    x = chance.integers(1, 8, 3000).astype(float)
    rates = chance.gamma(4.0, 1 / 30.0, 3000)
    mean = chance.gamma(6.0 * x, 1 / rates) / x
    euro, yen = gamma_gamma.fit(x, mean), gamma_gamma.fit(x, mean * 160)
    assert (euro.p, euro.q, euro.v) == (
        pytest.approx(6, rel=0.15),
        pytest.approx(4, rel=0.15),
        pytest.approx(30, rel=0.2),
    )
    assert yen.v == pytest.approx(euro.v * 160, rel=1e-3)
    assert yen.log_likelihood == pytest.approx(euro.log_likelihood - 3000 * np.log(160), abs=0.01)


def test_of_many_customers_a_part_shows_where_the_top_is(monkeypatch: pytest.MonkeyPatch) -> None:
    x, t_x, age, _ = drawn(4000, 0.6, 6.0, 0.9, 2.2, 100.0)
    customers, _ = bg_nbd.merged(x, t_x, age)
    asked: list[int] = []

    def counted(parameters: Array, some: bg_nbd.Customers) -> tuple[float, Array]:
        asked.append(len(some.x))
        return likelihood(parameters, some)

    likelihood = bg_nbd.likelihood
    whole = bg_nbd.fit(customers)
    monkeypatch.setattr(bg_nbd, "PART", 500)
    monkeypatch.setattr(bg_nbd, "likelihood", counted)
    by_parts = bg_nbd.fit(customers)
    assert (by_parts.r, by_parts.alpha, by_parts.a, by_parts.b) == pytest.approx(
        (whole.r, whole.alpha, whole.a, whole.b), rel=1e-4
    )
    assert by_parts.log_likelihood == pytest.approx(whole.log_likelihood, abs=1e-5)
    assert asked.count(len(customers.x)) * 3 < len(asked)


def test_what_the_data_do_not_tell_is_refused() -> None:
    """Everybody buys at the same rate, nobody stops: the spread of neither can be told."""
    steady = bg_nbd.Customers(np.full(1, 10.0), np.full(1, 50.0), np.full(1, 51.0), np.full(1, 300.0))
    with pytest.raises(NotFitted) as refused:
        bg_nbd.fit(steady)
    assert refused.value.reason == "bound"
    with pytest.raises(NotFitted) as refused:
        gamma_gamma.fit(np.full(300, 2.0), np.full(300, 20.0))  # every purchase is worth the same
    assert refused.value.reason in {"bound", "convergence"}
