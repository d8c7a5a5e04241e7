"""`backup`, `restore` and `rebuild` on the command line."""

from __future__ import annotations

from tests.cli.conftest import Desk


def rows(desk: Desk) -> int:
    (source,) = desk.call("status", "--json").json["sources"]
    return int(source["streams"][0]["rows"])


def test_a_backup_comes_back(desk: Desk) -> None:
    assert desk.call("sync").code == 0
    done = desk.call("backup", "monday.db")
    assert done.code == 0
    assert "into monday.db (" in done.out
    desk.book(records={"1": {"name": "Tea", "at": 1}, "2": {"name": "Coffee", "at": 2}})
    desk.call("sync")
    assert rows(desk) == 2
    done = desk.call("restore", "monday.db", "--yes")
    assert done.code == 0
    assert "What was there before lies in" in done.out
    assert rows(desk) == 1


def test_a_backup_comes_back_where_nothing_is_left(desk: Desk) -> None:
    desk.call("sync")
    desk.call("backup", "monday.db")
    (desk.folder / "connector.db").unlink()
    assert desk.call("restore", "monday.db").code == 0
    assert rows(desk) == 1


def test_what_is_no_backup_is_2_and_what_is_no_store_is_4(desk: Desk) -> None:
    assert desk.call("backup", "monday.db").code == 4, "there is no store yet"
    desk.call("sync")
    assert desk.call("restore", "nowhere.db").code == 2
    assert desk.call("restore", "config.yaml").code == 2
    assert desk.call("backup", "config.yaml").code == 2
    assert rows(desk) == 1


def test_rebuild_says_what_it_did_and_needs_no_source(desk: Desk) -> None:
    desk.call("sync")
    desk.book(answer="down")
    done = desk.call("rebuild")
    assert (done.code, done.out) == (0, "shop: read again 1, mended 0, set aside 0.\n")
    assert desk.call("rebuild", "shop").code == 0
    assert desk.call("rebuild", "shpo").code == 2
