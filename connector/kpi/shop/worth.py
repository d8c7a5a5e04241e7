"""What customers have been worth so far: net revenue after refunds, which count on the day of their order."""

from __future__ import annotations

import polars as pl

from connector.kpi.shop.scope import Scope

BEGINNING = 0
"""1970: before every instant there is an order of."""


def bought(scope: Scope, since: int = BEGINNING) -> pl.DataFrame:
    """Orders of persons from `since` (microseconds UTC) up to the period's end, sorted by person and instant.

    With `person_id`, `at`, `first_at`, `currency` and `net`.
    """
    at = pl.col("at")
    wanted = pl.col("person_id").is_not_null() & (at >= since) & (at < scope.end)
    # Lazily, so that of the many columns of orders only these are ever copied.
    columns = ("person_id", "at", "first_at", "currency", "net")
    return scope.selected.lazy().filter(wanted).select(columns).collect()


def documents(scope: Scope, since: int = BEGINNING) -> pl.DataFrame:
    """`person_id`, `at`, `currency`, `net` of these orders, and of their refunds as a minus.

    Both on the day of the order. Refunds are all that were made so far.
    """
    columns = ("person_id", "at", "currency")
    refunds = scope.during(since, scope.end).refunds_of_orders.filter(pl.col("person_id").is_not_null())
    return pl.concat(
        [bought(scope, since).select(*columns, "net"), refunds.select(*columns, net=-pl.col("net"))],
    )
