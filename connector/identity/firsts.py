"""Which of several orders of one instant came first: the one with the lower number (convention C3)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from connector.identity.moving import condition_of, where
from connector.identity.partition import account_order
from connector.identity.reading import by_index
from connector.identity.succession import Trace
from connector.store.statements import place


def first_by_number(connection: Connection, tied: Sequence[Trace]) -> Trace:
    """Of traces whose earliest orders share one instant: the one with the first order by number, then by id."""
    return min(tied, key=lambda trace: _lowest(connection, trace))


def _lowest(connection: Connection, trace: Trace) -> tuple[object, ...]:
    condition, values = condition_of(trace.use)
    table = by_index(connection, trace.use.table, *condition.search)
    found = f"{where(connection, condition)} AND created_at = {place(connection.dialect.name)}"
    rows = connection.exec_driver_sql(
        f"SELECT number, order_id, source_id FROM {table} WHERE {found}", (*values, trace.earliest)
    )
    return min(
        (account_order(number or order_id), account_order(order_id), source_id) for number, order_id, source_id in rows
    )
