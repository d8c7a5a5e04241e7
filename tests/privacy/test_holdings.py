"""What is stored of somebody is found without walking through the store for every row of it."""

from __future__ import annotations

from connector.model import Message, OrderEvent, OrderLine, OrderTax, Refund
from connector.privacy.holdings import Whose
from connector.store.tables import table_of
from connector.testing.world import World


def test_rows_of_orders_and_conversations_are_found_by_looking_their_persons_up_once(shop: World) -> None:
    with shop.store.read() as connection:
        for model in (OrderLine, OrderTax, OrderEvent, Refund, Message):
            table = table_of(model)
            wanted = table.select().where(Whose((1, 2)).rows(table)).compile(
                shop.store.engine, compile_kwargs={"literal_binds": True}
            )  # fmt: skip
            steps = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {wanted}")]
            assert steps
            assert not [step for step in steps if "CORRELATED" in step or step.startswith("SCAN")], (table.name, steps)
