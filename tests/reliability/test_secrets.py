"""Marked keys and a marked customer through every failing path: neither is anywhere they do not belong.

Keys: not on screen, in log lines, in the file for faults, in the store, in exports. The customer: not on screen, not in
log lines, not in the columns that say what went wrong.
"""

from __future__ import annotations

import base64
import json
import logging
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from adapters.woocommerce import normalise
from adapters.woocommerce.simulator.auth import ApiKey
from tests.reliability.conftest import Place
from tests.transport.certificates import Certificates, make

KEY = "ck_MARKEDKEY0123456789abcdef0123456789abcdef"
SECRET = "cs_MARKEDSECRET0123456789abcdef/+ 0123456789"
EMAIL = "marked.customer@example.test"
NAME = "Markedname Customer"
KEYS = ("MARKEDKEY", "MARKEDSECRET", quote(SECRET, safe=""), base64.b64encode(f"{KEY}:{SECRET}".encode()).decode()[:30])
PERSON = ("marked.customer", quote(EMAIL), "Markedname")
ECHO = json.dumps({"code": SECRET, "message": f"{KEY} {EMAIL} {NAME}", "data": {"params": {"email": EMAIL}}}).encode()
PAGE = f"<html><title>{SECRET}</title><body>{KEY} {EMAIL} {NAME}</body></html>".encode()
JSON_TYPE = [("Content-Type", "application/json")]
HTML_TYPE = [("Content-Type", "text/html")]


@pytest.fixture(scope="module")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    try:
        return make(tmp_path_factory.mktemp("certificates"))
    except OSError:
        pytest.skip("no openssl here")


@pytest.fixture(params=["signed", "query", "basic"])
def marked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    """A shop whose keys are marked, read over http with signatures, with keys in the address, and over https."""
    keys: dict[str, Any] = {"consumer_key": KEY, "consumer_secret": SECRET}
    if request.param == "basic":
        certificates = request.getfixturevalue("certificates")
        made = Place(tmp_path, tls=certificates.server("good"), ca_file=certificates.authority, **keys)
        made.configure(url=made.server.address)
    else:
        made = Place(tmp_path, auth="query" if request.param == "query" else "header", **keys)
        made.shop.pretend_https = request.param == "query"
    made.shop.gate.keys.append(ApiKey(KEY, SECRET))
    yield made
    made.close()


@pytest.fixture
def logged() -> Iterator[list[str]]:
    """Every log line as it was written, before anything that shows it could make it harmless."""
    lines: list[str] = []
    factory = logging.getLogRecordFactory()

    def keeping(*arguments: Any, **more: Any) -> logging.LogRecord:
        record = factory(*arguments, **more)
        lines.append(record.getMessage())
        return record

    logging.setLogRecordFactory(keeping)
    yield lines
    logging.setLogRecordFactory(factory)


def nothing_shown(place: Place, logged: list[str], *commands: tuple[str, ...]) -> str:
    """Call the commands, then look everywhere. What was said on screen."""
    shown = ""
    for command in commands or (("-vv", "sync"), ("sync", "--json"), ("check",), ("status",), ("status", "--json")):
        done = place.desk.call(*command)
        assert done.code in (0, 3), done
        shown += done.out + done.err
    everything = shown + "\n".join(logged)
    faults = place.desk.folder / "connector-faults.log"
    if faults.exists():
        everything += faults.read_text("utf-8")
    if (place.desk.folder / "connector.db").exists():
        for query in ("SELECT * FROM runs", "SELECT * FROM stream_states", "SELECT reason FROM set_aside"):
            everything += repr(place.rows(query))
    assert not [mark for mark in (*KEYS, *PERSON) if mark in everything]
    for file in place.desk.folder.glob("connector.db*"):
        content = file.read_bytes()
        assert not [mark for mark in KEYS if mark.encode() in content], file
    return shown


ANSWERS: dict[str, Callable[[str], tuple[str, list[tuple[str, str]], bytes]]] = {
    "a failure that echoes": lambda target: ("500 Internal Server Error", JSON_TYPE, ECHO),
    "a page with a failure": lambda target: ("503 Service Unavailable", HTML_TYPE, PAGE + target.encode()),
    "a refusal that echoes": lambda target: ("401 Unauthorized", JSON_TYPE, ECHO),
    "a right that lacks": lambda target: ("403 Forbidden", JSON_TYPE, ECHO),
    "not found": lambda target: ("404 Not Found", JSON_TYPE, ECHO),
    "a wrong request": lambda target: ("400 Bad Request", JSON_TYPE, ECHO),
    "a redirect with the query": lambda target: ("302 Found", [("Location", f"https://www.shop.example{target}")], b""),
    "a redirect with a name": lambda target: ("301 Moved", [("Location", f"/{quote(SECRET)}/{EMAIL}?{target}")], b""),
    "a page with 200": lambda target: ("200 OK", HTML_TYPE, PAGE + target.encode()),
    "other data": lambda target: ("200 OK", JSON_TYPE, ECHO),
    "no JSON": lambda target: ("200 OK", JSON_TYPE, f"{EMAIL} {SECRET} {target}".encode()),
    "a header that echoes": lambda target: ("429 Too Many", [("Retry-After", SECRET), ("X-Echo", EMAIL)], ECHO),
}


@pytest.mark.parametrize("answer", ANSWERS)
def test_whatever_a_shop_answers_nothing_of_it_is_shown(marked: Place, logged: list[str], answer: str):
    marked.odd.instead = ANSWERS[answer]
    shown = nothing_shown(marked, logged, ("-vv", "sync", "--json"), ("status",))
    assert shown.count("shop") > 1, "something was said"


def test_in_mid_sync_too(marked: Place, logged: list[str]):
    marked.odd.instead = lambda target: ANSWERS["a failure that echoes"](target) if "offset=" in target else None
    nothing_shown(marked, logged)


def test_a_wrong_secret(marked: Place, logged: list[str]):
    marked.configure(consumer_secret=SECRET + "x")
    assert "consumer" in nothing_shown(marked, logged)


def test_a_server_that_cannot_show_who_it_is(tmp_path: Path, certificates: Certificates, logged: list[str]):
    for name in ("expired", "self_signed", "elsewhere"):
        folder = tmp_path / name
        folder.mkdir()
        place = Place(folder, tls=certificates.server(name), consumer_key=KEY, consumer_secret=SECRET)
        place.configure(ca_file=certificates.authority, url=place.server.address)
        assert "certificate" in nothing_shown(place, logged, ("-vv", "sync"), ("status", "--json"))
        place.close()


def test_nobody_answers(marked: Place, logged: list[str]):
    marked.server.stop()
    assert "nobody answers there" in nothing_shown(marked, logged, ("-vv", "sync"), ("check",), ("status", "--json"))


ODD_PLACES: dict[str, Any] = {
    "id": EMAIL,
    "currency": EMAIL,
    "total": NAME,
    "total_tax": {NAME: EMAIL},
    "status": [EMAIL],
    "date_created_gmt": EMAIL,
    "date_paid_gmt": f"{NAME} 2026-01-01",
    "billing": EMAIL,
    "line_items": [{"id": NAME, "total": EMAIL}],
    "tax_lines": [{"rate_id": EMAIL, "rate_percent": NAME}],
    "meta_data": [{"key": [EMAIL], "value": NAME}],
    "refunds": NAME,
    "customer_id": EMAIL,
    EMAIL: NAME,
}


@pytest.mark.parametrize("field", ODD_PLACES)
def test_a_customer_in_an_odd_place_of_a_record_is_not_shown(place: Place, logged: list[str], field: str):
    def odd(path: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [{**row, field: ODD_PLACES[field]} if place_ == 3 else row for place_, row in enumerate(rows)]

    place.odd.alter = odd
    nothing_shown(place, logged)
    nothing_shown(place, logged, ("sync", "--sweep", "--json"), ("rebuild",), ("status",))


def test_a_fault_of_ours_with_a_customer_in_its_words(
    marked: Place, logged: list[str], monkeypatch: pytest.MonkeyPatch
):
    def fails(email: str | None) -> str:
        raise RuntimeError(f"{EMAIL} with {KEY} and {SECRET}")

    monkeypatch.setattr(normalise, "email_key", fails)
    nothing_shown(marked, logged, ("sync", "--json"), ("rebuild",), ("status", "--json"))


def test_a_store_that_refuses_a_row(marked: Place, logged: list[str]):
    nothing_shown(marked, logged, ("sync",))
    marked.rows("CREATE TRIGGER full BEFORE INSERT ON orders BEGIN SELECT RAISE(ABORT, 'disk I/O error'); END")
    marked.odd.alter = lambda path, rows: [
        {**row, "id": 900_000 + n, "billing": {"email": EMAIL, "first_name": NAME}} if "billing" in row else row
        for n, row in enumerate(rows)
    ]
    done = marked.desk.call("-vv", "sync", "--full")
    assert done.code in (1, 3, 4)
    faults = marked.desk.folder / "connector-faults.log"
    text = done.out + done.err + "\n".join(logged) + (faults.read_text("utf-8") if faults.exists() else "")
    assert not [mark for mark in (*KEYS, *PERSON) if mark in text]


@pytest.mark.parametrize("command", ["sync", "status", "kpi"])
def test_a_database_that_is_not_there(place: Place, logged: list[str], command: str):
    pytest.importorskip("psycopg")
    content = json.loads(place.desk.config.read_text("utf-8"))
    content["store"] = f"postgresql+psycopg://owner:{quote(SECRET, safe='')}@127.0.0.1:1/shop"
    place.desk.write(json.dumps(content))
    done = place.desk.call("-vv", command)
    assert done.code == 4
    assert not [mark for mark in KEYS if mark in done.out + done.err + "\n".join(logged)]


def test_mistakes_in_the_config(place: Place):
    place.configure(page_size=SECRET, auth=KEY, schedule=f"{SECRET}", url=f"https://{KEY}:{SECRET}@shop.example")
    done = place.desk.call("sync")
    assert done.code == 2
    assert not [mark for mark in KEYS if mark in done.out + done.err]


def test_exports_hold_customers_and_no_keys(marked: Place, logged: list[str], tmp_path: Path):
    marked.odd.alter = lambda path, rows: [
        {**row, "billing": {**row["billing"], "email": EMAIL}} if "billing" in row else row for row in rows
    ]
    commands = (("export", str(tmp_path / "all.xlsx")), ("export", str(tmp_path / "csv"), "--format", "csv"))
    nothing_shown(marked, logged, ("sync",), *commands, ("backup", str(tmp_path / "copy.db")), ("kpi", "--json"))
    book = zipfile.ZipFile(tmp_path / "all.xlsx")
    sheets = b"".join(book.read(name) for name in book.namelist())
    tables = b"".join(file.read_bytes() for file in (tmp_path / "csv").iterdir())
    for content in (sheets, tables, (tmp_path / "copy.db").read_bytes()):
        assert EMAIL.encode() in content, "exports hold what was asked for"
        assert not [mark for mark in KEYS if mark.encode() in content]
