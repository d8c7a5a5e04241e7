"""The results that the papers print for the CDNOW sample."""

from __future__ import annotations

import numpy as np
import pytest

from connector.kpi.models import bg_nbd, gamma_gamma
from tests.kpi.models.cdnow import calibration


def one(x: float, t_x: float, age: float) -> bg_nbd.Customers:
    return bg_nbd.Customers(np.array([x]), np.array([t_x]), np.array([age]), np.ones(1))


def test_bg_nbd_of_fader_hardie_and_lee_2005() -> None:
    """Table 2 of the paper; and its worked customer: x = 2, t_x = 30.43, T = 38.86."""
    x, t_x, age, _ = calibration()
    customers, place = bg_nbd.merged(x, t_x, age)
    assert len(x) == 2357
    assert customers.count.sum() == 2357
    assert len(customers.x) < 1100
    np.testing.assert_array_equal(customers.x[place], x)
    model = bg_nbd.fit(customers)
    assert (round(model.r, 3), round(model.alpha, 3)) == (0.243, 4.414)
    assert (round(model.a, 3), round(model.b, 3)) == (0.793, 2.426)
    assert round(model.log_likelihood, 1) == -9582.4
    assert model.expected(one(2, 30.43, 38.86), np.array([39.0]))[0, 0] == pytest.approx(1.226, abs=0.0005)


def test_gamma_gamma_of_fader_and_hardie_2013() -> None:
    """p = 6.25, q = 3.74, v = 15.44 from the 946 customers who bought again."""
    x, _, _, mean = calibration()
    again = (x > 0) & (mean > 0)
    assert again.sum() == 946
    model = gamma_gamma.fit(x[again], mean[again])
    assert (round(model.p, 2), round(model.q, 2), model.v) == (6.25, 3.74, pytest.approx(15.44, abs=0.01))
    assert round(model.log_likelihood, 1) == -4055.9
    # Their examples: one purchase of 24.73 leads to less, the mean over all customers is 35.2.
    assert model.expected(np.zeros(1), np.zeros(1))[0] == pytest.approx(35.17, abs=0.05)
