"""Abandonment beside a slow count that goes through every cart and order one by one."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl
from hypothesis import given, settings
from hypothesis import strategies as st

from connector.instants import DAY, HOUR
from connector.kpi.abandonment.begun import begun_carts, begun_orders
from connector.kpi.abandonment.computing import View, abandonment, payment_failure_rate, recovered_rate

OBSERVED = {1: 20 * DAY, 2: 18 * DAY}
"""The shop is known by its orders, the outlet has carts."""


@dataclass(frozen=True)
class Order:
    source: int
    at: int
    person: int | None
    counts: bool
    status: str
    cart: str | None


@dataclass(frozen=True)
class Cart:
    at: int
    person: int | None
    products: int
    address: bool


instants = st.integers(0, 20 * 4).map(lambda quarter: quarter * 6 * HOUR)
persons = st.one_of(st.none(), st.integers(1, 3))
statuses = st.sampled_from([("completed", True), ("failed", False), ("pending", False), ("draft", False)])


@st.composite
def order(draw: st.DrawFn) -> Order:
    status, counts = draw(statuses)
    cart = draw(st.one_of(st.none(), st.integers(0, 4).map(str)))
    return Order(draw(st.sampled_from([1, 2])), draw(instants), draw(persons), counts, status, cart)


carts = st.builds(Cart, instants, persons, st.integers(0, 2), st.booleans())


def frames(orders: list[Order], held: list[Cart]) -> tuple[pl.DataFrame, pl.DataFrame]:
    text = pl.String
    whole = pl.Int64
    order_rows = pl.DataFrame(
        [
            (
                o.source,
                str(n),
                str(n),
                o.cart,
                None,
                o.status,
                o.at,
                o.person,
                None,
                None,
                None,
                None,
                0,
                None,
                o.counts,
            )
            for n, o in enumerate(orders)
        ],
        schema={
            "source_id": whole,
            "id": text,
            "number": text,
            "cart_id": text,
            "shop": text,
            "status": text,
            "started_at": whole,
            "person_id": whole,
            "email": text,
            "country": text,
            "currency": text,
            "payment_method": text,
            "total": whole,
            "tags": text,
            "counts": pl.Boolean,
        },
        orient="row",
    )
    cart_rows = pl.DataFrame(
        [(2, str(n), None, c.at, c.person, None, None, None, c.products, 0, c.address) for n, c in enumerate(held)],
        schema={
            "source_id": whole,
            "id": text,
            "shop": text,
            "started_at": whole,
            "person_id": whole,
            "email": text,
            "country": text,
            "currency": text,
            "products": whole,
            "quantity": whole,
            "has_address": pl.Boolean,
        },
        orient="row",
    )
    return order_rows, cart_rows


def outcome(at: int, person: int | None, cart: str | None, orders: list[Order]) -> int | None:
    """When the first order came of something begun; carts are the outlet's."""
    found = [
        order.at
        for order in orders
        if order.counts
        and (
            (person is not None and order.person == person and order.at >= at)
            or (cart is not None and order.source == 2 and order.cart == cart)
        )
    ]
    return min(found, default=None)


@settings(max_examples=80)
@given(st.lists(order(), max_size=12), st.lists(carts, max_size=5), st.sampled_from([1, 24, 72]))
def test_the_same_as_one_by_one(orders: list[Order], held: list[Cart], hours: int) -> None:
    order_rows, cart_rows = frames(orders, held)
    by_cart = begun_carts(cart_rows, order_rows, {2: OBSERVED[2]})
    by_order = begun_orders(order_rows, {1: OBSERVED[1]})
    checkouts = pl.concat([by_cart.filter("has_address").drop("has_address"), by_order], how="diagonal")
    begun = [
        (cart.at, outcome(cart.at, cart.person, str(number), orders), OBSERVED[2])
        for number, cart in enumerate(held)
        if cart.address
    ] + [
        (one.at, one.at if one.counts else outcome(one.at, one.person, None, orders), OBSERVED[1])
        for one in orders
        if one.source == 1
    ]
    settled = [(at, ordered, until) for at, ordered, until in begun if at + hours * HOUR <= until]
    left = [one for one in settled if one[1] is None or one[1] - one[0] > hours * HOUR]
    old = [one for one in left if one[0] + 7 * DAY <= one[2]]
    back = [one for one in old if one[1] is not None and one[1] - one[0] <= 7 * DAY]
    view = View(checkouts, hours, by_orders=True)

    given_up = abandonment(view, "checkouts")
    assert (given_up.numerator, given_up.denominator) == (len(left), len(settled))
    assert given_up.excluded["window_open"] == len(begun) - len(settled)
    recovered = recovered_rate(view)
    assert (recovered.numerator, recovered.denominator) == (len(back), len(old))

    filled = View(by_cart.filter(pl.col("products") > 0).drop("has_address"), hours, by_orders=False)
    full = [
        cart.at
        for number, cart in enumerate(held)
        if cart.products
        and cart.at + hours * HOUR <= OBSERVED[2]
        and not (
            (ordered := outcome(cart.at, cart.person, str(number), orders)) is not None
            and ordered - cart.at <= hours * HOUR
        )
    ]
    assert abandonment(filled, "carts").numerator == len(full)

    payments = View(
        begun_orders(order_rows.filter(pl.col("counts") | (pl.col("status") == "failed")), OBSERVED),
        hours,
        by_orders=True,
    )
    failed = payment_failure_rate(payments)
    assert failed.numerator == sum(one.status == "failed" for one in orders)
    assert failed.denominator == sum(one.status == "failed" or one.counts for one in orders)
