"""The recorded shop's rows in the pretend one. Rows of which only some fields were recorded have these alone."""

from __future__ import annotations

from typing import Any

from adapters.prestashop.simulator import PrestaShopShop
from adapters.prestashop.simulator.tables import TABLES
from connector.clock import Clock
from tests.adapters.prestashop.recorded import recorded

FULL = {
    "orders": ("orders_full_page", "orders_second_currency", "orders_with_refunds"),
    "customers": ("customers_fields", "customers_full"),
    "carts": ("carts_ordered", "carts_abandoned"),
    "customer_threads": ("customer_threads_full", "customer_threads_without_customer"),
    "customer_messages": ("customer_messages_full", "customer_messages_private"),
    "order_slip": ("order_slip_full",),
    "order_payments": ("order_payments_full",),
    "order_histories": ("order_histories_full",),
    "order_carriers": ("order_carriers_full",),
    "order_states": ("order_states_all",),
    "currencies": ("currencies_all",),
    "countries": ("countries_fields",),
    "addresses": ("addresses_fields",),
    "employees": ("employees_fields",),
    "contacts": ("contacts_all",),
    "products": ("products_fields",),
    "shops": ("shops_all",),
}
WHOLE = (
    *("orders", "customers", "carts", "customer_threads", "customer_messages", "order_slip"),
    *("order_histories", "order_payments"),
)
"""Lists of which every row was recorded, with most of its fields."""


def recorded_shop(clock: Clock) -> PrestaShopShop:
    """A pretend shop with the recorded rows."""
    made = PrestaShopShop(clock=clock)
    for name in WHOLE:
        _load(made, name, recorded(f"dataset/{name}.json"))
    for name, files in FULL.items():
        for file in files:
            _load(made, name, recorded(f"{file}.json"))
    for entry in recorded("configurations_shop.json"):
        made.insert("configurations", entry)
    return made


def _load(shop: PrestaShopShop, name: str, rows: list[dict[str, Any]]) -> None:
    table = TABLES[name]
    for row in rows:
        values = {column: value for column, value in row.items() if column in table.columns}
        for column in table.languages & values.keys():
            texts = values[column]
            values[column] = (
                {entry["id"]: entry["value"] for entry in texts}
                if isinstance(texts, list)
                else {"1": texts, "2": texts}
            )
        values["associations"] = row.get("associations", {})
        before = shop.rows(name).get(row["id"])
        shop.rows(name)[row["id"]] = {**(before or table.row(row["id"], {})), **values}
