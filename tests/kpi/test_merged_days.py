"""Option `orders.merge: day`: orders of one person on one local day are one, for 4.4 and 4.5 alone."""

from __future__ import annotations

from tests.kpi.books import Books

DAY = ("orders.merge=day",)


def some(books: Books) -> Books:
    """1 orders twice around midnight and twice on one day; 2 twice on one day."""
    books.order("2024-03-30 23:30", 1)
    books.order("2024-03-31 00:30", 1)  # the next local day, though the same one in UTC
    books.order("2024-03-31 22:30", 1)
    books.order("2024-04-02 01:00", 2)
    books.order("2024-04-02 23:00", 2)
    books.order("2024-04-02 12:00", None)
    books.order("2024-04-02 13:00", None)
    return books.save()


def test_repeat_purchase_looks_at_days(both: Books) -> None:
    books = some(both)
    assert (books.value("repeat_rate"), books.value("repeat_rate", set=DAY)) == (1.0, 0.5)
    assert books.value("repeat_within_30", set=DAY) == 0.5
    assert books.value("repeat_within_30_km", set=DAY) == 0.5
    assert books.value("repeat_rate_period", period="2024-04", set=DAY) == 0.0
    assert books.value("purchase_frequency", set=DAY) == 1.5
    gaps = books.figure("time_between_orders", set=DAY)
    assert (gaps.n, gaps.value) == (1, 3600.0)


def test_orders_and_money_stay(books: Books) -> None:
    some(books)
    for id in ("orders", "aov", "customers", "new_order_share"):
        assert books.value(id, set=DAY) == books.value(id), id


def test_an_empty_shop(books: Books) -> None:
    assert books.save().value("repeat_rate", set=DAY) is None
