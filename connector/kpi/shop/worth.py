"""What customers have been worth so far: net revenue after refunds, which count on the day of their order."""

from __future__ import annotations

import polars as pl

from connector.kpi.shop.scope import Scope

BEGINNING = -(2**62)
"""Before every instant there is an order of."""


def so_far(scope: Scope) -> Scope:
    """The same question about all time up to the period's end."""
    return scope.during(BEGINNING, scope.end)


def documents(scope: Scope) -> pl.DataFrame:
    """`person_id`, `at`, `currency`, `net` of the orders of persons in a period, and of their refunds as a minus.

    Both on the day of the order. Refunds are all that were made so far.
    """
    orders = scope.persons.select("person_id", "at", "currency", "net")
    refunds = scope.refunds_of_orders.filter(pl.col("person_id").is_not_null())
    return pl.concat([orders, refunds.select("person_id", "at", "currency", net=-pl.col("net"))])
