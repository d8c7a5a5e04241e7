"""Items of WooCommerce's lists -> records, with the stamp that shows a change worth reading again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

import msgspec

from adapters.woocommerce import wire
from adapters.woocommerce.messages import texts
from connector import lenient
from connector.contract import Record, Unreadable
from connector.instants import from_utc_text
from connector.transport import Answer

Item = Record | Unreadable
Shape = TypeVar("Shape", bound=wire.Wire)


@dataclass(frozen=True)
class Kind(Generic[Shape]):
    """What one list holds. `record` makes a record of a decoded item, its payload and when it was read.

    A whole page is decoded at once, away from the thread that stores (`decode` goes with its request); only a page
    with an item that does not fit its shape is taken apart, so that this one is mended or set aside and no other.
    """

    shape: type[Shape]
    record: Callable[[Shape, bytes, int], Record]

    @cached_property
    def decode(self) -> Callable[[bytes], list[Shape]]:
        """A whole list at once; raises where one item does not fit."""
        return msgspec.json.Decoder(list.__class_getitem__(self.shape)).decode

    def items(self, answer: Answer) -> Sequence[Item]:
        """Every item of a list answer."""
        if answer.decoded is None:
            return [self.item(payload, answer) for payload in answer.records()]
        record, read_at = self.record, answer.read_at
        return [record(content, b"", read_at) for content in answer.decoded]

    def item(self, payload: bytes, answer: Answer) -> Item:
        """One item, of a list or by itself."""
        try:
            content = lenient.decode(payload, self.shape)
        except ValueError:
            return _damaged(payload, answer)
        return self.record(content, payload, answer.read_at)


def order_stamp(order: wire.Order | wire.OrderStamp) -> str:
    """Deleting a refund does not move an order's change date, so the refunds are part of the stamp."""
    stamp = f"{order.date_modified_gmt or ''} {order.status}"
    if not order.refunds:
        return stamp.rstrip()
    refunds = ",".join(sorted(f"{refund.id}={refund.total}" for refund in order.refunds))
    return f"{stamp} {refunds}".rstrip()


def of_parent(item: Item, parent: str) -> Item:
    """A refund that was asked for by its order, which the payload does not name."""
    if isinstance(item, Record) and isinstance(item.content, wire.Refund):
        item.content.parent_id = int(parent)
        return msgspec.structs.replace(item, locator=parent)
    return item


def id_of(item: Item) -> int | None:
    """The id a walk goes by."""
    return int(item.id) if isinstance(item, Record) else None


def _order(order: wire.Order, payload: bytes, read_at: int) -> Record:
    changed = _changed_at(order.date_modified_gmt)
    return Record(str(order.id), payload, read_at, changed, order_stamp(order), None, order)


def _refund(refund: wire.Refund, payload: bytes, read_at: int) -> Record:
    """A refund never changes; it is made and deleted. So its amount is stamp enough."""
    parent = str(refund.parent_id) if refund.parent_id else None
    return Record(str(refund.id), payload, read_at, None, refund.amount, parent, refund)


def _customer(customer: wire.Customer, payload: bytes, read_at: int) -> Record:
    changed = _changed_at(customer.date_modified_gmt)
    return Record(str(customer.id), payload, read_at, changed, None, None, customer)


def _product(product: wire.Product, payload: bytes, read_at: int) -> Record:
    """The change date is all there is of a stamp."""
    text = product.date_modified_gmt
    return Record(str(product.id), payload, read_at, _changed_at(text), text or "", None, product)


def _listed_order(order: wire.OrderStamp, payload: bytes, read_at: int) -> Record:
    return Record(str(order.id), payload, read_at, None, order_stamp(order), None, order)


def _listed_refund(refund: wire.RefundStamp, payload: bytes, read_at: int) -> Record:
    parent = str(refund.parent_id) if refund.parent_id else None
    return Record(str(refund.id), payload, read_at, None, refund.amount, parent, refund)


def _listed_product(product: wire.ProductStamp, payload: bytes, read_at: int) -> Record:
    return Record(str(product.id), payload, read_at, None, product.date_modified_gmt or "", None, product)


ORDER = Kind(wire.Order, _order)
REFUND = Kind(wire.Refund, _refund)
CUSTOMER = Kind(wire.Customer, _customer)
PRODUCT = Kind(wire.Product, _product)

# What the sweep lists: id and stamp only.
LISTED_ORDER = Kind(wire.OrderStamp, _listed_order)
LISTED_REFUND = Kind(wire.RefundStamp, _listed_refund)
LISTED_PRODUCT = Kind(wire.ProductStamp, _listed_product)


def _damaged(payload: bytes, answer: Answer) -> Item:
    """A record with an id is set aside under it by `admit`, which says why; one without is only counted."""
    try:
        head = lenient.decode(payload, wire.Head)
    except ValueError:
        return Unreadable(texts("no_record"))
    return Record(id=str(head.id), payload=payload, read_at=answer.read_at)


def _changed_at(text: str | None) -> int | None:
    try:
        return from_utc_text(text) if text else None
    except ValueError:
        return None
