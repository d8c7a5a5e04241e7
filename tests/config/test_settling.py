"""One call after each run: persons, what conversations come to by the configured hours, and their orders."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from connector.config.settling import settle
from connector.simulation.clock import FakeClock
from connector.store import Store
from tests.config.conftest import Write, loaded, with_ledger
from tests.conversations.desk import Desk


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
def test_everything_that_follows_from_the_rows(write: Write, store: Store, clock: FakeClock) -> None:
    desk = Desk(store, clock)
    desk.ticket("1", "06-08 17:00", email_key="ada@x.test")
    desk.says("1", "06-08 17:00")
    desk.says("1", "06-09 10:00", "agent")
    desk.order("9", "06-01 10:00", email_key="ada@x.test")
    config = loaded(write(with_ledger(top='business_hours: {mon-fri: "09:00-18:00"}\n')))
    steps: list[tuple[str, int]] = []
    settle(config, store, clock=clock, progress=lambda step, done: steps.append((step, done)))
    assert steps == [("persons", 1), ("conversations", 1), ("links", 1)]
    assert (desk.times()["frt_seconds"], desk.times()["frt_business_seconds"]) == (17 * 3600, 2 * 3600)
    with store.read() as connection:
        found = connection.execute(text("SELECT person_id, order_id, order_reason FROM conversations")).one()
        marks = connection.execute(
            text("SELECT (SELECT count(*) FROM conversation_marks) + (SELECT count(*) FROM order_link_marks)")
        ).scalar_one()
    assert (found.person_id is not None, found.order_id, found.order_reason) == (True, "9", "recent")
    assert marks == 0

    longer = loaded(write(with_ledger(top='business_hours: {mon-fri: "09:00-20:00"}\n')))
    steps.clear()
    settle(longer, store, clock=clock, progress=lambda step, done: steps.append((step, done)))
    assert ("conversations", 1) in steps, "other hours, so all are told again"
    assert desk.times()["frt_business_seconds"] == 4 * 3600

    settle(longer, store, clock=clock, options=longer.options.with_override("service.bots=[a1]"))
    assert desk.times()["frt_seconds"] is None
    settle(longer, store, clock=clock)
    assert desk.times()["frt_seconds"] == 17 * 3600
    settle(longer, store, clock=clock, options=longer.options.with_override("cross.attribution_days=3"))
    assert desk.rows("conversations", "order_id, 1, 1") == [(None, 1, 1)]
