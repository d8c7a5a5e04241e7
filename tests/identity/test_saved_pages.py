"""The marks that saved pages leave are enough: whatever pages bring, the next resolve puts persons right."""

from __future__ import annotations

import json
from collections.abc import Iterable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from connector.contract import Feed, Record, Stream, Sweep
from connector.contract import Row as ContractRow
from connector.identity import IdentityRules
from connector.model import CustomerAccount, Order
from connector.store.gone import mark_gone
from connector.store.write import save_page
from tests.identity.naive import Row, truth
from tests.identity.world import World

ORDERS = Stream("orders", (Feed(Order, "order_id"),), Sweep.STAMPS)
ACCOUNTS = Stream("customers", (Feed(CustomerAccount, "account_id"),), Sweep.WHOLE)
ADDRESSES = [None, "ann@x.test", "bob@x.test", "eve@x.test"]


def normalise(stream: Stream, record: Record) -> Iterable[ContractRow]:
    content = json.loads(record.payload)
    if stream is ACCOUNTS:
        yield CustomerAccount, {"account_id": record.id, **content}
    else:
        money = dict.fromkeys(("total_micros", "tax_micros", "shipping_micros", "discount_micros"), 0)
        yield Order, {"order_id": record.id, "status": "completed", "status_raw": "completed", **money, **content}


orders = st.tuples(
    st.just(ORDERS),
    st.integers(1, 2),
    st.sampled_from("12345"),
    st.fixed_dictionaries(
        {
            "account_id": st.sampled_from([None, "7", "8"]),
            "email_key": st.sampled_from(ADDRESSES),
            "name": st.sampled_from(["Ann", "Bob", "Eve"]),
        }
    ),
)
accounts = st.tuples(
    st.just(ACCOUNTS),
    st.integers(1, 2),
    st.sampled_from("78"),
    st.fixed_dictionaries({"email_key": st.sampled_from(ADDRESSES)}),
)
steps = st.lists(st.one_of(orders, orders, accounts, st.just("resolve"), st.just("gone")), min_size=1, max_size=25)


@settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))
@given(history=steps)
def test_pages_and_resolves_in_any_order(world: World, history: list[object]) -> None:
    world.empty()
    with world.store.write() as connection:
        connection.exec_driver_sql("DELETE FROM raw_records")
    rules = IdentityRules(shared_names=2)
    for read_at, step in enumerate(history, 1):
        if step == "resolve":
            world.resolve(rules)
        elif step == "gone":
            mark_gone(world.store, 1, ORDERS, ["1", "2"], at=read_at)
        else:
            stream, source_id, key, content = step  # type: ignore[misc]
            record = Record(key, json.dumps(content).encode(), read_at)
            save_page(world.store, source_id, stream, [record], cursor=None, normalise=normalise)
            account = key if stream is ACCOUNTS else content["account_id"]
            table = str(stream.feeds[0].table.__tablename__)
            row = Row(table, source_id, key, account, content["email_key"], content.get("name"))
            world.rows[table, source_id, key] = row
    world.resolve(rules)
    assert world.told() == truth(world.rows.values(), rules)
    assert world.marks() == 0
