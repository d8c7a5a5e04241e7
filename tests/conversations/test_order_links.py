"""Which order a conversation is about (6.6), and that it is asked again when anything changes that it depends on."""

from __future__ import annotations

import pytest

from connector.conversations import OrderLink, ServiceRules
from connector.identity import IdentityRules, resolve
from connector.model import Order
from tests.conversations.desk import Desk, at


def link_of(desk: Desk, id_: str = "1", source: int = 1) -> tuple[object, ...]:
    (found,) = desk.rows(
        "conversations",
        "order_source_id, order_id, order_reason",
        f"source_id = {source} AND conversation_id = '{id_}'",
    )
    return found


def settle(desk: Desk) -> None:
    resolve(desk.store, rules=IdentityRules(), clock=desk.clock)
    desk.tell()
    desk.link()


def ask(desk: Desk, *numbers: str, email: str | None = "ada@x.test", **row: object) -> None:
    listed = "[" + ", ".join(f'"{number}"' for number in numbers) + "]"
    desk.ticket("1", "06-08 09:00", email_key=email, order_numbers=listed if numbers else None, **row)


def bought(desk: Desk, id_: str, created: str, email: str | None = "ada@x.test", **row: object) -> None:
    desk.order(id_, created, email_key=email, **row)


def test_the_latest_order_of_the_days_before(desk: Desk) -> None:
    bought(desk, "10", "05-01 09:00")  # too old
    bought(desk, "11", "05-20 09:00")
    bought(desk, "12", "06-01 09:00")
    bought(desk, "13", "06-02 09:00", countable=False)
    bought(desk, "14", "06-03 09:00", email="bob@x.test")
    bought(desk, "15", "06-09 09:00")  # later
    ask(desk)
    settle(desk)
    assert link_of(desk) == (3, "12", "recent")
    desk.link(ServiceRules(attribution_days=5))
    assert link_of(desk) == (None, None, None)


@pytest.mark.parametrize(("created", "found"), [("05-09 09:00", "10"), ("05-09 08:59", None), ("06-08 09:00", "10")])
def test_the_ends_of_the_thirty_days(desk: Desk, created: str, found: str | None) -> None:
    bought(desk, "10", created)
    ask(desk)
    settle(desk)
    assert link_of(desk)[1] == found


def test_a_number_it_names(desk: Desk) -> None:
    bought(desk, "10", "01-01 09:00")
    bought(desk, "12", "06-01 09:00")
    ask(desk, "#10")
    settle(desk)
    assert link_of(desk) == (3, "10", "number")


def test_a_number_of_somebody_else_counts_only_if_one_order_has_it(desk: Desk) -> None:
    bought(desk, "100", "01-01 09:00", email="bob@x.test", number="W-77")
    ask(desk, "w-77")
    settle(desk)
    assert link_of(desk) == (3, "100", "number")
    bought(desk, "101", "01-01 09:00", email="eve@x.test", number="W-77")
    settle(desk)
    assert link_of(desk) == (None, None, None)
    bought(desk, "102", "01-01 09:00", number="W-77")
    settle(desk)
    assert link_of(desk) == (3, "102", "number")


def test_an_id_that_the_customer_never_sees_is_no_number(desk: Desk) -> None:
    bought(desk, "100", "01-01 09:00", number="W-77")
    ask(desk, "100")
    settle(desk)
    assert link_of(desk) == (None, None, None)


def test_a_number_of_an_order_that_was_not_there_yet_stood_for_something_else(desk: Desk) -> None:
    bought(desk, "500", "06-20 09:00", email=None)
    ask(desk, "500", updated_at=at("06-09 09:00"))
    settle(desk)
    assert link_of(desk) == (None, None, None)
    ask(desk, "500", updated_at=at("06-21 09:00"))
    settle(desk)
    assert link_of(desk) == (3, "500", "number")


def test_orders_and_persons_that_change_later(desk: Desk) -> None:
    ask(desk, "500")
    settle(desk)
    assert link_of(desk) == (None, None, None)
    bought(desk, "500", "01-01 09:00", email=None)  # comes later
    settle(desk)
    assert link_of(desk) == (3, "500", "number")
    desk.gone(Order, "500", source=3)
    bought(desk, "501", "06-01 09:00", email="bob@x.test")
    settle(desk)
    assert link_of(desk) == (None, None, None)
    bought(desk, "501", "06-01 09:00")  # it was hers
    settle(desk)
    assert link_of(desk) == (3, "501", "recent")
    bought(desk, "501", "06-01 09:00", countable=False)  # cancelled
    settle(desk)
    assert link_of(desk) == (None, None, None)
    bought(desk, "501", "06-01 09:00", countable=True)
    settle(desk)
    ask(desk, email=None)  # nobody's any more
    settle(desk)
    assert link_of(desk) == (None, None, None)


def test_after_a_long_run_of_putting_persons_together(desk: Desk) -> None:
    bought(desk, "10", "06-01 09:00", email="bob@x.test")
    ask(desk)
    settle(desk)
    bought(desk, "11", "06-02 09:00")
    resolve(desk.store, rules=IdentityRules(), clock=desk.clock, bulk=1)  # rows get their person in one walk
    desk.link()
    assert link_of(desk) == (3, "11", "recent")


def test_an_address_that_becomes_nobodys(desk: Desk) -> None:
    bought(desk, "10", "06-01 09:00")
    ask(desk)
    settle(desk)
    resolve(desk.store, rules=IdentityRules(ignore=("ada@x.test",)), clock=desk.clock)
    desk.link()
    assert link_of(desk) == (None, None, None)


def test_what_counts_with_another_is_linked_with_it(desk: Desk) -> None:
    bought(desk, "10", "01-01 09:00", email=None)
    desk.ticket("c", source=2, channel="chat", same_as="t:1", order_numbers='["10"]')
    desk.ticket("1", self_ref="t:1")
    settle(desk)
    assert link_of(desk) == (3, "10", "number")
    assert link_of(desk, "c", 2) == (None, None, None)


def test_a_number_in_a_later_message_even_of_a_ticket_that_was_merged(desk: Desk) -> None:
    bought(desk, "10", "01-01 09:00", email=None)
    bought(desk, "11", "01-01 09:00", email=None)
    ask(desk)
    desk.ticket("2", "06-10 09:00")
    settle(desk)
    assert link_of(desk) == (None, None, None)
    desk.says("1", "06-09 09:00", order_numbers='["10"]')
    settle(desk)
    assert link_of(desk) == (3, "10", "number")
    desk.happens("1", "06-10 10:00", "merged", "2")
    settle(desk)
    assert (link_of(desk), link_of(desk, "2")) == ((None, None, None), (3, "10", "number"))
    desk.ticket("2", "06-10 09:00", order_numbers='["11"]')  # what the ticket itself names goes first
    settle(desk)
    assert link_of(desk, "2") == (3, "11", "number")


def test_the_owner_knows_better(desk: Desk) -> None:
    bought(desk, "10", "06-01 09:00")
    bought(desk, "90", "01-01 09:00", email="bob@x.test", number="W-9")
    ask(desk, "10")
    settle(desk)
    assert link_of(desk) == (3, "10", "number")
    desk.link(ServiceRules(links=(OrderLink("desk", "1", "shop", "W-9"),)))
    assert link_of(desk) == (3, "90", "rule")
    desk.link(ServiceRules(links=(OrderLink("desk", "1", None, None),)))
    assert link_of(desk) == (None, None, "rule")
    desk.link(ServiceRules())
    assert link_of(desk) == (3, "10", "number")


def test_a_shop_without_a_desk_marks_nothing(desk: Desk) -> None:
    bought(desk, "10", "06-01 09:00")
    settle(desk)
    assert desk.rows("order_link_marks", "kind, source_id, key") == []
    ask(desk)
    settle(desk)
    assert link_of(desk) == (3, "10", "recent")
    bought(desk, "11", "06-02 09:00")
    assert desk.rows("order_link_marks", "kind, source_id, key") == [("order", 3, "11")]
    settle(desk)
    assert link_of(desk) == (3, "11", "recent")
    assert desk.rows("order_link_marks", "kind, source_id, key") == []
