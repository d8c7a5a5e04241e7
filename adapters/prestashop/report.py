"""The back office's own statistics, by its formulas over the stored orders: the web service gives no report.

Checked against what the back office of a running 8.2.1 computed for the recorded shop, 25 of 25 months equal:

- Sales (dashboard, Stats): total without tax and shipping, divided by the order's own rate, of orders whose present
  state is `logable`, by the day of the invoice; refunds are not subtracted. Orders: how many these are.
- Total spent (a customer's page): total with tax, divided by the order's own rate, of orders that are `valid`. That
  page has no days; here the orders of all customers are added up by the day they were made.

Months are cut on the days as the shop writes them, without going through any time zone.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal, localcontext
from typing import TypeVar

from adapters.prestashop import wire
from adapters.prestashop.messages import texts
from adapters.prestashop.times import local
from connector import lenient
from connector.contract import Record
from connector.money import MICROS, to_micros
from connector.reports import Practice, Report, ReportWish, StoredRecords

_SPENT = Practice("created", refunds="none", currencies="converted")
Kind = TypeVar("Kind", bound=wire.Wire)


def report_of(wish: ReportWish, stored: StoredRecords) -> Report:
    """The statistics of the months wished for."""
    logable = {str(state.id): state.logable == "1" for state in _all(stored("order_states"), wire.OrderState)}
    until = local(wish.until, wish.zone)
    orders: dict[str, int] = defaultdict(int)
    sales: dict[str, Decimal] = defaultdict(Decimal)
    spent: dict[str, Decimal] = defaultdict(Decimal)
    left_out: set[str] = set()
    agreed = True
    with localcontext() as exact:
        exact.prec = 60
        for order in _all(stored("orders"), wire.Order):
            state = order.context.state
            counts = logable.get(order.current_state, state is not None and state.logable == "1")
            agreed = agreed and counts == (order.valid == "1")
            if not counts:
                left_out.add(state.name if state else order.current_state)
            invoiced, made = order.invoice_date or "", order.date_add or ""
            if counts and "0001" <= invoiced < until:
                orders[invoiced[:7]] += 1
                sales[invoiced[:7]] += _converted(
                    to_micros(order.total_paid_tax_excl) - to_micros(order.total_shipping_tax_excl), order
                )
            if order.valid == "1" and "0001" <= made < until:
                spent[made[:7]] += _converted(to_micros(order.total_paid_tax_incl), order)
    # Flags of a state may have changed since its orders reached it: then the statistics go by the state as it is now.
    by_state = Practice("paid", None if agreed else frozenset(left_out), refunds="none", currencies="converted")
    return Report(
        texts("back_office"),
        {
            month: {
                "orders": orders[month],
                "net_revenue": _whole(sales[month]),
                "total_sales": _whole(spent[month]),
            }
            for month in wish.months
        },
        {"orders": by_state, "net_revenue": by_state, "total_sales": _SPENT},
    )


def _all(records: Iterable[Record], kind: type[Kind]) -> Iterator[Kind]:
    """The records, decoded. One that cannot be understood has no row on our side either."""
    for record in records:
        try:
            content = lenient.decode(record.payload, kind)
        except ValueError:
            continue
        yield content


def _converted(micros: int, order: wire.Order) -> Decimal:
    """Millionths of the main currency. An order without a rate has no part in any sum: the database divides by it."""
    rate = to_micros(order.conversion_rate) if order.conversion_rate else 0
    return Decimal(micros * MICROS) / rate if rate else Decimal(0)


def _whole(amount: Decimal) -> int:
    return int(amount.to_integral_value(rounding=ROUND_HALF_UP))
