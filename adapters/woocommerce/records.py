"""Items of WooCommerce's lists -> records, with the stamp that shows a change worth reading again."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from adapters.woocommerce import wire
from adapters.woocommerce.messages import texts
from connector import lenient
from connector.contract import Record, Unreadable
from connector.instants import from_utc_text
from connector.transport import Answer

Item = Record | Unreadable
Whole = TypeVar("Whole", wire.Order, wire.Refund, wire.Customer, wire.Product)
Listed = TypeVar("Listed", wire.OrderStamp, wire.RefundStamp, wire.ProductStamp)


def order_stamp(order: wire.Order | wire.OrderStamp) -> str:
    """Deleting a refund does not move an order's change date, so the refunds are part of the stamp."""
    stamp = f"{order.date_modified_gmt or ''} {order.status}"
    if not order.refunds:
        return stamp.rstrip()
    refunds = ",".join(sorted(f"{refund.id}={refund.total}" for refund in order.refunds))
    return f"{stamp} {refunds}".rstrip()


def refund_stamp(refund: wire.Refund | wire.RefundStamp) -> str:
    """A refund never changes; it is made and deleted."""
    return refund.amount


def product_stamp(product: wire.Product | wire.ProductStamp) -> str:
    """The change date is all there is."""
    return product.date_modified_gmt or ""


def order_record(payload: bytes, answer: Answer) -> Item:
    """One order of a list or by itself."""
    return _record(payload, answer, wire.Order)


def refund_record(payload: bytes, answer: Answer, parent: str | None = None) -> Item:
    """One refund; `parent` is the order it was asked for, where the payload does not say it."""
    item = _record(payload, answer, wire.Refund)
    if isinstance(item, Record) and isinstance(item.content, wire.Refund) and parent:
        item.content.parent_id = int(parent)
        return replace(item, locator=parent)
    return item


def customer_record(payload: bytes, answer: Answer) -> Item:
    """One account."""
    return _record(payload, answer, wire.Customer)


def product_record(payload: bytes, answer: Answer) -> Item:
    """One product."""
    return _record(payload, answer, wire.Product)


def listed_order(payload: bytes, answer: Answer) -> Item:
    """An order of the sweep's list: id and stamp only."""
    return _listed(payload, answer, wire.OrderStamp)


def listed_refund(payload: bytes, answer: Answer) -> Item:
    """A refund of the sweep's list."""
    return _listed(payload, answer, wire.RefundStamp)


def listed_product(payload: bytes, answer: Answer) -> Item:
    """A product of the sweep's list."""
    return _listed(payload, answer, wire.ProductStamp)


def items_of(answer: Answer, record: Callable[[bytes, Answer], Item]) -> Sequence[Item]:
    """Every item of a list answer, by one of the functions above."""
    return [record(payload, answer) for payload in answer.records()]


def id_of(item: Item) -> int | None:
    """The id a walk goes by."""
    return int(item.id) if isinstance(item, Record) else None


def _record(payload: bytes, answer: Answer, kind: type[Whole]) -> Item:
    try:
        content = lenient.decode(payload, kind)
    except ValueError:
        return _damaged(payload, answer)
    return Record(
        id=str(content.id),
        payload=payload,
        read_at=answer.read_at,
        updated_at=_changed_at(content),
        stamp=_stamp(content),
        locator=str(content.parent_id) if isinstance(content, wire.Refund) and content.parent_id else None,
        content=content,
    )


def _listed(payload: bytes, answer: Answer, kind: type[Listed]) -> Item:
    try:
        content = lenient.decode(payload, kind)
    except ValueError:
        return _damaged(payload, answer)
    locator = str(content.parent_id) if isinstance(content, wire.RefundStamp) and content.parent_id else None
    return Record(str(content.id), payload, answer.read_at, None, _stamp(content), locator, content)


def _damaged(payload: bytes, answer: Answer) -> Item:
    """A record with an id is set aside under it by `admit`, which says why; one without is only counted."""
    try:
        head = lenient.decode(payload, wire.Head)
    except ValueError:
        return Unreadable(texts("no_record"))
    return Record(id=str(head.id), payload=payload, read_at=answer.read_at)


def _stamp(content: object) -> str | None:
    if isinstance(content, wire.Order | wire.OrderStamp):
        return order_stamp(content)
    if isinstance(content, wire.Refund | wire.RefundStamp):
        return refund_stamp(content)
    return product_stamp(content) if isinstance(content, wire.Product | wire.ProductStamp) else None


def _changed_at(content: object) -> int | None:
    text = None if isinstance(content, wire.Refund) else getattr(content, "date_modified_gmt", None)
    try:
        return from_utc_text(text) if text else None
    except ValueError:
        return None
