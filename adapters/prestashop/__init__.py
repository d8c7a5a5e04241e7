"""PrestaShop: orders, refunds, carts, customers and the shop's own customer service, through its web service.

The streams are called like the lists of the web service. Orders, carts and conversations need customers, addresses,
countries, currencies and order states beside them; `check` says which of these the key may read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any, ClassVar
from zoneinfo import ZoneInfo

import msgspec

from adapters.prestashop import resources, wire, wire_service
from adapters.prestashop.messages import texts
from adapters.prestashop.normalise import (
    cart_rows,
    customer_rows,
    history_rows,
    order_rows,
    payment_rows,
    product_rows,
    slip_rows,
)
from adapters.prestashop.normalise_service import employee_rows, message_rows, orders_named, plain, thread_rows
from adapters.prestashop.pull import Walker
from adapters.prestashop.refusals import PageTooLarge, Refusals
from adapters.prestashop.report import report_of
from adapters.prestashop.settings import PrestaShopSettings
from adapters.prestashop.signing import signature
from adapters.prestashop.single import SingleReads
from adapters.prestashop.visit import visit
from connector import lenient
from connector.contract import Cursor, Feed, Listed, Page, Personal, Record, Row, SourceInfo, Stream, Sweep, Wanted
from connector.errors import Unavailable, UnexpectedPayload
from connector.model import (
    Agent,
    Cart,
    Conversation,
    CustomerAccount,
    Message,
    Order,
    OrderEvent,
    OrderLine,
    Product,
    Refund,
    RefundLine,
)
from connector.reports import Report, ReportWish, StoredRecords
from connector.transport import TimedOut, Transport

_HERE = Path(__file__).parent


def _stream(
    resource: resources.Resource[Any],
    *feeds: Feed,
    named_by: tuple[Feed, ...] = (),
    personal: Personal = Personal(),  # noqa: B008  (frozen)
) -> Stream:
    """The stream of a list. Those that grow with the shop have a dictionary; short lists need none."""
    if resource.follows is None:
        return Stream(resource.name, feeds, Sweep.WHOLE, named_by, personal=personal)
    return Stream(resource.name, feeds, Sweep.STAMPS, named_by, _HERE / f"{resource.name}-1.zdict", personal)


ORDERS = _stream(
    resources.ORDERS,
    Feed(Order, "order_id"),
    Feed(OrderLine, "order_id"),
    personal=Personal(emails=("email",), texts=("_context.name", "phone")),
)
SLIPS = _stream(resources.SLIPS, Feed(Refund, "refund_id"), Feed(RefundLine, "refund_id"))
HISTORIES = _stream(resources.HISTORIES, Feed(OrderEvent, "event_id"))
STATES = _stream(resources.STATES)
PAYMENTS = _stream(resources.PAYMENTS, Feed(OrderEvent, "event_id"))
CARTS = _stream(resources.CARTS, Feed(Cart, "cart_id"), personal=Personal(emails=("email",)))
CUSTOMERS = _stream(
    resources.CUSTOMERS,
    Feed(CustomerAccount, "account_id"),
    named_by=(Feed(Order, "account_id"),),
    personal=Personal(emails=("email",), texts=("firstname", "lastname", "company")),
)
ADDRESSES = _stream(resources.ADDRESSES)
CURRENCIES = _stream(resources.CURRENCIES)
PRODUCTS = _stream(resources.PRODUCTS, Feed(Product, "product_id"))
ORDER_CARRIERS = _stream(resources.ORDER_CARRIERS)
THREADS = _stream(
    resources.THREADS,
    Feed(Conversation, "conversation_id"),
    personal=Personal(emails=("email",), texts=("_context.name",)),
)
MESSAGES = _stream(resources.MESSAGES, Feed(Message, "message_id"), personal=Personal(texts=("message",)))
EMPLOYEES = _stream(
    resources.EMPLOYEES,
    Feed(Agent, "agent_id"),
    named_by=(Feed(Message, "agent_id"), Feed(OrderEvent, "agent_id")),
)


class PrestaShop:
    """A PrestaShop shop."""

    Settings: ClassVar[type[PrestaShopSettings]] = PrestaShopSettings
    streams: ClassVar[tuple[Stream, ...]] = (
        ORDERS,
        SLIPS,
        HISTORIES,
        STATES,
        PAYMENTS,
        CARTS,
        CUSTOMERS,
        ADDRESSES,
        CURRENCIES,
        PRODUCTS,
        ORDER_CARRIERS,
        THREADS,
        MESSAGES,
        EMPLOYEES,
    )

    def __init__(self, settings: PrestaShopSettings, transport: Transport) -> None:
        self._settings = settings
        self._http = transport.configured(
            auth=signature(settings), explain=Refusals(settings).explain, default_in_flight=2
        )
        self._walker = Walker(settings, self._http)
        self._zone = ZoneInfo(settings.timezone) if settings.timezone else None
        self._texts_kept = settings.surroundings.texts_kept

    # --- check -------------------------------------------------------------------------------------------------------

    def check(self) -> SourceInfo:
        """Who answers, and what the key may read."""
        return visit(self._settings, self._http, [stream.name for stream in self.streams])

    # --- pull --------------------------------------------------------------------------------------------------------

    def pull(self, stream: Stream, since: Cursor | None) -> Iterator[Page]:
        """What may have changed since the cursor. Lists without a change filter are read whole, once."""
        return _plainly(self._walker.changes(_RESOURCES[stream.name], since))

    def cursor_at(self, stream: Stream, instant: int) -> Cursor | None:
        """A cursor from which everything changed since `instant` is asked for."""
        return self._walker.at(_RESOURCES[stream.name], instant)

    def stamps(self, stream: Stream) -> Iterator[Listed]:
        """Every id with its stamp: what shows a change, and what its context would be made of now."""
        return _plainly(self._walker.stamps(_RESOURCES[stream.name]))

    def read(self, stream: Stream, wanted: Iterable[Wanted]) -> Iterator[tuple[Wanted, Record | None]]:
        """Records by id."""
        return _plainly(SingleReads(self._http, self._walker, _RESOURCES[stream.name]).read(wanted))

    # --- the shop's own report ----------------------------------------------------------------------------------------

    def report(self, wish: ReportWish, stored: StoredRecords) -> Report:
        """The back office's formulas over the stored orders; nothing is asked of the shop."""
        return report_of(wish, stored)

    # --- admit -------------------------------------------------------------------------------------------------------

    def admit(self, stream: Stream, record: Record) -> Record:
        """Only the fields that `wire` names, and a message's text only where the owner keeps texts."""
        content = _content(stream, record)
        if isinstance(content, wire_service.Message) and content.message is not None:
            said = plain(content.message)
            context = wire_service.MessageContext(content.context.zone, len(said), orders_named(said))
            kept = content.message if self._texts_kept else None
            content = msgspec.structs.replace(content, message=kept, context=context)
        return msgspec.structs.replace(record, payload=_encoder.encode(content), content=content)

    # --- normalise ---------------------------------------------------------------------------------------------------

    def normalise(self, stream: Stream, record: Record) -> Iterable[Row]:
        """The rows of an admitted record."""
        content = _content(stream, record)
        try:
            return list(self._rows(content, record.id))
        except ValueError as error:
            raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None

    def _rows(self, content: wire.Wire, record_id: str) -> Iterable[Row]:
        match content:
            case wire.Order():
                return order_rows(content, self._zone_of(content), self._settings.admin_url)
            case wire.History():
                return history_rows(content, self._zone_of(content))
            case wire.Payment():
                return payment_rows(content, record_id, self._zone_of(content))
            case wire.Slip():
                return slip_rows(content, self._zone_of(content))
            case wire.Cart():
                return cart_rows(content, self._zone_of(content))
            case wire.Customer():
                return customer_rows(content, self._zone_of(content))
            case wire.Product():
                return product_rows(content, self._zone_of(content))
            case wire_service.Thread():
                return thread_rows(content, self._zone_of(content), self._settings.admin_url)
            case wire_service.Message():
                return message_rows(content, self._zone_of(content), texts_kept=self._texts_kept)
            case wire_service.Employee():
                return employee_rows(content)
            case _:
                return ()  # states, currencies, addresses and carriers are there for the others

    def _zone_of(self, content: Any) -> ZoneInfo:
        """The owner's word about the shop's zone goes before the shop's own."""
        if self._zone is not None:
            return self._zone
        if content.context.zone is None:
            raise UnexpectedPayload(texts("zone_of_record"), texts("no_zone_advice"))
        return ZoneInfo(content.context.zone)


_encoder = msgspec.json.Encoder()
_RESOURCES: Mapping[str, resources.Resource[Any]] = {
    resource.name: resource
    for resource in (
        *(resources.ORDERS, resources.SLIPS, resources.HISTORIES, resources.STATES, resources.PAYMENTS),
        *(resources.CARTS, resources.CUSTOMERS, resources.ADDRESSES, resources.CURRENCIES, resources.PRODUCTS),
        *(resources.ORDER_CARRIERS, resources.THREADS, resources.MESSAGES, resources.EMPLOYEES),
    )
}


def _content(stream: Stream, record: Record) -> Any:
    if record.content is not None:
        return record.content
    try:
        return lenient.decode(record.payload, _RESOURCES[stream.name].kind)
    except ValueError as error:
        raise UnexpectedPayload(texts("not_understood", reason=str(error))) from None


def _plainly(results: Iterator[Any]) -> Iterator[Any]:
    """The same, its own kinds of failure as what they are to the rest of the program."""
    try:
        yield from results
    except (PageTooLarge, TimedOut) as trouble:
        raise Unavailable(trouble.message, trouble.advice) from trouble
