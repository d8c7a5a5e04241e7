"""The parts of a refund: goods (net), tax and shipping.

The split is that of the figures (`connector.frames.splitting`). An order's refunds reach its row as one text, since one
look-up in the store then brings them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

from sqlalchemy import ColumnElement, Text, cast, func

from connector.frames import splitting

Split = Literal["estimate", "net"]


@dataclass(frozen=True, slots=True)
class Parts:
    """Amounts in millionths; total = net + tax + shipping."""

    total: int
    net: int
    tax: int
    shipping: int
    estimated: bool


@dataclass(frozen=True, slots=True)
class OrderParts:
    """What the refunded order was made of, in millionths."""

    total: int
    tax: int
    shipping: int


def refund_parts(total: int, tax: int | None, shipping: int | None, order: OrderParts | None, split: Split) -> Parts:
    """A refund's parts, estimated where the source gave none. Without its order all of it counts as goods."""
    known = order or OrderParts(0, 0, 0)
    its_tax, its_shipping = splitting.split(
        total,
        tax,
        shipping,
        order_total=known.total,
        order_tax=known.tax,
        order_shipping=known.shipping,
        estimate=split == "estimate",
    )
    return Parts(total, total - its_tax - its_shipping, its_tax, its_shipping, tax is None or shipping is None)


def documents(*columns: ColumnElement[Any]) -> ColumnElement[Any]:
    """Rows of numbers (or short words) as one text, which `read_documents` takes apart again."""
    first, *others = (func.coalesce(cast(column, Text), "") for column in columns)
    row: ColumnElement[Any] = first
    for piece in others:
        row = row.concat("|").concat(piece)
    return func.aggregate_strings(row, ";")


def read_documents(text: str | None) -> list[list[str]]:
    """The rows of `documents`, each a list of texts; "" stands for null."""
    return [row.split("|") for row in text.split(";")] if text else []


def refunded(text: str | None, order: OrderParts, split: Split) -> tuple[int, int]:
    """Total and net, in millionths, of an order's refunds; `text` holds total, tax and shipping of each."""
    total = net = 0
    for row in read_documents(text):
        tax, shipping = (int(cell) if cell else None for cell in row[1:3])
        parts = refund_parts(int(row[0]), tax, shipping, order, split)
        total += parts.total
        net += parts.net
    return total, net
