"""Section 4.8: the published example end to end, what is refused, and what is printed beside the figure."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from connector.kpi.rows import rows_behind
from tests.kpi.books import BERLIN, Books
from tests.kpi.models.cdnow import purchases


@pytest.fixture(scope="module")
def cdnow(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The CDNOW sample as the orders of a shop."""
    from connector.simulation.clock import FakeClock
    from connector.store import open_store

    path = tmp_path_factory.mktemp("cdnow") / "books.db"
    with open_store(f"sqlite:///{path}", clock=FakeClock()) as store:
        books = Books(store, now="1998-07-01 12:00")
        for customer, day, dollars in purchases():
            books.order(f"{day} 10:00", customer, str(dollars), currency="USD")
        yield books.save()


def quarter(books: Books, times: Callable[[int, Decimal], Decimal] = lambda _, dollars: dollars) -> Books:
    """Every fourth customer of the sample, whose fit takes a quarter of the time."""
    often = Counter(customer for customer, _, _ in purchases())
    for customer, day, dollars in purchases():
        if customer % 4 == 0:
            books.order(f"{day} 10:00", customer, str(times(often[customer], dollars)), currency="USD")
    return books.save()


def test_the_published_parameters_come_out_of_the_orders(cdnow: Books) -> None:
    """Fader, Hardie & Lee 2005, table 2, and Fader & Hardie 2013: 2,357 customers up to week 39 of 1997."""
    record = cdnow.figure("clv_predicted", start="1997-07-01", end="1997-09-30").to_json("en")
    often, much = record["model"]["bg_nbd"], record["model"]["gamma_gamma"]
    assert {name: round(often[name], 3) for name in ("r", "alpha", "a", "b")} == {
        "r": 0.243,
        "alpha": 4.414,
        "a": 0.793,
        "b": 2.426,
    }
    assert round(often["log_likelihood"], 1) == -9582.4
    assert (round(much["p"], 2), round(much["q"], 2)) == (6.25, 3.74)
    assert much["v"] == pytest.approx(15.44, abs=0.01)
    assert round(much["log_likelihood"], 1) == -4055.9
    assert record["model"].keys() == {"bg_nbd", "gamma_gamma", "correlation", "holdout"}
    assert record["model"]["correlation"] == pytest.approx(0.11, abs=0.01)
    assert (record["n"], record["currency"], record["unit"]) == (2357, "USD", "money")
    assert not any(flag.startswith("value_goes") for flag in record["flags"])


def test_the_hold_out_is_the_last_third(cdnow: Books) -> None:
    """545 days up to the end of June 1998: fitted up to the 363rd, 30 December; then 182 days are predicted."""
    record = cdnow.figure("clv_predicted", end="1998-06-30").to_json("en")
    split = date(1997, 1, 1) + timedelta(days=545 * 2 // 3)
    days = {(customer, day) for customer, day, _ in purchases()}
    actual = sum(day > split for _, day in days)
    assert record["model"]["holdout"]["actual"] == actual
    assert record["model"]["holdout"]["predicted"] == pytest.approx(actual, rel=0.15)
    note = next(note for note in record["notes"] if note.startswith("Check"))
    assert str(actual) in note
    once = sum(1 for one in {customer for customer, _ in days} if sum(other == one for other, _ in days) == 1)
    assert any(f"{once} of 2357 customers" in note for note in record["notes"])


def test_what_is_expected_of_each_customer(cdnow: Books) -> None:
    frame = rows_behind(cdnow.store, "clv_predicted", clock=cdnow.clock, zone=BERLIN)
    record = cdnow.figure("clv_predicted").to_json("en")
    assert frame.height == 2357
    once = frame.filter(frame["purchases"] == 1)
    assert once["p_alive"].null_count() == once.height
    assert once["state"].unique().to_list() == ["one_time"]
    again = frame.filter(frame["purchases"] > 1)
    assert again["p_alive"].is_between(0, 1).all()
    total = float(frame["expected_value"].sum())
    assert total == pytest.approx(float(record["numerator"]), abs=1)
    assert frame["expected_orders"].sum() == pytest.approx(record["expected_orders"])


def test_options_move_the_value_as_they_should(new_books: Callable[..., Books]) -> None:
    books = quarter(new_books(now="1998-07-01 12:00"))

    def value(*options: str) -> float:
        return float(books.figure("clv_predicted", set=options).to_json("en")["value"])

    year = value()
    assert value("clv.horizon_months=24", "clv.discount_rate=0") > year * 1.3
    assert value("clv.margin=0.25") == pytest.approx(year / 4, abs=0.01)


@pytest.mark.parametrize(
    ("option", "said"),
    [
        ("clv.min_customers=3000", "2357 customers are too few"),
        ("clv.min_repeaters=2000", "customers who bought again are too few"),
        ("clv.min_weeks=90", "78 weeks of history are too few"),
    ],
)
def test_too_little_is_refused_with_the_reason(cdnow: Books, option: str, said: str) -> None:
    record = cdnow.figure("clv_predicted", set=[option]).to_json("en")
    assert record["value"] is None
    assert said in record["reason"]
    assert option.partition("=")[0] in record["reason"]
    assert "not_fitted" in record["flags"]
    assert "model" not in record


def test_a_model_that_does_not_fit_is_refused(books: Books) -> None:
    """Everybody buys every ten days and nobody ever stops: no spread to be told."""
    for person in range(1, 13):
        for day in range(0, 200, 10):
            books.order(str(date(2024, 1, 1) + timedelta(days=day)), person, "20.00")
    books.synced("2024-07-20")
    few = ["clv.min_customers=10", "clv.min_repeaters=5"]
    record = books.save().figure("clv_predicted", end="2024-07-19", set=few).to_json("de")
    assert record["value"] is None
    assert "Modell" in record["reason"]


def test_value_that_goes_with_frequency_is_flagged(new_books: Callable[..., Books]) -> None:
    """Whoever buys twice as often pays twice as much."""
    books = quarter(new_books(now="1998-07-01 12:00"), lambda often, dollars: dollars * often)
    record = books.figure("clv_predicted").to_json("en")
    assert record["model"]["correlation"] > 0.3
    assert "value_goes_with_frequency" in record["flags"]


def test_without_the_numerical_packages_it_says_what_to_install(books: Books, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in sys.modules if name.startswith("connector.kpi.models")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "scipy.optimize", None)
    monkeypatch.setitem(sys.modules, "scipy.special", None)
    monkeypatch.setitem(sys.modules, "scipy", None)
    books.order("2024-01-01")
    record = books.save().figure("clv_predicted").to_json("en")
    assert (record["value"], record["flags"][0]) == (None, "not_available")
    assert "pip install 'shop-connector[models]'" in record["reason"]


def test_empty_books_and_one_order(books: Books) -> None:
    for _ in range(2):
        record = books.save().figure("clv_predicted").to_json("en")
        assert record["value"] is None
        assert record["reason"]
        books.rows.clear()
        books.order("2024-01-01")
