"""WooCommerce: orders, refunds, customers and products of a shop, through its REST API (wc/v3)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import ClassVar

import msgspec

from adapters.woocommerce import records, wire
from adapters.woocommerce.legacy_refunds import refunds_of_orders
from adapters.woocommerce.messages import texts
from adapters.woocommerce.normalise import (
    KEPT_META,
    REFUNDED_LINE,
    customer_rows,
    order_rows,
    product_rows,
    refund_rows,
)
from adapters.woocommerce.pull import OVERLAP, Listing, Position, Walker
from adapters.woocommerce.refusals import NoRoute, Refusals
from adapters.woocommerce.report import report_of
from adapters.woocommerce.settings import WooCommerceSettings
from adapters.woocommerce.signing import signature
from adapters.woocommerce.single import SingleReads
from adapters.woocommerce.visit import visit
from connector import lenient
from connector.contract import Cursor, Feed, Listed, Page, Personal, Record, Row, SourceInfo, Stream, Sweep, Wanted
from connector.errors import UnexpectedPayload
from connector.model import CustomerAccount, Order, OrderLine, OrderTax, Product, Refund, RefundLine
from connector.reports import Report, ReportWish, StoredRecords
from connector.transport import Transport

_HERE = Path(__file__).parent

ORDERS = Stream(
    "orders",
    feeds=(Feed(Order, "order_id"), Feed(OrderLine, "order_id"), Feed(OrderTax, "order_id")),
    sweep=Sweep.STAMPS,
    dictionary=_HERE / "orders-1.zdict",
    personal=Personal(emails=("email",), texts=("first_name", "last_name", "company", "phone", "reason")),
)
REFUNDS = Stream(
    "refunds",
    feeds=(Feed(Refund, "refund_id"), Feed(RefundLine, "refund_id")),
    sweep=Sweep.STAMPS,
    dictionary=_HERE / "refunds-1.zdict",
    personal=Personal(texts=("reason",)),
)
CUSTOMERS = Stream(
    "customers",
    feeds=(Feed(CustomerAccount, "account_id"),),
    sweep=Sweep.WHOLE,
    named_by=(Feed(Order, "account_id"),),
    dictionary=_HERE / "customers-1.zdict",
    personal=Personal(emails=("email",), texts=("first_name", "last_name", "company", "phone")),
)
PRODUCTS = Stream(
    "products",
    feeds=(Feed(Product, "product_id"),),
    sweep=Sweep.STAMPS,
    dictionary=_HERE / "products-1.zdict",
)


class WooCommerce:
    """A WooCommerce shop."""

    Settings: ClassVar[type[WooCommerceSettings]] = WooCommerceSettings
    streams: ClassVar[tuple[Stream, ...]] = (ORDERS, REFUNDS, CUSTOMERS, PRODUCTS)

    def __init__(self, settings: WooCommerceSettings, transport: Transport) -> None:
        self._settings = settings
        self._http = transport.configured(auth=signature(settings), explain=Refusals(settings).explain)
        self._walker = Walker(self._http, settings.page_size, settings.history_from)

    # --- check -------------------------------------------------------------------------------------------------------

    def check(self) -> SourceInfo:
        """Who answers, and what the key may read."""
        return visit(self._settings, self._http, [stream.name for stream in self.streams])

    # --- pull --------------------------------------------------------------------------------------------------------

    def pull(self, stream: Stream, since: Cursor | None) -> Iterator[Page]:
        """What may have changed since the cursor. Customers have no change filter: they are read whole, once."""
        if stream == REFUNDS:
            yield from self._pull_refunds(since)
        elif stream == CUSTOMERS and since is not None and not _under_way(since):
            return
        else:
            yield from self._walker.changes(_LISTS[stream.name], since)

    def _pull_refunds(self, since: Cursor | None) -> Iterator[Page]:
        try:
            yield from self._walker.changes(_LISTS["refunds"], since)
        except NoRoute:
            yield from self._walker.changes(refunds_of_orders(self._http), since)

    def cursor_at(self, stream: Stream, instant: int) -> Cursor | None:
        """A cursor from which everything changed since `instant` is asked for."""
        return None if stream == CUSTOMERS else Position(instant + OVERLAP, instant + OVERLAP).cursor()

    def stamps(self, stream: Stream) -> Iterator[Listed]:
        """Every id with its stamp, by the cheapest fields that show a change."""
        try:
            yield from self._stamps(_STAMP_LISTS[stream.name])
        except NoRoute:
            if stream != REFUNDS:
                raise
            yield from self._stamps(refunds_of_orders(self._http))

    def _stamps(self, listings: Sequence[Listing]) -> Iterator[Listed]:
        for listing in listings:
            for step in self._walker.steps(listing):
                items = listing.expand(step.new) if listing.expand else step.new
                records = [item for item in items if isinstance(item, Record)]
                yield Listed(
                    {record.id: record.stamp for record in records},
                    {record.id: record.locator for record in records if record.locator},
                )

    def read(self, stream: Stream, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Record | None]]:
        """Records by id."""
        return _single_reads(stream, self._http).read(wanted)

    # --- the shop's own report ----------------------------------------------------------------------------------------

    def report(self, wish: ReportWish, stored: StoredRecords) -> Report:
        """WooCommerce Analytics, asked for through the API; nothing stored is needed."""
        return report_of(self._http, wish)

    # --- admit -------------------------------------------------------------------------------------------------------

    def admit(self, stream: Stream, record: Record) -> Record:
        """Only the fields that `wire` names: no addresses, notes, devices, sessions or plugins' own data."""
        content = _content(stream, record)
        if isinstance(content, wire.Order):
            content.meta_data = [entry for entry in content.meta_data if entry.key in KEPT_META]
        elif isinstance(content, wire.Refund):
            for item in content.line_items:
                item.meta_data = [entry for entry in item.meta_data if entry.key == REFUNDED_LINE]
        payload = _encoder.encode(content)
        return Record(record.id, payload, record.read_at, record.updated_at, record.stamp, record.locator, content)

    # --- normalise ---------------------------------------------------------------------------------------------------

    def normalise(self, stream: Stream, record: Record) -> Iterable[Row]:
        """The rows of an admitted record."""
        content = _content(stream, record)
        try:
            if isinstance(content, wire.Order):
                return order_rows(content, address=self._settings.url)
            if isinstance(content, wire.Refund):
                return list(refund_rows(content))
            return list(customer_rows(content) if isinstance(content, wire.Customer) else product_rows(content))
        except ValueError as error:
            raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None


_encoder = msgspec.json.Encoder()
_KINDS: Mapping[str, type[wire.Order | wire.Refund | wire.Customer | wire.Product]] = {
    "orders": wire.Order,
    "refunds": wire.Refund,
    "customers": wire.Customer,
    "products": wire.Product,
}


def _content(stream: Stream, record: Record) -> wire.Order | wire.Refund | wire.Customer | wire.Product:
    if record.content is not None:
        return record.content  # type: ignore[no-any-return]
    try:
        return lenient.decode(record.payload, _KINDS[stream.name])
    except ValueError as error:
        raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None


def _under_way(cursor: Cursor) -> bool:
    return msgspec.json.decode(cursor, type=Position).under_way


_LISTS: Mapping[str, tuple[Listing, ...]] = {
    # `any` leaves out the trash, and no list of statuses can name both.
    "orders": (
        Listing("orders", (("status", "any"),), records.ORDER),
        Listing("orders", (("status", "trash"),), records.ORDER),
    ),
    "refunds": (Listing("refunds", (), records.REFUND),),
    "customers": (Listing("customers", (), records.CUSTOMER),),
    "products": (Listing("products", (), records.PRODUCT),),
}

_ORDER_STAMP_FIELDS = ("_fields", "id,date_modified_gmt,status,refunds")
_STAMP_LISTS: Mapping[str, tuple[Listing, ...]] = {
    "orders": (
        Listing("orders", (("status", "any"), _ORDER_STAMP_FIELDS), records.LISTED_ORDER),
        Listing("orders", (("status", "trash"), _ORDER_STAMP_FIELDS), records.LISTED_ORDER),
    ),
    "refunds": (Listing("refunds", (("_fields", "id,parent_id,amount"),), records.LISTED_REFUND),),
    "products": (Listing("products", (("_fields", "id,date_modified_gmt"),), records.LISTED_PRODUCT),),
}


def _single_reads(stream: Stream, http: Transport) -> SingleReads:
    if stream == ORDERS:
        return SingleReads(http, lambda one: f"orders/{one.id}", records.ORDER, "orders", (("status", "any"),))
    if stream == REFUNDS:
        return SingleReads(http, lambda one: f"orders/{one.locator or 0}/refunds/{one.id}", records.REFUND)
    if stream == CUSTOMERS:
        return SingleReads(http, lambda one: f"customers/{one.id}", records.CUSTOMER, "customers", (("role", "all"),))
    return SingleReads(http, lambda one: f"products/{one.id}", records.PRODUCT, "products")
