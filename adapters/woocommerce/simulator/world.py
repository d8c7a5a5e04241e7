"""The pretend shop's database, its clock and its options.

A save is visible at once, or after `commit_delay`: WooCommerce stamps `date_modified` when it begins to save, and the
row is seen when the database has committed. Readers see committed rows, the shop's own deeds work on the newest ones.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from random import Random
from typing import Any, Generic, TypeVar
from zoneinfo import ZoneInfo

from adapters.woocommerce.simulator.model import Customer, Order, Product, Refund
from adapters.woocommerce.simulator.prepared import PreparedOrder, PreparedRefund
from adapters.woocommerce.simulator.product_shape import product_shape
from adapters.woocommerce.simulator.shapes import Shapes, encoded
from connector.clock import Clock

Row = TypeVar("Row")
OrderRow = Order | PreparedOrder
RefundRow = Refund | PreparedRefund

HOME = "https://shop.example.test"  # what the shop believes to be its address, as behind a wrong proxy
STATUSES = {
    "pending": "Pending payment",
    "processing": "Processing",
    "on-hold": "On hold",
    "completed": "Completed",
    "cancelled": "Cancelled",
    "refunded": "Refunded",
    "failed": "Failed",
    "checkout-draft": "Draft",
}

EXCLUDED = frozenset({"pending", "failed", "cancelled"})
"""Statuses that a new shop's reports leave out, besides trash and drafts."""


class Table(Generic[Row]):
    """Rows by id. `changed` is called with an id whenever readers see another row under it."""

    def __init__(self, changed: Callable[[int], None]) -> None:
        self.rows: dict[int, Row] = {}
        self._changed = changed
        self._pending: list[tuple[int, int, Row | None]] = []  # visible at (microseconds), id, row

    def newest(self, key: int) -> Row | None:
        """The row as last saved, committed or not."""
        for _, pending_key, row in reversed(self._pending):
            if pending_key == key:
                return row
        return self.rows.get(key)

    def all_newest(self) -> list[Row]:
        """Every row as last saved, committed or not."""
        keys = dict.fromkeys((*self.rows, *(key for _, key, _ in self._pending)))
        return [row for key in keys if (row := self.newest(key)) is not None]

    def save(self, key: int, row: Row | None, visible_at: int | None = None) -> None:
        """Save a row, or with None delete it; seen at once unless `visible_at` says when (microseconds UTC)."""
        if visible_at is None:
            self._pending = [entry for entry in self._pending if entry[1] != key]
            self._show(key, row)
        else:
            self._pending.append((visible_at, key, row))

    def commit(self, now: int) -> None:
        """Show what is due."""
        if self._pending and min(entry[0] for entry in self._pending) <= now:
            due = [entry for entry in self._pending if entry[0] <= now]
            self._pending = [entry for entry in self._pending if entry[0] > now]
            for _, key, row in due:
                self._show(key, row)

    def _show(self, key: int, row: Row | None) -> None:
        if row is None:
            self.rows.pop(key, None)
        else:
            self.rows[key] = row
        self._changed(key)


class World:
    """What there is in the shop, and how it is set up.

    Options that a test may set at any time: `version` (below 9.0 there is no list of all refunds), `hpos` (False: the
    legacy order tables), `refunds_hidden` (orders name no refunds although there are some), `clock_offset` (seconds by
    which the shop's clock is wrong), `commit_delay` (seconds until a save is seen), `timezone` (IANA name),
    `report_date` and `report_excluded` (by which date its own reports count, and which statuses they leave out).
    """

    def __init__(self, clock: Clock, seed: int) -> None:
        self.clock = clock
        self.random = Random(f"woocommerce/{seed}")
        self.lock = threading.RLock()
        self.version = "10.0.2"
        self.hpos = True
        self.clock_offset = 0.0
        self.commit_delay = 0.0
        self.report_date = "date_paid"
        self.report_excluded = EXCLUDED
        self.statuses = dict(STATUSES)
        self.generation = 0  # grows with every change that readers can see
        self.orders: Table[OrderRow] = Table(self._order_changed)
        self.refunds: Table[RefundRow] = Table(self._something_changed)
        self.customers: Table[Customer] = Table(self._something_changed)
        self.products: Table[Product] = Table(self._something_changed)
        self.next_post = 10  # products, coupons, orders and refunds share one row of ids
        self.next_user = 1
        self.next_item = 1
        self.next_item_meta = 1
        self.next_meta = 1
        self._refunds_hidden = False
        self._zone = ZoneInfo("Europe/Berlin")
        self._made: dict[int, bytes] = {}
        self._past: int | None = None
        self._remembered: dict[str, list[Any]] = {}
        self._remembered_at = 0

    # --- options ----------------------------------------------------------------------------------------------------

    @property
    def timezone(self) -> str:
        """The shop's zone: local stamps, and what a time without offset means in a request."""
        return self._zone.key

    @timezone.setter
    def timezone(self, name: str) -> None:
        self._zone = ZoneInfo(name)
        self._forget_bodies()

    @property
    def zone(self) -> ZoneInfo:
        """The same as a zone."""
        return self._zone

    @property
    def refunds_hidden(self) -> bool:
        """Whether orders come with `refunds: []` although there are some."""
        return self._refunds_hidden

    @refunds_hidden.setter
    def refunds_hidden(self, hidden: bool) -> None:
        self._refunds_hidden = hidden
        self._forget_bodies()

    def _forget_bodies(self) -> None:
        with self.lock:
            self._made.clear()
            for key, row in list(self.orders.rows.items()):
                if isinstance(row, PreparedOrder):
                    self.orders.save(key, row.order())
            for key, refund in list(self.refunds.rows.items()):
                if isinstance(refund, PreparedRefund):
                    self.refunds.save(key, refund.refund())

    # --- time -------------------------------------------------------------------------------------------------------

    def server_time(self) -> int:
        """The shop's own clock, microseconds UTC: wrong by `clock_offset`."""
        return self.clock.now() + int(self.clock_offset * 1_000_000)

    def now(self) -> int:
        """Whole seconds since 1970 by the shop's own clock."""
        return self.server_time() // 1_000_000 if self._past is None else self._past

    @contextmanager
    def back_then(self, seconds: int) -> Iterator[None]:
        """Deeds inside happen at this time: that is how a shop gets its history."""
        self._past = seconds
        try:
            yield
        finally:
            self._past = None

    def visible_at(self) -> int | None:
        """When a save of now will be seen, microseconds UTC; None = at once."""
        delayed = self.commit_delay > 0 and self._past is None
        return self.clock.now() + int(self.commit_delay * 1_000_000) if delayed else None

    def commit_due(self) -> None:
        """Let readers see what was saved long enough ago."""
        now = self.clock.now()
        for table in (self.refunds, self.orders, self.customers, self.products):
            table.commit(now)

    # --- numbers ----------------------------------------------------------------------------------------------------

    def new_post_id(self) -> int:
        """The next id of the space that products, orders and refunds share."""
        self.next_post += 1
        return self.next_post - 1

    def new_user_id(self) -> int:
        """The next account id."""
        self.next_user += 1
        return self.next_user - 1

    def new_item_id(self) -> int:
        """The next id of a line of any kind."""
        self.next_item += 1
        return self.next_item - 1

    def new_item_meta_id(self) -> int:
        """The next id of a line's meta entry."""
        self.next_item_meta += 1
        return self.next_item_meta - 1

    def new_meta_id(self) -> int:
        """The next id of an order's meta entry."""
        self.next_meta += 1
        return self.next_meta - 1

    # --- bodies -----------------------------------------------------------------------------------------------------

    def shapes(self, dp: int = 2) -> Shapes:
        """How bodies look now."""
        return Shapes(HOME, self._zone, dp)

    def order_body(self, row: OrderRow, dp: int = 2) -> bytes:
        """`GET /orders/{id}`, encoded."""
        if isinstance(row, PreparedOrder):
            if dp == 2:
                return row.body
            row = row.order()
        made = self._made.get(row.id) if dp == 2 else None
        if made is None:
            made = encoded(self.shapes(dp).order(row, self._named_refunds(row)))
            if dp == 2:
                self._made[row.id] = made
        return made

    def refund_body(self, row: RefundRow, *, with_parent: bool, dp: int = 2) -> bytes:
        """`GET /refunds` or `GET /orders/{id}/refunds`, one of them, encoded."""
        if isinstance(row, PreparedRefund):
            if with_parent and dp == 2:
                return row.body
            row = row.refund()
        return encoded(self.shapes(dp).refund(row, with_parent=with_parent))

    def customer_body(self, customer: Customer) -> bytes:
        """`GET /customers/{id}`, encoded."""
        return encoded(self.shapes().customer(customer))

    def product_body(self, product: Product) -> bytes:
        """`GET /products/{id}`, encoded."""
        return encoded(product_shape(self.shapes(), product))

    def remembered(self, question: str, answer: Callable[[], list[Any]]) -> list[Any]:
        """The rows that answer a question, found anew only when something has changed."""
        if self._remembered_at != self.generation:
            self._remembered.clear()
            self._remembered_at = self.generation
        if question not in self._remembered:
            self._remembered[question] = answer()
        return self._remembered[question]

    def _named_refunds(self, order: Order) -> list[Refund]:
        if self._refunds_hidden:
            return []
        rows = (self.refunds.rows.get(key) for key in order.refund_ids)
        return [row.refund() if isinstance(row, PreparedRefund) else row for row in rows if row is not None]

    def _order_changed(self, key: int) -> None:
        self._made.pop(key, None)
        self.generation += 1

    def _something_changed(self, key: int) -> None:
        self.generation += 1
