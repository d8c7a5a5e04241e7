"""Writes invented orders and refunds straight into the tables, so that a test shows every row it counts."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import insert
from sqlmodel import SQLModel

from connector.instants import from_datetime
from connector.kpi.evaluate import evaluate
from connector.kpi.period import asked
from connector.kpi.result import Evaluation, Figure
from connector.model import Order, OrderEvent, OrderLine, Person, Product, Refund, RefundLine, Source, StreamState
from connector.money import to_micros
from connector.simulation.clock import FakeClock
from connector.store import Store

ORIGIN = (
    *("attribution_type", "attribution_source", "attribution_medium", "attribution_campaign"),
    *("device_type", "shipping_method"),
)
BERLIN = ZoneInfo("Europe/Berlin")


def at(local: str, zone: ZoneInfo = BERLIN) -> int:
    """Microseconds UTC of a local time: `at("2024-03-01")`, `at("2024-03-01 00:30")`."""
    return from_datetime(datetime.fromisoformat(local).replace(tzinfo=zone))


def days_after(local: str, days: float) -> str:
    """A local time some days later."""
    return (datetime.fromisoformat(local) + timedelta(days=days)).isoformat(sep=" ")


class Books:
    """The books of invented shops. `save` writes them down; `ask` puts a question to what was written."""

    def __init__(self, store: Store, now: str = "2026-01-01 12:00", shops: Iterable[str] = ("shop",)) -> None:
        self.store = store
        self.clock = FakeClock(at(now))
        self.rows: dict[type[SQLModel], list[dict[str, Any]]] = {}
        self._numbers = itertools.count(1)
        self._lines = itertools.count(1)
        self.sources = {name: number for number, name in enumerate(shops, 1)}
        for name, number in self.sources.items():
            self._row(
                Source,
                id=number,
                name=name,
                adapter="woocommerce",
                url="https://shop.example",
                currency="EUR",
                created_at=0,
            )
            for stream in ("orders", "refunds"):
                self._row(StreamState, source_id=number, stream=stream, last_success_at=self.clock.now())

    def _row(self, table: type[SQLModel], **values: Any) -> dict[str, Any]:
        self.rows.setdefault(table, []).append(values)
        return values

    def synced(self, local: str | None, shop: str = "shop", stream: str | None = None) -> None:
        """The last success of a shop's streams."""
        for row in self.rows[StreamState]:
            if row["source_id"] == self.sources[shop] and stream in (None, row["stream"]):
                row["last_success_at"] = at(local) if local else None

    def order(
        self,
        created: str | None,
        person: int | None = 1,
        total: str = "10.00",
        *,
        tax: str = "0",
        shipping: str = "0",
        discount: str = "0",
        currency: str | None = "EUR",
        status: str = "completed",
        counted: bool | None = None,
        shop: str = "shop",
        quantity: str | None = None,
        paid: str | None = None,
        completed: str | None = None,
        number: str | None = None,
        **more: Any,
    ) -> str:
        """An order; gives its id."""
        order_id = more.pop("order_id", None) or str(next(self._numbers))
        if counted is None:
            counted = status in ("completed", "processing", "on_hold", "refunded", "other")
        values = {
            "source_id": self.sources[shop],
            "order_id": order_id,
            "number": number or order_id,
            "status": status,
            "status_raw": more.pop("status_raw", status),
            "status_known": more.pop("status_known", True),
            "countable": counted,
            "created_at": at(created) if created else None,
            "paid_at": at(paid) if paid else None,
            "completed_at": at(completed) if completed else None,
            "currency": currency,
            "total_micros": to_micros(total),
            "tax_micros": to_micros(tax),
            "shipping_micros": to_micros(shipping),
            "discount_micros": to_micros(discount),
            "person_id": person,
            "email": f"person{person}@example.test" if person else None,
            "name": None,
            "country": more.pop("country", "DE"),
            "payment_method": more.pop("payment_method", "card"),
            "tags": more.pop("tags", None),
            "coupons": more.pop("coupons", None),
            "rate_micros": more.pop("rate_micros", None),
            "shop": more.pop("within", None),
            **{name: more.pop(name, None) for name in ORIGIN},
            "gone_at": more.pop("gone_at", None),
        }
        self._row(Order, **(values | more))
        if quantity is not None:
            self.line(order_id, quantity=quantity, total=total, shop=shop)
        return order_id

    def refund(
        self,
        order_id: str,
        created: str | None,
        total: str,
        *,
        tax: str | None = "0",
        shipping: str | None = "0",
        currency: str | None = None,
        shop: str = "shop",
        quantity: str | None = None,
        returned: bool | None = None,
        gone_at: int | None = None,
    ) -> str:
        """A refund; gives its id. `tax` or `shipping` None: the source does not say."""
        refund_id = f"r{next(self._numbers)}"
        self._row(
            Refund,
            source_id=self.sources[shop],
            refund_id=refund_id,
            order_id=order_id,
            created_at=at(created) if created else None,
            currency=currency,
            total_micros=to_micros(total),
            tax_micros=None if tax is None else to_micros(tax),
            shipping_micros=None if shipping is None else to_micros(shipping),
            returned=returned,
            gone_at=gone_at,
        )
        if quantity is not None:
            self.refund_line(refund_id, quantity=quantity, total=total, shop=shop)
        return refund_id

    def line(
        self,
        order_id: str,
        product: str | None = None,
        *,
        total: str = "0",
        quantity: str = "1",
        discount: str | None = "0",
        name: str | None = None,
        sku: str | None = None,
        shop: str = "shop",
        kind: str = "product",
    ) -> str:
        """A line of an order; gives its id. `discount` None: the order as a whole was discounted."""
        line_id = f"l{next(self._lines)}"
        self._row(
            OrderLine,
            source_id=self.sources[shop],
            order_id=order_id,
            line_id=line_id,
            kind=kind,
            product_id=product,
            sku=sku,
            name=name,
            quantity_micros=to_micros(quantity),
            total_micros=to_micros(total),
            tax_micros=0,
            discount_micros=None if discount is None else to_micros(discount),
        )
        return line_id

    def refund_line(
        self,
        refund_id: str,
        line: str | None = None,
        product: str | None = None,
        *,
        total: str = "0",
        quantity: str = "1",
        shop: str = "shop",
    ) -> None:
        """A line of a refund."""
        self._row(
            RefundLine,
            source_id=self.sources[shop],
            refund_id=refund_id,
            line_id=f"l{next(self._lines)}",
            order_line_id=line,
            product_id=product,
            quantity_micros=to_micros(quantity),
            total_micros=to_micros(total),
            tax_micros=0,
        )

    def product(
        self,
        product: str,
        name: str | None,
        categories: Iterable[str] = (),
        *,
        sku: str | None = None,
        shop: str = "shop",
    ) -> None:
        """A product as the shop sells it today."""
        self._row(
            Product,
            source_id=self.sources[shop],
            product_id=product,
            name=name,
            sku=sku,
            categories=json.dumps(list(categories)),
        )

    def event(self, order_id: str, when: str, kind: str, shop: str = "shop") -> None:
        """Something that happened to an order."""
        self._row(
            OrderEvent,
            source_id=self.sources[shop],
            event_id=f"e{next(self._numbers)}",
            order_id=order_id,
            at=at(when),
            kind=kind,
        )

    def person(self, number: int, *, conflict: bool = False) -> None:
        """A person of the store's own table."""
        self._row(Person, id=number, created_at=0, conflict=conflict)

    def save(self) -> Books:
        """Write all of it."""
        with self.store.write() as connection:
            for table, rows in self.rows.items():
                connection.execute(insert(table), rows)
        return self

    def ask(
        self,
        *ids: str,
        period: str | None = None,
        start: str | None = None,
        end: str | None = None,
        zone: ZoneInfo = BERLIN,
        set: Iterable[str] = (),
        **more: Any,
    ) -> Evaluation:
        """The answer to a question, as the command line would put it."""
        from connector.kpi.options import KpiOptions

        options = KpiOptions()
        for text in set:
            options = options.with_override(text)
        when = asked(period, start, end, zone, self.clock.now())
        return evaluate(self.store, ids, clock=self.clock, zone=zone, options=options, asked=when, **more)

    def figure(self, id: str, **more: Any) -> Figure:
        """The one record of one figure."""
        figures = [figure for figure in self.ask(id, **more).figures if figure.id == id]
        assert len(figures) == 1, figures
        return figures[0]

    def value(self, id: str, **more: Any) -> Any:
        """The one value of one figure; money in major units."""
        value = self.figure(id, **more).value
        return value / 1_000_000 if isinstance(value, Decimal) else value
