"""What a complete read of the shop would bring now: rows as they are shown, with what they need from others."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from adapters.prestashop.simulator.answers import encoded
from adapters.prestashop.simulator.output import shown
from adapters.prestashop.simulator.people_deeds import NOBODY
from adapters.prestashop.simulator.tables import TABLES, Row
from adapters.prestashop.simulator.world import World

Context = Mapping[str, Any]

STREAMS = (
    *("orders", "order_slip", "order_histories", "order_states", "order_payments", "carts", "customers", "addresses"),
    *("currencies", "products", "order_carriers", "customer_threads", "customer_messages", "employees"),
)


def truth_of(world: World) -> dict[str, dict[str, bytes]]:
    """Stream -> id -> JSON."""
    found: dict[str, dict[str, bytes]] = {}
    for name in STREAMS:
        prefix = "payment-" if name == "order_payments" else ""
        found[name] = {
            f"{prefix}{number}": encoded(_record(world, name, row)) for number, row in world.rows(name).items()
        }
    return found


def _record(world: World, name: str, row: Row) -> dict[str, Any]:
    content = shown(TABLES[name], row, None, world.languages)
    context = _CONTEXTS.get(name)
    return {**content, "_context": context(world, row)} if context else content


def _order(world: World, row: Row) -> Context:
    buyer = world.rows("customers").get(int(row["id_customer"]))
    address = world.rows("addresses").get(int(row["id_address_invoice"]))
    context = {
        **_person(buyer),
        "state": _state(world, row["current_state"]),
        "currency": _code(world, "currencies", row["id_currency"]),
        "carrier": world.rows("carriers").get(int(row["id_carrier"]), {}).get("name"),
    }
    if context["nobody"]:
        return context
    context["email"] = buyer["email"] if buyer else None
    context["name"] = _name(address) or _name(buyer)
    if address:
        context |= {"phone": address["phone"], "country": _code(world, "countries", address["id_country"])}
    return context


def _history(world: World, row: Row) -> Context:
    return {"state": _state(world, row["id_order_state"])}


def _payment(world: World, row: Row) -> Context:
    same = (key for key, order in world.rows("orders").items() if order["reference"] == row["order_reference"])
    return {"orders": [str(key) for key in sorted(same)]}


def _cart(world: World, row: Row) -> Context:
    buyer = world.rows("customers").get(int(row["id_customer"]))
    address = world.rows("addresses").get(int(row["id_address_delivery"]))
    person = _person(buyer)
    return {
        **person,
        "email": buyer["email"] if buyer and not person["nobody"] else None,
        "currency": _code(world, "currencies", row["id_currency"]),
        "country": _code(world, "countries", address["id_country"]) if address else None,
    }


def _product(world: World, row: Row) -> Context:
    categories = (world.rows("categories").get(int(link["id"])) for link in row["associations"].get("categories", ()))
    return {"categories": [category["name"]["1"] for category in categories if category]}


def _thread(world: World, row: Row) -> Context:
    buyer = world.rows("customers").get(int(row["id_customer"]))
    order = world.rows("orders").get(int(row["id_order"]))
    contact = world.rows("contacts").get(int(row["id_contact"]))
    person = _person(buyer)
    return {
        **person,
        "name": None if person["nobody"] else _name(buyer),
        "reference": order["reference"] if order else None,
        "contact": contact["name"]["1"] if contact else None,
    }


_CONTEXTS: Mapping[str, Callable[[World, Row], Context]] = {
    "orders": _order,
    "order_histories": _history,
    "order_payments": _payment,
    "carts": _cart,
    "products": _product,
    "customer_threads": _thread,
}


def _person(buyer: Row | None) -> dict[str, Any]:
    return {
        "guest": bool(buyer and buyer["is_guest"] == "1"),
        "nobody": bool(buyer and buyer["email"] == NOBODY),
    }


def _state(world: World, number: str) -> Context | None:
    row = world.rows("order_states").get(int(number))
    if row is None:
        return None
    flags = {flag: row[flag] for flag in ("paid", "shipped", "logable")}
    return {"name": row["name"]["1"], "template": row["template"]["1"], **flags}


def _code(world: World, table: str, number: str) -> str | None:
    row = world.rows(table).get(int(number))
    return row["iso_code"] if row else None


def _name(who: Row | None) -> str | None:
    return (f"{who['firstname']} {who['lastname']}".strip() or who["company"] or None) if who else None
