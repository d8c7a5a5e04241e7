"""`connector person`: the history, the copy for an access request, and the erasure."""

from __future__ import annotations

import json

import pytest
import sqlalchemy as sa

from tests.cli.conftest import Desk


@pytest.fixture
def synced(shop_desk: Desk) -> Desk:
    assert shop_desk.call("sync").code == 0
    return shop_desk


def buyer(desk: Desk) -> str:
    engine = sa.create_engine(f"sqlite:///{desk.folder / 'connector.db'}")
    with engine.connect() as connection:
        query = "SELECT min(email) FROM orders WHERE person_id IS NOT NULL GROUP BY person_id ORDER BY count(*) DESC"
        found = connection.execute(sa.text(query)).scalars().first()
    engine.dispose()
    return str(found)


def test_the_history_of_a_person_in_words_and_as_json(synced: Desk) -> None:
    email = buyer(synced)
    shown = synced.call("person", f"  {email.upper()} ")
    assert shown.code == 0
    assert email in shown.out
    document = synced.call("person", email, "--json").json
    assert set(document) == {"person", "accounts", "timeline"}
    assert email in document["person"]["emails"]
    orders = [one for one in document["timeline"] if one["kind"] == "order"]
    assert orders
    assert {"at", "kind", "source", "id", "amount", "currency"} <= set(orders[0])
    assert [one["at"] for one in orders] == sorted(one["at"] for one in orders)


def test_an_address_of_nobody_is_refused_with_advice(synced: Desk) -> None:
    called = synced.call("person", "nobody@nowhere.example")
    assert called.code == 2
    assert "nobody@nowhere.example" in called.err


def test_the_copy_for_an_access_request_holds_every_row(synced: Desk) -> None:
    email = buyer(synced)
    assert synced.call("person", email, "--export", "copy.json").code == 0
    document = json.loads((synced.folder / "copy.json").read_text(encoding="utf-8"))
    assert {row["email"] for row in document["rows"]["orders"]} >= {email}
    assert document["rows"]["order_lines"]
    again = synced.call("person", email, "--export", "copy.json", "--json")
    assert again.json == synced.call("person", email, "--json").json, "one document on stdout all the same"


def test_nobody_is_erased_without_being_asked(synced: Desk) -> None:
    email = buyer(synced)
    called = synced.call("person", email, "--forget")
    assert called.code == 2
    assert "--yes" in called.err
    assert synced.call("person", email).code == 0


def test_an_erased_person_is_nameless_and_the_figures_stay(synced: Desk) -> None:
    email = buyer(synced)
    before = synced.call("kpi", "--json").json["results"]
    done = synced.call("person", email, "--forget", "--yes", "--json")
    assert done.code == 0
    assert done.json["records"] > 0
    assert synced.call("kpi", "--json").json["results"] == before
    assert email.lower().encode() not in (synced.folder / "connector.db").read_bytes().lower()
    after = synced.call("person", email, "--json").json
    assert after["person"]["erased"]
    assert after["person"]["names"] == []
