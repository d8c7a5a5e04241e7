"""The figures of the shop: orders and money (definitions, section 3), customers and retention (section 4)."""

from __future__ import annotations

from functools import partial

from connector.kpi.definition import OF_CUSTOMERS, Kpi
from connector.kpi.result import Unit


def _columns(*names: str) -> frozenset[str]:
    return frozenset(names)


_ORDER = _columns("source_id", "order_id")
_SPLIT = _ORDER | {"net", "currency"}
_DATED = ("refunds.date", "refunds.split")
_MAKES_A_CUSTOMER = ("customers.ignore_fully_refunded",)
_ACTIVE = ("retention.active_days", *_MAKES_A_CUSTOMER)
_TYPED = (*_MAKES_A_CUSTOMER, "returning.mode")

_money = partial(Kpi, family="orders", unit=Unit.MONEY, money=True)
_refund_rate = partial(Kpi, family="refunds", unit=Unit.RATE)
_person = partial(Kpi, orders=_columns("person_id"), persons=True, rows="persons")
_customer = partial(_person, family="customers", unit=Unit.COUNT)
_share = partial(
    Kpi,
    family="customers",
    unit=Unit.RATE,
    function="customers:order_share",
    orders=_columns("person_id"),
    dimensions=OF_CUSTOMERS,
    options=_TYPED,
    history=True,
    persons=True,
)
_revenue_share = partial(
    _share,
    function="customers:revenue_share",
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
)
_repeat = partial(
    _person,
    family="repeat",
    unit=Unit.RATE,
    dimensions=OF_CUSTOMERS,
    options=("orders.merge", *_MAKES_A_CUSTOMER),
    history=True,
)


def repeat_within(days: int) -> Kpi:
    """The figure `repeat_within_N` for a window of `days`."""
    return _repeat(
        f"repeat_within_{days}",
        function="repeat:repeat_within",
        options=("orders.merge", "repeat.method", *_MAKES_A_CUSTOMER),
        arguments={"days": days},
        words="repeat_within",
    )


SHOP: tuple[Kpi, ...] = (
    Kpi("orders", "orders", Unit.COUNT, "revenue:orders"),
    Kpi(
        "units",
        "orders",
        Unit.COUNT,
        "revenue:units",
        orders=_columns("quantity"),
        refunds=_ORDER | {"quantity"},
        options=("refunds.date",),
    ),
    _money("gross_sales", function="revenue:gross_sales", orders=_columns("currency", "net", "discount")),
    _money("discounts", function="revenue:discounts", orders=_columns("currency", "discount")),
    _money(
        "refunds_value",
        function="revenue:refunds_value",
        orders=_columns("currency"),
        refunds=_SPLIT,
        options=_DATED,
        rows="refunds",
    ),
    _money(
        "net_revenue",
        function="revenue:net_revenue",
        orders=_columns("currency", "net"),
        refunds=_SPLIT,
        options=_DATED,
    ),
    _money("taxes", function="revenue:taxes", orders=_columns("currency", "tax"), refunds=_SPLIT, options=_DATED),
    _money(
        "shipping",
        function="revenue:shipping",
        orders=_columns("currency", "shipping"),
        refunds=_SPLIT,
        options=_DATED,
    ),
    _money(
        "total_sales",
        function="revenue:total_sales",
        orders=_columns("currency", "total"),
        refunds=_SPLIT,
        options=("refunds.date",),
    ),
    _money("aov", function="revenue:aov", orders=_columns("currency", "net")),
    _money(
        "aov_after_refunds",
        function="revenue:aov_after_refunds",
        orders=_columns("currency", "net"),
        refunds=_SPLIT,
        options=_DATED,
    ),
    _money("aov_total", function="revenue:aov_total", orders=_columns("currency", "total")),
    Kpi("items_per_order", "orders", Unit.NUMBER, "revenue:items_per_order", orders=_columns("quantity")),
    _refund_rate("refund_rate_orders", function="refunds:refund_rate_orders", refunds=_ORDER),
    _refund_rate(
        "refund_rate_value",
        function="refunds:refund_rate_value",
        orders=_columns("currency", "net"),
        refunds=_SPLIT,
        options=("refunds.split",),
        money=True,
    ),
    _refund_rate(
        "full_refund_rate",
        function="refunds:full_refund_rate",
        refunds=_ORDER | {"total", "order_total"},
    ),
    _refund_rate(
        "return_rate_units",
        function="refunds:return_rate_units",
        orders=_columns("source_id", "quantity"),
        refunds=_ORDER | {"quantity", "returned"},
    ),
    _refund_rate(
        "cancellation_rate",
        function="refunds:cancellation_rate",
        orders=_columns("created_at"),
        cancelled=True,
        dimensions=OF_CUSTOMERS,
        history=True,
    ),
    _customer("customers", function="customers:customers", options=_MAKES_A_CUSTOMER),
    _customer(
        "new_customers",
        function="customers:new_customers",
        dimensions=OF_CUSTOMERS,
        options=_MAKES_A_CUSTOMER,
        history=True,
    ),
    _customer(
        "returning_customers",
        function="customers:returning_customers",
        dimensions=OF_CUSTOMERS,
        options=_TYPED,
        history=True,
    ),
    _share("new_order_share", arguments={"kind": "new"}),
    _share("returning_order_share", arguments={"kind": "returning"}),
    _revenue_share("new_revenue_share", arguments={"kind": "new"}),
    _revenue_share("returning_revenue_share", arguments={"kind": "returning"}),
    _retention("crr", function="retention:crr", companions=("crr_textbook",)),
    _retention("crr_textbook", function="retention:crr_textbook"),
    _retention("churn_rate", function="retention:churn_rate"),
    _retention("lost_customers", function="retention:lost_customers", unit=Unit.COUNT),
    _repeat("repeat_rate", function="repeat:repeat_rate"),
    _repeat("repeat_rate_period", function="repeat:repeat_rate_period", history=False),
    repeat_within(30),
    repeat_within(60),
    repeat_within(90),
    repeat_within(180),
    repeat_within(365),
    _person(
        "purchase_frequency",
        family="repeat",
        unit=Unit.NUMBER,
        function="repeat:purchase_frequency",
        options=("orders.merge", *_MAKES_A_CUSTOMER),
    ),
    _repeat("time_between_orders", function="repeat:time_between_orders", unit=Unit.SECONDS, rows="orders"),
    _person(
        "cohorts",
        family="cohorts",
        unit=Unit.RATE,
        function="cohorts:cohorts",
        dimensions=OF_CUSTOMERS,
        options=("cohorts.grain", "cohorts.base", *_MAKES_A_CUSTOMER),
        history=True,
    ),
)
