"""The main job on real input: a recorded shop, through adapter, store, persons and figures, into the workbook.

What WooCommerce Analytics itself computed for this shop stands in `tests/fixtures/woocommerce/README.md`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import pytest
from click.testing import CliRunner

from connector.cli import main
from connector.simulation.server import LoopbackServer

RECORDED = Path(__file__).parent / "fixtures" / "woocommerce"
WHOLE = ("--from", "2024-01-01", "--to", "2026-12-31")
AS_THE_SHOP = ("--set", "refunds.split=net")  # a refund without lines is all goods to WooCommerce
PAID = ("--set", "orders.date=paid")  # the shop's own default


class Replay:
    """Serves the recorded orders and refunds page by page, as the real shop did."""

    def __init__(self) -> None:
        self.orders = self._lines("orders_compact.jsonl")
        self.refunds = self._lines("refunds_compact.jsonl")
        for refund in self.refunds:
            # The recording leaves out the numbers of lines, which mean nothing to any figure.
            for number, line in enumerate(
                (*refund["line_items"], *refund["shipping_lines"], *refund["fee_lines"]), start=1
            ):
                line["id"] = refund["id"] * 100 + number

    @staticmethod
    def _lines(name: str) -> list[dict[str, Any]]:
        text = (RECORDED / "whole_shop" / name).read_text("utf-8")
        return sorted((json.loads(line) for line in text.splitlines()), key=lambda row: row["id"])

    def __call__(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        path = environ["PATH_INFO"].removeprefix("/wp-json/")
        asked = {key: values[-1] for key, values in parse_qs(environ["QUERY_STRING"]).items()}
        status, body = self._answer(path, asked)
        start_response(status, [("Content-Type", "application/json"), ("Date", "Sat, 21 Nov 2026 21:02:41 GMT")])
        return [json.dumps(body).encode()]

    def _answer(self, path: str, asked: dict[str, str]) -> tuple[str, Any]:
        if path == "":
            return "200 OK", {"namespaces": ["wc/v3"], "timezone_string": "Europe/Berlin"}
        if path == "wc/v3/data/currencies/current":
            return "200 OK", {"code": "EUR"}
        if path.startswith("wc/v3/customers/"):
            return "404 Not Found", {"code": "wc_user_invalid_id", "message": "Invalid user ID."}
        rows: list[dict[str, Any]] = []
        if path == "wc/v3/orders":
            trash = asked.get("status") == "trash"
            rows = [order for order in self.orders if (order["status"] == "trash") == trash]
        elif path == "wc/v3/refunds":
            rows = self.refunds
        first = int(asked.get("offset", 0))
        return "200 OK", rows[first : first + int(asked.get("per_page", 10))]


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with the configuration and the store of the recorded shop, synced."""
    folder = tmp_path_factory.mktemp("recorded")
    with LoopbackServer(Replay()) as server:
        (folder / "config.yaml").write_text(
            "store: sqlite:///connector.db\ntimezone: Europe/Berlin\nlanguage: en\nsources:\n  shop:\n"
            f"    adapter: woocommerce\n    url: {server.address}\n    page_size: 40\n"
            "    consumer_key: ck_x\n    consumer_secret: cs_x\n"
        )
        (folder / "config.yaml").chmod(0o600)
        synced = run(folder, "sync", "--json")
        runs = {one["stream"]: one for one in json.loads(synced)["runs"]}
        assert {one["status"] for one in runs.values()} == {"ok"}, runs
        assert (runs["orders"]["inserted"], runs["refunds"]["inserted"]) == (304, 24)
        yield folder


def run(folder: Path, *arguments: str) -> str:
    result = CliRunner().invoke(main, ["--config", str(folder / "config.yaml"), *arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.stdout


def figures(folder: Path, *arguments: str) -> list[dict[str, Any]]:
    return json.loads(run(folder, "kpi", *arguments, "--json"))["results"]


def summed(folder: Path, kpi: str, *arguments: str) -> Decimal:
    """All currencies together, as the shop's own report adds them and this program never would."""
    return sum((Decimal(str(record["value"])) for record in figures(folder, kpi, *WHOLE, *arguments)), Decimal())


def test_orders_as_the_shop_counts_them(shop):
    assert figures(shop, "orders", *WHOLE)[0]["value"] == 251
    assert figures(shop, "orders", *WHOLE, *PAID)[0]["value"] == 231


@pytest.mark.parametrize(
    ("kpi", "created", "paid"),
    [
        ("net_revenue", "20006.86", "17386.34"),
        ("total_sales", "23007.71", "20107.29"),
        ("taxes", "2123.29", "1917.55"),
        ("shipping", "877.56", "803.40"),
        ("refunds_value", "808.77", "808.77"),
    ],
)
def test_money_to_the_cent(shop, kpi, created, paid):
    assert summed(shop, kpi, *AS_THE_SHOP) == Decimal(created)
    assert summed(shop, kpi, *AS_THE_SHOP, *PAID) == Decimal(paid)


def test_currencies_are_never_added(shop):
    assert {record["currency"] for record in figures(shop, "net_revenue", *WHOLE)} == {"EUR", "CHF"}


def test_guests_and_accounts_of_one_address_are_one_person(shop):
    """By e-mail 81 orders are first ones, the one without any e-mail included, which is nobody's here.

    The shop takes a guest for somebody else than the account of the same address, and says 94.
    """
    (record,) = figures(shop, "new_customers", *WHOLE)
    assert (record["value"], record["excluded"]["no_identity"]) == (80, 1)


def test_the_workbook_holds_the_same_figures(shop):
    openpyxl = pytest.importorskip("openpyxl")
    run(shop, "export", str(shop / "report.xlsx"), *WHOLE)
    book = openpyxl.load_workbook(shop / "report.xlsx")
    by_label = {}
    for row in book.worksheets[0].iter_rows(values_only=True):
        cells = [cell for cell in row if cell is not None]
        if len(cells) > 1:
            by_label.setdefault(cells[0], []).append(cells[1])
    assert by_label["Orders"] == [251]
    records = figures(shop, "net_revenue", *WHOLE)
    assert [Decimal(str(value)).quantize(Decimal("0.01")) for value in by_label["Net revenue"]] == [
        Decimal(record["value"]) for record in records
    ]
    orders = next(sheet for sheet in book.worksheets if sheet.title == "Orders")
    assert sum(1 for _ in orders.iter_rows()) > 200
