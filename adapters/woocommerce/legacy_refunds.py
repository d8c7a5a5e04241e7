"""Refunds of shops before WooCommerce 9.0, which have no list of all refunds: they are asked for order by order.

An order names its refunds but not their dates. Some versions leave the names out, so an order whose status says
refunded is asked as well. (Source: api of 5.8 to 8.9 has only /orders/{id}/refunds; reports of empty `refunds`.)
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from adapters.woocommerce import wire
from adapters.woocommerce.pull import API, Listing
from adapters.woocommerce.records import LISTED_ORDER, REFUND, Item, of_parent
from connector.contract import Record
from connector.transport import Request, Transport

_FIELDS = ("_fields", "id,date_modified_gmt,status,refunds")


def refunds_of_orders(http: Transport) -> tuple[Listing, ...]:
    """The lists of orders, each page of which is turned into the refunds of its orders."""

    def expand(items: Sequence[Item]) -> Iterator[Item]:
        parents = [item.id for item in items if isinstance(item, Record) and _may_have_refunds(item.content)]
        requests = (
            Request(f"{API}orders/{parent}/refunds", (("per_page", "100"),), expect="list") for parent in parents
        )
        for parent, answer in zip(parents, http.fetch_in_order(requests), strict=True):
            for item in REFUND.items(answer):
                yield of_parent(item, parent)

    return tuple(Listing("orders", (("status", status), _FIELDS), LISTED_ORDER, expand) for status in ("any", "trash"))


def _may_have_refunds(order: object) -> bool:
    return isinstance(order, wire.OrderStamp) and (bool(order.refunds) or order.status == "refunded")
