"""Which orders count, as SQL, asked of a real database."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from connector.frames.counting import Counting
from connector.store import Store
from tests.kpi.books import Books


@pytest.fixture
def store(store: Store) -> Store:
    books = Books(store, shops=("shop", "outlet"))
    books.order("2024-01-01", order_id="completed")
    books.order("2024-01-01", order_id="pending", status="pending")
    books.order("2024-01-01", order_id="on-hold", status="on_hold", status_raw="wc-on-hold")
    books.order("2024-01-01", order_id="gone", gone_at=1)
    books.order("2024-01-01", order_id="outlet", shop="outlet", status="pending")
    books.save()
    return store


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ("counted", {"completed", "on-hold"}),
        (["pending"], {"pending", "outlet"}),
        (["wc-on-hold", "completed"], {"completed", "on-hold"}),
        (["on_hold"], {"on-hold"}),
        ([], set()),
        ({"shop": ["pending"]}, {"pending"}),
        ({"outlet": ["pending"]}, {"completed", "on-hold", "outlet"}),
        ({"shop": [], "outlet": ["pending"]}, {"outlet"}),
        ({"nowhere": ["pending"]}, {"completed", "on-hold"}),
        (["x' OR '1'='1"], set()),
    ],
)
def test_what_counts(store: Store, statuses: object, expected: set[str]) -> None:
    counting = Counting(statuses=statuses, sources={"shop": 1, "outlet": 2})  # type: ignore[arg-type]
    sql, values = counting.counts("t")
    with store.read() as connection:
        found = connection.execute(text(f"SELECT t.order_id FROM orders t WHERE {sql}"), values).scalars()
        assert set(found) == expected
