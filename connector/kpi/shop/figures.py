"""The figures of the shop: orders and money (definitions, section 3), customers and retention (section 4)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Any, ClassVar

from connector.kpi.definition import Kpi
from connector.kpi.measured import Banded, Measured
from connector.kpi.result import Unit

OF_ORDERS = (
    *("source", "shop", "country", "currency", "customer_type", "product", "category"),
    *("payment_method", "shipping_method", "coupon", "tag"),
    *("attribution_type", "attribution_source", "attribution_medium", "attribution_campaign", "device"),
)
"""The dimensions of an order."""
OF_CUSTOMERS = tuple(name for name in OF_ORDERS if name != "customer_type")
"""For figures that follow customers over time: new and returning are not different people there."""


@dataclass(frozen=True)
class ShopKpi(Kpi):
    """A figure of the shop, and what must be read for it."""

    subject: ClassVar[str] = "shop"

    dimensions: tuple[str, ...] = OF_ORDERS
    orders: frozenset[str] = frozenset()  # columns it needs of orders …
    refunds: frozenset[str] | None = None  # … and of refunds; None = it looks at no refunds
    cancelled: bool = False  # it looks at cancelled orders too
    history: bool = False  # it looks at orders before the period: what "first ever" and "active" mean
    persons: bool = False  # it is about customers: orders without a person are left out
    contacts: bool = False  # it looks at when persons first wrote
    contents: bool = False  # it looks at what is in the orders
    rows: str = "orders"  # what stands behind it: orders, refunds or persons
    lines: bool = False  # it has a reading by lines (`orders.line_level`)
    so_far: bool = False  # it looks at everything up to the period's end
    first_touch: bool = False  # it follows customers: where they came from is told by their first order ever

    @property
    def fits_line_level(self) -> bool:
        """Numbers of orders and customers are the same at either level; not so money without a reading by lines."""
        return self.lines or not self.money

    def compute(self, view: Any) -> Measured | Banded:
        """The figure over a scope, with what is to be said of the way in which it was looked at."""
        computed = super().compute(view)
        return computed.with_notes(*view.notes) if isinstance(computed, Measured) else computed


def _columns(*names: str) -> frozenset[str]:
    return frozenset(names)


_ORDER = _columns("source_id", "order_id")
_SPLIT = _ORDER | {"net", "currency"}
_DATED = ("refunds.date", "refunds.split")
_MAKES_A_CUSTOMER = ("customers.ignore_fully_refunded",)
_ACTIVE = ("retention.active_days", *_MAKES_A_CUSTOMER)
_TYPED = (*_MAKES_A_CUSTOMER, "returning.mode")

_money = partial(ShopKpi, family="orders", unit=Unit.MONEY, money=True)
_goods = partial(_money, lines=True)
_refund_rate = partial(ShopKpi, family="refunds", unit=Unit.RATE)
_person = partial(ShopKpi, orders=_columns("person_id"), persons=True, rows="persons")
_customer = partial(_person, family="customers", unit=Unit.COUNT)
_share = partial(
    ShopKpi,
    family="customers",
    unit=Unit.RATE,
    function="shop.customers:order_share",
    orders=_columns("person_id"),
    dimensions=OF_CUSTOMERS,
    options=_TYPED,
    history=True,
    persons=True,
)
_revenue_share = partial(
    _share,
    function="shop.customers:revenue_share",
    orders=_SPLIT | {"person_id"},
    refunds=_SPLIT,
    options=(*_TYPED, *_DATED),
    money=True,
)
_retention = partial(
    _person,
    family="retention",
    unit=Unit.RATE,
    dimensions=OF_CUSTOMERS,
    options=_ACTIVE,
    history=True,
    twelve_months=True,
    first_touch=True,
)
_repeat = partial(
    _person,
    family="repeat",
    unit=Unit.RATE,
    dimensions=OF_CUSTOMERS,
    options=("orders.merge", *_MAKES_A_CUSTOMER),
    history=True,
    first_touch=True,
)


def repeat_within(days: int) -> ShopKpi:
    """The figure `repeat_within_N` for a window of `days`."""
    return _repeat(
        f"repeat_within_{days}",
        function="shop.repeat:repeat_within",
        options=("orders.merge", "repeat.method", *_MAKES_A_CUSTOMER),
        arguments={"days": days},
        words="repeat_within",
    )


def repeat_within_km(days: int) -> ShopKpi:
    """The figure `repeat_within_N_km` for a window of `days`."""
    return _repeat(
        f"repeat_within_{days}_km",
        function="shop.kaplan_meier:repeat_within",
        arguments={"days": days},
        words="repeat_within_km",
    )


SHOP: tuple[ShopKpi, ...] = (
    ShopKpi("orders", "orders", Unit.COUNT, "shop.revenue:orders"),
    ShopKpi(
        "units",
        "orders",
        Unit.COUNT,
        "shop.revenue:units",
        orders=_columns("quantity"),
        refunds=_ORDER | {"quantity"},
        options=("refunds.date",),
        lines=True,
    ),
    _goods("gross_sales", function="shop.revenue:gross_sales", orders=_columns("currency", "net", "discount")),
    _goods("discounts", function="shop.revenue:discounts", orders=_columns("currency", "discount")),
    _goods(
        "refunds_value",
        function="shop.revenue:refunds_value",
        orders=_columns("currency"),
        refunds=_SPLIT,
        options=_DATED,
        rows="refunds",
    ),
    _goods(
        "net_revenue",
        function="shop.revenue:net_revenue",
        orders=_columns("currency", "net"),
        refunds=_SPLIT,
        options=_DATED,
    ),
    _money("taxes", function="shop.revenue:taxes", orders=_columns("currency", "tax"), refunds=_SPLIT, options=_DATED),
    _money(
        "shipping",
        function="shop.revenue:shipping",
        orders=_columns("currency", "shipping"),
        refunds=_SPLIT,
        options=_DATED,
    ),
    _money(
        "total_sales",
        function="shop.revenue:total_sales",
        orders=_columns("currency", "total"),
        refunds=_SPLIT,
        options=("refunds.date",),
    ),
    _goods("aov", function="shop.revenue:aov", orders=_columns("currency", "net")),
    _goods(
        "aov_after_refunds",
        function="shop.revenue:aov_after_refunds",
        orders=_columns("currency", "net"),
        refunds=_SPLIT,
        options=_DATED,
    ),
    _money("aov_total", function="shop.revenue:aov_total", orders=_columns("currency", "total")),
    ShopKpi(
        "items_per_order",
        "orders",
        Unit.NUMBER,
        "shop.revenue:items_per_order",
        orders=_columns("quantity"),
        lines=True,
    ),
    _refund_rate("refund_rate_orders", function="shop.refunds:refund_rate_orders", refunds=_ORDER),
    _refund_rate(
        "refund_rate_value",
        function="shop.refunds:refund_rate_value",
        orders=_columns("currency", "net"),
        refunds=_SPLIT,
        options=("refunds.split",),
        money=True,
        lines=True,
    ),
    _refund_rate(
        "full_refund_rate",
        function="shop.refunds:full_refund_rate",
        refunds=_ORDER | {"total", "order_total"},
    ),
    _refund_rate(
        "return_rate_units",
        function="shop.refunds:return_rate_units",
        orders=_columns("source_id", "quantity"),
        refunds=_ORDER | {"quantity", "returned"},
        lines=True,
    ),
    _refund_rate(
        "cancellation_rate",
        function="shop.refunds:cancellation_rate",
        orders=_columns("created_at"),
        cancelled=True,
        dimensions=OF_CUSTOMERS,
        history=True,
    ),
    _customer("customers", function="shop.customers:customers", options=_MAKES_A_CUSTOMER),
    _customer(
        "new_customers",
        function="shop.customers:new_customers",
        dimensions=OF_CUSTOMERS,
        options=_MAKES_A_CUSTOMER,
        history=True,
    ),
    _customer(
        "returning_customers",
        function="shop.customers:returning_customers",
        dimensions=OF_CUSTOMERS,
        options=_TYPED,
        history=True,
    ),
    _share("new_order_share", arguments={"kind": "new"}),
    _share("returning_order_share", arguments={"kind": "returning"}),
    _revenue_share("new_revenue_share", arguments={"kind": "new"}),
    _revenue_share("returning_revenue_share", arguments={"kind": "returning"}),
    _retention("crr", function="shop.retention:crr", companions=("crr_textbook",)),
    _retention("crr_textbook", function="shop.retention:crr_textbook"),
    _retention("churn_rate", function="shop.retention:churn_rate"),
    _retention("lost_customers", function="shop.retention:lost_customers", unit=Unit.COUNT),
    _retention("crr_window", function="shop.retention:crr_window", options=_MAKES_A_CUSTOMER),
    _repeat("repeat_rate", function="shop.repeat:repeat_rate"),
    _repeat("repeat_rate_period", function="shop.repeat:repeat_rate_period", history=False, first_touch=False),
    repeat_within(30),
    repeat_within(60),
    repeat_within(90),
    repeat_within(180),
    repeat_within(365),
    repeat_within_km(30),
    repeat_within_km(60),
    repeat_within_km(90),
    repeat_within_km(180),
    repeat_within_km(365),
    _person(
        "purchase_frequency",
        family="repeat",
        unit=Unit.NUMBER,
        function="shop.repeat:purchase_frequency",
        options=("orders.merge", *_MAKES_A_CUSTOMER),
    ),
    _repeat("time_between_orders", function="shop.repeat:time_between_orders", unit=Unit.SECONDS, rows="orders"),
)
