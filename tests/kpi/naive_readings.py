"""Further readings counted slowly from plain lists: lines, converted amounts, merged days, windows, Kaplan-Meier."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from zoneinfo import ZoneInfo

from tests.kpi.naive import DAY, Naive, NaiveOrder

RATES = {"EUR": Fraction(1), "CHF": Fraction(3, 4)}
"""Units of a currency for a euro."""
PRODUCTS = "ABC"


def products(order: NaiveOrder) -> str:
    """What is in an order: any of three products, or nothing."""
    bits = order.total // 10_000 + order.key
    return "".join(product for place, product in enumerate(PRODUCTS) if bits >> place & 1)


def line(order: NaiveOrder, product: str) -> tuple[int, int, int]:
    """(net, discount, quantity) of the order's line of a product."""
    return order.total // 5 + ord(product) * 1000, order.discount // 4, 1 + ord(product) % 3


def refunded(order: NaiveOrder, product: str) -> int:
    """What a refund of the order pays back of a line."""
    return line(order, product)[0] // 2


def of_lines(naive: Naive, product: str, currency: str) -> dict[str, int | Fraction | None]:
    """Money of one product's lines."""
    orders = [o for o in naive.inside() if product in products(o) and o.currency == currency]
    paid_back = [naive.by_key[r.order] for r in naive.counted_refunds()]
    back = sum(refunded(o, product) for o in paid_back if product in products(o) and o.currency == currency)
    net = sum(line(o, product)[0] for o in orders)
    discount = sum(line(o, product)[1] for o in orders)
    return {
        "gross_sales": net + discount,
        "net_revenue": net - back,
        "aov": Fraction(net, len(orders)) if orders else None,
    }


def in_euro(naive: Naive) -> dict[str, int]:
    """Amounts in euro, each document converted by itself, half away from zero."""
    orders = naive.inside()
    net = sum(_euro(o.total - o.tax - o.shipping, o.currency) for o in orders)
    discount = sum(_euro(o.discount, o.currency) for o in orders)
    back = sum(_euro(r.total - r.tax - r.shipping, naive.by_key[r.order].currency) for r in naive.counted_refunds())
    return {"gross_sales": net + discount, "net_revenue": net - back, "refunds_value": back}


def _euro(amount: int, currency: str) -> int:
    exact = Fraction(abs(amount)) / RATES[currency]
    rounded = int(exact + Fraction(1, 2))
    return rounded if amount >= 0 else -rounded


def merged(orders: list[NaiveOrder], zone: ZoneInfo) -> list[NaiveOrder]:
    """One order for each person and local day: the first of them; orders without a person as they are."""
    seen: set[tuple[int, date]] = set()
    kept = []
    for order in sorted((o for o in orders if o.counted), key=lambda o: (o.at, o.key)):
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=order.at)).astimezone(zone).date()
        if order.person is None or (order.person, local) not in seen:
            kept.append(order)
        if order.person is not None:
            seen.add((order.person, local))
    return kept


def window(naive: Naive, before: int) -> dict[str, int]:
    """The sets of retention from the period that begins at `before` to that of `naive`."""
    bought = {o.person for o in naive.selected() if before <= o.at < naive.start} - {None}
    again = {o.person for o in naive.inside()} - {None}
    new = {p for p in naive.people(naive.inside()) if naive.start <= naive.first(p).at < naive.end}
    return {
        "start": len(bought),
        "end": len(again),
        "new": len(new),
        "reactivated": len(again - bought - new),
        "retained": len(bought & again),
        "lost": len(bought - again),
    }


def kaplan_meier(naive: Naive, days: int) -> Fraction | None:
    """1 - S(days); None without new customers, or while none without a second order was followed so long."""
    spans: list[tuple[int, bool]] = []
    for person in naive.people(naive.inside()):
        orders = naive.history(person)
        first = orders[0]
        if not (naive.start <= first.at < naive.end and naive.wanted(first)):
            continue
        if len(orders) > 1 and orders[1].at - first.at <= days * DAY:
            spans.append((orders[1].at - first.at, True))
        else:
            end = orders[1].at if len(orders) > 1 else naive.observed
            spans.append((max(0, min(end - first.at, days * DAY)), False))
    waiting = [span for span, ordered in spans if not ordered]
    if not spans or (waiting and max(waiting) < days * DAY):
        return None
    left = Fraction(1)
    for instant in sorted({span for span, ordered in spans if ordered}):
        risk = sum(span >= instant for span, _ in spans)
        left *= 1 - Fraction(sum(ordered and span == instant for span, ordered in spans), risk)
    return 1 - left
