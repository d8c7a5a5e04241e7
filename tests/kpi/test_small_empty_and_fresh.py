"""Convention C9: what is said where there is little, nothing, or not yet enough."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

import connector.kpi
from connector.kpi.shop.figures import SHOP
from connector.messages.kpi import KPI
from connector.model import Source, StreamState
from tests.kpi.books import Books


@pytest.fixture
def empty(books: Books) -> Books:
    return books.save()


def test_an_empty_shop_has_no_orders_and_no_money_but_no_rates(empty: Books) -> None:
    for kpi in SHOP:
        for figure in empty.ask(kpi.id, period="2024").figures:
            record = figure.to_json("en")
            if record["unit"] == "count":
                assert record["value"] == 0
            elif kpi.id.startswith(("aov", "new_", "returning_")) or record["unit"] != "money":
                assert record["value"] is None
                assert record["reason"]
                assert set(record["flags"]) & {"empty", "not_available"}
            else:
                assert (record["value"], record["currency"]) == ("0.00", "EUR")


def test_before_the_first_sync_nothing_is_known(books: Books) -> None:
    del books.rows[StreamState]
    del books.rows[Source]
    books.rows.clear()
    for kpi in SHOP:
        for figure in books.ask(kpi.id).figures:
            assert figure.value is None
            assert figure.has("not_available")
            assert figure.reason is not None


def test_few_cases(books: Books) -> None:
    for person in range(1, 35):
        books.order(f"2024-{1 + (person > 4) + (person > 14):02d}-10", person)
    books.save()
    tiny, small, enough = (books.figure("new_order_share", period=period) for period in ("2024-01", "2024-02", "2024"))
    assert (tiny.n, tiny.has("tiny"), tiny.has("small")) == (4, True, False)
    assert tiny.value == 1.0  # kept in JSON
    assert (small.n, small.has("tiny"), small.has("small")) == (10, False, True)
    assert not enough.has("small")
    assert not enough.has("tiny")
    assert not books.figure("orders", period="2024-01").has("tiny")  # a count is a count
    assert books.figure("new_order_share", period="2024-02", set=["samples.tiny=11"]).has("tiny")
    assert not books.figure("new_order_share", period="2024-02", set=["samples.small=10"]).has("small")


def test_a_period_that_is_not_over(empty: Books) -> None:
    assert empty.figure("orders", period="this-year").has("period_incomplete")
    assert empty.figure("orders").has("period_incomplete")
    assert not empty.figure("orders", period="2025").has("period_incomplete")


def test_how_far_the_data_reach(new_books: Callable[..., Books]) -> None:
    books = new_books(shops=("shop", "outlet"))
    books.synced("2025-11-30 14:00", "outlet")
    books.synced("2025-11-20 09:30", "outlet", "refunds")
    books.save()

    def flag(id: str, **more: object) -> list[str]:
        record = books.ask(id, period="2025", **more).figures[0].to_json("en")  # type: ignore[arg-type]
        return [one for one in record["flags"] if one.startswith("data_until")]

    assert flag("orders") == ["data_until 2025-11-30 14:00"]
    assert flag("net_revenue") == ["data_until 2025-11-20 09:30"]
    assert flag("orders", filters={"source": ["shop"]}) == []
    assert not [f for f in books.figure("orders", period="2025-10").flags if f.name == "data_until"]


def test_a_first_sync_that_is_not_finished(new_books: Callable[..., Books]) -> None:
    books = new_books(shops=("shop", "outlet"))
    books.synced(None, "outlet")
    books.save()
    figure = books.figure("orders", period="2025")
    assert [flag.words().render("en") for flag in figure.flags if flag.name == "first_sync_unfinished"] == [
        "the first sync of outlet is not finished; figures will still grow"
    ]


def test_a_stream_that_is_not_offered_is_not_waited_for(books: Books) -> None:
    """Old shops list no refunds of their own; they come with the orders."""
    books.synced(None, stream="refunds")
    for row in books.rows[StreamState]:
        row["error_class"] = "StreamNotOffered" if row["stream"] == "refunds" else None
    books.save()
    assert not books.figure("net_revenue", period="2025").has("first_sync_unfinished")


def test_history_that_was_cut_makes_old_customers_look_new(books: Books) -> None:
    books.order("2024-03-01")
    books.save()
    cut = {"history_from": date(2023, 1, 1), "period": "2024"}
    assert books.figure("new_customers", **cut).has("history_cut")
    assert books.ask("crr", **cut).figures[0].has("history_cut")
    assert not books.figure("orders", **cut).has("history_cut")
    assert books.figure("orders", period="2022", history_from=date(2023, 1, 1)).has("history_cut")
    assert not books.figure("new_customers", period="2024").has("history_cut")


def test_every_flag_that_is_raised_has_words_in_both_languages() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(connector.kpi.__file__).parent.rglob("*.py"))
    raised = set(re.findall(r'\bFlag\(\s*"(\w+)"', code))
    assert {"tiny", "small", "data_until", "history_cut", "not_available"} <= raised
    assert {f"flag.{name}" for name in raised} <= KPI.en.keys() == KPI.de.keys()
