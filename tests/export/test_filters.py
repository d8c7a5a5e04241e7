"""A filter means for exported rows what it means for figures (convention C7)."""

from __future__ import annotations

from typing import Any

from connector.errors import UsageError
from connector.export.filters import CONVERSATIONS, ORDERS
from connector.export.scope import Scope
from connector.export.tables import TABLES
from connector.kpi.dimensions import DIMENSIONS, read_filters
from connector.kpi.shop.figures import OF_ORDERS
from connector.simulation.clock import FakeClock
from connector.store import Store
from tests.export.shops import BERLIN, at, put, sources
from tests.kpi.books import Books
from tests.kpi.test_products_and_lines import some


def ids(store: Store, table: str, column: str, filters: dict[str, Any]) -> list[Any]:
    with store.read() as connection:
        scope = Scope(zone=BERLIN, filters=read_filters(filters), sources={"shop": 1, "helpdesk": 2})
        grid = TABLES[table].rows(connection, scope)
        place = [one.name for one in grid.columns].index(column)
        return [row[place] for row in grid.rows]


def counted(books: Books, name: str, value: str) -> Any:
    """The figure under one filter; 0 where it is refused, since nothing stored has the value."""
    try:
        return books.value("orders", filters={name: [value]})
    except UsageError:
        return 0


def test_orders_under_every_filter_are_as_many_as_the_figure_says(store: Store) -> None:
    books = Books(store)
    books.order(
        "2024-01-01", 9, country="AT", payment_method="cash", shipping_method="DHL", within="2", device_type="Mobile",
        attribution_type="utm", attribution_source="google", attribution_medium="cpc", attribution_campaign="spring",
        tags='["größe", "50% off"]', coupons='["Ä-10"]',
    )  # fmt: skip
    books.person(1)
    some(books)
    asked: dict[str, list[str]] = {
        "product": ["1", "T-1", "Tea", "Tea, old name", "Coffee", "100%", "none"],
        "category": ["Drinks", "Hot", "Kitchen", "Kitch"],
        "coupon": ["hello", "HELLO", "spring", "ä-10"],
        "tag": ["gift", "größe", "50% off", "50", '"'],
        "country": ["AT", "DE"],
        "currency": ["EUR", "CHF"],
        "customer_type": ["new", "returning"],
        "source": ["shop"],
        "shop": ["2"],
        "payment_method": ["cash", "card"],
        "shipping_method": ["DHL"],
        "device": ["Mobile"],
        "attribution_type": ["utm"],
        "attribution_source": ["google"],
        "attribution_medium": ["cpc"],
        "attribution_campaign": ["spring"],
    }
    assert asked.keys() == set(OF_ORDERS)
    for name, values in asked.items():
        for value in values:
            found = ids(store, "orders", "order_id", {name: [value]})
            assert len(found) == counted(books, name, value), (name, value)
    both = {"product": ["Tea", "Coffee"], "coupon": ["hello"]}
    assert ids(store, "orders", "order_id", both) == ["2", "3"]
    assert ids(store, "refunds", "order_id", {"product": ["Coffee"]}) == ["3"]
    assert ids(store, "persons", "person_id", {"category": ["Kitchen"]}) == [1]


def test_conversations_by_channel_agent_group_and_tag(store: Store, clock: FakeClock) -> None:
    from connector.model import Agent, Conversation

    sources(store, at("2026-01-01T00:00:00"))
    put(
        store,
        Agent,
        [{"source_id": 2, "agent_id": "7", "name": "Eva"}, {"source_id": 2, "agent_id": "8", "name": "Tom"}],
    )
    rows = [
        {"conversation_id": "a", "channel": "chat", "agent_id": "7", "group_name": "Sales", "tags": '["return"]'},
        {"conversation_id": "b", "channel": "email", "agent_id": "8", "group_name": "Help", "priority": "high"},
    ]
    common = {"source_id": 2, "status": "open", "state": "open", "created_at": at("2025-12-01T00:00:00")}
    put(store, Conversation, [common | row for row in rows])
    for filters, expected in [
        ({"channel": ["chat"]}, ["a"]),
        ({"agent": ["Eva"]}, ["a"]),
        ({"agent": ["8"]}, ["b"]),
        ({"group": ["Help", "Sales"]}, ["a", "b"]),
        ({"tag": ["return"]}, ["a"]),
        ({"priority": ["high"], "channel": ["chat"]}, []),
    ]:
        assert ids(store, "conversations", "conversation_id", filters) == expected


def test_every_filter_is_a_dimension() -> None:
    assert {*ORDERS, *CONVERSATIONS} <= DIMENSIONS.keys()
