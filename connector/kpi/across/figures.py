"""The list of the figures across shop and service (definitions, section 6), and what must be read for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar, Literal

from connector.kpi.definition import Kpi
from connector.kpi.result import Unit
from connector.kpi.shop.figures import OF_CUSTOMERS, OF_ORDERS

OF_CONVERSATIONS = ("source", "shop", "channel", "agent", "group", "tag", "priority", "weekday", "hour")
"""The dimensions of figures that look from conversations; `source` and `shop` are the desk's there."""


@dataclass(frozen=True)
class AcrossKpi(Kpi):
    """A figure across sources, and what must be read for it.

    `side` says what its filters and breakdowns are of: the orders it looks from, or the conversations.
    """

    subject: ClassVar[str] = "across"

    side: Literal["orders", "conversations"] = "orders"
    orders: frozenset[str] = frozenset()  # columns it needs of orders …
    refunds: frozenset[str] | None = None  # … of refunds (None = it looks at none) …
    columns: frozenset[str] = frozenset()  # … and of conversations
    besides: frozenset[str] = frozenset()  # further frames of conversations: spans, replies
    replies: bool = False  # it looks at how fast the first reply came
    attributed: bool = False  # it looks at which conversations are about which order
    answers: bool = False  # it looks at answers to surveys
    carts: bool = False  # it looks at carts
    desk: bool = True  # it cannot be had without a source of conversations
    rows: str = "persons"  # what stands behind it


_ORDER = frozenset({"source_id", "order_id"})
_REFUND = frozenset({"source_id", "order_id", "total", "order_total", "person_id"})
_COUNTED = ("orders.date", "orders.statuses", "orders.min_total", "orders.exclude_tags")
_TALKS = ("service.exclude_tags", "service.bots")
_FOLLOWED = ("cross.index", "cross.exposure_days", "cross.outcome_days", "cross.landmark")
_REPLY = ("frt.start",)

_across = partial(AcrossKpi, family="across", unit=Unit.RATE)
_again = partial(_across, dimensions=OF_CUSTOMERS, options=_FOLLOWED, orders=_ORDER)
_before = partial(
    _across,
    side="conversations",
    dimensions=OF_CONVERSATIONS,
    columns=frozenset({"channel"}),
    replies=True,
    rows="conversations",
)

ACROSS: tuple[AcrossKpi, ...] = (
    _again("x_repurchase_by_contact", function="across.repurchase:by_contact"),
    _again(
        "x_repurchase_by_frt",
        function="across.repurchase:by_frt",
        columns=frozenset({"channel"}),
        replies=True,
        options=(*_FOLLOWED, *_REPLY),
    ),
    _again("x_repurchase_by_csat", function="across.repurchase:by_csat", answers=True),
    _again("x_repurchase_by_refund", function="across.repurchase:by_refund", refunds=_REFUND, desk=False),
    _before(
        "x_prepurchase_conversion",
        function="across.chats:conversion",
        orders=_ORDER | {"net", "currency"},
        options=("cross.channels", "cross.prepurchase_days", "cross.returning", *_REPLY),
    ),
    _across(
        "x_contact_rate",
        function="across.contact_rate:contact_rate",
        unit=Unit.PER_100_ORDERS,
        dimensions=OF_ORDERS,
        orders=_ORDER,
        attributed=True,
        options=("cross.attribution_days",),
        rows="orders",
    ),
    _across(
        "x_contact_rate_total",
        function="across.contact_rate:contact_rate_total",
        unit=Unit.PER_100_ORDERS,
        side="conversations",
        dimensions=("channel", "group", "tag"),
        rows="conversations",
    ),
    _across(
        "x_revenue_at_risk",
        function="across.at_risk:revenue_at_risk",
        unit=Unit.MONEY,
        money=True,
        side="conversations",
        dimensions=("channel", "agent", "group", "tag", "priority"),
        orders=_ORDER | {"net", "currency", "status"},
        refunds=_REFUND | {"net", "currency"},
        columns=frozenset({"by_agent", "channel", "first_reply_at", "frt_from_at"}),
        besides=frozenset({"spans"}),
        options=("cross.risk_hours", "cross.waiting", "refunds.split", "clv.horizon_months", "clv.discount_rate"),
        rows="conversations",
    ),
    _before(
        "x_slow_answer_check",
        function="across.chats:slow_answer_check",
        orders=_ORDER,
        options=("cross.channels", "cross.prepurchase_days", "cross.returning", *_REPLY),
    ),
    _across(
        "x_time_to_contact",
        function="across.contact_rate:time_to_contact",
        unit=Unit.SECONDS,
        dimensions=(*OF_ORDERS, "order_status"),
        orders=_ORDER | {"paid_at", "completed_at"},
        attributed=True,
        options=("cross.attribution_days",),
        rows="orders",
    ),
    _across(
        "x_refund_after_contact",
        function="across.refund_after:refund_after_contact",
        side="conversations",
        dimensions=OF_CONVERSATIONS,
        orders=_ORDER,
        refunds=_REFUND,
        columns=frozenset({"channel"}),
        replies=True,
        attributed=True,
        options=("cross.attribution_days", *_REPLY),
        rows="conversations",
    ),
    _across(
        "x_csat_by_customer_value",
        function="across.customer_value:csat_by_customer_value",
        dimensions=("segment", "order_count"),
        orders=_ORDER | {"net", "currency"},
        refunds=_REFUND | {"net", "currency"},
        columns=frozenset({"channel"}),
        replies=True,
        answers=True,
        options=("csat.answer", "csat.date", *_REPLY),
        desk=False,
        rows="answers",
    ),
    _across(
        "x_journey",
        family="journey",
        function="across.journey:journey",
        dimensions=(),
        orders=_ORDER | {"attribution_type"},
        refunds=_REFUND,
        answers=True,
        carts=True,
        desk=False,
    ),
)

EVERY_FIGURE = (*_COUNTED, *_TALKS)
"""Options that change every figure across sources."""
