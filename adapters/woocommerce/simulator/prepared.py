"""Orders and refunds whose bodies were written beforehand, so that a hundred thousand of them fit and answer fast."""

from __future__ import annotations

import json

from adapters.woocommerce.simulator.model import Order, Refund
from adapters.woocommerce.simulator.reading import order_from, refund_from


class PreparedOrder:
    """What lists need to know of an order, and its body as `GET /orders/{id}` gives it."""

    __slots__ = ("body", "created", "customer_id", "id", "modified", "status")

    def __init__(self, key: int, status: str, created: int, modified: int, customer_id: int, body: bytes) -> None:
        self.id = key
        self.status = status
        self.created = created
        self.modified = modified
        self.customer_id = customer_id
        self.body = body

    def order(self) -> Order:
        """The order itself."""
        return order_from(json.loads(self.body))

    @property
    def product_ids(self) -> frozenset[int]:
        """The products that were sold."""
        return self.order().product_ids


class PreparedRefund:
    """A refund and its body as `GET /refunds` gives it."""

    __slots__ = ("body", "created", "id", "order_id")

    def __init__(self, key: int, order_id: int, created: int, body: bytes) -> None:
        self.id = key
        self.order_id = order_id
        self.created = created
        self.body = body

    @property
    def modified(self) -> int:
        """Nothing changes a refund once it is made."""
        return self.created

    def refund(self) -> Refund:
        """The refund itself."""
        return refund_from(json.loads(self.body))

    @property
    def product_ids(self) -> frozenset[int]:
        """The products that were given back."""
        return self.refund().product_ids
