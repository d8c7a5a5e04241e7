"""Which of several orders of one instant came first: the one with the lower number (convention C3)."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

from connector.identity.partition import account_order
from connector.identity.reading import ORDERS
from connector.identity.succession import Trace


def first_by_number(connection: Connection, tied: Sequence[Trace]) -> Trace:
    """Of traces whose earliest orders share one instant: the one with the first order by number, then by id."""
    return min(tied, key=lambda trace: _lowest(connection, trace))


def _lowest(connection: Connection, trace: Trace) -> tuple[object, ...]:
    use = trace.use
    conditions = ["source_id = :source_id", "created_at = :created_at"]
    values: dict[str, object] = {"source_id": use.source_id, "created_at": trace.earliest}
    for column, value in (("account_id", use.account_id), ("email_key", use.email_key), ("person_id", use.person_id)):
        conditions.append(f"{column} IS NULL" if value is None else f"{column} = :{column}")
        if value is not None:
            values[column] = value
    rows = connection.execute(text(f"SELECT number, order_id FROM {ORDERS} WHERE {' AND '.join(conditions)}"), values)
    return min((account_order(number or order_id), account_order(order_id), use.source_id) for number, order_id in rows)
