"""The figures of the shop that follow customers over time: cohorts, value, segments (definitions, 4.6 to 4.10)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from connector.kpi.options import Cohorts
from connector.kpi.result import Unit
from connector.kpi.shop.figures import OF_CUSTOMERS, ShopKpi

_ORDER = frozenset({"source_id", "order_id"})
_MONEY = frozenset({"net", "currency", "person_id"})
_COHORT_BY: Mapping[str, frozenset[str]] = {
    "country": frozenset({"country"}),
    "channel": frozenset({"attribution_source", "created_via"}),
    "coupon": frozenset({"coupon"}),
    "product": _ORDER,
}
_COHORT_UNITS = {
    "active": Unit.RATE,
    "orders": Unit.COUNT,
    "orders_per_member": Unit.NUMBER,
    "revenue": Unit.MONEY,
    "revenue_per_member": Unit.MONEY,
}
_OPTIONS = ("refunds.split", "customers.ignore_fully_refunded")

_customer = partial(
    ShopKpi,
    orders=frozenset({"person_id"}),
    dimensions=OF_CUSTOMERS,
    persons=True,
    history=True,
    first_touch=True,
    rows="persons",
)
_value = partial(_customer, family="value", orders=_MONEY, refunds=_ORDER | _MONEY, money=True, so_far=True)


def cohorts(options: Cohorts) -> ShopKpi:
    """The figure `cohorts` as the options have it read: its unit and what must be read depend on them."""
    unit = _COHORT_UNITS[options.measure]
    money = unit is Unit.MONEY
    needed = _COHORT_BY.get(options.by, frozenset()) | (_MONEY if money else frozenset())
    paid = options.base == "first_paid"
    return _customer(
        "cohorts",
        family="cohorts",
        unit=unit,
        function="shop.cohorts:cohorts",
        options=(*(f"cohorts.{name}" for name in type(options).model_fields), *_OPTIONS[0 if money else 1 :]),
        orders=frozenset({"person_id"}) | needed | (_ORDER | {"paid_at"} if paid else frozenset()),
        refunds=_ORDER | _MONEY if money else None,
        money=money,
        contacts=options.base == "first_contact",
        contents=options.by == "product",
    )


CUSTOMERS: tuple[ShopKpi, ...] = (
    cohorts(Cohorts()),
    _value(
        "clv_historical",
        unit=Unit.MONEY,
        function="shop.clv_historical:clv_historical",
        options=("clv.margin", *_OPTIONS),
    ),
    _value(
        "clv_predicted",
        unit=Unit.MONEY,
        function="shop.clv_predicted:clv_predicted",
        options=(
            *("clv.horizon_months", "clv.discount_rate", "clv.margin"),
            *("clv.min_customers", "clv.min_repeaters", "clv.min_weeks", *_OPTIONS),
        ),
    ),
    _value("rfm", unit=Unit.COUNT, function="shop.rfm:rfm", options=_OPTIONS),
)
"""In the order of the definitions."""
