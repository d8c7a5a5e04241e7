"""Every column of every row table, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import text

from connector.export.columns import Kind
from connector.export.scope import Scope
from connector.export.tables import TABLES
from connector.frames.shops import read_shops
from connector.kpi.options import KpiOptions
from connector.model import Conversation, Order, Person, Refund, Source
from connector.store import Store
from tests.export.oddities import small_shop
from tests.export.shops import BERLIN, at, order, put, sources

DESIGN = {
    "orders": "source order_id number status status_raw counted created_at created_on paid_at completed_at modified_at "
    "person_id email name country currency total tax shipping discount net refunded_total refunded_net items "
    "payment_method shipping_method coupons invoice_number attribution_source attribution_medium "
    "attribution_campaign customer_order_no gone_at url",
    "order_taxes": "source order_id rate label taxable tax",
    "order_lines": "source order_id line_id product_id sku name category quantity total tax refunded_quantity",
    "refunds": "source refund_id order_id created_at currency total net tax shipping reason",
    "persons": "person_id email name country accounts first_order_at last_order_at orders conversations "
    "last_conversation_at",
    "conversations": "source conversation_id channel channel_raw subject status created_at first_reply_at frt_seconds "
    "frt_business_seconds solved_at resolution_seconds replies reopens agent group tags csat person_id email "
    "order_source order_id url",
    "messages": "source conversation_id message_id author_role agent public created_at length",
    "products": "source product_id sku name categories price",
}


def read(store: Store, table: str, **asked: Any) -> list[dict[str, Any]]:
    """The rows of a table by column name."""
    with store.read() as connection:
        asked.setdefault("sources", read_shops(connection).ids)
        grid = TABLES[table].rows(connection, Scope(zone=BERLIN, **asked))
        names = [column.name for column in grid.columns]
        return [dict(zip(names, row, strict=True)) for row in grid.rows]


def column(rows: Sequence[dict[str, Any]], name: str) -> list[Any]:
    return [row[name] for row in rows]


@pytest.mark.parametrize("table", DESIGN)
def test_the_columns_that_are_promised_in_their_order(store: Store, table: str) -> None:
    small_shop(store)
    wanted = DESIGN[table].split()
    with store.read() as connection:
        grid = TABLES[table].rows(connection, Scope(zone=BERLIN))
        names = [each.name for each in grid.columns]
    assert [name for name in names if name in wanted] == wanted


def test_orders(store: Store) -> None:
    small_shop(store)
    rows = {row["order_id"]: row for row in read(store, "orders")}
    assert list(rows) == ["9", "10", "11", "12", "13", "14", "15"]  # oldest first
    first = rows["9"]
    assert first["source"] == "main-shop"
    assert first["counted"] is True
    assert first["created_on"] == date(2026, 1, 31)  # still January in Berlin, and in UTC too
    assert rows["10"]["created_on"] == date(2026, 2, 1)  # 23:30 UTC of the day before
    assert first["paid_at"] == at("2026-02-01T08:00:00")
    assert (first["total"], first["tax"], first["shipping"]) == (119_000_000, 19_000_000, 5_000_000)
    assert first["net"] == 95_000_000
    assert first["items"] == 2_500_000  # goods alone, not the way of shipping
    assert first["coupons"] == "SPRING, tée"
    assert rows["10"]["discount"] == 1_234_567
    assert rows["15"]["items"] is None
    assert rows["12"]["name"] == '=HYPERLINK("https://evil.example.test")'  # text as it is; writers neutralise


def test_refunds_of_an_order_add_up_and_the_unsplit_one_is_split_like_the_order(store: Store) -> None:
    small_shop(store)
    (row,) = [row for row in read(store, "orders") if row["order_id"] == "9"]
    # 11.90 with 1.90 tax, and 10.00 of which 95/119 is net; the one that is gone does not count
    assert row["refunded_total"] == 21_900_000
    assert row["refunded_net"] == 10_000_000 + 7_983_193
    (other,) = [row for row in read(store, "orders") if row["order_id"] == "10"]
    assert (other["refunded_total"], other["refunded_net"]) == (0, 0)


def test_refunds_taken_as_all_goods(store: Store) -> None:
    small_shop(store)
    options = KpiOptions().with_override("refunds.split=net")
    (row,) = [row for row in read(store, "orders", options=options) if row["order_id"] == "9"]
    assert row["refunded_net"] == 10_000_000 + 10_000_000


def test_which_orders_count_and_which_of_the_person_they_are(store: Store) -> None:
    small_shop(store)
    rows = read(store, "orders")
    counted = {row["order_id"]: row["counted"] for row in rows}
    assert counted == {"9": True, "10": True, "11": True, "12": True, "13": False, "14": False, "15": True}
    number = {row["order_id"]: row["customer_order_no"] for row in rows}
    # 10 and 11 share an instant: their numbers decide. Uncounted ones and those of nobody have none.
    assert number == {"9": 1, "10": 2, "11": 3, "12": 1, "13": None, "14": None, "15": None}


def test_counted_follows_the_options(store: Store) -> None:
    small_shop(store)
    paid = KpiOptions().with_override("orders.statuses={main-shop: [cancelled, wc-completed]}")
    rows = {row["order_id"]: row["counted"] for row in read(store, "orders", options=paid)}
    assert rows["13"] is True
    assert rows["9"] is True  # by the source's own word
    big = KpiOptions().with_override("orders.min_total=20")
    rows = {row["order_id"]: row["counted"] for row in read(store, "orders", options=big)}
    assert [name for name, counted in rows.items() if counted] == ["9", "10", "11"]


def test_orders_with_an_excluded_tag_do_not_count(store: Store) -> None:
    sources(store, at("2026-01-01T00:00:00"))
    put(
        store,
        Order,
        [
            order("1", 1, tags='["wholesale", "große"]'),
            order("2", 2, tags='["whole\\"sale"]'),
            order("3", 3, tags='["gro\\u00dfe"]'),
            order("4", 4),
        ],
    )
    for tag, left in (("wholesale", ["2", "3", "4"]), ("große", ["2", "4"]), ("whole%", ["1", "2", "3", "4"])):
        options = KpiOptions().with_override(f"orders.exclude_tags=[{tag}]")
        rows = read(store, "orders", options=options)
        assert [row["order_id"] for row in rows if row["counted"]] == left


def test_amounts_beyond_64_bits_when_multiplied_are_still_exact(store: Store) -> None:
    sources(store, at("2026-01-01T00:00:00"))
    huge = 3_000_000_000_000_000  # three thousand million, in millionths
    put(store, Order, [order("1", 1, total_micros=huge, tax_micros=huge // 3)])
    put(store, Refund, [{"source_id": 1, "refund_id": "r", "order_id": "1", "total_micros": huge // 2}])
    (row,) = read(store, "orders")
    assert row["refunded_net"] == huge // 3
    (refund,) = read(store, "refunds")
    assert (refund["net"], refund["tax"], refund["split_estimated"]) == (huge // 3, huge // 6, True)


@pytest.mark.parametrize(("stamp", "day"), [(253_402_300_799, date.max), (-62_135_596_800, date.min)])
def test_the_first_and_the_last_of_all_days_are_days_in_every_zone(store: Store, stamp: int, day: date) -> None:
    """Programs write them where they mean never; a local clock may show a day beyond them."""
    sources(store, at("2026-01-01T00:00:00"))
    put(store, Order, [order("1", stamp * 1_000_000)])
    for zone in (BERLIN, ZoneInfo("America/Los_Angeles")):
        with store.read() as connection:
            grid = TABLES["orders"].rows(connection, Scope(zone=zone))
            (row,) = grid.rows
        assert row[[column.name for column in grid.columns].index("created_on")] == day


def test_taxes_and_lines(store: Store) -> None:
    small_shop(store)
    (tax,) = read(store, "order_taxes")
    assert tax == {
        "source": "main-shop",
        "order_id": "9",
        "rate": 19_000_000,
        "label": "MwSt.",
        "taxable": 100_000_000,
        "tax": 19_000_000,
        "currency": "EUR",
    }
    tea, shipping = read(store, "order_lines")
    assert (tea["name"], tea["category"], tea["kind"]) == ("Grüner Tee", "Tee, Bio", "product")
    assert (tea["quantity"], tea["refunded_quantity"]) == (2_500_000, 500_000)  # the refund that is gone does not count
    assert (shipping["name"], shipping["category"], shipping["kind"]) == ("DHL", None, "shipping")


def test_refunds(store: Store) -> None:
    small_shop(store)
    known, split, gone = read(store, "refunds")
    assert (known["total"], known["net"], known["tax"], known["shipping"]) == (11_900_000, 10_000_000, 1_900_000, 0)
    assert (known["split_estimated"], known["currency"], known["reason"]) == (False, "EUR", "@broken")
    assert split["net"] + split["tax"] + split["shipping"] == split["total"]
    assert split["split_estimated"] is True
    assert gone["gone_at"] is not None


def test_persons(store: Store) -> None:
    small_shop(store)
    ada, evil = read(store, "persons")  # the one that was merged away is not a person any more
    assert ada["person_id"] == 1
    assert (ada["email"], ada["name"], ada["country"]) == ("ada@example.test", "Ada Łovelace", "DE")
    assert (ada["accounts"], ada["orders"], ada["conversations"]) == (2, 3, 1)
    assert (ada["first_order_at"], ada["last_order_at"]) == (at("2026-01-31T23:30:00"), at("2026-02-01T00:30:00"))
    assert ada["net_EUR"] == 95_000_000 + 20_000_000
    assert ada["net_JPY"] == 5_000_000_000
    assert ada["refunded_net_EUR"] == 17_983_193
    assert ada["refunded_net_JPY"] == 0
    assert (evil["orders"], evil["net_JPY"], evil["refunded_net_JPY"]) == (1, None, None)
    assert evil["country"] == "DE"  # of the latest order that is still there


def test_a_persons_sums_are_those_of_the_orders(store: Store) -> None:
    small_shop(store)
    orders = [row for row in read(store, "orders") if row["counted"] and row["person_id"] == 1]
    (ada,) = [row for row in read(store, "persons") if row["person_id"] == 1]
    for currency in ("EUR", "JPY"):
        own = [row for row in orders if row["currency"] == currency]
        assert ada[f"net_{currency}"] == sum(column(own, "net"))
        assert ada[f"refunded_net_{currency}"] == sum(column(own, "refunded_net"))


def test_conversations_and_messages(store: Store) -> None:
    small_shop(store)
    (talk,) = read(store, "conversations")
    assert (talk["source"], talk["agent"], talk["csat"]) == ("helpdesk", "Grace", "good")
    assert talk["tags"] == "vip, lieferung"
    assert (talk["order_source"], talk["order_id"], talk["order_reason"]) == ("main-shop", "9", "number")
    assert (talk["counted"], talk["part_of_id"]) == (True, None)
    assert (talk["frt_seconds"], talk["frt_business_seconds"], talk["resolution_seconds"]) == (5400, 3600, 86_400)
    asked, answered = read(store, "messages")
    assert "body" not in asked
    assert (asked["author_role"], asked["length"], asked["public"]) == ("customer", 120, True)
    assert (answered["agent"], answered["public"]) == ("Grace", False)
    with store.write() as connection:  # as it stands until the next full sync, where texts were kept before
        connection.execute(text("UPDATE conversations SET subject = 'Broken pot'"))
    assert column(read(store, "conversations"), "subject") == [None]
    assert column(read(store, "conversations", texts_kept=True), "subject") == ["Broken pot"]
    kept = read(store, "messages", texts_kept=True)
    assert column(kept, "body") == ["=1+1", None]


def test_a_conversation_that_names_only_its_account_has_that_ones_address_and_name(store: Store) -> None:
    small_shop(store)
    with store.write() as connection:
        connection.execute(text("UPDATE conversations SET account_id = '77'"))
    (talk,) = read(store, "conversations")
    assert (talk["email"], talk["name"]) == ("ada@example.test", "A. L.")
    with store.write() as connection:
        connection.execute(text("UPDATE conversations SET email = NULL, name = 'Ada'"))
    (talk,) = read(store, "conversations")
    assert (talk["email"], talk["name"]) == ("ada@example.test", "Ada")


def test_a_chat_that_counts_with_its_ticket(store: Store) -> None:
    """Its row says where its times stand, and what was said of it stands in the ticket's."""
    small_shop(store)
    put(store, Source, [{"id": 3, "name": "chat", "adapter": "a", "url": "u", "created_at": 1}])
    put(
        store,
        Conversation,
        [{"source_id": 3, "conversation_id": "c1", "channel": "chat", "status": "closed", "state": "closed",
          "person_id": 1, "created_at": at("2026-02-02T09:00:00")}],
    )  # fmt: skip
    with store.write() as connection:
        connection.execute(text("UPDATE survey_answers SET source_id = 3, conversation_id = 'c1', label = 'bad'"))
    rows = {row["conversation_id"]: row for row in read(store, "conversations")}
    chat, ticket = rows["c1"], rows["501"]
    assert (chat["counted"], chat["part_of_source"], chat["part_of_id"]) == (False, "helpdesk", "501")
    assert (ticket["counted"], ticket["csat"], chat["frt_seconds"]) == (True, "bad", None)
    (ada,) = [row for row in read(store, "persons") if row["person_id"] == 1]
    assert ada["conversations"] == 1


def test_products(store: Store) -> None:
    small_shop(store)
    (tea,) = read(store, "products")
    assert (tea["sku"], tea["categories"], tea["price"], tea["currency"]) == ("-T1", "Tee, Bio", 12_500_000, "EUR")


# --- periods and filters ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("asked", "orders"),
    [
        ({"start": at("2026-02-01T00:00:00")}, ["10", "11", "12", "13", "14", "15"]),
        ({"end": at("2026-02-01T00:00:00")}, ["9"]),
        ({"start": at("2026-03-15T12:00:00"), "end": at("2026-03-16T12:00:00")}, ["12"]),
        ({"filters": {"country": ("AT",)}}, ["12"]),
        ({"filters": {"country": ("AT", "DE"), "currency": ("JPY",)}}, ["11"]),
        ({"filters": {"payment_method": ("paypal",)}}, ["9"]),
        ({"filters": {"source": ("main-shop",)}}, ["9", "10", "11", "12", "13", "14", "15"]),
        ({"filters": {"source": ("helpdesk",)}}, []),
        ({"filters": {"customer_type": ("new",)}}, ["9", "12"]),
        ({"filters": {"customer_type": ("returning",)}}, ["10", "11"]),
        ({"filters": {"customer_type": ("new", "returning")}}, ["9", "10", "11", "12"]),
        ({"filters": {"customer_type": ("new",)}, "start": at("2026-02-01T00:00:00")}, ["12"]),
        (
            {
                "filters": {"customer_type": ("new",)},
                "end": at("2026-03-01T00:00:00"),
                "options": KpiOptions().with_override("returning.mode=prior_period_only"),
            },
            ["9", "10", "11"],
        ),
        ({"start": at("2026-02-01T00:00:00"), "options": KpiOptions().with_override("orders.date=paid")}, ["9"]),
    ],
)
def test_orders_of_a_period_under_filters(store: Store, asked: dict[str, Any], orders: list[str]) -> None:
    small_shop(store)
    assert column(read(store, "orders", **asked), "order_id") == orders


def test_lines_and_taxes_follow_their_orders(store: Store) -> None:
    small_shop(store)
    january = {"start": at("2026-01-01T00:00:00"), "end": at("2026-02-01T00:00:00")}
    assert len(read(store, "order_lines", **january)) == 2
    assert len(read(store, "order_taxes", **january)) == 1
    assert read(store, "order_lines", filters={"country": ("AT",)}) == []


def test_refunds_follow_their_own_day_or_that_of_the_sale(store: Store) -> None:
    small_shop(store)
    february = {"start": at("2026-02-01T00:00:00"), "end": at("2026-03-01T00:00:00")}
    assert column(read(store, "refunds", **february), "refund_id") == ["90"]
    by_sale = KpiOptions().with_override("refunds.date=order")
    january = {"start": at("2026-01-01T00:00:00"), "end": at("2026-02-01T00:00:00"), "options": by_sale}
    assert column(read(store, "refunds", **january), "refund_id") == ["90", "91", "92"]


def test_a_refund_without_its_order_is_there_as_long_as_nothing_is_asked_of_the_order(store: Store) -> None:
    sources(store, at("2026-01-01T00:00:00"))
    lone = {"source_id": 1, "refund_id": "r", "order_id": "77", "total_micros": 5_000_000, "created_at": 1}
    put(store, Refund, [lone])
    (row,) = read(store, "refunds")
    assert (row["net"], row["currency"], row["split_estimated"]) == (5_000_000, None, True)
    assert read(store, "refunds", filters={"currency": ("EUR",)}) == []


def test_persons_of_a_period_are_those_who_ordered_or_wrote_in_it(store: Store) -> None:
    small_shop(store)
    march = {"start": at("2026-03-01T00:00:00"), "end": at("2026-04-01T00:00:00")}
    assert column(read(store, "persons", **march), "person_id") == [2]
    second = {"start": at("2026-02-02T00:00:00"), "end": at("2026-02-03T00:00:00")}
    assert column(read(store, "persons", **second), "person_id") == [1]  # a conversation
    assert read(store, "persons", **second, filters={"country": ("DE",)}) == []
    assert column(read(store, "persons", filters={"country": ("AT",)}), "person_id") == [2]
    assert column(read(store, "persons", filters={"source": ("helpdesk",)}), "person_id") == [1]


def test_money_columns_know_their_currency(store: Store) -> None:
    small_shop(store)
    with store.read() as connection:
        for name, table in TABLES.items():
            grid = table.rows(connection, Scope(zone=BERLIN))
            names = {each.name for each in grid.columns}
            for each in grid.columns:
                if each.kind is Kind.MONEY:
                    assert each.currency or each.currency_in in names, (name, each.name)


def test_an_empty_store_gives_empty_tables(store: Store) -> None:
    for name in TABLES:
        assert read(store, name) == []


def test_a_person_without_orders_is_a_person(store: Store) -> None:
    put(store, Person, [{"id": 5, "created_at": 1}])
    (row,) = read(store, "persons")
    assert (row["orders"], row["accounts"], row["conversations"], row["email"]) == (0, 0, 0, None)
